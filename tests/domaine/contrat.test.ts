// What a release has promised is kept by the next, or its version says that it is not.
import assert from "node:assert/strict";
import fc from "fast-check";
import semver from "semver";
import manifest from "../../package.json" with { type: "json" };
import {
  CHANGEMENTS_FILE,
  comparer,
  type Contrat,
  contratDe,
  dernierPublie,
  ecrireContrat,
  pageDesChangements,
  peutCasser,
} from "../../developpement/contrat.ts";
import type { Forme } from "../../developpement/contrat_formes.ts";
import { describeApi } from "../../developpement/openapi.ts";
import { test } from "../support/monde.ts";

const decrit = describeApi();
const contratDAujourdhui = async () => contratDe(await decrit);

test("nothing that the last release promised is broken without the version and the page of changes saying so", async () => {
  const [avant, aujourdhui, page] = await Promise.all([
    dernierPublie(),
    contratDAujourdhui(),
    Deno.readTextFile(CHANGEMENTS_FILE),
  ]);
  const [section] = page.split(/^## /m).slice(1);
  const version = section!.split(/\s/)[0]!;
  const ruptures = comparer(avant, aujourdhui).filter(({ casse }) => casse).map(({ quoi, dit }) =>
    `- ${quoi} : ${dit}`
  );
  const tues = ruptures.filter((ligne) => !section!.split("\n").includes(ligne));
  assert.deepEqual(
    tues,
    [],
    `these break what ${avant.version} promised: mend them, or say them with the reason in the page of changes`,
  );
  if (ruptures.length) {
    assert.ok(peutCasser(avant.version, version), `${version} may not break what ${avant.version} promised`);
  }
  // Between two releases package.json has the last; at a release, the one that the page speaks of.
  assert.ok([avant.version, version].includes(manifest.version));
  assert.ok(semver.gte(version, avant.version));
});

test("the page of changes says what was added since the last release (npm run openapi)", async () => {
  assert.equal(
    await Deno.readTextFile(CHANGEMENTS_FILE),
    await pageDesChangements(await contratDAujourdhui()),
  );
});

test("only a major version may break a promise, or a minor one before the first major", async (t) => {
  for (
    const [avant, apres, peut] of [
      ["0.2.0", "0.2.1", false],
      ["0.2.0", "0.3.0", true],
      ["0.2.0", "1.0.0", true],
      ["1.2.0", "1.3.0", false],
      ["1.2.0", "2.0.0", true],
    ] as const
  ) await t.step(`${avant} → ${apres}`, () => assert.equal(peutCasser(avant, apres), peut));
});

const lu = (contrat: Contrat): Contrat => JSON.parse(ecrireContrat(contrat));

test("a contract that was kept is read as it was, and breaks nothing of itself", async () => {
  const contrat = await contratDAujourdhui();
  assert.deepEqual(lu(contrat), contrat);
  assert.deepEqual(comparer(contrat, lu(contrat)), []);
});

/** One thing that a client would stumble over, done to a contract. */
const DEGATS: Record<string, (contrat: Contrat, hasard: number) => boolean> = {
  "a door that is removed": ({ portes }, hasard) => {
    const noms = Object.keys(portes);
    return delete portes[noms[hasard % noms.length]!];
  },
  "a parameter that is newly required": ({ portes }, hasard) => {
    const une = choisir(Object.values(portes), hasard);
    une.parametres["query inconnu"] = { exige: true, forme: { type: "string" } };
    return true;
  },
  "another status": ({ portes }, hasard) => {
    choisir(Object.values(portes), hasard).statut = "202";
    return true;
  },
  "a field that is no longer answered": (contrat, hasard) =>
    surUnChamp(contrat, hasard, (forme, nom) => delete forme.properties![nom]),
  "a field of another type": (contrat, hasard) =>
    surUnChamp(contrat, hasard, (forme, nom) => {
      forme.properties![nom] = { type: "object", properties: { autrement: { type: "string" } } };
      return true;
    }),
};

const choisir = <T>(parmi: T[], hasard: number): T => parmi[hasard % parmi.length]!;

/** A field of an answer, wherever it is described. */
function surUnChamp(
  contrat: Contrat,
  hasard: number,
  faire: (forme: Forme, nom: string) => boolean,
): boolean {
  const repondues = Object.values(contrat.portes).flatMap(({ reponse }) => {
    const ref = reponse["application/json"]?.$ref?.split("/").at(-1);
    const forme = ref ? contrat.schemas[ref] : undefined;
    return forme?.properties && forme.type === "object" ? [forme] : [];
  });
  const forme = choisir(repondues, hasard);
  const noms = Object.keys(forme.properties!).filter((nom) => {
    const { type } = forme.properties![nom]!;
    return typeof type === "string" && type !== "object";
  });
  return noms.length > 0 && faire(forme, choisir(noms, hasard));
}

test("whatever of these is done to it, wherever, a contract is seen to be broken", async (t) => {
  const contrat = await contratDAujourdhui();
  for (const [quoi, abimer] of Object.entries(DEGATS)) {
    await t.step(quoi, () => {
      fc.assert(
        fc.property(fc.nat(), (hasard) => {
          const abime = structuredClone(contrat);
          fc.pre(abimer(abime, hasard));
          assert.ok(comparer(contrat, abime).some(({ casse }) => casse));
        }),
        { numRuns: Number(Deno.env.get("CONTRAT_DEGATS") ?? 10) },
      );
    });
  }
});

const de = (entree: Forme, sortie: Forme): Contrat => ({
  version: "1.0.0",
  schemas: {},
  portes: {
    "POST /x": {
      parametres: {},
      corps: entree,
      statut: "200",
      reponse: { "application/json": sortie },
      codes: [],
    },
  },
});
const enums = (...valeurs: string[]): Forme => ({ type: "string", enum: valeurs });
const objet = (properties: Record<string, Forme>, ...required: string[]): Forme => ({
  type: "object",
  properties,
  required,
});
const TEXTE: Forme = { type: "string" };
const OU_NUL: Forme = { anyOf: [TEXTE, { type: "null" }] };

test("what a client may no longer send, or may now be answered, is told from what it need not mind", async (t) => {
  const cas: [quoi: string, avant: Forme, apres: Forme, entree: boolean, sortie: boolean][] = [
    ["a value less", enums("A", "B"), enums("A"), true, true],
    ["a value more", enums("A"), enums("A", "B"), false, false],
    ["null no more", OU_NUL, TEXTE, true, false],
    ["null too", TEXTE, OU_NUL, false, true],
    ["a field less", objet({ a: TEXTE, b: TEXTE }), objet({ a: TEXTE }), true, true],
    ["a field more", objet({ a: TEXTE }), objet({ a: TEXTE, b: TEXTE }), false, false],
    ["a field more that is required", objet({ a: TEXTE }), objet({ a: TEXTE, b: TEXTE }, "b"), true, false],
    ["a field that is now required", objet({ a: TEXTE }), objet({ a: TEXTE }, "a"), true, false],
    ["a field that may be left out", objet({ a: TEXTE }, "a"), objet({ a: TEXTE }), false, true],
    ["a number for a whole one", { type: "integer" }, { type: "number" }, false, true],
    ["a whole number for a number", { type: "number" }, { type: "integer" }, true, false],
    ["a list for one", TEXTE, { type: "array", items: TEXTE }, true, true],
    ["one way more", TEXTE, { anyOf: [TEXTE, { type: "integer" }] }, false, true],
    ["one way less", { anyOf: [TEXTE, { type: "integer" }] }, TEXTE, true, false],
  ];
  for (const [quoi, avant, apres, entree, sortie] of cas) {
    await t.step(quoi, () => {
      const rompt = (un: Contrat, autre: Contrat) => comparer(un, autre).some(({ casse }) => casse);
      assert.equal(rompt(de(avant, TEXTE), de(apres, TEXTE)), entree, "sent");
      assert.equal(rompt(de(TEXTE, avant), de(TEXTE, apres)), sortie, "answered");
    });
  }
});
