import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { emptyProject } from "../../../tests/support/base.ts";
import { test } from "../../../tests/support/monde.ts";
import { opsJson } from "../../../tests/support/ops.ts";
import { pushMigrations } from "../../../ops/pile/migrations.ts";
import { NATURES } from "../codes.ts";
import { ancienneProd } from "./ancienne_prod.ts";

/** A migrated database with nothing in it. */
async function baseVide(nom: string): Promise<{ url: string; base: postgres.Sql }> {
  const url = await emptyProject(nom);
  await pushMigrations(url, { seed: false });
  return { url, base: postgres(url, { max: 2, onnotice: () => {} }) };
}

async function signer(chemin: string): Promise<void> {
  const fichier = JSON.parse(await Deno.readTextFile(chemin));
  fichier.signature = { nom: "Valery Kalonga", le: "2026-11-26" };
  await Deno.writeTextFile(chemin, JSON.stringify(fichier));
}

test("the old PROD moves in, anomalies and all", async (t) => {
  const ancienne = await ancienneProd("reprise_source");
  const dossier = await Deno.makeTempDir();
  const decisions = join(dossier, "reprise-decisions.json");
  const examiner = await opsJson<{ anomalies: Record<string, number> }>(
    ["reprise:examiner", "--source", ancienne.url, "--dans", dossier],
  );
  await t.step("the examination says every kind of anomaly, and proposes a decision for each", () => {
    assert.equal(examiner.code, 0, JSON.stringify(examiner.compte));
    assert.deepEqual(Object.keys(examiner.compte.resultat.anomalies).sort(), Object.keys(NATURES).sort());
  });
  const arrivee = await baseVide("reprise_cible");
  await signer(decisions);
  const charger = await opsJson(
    ["reprise:charger", "--source", ancienne.url, "--vers", arrivee.url, "--decisions", decisions],
  );
  await t.step("it is loaded in one transaction that controls itself", () => {
    assert.equal(charger.code, 0, JSON.stringify(charger.compte, null, 1));
  });
  const prouver = await opsJson<{ criteres: { titre: string; tenu: boolean; constat: string }[] }>(
    [
      "reprise:prouver",
      "--source",
      ancienne.url,
      "--vers",
      arrivee.url,
      "--decisions",
      decisions,
      "--dans",
      dossier,
      "--sans-rejeu",
      "prouvé à part",
    ],
  );
  await t.step("the proof explains every difference by a decision, and no litre is left", () => {
    assert.equal(prouver.code, 0, JSON.stringify(prouver.compte, null, 1));
  });
  await ancienne.base.end();
  await arrivee.base.end();
});
