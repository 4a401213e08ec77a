import { labelDatabase } from "../../ops/commun/environment.ts";
import { dirname, join } from "node:path";
import type { Compte } from "../../ops/commun/deroulement.ts";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { runWithin } from "./execution.ts";
import type { Ended } from "../../ops/commun/process.ts";
import { lancer } from "../../ops/programme.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { declaredProject } from "./base.ts";
import { sql } from "./monde.ts";
import { DEPOT as DEPOT_DAIPN, GASOIL } from "../../ops/commun/referentiels.ts";

export { DEPOT_DAIPN, GASOIL };

/** Folder of the test stack: with it, --env local is that stack. */
export const DATA_DIR = dirname(Deno.env.get("TEST_LOGS")!);

/** A machine that runs every test at once is no machine to judge. */
const MACHINE_OCCUPEE = {
  MONITOR_CHARGE_MAX_PCT: "1000000",
  MONITOR_MEMOIRE_MAX_PCT: "100",
  MONITOR_ATTENTE_DISQUE_MAX_PCT: "100",
  MONITOR_DISQUE_MAX_PCT: "100",
};

/** `npm run ops -- …`, as an operator would, on the test stack unless `env` says otherwise. No process of its own. */
export const ops = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  runWithin({ DATA_DIR, ...MACHINE_OCCUPEE, ...env }, () => lancer(args));

/** The same with --json, and its one object. */
export async function opsJson<R = unknown>(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await ops([...args, "--json"], env);
  try {
    return { code, compte: JSON.parse(stdout) as Compte & { resultat: R } };
  } catch {
    throw new Error(`pas un objet JSON :\n${stdout}\n${stderr}`);
  }
}

/** Two admins who may sign in, with a confirmed factor where this database keeps factors: what a PROD must have. */
export async function deuxAdmins(base: Sql): Promise<void> {
  for (const nom of ["un", "deux"]) {
    await createUser(base, {
      email: `admin.${nom}@monaluxe.test`,
      password: crypto.randomUUID(),
      role: "admin",
      depotId: DEPOT_DAIPN,
      nom,
    });
  }
  await confirmerFacteurs(base);
}

/** Every admin has a second factor, where this database keeps factors. */
async function confirmerFacteurs(base: Sql): Promise<void> {
  const [{ facteurs }] = await base<[{ facteurs: boolean }]>`
    select to_regclass('private.facteurs_totp') is not null as facteurs`;
  if (!facteurs) return;
  await base.unsafe(`
    insert into private.facteurs_totp (user_id, secret_chiffre, confirme_le)
    select p.user_id, 's1.0123456789abcdef.essai.essai', now() from public.profils p where p.role = 'admin'
    on conflict do nothing`);
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
