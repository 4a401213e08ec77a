import assert from "node:assert/strict";
import { test } from "../support/monde.ts";
import { dossierEnv, empreinte, enProd, enStaging, ops, projet } from "../support/projets.ts";

/** One difference of each kind: what is done to STAGING, and the line that must say so. */
const DERIVES: Record<string, [string, RegExp]> = {
  "a table": ["create table public.x (id int primary key)", /- table public\.x : seulement dans staging/],
  "a column": ["alter table public.depots add ville text", /- colonne public\.depots\.ville/],
  "a column's type": [
    "alter table public.depots alter created_at type timestamptz(0)",
    /≠ colonne public\.depots\.created_at \(type\)/,
  ],
  "a constraint": [
    "alter table public.profils drop constraint profils_role_check",
    /\+ contrainte public\.profils\.profils_role_check/,
  ],
  "an index": [
    "drop index public.citernes_produit_id_idx",
    /\+ index public\.citernes_produit_id_idx : seulement dans prod/,
  ],
  "a function": [
    "create or replace function private.env() returns text language sql as 'select ''staging'''",
    /≠ fonction private\.env\(\) \(definition\)/,
  ],
  "a view": ["drop view public.logs", /\+ vue public\.logs/],
  "a column of a view": [
    "alter view public.v_kpi_stock_global rename column produit_nom to nom",
    /≠ vue public\.v_kpi_stock_global \(colonnes\)/,
  ],
  "a policy": [
    "alter policy depots_lecture on public.depots using (true)",
    /≠ policy public\.depots\.depots_lecture \(usage\)/,
  ],
  "a policy that is off": [
    "alter table public.clients disable row level security",
    /≠ table public\.clients \(rls\)/,
  ],
  "a trigger": [
    "drop trigger feature_flags_after_write on public.feature_flags",
    /\+ trigger public\.feature_flags\.feature_flags_after_write/,
  ],
  "a trigger that is off": [
    "alter table public.receptions disable trigger receptions_block",
    /≠ trigger public\.receptions\.receptions_block \(actif\)/,
  ],
  "a grant": ["grant select on public.clients to anon", /- droits de anon sur table public\.clients/],
  "a grant on a column": [
    "grant update (nom) on public.partenaires to anon",
    /anon sur table public\.partenaires, colonne nom/,
  ],
  "a grant on a function": [
    "revoke execute on function private.role() from authenticated",
    /\+ droits de authenticated sur fonction private\.role\(\)/,
  ],
  "a comment": [
    "comment on table public.partenaires is 'autre'",
    /≠ commentaire sur table public\.partenaires/,
  ],
  "an operator": [
    "create operator public.=== (leftarg = int, rightarg = int, function = int4eq)",
    /- operator public\.===\(integer,integer\)/,
  ],
  "a reference row": [
    "update public.citernes set capacite_totale = 1 where nom = 'TANK1'",
    /≠ ligne de public\.citernes « TANK1 » \(capacite_totale\)/,
  ],
  "a reference row that is missing": [
    "delete from private.refus where code = 'FLAG_INCONNU'",
    /\+ ligne de private\.refus « FLAG_INCONNU »/,
  ],
  "a migration": [
    "delete from supabase_migrations.schema_migrations where name = 'premiere'",
    /\+ ligne de supabase_migrations\.schema_migrations/,
  ],
};

test("two environments that are aligned give nothing; each kind of difference gives its line, and nothing is written", async (t) => {
  const staging = await projet("diff_staging", "staging");
  const prod = await projet("diff_prod", "prod");
  const env = { OPS_ENV_DIR: await dossierEnv({ staging: enStaging(staging), prod: enProd(prod) }) };

  await t.step("aligned, though each has its own settings and flags", async () => {
    await staging.base`update public.feature_flags set enabled = true`;
    const { code, stdout, stderr } = await ops(["schema:diff", "staging", "prod"], env);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /staging et prod sont alignés/);
  });
  await t.step("what an environment has of its own is told apart, and separates nothing", async () => {
    await prod.base`insert into public.citernes (depot_id, produit_id, nom, capacite_totale, logique)
                    select c.depot_id, c.produit_id, neuves.nom, 10, neuves.logique from public.citernes c,
                           (values ('CITERNE D''ESSAI', false), ('Chez un ami', true)) as neuves (nom, logique)
                     where c.nom = 'TANK1'`;
    const { code, stdout } = await ops(["schema:diff", "staging", "prod"], env);
    assert.equal(code, 0, stdout);
    const [, apart] = stdout.split("À part, ce qu'un environnement a en propre");
    assert.match(apart!, /\+ ligne de public\.citernes « CITERNE D'ESSAI » : seulement dans prod/);
    assert.match(apart!, /\+ ligne de public\.citernes « Chez un ami » : seulement dans prod/);
    assert.match(stdout, /staging et prod sont alignés/);
  });
  await t.step("an address stands for an environment", async () => {
    assert.equal((await ops(["schema:diff", staging.url, "prod"], env)).code, 0);
  });

  for (const [derive] of Object.values(DERIVES)) {
    await staging.base.unsafe(`set role postgres; ${derive}; reset role`);
  }
  const avant = await Promise.all([staging, prod].map(empreinte));
  const { code, stdout, stderr } = await ops(["schema:diff", "staging", "prod"], env);
  assert.equal(code, 1);
  assert.match(stderr, /différences entre staging et prod. Rien n'a été modifié/);
  for (const [derive, [, ligne]] of Object.entries(DERIVES)) {
    await t.step(derive, () => assert.match(stdout, ligne));
  }
  await t.step("a program reads them as JSON", async () => {
    const { stdout } = await ops(["schema:diff", "staging", "prod", "--json"], env);
    // A column of a view has two lines: the view's text changes with it.
    assert.equal(JSON.parse(stdout).resultat?.ecarts.length, Object.keys(DERIVES).length + 1, stdout);
  });
  await t.step("nothing was written", async () => {
    assert.deepEqual(await Promise.all([staging, prod].map(empreinte)), avant);
  });
  await t.step("a name that is none is refused", async () => {
    const { code, stderr } = await ops(["schema:diff", "staging", "production"], env);
    assert.match(stderr, /CIBLE_INCONNUE/);
    assert.equal(code, 2);
  });
  await Promise.all([staging.base.end(), prod.base.end()]);
});
