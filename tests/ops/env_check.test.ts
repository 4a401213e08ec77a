import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { connect } from "../../ops/commun/connection.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { asSuperuser } from "../support/base.ts";
import { status, test } from "../support/monde.ts";
import { startSmtp } from "../domaine/envois/smtp.ts";
import { deuxAdmins, environnement, ops, opsJson } from "../support/ops.ts";
import { comptesDeSmoke } from "../support/projets.ts";

const cle = (claims: Record<string, unknown>, exp = "1y") =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setExpirationTime(exp)
    .sign(new TextEncoder().encode("secret d'essai"));

const MOT_DE_PASSE = "mot-de-passe-tenu-secret";

const bonnes = async (nom: string): Promise<Record<string, string>> => ({
  PROD_API_URL: status.API_URL,
  PROD_ANON_KEY: await cle({ role: "anon", ref: nom }),
  PROD_SERVICE_ROLE_KEY: await cle({ role: "service_role", ref: nom }),
  SUPABASE_ACCESS_TOKEN: `sbp_${"0a".repeat(20)}`,
  PROD_TEST_CITERNE_ID: crypto.randomUUID(),
  ...comptesDeSmoke("prod", MOT_DE_PASSE, (role) => `${role}@monaluxe.app`),
});

test("env:check, on an environment of its own", async (t) => {
  const nom = "prod_env_check";
  const { env, dbUrl } = await environnement("prod", nom, await bonnes(nom));
  const base = connect(asSuperuser(nom));
  await deuxAdmins(base);
  await base`select private.noter_sauvegarde(now())`;
  const check = (autres: Record<string, string> = {}) =>
    opsJson(["env:check", "--env", "prod"], { ...env, ...autres });
  const constats = (compte: Awaited<ReturnType<typeof check>>["compte"]) =>
    Object.fromEntries(compte.etapes.map(({ titre, statut, constat }) => [titre, { statut, constat }]));

  await t.step("passes where everything is right, and shows no secret", async () => {
    const { code, stdout, stderr } = await ops(["env:check", "--env", "prod"], env);
    assert.equal(code, 0, stdout + stderr);
    const { password } = new URL(dbUrl);
    // What may be absent and is: one line, and its names where they are asked for.
    assert.match(stdout, /Variables facultatives .*: \d+ absente\(s\) sur \d+ \(--details les nomme\)/);
    assert.doesNotMatch(stdout, /absente, facultative/);
    const details = await ops(["env:check", "--env", "prod", "--details"], env);
    assert.match(details.stdout, /SENTRY_DSN .*: absente, facultative/);
    for (const secret of [MOT_DE_PASSE, password, (await bonnes(nom)).PROD_ANON_KEY!, "sbp_0a"]) {
      assert.ok(!(stdout + stderr).includes(secret));
    }
  });

  await t.step("each wrong variable is named by its own line, and shown nowhere", async () => {
    const mauvaises: Record<string, [string, RegExp]> = {
      PROD_API_URL: ["http://abcdefghij.supabase.co", /https est attendu/],
      PROD_ANON_KEY: ["CHANGE_ME", /n'a pas été remplie/],
      SUPABASE_ACCESS_TOKEN: ["", /absente/],
      PROD_SMOKE_ADMIN_EMAIL: ["admin", /e-mail/],
      PROD_SMOKE_ADMIN_PASSWORD: ["monaluxe-demo", /tout le monde connaît/],
      PROD_SMOKE_GERANT_PASSWORD: ["court", /10 caractères/],
      PROD_SMOKE_LECTURE_EMAIL: ["votre-adresse@monaluxe.app", /n'a pas été remplie/],
      PROD_TEST_CITERNE_ID: ["TANK1", /UUID/],
      BACKUP_RETENTION_DAYS: ["toujours", /nombre de jours/],
      J0: ["hier", /AAAA-MM-JJ/],
    };
    const valeurs = Object.fromEntries(Object.entries(mauvaises).map(([nom, [valeur]]) => [nom, valeur]));
    const { code, compte } = await check(valeurs);
    assert.equal(code, 1);
    const lignes = constats(compte);
    for (const [nom, [, attendu]] of Object.entries(mauvaises)) {
      assert.equal(lignes[nom]!.statut, "echouee", nom);
      assert.match(lignes[nom]!.constat!, attendu, nom);
    }
    assert.equal(lignes.PROD_SMOKE_PCA_PASSWORD!.statut, "faite");
    assert.ok(!JSON.stringify(compte).includes("monaluxe-demo"));
  });

  await t.step(
    "a webhook's secret of any name is judged as the known one is, and shown nowhere",
    async () => {
      const ligne = "WEBHOOK_SECRET_<NOM>";
      const bonne = `whsec_${btoa("vingt-quatre octets à peu")}`;
      const { compte } = await check({ WEBHOOK_SECRET_SIEGE: bonne, WEBHOOK_SECRET_SIEGE_PRECEDENT: bonne });
      assert.equal(constats(compte)[ligne]!.statut, "faite");
      assert.ok(!JSON.stringify(compte).includes(bonne));
      const mauvaise = await check({ WEBHOOK_SECRET_SIEGE: "pas-un-secret-de-webhook" });
      assert.equal(mauvaise.code, 1);
      assert.match(constats(mauvaise.compte)[ligne]!.constat!, /WEBHOOK_SECRET_SIEGE : un secret whsec_/);
      assert.ok(!JSON.stringify(mauvaise.compte).includes("pas-un-secret-de-webhook"));
    },
  );

  await t.step("a key of another role, of another project, or past its time is wrong", async () => {
    const ligne = "ANON_KEY : rôle, projet, échéance";
    const autres = [
      [{ role: "service_role", ref: nom }, "1y", /son rôle est service_role/],
      [{ role: "anon", ref: "autreprojet" }, "1y", /clé du projet « autreprojet »/],
      [{ role: "anon", ref: nom }, "-1h", /expiré/],
    ] as const;
    for (const [claims, exp, attendu] of autres) {
      const { code, compte } = await check({ PROD_ANON_KEY: await cle(claims, exp) });
      assert.equal(code, 1);
      assert.match(constats(compte)[ligne]!.constat!, attendu);
    }
  });

  await t.step("a database without TLS elsewhere than on this machine is wrong", async () => {
    const distante = `postgresql://postgres:${MOT_DE_PASSE}@db.abcdefghijklmnop.supabase.co:5432/postgres`;
    const { compte } = await check({ PROD_DB_URL: distante, PROD_PROJECT_REF: nom });
    assert.match(constats(compte).PROD_DB_URL!.constat!, /sslmode=require/);
    assert.ok(!JSON.stringify(compte).includes(MOT_DE_PASSE));
  });

  await t.step("an address that shows no certificate is wrong", async () => {
    const { compte } = await check({ PROD_API_URL: status.API_URL.replace("http:", "https:") });
    assert.match(
      constats(compte)["Certificat TLS de l'API"]!.constat!,
      /certificat de 127\.0\.0\.1 est refusé/,
    );
  });

  await t.step(
    "with mfa_admin on, an admin without a second factor is named; off, or not there yet, it is said",
    async () => {
      const ligne = "Second facteur des administrateurs";
      const dit = async () => constats((await check()).compte)[ligne]!;
      const base = connect(asSuperuser(nom));
      await createUser(base, {
        email: "sans-facteur@monaluxe.app",
        password: MOT_DE_PASSE,
        role: "admin",
        depotId: null,
        nom: "Sans facteur",
      });
      assert.match((await dit()).constat!, /mfa_admin éteinte, 2 admin\(s\) sur 3 en ont un/);
      await base`update public.feature_flags set enabled = true where key = 'mfa_admin'`;
      const refuse = await dit();
      assert.equal(refuse.statut, "echouee");
      assert.match(refuse.constat!, /sans-facteur@monaluxe\.app/);
      await base`
      insert into private.facteurs_totp (user_id, secret_chiffre, confirme_le)
      select user_id, 's1.0123456789abcdef.AAAA.AAAA', now() from public.profils
      on conflict do nothing`;
      assert.match((await dit()).constat!, /3 admin\(s\) sur 3 en ont un, presque plus de codes de secours/);
      await base`update public.feature_flags set enabled = false where key = 'mfa_admin'`;
      // As PROD is before its migration.
      await base`drop table private.facteurs_totp, private.codes_secours, private.essais_facteur cascade`;
      assert.equal((await dit()).statut, "faite");
      await base.end();
    },
  );

  await t.step("an API whose clock is an hour ahead is wrong", async () => {
    const enAvance = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response("{}", { headers: { date: new Date(Date.now() + 3_600_000).toUTCString() } }),
    );
    const { compte } = await check({ PROD_API_URL: `http://127.0.0.1:${enAvance.addr.port}` });
    assert.match(constats(compte)["Horloge de l'API"]!.constat!, /diffère de \+3[56]\d\d\.\d s/);
    await enAvance.shutdown();
  });

  await t.step(
    "mail is tried with the server itself, as far as its word on who a letter is for",
    async () => {
      const ligne = "Courrier : un serveur qui prendrait une lettre";
      const smtp = await startSmtp();
      const courrier = {
        SMTP_HOST: "127.0.0.1",
        SMTP_PORT: String(smtp.port),
        COURRIEL_DE: "Monaluxe <alertes@monaluxe.app>",
        SMTP_USER: "depot",
        SMTP_PASSWORD: smtp.motDePasse,
      };
      const dire = async (autres: Record<string, string>) =>
        constats((await check({ ...courrier, ...autres })).compte)[ligne]!;
      assert.match((await dire({})).constat!, /accepte une lettre pour alertes@monaluxe\.app/);
      const de = async (COURRIEL_DE: string) =>
        constats((await check({ ...courrier, COURRIEL_DE })).compte).COURRIEL_DE!.statut;
      assert.equal(await de(courrier.COURRIEL_DE), "faite");
      assert.equal(await de("Monaluxe <votre adresse>"), "echouee");
      const refusee = await dire({ SMTP_PASSWORD: "un autre mot de passe" });
      assert.equal(refusee.statut, "echouee");
      assert.match(refusee.constat!, /535/);
      assert.match((await dire({ SMTP_USER: "" })).constat!, /vont ensemble/);
      assert.match((await dire({ COURRIEL_DE: "" })).constat!, /demande COURRIEL_DE/);
      assert.deepEqual(smtp.recus, []);
      await smtp.stop();
    },
  );

  await t.step(
    "a scanner that is not there, a provider half set or of another environment, are wrong",
    async () => {
      const { compte } = await check({
        CLAMD_HOST: "127.0.0.1",
        CLAMD_PORT: "1",
        STRIPE_SECRET_KEY: "sk_test_essai",
        STRIPE_WEBHOOK_SECRET: "whsec_essai",
      });
      const lignes = constats(compte);
      assert.equal(lignes["Analyseur de fichiers"]!.statut, "echouee");
      assert.match(lignes["Paiements en ligne"]!.constat!, /clé d'essai/);
      assert.ok(!JSON.stringify(compte).includes("sk_test_essai"));
    },
  );

  await t.step(
    "a queue nobody empties, a backup nobody verified, an admin alone are wrong, and said by their line",
    async () => {
      await base`update private.passages set le = now() - interval '40 hours' where nom = 'sauvegarde'`;
      await base`update public.profils set desactive_le = now() where email <> 'admin.deux@monaluxe.test'`;
      await base`
      insert into public.envois (canal, objet_type, cle, destination, sujet, contenu, prochain_essai)
      values ('EMAIL', 'ESSAI', 'essai', 'quelquun@monaluxe.test', 'x', '{}', now() - interval '1 day')`;
      const { code, compte } = await check();
      assert.equal(code, 1);
      const lignes = constats(compte);
      assert.match(lignes["File d'envois"]!.constat!, /attendent un ouvrier/);
      assert.match(lignes["Sauvegarde vérifiée, connue de la base"]!.constat!, /il y a 40/);
      assert.match(lignes["Comptes d'administration"]!.constat!, /1 compte\(s\) admin actif/);
      await base.end();
    },
  );

  await t.step("a file that is missing is refused before anything, and says what to do", async () => {
    const { code, compte } = await check({ OPS_ENV_DIR: "/nulle-part" });
    assert.deepEqual([code, compte.code], [2, "ENV_INTERDIT"]);
    assert.match(compte.erreur!, /copiez .env.prod.example/);
  });
});
