// Projects to throw away: a server of their own, a database each, as empty as a Supabase project before its first migration.
import type { Keys } from "./keys.ts";
import { inDatabase, withDatabase } from "../commun/connection.ts";
import { copyDatabase, prepareProject } from "./database.ts";
import { SUPERUSER } from "./postgres.ts";
import { startThrowawayServer } from "./throwaway_server.ts";

/** Runs work on the addresses of as many bare projects, as the owner of each; nothing of them is left afterwards. */
export async function onBareProjects<T, N extends string>(
  names: N[],
  work: (urls: Record<N, string>) => Promise<T>,
): Promise<T> {
  const server = await startThrowawayServer("monaluxe-projets-", async (superuser, { password, urlAs }) => {
    const keys = { databasePassword: password, jwtSecret: "projet jetable" } as Keys;
    await prepareProject(superuser, keys, urlAs("postgres"));
  });
  try {
    await withDatabase(inDatabase(server.urlAs(SUPERUSER), "template1"), "monaluxe", async (admin) => {
      for (const name of names) await copyDatabase(admin, name, "postgres");
    });
    const urls = names.map((name) => [name, inDatabase(server.urlAs("postgres"), name)]);
    return await work(Object.fromEntries(urls));
  } finally {
    await server.stop();
  }
}
