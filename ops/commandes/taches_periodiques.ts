import { oneValue } from "../commun/database.ts";
import { commande } from "../exploitation/cible/commande.ts";

/** taches:periodiques: what the database's own clock does each hour, where it has none or stopped. */
export const enregistrer = commande("taches:periodiques")({
  dit: "oublie les vieilles réponses gardées pour les clés ; chaque heure, là où pg_cron n'existe pas",
  aide: "Se relance sans risque. Chaque minute, c'est journal:sceller.",
  etapes: () => ({
    "Faire ce qui revient chaque heure": async (contexte) => {
      await contexte.sql`select private.taches_periodiques()`;
      const reponses = await oneValue<number>(contexte.sql`select count(*)::int from private.idempotence`);
      contexte.resultat = { reponses_gardees: reponses };
      return `${reponses} réponse(s) gardée(s), de 30 jours au plus`;
    },
  }),
});
