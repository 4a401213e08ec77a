import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../ops/commun/settings.ts";
import { monde, sql, status, test } from "../../support/monde.ts";
import { INCONNU } from "./tentatives.ts";
import { attaquer, obtenu, resumer } from "./vol_de_cle.ts";

test("the anonymous key and the public description of the API give nothing to whoever has stolen them", async (t) => {
  const m = await monde();
  const { id } = await m.recevoir(1_000);
  const voleur = `${crypto.randomUUID()}@voleur.test`;
  const secrets = [
    ...[m.depot, m.produit, m.client, m.fournisseur, m.citernes[0], id],
    ...[status.SERVICE_ROLE_KEY, status.JWT_SECRET, new URL(status.DB_URL).password, "@test.monaluxe.test"],
  ];
  const essais = await attaquer(status.API_URL, status.ANON_KEY, voleur);
  console.log(resumer(essais));

  await t.step("nothing is given, and nothing breaks", () => {
    assert.deepEqual(essais.filter(obtenu), []);
  });
  await t.step("no answer carries a row, an address, a key or a stack trace", () => {
    const parlants = essais.filter(({ corps }) =>
      secrets.some((secret) => corps.includes(secret)) || /\n\s+at |postgresql:\/\//.test(corps)
    );
    assert.deepEqual(parlants, []);
  });
  await t.step("no account was made", async () => {
    const [{ comptes }] = await sql<[{ comptes: number }]>`
      select count(*)::int as comptes from auth.users where email = ${voleur} or is_anonymous or phone like '+243%'`;
    assert.equal(comptes, 0);
  });
  await t.step("nothing was written", async () => {
    const tables = await sql`select c.oid::regclass::text as nom from pg_class c
      where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)`;
    for (const { nom } of tables) {
      assert.deepEqual(
        [...await sql.unsafe(`select t from ${nom} t where t::text like '%${INCONNU}%'`)],
        [],
        nom,
      );
    }
    const [stock] = await sql`select stock_ambiant::int from public.stocks_snapshot where citerne_id = ${
      m.citernes[0]
    }`;
    assert.equal(stock!.stock_ambiant, 1_000);
  });
});

test("signing up is closed in the project's settings as in the local stack, and only public is exposed", async () => {
  const config = await Deno.readTextFile(join(ROOT, "supabase/config.toml"));
  const section = (nom: string) => config.split(`\n[${nom}]\n`)[1]!.split("\n[")[0]!;
  assert.match(section("auth"), /^enable_signup = false$/m);
  assert.match(section("auth"), /^enable_anonymous_sign_ins = false$/m);
  assert.match(section("api"), /^schemas = \["public"\]$/m);
  assert.doesNotMatch(section("api"), /extra_search_path.*private|extra_search_path.*astm/);
});
