// Which environment: the three there are, and what a database says it is. Whoever needs to know asks here.
import type postgres from "postgres";
import { hasTable, oneValue } from "./database.ts";

export const ENVIRONNEMENTS = ["local", "staging", "prod"] as const;
export type Environnement = (typeof ENVIRONNEMENTS)[number];

export interface Environment {
  /** What it is to be treated as: one that does not say counts as PROD, as in private.env(). */
  env: string;
  /** Whether it says so itself. */
  said: boolean;
  /** The same for a person to read. */
  sentence: string;
}

/** By what its settings say, undefined where they say nothing. */
export const environmentSaid = (said: string | undefined): Environment =>
  said === undefined
    ? {
      env: "prod",
      said: false,
      sentence: "ne dit pas ce qu'elle est, et compte donc comme prod, ou ce compte ne le lit pas",
    }
    : { env: said, said: true, sentence: `dit être ${said}` };

/** What a database is. Asks the table and no function: those may be what is broken. */
export async function databaseEnvironment(sql: postgres.ISql): Promise<Environment> {
  return environmentSaid(
    await hasTable(sql, "public.app_settings")
      ? await oneValue<string>(sql`select (select value from public.app_settings where key = 'env')`) ??
        undefined
      : undefined,
  );
}

/** Says it, for a database of our own making: no seed does. */
export const labelDatabase = (sql: postgres.ISql, env: Environnement) =>
  sql`insert into public.app_settings (key, value) values ('env', ${env})
      on conflict (key) do update set value = excluded.value`;
