import { momentAuDepot } from "../commun/horloge.ts";
import { etape } from "../commun/deroulement.ts";
import { commande, entierDepuis } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { type Outils, trouverOutils } from "../exploitation/outils/outils.ts";
import { coffreDe } from "../exploitation/sauvegardes/coffre.ts";
import { cheminDump, lireSauvegarde, type Sauvegarde } from "../exploitation/sauvegardes/dossier.ts";
import { exigerReprise, PHRASE_PROD, reprendre, type Reprise } from "../exploitation/sauvegardes/reprise.ts";
import { refuserMemeMachine } from "../exploitation/sauvegardes/sauvegarder.ts";

interface Restauration extends Contexte {
  outils: Outils;
  sauvegarde: Sauvegarde;
}

/** db:restore: replaces the content of a target by a backup's, in one transaction. */
export const enregistrer = commande("db:restore", {
  "<dump>": "chemin du .dump, ou son nom dans backups/",
  "--remplacer <projet>": "confirmation : la référence du projet dont le contenu sera remplacé",
  "--motif <phrase>": {
    dit: "pourquoi, pour le journal et la trace",
    defaut: "restauration demandée par db:restore",
  },
  "--confirme-par <nom>": "PROD : la personne qui en répond",
  "--ecritures-perdues <nombre>": {
    dit: "PROD : accepte de perdre ce nombre exact d'actes du journal",
    lire: entierDepuis(0),
  },
  "--sur-cette-machine": "PROD sur cette machine : accepte que la sauvegarde préalable y reste",
})<Restauration>({
  dit: "remplace le contenu d'une base par celui d'une sauvegarde : tout ou rien",
  aide:
    "PROD : seulement d'une de ses sauvegardes, vérifiée (db:backup:verify), écritures gelées, avec --confirme-par " +
    `et\nCONFIRM_PROD_RESTORE=${PHRASE_PROD}. Son contenu actuel est d'abord sauvegardé.\n` +
    "La cible garde son nom (app_settings.env) et son gel ; toutes les sessions ouvertes sont fermées.",
  etapes: ({ dump, motif, surCetteMachine, ...accords }) => [
    etape("Vérifier ce qui est permis", async (contexte) => {
      const { cible, sql } = contexte;
      const coffre = coffreDe(cible.variables);
      contexte.sauvegarde = await lireSauvegarde(coffre, cheminDump(coffre, dump));
      const constat = await exigerReprise(cible, sql, contexte.sauvegarde, accords);
      // The backup that PROD's restore begins with must have where to go.
      refuserMemeMachine(cible, surCetteMachine);
      return constat;
    }),
    trouverOutils(),
    etape("Restaurer", async (contexte, dire) => {
      const { cible, sql, outils, sauvegarde } = contexte;
      const comment = { motif, surCetteMachine, confirmePar: accords.confirmePar };
      contexte.resultat = await reprendre(cible, sql, outils, sauvegarde, comment, dire);
      const tables = Object.keys(sauvegarde.manifeste.chiffres.tables).length;
      return `${tables} tables telles que dans le manifeste, base toujours ${cible.env}`;
    }),
  ],
  fin: ({ sauvegarde: { manifeste }, resultat }) => {
    const { filet } = resultat as Reprise;
    return [
      `La base est celle du ${momentAuDepot(manifeste.moment)} (heure du dépôt), au schéma ${
        manifeste.schema?.nom ?? "inconnu"
      }.`,
      ...(filet ? [`Ce qu'elle contenait : ${filet} (non vérifiée).`] : []),
      `Comptes et mots de passe sont ceux de ${manifeste.env} : chacun doit se reconnecter.`,
    ].join("\n");
  },
});
