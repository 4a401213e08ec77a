// A rotation from end to end, on a stack started with secrets that can be recognised: nothing of them lies or travels
// anywhere in clear, each process has its own only, and the one before goes when secrets:verifier says so.
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Sql } from "../../ops/commun/connection.ts";
import type { Constat } from "../../ops/exploitation/secrets/verification.ts";
import { type Person, signIn } from "../../ops/pile/client.ts";
import { createUser, demoEmail } from "../../ops/pile/demo_users.ts";
import { Refusal } from "../../ops/pile/refusal.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { trousseau } from "../../supabase/functions/_shared/chiffrement.ts";
import { type Facteur, inscrire, sub } from "../domaine/securite/codes.ts";
import { startSmtp } from "../domaine/envois/smtp.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, ops, opsJson } from "../support/ops.ts";
import { descendants, newEnvironment, type Pile, startPile } from "../support/pile.ts";
import { comptesDeSmoke, dossierEnv, enStaging, projet } from "../support/projets.ts";

const base64 = (octets: number) => crypto.getRandomValues(new Uint8Array(octets)).toBase64();
const marque = (nom: string) => `marque-${nom}-${crypto.randomUUID()}`;

const MOT_DE_PASSE = marque("compte");
const ANCIENNE_CLE = base64(32);
const NOUVELLE_CLE = base64(32);
const SECRETS = {
  CLE_SECRETS: ANCIENNE_CLE,
  SMTP_PASSWORD: marque("smtp"),
  SMTP_PASSWORD_PRECEDENT: marque("smtp-ancien"),
  WEBHOOK_SECRET: `whsec_${base64(30)}`,
  JWT_SECRET_PRECEDENT: marque("jwt-ancien"),
  STRIPE_WEBHOOK_SECRET: `whsec_${marque("stripe")}`,
  STRIPE_WEBHOOK_SECRET_PRECEDENT: `whsec_${marque("stripe-ancien")}`,
  METRICS_TOKEN: marque("mesures"),
};
/** Which function reads which of them; every one reads the secrets of tokens. */
const LECTEURS: Record<string, (keyof typeof SECRETS)[]> = {
  securite: ["CLE_SECRETS"],
  ops: ["METRICS_TOKEN"],
  paiements: ["STRIPE_WEBHOOK_SECRET", "STRIPE_WEBHOOK_SECRET_PRECEDENT"],
  envois: ["SMTP_PASSWORD", "SMTP_PASSWORD_PRECEDENT", "WEBHOOK_SECRET"],
};

async function lireStatus({ env }: Pile): Promise<StackStatus> {
  return JSON.parse(await Deno.readTextFile(join(env.DATA_DIR!, "status.json")));
}

async function lancerPile(env: Record<string, string>): Promise<{ pile: Pile; status: StackStatus }> {
  const pile = startPile(env);
  await pile.ready;
  return { pile, status: await lireStatus(pile) };
}

/** Every row of every table, as text. */
async function toutesLesLignes(base: Sql): Promise<string> {
  const tables = await base<{ lignes: string }[]>`
    select query_to_xml(format('select t::text from %s t', c.oid::regclass), true, true, '')::text as lignes
      from pg_class c
     where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'private', 'auth', 'astm')`;
  return tables.map(({ lignes }) => lignes).join("\n");
}

async function tousLesJournaux(dossier: string): Promise<string> {
  const textes = [];
  for await (const { name } of Deno.readDir(join(dossier, "logs"))) {
    textes.push(await Deno.readTextFile(join(dossier, "logs", name)));
  }
  return textes.join("\n");
}

interface Processus {
  arguments: string;
  environnement: string;
}

async function processusDe({ pid }: Pile): Promise<Processus[]> {
  const lire = (id: number, quoi: string) =>
    Deno.readTextFile(`/proc/${id}/${quoi}`).then((texte) => texte.replaceAll("\0", "\n"), () => "");
  return await Promise.all(
    [pid, ...await descendants(pid)].map(async (id) => ({
      arguments: await lire(id, "cmdline"),
      environnement: await lire(id, "environ"),
    })),
  );
}

/** Asks, and keeps what was said where it was refused. */
async function rate(dits: string[], demande: Promise<unknown>): Promise<string> {
  try {
    await demande;
  } catch (erreur) {
    if (!(erreur instanceof Refusal)) throw erreur;
    dits.push(JSON.stringify(erreur.problem));
    return erreur.problem.code;
  }
  return "accepté";
}

