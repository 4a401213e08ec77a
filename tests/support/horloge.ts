// A PostgreSQL whose clock a test sets: the real server, under Debian's libfaketime.
import { labelDatabase } from "../../ops/commun/environment.ts";
import { join } from "node:path";
import { connect } from "../../ops/commun/connection.ts";
import { endWithParent } from "../../ops/pile/leftover.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { startDeclared } from "./grappe.ts";
import { NATIF } from "./natif.ts";
import { ARCHITECTURE, deDebian } from "./paquets.ts";

export interface ServeurALHeure {
  /** Of its superuser. */
  url: string;
  /** Its clock stands still at this moment (UTC) from now on. */
  mettreA(moment: string): Promise<void>;
  stop(): Promise<void>;
}

/** What this machine has of its own, or what Debian keeps below a folder. */
async function bibliotheque(dossier: string): Promise<string | undefined> {
  const chemin = join(dossier, "usr/lib", ARCHITECTURE, "faketime/libfaketime.so.1");
  return await Deno.stat(chemin).then(() => chemin, () => undefined);
}

/** A cluster with the declared schema, made under the true clock. */
async function preparer(dataDir: string, port: number): Promise<string> {
  const { server } = await startDeclared({ dataDir, port, throwaway: true });
  try {
    const sql = connect(server.urlAs("postgres"));
    await labelDatabase(sql, "local").finally(() => sql.end());
    return server.urlAs(SUPERUSER);
  } finally {
    await server.stop();
  }
}

/** Starts one; its clock is at `moment` (UTC, "2026-12-31 21:59:59"). */
export async function serveurALHeure(moment: string): Promise<ServeurALHeure> {
  const preload = Deno.env.get("LIBFAKETIME") ?? await bibliotheque("/") ??
    await deDebian("libfaketime", ["libfaketime"], bibliotheque);
  const dataDir = await temporaryDataDir("monaluxe-horloge-");
  const [dossier, cadran] = [join(dataDir, "postgres"), join(dataDir, "cadran")];
  // The loader takes a space in a path for the end of it.
  const ici = join(dataDir, "libfaketime.so");
  await Deno.copyFile(preload, ici);
  const mettreA = async (quand: string) => {
    // At once for who reads it: a file half written is no moment.
    await Deno.writeTextFile(`${cadran}.neuf`, quand, { mode: 0o644 });
    await Deno.rename(`${cadran}.neuf`, cadran);
  };
  const port = freePort();
  const url = await preparer(dataDir, port);
  await mettreA(moment);
  const { uid, gid } = await Deno.stat(dossier);
  const reglages = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC"];
  const serveur = new Deno.Command(join(NATIF, "bin/postgres"), {
    args: ["-D", dossier, ...["fsync=off", ...reglages].flatMap((reglage) => ["-c", reglage])],
    ...Deno.uid() === 0 && { uid: uid!, gid: gid! },
    env: {
      [Deno.build.os === "darwin" ? "DYLD_INSERT_LIBRARIES" : "LD_PRELOAD"]: ici,
      FAKETIME_TIMESTAMP_FILE: cadran,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      TZ: "UTC",
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  for await (const dit of serveur.stderr.pipeThrough(new TextDecoderStream())) {
    if (dit.includes("ready to accept connections")) break;
  }
  const rendre = endWithParent(dossier);
  return {
    url,
    mettreA,
    stop: async () => {
      serveur.kill("SIGINT");
      await serveur.status;
      await rendre();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
