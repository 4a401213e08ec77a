// A server to throw away: its folder, its password and its port are its own, and go with it.
import { connect, type Sql } from "../commun/connection.ts";
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
  prepare: (superuser: Sql, server: ThrowawayServer) => Promise<void>,
): Promise<ThrowawayServer> {
  const dataDir = await temporaryDataDir(prefix);
  const password = crypto.randomUUID();
  const remove = () => Deno.remove(dataDir, { recursive: true });
  const postgres = await startPostgres({ dataDir, port: freePort(), password, throwaway: true })
    .catch(async (error) => {
      await remove();
      throw error;
    });
  const server = {
    ...{ dataDir, password, urlAs: postgres.urlAs },
    stop: async () => {
      await postgres.stop();
      await remove();
    },
  };
  const superuser = connect(server.urlAs(SUPERUSER));
  try {
    await prepare(superuser, server);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await superuser.end();
  }
}
