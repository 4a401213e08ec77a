import process from "node:process";
import postgres from "postgres";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { attendre, retirerDossier } from "./attente.ts";
import { startDeclared } from "./grappe.ts";
import { descendants } from "./pile.ts";

/** A database server of a test's own, at the declared schema, that the test may kill. */
export interface Serveur {
  /** As the superuser. */
  url: string;
  /** As the project. */
  urlProjet: string;
  dataDir: string;
  /** Connections to it; end them before the next death. */
  connecter(max: number): postgres.Sql;
  /** The server's processes now: the postmaster first. */
  processus(): Promise<number[]>;
  /** Starts it again on what is left of it, as `npm start` would. */
  relancer(): Promise<void>;
  /** Resolves once it takes connections, where it recovers by itself. */
  pret(): Promise<void>;
  fermer(): Promise<void>;
}

/** Sends -9 to each, at once. One that has already ended needs none. */
export function tuer(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone with its parent.
    }
  }
}

/** Whether this process still runs. */
export function vivant(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended but was not waited for yet still has a number.
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

export async function startServeur(): Promise<Serveur> {
  const options = { dataDir: await temporaryDataDir("monaluxe-panne-"), port: freePort() };
  const declared = await startDeclared(options);
  let { server } = declared;
  const url = server.urlAs(SUPERUSER);

  let connus: number[] = [];
  return {
    url,
    urlProjet: server.urlAs("postgres"),
    dataDir: options.dataDir,
    connecter: (max) => postgres(url, { max, onnotice: () => {}, backoff: () => 0.02, idle_timeout: 60 }),
    processus: async () => {
      const file = await Deno.readTextFile(`${options.dataDir}/postgres/postmaster.pid`);
      const postmaster = Number(file.split("\n")[0]);
      return connus = [postmaster, ...await descendants(postmaster)];
    },
    relancer: async () => {
      // Nothing tells when a killed process has let go of port and memory but looking again.
      await attendre("the end of the killed server", () => !connus.some(vivant));
      server = await declared.restart();
    },
    pret: async () => {
      const essai = postgres(url, { max: 1, onnotice: () => {}, backoff: () => 0.02 });
      // Nothing tells when a recovery has ended but asking again.
      await attendre("the end of a recovery", () => essai`select 1`.then(() => true, () => false));
      await essai.end();
    },
    fermer: async () => {
      await server.stop();
      await retirerDossier(options.dataDir);
    },
  };
}
