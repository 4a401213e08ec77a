import { commande } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, type Operateur, trouverOperateur } from "../exploitation/gel/gel.ts";

interface Dite extends Contexte {
  operateur: Operateur;
}

/** ventes:date-fausse: an invoice that a clock running ahead has dated no longer holds back those of today. */
export const enregistrer = commande("ventes:date-fausse", {
  "--numero <numéro>": { dit: "la facture ou l'avoir daté d'un jour à venir, tel qu'imprimé", requis: true },
  "--motif <phrase>": { dit: "ce qui est arrivé à l'horloge (10 caractères au moins)", requis: true },
  "--operateur <email ou id>": "l'admin au nom de qui c'est écrit",
})<Dite>({
  dit: "dit qu'une facture a été datée par une horloge en avance, et laisse émettre celles d'aujourd'hui",
  aide:
    "À faire une fois l'horloge du serveur à l'heure, quand tout est refusé (HORLOGE_RECULEE). La facture garde son " +
    "numéro, sa date et son empreinte ; rien n'est renuméroté. Journalisé CRITICAL. Redemandé, cela ne change rien.",
  etapes: ({ numero, motif, operateur: dit }) => ({
    "Désigner l'admin": async (contexte) => {
      contexte.operateur = await trouverOperateur(contexte.sql, dit);
      return contexte.operateur.nom;
    },
    "Dire la date fausse": async (contexte) => {
      const { sql, operateur } = contexte;
      const [facture] = await sql<{ id: string; date: string }[]>`
        select id, date_facture::text as date from public.factures_client where numero = ${numero.trim()}`;
      await enTantQue(
        sql,
        operateur.user_id,
        (tx) => tx`select public.dire_date_fausse(${facture?.id ?? null}, ${motif})`,
      );
      contexte.resultat = { numero, date_facture: facture!.date, operateur };
      return `${numero}, datée du ${
        facture!.date
      }, ne retient plus personne ; annulez-la par un avoir RAN et refaites-la`;
    },
  }),
});
