// The schema is declared once: what the migrations give, what the functions expect and what the types say all follow.
import { labelDatabase } from "../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { noterHistorique } from "../../ops/commun/schema/declare.ts";
import { comparer } from "../../ops/commun/schema/ecarts.ts";
import { planifier } from "../../ops/commun/schema/plan.ts";
import { publier, roleDeLecture } from "../../ops/exploitation/siege/replication.ts";
import { fermer } from "../../ops/exploitation/siege/tables.ts";
import { instructionsDesLignes } from "../../ops/commun/schema/lignes_a_changer.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { lireMigrations, type Migration } from "../../ops/commun/schema/scripts.ts";
import { decrireSchema, ecrireEmpreinte, EMPREINTE_FILE, SCHEMA_FILE } from "../../developpement/schema.ts";
import { connect } from "../../ops/commun/connection.ts";
import { asSuperuser, copyProject, declaredProject, emptyProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { personne, vivreLaChaine } from "../support/projets.ts";

const empreintes = (sql: postgres.Sql) =>
  sql<
    { objet: string; md5: string }[]
  >`select objet, md5 from private.empreintes() order by objet collate "C"`;

/** The tree's migrations, and the place among them of the last of a release that is not the last of all. */
async function migrationsEtVersion(): Promise<{ migrations: Migration[]; rang: number }> {
  const changelog = await Deno.readTextFile(join(ROOT, "CHANGELOG.md"));
  const migrations = await lireMigrations(join(ROOT, "supabase/migrations"));
  // Of one that has just been cut nothing is left to be done: the one before it is brought here.
  const dernieres = [...changelog.matchAll(/^Up to migration `(\d+)_/gm)].map(([, version]) => version)
    .filter((version) => version !== migrations.at(-1)!.version);
  const rang = migrations.findIndex(({ version }) => version === dernieres[0]);
  assert.ok(rang >= 0, "CHANGELOG.md says up to which migration of the tree the last release goes");
  return { migrations, rang };
}

const appliquer = async (url: string, migrations: Migration[]) => {
  const sql = connect(url);
  for (const { texte } of migrations) await sql.begin((tx) => tx.unsafe(texte).simple());
  await sql.end();
};

/** Made once from the migrations, for those who read it; who writes takes a copy. On the way, one of the last release. */
const parMigrations = (async () => {
  const { migrations, rang } = await migrationsEtVersion();
  const url = await emptyProject("par_migrations");
  await appliquer(url, migrations.slice(0, rang + 1));
  const ancienne = {
    url: await copyProject("de_la_version", "par_migrations"),
    suite: migrations.slice(rang + 1),
  };
  await appliquer(url, ancienne.suite);
  const sql = connect(url);
  await sql.begin(noterHistorique).finally(() => sql.end());
  return { url, ancienne };
})();

test("a database made from the migrations is the one the chapters declare, rows, rights and comments included (npm run schema -- <nom>)", async () => {
  const [migree, declaree] = [
    (await parMigrations).url,
    await declaredProject("par_chapitres", { seed: false }),
  ];
  assert.deepEqual(await comparer(migree, declaree), []);
  const [a, b] = [connect(migree), connect(declaree)];
  assert.deepEqual([...await empreintes(a)], [...await empreintes(b)]);
  const [{ empreinte }] = await b<[{ empreinte: string }]>`select private.empreinte() as empreinte`;
  assert.equal(
    await Deno.readTextFile(EMPREINTE_FILE),
    ecrireEmpreinte(empreinte),
    "npm run schema -- <nom> writes it",
  );
  assert.equal(
    await Deno.readTextFile(SCHEMA_FILE),
    await decrireSchema(declaree),
    "npm run schema -- <nom> writes it",
  );
  await Promise.all([a.end(), b.end()]);
});

test("a migration writes the reference rows that changed, no other, and takes out those that are no longer declared", async () => {
  const [de, vers] = [
    await declaredProject("lignes_d_avant", { seed: false }),
    await declaredProject("lignes_declarees", { seed: false }),
  ];
  const avant = connect(de);
  try {
    await avant`delete from private.refus where code = 'FRAIS_ANNULE'`;
    await avant`update private.refus set conduite = 'Une autre.' where code = 'ROLE_FORBIDDEN'`;
    await avant`insert into private.refus (code, statut_http, phrase, sens, conduite)
                values ('D_HIER', 409, 'Hier.', 'Hier.', 'Hier.')`;
    await avant`update private.limites set par_minute = par_minute + 1 where route = 'POST'`;
    const instructions = await instructionsDesLignes(de, vers);
    assert.deepEqual(
      instructions.join("\n").match(/^ {2}\('\w+|^delete.*/gm),
      [
        "  ('ROLE_FORBIDDEN",
        "  ('FRAIS_ANNULE",
        "delete from private.refus where (code) = ('D_HIER');",
        "  ('POST",
      ],
    );
    await avant.unsafe(instructions.join("\n")).simple();
    // A limit that an environment has tuned stays its own.
    const restent = (await comparer(de, vers)).filter(({ propre }) => !propre);
    assert.deepEqual(restent.map(({ objet }) => objet), ["ligne de private.limites « POST »"]);
  } finally {
    await avant.end();
  }
});

test("what a network of depots puts on a base is its own: it is at the same state, and no migration takes it away", async () => {
  const [relie, seul] = [
    await declaredProject("relie", { seed: false }),
    await declaredProject("seul", { seed: false }),
  ];
  const sql = connect(relie);
  try {
    const [avant] = await sql`select private.empreinte() as empreinte`;
    await fermer(sql, ["public.produits"]);
    const role = await roleDeLecture(sql, relie, "siege", "depot");
    assert.match(role, /user='siege_relie_siege'/);
    await publier(sql, "depot");
    assert.deepEqual((await sql`select private.empreinte() as empreinte`)[0], avant);
    assert.deepEqual((await sql`select modifies from private.etat_schema()`)[0]!.modifies, []);
    const ecarts = await comparer(relie, seul);
    assert.deepEqual(ecarts.filter(({ propre }) => !propre), []);
    assert.ok(ecarts.some(({ objet }) => objet === "trigger public.produits.zz_siege_lecture_seule"));
    assert.deepEqual(await planifier(relie, seul), []);
  } finally {
    await sql.end();
  }
});

test("what the engine that proposes a migration forgets is written too: columns' rights and comments, publications", async () => {
  const [de, vers] = [
    await declaredProject("oublis_d_avant", { seed: false }),
    await declaredProject("oublis_declares", { seed: false }),
  ];
  const [avant, apres] = [connect(de), connect(vers)];
  try {
    for (const sql of [avant, apres]) {
      await labelDatabase(sql, "local");
      await sql.unsafe(`
        create publication supabase_realtime;
        create view public.vue_oubliee with (security_invoker = true) as select id, nom from public.clients;
        comment on column public.vue_oubliee.nom is 'Ce que la vue dit de ce nom.';`).simple();
    }
    await apres.unsafe(`
      drop view public.vue_oubliee;
      create view public.vue_oubliee with (security_invoker = true) as select nom, id from public.clients;
      comment on column public.vue_oubliee.nom is 'Ce que la vue dit de ce nom.';
      comment on column public.vue_oubliee.id is 'Ce que la vue dit de ce numéro.';
      revoke select on public.sorties_produit from authenticated;
      create publication suivie for table public.clients (id, nom) where (nom <> '');
      alter publication supabase_realtime add table public.clients;`).simple();
    assert.ok((await comparer(de, vers)).length >= 5, "each difference is seen before");
    const plan = await planifier(de, vers);
    await avant.begin((tx) => tx.unsafe(plan.map(({ sql }) => sql).join(";\n")).simple());
    assert.deepEqual(await comparer(de, vers), []);
  } finally {
    await Promise.all([avant.end(), apres.end()]);
  }
});

test("each migration ends by telling a hosted project's clock all that the stack does by itself, and no more", async () => {
  await parMigrations;
  const sql = connect(await copyProject("horloge", "par_migrations"));
  try {
    // This server has no pg_cron: what would be asked of it is kept.
    await sql.unsafe(`
      create table private.demandes (instruction text);
      create or replace function private.a_l_heure(p_nom text, p_quand text, p_instruction text, p_sinon text,
        variadic p_extensions text[]) returns void language sql
      as $$ insert into private.demandes values (p_instruction) $$;`).simple();
    await sql`select private.noter_etat('essai')`;
    const demandes = await sql<{ instruction: string }[]>`select instruction from private.demandes`;
    const appelees = demandes.map(({ instruction }) => instruction.match(/^select (private\.\w+)\(\)$/)![1]!);
    const pile = await Deno.readTextFile(join(ROOT, "ops/pile/scheduled.ts"));
    const faites = new Set(pile.match(/private\.(?!rapprochement_du)\w+/g));
    assert.deepEqual(
      appelees.toSorted(),
      [...faites].toSorted(),
      "private.regler_horloge, ops/pile/scheduled.ts",
    );
  } finally {
    await sql.end();
  }
});

test("every function stands up to PostgreSQL's own reading of it in a database made from the migrations", async () => {
  // Their columns stand in another order than the chapters'; what goes by position is told here, not to a client.
  await parMigrations;
  const sql = connect(await copyProject("corps_lus", "par_migrations"));
  try {
    const fonctions = await sql<{ nom: string; definition: string }[]>`
      select p.oid::regprocedure::text as nom, pg_get_functiondef(p.oid) as definition
        from pg_proc p join pg_language l on l.oid = p.prolang
       where p.pronamespace = any ('{public,private,astm}'::regnamespace[]) and p.prokind = 'f'
         and l.lanname in ('sql', 'plpgsql')`;
    assert.ok(fonctions.length > 300, `${fonctions.length} functions read`);
    const fautes: string[] = [];
    for (const { nom, definition } of fonctions) {
      await sql.unsafe(definition).simple().catch(({ message }) => fautes.push(`${nom}: ${message}`));
    }
    assert.deepEqual(fautes, []);
  } finally {
    await sql.end();
  }
});

test("a database of the last release, with a life in it, comes to head without losing a row", async () => {
  const { url, suite } = (await parMigrations).ancienne;
  const sql = connect(url);
  await labelDatabase(sql, "staging");
  await sql.unsafe(await Deno.readTextFile(join(ROOT, "supabase/seeds/seed_staging_prod_like.sql"))).simple();
  const base = postgres(asSuperuser("de_la_version"), { max: 2, onnotice: () => {} });
  const admin = await personne({ nom: "de_la_version", url, base }, "admin");
  await vivreLaChaine(admin.sql);
  await admin.sql.end();
  await base`select private.sceller_journal()`;
  const lignes = () =>
    base<{ nom: string; n: number }[]>`
      select c.relname::text as nom,
             (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from public.%I', c.relname), false, true, '')))[1]::text::int as n
        from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
  const avant = await lignes();
  await appliquer(url, suite);
  const apres = new Map((await lignes()).map(({ nom, n }) => [nom, n]));
  for (const { nom, n } of avant) {
    assert.ok((apres.get(nom) ?? 0) >= n, `${nom}: ${n} rows before, ${apres.get(nom)} after`);
  }
  assert.deepEqual([...await base`select * from public.verifier_stocks()`], []);
  assert.deepEqual([...await base`select * from private.controler_journal()`], []);
  await Promise.all([sql.end(), base.end()]);
});
