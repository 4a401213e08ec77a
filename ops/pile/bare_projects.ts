// Projects to throw away: a server of their own, a database each, as empty as a Supabase project before its first migration.
import type { Keys } from "./keys.ts";
import { connect, inDatabase } from "../commun/connection.ts";
import { copyDatabase, prepareProject } from "./database.ts";
import { startPostgres, SUPERUSER } from "./postgres.ts";
import { freePort, temporaryDataDir } from "./throwaway.ts";

/** Runs work on the addresses of as many bare projects, as the owner of each; nothing of them is left afterwards. */
export async function onBareProjects<T, N extends string>(
  names: N[],
  work: (urls: Record<N, string>) => Promise<T>,
): Promise<T> {
  const dataDir = await temporaryDataDir("monaluxe-projets-");
  const password = crypto.randomUUID();
  const server = await startPostgres({ dataDir, port: freePort(), password, throwaway: true });
  try {
    const superuserUrl = server.urlAs(SUPERUSER);
    const superuser = connect(superuserUrl);
    const keys = { databasePassword: password, jwtSecret: "projet jetable" } as Keys;
    await prepareProject(superuser, keys, server.urlAs("postgres")).finally(() => superuser.end());
    const admin = connect(inDatabase(superuserUrl, "template1"));
    for (const name of names) await copyDatabase(admin, name, "postgres");
    await admin.end();
    const urls = names.map((name) => [name, inDatabase(server.urlAs("postgres"), name)]);
    return await work(Object.fromEntries(urls));
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
}
