// pgbench, PostgreSQL's own load generator: the yardstick, and the client of our scripts, so that both cost the same.
import { join } from "node:path";
import { Echec } from "../ops/commun/failure.ts";

const CLIENTS = 8;
const DEBIAN = "/usr/lib/postgresql";

/** Where pgbench is: on the path, or where Debian keeps it. Throws Echec where it is not. */
export async function trouverPgbench(): Promise<string> {
  const candidats = ["pgbench"];
  try {
    for await (const version of Deno.readDir(DEBIAN)) {
      candidats.push(join(DEBIAN, version.name, "bin/pgbench"));
    }
  } catch {
    // Not a Debian: the path has it or nobody has.
  }
  for (const candidat of candidats) {
    try {
      const { success } = await new Deno.Command(candidat, { args: ["--version"], stdout: "null" }).output();
      if (success) return candidat;
    } catch {
      // Not there: the next one.
    }
  }
  throw new Echec(
    "pgbench est introuvable, et sans lui ce banc n'a pas d'étalon : installez-le " +
      "(Debian, Ubuntu : apt-get install postgresql-contrib ; macOS : brew install postgresql@17), puis recommencez.",
  );
}

export async function pgbench(programme: string, url: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(programme, { args: [...args, url] }).output();
  const texte = (octets: Uint8Array) => new TextDecoder().decode(octets);
  if (!success) throw new Error(`pgbench ${args.join(" ")} : ${texte(stderr).slice(0, 2000)}`);
  return texte(stdout);
}

/** Transactions per second of a load, eight connections. */
export async function debit(
  programme: string,
  url: string,
  charge: string[],
  secondes: number,
): Promise<number> {
  const dit = await pgbench(programme, url, [
    ...["--no-vacuum", "--client", String(CLIENTS), "--jobs", "2", "--time", String(secondes)],
    ...charge,
  ]);
  const tps = Number(dit.match(/^tps = ([\d.]+)/m)?.[1]);
  if (!tps) throw new Error(`pgbench n'a rien mesuré : ${dit}`);
  return tps;
}
