import { commande } from "../exploitation/cible/commande.ts";

/** env:cible: says which database an environment leads to, and that the three things that name it agree. */
export const enregistrer = commande("env:cible")({
  dit: "dit à quelle base mène un environnement, et vérifie que tout concorde",
  etapes: ({ env }) => ({
    "Interroger la base": async (contexte) => {
      const [base] = await contexte.sql<{ version: string; migration: string; utilisateur: string }[]>`
          select current_setting('server_version') as version, current_user as utilisateur,
                 (select max(version) from supabase_migrations.schema_migrations) as migration`;
      contexte.resultat = { env, reference: contexte.cible.reference, ...base };
      return `PostgreSQL ${base!.version}, migration ${base!.migration}`;
    },
  }),
});
