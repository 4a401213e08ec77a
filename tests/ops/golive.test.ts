import assert from "node:assert/strict";
import { join } from "node:path";
import { SignJWT } from "jose";
import { Secret } from "otpauth";
import type { Ligne } from "../../ops/exploitation/golive/jugement.ts";
import type { Rapport } from "../../ops/exploitation/golive/rapport.ts";
import { type Coffre, coffreDe } from "../../ops/exploitation/sauvegardes/coffre.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { loadKeys } from "../../ops/pile/keys.ts";
import { startStack } from "../../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, GASOIL, opsJson } from "../support/ops.ts";
import { fausseSauvegarde } from "../support/sauvegardes.ts";
import { comptesDeSmoke, dossierEnv, enStaging, projet } from "../support/projets.ts";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { pourFacteur, trousseau } from "../../supabase/functions/_shared/chiffrement.ts";

const REFERENCE = "prod_golive";
const MOT_DE_PASSE = "un mot de passe de PROD";
const COMMIT = "a".repeat(40);
const heures = (nombre: number) => new Date(Date.now() - nombre * 3_600_000).toISOString();

/** A verified backup in the safe, as db:backup and db:backup:verify leave one; `age` in hours. */
const sauvegarder = (coffre: Coffre, age: number) =>
  fausseSauvegarde(coffre, {
    ...{ reference: REFERENCE, jour: 10, description: "avant-golive" },
    ...{ moment: heures(age), verifieeLe: heures(age) },
  });

/** A phone of every admin, under the key of their stack, and the flag that asks for it: what going live demands. */
async function inscrire(base: Sql, dataDir: string): Promise<string> {
  const cles = await trousseau([(await loadKeys(dataDir)).cleSecrets]);
  const secret = new Secret({ size: 20 }).base32;
  for (const { user_id } of await base`select user_id from public.profils where role = 'admin'`) {
    await base`
      insert into private.facteurs_totp (user_id, secret_chiffre, confirme_le)
      values (${user_id}, ${await cles.chiffrer(secret, pourFacteur(user_id))}, now())`;
    await base`
      insert into private.codes_secours (user_id, empreinte)
      select ${user_id}, sha256(convert_to(gen_random_uuid()::text, 'UTF8')) from generate_series(1, 10)`;
  }
  await base`update public.feature_flags set enabled = true where key = 'mfa_admin'`;
  return secret;
}

