import { dirname, join } from "node:path";
import type { Compte } from "../../ops/commun/deroulement.ts";
import { connect } from "../../ops/commun/connection.ts";
import { type Finished, runWithin } from "../../ops/commun/execution.ts";
import { lancer } from "../../ops/programme.ts";
import { labelDatabase } from "../../ops/pile/database.ts";
import { declaredProject } from "./base.ts";
import { sql } from "./monde.ts";

export const DEPOT_DAIPN = "11111111-1111-1111-1111-111111111111";
export const GASOIL = "22222222-2222-2222-2222-222222222222";

/** Folder of the test stack: with it, --env local is that stack. */
export const DATA_DIR = dirname(Deno.env.get("TEST_LOGS")!);

/** `npm run ops -- …`, as an operator would, on the test stack unless `env` says otherwise. No process of its own. */
export const ops = (args: string[], env: Record<string, string> = {}): Promise<Finished> =>
  runWithin({ DATA_DIR, ...env }, () => lancer(args));

/** The same with --json, and its one object. */
export async function opsJson<R = unknown>(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await ops([...args, "--json"], env);
  try {
    return { code, compte: JSON.parse(stdout) as Compte & { resultat: R } };
  } catch {
    throw new Error(`pas un objet JSON :\n${stdout}\n${stderr}`);
  }
}

/** A tank of the demo depot that no other test writes to. */
export async function citerneDEssai(options: { securite?: number } = {}): Promise<string> {
  const [citerne] = await sql`insert into public.citernes ${
    sql({
      depot_id: DEPOT_DAIPN,
      produit_id: GASOIL,
      nom: `Essai ${crypto.randomUUID()}`,
      capacite_totale: 10_000,
      capacite_securite: options.securite ?? 0,
    })
  } returning id`;
  return citerne!.id;
}

/** A migrated database that says it is STAGING or PROD, and the folder of the file that leads to it. */
export async function environnement(
  env: "staging" | "prod",
  nom: string,
  variables: Record<string, string> = {},
): Promise<{ dbUrl: string; env: Record<string, string> }> {
  const dbUrl = await declaredProject(nom, { seed: true });
  const base = connect(dbUrl);
  await labelDatabase(base, env);
  await base.end();
  const dossier = await Deno.makeTempDir();
  const prefixe = env.toUpperCase();
  const lignes = { [`${prefixe}_DB_URL`]: dbUrl, [`${prefixe}_PROJECT_REF`]: nom, ...variables };
  await Deno.writeTextFile(
    join(dossier, `.env.${env}`),
    Object.entries(lignes).map(([cle, valeur]) => `${cle}=${valeur}`).join("\n"),
  );
  return { dbUrl, env: { OPS_ENV_DIR: dossier } };
}
