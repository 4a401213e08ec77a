// ops rapport: what is too large for a door, in a file that is there whole or not at all.
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { type Format, rendre } from "../../supabase/functions/_shared/rapport/rendre.ts";
import { ecrireEntier, ecrivain } from "../../ops/exploitation/rapports/ecrivains.ts";
import { moisDe } from "../../ops/commandes/rapport.ts";
import { rapports } from "../domaine/rapports/generer.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, ops, opsJson } from "../support/ops.ts";

const ADMIN = ["--env", "local", "--operateur", "admin@demo.monaluxe.test"];

test("written as its lines come, a report is the file that the door gives, however its lines are cut", async () => {
  await fc.assert(
    fc.asyncProperty(rapports, fc.integer({ min: 1, max: 7 }), async (rapport, ensemble) => {
      for (const format of ["csv", "json"] as Format[]) {
        const { tete, section, lignes, fin } = ecrivain(format);
        let texte = tete(rapport.entete);
        for (const { lignes: siennes, ...cadre } of rapport.sections) {
          texte += section(cadre);
          for (let i = 0; i < siennes.length; i += ensemble) texte += lignes(siennes.slice(i, i + ensemble));
        }
        texte += await fin() as string;
        const attendu = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
          (await rendre(rapport, format)).octets,
        );
        if (format === "csv") assert.equal(texte, attendu);
        else assert.deepEqual(JSON.parse(texte), JSON.parse(attendu));
      }
    }),
    { numRuns: 20, seed: 20261127 },
  );
});

test("each month of a period is there once, and nothing beside it", () => {
  assert.deepEqual(moisDe("2026-11-30", "2027-01-01"), [
    ["2026-11-30", "2026-11-30"],
    ["2026-12-01", "2026-12-31"],
    ["2027-01-01", "2027-01-01"],
  ]);
  assert.deepEqual(moisDe("2028-02-01", "2028-02-29"), [["2028-02-01", "2028-02-29"]]);
  return Promise.resolve();
});

test("a report that fails half-way leaves no file, and one that is there is not replaced unasked", async () => {
  const dossier = await Deno.makeTempDir();
  try {
    const contenu = () => [...Deno.readDirSync(dossier)].map(({ name }) => name);
    await assert.rejects(
      ecrireEntier(dossier, false, async ({ ajouter, nommer }) => {
        await nommer("livre.csv");
        await ajouter("la moitié");
        throw new Error("la base a raccroché");
      }),
      /raccroché/,
    );
    assert.deepEqual(contenu(), []);
    await Deno.writeTextFile(join(dossier, "livre.csv"), "celui d'hier");
    await assert.rejects(
      ecrireEntier(dossier, false, ({ nommer }) => nommer("livre.csv")),
      { code: "FICHIER_EXISTANT" },
    );
    assert.deepEqual(contenu(), ["livre.csv"]);
    await ecrireEntier(dossier, true, async ({ ajouter, nommer }) => {
      await nommer("livre.csv");
      await ajouter("celui d'aujourd'hui");
    });
    assert.equal(await Deno.readTextFile(join(dossier, "livre.csv")), "celui d'aujourd'hui");
  } finally {
    await Deno.remove(dossier, { recursive: true });
  }
});

test("npm run ops -- rapport writes a depot's report, and says what it wrote", async (t) => {
  const dossier = await Deno.makeTempDir();
  const commande = ["rapport", "journalier", ...ADMIN, "--depot", DEPOT_DAIPN, "--vers", dossier];
  try {
    for (const format of ["csv", "pdf"]) {
      await t.step(format, async () => {
        const { code, compte } = await opsJson<[{ fichier: string; octets: number }]>([
          ...commande,
          "--format",
          format,
        ]);
        assert.equal(code, 0, compte.erreur);
        const [{ fichier, octets }] = compte.resultat;
        assert.equal((await Deno.stat(fichier)).size, octets);
      });
    }
    await t.step("asked again it refuses, and does nothing", async () => {
      const { code, compte } = await opsJson([...commande, "--format", "csv"]);
      assert.deepEqual([code, compte.code], [2, "FICHIER_EXISTANT"]);
    });
    await t.step("a report that is not, a day that is not, a parameter that is none", async () => {
      assert.equal((await ops(["rapport", "rien", ...ADMIN, "--vers", dossier])).code, 1);
      assert.equal((await ops([...commande, "--du", "2026-02-30"])).code, 2);
      assert.equal((await ops([...commande, "--parametre", "rien"])).code, 2);
      assert.equal((await ops([...commande, "--par-mois"])).code, 2);
    });
    assert.deepEqual(
      [...Deno.readDirSync(dossier)].filter(({ name }) => name.endsWith(".partiel")),
      [],
    );
  } finally {
    await Deno.remove(dossier, { recursive: true });
  }
});
