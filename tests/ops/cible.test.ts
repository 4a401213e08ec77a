import assert from "node:assert/strict";
import type { Ended } from "../../ops/commun/process.ts";
import { test } from "../support/monde.ts";
import {
  dossierEnv,
  empreinte,
  enProd,
  enStaging,
  MOUVEMENTS,
  ops,
  projet,
  RESET,
  vivre,
} from "../support/projets.ts";

/** Every command that takes something away, each with all it asks for. */
const DESTRUCTRICES: [string, Record<string, string>][] = [
  ["staging:reset", RESET],
  ["staging:reset-mouvements", MOUVEMENTS],
  ["staging:hygiene", {}],
];
/** What somebody in a hurry would try. */
const PASSE_PARTOUT = {
  ALLOW_PROD_RESET: "true",
  FORCE: "1",
  YES: "true",
  CI: "true",
  APP_ENV: "staging",
  ENV: "staging",
  PGOPTIONS: "-c app.drop_autorise=1 -c app.purge_staging=1",
};

function estInterdit({ code, stderr }: Ended, cas: string): void {
  assert.match(stderr, /ENV_INTERDIT : /, `${cas} : ${stderr}`);
  assert.match(stderr, /refusé, rien n'a été fait/, cas);
  assert.equal(code, 2, cas);
}

test("whatever is wrong with the target, every command that deletes refuses, and neither STAGING nor PROD has changed", async (t) => {
  const staging = await projet("cible_staging", "staging");
  const prod = await projet("cible_prod", "prod");
  const autre = await projet("cible_autre", "local");
  const muette = await projet("cible_muette", null);
  for (const vivant of [staging, prod, autre, muette]) await vivre(vivant);
  const bases = [staging, prod, autre, muette];
  const avant = await Promise.all(bases.map(empreinte));

  const S = enStaging(staging);
  const P = enProd(prod);
  const cas: Record<string, Parameters<typeof dossierEnv>[0]> = {
    "no file at all": {},
    "an empty file": { staging: {} },
    "no reference": { staging: { STAGING_DB_URL: staging.url } },
    "no URL": { staging: { STAGING_PROJECT_REF: staging.nom } },
    "a URL that is none": { staging: { ...S, STAGING_DB_URL: "cible_staging" } },
    "a URL that names no project": {
      staging: { ...S, STAGING_DB_URL: "postgresql://postgres:x@10.1.2.3/postgres" },
    },
    "another project's reference": { staging: { ...S, STAGING_PROJECT_REF: autre.nom }, prod: P },
    "another project's URL": { staging: { ...S, STAGING_DB_URL: autre.url }, prod: P },
    "another project, URL and reference": { staging: enStaging(autre), prod: P },
    "PROD's URL, STAGING's reference": { staging: { ...S, STAGING_DB_URL: prod.url }, prod: P },
    "PROD's URL and reference": { staging: enStaging(prod), prod: P },
    "PROD's URL and reference, without PROD's file": { staging: enStaging(prod) },
    "PROD's reference known by its URL only": { staging: enStaging(prod), prod: { PROD_DB_URL: prod.url } },
    "a database that does not say what it is": { staging: enStaging(muette), prod: P },
  };
  for (const [nom, fichiers] of Object.entries(cas)) {
    await t.step(nom, async () => {
      const OPS_ENV_DIR = await dossierEnv(fichiers);
      for (const [commande, confirmations] of DESTRUCTRICES) {
        estInterdit(
          await ops([commande], { ...PASSE_PARTOUT, ...confirmations, OPS_ENV_DIR }),
          `${nom}, ${commande}`,
        );
      }
    });
  }
  await t.step("PROD's URL in the process's own variables, over a file that is right", async () => {
    const env = { ...PASSE_PARTOUT, ...RESET, OPS_ENV_DIR: await dossierEnv({ staging: S, prod: P }) };
    estInterdit(await ops(["staging:reset"], { ...env, STAGING_DB_URL: prod.url }), "URL");
    estInterdit(await ops(["staging:reset"], { ...env, ...enStaging(prod) }), "URL and reference");
  });
  await t.step("nothing has changed anywhere", async () => {
    assert.deepEqual(await Promise.all(bases.map(empreinte)), avant);
  });
  await Promise.all(bases.map(({ base }) => base.end()));
});

test("PROD's variables pointed at STAGING are refused too, and three that agree are not", async () => {
  const staging = await projet("cible_deux", "staging");
  const OPS_ENV_DIR = await dossierEnv({
    staging: enStaging(staging),
    prod: { PROD_DB_URL: staging.url, PROD_PROJECT_REF: staging.nom },
  });
  estInterdit(await ops(["env:cible", "--env", "prod"], { OPS_ENV_DIR }), "prod");
  const bon = await dossierEnv({ staging: enStaging(staging) });
  const { code, stdout } = await ops(["env:cible", "--env", "staging", "--json"], { OPS_ENV_DIR: bon });
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).resultat.reference, "cible_deux");
  await staging.base.end();
});

test("a database that does not answer is a failure said in a sentence, and no refusal", async () => {
  const OPS_ENV_DIR = await dossierEnv({
    staging: { STAGING_DB_URL: "postgresql://postgres:x@127.0.0.1:1/absent", STAGING_PROJECT_REF: "absent" },
  });
  const { code, stderr } = await ops(["env:cible", "--env", "staging"], { OPS_ENV_DIR });
  assert.equal(code, 1);
  assert.match(stderr, /« absent » n'a pas pu être ouverte\. Rien n'a été fait/);
});
