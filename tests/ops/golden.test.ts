import assert from "node:assert/strict";
import { runWithin } from "../support/execution.ts";
import { TOLERANCE_L } from "../../ops/commun/constantes.ts";
import { golden as runGolden } from "../../ops/exploitation/golden/golden.ts";
import { join } from "node:path";
import postgres from "postgres";
import { declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";

test("the golden comparison, as a command", async (t) => {
  const url = await declaredProject("golden", { seed: true });
  const base = postgres(url, { max: 1, onnotice: () => {} });
  const dir = await Deno.makeTempDir();
  const golden = (...args: string[]) => runWithin({ DATABASE_URL: url }, () => runGolden(args));
  const csv = async (text: string) => {
    const file = join(dir, "cas.csv");
    await Deno.writeTextFile(file, text);
    return file;
  };
  const count = async () => (await base`select count(*)::int as n from public.golden_cases`)[0]!.n as number;
  const columns =
    "source;reference;produit_code;volume_observe_l;temperature_echantillon_c;temperature_produit_c;" +
    "densite_observee_kgm3;volume_15c_attendu_l;note";

  await t.step("SEP's profile: 8 of 8 at 0 L, exit code 0", async () => {
    const { code, stdout } = await golden("compare");
    assert.equal(code, 0);
    assert.match(stdout, /8 sur 8 dans la tolérance ; plus grand écart : 0 L/);
    assert.equal(stdout.match(/│ 0 +│ oui/g)?.length, 8);
  });
  await t.step("the report is one file that needs no other", async () => {
    const file = join(dir, "rapport.html");
    const { code } = await golden("compare", "--report", file);
    assert.equal(code, 0);
    const page = await Deno.readTextFile(file);
    assert.match(page, /8 camions sur 8 dans la tolérance/);
    assert.match(page, /<svg/);
    // What was measured, where it comes from, of which tree and when, and where somebody signs.
    assert.match(page, /6 mesurés, 2 déduits/);
    assert.match(
      page,
      /<td class="chiffre">29,7<\/td>\s*<td class="chiffre">22,5 \*<\/td>\s*<td class="chiffre">837,3<\/td>/,
    );
    assert.match(page, /Édité le \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d \(heure du dépôt\),\s+commit [0-9a-f]{40}/);
    assert.match(page, /Nom :.*Date :.*Signature :/);
    assert.match(page, /print-color-adjust: exact/);
    assert.doesNotMatch(page, /(src|href)=|url\(|https?:\/\//);
  });
  await t.step("a file with a bad line imports nothing and names every bad line", async () => {
    const before = await count();
    const file = await csv(`${columns}
SEP;20;G.O;39296;29,7;22,5;837,3;39048;
SEP;21;G.O;beaucoup;29,7;22,5;837,3;39048;
;22;G.O;39296;29,7;22,5;837,3;39048;
SEP;23;G.O;-1;29,7;22,5;837,3;39048;`);
    const { code, stderr } = await golden("import", file);
    assert.equal(code, 1);
    assert.match(stderr, /ligne 3 : volume_observe_l : un nombre est attendu/);
    assert.match(stderr, /ligne 4 : source : champ obligatoire/);
    assert.match(stderr, /Rien n'a été importé/);
    assert.equal(await count(), before);
  });
  await t.step("what only the database can judge is named by its line too", async () => {
    const { code, stderr } = await golden(
      "import",
      await csv(`${columns}\nSEP;23;G.O;-1;29,7;22,5;837,3;39048;`),
    );
    assert.equal(code, 1);
    assert.match(stderr, /ligne 2 : .*volume_observe_l/);
  });
  await t.step("a column nobody knows, a file that is none", async () => {
    assert.match(
      (await golden("import", await csv("source,couleur\nSEP,bleu\n"))).stderr,
      /couleur : colonne inconnue/,
    );
    assert.equal((await golden("import", join(dir, "absent.csv"))).code, 1);
  });
  await t.step(
    "imported twice, a case is there once; beyond ±5 L the comparison ends with code 1",
    async () => {
      const file = await csv(`${columns}\nAUTRE;1;G.O;39296;29,7;22,5;837,3;39060;«faux»`);
      for (const _ of ["once", "again"]) assert.equal((await golden("import", file)).code, 0);
      assert.equal(await count(), 9);
      const { code, stdout } = await golden("compare");
      assert.equal(code, 1);
      assert.match(stdout, /AUTRE 1 .*-12 +│ NON/);
    },
  );
  await t.step("the commands hold to the database's own tolerance", async () => {
    const [{ tolerance }] = await base<
      [{ tolerance: number }]
    >`select astm.tolerance_l()::float8 as tolerance`;
    assert.equal(TOLERANCE_L, tolerance);
  });
  await t.step("a case that the standard refuses is named, and the others are compared", async () => {
    assert.equal(
      (await golden("import", await csv(`${columns}\nAUTRE;2;G.O;39296;29,7;480;837,3;39060;impossible`)))
        .code,
      0,
    );
    const file = join(dir, "refus.html");
    const { code, stdout, stderr } = await golden("compare", "--report", file);
    assert.equal(code, 1);
    assert.match(stderr, /AUTRE 2 ne se calcule pas : ASTM_HORS_DOMAINE : /);
    assert.match(stdout, /8 sur 10 dans la tolérance/);
    assert.match(await Deno.readTextFile(file), /AUTRE 2 ne se calcule pas/);
  });
  await t.step("a comparison of nothing proves nothing: exit code 1", async () => {
    await base`delete from public.golden_cases`;
    const { code, stderr } = await golden("compare");
    assert.equal(code, 1);
    assert.match(stderr, /Aucun cas de référence : rien n'a été comparé/);
  });
  await t.step("a profile nobody made is said to be none", async () => {
    const { code, stderr } = await golden("compare", "--profile", "inconnu");
    assert.equal(code, 1);
    assert.match(stderr, /INTROUVABLE.*inconnu/);
  });
  await base.end();
  await Deno.remove(dir, { recursive: true });
});
