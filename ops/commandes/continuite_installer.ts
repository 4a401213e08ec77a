import { type Etape, etape, etapes } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { garderCles } from "../exploitation/continuite/depot.ts";
import { executer, type Pgbackrest } from "../exploitation/continuite/pgbackrest.ts";
import {
  DELAI_D_ARCHIVAGE_S,
  exigerDepots,
  exigerLieux,
  ouvrirServeur,
  preparerPour,
  refuserAutreArchivage,
  regler,
  type Serveur,
} from "../exploitation/continuite/serveur.ts";

interface Installation extends Contexte {
  serveur: Serveur;
  pgbackrest: Pgbackrest;
  redemarrer: boolean;
}

const serveur: Etape<Installation> = etape("Vérifier le serveur", async (contexte) => {
  contexte.serveur = await ouvrirServeur(contexte.cible);
  await refuserAutreArchivage(contexte.serveur);
  return contexte.serveur.dossier;
});

const INSTALLER: Etape<Installation>[] = etapes({
  "Vérifier où il s'archive": async ({ cible, serveur }) => {
    const depots = exigerDepots(cible.env, cible.variables);
    await exigerLieux(depots, serveur);
    return depots.lieux.join(" ; hors site : ");
  },
  "Préparer pgbackrest": async (contexte, dire) => {
    const { cible, serveur } = contexte;
    contexte.pgbackrest = await preparerPour(cible, serveur, dire);
    return `${contexte.pgbackrest.version}, ${contexte.pgbackrest.lanceur}`;
  },
  "Ouvrir le dépôt": async ({ pgbackrest }) => {
    await executer(pgbackrest, ["stanza-create"]);
    const cles = await garderCles(pgbackrest, pgbackrest.depots.lieux.map((_, rang) => rang + 1));
    return `chiffré (aes-256-cbc)${cles ? ", les clés de la pile avec lui" : ""}`;
  },
  "Régler le serveur": async (contexte) => {
    contexte.redemarrer = await regler(contexte.serveur.sql, contexte.pgbackrest);
    return `archive_mode, archive_command, archive_timeout ${DELAI_D_ARCHIVAGE_S} s`;
  },
});

const RETIRER: Etape<Installation> = etape("Remettre le serveur comme il était", async (contexte) => {
  contexte.redemarrer = await regler(contexte.serveur.sql, undefined);
  return "il n'archive plus ; ce qui est archivé reste où il est";
});

/** continuite:installer: WAL leaves this machine from the next start on; --retirer is the way back. */
export const enregistrer = commande("continuite:installer", {
  "--retirer": "le chemin du retour : n'archive plus (les archives restent)",
})<Installation>({
  dit: "fait archiver le WAL d'une base de cette machine par pgbackrest, chiffré, chaque minute",
  aide:
    "CONTINUITE_DIR : où archiver (un autre disque que celui de la base ; exigé en PROD).\nCONTINUITE_COPIE_DIR : un " +
    "second lieu, d'une autre machine ; chaque segment y va aussi.\nCONTINUITE_S3_ENDPOINT, _BUCKET, _KEY, _SECRET : un " +
    "seau S3, de même.\nCONTINUITE_CLE : ce qui chiffre, 16 caractères ou " +
    "plus, à garder ailleurs.\nCONTINUITE_DB_URL : adresse du superutilisateur, si ce n'est pas supabase_admin.\n" +
    "Relancée, elle remet ses réglages à jour et ne perd rien.",
  etapes: ({ retirer }) => [serveur, ...retirer ? [RETIRER] : INSTALLER],
  toujours: async ({ sql, serveur }) => {
    await serveur?.sql.end();
    await sql?.end();
  },
  fin: ({ redemarrer }, { env, retirer }) =>
    [
      redemarrer &&
      "Redémarrez la base (la pile : Ctrl-C, puis npm start) : archive_mode n'est lu qu'à son démarrage.",
      !retirer && `Ensuite : npm run ops -- continuite:sauver --env ${env}`,
    ].filter(Boolean).join("\n"),
});
