import type { Command } from "commander";
import { type Contexte, verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { derouler } from "../commun/deroulement.ts";

/** env:cible: says which database an environment leads to, and that the three things that name it agree. */
export function enregistrer(programme: Command): void {
  programme.command("env:cible")
    .description("dit à quelle base mène un environnement, et vérifie que tout concorde")
    .addOption(optionEnv())
    .addOption(optionJson())
    .action(({ env, json }) =>
      derouler("env:cible", {} as Contexte, [
        verifierCible(env),
        {
          titre: "Interroger la base",
          faire: async (contexte) => {
            const [base] = await contexte.sql<{ version: string; migration: string; utilisateur: string }[]>`
              select current_setting('server_version') as version, current_user as utilisateur,
                     (select max(version) from supabase_migrations.schema_migrations) as migration`;
            contexte.resultat = { env, reference: contexte.cible.reference, ...base };
            await contexte.sql.end();
            return `PostgreSQL ${base!.version}, migration ${base!.migration}`;
          },
        },
      ], { json })
    );
}
