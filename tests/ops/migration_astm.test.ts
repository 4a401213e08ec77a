import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { REAL_TRUCKS } from "../../ops/demo_trucks.ts";
import { createUser } from "../../ops/stack/demo_users.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, environnement, GASOIL, ops, opsJson } from "../support/ops.ts";

const TANK1 = "57da330a-1305-4582-be45-ceab0f1aa795";
const ADMIN = "admin@astm.test";
const OPERATEUR = ["--operateur", ADMIN];
const QUI = ["--confirme-par", "Valery Kalonga"];

interface Prod {
  base: postgres.Sql;
  dbUrl: string;
  env: Record<string, string>;
  dossier: string;
  admin: string;
  cuve: string;
  /** Does it as this user would through REST; takes it back where `retenir` is false. */
  comme<T>(qui: string, faire: (tx: postgres.TransactionSql) => Promise<T>): Promise<T>;
  /** `migration:astm …` as an operator types it, and its one JSON object. */
  astm(...args: string[]): Promise<{ code: number; compte: Compte }>;
}
// deno-lint-ignore no-explicit-any
type Compte = {
  statut: string;
  code?: string;
  erreur?: string;
  resultat?: any;
  etapes: { titre: string; constat?: string }[];
};

/** A PROD of its own as it was before: eight réceptions of the old formula, two trucks waiting, older functions. */
async function prodDAvant(nom: string): Promise<Prod> {
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
  const id = async (email: string) =>
    (await base`select id from auth.users where email = ${email}`)[0]!.id as string;
  const [admin, gerant] = [await id(ADMIN), await id("gerant@astm.test")];
  const comme: Prod["comme"] = (qui, faire) =>
    base.begin(async (tx) => {
      const sub = qui === "admin" ? admin : gerant;
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub, role: "authenticated" })
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
    dbUrl,
    env: variables,
    dossier,
    admin,
    cuve,
    comme,
    astm: (...args) => opsJson(["migration:astm", ...args, "--env", "prod"], variables) as never,
  };
}

test("the migration of PROD, in the runbook's order", async (t) => {
  const prod = await prodDAvant("prod_astm");
  const fait = async (...args: string[]) => {
    const { code, compte } = await prod.astm(...args);
    assert.equal(code, 0, JSON.stringify(compte, null, 1));
    return compte;
  };
  const refuse = async (attendu: string, ...args: string[]) => {
    const { code, compte } = await prod.astm(...args);
    assert.deepEqual([code, compte.code], [2, attendu], JSON.stringify(compte));
    return compte;
  };

  await t.step("nothing before the plan, and no decision without a name", async () => {
    assert.match(
      (await refuse("ETAPE_MANQUANTE", "freeze", ...OPERATEUR, ...QUI)).erreur!,
      /migration:astm plan/,
    );
    await refuse("CONFIRMATION_REQUISE", "freeze", ...OPERATEUR);
    await refuse("CONFIRMATION_REQUISE", "go");
    assert.deepEqual(await Array.fromAsync(Deno.readDir(prod.dossier)), []);
  });
  await t.step("plan reads the state and says what is next", async () => {
    const { resultat } = await fait("plan");
    assert.deepEqual(resultat.camions_en_attente.map(({ plaque }: { plaque: string }) => plaque), [
      "ATTEND1",
      "ATTEND2",
    ]);
    assert.deepEqual(resultat.receptions.map(({ nombre, methode }: never) => [nombre, methode]), [[
      8,
      "LEGACY",
    ]]);
    assert.equal(resultat.fonctions.length, 2);
    assert.match(resultat.suite, /migration:astm freeze --env prod/);
    await refuse("ETAPE_MANQUANTE", "apply", ...QUI);
  });
  await t.step("freeze waits for what was under way, then nobody but the operator writes", async () => {
    const { promise: aEcrit, resolve: ecrit } = Promise.withResolvers<void>();
    const { promise: laisser, resolve: finir } = Promise.withResolvers<void>();
    const enVol = prod.comme("gerant", async (tx) => {
      await tx`insert into public.sorties_produit (citerne_id, volume_ambiant) values (${TANK1}, 10)`;
      ecrit();
      await laisser;
    });
    await aEcrit;
    const { code, compte } = await prod.astm("freeze", ...OPERATEUR, ...QUI, "--attente", "1");
    assert.equal(code, 1);
    assert.match(compte.erreur!, /commencée\(s\) avant le gel ne finissent pas/);
    await refuse("ETAPE_MANQUANTE", "backup");
    finir();
    await enVol;
    await fait("freeze", ...OPERATEUR, ...QUI);
    const ecrire = (qui: string) =>
      prod.comme(qui, (tx) => tx`update public.sorties_produit set note = 'x' where statut = 'brouillon'`);
    await assert.rejects(ecrire("gerant"), { message: "ECRITURES_GELEES", code: "PT423" });
    await ecrire("admin");
    const [{ n }] = await prod.base<[{ n: number }]>`
      select count(*)::int as n from public.log_actions where action = 'ECRITURES_GELEES' and niveau = 'CRITICAL'`;
    assert.equal(n, 1);
    await fait("freeze", ...QUI);
  });
  void ops;
  await prod.base.end();
  await Deno.remove(prod.dossier, { recursive: true });
});
