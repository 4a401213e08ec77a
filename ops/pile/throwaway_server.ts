// A server to throw away: its folder, its password and its port are its own, and go with it.
import { type Sql, withDatabase } from "../commun/connection.ts";
import { startPostgres, SUPERUSER } from "./postgres.ts";
import { freePort, temporaryDataDir } from "./throwaway.ts";

export interface ThrowawayServer {
  dataDir: string;
  password: string;
  /** Its address as this user. */
  urlAs(user: string): string;
  /** Ends it; nothing of it is left. */
  stop(): Promise<void>;
}

/** Starts one, once `prepare` has made of it, as its superuser, what it is to be; a start that fails leaves nothing. */
export async function startThrowawayServer(
  prefix: string,
  prepare: (superuser: Sql, server: Omit<ThrowawayServer, "stop">) => Promise<void>,
): Promise<ThrowawayServer> {
  await using started = new AsyncDisposableStack();
  const dataDir = await temporaryDataDir(prefix);
  started.defer(() => Deno.remove(dataDir, { recursive: true }));
  const password = crypto.randomUUID();
  const { urlAs, stop } = await startPostgres({ dataDir, port: freePort(), password, throwaway: true });
  started.defer(stop);
  const server = { dataDir, password, urlAs };
  await withDatabase(urlAs(SUPERUSER), "monaluxe", (superuser) => prepare(superuser, server));
  const running = started.move();
  return { ...server, stop: () => running.disposeAsync() };
}
