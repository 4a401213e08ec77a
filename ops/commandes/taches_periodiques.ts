import { commande } from "../exploitation/cible/commande.ts";

/** taches:periodiques: what the database's own clock does each hour, where it has none or stopped. */
export const enregistrer = commande("taches:periodiques", {
  dit: "oublie les vieilles réponses gardées pour les clés ; chaque heure, là où pg_cron n'existe pas",
  aide: "Se relance sans risque. Chaque minute, c'est journal:sceller.",
  etapes: () => [{
    titre: "Faire ce qui revient chaque heure",
    faire: async (contexte) => {
      await contexte.sql`select private.taches_periodiques()`;
      const [{ reponses }] = await contexte.sql<[{ reponses: number }]>`
          select count(*)::int as reponses from private.idempotence`;
      contexte.resultat = { reponses_gardees: reponses };
      return `${reponses} réponse(s) gardée(s), de 30 jours au plus`;
    },
  }],
});
