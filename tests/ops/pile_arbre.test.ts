// npm start on a tree that changes: a schema, a function, a rule, another branch's column.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../support/monde.ts";
import { copyTree, inDatabase, newEnvironment, type Pile, startPile } from "../support/pile.ts";

/** Of two new functions, the one that is called comes after its caller in the order of names. */
const APPELANTE = `
create function private.z_appelee() returns int language sql immutable as $$ select 1 $$;
create function private.a_appelante() returns int language sql immutable as $$ select private.z_appelee() $$;
`;

test("a tree of its own: a schema that can't be, mended, then changed while it runs", async (t) => {
  const tree = await copyTree();
  const env = await newEnvironment();
  let pile!: Pile;
  await t.step(
    "a schema that PostgreSQL refuses stops the first start, naming file and statement; mended, the next start goes on",
    async () => {
      const broken = join(tree, "supabase/schemas/000_fautive.sql");
      await Deno.writeTextFile(broken, "select 1;\nselect 1/0;\n");
      const failing = startPile(env, tree);
      assert.equal(await failing.end(), 1);
      assert.match(failing.said(), /000_fautive\.sql a échoué.*division by zero.*« select 1\/0 »/);
      await Deno.writeTextFile(broken, "select 1;\n");
      pile = startPile(env, tree);
      await pile.ready;
      assert.match(pile.said(), /supabase\/schemas, posé sur une base vide/);
    },
  );
  const actes = join(tree, "supabase/functions/ops/actes.ts");
  const source = await Deno.readTextFile(actes);
  const live = async () => {
    const answer = await fetch(`${pile.apiUrl}/functions/v1/ops/live`);
    return { status: answer.status, body: await answer.text() };
  };

  await t.step("a function that is saved is what answers: a broken one until it is mended", async () => {
    await Deno.writeTextFile(actes, source.replaceAll('"vivant"', '"changé"'));
    await pile.says(/Fonctions rechargées/);
    assert.match((await live()).body, /changé/);

    await Deno.writeTextFile(actes, "ceci n'est pas du TypeScript");
    await pile.says(/La fonction ops s'est arrêté/);
    assert.equal((await live()).status, 503);

    await Deno.writeTextFile(actes, source);
    await pile.says(/Fonctions rechargées[\s\S]*Fonctions rechargées/);
    assert.match((await live()).body, /vivant/);
  });
  await t.step(
    "a rule that is saved is tried at once, and at the next start, on the rows that are there",
    async () => {
      const chapitre = join(tree, "supabase/schemas/082_comparaison.sql");
      const regle = await Deno.readTextFile(chapitre);
      await inDatabase(pile.env, (sql) => sql`insert into public.clients (nom) values ('gardé')`);
      await Deno.writeTextFile(chapitre, regle.replace("return 5;", "return 6;") + APPELANTE);
      await pile.says(
        /↻ Schéma : .*lignes gardées : fonction astm\.tolerance_l\(\), fonction private\.a_appelante\(\)/,
      );
      const [lu] = await inDatabase(
        pile.env,
        (sql) =>
          sql`select astm.tolerance_l()::int as tolerance, (select count(*)::int from public.clients where nom = 'gardé') as n`,
      );
      assert.deepEqual({ ...lu }, { tolerance: 6, n: 1 });
      assert.equal(await pile.end("SIGTERM"), 0);
      await Deno.writeTextFile(chapitre, regle + APPELANTE);
    },
  );
  await t.step("another branch's column is told and kept, until somebody says that it may go", async () => {
    const apres = startPile(pile.env, tree);
    await apres.ready;
    assert.match(apres.said(), /1 objet\(s\) changé\(s\), lignes gardées : fonction astm\.tolerance_l/);
    // A rule's text alone: nothing is compared for it, and what is compared later finds it there.
    const chapitre = join(tree, "supabase/schemas/082_comparaison.sql");
    await Deno.writeTextFile(chapitre, (await Deno.readTextFile(chapitre)).replace("return 5;", "return 7;"));
    await apres.says(/↻ Schéma : 1 objet\(s\) changé\(s\), lignes gardées : fonction astm\.tolerance_l/);
    await inDatabase(
      pile.env,
      (sql) =>
        sql.unsafe(`alter table public.clients add column fidelite int;
                    create or replace function astm.tolerance_l() returns numeric language sql immutable
                    set search_path = pg_catalog, pg_temp return 3`).simple(),
    );
    assert.equal(await apres.end("SIGTERM"), 0);
    await Deno.remove(join(pile.env.DATA_DIR!, "schema.json"));
    const suivant = startPile(pile.env, tree);
    await suivant.ready;
    assert.match(
      suivant.said(),
      /GARDÉ, que cet arbre ne connaît pas : ALTER TABLE public\.clients DROP COLUMN fidelite/,
    );
    assert.match(
      suivant.said(),
      /remis comme cet arbre le dit, modifié à la main : fonction astm\.tolerance_l/,
    );
    const [rendue] = await inDatabase(pile.env, (sql) => sql`select astm.tolerance_l()::int as tolerance`);
    assert.equal(rendue!.tolerance, 7);
    const [lu] = await inDatabase(
      pile.env,
      (sql) => sql`select fidelite, nom from public.clients where nom = 'gardé'`,
    );
    assert.equal(lu!.fidelite, null);
    assert.equal(await suivant.end("SIGTERM"), 0);
  });
  await Promise.all([tree, pile.env.DATA_DIR!].map((path) => Deno.remove(path, { recursive: true })));
});
