import { labelDatabase } from "../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { connect } from "../../ops/commun/connection.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { pushMigrations, supabaseCli } from "../../ops/pile/migrations.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { asSuperuser, declaredProject, emptyProject } from "../support/base.ts";
import { sql, status, test } from "../support/monde.ts";

// Everything the migrations define, as text: two databases are alike when these are.
const SCHEMA = `
  select string_agg(line, E'\\n' order by line) as schema from (
    select format('column %s.%s.%s %s null=%s default=%s', table_schema, table_name, column_name, data_type, is_nullable, column_default)
      from information_schema.columns where table_schema in ('public', 'private', 'astm')
    union all
    select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace::regnamespace::text in ('public', 'private', 'astm')
    union all
    select format('index %s', indexdef) from pg_indexes where schemaname in ('public', 'private', 'astm')
    union all
    select format('function %s %s %s', oid::regprocedure,
        (select array_agg(a::text order by a::text) from unnest(coalesce(proacl, acldefault('f', proowner))) a),
        md5(pg_get_functiondef(oid)))
      from pg_proc where pronamespace::regnamespace::text in ('public', 'private', 'astm')
    union all
    select format('view %s.%s %s', schemaname, viewname, definition) from pg_views where schemaname in ('public')
    union all
    select format('policy %s', p::text) from pg_policies p
    union all
    select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all
    select format('grants %s %s rls=%s', oid::regclass, (select array_agg(a::text order by a::text)
        from unnest(coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner))) a),
        relrowsecurity)
      from pg_class where relnamespace::regnamespace::text in ('public', 'private', 'astm')
    union all
    select format('comment %s %s', classoid::regclass, description) from pg_description d
      join pg_class c on c.oid = d.objoid and c.relnamespace::regnamespace::text in ('public', 'private', 'astm')
    union all
    select format('row of %s %s', t, r) from (
      select 'depots' as t, to_jsonb(d) - 'created_at' as r from public.depots d where nom = 'Dépôt Daipn'
      union all
      select 'citernes', to_jsonb(c) - 'created_at' from public.citernes c where nom like 'TANK%') seeded
  ) lines(line)`;

test("pushing to an empty database gives the schema npm start gives, while another of the same server changes the roles they share; a second push has nothing to do", async () => {
  const url = await emptyProject("pousse");
  const voisin = connect(asSuperuser("postgres"));
  // A push that waits for the other fails instead of waiting with it.
  await voisin`alter database pousse set lock_timeout = '5s'`;
  await voisin.begin(async (tx) => {
    await tx`alter role anon set statement_timeout = '3s'`;
    const { applied } = await pushMigrations(url, { seed: true });
    assert.ok(applied.length > 0);
  });
  await voisin.end();
  const pushed = postgres(url, { max: 1, onnotice: () => {} });
  const [[theirs], [ours]] = [await pushed.unsafe(SCHEMA), await sql.unsafe(SCHEMA)];
  assert.equal(theirs!.schema, ours!.schema);

  const again = await supabaseCli(["db", "push", "--include-seed", "--yes", `--remote=${url}`]);
  assert.equal(again.code, 0);
  assert.match(again.stdout + again.stderr, /up to date/i);
  await pushed.end();
});

test("supabase db reset gives an empty project the schema npm start gives; one that holds it refuses, and loses nothing", async () => {
  const url = await emptyProject("remise_a_neuf");
  const admin = connect(asSuperuser("remise_a_neuf"));
  // Whose it is in a hosted project: a reset leaves what is not the project's own.
  await admin`alter schema auth owner to supabase_admin`.finally(() => admin.end());
  const base = postgres(url, { max: 1, onnotice: () => {} });
  const reset = () => supabaseCli(["db", "reset", "--yes", `--remote=${url}`]);
  const { code, stderr } = await reset();
  assert.equal(code, 0, stderr);
  const [[theirs], [ours]] = [await base.unsafe(SCHEMA), await sql.unsafe(SCHEMA)];
  assert.equal(theirs!.schema, ours!.schema);

  await labelDatabase(base, "staging");
  const refused = await reset();
  assert.notEqual(refused.code, 0);
  assert.match(refused.stdout + refused.stderr, /ENV_INTERDIT/);
  assert.equal((await base.unsafe(SCHEMA))[0]!.schema, theirs!.schema);
  await base.end();
});

test("the CLI's own history knows every migration npm start applied", async () => {
  const { stdout, stderr, code } = await supabaseCli([
    "migration",
    "list",
    `--remote=${status.DB_URL}`,
    "--output-format",
    "json",
  ]);
  assert.equal(code, 0, stderr);
  const files: string[] = [];
  for await (const entry of Deno.readDir(join(ROOT, "supabase/migrations"))) {
    files.push(entry.name.split("_")[0]!);
  }
  for (const version of files) assert.match(stdout, new RegExp(version));
});

test("a failed migration says which one, which statement, and leaves nothing of itself behind", async () => {
  // That knows the tree's already: what is pushed is what is tried.
  const url = await declaredProject("pousse_en_echec", { seed: false });
  const tree = await Deno.makeTempDir();
  await new Deno.Command("cp", { args: ["-r", join(ROOT, "supabase"), tree] }).output();
  await Deno.writeTextFile(
    join(tree, "supabase/migrations/29991230000000_bonne.sql"),
    "create table public.entiere (id int);\n",
  );
  await Deno.writeTextFile(
    join(tree, "supabase/migrations/29991231000000_fautive.sql"),
    "create table public.a_moitie (id int);\nselect 1/0;\n",
  );
  await assert.rejects(pushMigrations(url, { seed: true }, tree), (error) => {
    assert.ok(error instanceof Echec);
    assert.match(
      error.message,
      /29991231000000_fautive\.sql.*division by zero.*« select 1\/0 ».*entièrement annulée/,
    );
    return true;
  });
  const pushed = connect(url);
  const [row] =
    await pushed`select to_regclass('public.a_moitie') as half, to_regclass('public.entiere') as whole`;
  assert.deepEqual([row!.half, row!.whole], [null, "entiere"]);
  await pushed.end();
  await Deno.remove(tree, { recursive: true });
});

test("the empty seed inserts nothing at all", async () => {
  const url = await declaredProject("graine_vide", { seed: false });
  const pushed = postgres(url, { max: 1, onnotice: () => {} });
  const count = () =>
    pushed`select table_name, (xpath('/row/n/text()', query_to_xml('select count(*) as n from public.' || table_name, false, true, '')))[1]::text
             from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
  const before = await count();
  await pushed.unsafe(await Deno.readTextFile(join(ROOT, "supabase/seeds/seed_empty.sql"))).simple();
  assert.deepEqual([...await count()], [...before]);
  await pushed.end();
});

test("the two functions that production replaces are made again by one file, which touches no trigger and no policy", async () => {
  const url = await declaredProject("remplacement", { seed: true });
  const base = postgres(url, { max: 1, onnotice: () => {} });
  const before = await base.unsafe(SCHEMA);
  await base`drop function public.validate_sortie(uuid)`;
  const file = join(ROOT, "supabase/schemas/101_validate_sortie.sql");
  for (const _ of ["once", "again"]) await base.unsafe(await Deno.readTextFile(file)).simple();
  assert.equal((await base.unsafe(SCHEMA))[0]!.schema, before[0]!.schema);
  const [row] =
    await base`select prosecdef, proconfig from pg_proc where oid = 'public.validate_sortie(uuid)'::regprocedure`;
  assert.deepEqual([row!.prosecdef, row!.proconfig], [true, ["search_path=public"]]);
  await base.end();
});