async function vider({ API_URL, SERVICE_ROLE_KEY }: StackStatus, cle = SERVICE_ROLE_KEY) {
  const reponse = await fetch(`${API_URL}/functions/v1/envois/vider`, {
    method: "POST",
    headers: { authorization: `Bearer ${cle}` },
  });
  return await reponse.text();
}

const variables = (status: StackStatus, nom: string, url: string) => ({
  ...enStaging({ nom, url } as Parameters<typeof enStaging>[0]),
  STAGING_API_URL: status.API_URL,
  STAGING_ANON_KEY: status.ANON_KEY,
  STAGING_SERVICE_ROLE_KEY: status.SERVICE_ROLE_KEY,
  ...comptesDeSmoke("staging", MOT_DE_PASSE),
});

/** The codes of now and of the next step serve again: the test does not wait half a minute. */
const rouvrirLesPas = (base: Sql) => base`update private.facteurs_totp set dernier_pas = 0`;

test("secrets turn, and are seen by nobody", async (t) => {
  const [{ nom, url, base }, smtp] = [await projet("staging_rotation", "staging"), await startSmtp()];
  await base`insert into public.app_settings (key, value) values ('profils_prevenus', 'staging')`;
  await base`update public.notifications_regles set actif = false`;
  const environnement = {
    ...await newEnvironment(),
    DATABASE_URL: url,
    DEMO_PASSWORD: MOT_DE_PASSE,
    COURRIEL: "smtp",
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(smtp.port),
    SMTP_USER: "depot",
    ...SECRETS,
  };
  // The mail server still has the password before.
  smtp.motDePasse = SECRETS.SMTP_PASSWORD_PRECEDENT;
  let { pile, status } = await lancerPile(environnement);
  await createUser(base, {
    email: "second@demo.monaluxe.test",
    password: MOT_DE_PASSE,
    role: "admin",
    depotId: DEPOT_DAIPN,
    nom: "Second",
  });
  const [admin, second] = await Promise.all([
    signIn(status, demoEmail("admin"), MOT_DE_PASSE),
    signIn(status, "second@demo.monaluxe.test", MOT_DE_PASSE),
  ]) as [Person, Person];
  const facteurs: [Facteur, Facteur] = [await inscrire(admin), await inscrire(second)];
  const enClair = [
    MOT_DE_PASSE,
    NOUVELLE_CLE,
    ...Object.values(SECRETS),
    ...facteurs.flatMap((
      { secret, codes },
    ) => [secret, ...codes, ...codes.map((un) => un.replaceAll("-", ""))]),
  ];
  try {
    await t.step("a letter goes with the password before, while the server has no other", async () => {
      const dit = await vider(status);
      assert.match(dit, /"envoyes":2/, dit);
      assert.equal(smtp.recus.length, 2, "two factors were enrolled, and each is told");
    });

    await t.step("whatever fails, no secret is in a row, a log, an answer or a command line", async () => {
      const dits: string[] = [];
      await base`
        insert into public.notifications_regles (canal, destination, secret_nom, env)
        values ('WEBHOOK', 'http://127.0.0.1:1/', 'WEBHOOK_SECRET', 'staging'),
               ('EMAIL', 'quelquun@exemple.cd', null, 'staging')`;
      await base`
        insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
        select 'STOCK_NEGATIF', 'CRITICAL', 'CITERNE_STOCK', gen_random_uuid(), 'Stock négatif : essai.', d.id
          from public.depots d limit 1`;
      smtp.motDePasse = "un tout autre";
      dits.push(await vider(status), await vider(status, facteurs[0].secret));
      const secours = facteurs[0].codes[0]!;
      assert.deepEqual([
        await rate(dits, admin.call("POST", "securite/totp/prouver", { code: "000000" })),
        await rate(dits, admin.call("POST", "securite/totp/prouver", { code: facteurs[0].secret })),
        await rate(dits, admin.call("POST", "securite/totp/prouver", { secret: facteurs[0].secret })),
        await rate(dits, second.call("POST", "securite/codes-secours/prouver", { code: secours })),
        await rate(
          dits,
          admin.call("POST", `securite/codes-secours/prouver`, { code: `${secours}${secours}` }),
        ),
      ], ["TOTP_REFUSE", "VALIDATION", "VALIDATION", "CODE_SECOURS_REFUSE", "VALIDATION"]);
      await admin.call("POST", "securite/codes-secours/prouver", { code: secours });
      await base`update private.facteurs_totp set propose_chiffre = 's1.0000000000000000.AAAA.AAAA', propose_le = now()
                  where user_id = ${await sub(second)}`;
      assert.equal(
        await rate(dits, second.call("POST", "securite/totp/confirmer", { code: "123456" })),
        "FACTEUR_ILLISIBLE",
      );
      await base`update private.facteurs_totp set propose_chiffre = null, propose_le = null`;
      const processus = await processusDe(pile);
      const lieux = {
        lignes: await toutesLesLignes(base),
        journaux: await tousLesJournaux(environnement.DATA_DIR),
        reponses: dits.join("\n"),
        dit: pile.said().replaceAll(MOT_DE_PASSE, ""),
        arguments: processus.map((un) => un.arguments).join("\n"),
      };
      for (const [lieu, texte] of Object.entries(lieux)) {
        assert.ok(texte.length > 100, `${lieu} was looked at`);
        for (const secret of enClair) assert.ok(!texte.includes(secret), `${lieu} : ${secret.slice(0, 12)}…`);
      }
    });

    await t.step("a process that does not need a secret does not have it", async () => {
      const processus = (await processusDe(pile)).filter((un) =>
        /functions\/\w+\/index\.ts|serve_api/.test(un.arguments)
      );
      const vus = new Set<string>();
      for (const un of processus) {
        const fonction = un.arguments.match(/functions\/([\w-]+)\/index\.ts/)?.[1] ?? "REST";
        vus.add(fonction);
        const siens = LECTEURS[fonction] ?? [];
        for (const [nom, secret] of Object.entries(SECRETS)) {
          const attendu = siens.includes(nom as keyof typeof SECRETS) ||
            (nom === "JWT_SECRET_PRECEDENT" && fonction !== "REST");
          assert.equal(un.environnement.includes(secret), attendu, `${fonction}, ${nom}`);
        }
      }
      for (const attendue of ["securite", "envois", "REST"]) assert.ok(vus.has(attendue), attendue);
    });

    await pile.end("SIGINT");
    const apres = { ...environnement, CLE_SECRETS: NOUVELLE_CLE, CLE_SECRETS_PRECEDENT: ANCIENNE_CLE };
    ({ pile, status } = await lancerPile(apres));
    smtp.motDePasse = SECRETS.SMTP_PASSWORD;
    const env = {
      OPS_ENV_DIR: await dossierEnv({ staging: variables(status, nom, url) }),
      STAGING_SMOKE_ADMIN_TOTP: facteurs[0].secret,
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(smtp.port),
      SMTP_USER: "depot",
      SMTP_PASSWORD: SECRETS.SMTP_PASSWORD,
      SMTP_PASSWORD_PRECEDENT: SECRETS.SMTP_PASSWORD_PRECEDENT,
      WEBHOOK_SECRET: SECRETS.WEBHOOK_SECRET,
      STRIPE_WEBHOOK_SECRET: SECRETS.STRIPE_WEBHOOK_SECRET,
      STRIPE_WEBHOOK_SECRET_PRECEDENT: SECRETS.STRIPE_WEBHOOK_SECRET_PRECEDENT,
      METRICS_TOKEN: SECRETS.METRICS_TOKEN,
      METRICS_TOKEN_PRECEDENT: marque("mesures-anciennes"),
      JWT_SECRET: status.JWT_SECRET,
      JWT_SECRET_PRECEDENT: SECRETS.JWT_SECRET_PRECEDENT,
      CLE_SECRETS: NOUVELLE_CLE,
      CLE_SECRETS_PRECEDENT: ANCIENNE_CLE,
    };
    const verifier = async (args: string[] = [], autres: Record<string, string> = {}) => {
      await rouvrirLesPas(base);
      const { code, compte } = await opsJson<{ secrets: Constat[] }>(
        ["secrets:verifier", "--env", "staging", ...args],
        { ...env, ...autres },
      );
      const texte = JSON.stringify(compte);
      for (const secret of enClair) assert.ok(!texte.includes(secret), "shown nowhere");
      return {
        code,
        erreur: compte.erreur ?? "",
        constats: Object.fromEntries((compte.resultat?.secrets ?? []).map((un) => [un.nom, un])),
      };
    };

    await t.step("both keys are read, and what is proved moves under the new one", async () => {
      const { code, constats, erreur } = await verifier();
      assert.equal(code, 0, erreur);
      assert.match(
        constats.CLE_SECRETS!.dit,
        /1 secret\(s\) sous la nouvelle, 1 sous l'ancienne.*fonctions écrivent/,
      );
      assert.deepEqual(
        Object.values(constats).map(({ nom, ancien, peut_partir }) => [nom, ancien, peut_partir]),
        [
          ["CLE_SECRETS", "accepté", false],
          ["JWT_SECRET", "accepté", false],
          ["SMTP_PASSWORD", "refusé", true],
          ["WEBHOOK_SECRET…", "absent", true],
          ["STRIPE_WEBHOOK_SECRET", "accepté", true],
          ["METRICS_TOKEN", "refusé", true],
        ],
      );
    });

    await t.step("a new secret that does not work is said, and nothing is moved", async () => {
      const { code, erreur, constats } = await verifier(["--rechiffrer"], {
        CLE_SECRETS: base64(32),
        SMTP_PASSWORD: "un mot de passe faux",
        JWT_SECRET: marque("jwt-faux"),
        WEBHOOK_SECRET: "whsec_court",
        STRIPE_WEBHOOK_SECRET: `whsec_${marque("stripe-faux")}`,
        METRICS_TOKEN: marque("mesures-fausses"),
      });
      assert.equal(code, 1);
      assert.match(
        erreur,
        /^CLE_SECRETS : .+\n {2}JWT_SECRET : .+\n {2}SMTP_PASSWORD : .+\n {2}WEBHOOK_SECRET… : .+\n {2}STRIPE_WEBHOOK_SECRET : .+\n {2}METRICS_TOKEN : ./,
      );
      assert.deepEqual(constats, {});
    });

    await t.step("where no secret is given nothing was proved, and it is not green", async () => {
      const secrets = Object.keys(env).filter((nom) => /SECRET|SMTP_PASSWORD|METRICS_TOKEN/.test(nom));
      const { code, erreur } = await verifier([], Object.fromEntries(secrets.map((nom) => [nom, ""])));
      assert.equal(code, 1);
      assert.match(erreur, /rien n'a été éprouvé/);
    });

    await t.step("what nobody has proved is moved on demand: then the key before may go", async () => {
      const { code, constats, erreur } = await verifier(["--rechiffrer"]);
      assert.equal(code, 0, erreur);
      assert.equal(constats.CLE_SECRETS!.peut_partir, true);
      const seule = await trousseau([NOUVELLE_CLE]);
      const lignes = await base<{ user_id: string; secret_chiffre: string }[]>`
        select user_id, secret_chiffre from private.facteurs_totp`;
      const clairs = await Promise.all(
        lignes.map((un) => seule.dechiffrer(un.secret_chiffre, `totp:${un.user_id}`)),
      );
      assert.deepEqual(clairs.sort(), facteurs.map(({ secret }) => secret).sort());
      const [{ tours }] = await base<[{ tours: number }]>`
        select count(*)::int as tours from public.log_actions where action = 'SECRET_TOURNE'`;
      assert.equal(tours, 1);
    });

    await t.step(
      "tokens:get writes a token of the admin, raised, where asked, and shows it nowhere",
      async () => {
        await rouvrirLesPas(base);
        const vers = join(environnement.DATA_DIR, "jeton");
        const fait = await ops(["tokens:get", "--env", "staging", "--role", "admin", "--vers", vers], env);
        assert.equal(fait.code, 0, fait.stdout + fait.stderr);
        const jeton = (await Deno.readTextFile(vers)).trim();
        assert.equal((await Deno.stat(vers)).mode! & 0o777, 0o600);
        assert.ok(!(fait.stdout + fait.stderr).includes(jeton));
        const reponse = await fetch(`${status.API_URL}/functions/v1/flags/mfa_admin`, {
          method: "PUT",
          headers: { authorization: `Bearer ${jeton}` },
          body: JSON.stringify({ enabled: true }),
        });
        assert.equal(reponse.status, 200, await reponse.text());
        const parCle = await ops(["tokens:get", "--env", "staging", "--par-cle", "--vers", vers], env);
        assert.equal(parCle.code, 0, parCle.stdout + parCle.stderr);
        const enProd = await ops(["tokens:get", "--env", "prod", "--vers", vers], env);
        assert.equal(enProd.code, 2);
      },
    );
  } finally {
    await pile.end("SIGINT");
    await smtp.stop();
    await base.end();
    await Deno.remove(environnement.DATA_DIR, { recursive: true });
  }
});
