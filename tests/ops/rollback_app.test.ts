import assert from "node:assert/strict";
import { join } from "node:path";
import { commitDeLArbre } from "../../ops/commun/commit.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";
import { test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";
import { dossierEnv, enStaging, lancer, projet } from "../support/projets.ts";

const HEAD = commitDeLArbre()!.replace("-dirty", "");

interface Resultat {
  commit: string;
  dossier: string;
}

test("the functions of a commit come out of git, say which it is, and answer on the database", async () => {
  const { code, compte } = await opsJson<Resultat>(["rollback:app", "--vers", "HEAD"]);
  assert.equal(code, 0, JSON.stringify(compte));
  const { commit, dossier } = compte.resultat;
  assert.equal(commit, HEAD);
  assert.match(
    await Deno.readTextFile(join(dossier, "supabase/functions/_shared/commit.ts")),
    new RegExp(HEAD),
  );
  assert.match(compte.etapes.at(-2)!.constat!, new RegExp(`pret, commit ${HEAD}`));
  await Deno.remove(dossier, { recursive: true });
});

test("a version that the database no longer suits is refused by name, and leaves no folder", async () => {
  const staging = await projet("staging_rollback", "staging");
  const env = {
    OPS_ENV_DIR: await dossierEnv({ staging: enStaging(staging) }),
    SUPABASE_ACCESS_TOKEN: `sbp_${"0a".repeat(20)}`,
    TMPDIR: await Deno.makeTempDir(),
  };
  // Processes of their own: where they put down what they extract is the process's.
  const revenir = (autres: Record<string, string> = {}) =>
    lancer(["rollback:app", "--env", "staging", "--vers", "HEAD"], { ...env, ...autres }).fini;

  await staging.base`alter function public.definir_flag(text, boolean, uuid[], uuid[]) rename to autrement`;
  const sansRpc = await revenir();
  assert.equal(sansRpc.code, 1);
  assert.match(sansRpc.stderr, /La base n'a plus public\.definir_flag/);

  await staging.base`delete from private.etats_schema where empreinte = ${EMPREINTE_ATTENDUE}`;
  const tropRecente = await revenir();
  assert.equal(tropRecente.code, 1);
  assert.match(
    tropRecente.stderr,
    new RegExp(`attend le schéma ${EMPREINTE_ATTENDUE.slice(0, 12)}, que la base n'a jamais eu`),
  );
  assert.deepEqual([...Deno.readDirSync(env.TMPDIR)], []);

  const sansAcces = await revenir({ SUPABASE_ACCESS_TOKEN: "" });
  assert.equal(sansAcces.code, 2);
  assert.match(
    sansAcces.stderr,
    new RegExp(`SUPABASE_ACCESS_TOKEN=<jeton> npm run ops -- rollback:app --env staging --vers ${HEAD}`),
  );
  await staging.base.end();
});

test("a commit nobody made is refused before anything", async () => {
  const { code, compte } = await opsJson(["rollback:app", "--vers", "jamais-commis"]);
  assert.deepEqual([code, compte.code], [2, "COMMIT_INCONNU"]);
});