/** A PROD with its API, its accounts, its test tank. */
async function prod() {
  const databaseUrl = await declaredProject(REFERENCE, { seed: true });
  const dataDir = await temporaryDataDir("monaluxe-golive-");
  const pile = await startStack({
    dataDir,
    apiPort: freePort(),
    dbPort: freePort(),
    databaseUrl,
    demoPassword: MOT_DE_PASSE,
    throwaway: true,
  });
  const base = connect(asSuperuser(REFERENCE));
  await createUser(base, {
    email: "second@demo.monaluxe.test",
    password: MOT_DE_PASSE,
    role: "admin",
    depotId: DEPOT_DAIPN,
    nom: "Second",
  });
  const facteurs = await inscrire(base, dataDir);
  const [citerne] = await base`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
    values (${DEPOT_DAIPN}, ${GASOIL}, 'CITERNE D''ESSAI', 10000) returning id`;
  await base`update public.app_settings set value = 'prod' where key = 'env'`;
  const cle = (role: string) =>
    new SignJWT({ role, ref: REFERENCE }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1y")
      .sign(new TextEncoder().encode(pile.status.JWT_SECRET));
  const variables = {
    PROD_DB_URL: databaseUrl,
    PROD_PROJECT_REF: REFERENCE,
    PROD_API_URL: pile.status.API_URL,
    PROD_ANON_KEY: await cle("anon"),
    PROD_SERVICE_ROLE_KEY: await cle("service_role"),
    PROD_TEST_CITERNE_ID: citerne!.id,
    PROD_SMOKE_ADMIN_TOTP: facteurs,
    SUPABASE_ACCESS_TOKEN: `sbp_${"0a".repeat(20)}`,
    ...comptesDeSmoke("prod", MOT_DE_PASSE),
  };
  return { pile, base, dataDir, variables };
}

test("golive, on a PROD of its own", async (t) => {
  const { pile, base, dataDir, variables } = await prod();
  const staging = await projet("staging_golive", "staging");
  const reponse = await fetch(`${pile.status.API_URL}/functions/v1/ops/ready`);
  const deploye: string = (await reponse.json()).commit ?? COMMIT;
  const sauvegardes = join(dataDir, "backups");
  await Deno.mkdir(sauvegardes);
  await Deno.mkdir(join(dataDir, "surveillance"), { recursive: true });
  const env = {
    DATA_DIR: dataDir,
    BACKUP_DIR: sauvegardes,
    INTERVENTIONS_DIR: join(dataDir, "interventions"),
    OPS_ENV_DIR: await dossierEnv({ prod: variables, staging: enStaging(staging) }),
  };
  const coffre = coffreDe(env);
  const golive = async (...args: string[]) => {
    // The codes of this half minute serve again: the test does not wait for the next.
    await base`update private.facteurs_totp set dernier_pas = 0`;
    return opsJson<Rapport & { fichier: string }>(
      ["golive", "--env", "prod", "--commit", deploye, ...args],
      env,
    );
  };
  const refuses = ({ criteres }: Rapport) =>
    Object.fromEntries(
      criteres.filter(({ verdict }) => verdict === "non").map((l: Ligne) => [l.titre, l.constat]),
    );

  const surveiller = (finMinutes: number, alerte?: string) =>
    Deno.writeTextFile(
      join(dataDir, `surveillance/${REFERENCE}.jsonl`),
      Array.from({ length: 21 }, (_, rang) =>
        `${
          JSON.stringify({
            moment: heures((finMinutes + 20 - rang) / 60),
            alertes: alerte && rang === 10 ? [alerte] : [],
          })
        }\n`).join(""),
    );
  const tester = (commit: string, age: number, failed = 0) =>
    Deno.writeTextFile(
      join(dataDir, "tests.json"),
      JSON.stringify({ commit, moment: heures(age), passed: 300, failed }),
    );
  const confirmation = join(dataDir, "confirmation.txt");

  await t.step(
    "where evidence is missing: NO-GO, exit 1, each missing piece named, and no more",
    async () => {
      const { code, compte } = await golive();
      assert.equal(code, 1);
      assert.equal(compte.resultat.decision, "NO-GO");
      assert.deepEqual(Object.keys(refuses(compte.resultat)), [
        "Tests verts sur ce commit",
        "Sauvegarde vérifiée",
        "Restauration à un instant : une sauvegarde d'où partir",
        "Restauration à un instant : essayée, et prouvée",
        "Aucune alerte ouverte",
        "Surveillance sans erreur",
        "Validation écrite du responsable du dépôt",
        "Décision d'une personne nommée",
      ]);
    },
  );

  await t.step(
    "every criterion met, and decided by somebody: GO, exit 0, in a report that needs no other file",
    async () => {
      await sauvegarder(coffre, 1);
      await base`select private.noter_sauvegarde_physique(now()), private.noter_exercice(now())`;
      await surveiller(1);
      await tester(deploye, 2);
      await Deno.writeTextFile(confirmation, "Écarts vérifiés, d'accord. Le responsable du dépôt.");
      const { code, compte } = await golive("--decide-par", "Valery Kalonga", "--confirmation", confirmation);
      assert.equal(code, 0, JSON.stringify(refuses(compte.resultat)));
      const { decision, decide_par, fichier, commit } = compte.resultat;
      assert.deepEqual([decision, decide_par, commit], ["GO", "Valery Kalonga", deploye]);
      const page = await Deno.readTextFile(fichier);
      assert.match(page, /Mise en service de prod : GO/);
      assert.match(page, /décidé par Valery Kalonga/);
      assert.doesNotMatch(page, /(src|href)=|url\(|https?:\/\//);
      const json: Rapport = JSON.parse(await Deno.readTextFile(fichier.replace(".html", ".json")));
      assert.equal(json.criteres.length, compte.resultat.criteres.length);
      for (const secret of [MOT_DE_PASSE, pile.status.JWT_SECRET, variables.PROD_ANON_KEY]) {
        assert.ok(!(page + JSON.stringify(json)).includes(secret));
      }
    },
  );

  await t.step("evidence that is old, of another commit or of a bad quarter of an hour: NO-GO", async () => {
    await sauvegarder(coffre, 25);
    await surveiller(1, "la base occupe 9000 Mo");
    await tester(COMMIT, 2);
    await Deno.utime(confirmation, new Date(0), new Date(0));
    // As a database that had it before it was refused.
    await base.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
               values (${DEPOT_DAIPN}, ${GASOIL}, 'TANK TEST', 10)`;
    });
    await base`delete from public.profils where email = 'second@demo.monaluxe.test'`;
    await base`delete from private.facteurs_totp`;
    const { code, compte } = await golive("--decide-par", "Valery Kalonga", "--confirmation", confirmation);
    assert.equal(code, 1);
    const non = refuses(compte.resultat);
    assert.match(non["Sauvegarde vérifiée"]!, /trop ancien : 25 h, 24 h au plus/);
    assert.match(non["Surveillance sans erreur"]!, /1 relevé\(s\) en alerte.*9000 Mo/);
    assert.match(non["Tests verts sur ce commit"]!, /Les derniers tests sont ceux de a{40}/);
    assert.match(non["Validation écrite du responsable du dépôt"]!, /trop ancien/);
    assert.match(non["Aucune citerne fantôme"]!, /TANK TEST/);
    assert.match(non["Comptes d'administration"]!, /1 compte\(s\) admin/);
    assert.match(non["Second facteur des administrateurs"]!, /Sans second facteur confirmé : admin@demo/);
    const page = await Deno.readTextFile(compte.resultat.fichier);
    assert.match(page, /Mise en service de prod : NO-GO/);
  });

  await t.step("the test tank may not be one that holds PROD's fuel", async () => {
    const { code, compte } = await opsJson(["smoke", "--env", "prod"], {
      ...env,
      PROD_TEST_CITERNE_ID: "57da330a-1305-4582-be45-ceab0f1aa795",
      PROD_SMOKE_ADMIN_TOTP: "",
    });
    assert.deepEqual([code, compte.code], [2, "CITERNE_TEST_REQUISE"]);
    const [{ mouvements }] = await base<[{ mouvements: number }]>`
      select count(*)::int as mouvements from public.receptions where citerne_id = '57da330a-1305-4582-be45-ceab0f1aa795'`;
    assert.equal(mouvements, 0);
  });

  await base.end();
  await staging.base.end();
  await pile.stop();
  await Deno.remove(dataDir, { recursive: true });
});
