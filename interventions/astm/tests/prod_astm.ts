// A PROD of a test's own, as it was before the migration, and the commands that migrate it.
import { join } from "node:path";
import postgres from "postgres";
import { REAL_TRUCKS } from "../../../supabase/seeds/camions.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { DEPOT_DAIPN, environnement, GASOIL, opsJson } from "../../../tests/support/ops.ts";

export const TANK1 = "57da330a-1305-4582-be45-ceab0f1aa795";
const ADMIN = "admin@astm.test";
export const OPERATEUR = ["--operateur", ADMIN];
export const QUI = ["--confirme-par", "Valery Kalonga"];

export type Row = Record<string, unknown>;

export interface Prod {
  base: postgres.Sql;
  url: string;
  env: Record<string, string>;
  /** Folder of the evidence, of the backups, of what a test gives. */
  dossier: string;
  /** The tank set aside for tests. */
  cuve: string;
  /** Does it as this user (admin or gerant) would through REST. */
  comme<T>(qui: string, faire: (tx: postgres.TransactionSql) => Promise<T>): Promise<T>;
  /** `migration:astm …` as an operator types it, and its one JSON object. */
  astm(...args: string[]): Promise<{ code: number; compte: Compte }>;
}
export type Compte = {
  statut: string;
  code?: string;
  erreur?: string;
  // deno-lint-ignore no-explicit-any
  resultat?: any;
  etapes: { titre: string; constat?: string }[];
};

/** A PROD of its own as it was before: eight réceptions of the old formula, two trucks waiting, older functions. */
export async function prodDAvant(nom: string): Promise<Prod> {
  const dossier = await Deno.makeTempDir();
  const { dbUrl, env } = await environnement("prod", nom);
  const base = postgres(dbUrl, { max: 3, onnotice: () => {} });
  await createUser(base, {
    email: ADMIN,
    password: "un mot de passe",
    role: "admin",
    depotId: DEPOT_DAIPN,
    nom: "Admin",
  });
  await createUser(base, {
    email: "gerant@astm.test",
    password: "un mot de passe",
    role: "gerant",
    depotId: DEPOT_DAIPN,
    nom: "G",
  });
  // As the go-live wants PROD: the commands below act for an admin whom nobody can ask for a code.
  await base`update public.feature_flags set enabled = true where key = 'mfa_admin'`;
  const id = async (email: string) =>
    (await base`select id from auth.users where email = ${email}`)[0]!.id as string;
  const [admin, gerant] = [await id(ADMIN), await id("gerant@astm.test")];
  const comme: Prod["comme"] = (qui, faire) =>
    base.begin(async (tx) => {
      const sub = qui === "admin" ? admin : gerant;
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub, role: "authenticated", aal: "aal2" })
      }, true)`;
      await tx`set local role authenticated`;
      return await faire(tx);
    }) as ReturnType<Prod["comme"]> as never;

  const [{ cuve, fournisseur, client }] = await base<[Record<"cuve" | "fournisseur" | "client", string>]>`
    with c as (insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
               values (${DEPOT_DAIPN}, ${GASOIL}, 'CUVE ESSAI', 60000) returning id),
         f as (insert into public.fournisseurs (nom) values ('Moil') returning id),
         k as (insert into public.clients (nom) values ('Client') returning id)
    select c.id as cuve, f.id as fournisseur, k.id as client from c, f, k`;
  const camion = (tx: postgres.TransactionSql, plaque: string, volume: number) =>
    tx`insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
       values (${fournisseur}, ${DEPOT_DAIPN}, ${GASOIL}, ${plaque}, ${volume}) returning id`.then(
      async ([cdr]) => {
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
        }
        return cdr!.id as string;
      },
    );
  await comme("admin", async (tx) => {
    for (const [rang, mesures] of REAL_TRUCKS.entries()) {
      const cours_de_route_id = await camion(tx, `AA${rang}BC`, mesures.volume_ambiant);
      await tx`insert into public.receptions ${
        tx({
          cours_de_route_id,
          citerne_id: TANK1,
          ...mesures,
          volume_corrige_15c: mesures.volume_ambiant - 200,
        })
      }`;
    }
    const [sortie] = await tx`
      insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
      values (${TANK1}, ${client}, 5000, 22) returning id`;
    await tx`select public.validate_sortie(${sortie!.id})`;
    await camion(tx, "ATTEND1", 39_000);
    await camion(tx, "ATTEND2", 38_000);
  });
  // What PROD has before: other bodies under the same names.
  const [ancienne] =
    await base`select pg_get_functiondef('public.validate_sortie(uuid)'::regprocedure) as definition`;
  await base.unsafe(ancienne!.definition.replace("begin", "begin\n  -- before ASTM 53B"));

  const variables = {
    ...env,
    INTERVENTIONS_DIR: join(dossier, "interventions"),
    BACKUP_DIR: join(dossier, "backups"),
    PROD_TEST_CITERNE_ID: cuve,
  };
  return {
    base,
    url: dbUrl,
    env: variables,
    dossier,
    cuve,
    comme,
    astm: (...args) => opsJson(["migration:astm", ...args, "--env", "prod"], variables) as never,
  };
}

/** Body of validate_sortie as the base has it. */
export const definition = async ({ base }: Prod): Promise<string> =>
  (await base`select pg_get_functiondef('public.validate_sortie(uuid)'::regprocedure) as texte`)[0]!.texte;
