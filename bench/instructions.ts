// Instructions of one backend a transaction, counted by valgrind: what a change costs, whatever the neighbours do. Steady
// to half a percent where rounds of pgbench drift by five: a regression of two is seen.
import { join } from "node:path";
import postgres from "postgres";
import { prepareRoles } from "../ops/pile/database.ts";
import { serverPrograms } from "../ops/pile/initdb.ts";
import { loadKeys } from "../ops/pile/keys.ts";
import { startPostgres } from "../ops/pile/postgres.ts";
import { freePort } from "../ops/pile/throwaway.ts";
import { connectionOptions } from "../supabase/functions/_shared/connection.ts";
import { CITERNES, type Gens, nouvelleBase } from "./depot.ts";
import { type Banc, ouvrir } from "./mesure.ts";

const ECHAUFFEMENT = 12;
const TRANSACTIONS = 30;
const PATIENCE_MS = 120_000;

export interface Comptage {
  nom: string;
  /** Thousands of instructions a transaction. */
  milliers: number;
}

/** Whether valgrind is installed: without it nothing here is counted, and the bench says so. */
export async function valgrindInstalle(): Promise<boolean> {
  for (const programme of ["valgrind", "callgrind_control"]) {
    const la = await new Deno.Command(programme, { args: ["--version"], stdout: "null", stderr: "null" })
      .output().then(({ success }) => success, () => false);
    if (!la) return false;
  }
  return true;
}

/** A script of pgbench, statement by statement: those it sends, with the variables that \gset and \set name. */
export async function jouer(
  sql: postgres.ReservedSql,
  script: string,
  variables: Record<string, string>,
): Promise<void> {
  const lues = { ...variables };
  const instructions = script.split("\n").filter((ligne) => !ligne.startsWith("\\set ")).join("\n")
    .split(/;\n|(?<=\\gset)\n/).map((une) => une.trim()).filter(Boolean);
  for (const instruction of instructions) {
    const texte = instruction.replace(/\s*\\gset$/, "")
      .replace(/(?<!:):([a-z]+)\b/g, (tout, nom) => lues[nom] ?? tout);
    const lignes = await sql.unsafe(texte).simple();
    if (instruction.endsWith("\\gset")) Object.assign(lues, lignes[0]);
  }
}

