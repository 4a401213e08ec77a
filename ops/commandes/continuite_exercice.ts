import { momentAuDepot } from "../commun/horloge.ts";
import { commande } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { estHebergee } from "../exploitation/continuite/etat.ts";
import { exercerAilleurs, exercerIci, type Exercice } from "../exploitation/continuite/exercice.ts";
import { lireMoment } from "../exploitation/continuite/moment.ts";

/** continuite:exercice: what a loss now would cost, found by restoring; golive and monitor ask when it was done last. */
export const enregistrer = commande<Contexte, { a?: string }>("continuite:exercice", {
  dit: "essaie une restauration sans toucher à la base qui vit : prouve ce qui revient, dit perte et durée",
  aide:
    "Sur cette machine : à partir de CONTINUITE_DIR, comme si la base était perdue à l'instant ; il faut la place d'une " +
    "base.\nHébergée : CONTINUITE_RESTAUREE_DB_URL est l'adresse du projet que Supabase a restauré.\nÀ refaire chaque trimestre.",
  etapes: ({ a }) => ({
    "Restaurer, prouver, comparer": async (contexte, dire) => {
      const { cible, sql } = contexte;
      const fait = estHebergee(cible)
        ? await exercerAilleurs(cible, sql, a === undefined ? undefined : lireMoment(a))
        : await exercerIci(cible, sql, dire);
      contexte.resultat = fait;
      await sql`select private.noter_exercice(clock_timestamp())`;
      return `${fait.attendues} lignes du journal attendues, toutes là ; stocks, mouvements et journal prouvés`;
    },
  }),
  fin: ({ resultat }) => {
    const { perte_s, retour_s, perdues, moment } = resultat as Exercice;
    const retour = retour_s === null
      ? "celui de Supabase, à lire au tableau de bord"
      : `${retour_s.toFixed(1)} s`;
    return `Perte (RPO) : ${perte_s.toFixed(1)} s, ${perdues} ligne(s) du journal ; dernier acte rendu ` +
      `${momentAuDepot(moment)}.\nRetour (RTO) : ${retour}.`;
  },
  options: (une) =>
    une
      .option("--a <moment>", "base hébergée : l'instant auquel Supabase a restauré le projet neuf"),
});
