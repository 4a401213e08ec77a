import { momentAuDepot } from "../commun/horloge.ts";
import { basename } from "node:path";
import { processVariables } from "../commun/settings.ts";
import { lireVariables } from "../exploitation/cible/variables.ts";
import { dit, etape } from "../commun/deroulement.ts";
import { ouvrirCible } from "../exploitation/cible/cible.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { trouverOutils } from "../exploitation/outils/outils.ts";
import { coffreDe } from "../exploitation/sauvegardes/coffre.ts";
import {
  cheminDump,
  envDuNom,
  lireSauvegarde,
  type Sauvegarde,
} from "../exploitation/sauvegardes/dossier.ts";
import { operateurIci } from "../exploitation/interventions/registre.ts";
import {
  type ContexteVerification,
  etapesVerification,
  terminer,
} from "../exploitation/sauvegardes/verifier.ts";

/** The database itself then knows how old its last verified backup is; where it can't be reached from here, it is said. */
async function noter({ manifeste: { env, moment, reference } }: Sauvegarde): Promise<string> {
  if (env !== "staging" && env !== "prod") return "base de cette machine : rien ne l'attend";
  try {
    const { sql, cible } = await ouvrirCible(env);
    const sienne = cible.reference === reference;
    try {
      if (sienne) await sql`select private.noter_sauvegarde(${moment})`;
    } finally {
      await sql.end();
    }
    return sienne
      ? `sauvegarde du ${momentAuDepot(moment)} notée`
      : "pas noté : le fichier d'environnement nomme un autre projet";
  } catch (erreur) {
    return `pas noté (${dit(erreur).phrase}) : l'alerte SAUVEGARDE_ANCIENNE ne la verra pas`;
  }
}

/** db:backup:verify: restores a backup in a throwaway PostgreSQL and proves that it gives back the same depot. */
export const enregistrer = commande("db:backup:verify", {
  "<dump>": "chemin du .dump, ou son nom dans backups/",
  "--par <nom>": "qui vérifie (défaut : l'utilisateur de cette machine)",
})<ContexteVerification>({
  dit:
    "prouve une sauvegarde : sommes, restauration jetable, chiffres, verifier_stocks(), essai de la chaîne",
  aide: "Une sauvegarde chiffrée demande sa clé : BACKUP_KEY, ou celle de env/.env.<env> dont elle est.",
  env: [],
  etapes: ({ dump, par }) => [
    etape("Lire le manifeste", async (contexte) => {
      // Proved on any machine that has the key, with or without the file of that environment.
      contexte.coffre = coffreDe(
        await lireVariables(envDuNom(dump) ?? "local").catch((erreur) => {
          if (erreur.code === "ENV_INTERDIT") return processVariables();
          throw erreur;
        }),
      );
      contexte.sauvegarde = await lireSauvegarde(contexte.coffre, cheminDump(contexte.coffre, dump));
      contexte.par = par || operateurIci();
      const { env, reference, moment } = contexte.sauvegarde.manifeste;
      return `${env}, projet ${reference}, pris le ${momentAuDepot(moment)} (heure du dépôt)`;
    }),
    trouverOutils<ContexteVerification>(),
    ...etapesVerification,
    etape("Le dire à la base dont elle est", ({ sauvegarde }) => noter(sauvegarde)),
  ],
  toujours: terminer,
  fin: ({ sauvegarde, verification }) =>
    `${
      basename(sauvegarde.dump)
    } est vérifiée : elle compte.\nUne vraie reprise (restaurer et migrer) prendrait ` +
    `${(verification!.duree_reprise_ms / 1000).toFixed(1)} s sur cette machine.`,
});
