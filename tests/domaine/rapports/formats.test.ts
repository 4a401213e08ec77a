// What a report says is the same in each of its five formats, to the last digit.
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import type { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { type Format, FORMATS, rendre } from "../../../supabase/functions/_shared/rapport/rendre.ts";
import { nombreExact } from "../../../supabase/functions/_shared/rapport/ecrire.ts";
import { test } from "../../support/monde.ts";
import { rapports } from "./generer.ts";
import {
  chiffresDe,
  chiffresPdf,
  dites,
  lues,
  nombreLu,
  relireCsv,
  relireHtml,
  relireXlsx,
  textesPdf,
} from "./relire.ts";

const ESSAIS = Number(Deno.env.get("RAPPORTS_FORMATS") ?? 10);
const GRAINE = Number(Deno.env.get("GRAINE") ?? 20261127);

interface Noeud {
  textContent: string;
  getAttribute(nom: string): string;
  querySelector(quoi: string): Noeud;
  querySelectorAll(quoi: string): Noeud[];
}

const octets = async (rapport: Rapport, format: Format) => (await rendre(rapport, format)).octets;
const verifier = (propriete: (rapport: Rapport) => Promise<void>, numRuns = ESSAIS) =>
  fc.assert(fc.asyncProperty(rapports, propriete), { numRuns, seed: GRAINE });

test("a figure is written with every digit it has, and read back as itself", async () => {
  const figures = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.tuple(fc.integer(), fc.nat(6)).map(([n, d]) => Number(`${n}e-${d}`)),
  );
  await fc.assert(
    fc.property(figures.map((valeur) => valeur || 0), fc.nat(6), (valeur, decimales) => {
      const lu = nombreLu(nombreExact(valeur, decimales));
      // A figure too small to be any depot's is written to its twentieth decimal.
      if (Math.abs(valeur) >= 1e-6 || valeur === 0) assert.equal(lu, valeur);
      else assert.ok(Math.abs(lu - valeur) < 1e-20);
    }),
    { seed: GRAINE },
  );
  assert.equal(nombreExact(-1234567.5, 2), "−1 234 567,50");
});

test("R1: all five formats of a report hold the same figures, to the last digit", async () => {
  await verifier(async (rapport) => {
    const attendu = dites(rapport);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(await octets(rapport, "json"))), rapport);
    assert.deepEqual(relireCsv(rapport, await octets(rapport, "csv")), attendu, "csv");
    assert.deepEqual(relireXlsx(rapport, await octets(rapport, "xlsx")), attendu, "xlsx");
    assert.deepEqual(relireHtml(rapport, await octets(rapport, "html")), lues(rapport), "html");
    assert.deepEqual(await chiffresPdf(await octets(rapport, "pdf")), chiffresDe(rapport), "pdf");
  });
});

test("a report's file is a function of its data: drawn again, or after another, it is the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(rapports, rapports, async (un, autre) => {
      for (const format of FORMATS) {
        const premiere = await octets(un, format);
        await octets(autre, format);
        assert.deepEqual(await octets(un, format), premiere, format);
      }
    }),
    { numRuns: Math.ceil(ESSAIS / 5), seed: GRAINE },
  );
});

test("each format says of itself what it is of, when and by whom it was made, and the hash of its data", async () => {
  await verifier(async (rapport) => {
    const { entete } = rapport;
    const csv = new TextDecoder().decode(await octets(rapport, "csv"));
    const html = new TextDecoder().decode(await octets(rapport, "html"));
    const pdf = await textesPdf(await octets(rapport, "pdf"));
    const dit = ["Africa/Lubumbashi", "27/11/2026 08:00:00,123456", "27/11/2026 08:00:01, par Jean Ilunga"];
    for (const attendu of [...dit, "MONALUXE", entete.titre, entete.sha256]) {
      assert.ok(csv.includes(attendu) && html.includes(attendu) && pdf.includes(attendu), attendu);
    }
    const pages = pdf.filter((texte) => / · page \d+\/\d+$/.test(texte)).map((texte) =>
      texte.split(" ").at(-1)
    );
    assert.deepEqual(pages, pages.map((_, i) => `${i + 1}/${pages.length}`));
    for (const qui of entete.signatures) assert.ok(pdf.includes(qui) && html.includes(`<p>${qui}</p>`));
  }, Math.ceil(ESSAIS / 5));
});

test("nothing in a report's page runs, or is fetched from elsewhere", async () => {
  await verifier(async (rapport) => {
    const html = new TextDecoder().decode(await octets(rapport, "html"));
    const { document } = parseHTML(html) as unknown as { document: Noeud };
    assert.match(
      document.querySelector("meta[http-equiv]").getAttribute("content"),
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'$/,
    );
    const qui = "script, link, img, iframe, use, image, object, [href], [src], [style], [onload], [onclick]";
    assert.deepEqual([...document.querySelectorAll(qui)], []);
    assert.equal(document.querySelectorAll("style").length, 1);
    assert.doesNotMatch(document.querySelector("style").textContent, /url\(|@import/i);
  });
});
