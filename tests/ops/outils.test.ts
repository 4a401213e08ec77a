import assert from "node:assert/strict";
import { executer, type Outils } from "../../ops/exploitation/outils/outils.ts";
import { status, test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";

test("outils finds or fetches client programs of the server's major version, and they speak to it", async () => {
  const { code, compte } = await opsJson<Outils>(["outils"]);
  assert.equal(code, 0, compte.erreur);
  assert.match(compte.resultat.version, /^17\./);
  const roles = await executer(compte.resultat, "pg_dump", ["--schema-only", "--schema=private"], {
    base: status.DB_URL,
  });
  assert.match(roles, /CREATE SCHEMA private/);
});

test("a program that fails says why, without the password it was given", async () => {
  const { code, compte: { resultat, erreur } } = await opsJson<Outils>(["outils"]);
  assert.equal(code, 0, erreur);
  const { password } = new URL(status.DB_URL);
  await assert.rejects(
    executer(resultat, "pg_dump", ["--schema-only", "--snapshot=nulle-part"], { base: status.DB_URL }),
    (erreur: Error) => /nulle-part/.test(erreur.message) && !erreur.message.includes(password),
  );
});
