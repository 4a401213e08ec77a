import { etape } from "../commun/deroulement.ts";
import { motDeCommande } from "../commun/command_line.ts";
import { litres } from "../commun/francais.ts";
import { heureAuDepot } from "../commun/horloge.ts";
import { commande } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { type Outils, trouverOutils } from "../exploitation/outils/outils.ts";
import { nommer, refuserMemeMachine, sauvegarder } from "../exploitation/sauvegardes/sauvegarder.ts";

interface Sauvegarde extends Contexte {
  outils: Outils;
}

/** db:backup: takes a backup, that does not count yet. */
export const enregistrer = commande("db:backup", {
  "--description <mots>": "fin du nom : ml_pp_<env>_J<jour>_<description>.dump (défaut : complet_<heure>)",
  "--sur-cette-machine": "accepte qu'une sauvegarde de PROD reste sur la machine de sa base",
})<Sauvegarde>({
  dit: "sauvegarde une base : dump, exports séparés, manifeste, sha256, d'un même instant",
  aide:
    "Le jour est compté depuis J0 : la variable J0 du fichier d'environnement, sinon app_settings.j0, sinon le " +
    "2026-02-05.\nBACKUP_DIR : dossier (défaut backups/). BACKUP_KEY : chiffre au format age.\n" +
    "Une sauvegarde ne compte qu'une fois vérifiée : db:backup:verify.",
  etapes: ({ description = `complet_${heureAuDepot()}`, surCetteMachine }) => [
    etape("Vérifier où elle va", async ({ cible, sql }) => {
      refuserMemeMachine(cible, surCetteMachine);
      return (await nommer(sql, cible, description)).dump;
    }),
    trouverOutils(),
    etape("Sauvegarder", async (contexte, dire) => {
      const { cible, sql, outils } = contexte;
      const demande = { description, surCetteMachine };
      const { dump, manifeste } = await sauvegarder(cible, sql, outils, demande, dire);
      contexte.resultat = { dump, manifeste };
      const { tables, totaux } = manifeste.chiffres;
      const lignes = Object.values(tables).reduce((somme, { lignes }) => somme + lignes, 0);
      return `${(manifeste.fichiers[0]!.octets / 1e6).toFixed(2)} Mo, ${
        Object.keys(tables).length
      } tables, ` +
        `${lignes} lignes, stock ${litres(totaux.stock_ambiant)} ambiants, ${
          litres(totaux.stock_15c)
        } à 15 °C`;
    }),
  ],
  fin: ({ resultat }) => {
    const { dump } = resultat as { dump: string };
    return `Écrite : ${dump}\nElle ne compte pas encore. Ensuite : npm run ops -- db:backup:verify ${
      motDeCommande(dump)
    }`;
  },
});
