import { commande, entierDepuis, trouverDepot } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, type Operateur, trouverOperateur } from "../exploitation/gel/gel.ts";

interface Avance extends Contexte {
  operateur: Operateur;
  depotId: string | null;
}

/** series:avancer: after a restore from an older backup, no number already on paper is printed again. */
export const enregistrer = commande("series:avancer", {
  "--depot <code>": "code du dépôt de la série (sans elle : celle de la société)",
  "--serie <lettres>": { dit: "FAC, AVR, REC, BL, PRF, FFO, PAF…", requis: true },
  "--exercice <année>": { dit: "année que portent les numéros", lire: entierDepuis(1), requis: true },
  "--dernier <numéro>": { dit: "le plus haut numéro connu sur papier", lire: entierDepuis(1), requis: true },
  "--motif <phrase>": {
    dit: "pourquoi ces numéros manquent à la base (10 caractères au moins)",
    requis: true,
  },
  "--operateur <email ou id>": "l'admin au nom de qui c'est écrit",
})<Avance>({
  dit: "avance une série au-delà du dernier numéro imprimé, après une restauration",
  aide:
    "Écrit le trou et son motif, journalisé CRITICAL. Une série ne recule jamais : la même demande, une seconde " +
    "fois, est refusée (SERIE_AVANCEE) et ne change rien.",
  etapes: ({ depot, serie, exercice, dernier, motif, operateur: dit }) => ({
    "Désigner l'admin et la série": async (contexte) => {
      const { sql } = contexte;
      contexte.operateur = await trouverOperateur(sql, dit);
      contexte.depotId = await trouverDepot(sql, depot);
      const [connue] = await sql<{ dernier: string }[]>`
        select dernier from private.series
         where depot_id = coalesce(${contexte.depotId}::uuid, private.societe())
           and serie = ${serie} and exercice = ${exercice}`;
      return `${contexte.operateur.nom} ; ${serie} ${exercice}, dernier numéro connu de la base : ${
        Number(connue?.dernier ?? 0)
      }`;
    },
    "Avancer la série": async (contexte) => {
      const { sql, operateur, depotId } = contexte;
      await enTantQue(
        sql,
        operateur.user_id,
        (tx) => tx`select public.avancer_serie(${depotId}, ${serie}, ${exercice}, ${dernier}, ${motif})`,
      );
      const [trou] = await sql<[{ de: string }]>`
        select de from private.series_trous
         where depot_id = coalesce(${depotId}::uuid, private.societe())
           and serie = ${serie} and exercice = ${exercice} and a = ${dernier}`;
      const de = Number(trou.de);
      contexte.resultat = { depot: depot ?? null, serie, exercice, de, a: dernier, operateur };
      return `de ${de} à ${dernier} : trou expliqué ; le prochain numéro est ${dernier + 1}`;
    },
  }),
});
