// A transaction pooler between a door and the database, as a hosted project has: pgbouncer, the real one.
import { join } from "node:path";
import { clearAbandoned, freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { serveur } from "./paquets.ts";

export interface Pooler {
  /** The database's address, by the pooler. */
  url: string;
  stop(): Promise<void>;
}

/** In front of this database, each transaction on whichever of `connexions` is free. */
export async function startPooler(databaseUrl: string, connexions: number): Promise<Pooler> {
  await clearAbandoned();
  const { commande, env } = await serveur("pgbouncer", "pgbouncer");
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const dossier = await temporaryDataDir("monaluxe-pooler-");
  const ici = freePort();
  const [reglages, gens] = [join(dossier, "pgbouncer.ini"), join(dossier, "gens.txt")];
  await Deno.writeTextFile(gens, `"${username}" "${decodeURIComponent(password)}"\n`);
  await Deno.writeTextFile(
    reglages,
    [
      "[databases]",
      `${pathname.slice(1)} = host=${hostname} port=${port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${ici}`,
      "unix_socket_dir =",
      "auth_type = scram-sha-256",
      `auth_file = ${gens}`,
      "pool_mode = transaction",
      `default_pool_size = ${connexions}`,
      "",
    ].join("\n"),
  );
  const owner = Deno.uid() === 0 ? 65534 : undefined;
  // It refuses to be root.
  if (owner !== undefined) { for (const chemin of [reglages, gens]) await Deno.chown(chemin, owner, owner); }
  const processus = new Deno.Command(commande, {
    args: [reglages],
    ...owner !== undefined && { uid: owner, gid: owner },
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let dit = "";
  for await (const texte of processus.stderr.pipeThrough(new TextDecoderStream())) {
    dit += texte;
    if (/process up/.test(dit)) break;
  }
  if (!/process up/.test(dit)) throw new Error(`pgbouncer n'a pas démarré : ${dit}`);
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(ici);
  return {
    url: url.href,
    stop: async () => {
      processus.kill("SIGTERM");
      await processus.status;
      await Deno.remove(dossier, { recursive: true });
    },
  };
}