/** The server of a folder, under valgrind, until `travail` is done, which reads what each ended backend has cost. */
async function sousValgrind<T>(
  dossier: string,
  port: number,
  travail: (cout: (pid: number) => Promise<number>) => Promise<T>,
): Promise<T> {
  const donnees = join(dossier, "postgres");
  const { uid, gid } = await Deno.stat(donnees);
  // Within the run's own folder, which is held: one beside it is another run's to clear away after a minute.
  const comptes = await Deno.makeTempDir({ dir: dossier, prefix: "valgrind-" });
  if (Deno.uid() === 0) await Deno.chown(comptes, uid!, gid!);
  const serveur = new Deno.Command("valgrind", {
    args: [
      ...["--tool=callgrind", `--callgrind-out-file=${comptes}/compte.%p`, "--quiet"],
      (await serverPrograms()).postgres,
      ...["-D", donnees, "-p", String(port)],
      ...["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "autovacuum=off"]
        .flatMap((reglage) => ["-c", reglage]),
    ],
    cwd: comptes,
    stdout: "null",
    stderr: "null",
    // The server does not run as root.
    ...Deno.uid() === 0 ? { uid: uid!, gid: gid! } : {},
  }).spawn();
  try {
    return await travail((pid) => lireCout(`${comptes}/compte.${pid}`));
  } finally {
    serveur.kill("SIGINT");
    await serveur.status;
  }
}

/** Written by valgrind when the process ends. */
async function lireCout(fichier: string): Promise<number> {
  const fin = Date.now() + PATIENCE_MS;
  while (Date.now() < fin) {
    const total = (await Deno.readTextFile(fichier).catch(() => "")).match(/^totals: (\d+)/m)?.[1];
    if (total) return Number(total);
    await new Promise((reprendre) => setTimeout(reprendre, 100));
  }
  throw new Error(`valgrind n'a pas écrit ${fichier}`);
}

async function attendre(url: string): Promise<postgres.Sql> {
  const fin = Date.now() + PATIENCE_MS;
  while (true) {
    const sql = ouvrir(url);
    try {
      await sql`select 1`;
      return sql;
    } catch (erreur) {
      await sql.end({ timeout: 1 });
      if (Date.now() > fin) throw erreur;
      await new Promise((reprendre) => setTimeout(reprendre, 500));
    }
  }
}

/** A transaction that a program says, over a connection as the doors have theirs. */
export type Jeu = (sql: postgres.Sql, tour: number) => Promise<unknown>;

export interface Charge {
  base: string;
  /** Makes the database, bare until then. `url`: as the owner of the tables. */
  preparer: (banc: Banc, base: { superuserUrl: string; url: string }) => Promise<Gens>;
  scripts: Record<string, (gens: Gens) => string | Jeu>;
}

/** Past the first pages of an empty log, which alone are summarised while lines are written: no depot stays there. */
async function vieillirJournal(url: string): Promise<void> {
  const sql = ouvrir(url);
  await sql`
    insert into public.log_actions (action, module, user_id, depot_id, cible_id, created_at)
    select 'ESSAI', 'essai', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now() - n * interval '1 minute'
      from generate_series(1, 20000) n`;
  await sql.end();
}

/** The declared schema with the bench's depot. */
export const declare = (
  scripts: Charge["scripts"],
  ensuite: (base: { superuserUrl: string; url: string; gens: Gens }) => Promise<void> = async () => {},
): Charge => ({
  base: "comptee",
  scripts,
  preparer: async (banc) => {
    const base = await nouvelleBase(banc, "comptee");
    await ensuite(base);
    await vieillirJournal(base.url);
    return base.gens;
  },
});

/** Thousands of instructions a transaction of each script, one backend each, on a server of its own. */
export async function compter(banc: Banc, charges: Charge[]): Promise<Comptage[]> {
  const dossier = join(banc.dossier, "instructions");
  await Deno.mkdir(dossier, { recursive: true });
  const { databasePassword } = await loadKeys(banc.dossier);
  const port = freePort();
  const ici = (role: string, base: string) =>
    `postgresql://${role}:${databasePassword}@127.0.0.1:${port}/${base}`;
  const serveur = await startPostgres({
    dataDir: dossier,
    port,
    password: databasePassword,
    throwaway: true,
  });
  const gens = new Map<Charge, Gens>();
  try {
    const superuserUrl = serveur.urlAs("supabase_admin");
    const status = { ...banc.stack.status, DB_URL: ici("postgres", "postgres") };
    const autre: Banc = { ...banc, superuserUrl, stack: { ...banc.stack, status } };
    const server = ouvrir(superuserUrl);
    await prepareRoles(server, databasePassword);
    for (const charge of charges) {
      const urls = { superuserUrl: ici("supabase_admin", charge.base), url: ici("postgres", charge.base) };
      gens.set(charge, await charge.preparer(autre, urls));
      const sql = ouvrir(urls.superuserUrl);
      await sql`vacuum analyze`;
      await sql.end();
    }
    await server.end();
  } finally {
    await serveur.stop();
  }
  return await sousValgrind(dossier, port, async (cout) => {
    await (await attendre(ici("supabase_admin", "postgres"))).end();
    const unBackend = async (base: string, script: string | Jeu, transactions: number) => {
      const url = ici("postgres", base);
      const sql = typeof script === "string"
        ? ouvrir(url)
        : postgres(url, { ...connectionOptions(url), max: 1 });
      const [{ pid }] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
      const une = await sql.reserve();
      for (let tour = 0; tour < transactions; tour++) {
        if (typeof script === "string") {
          await jouer(une, script, { citerne: String(1 + tour % CITERNES), litres: String(10 + tour) });
        } else {
          await script(une as postgres.Sql, tour);
        }
      }
      une.release();
      await sql.end();
      return await cout(pid);
    };
    const comptages: Comptage[] = [];
    for (const charge of charges) {
      // The first backend of a database writes down its catalogue for those that follow: no script pays for that.
      await unBackend(charge.base, "select 1;\n", 1);
      for (const [nom, ecrire] of Object.entries(charge.scripts)) {
        const script = ecrire(gens.get(charge)!);
        // What two backends share, their start and the first plans, is in neither difference.
        const court = await unBackend(charge.base, script, ECHAUFFEMENT);
        const long = await unBackend(charge.base, script, ECHAUFFEMENT + TRANSACTIONS);
        comptages.push({ nom, milliers: (long - court) / TRANSACTIONS / 1000 });
      }
    }
    return comptages;
  });
}
