// Template databases of a run: made once, copied by each test that wants a database of its own.
import { labelDatabase } from "../../ops/commun/environment.ts";
import { appliquerDeclaration, noterHistorique, semer } from "../../ops/commun/schema/declare.ts";
import { connect, inDatabase, type Sql } from "../../ops/commun/connection.ts";
import { copyDatabase, prepareProject } from "../../ops/pile/database.ts";
import type { Keys } from "../../ops/pile/keys.ts";
import type { StackStatus } from "../../ops/pile/status.ts";

/** What a copy holds: nothing but a Supabase project, the declared schema, or that with the prod-like seed. */
export const MODELES = { vierge: "modele_vierge", declare: "modele_declare", seme: "modele_seme" } as const;
export type Modele = keyof typeof MODELES;

/** Makes the three on a server; nobody connects to them afterwards. */
export async function makeModeles(
  status: Pick<StackStatus, "DB_URL" | "JWT_SECRET">,
  superuserUrl: string,
): Promise<void> {
  const server = connect(superuserUrl);
  const work = async (url: string, what: (sql: Sql) => Promise<void>) => {
    const sql = connect(url);
    await what(sql).finally(() => sql.end());
  };
  const projectUrl = (modele: Modele) => inDatabase(status.DB_URL, MODELES[modele]);
  try {
    await server`create database ${server(MODELES.vierge)}`;
    await work(inDatabase(superuserUrl, MODELES.vierge), (superuser) =>
      prepareProject(
        superuser,
        { databasePassword: new URL(status.DB_URL).password, jwtSecret: status.JWT_SECRET } as Keys,
        projectUrl("vierge"),
      ));
    await copyDatabase(server, MODELES.declare, MODELES.vierge);
    await work(projectUrl("declare"), async (sql) => {
      await appliquerDeclaration(sql, noterHistorique);
    });
    await copyDatabase(server, MODELES.seme, MODELES.declare);
    await work(projectUrl("seme"), async (sql) => {
      await sql.begin(semer);
      await labelDatabase(sql, "staging");
    });
    for (const name of Object.values(MODELES)) {
      await server`alter database ${server(name)} with is_template true allow_connections false`;
    }
  } finally {
    await server.end();
  }
}
