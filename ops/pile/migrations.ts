import { join } from "node:path";
import { createRequire } from "node:module";
import { Echec } from "../commun/failure.ts";
import { type Ended, runWithParent } from "../commun/process.ts";
import { enBref } from "../commun/schema/scripts.ts";
import { processVariables, ROOT } from "../commun/settings.ts";

const require = createRequire(import.meta.url);

/** The CLI's driver reads a password from its environment: in the arguments the whole machine would see it (ps). */
function withoutPassword(args: string[]): { args: string[]; env: Record<string, string> } {
  const env: Record<string, string> = {};
  const said = args.map((arg) => {
    const [, url] = arg.match(/^--remote=(postgres(?:ql)?:.*)$/) ?? [];
    if (!url) return arg;
    const address = new URL(url);
    if (address.password) env.PGPASSWORD = decodeURIComponent(address.password);
    address.password = "";
    return `--remote=${address.href}`;
  });
  return { args: said, env };
}

/** Runs the Supabase CLI of this project; resolves with what it said. */
export async function supabaseCli(
  args: string[],
  workdir = ROOT,
  env: Record<string, string> = {},
): Promise<Ended> {
  const shim = join(require.resolve("supabase/package.json"), "../dist/supabase.js");
  const asked = withoutPassword(args);
  return await runWithParent("node", [shim, ...asked.args, "--workdir", workdir], {
    env: { ...processVariables(), SUPABASE_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", ...asked.env, ...env },
  });
}

/** Brings a database to the head of supabase/migrations, with its seed, through the CLI and its history. */
export async function pushMigrations(
  databaseUrl: string,
  options: { seed: boolean },
  workdir = ROOT,
): Promise<{ applied: string[] }> {
  const { code, stdout, stderr } = await supabaseCli([
    "db",
    "push",
    ...(options.seed ? ["--include-seed"] : []),
    "--yes",
    `--remote=${databaseUrl}`,
  ], workdir);
  const said = `${stdout}\n${stderr}`;
  const applied = [...said.matchAll(/^Applying migration (\S+?)\.\.\.$/gm)].map((match) => match[1]!);
  if (code === 0) return { applied };

  const seed = said.match(/^Seeding data from (\S+?)\.\.\.$/m)?.[1];
  const reason = said.match(/^(?:ERROR|failed to).*$/m)?.[0] ?? said.trim().split("\n").at(-1);
  const statement = said.match(/^At statement: \d+\n([\s\S]*?)\nTry rerunning/m)?.[1];
  const culprit = seed ? `La graine ${seed}` : `La migration ${applied.at(-1) ?? "(aucune commencée)"}`;
  throw new Echec(
    `${culprit} a échoué : ${reason}. ` +
      (statement ? `Instruction fautive : « ${enBref(statement)} ». ` : "") +
      `${seed ? "Toutes les migrations" : "Les migrations précédentes"} restent appliquées, ` +
      "celle-ci est entièrement annulée. Corrigez le fichier, puis relancez npm start.",
  );
}
