// Whether everything is ready for production: each thing tried for real from where the functions run, each with its line.
import assert from "node:assert/strict";
import { essayerAnalyseur, essayerPaiements, SansObjet } from "../../supabase/functions/_shared/sondes.ts";
import { essayerSmtp } from "../../supabase/functions/_shared/smtp.ts";
import { startFonction } from "../support/fonction.ts";
import { monde, refus, test, token } from "../support/monde.ts";
import { startSmtp } from "./envois/smtp.ts";

interface Preparation {
  pret: boolean;
  lignes: { code: string; titre: string; verdict: "OUI" | "NON" | "SANS_OBJET"; constat: string }[];
}

const lecteur = (variables: Record<string, string>) => (nom: string) => variables[nom] || undefined;

/** A daemon that says this to each command, word for word; nothing: it keeps silent. */
function daemon(repondre: (commande: string) => string | undefined) {
  const ecoute = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  (async () => {
    for await (const prise of ecoute) {
      const morceau = new Uint8Array(100);
      const lus = await prise.read(morceau);
      const dit = repondre(new TextDecoder().decode(morceau.subarray(0, lus ?? 0)));
      if (dit !== undefined) await prise.write(new TextEncoder().encode(dit));
      prise.close();
    }
  })().catch(() => {});
  const { port } = ecoute.addr as Deno.NetAddr;
  return {
    lire: lecteur({ CLAMD_HOST: "127.0.0.1", CLAMD_PORT: String(port) }),
    close: () => ecoute.close(),
  };
}

test("an admin reads a line for each thing that production needs; who may not has nothing tried for them", async () => {
  const smtp = await startSmtp();
  const ops = await startFonction("ops", {
    ...smtp.reglages,
    COURRIEL_DE: "Monaluxe <alertes@monaluxe.test>",
  }, ["--allow-sys"]);
  const m = await monde();
  const lire = async (role: "admin" | "gerant") => {
    const answer = await ops.demander("/pret-production", {
      headers: { authorization: `Bearer ${await token(await m.personne(role))}` },
    });
    return { statut: answer.status, corps: await answer.json() };
  };
  assert.deepEqual((await lire("gerant")).corps.code, "ROLE_FORBIDDEN");
  const { statut, corps } = await lire("admin") as { statut: number; corps: Preparation };
  assert.equal(statut, 200);
  const dites = Object.fromEntries(corps.lignes.map(({ code, verdict }) => [code, verdict]));
  assert.equal(corps.pret, !Object.values(dites).includes("NON"));
  assert.deepEqual(
    [dites.API, dites.BASE_TLS, dites.HORLOGE, dites.COURRIEL, dites.ANALYSE_FICHIERS, dites.PAIEMENTS],
    ["SANS_OBJET", "SANS_OBJET", "OUI", "OUI", "SANS_OBJET", "SANS_OBJET"],
  );
  for (
    const code of ["SAUVEGARDE", "FILE", "PASSAGES", "INTEGRITE", "ALERTES", "SAISIES", "ADMINS", "OPTIONS"]
  ) {
    assert.ok(dites[code], code);
  }
  for (const { titre, constat } of corps.lignes) {
    assert.ok(titre && constat && !constat.includes(smtp.motDePasse));
  }
  assert.deepEqual(smtp.recus, [], "no letter has gone");
  await ops.stop();
  await smtp.stop();
});

test("a letter is tried as far as the server's word on who it is for, and each refusal on the way is said", async () => {
  const smtp = await startSmtp();
  const bonnes = {
    SMTP_HOST: "127.0.0.1",
    SMTP_PORT: String(smtp.port),
    COURRIEL_DE: "alertes@monaluxe.test",
    SMTP_USER: "depot",
    SMTP_PASSWORD: smtp.motDePasse,
  };
  assert.match(
    await essayerSmtp(lecteur(bonnes)),
    /accepte une lettre pour alertes@monaluxe\.test .*mot de passe bon/,
  );
  await assert.rejects(
    essayerSmtp(lecteur({ ...bonnes, SMTP_PASSWORD: "un autre mot de passe" })),
    /535|refusé/,
  );
  await assert.rejects(
    essayerSmtp(lecteur({ ...bonnes, SMTP_USER: "", SMTP_PASSWORD: "" })),
    /530|MAIL FROM|authenti/i,
  );
  smtp.refuser = { adresse: "alertes@monaluxe.test", code: 550 };
  await assert.rejects(essayerSmtp(lecteur(bonnes)), /RCPT TO: 550/);
  await smtp.stop();
  await assert.rejects(essayerSmtp(lecteur(bonnes)), /ECONNREFUSED|connect/i);
  for (const COURRIEL_DE of ["", "personne", "a@b\r\nRCPT TO:<autre@monaluxe.test>"]) {
    await assert.rejects(essayerSmtp(lecteur({ ...bonnes, COURRIEL_DE })), /COURRIEL_DE/);
  }
  await assert.rejects(essayerSmtp(lecteur({})), /SMTP_HOST/);
  assert.deepEqual(smtp.recus, []);
});

test("a scanner is asked for its word and its version: what is not clamd, or hangs up, is not taken for it", async () => {
  const clamd = daemon((dit) => dit === "zPING\0" ? "PONG\0" : "ClamAV 1.4.3/27000/Fri Nov 27\0");
  assert.match(await essayerAnalyseur(clamd.lire), /^ClamAV 1\.4\.3/);
  clamd.close();
  for (const dit of [undefined, "HTTP/1.1 400 Bad Request\r\n\r\n", "PONG\0", "\0", "x".repeat(5000)]) {
    const autre = daemon(() => dit);
    await assert.rejects(essayerAnalyseur(autre.lire), /n'est pas clamd/);
    autre.close();
  }
  await assert.rejects(essayerAnalyseur(lecteur({ CLAMD_HOST: "127.0.0.1", CLAMD_PORT: "1" })));
  await assert.rejects(essayerAnalyseur(lecteur({})), SansObjet);
});

test("payments are set whole, with a key of this environment, or not at all", async () => {
  const [reelle, essai, secret] = ["sk_live_abc", "sk_test_abc", "whsec_abc"];
  const avec = (STRIPE_SECRET_KEY: string, STRIPE_WEBHOOK_SECRET: string, prod: boolean) =>
    essayerPaiements(lecteur({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET }), prod);
  assert.match(await avec(reelle, secret, true), /clé réelle/);
  assert.match(await avec(essai, secret, false), /clé d'essai/);
  await assert.rejects(avec("", "", true), SansObjet);
  const mauvaises: [string, string, boolean, RegExp][] = [
    [reelle, "", true, /sans STRIPE_WEBHOOK_SECRET/],
    ["", secret, true, /sans STRIPE_SECRET_KEY/],
    ["cle", secret, true, /n'est pas une clé/],
    [reelle, "secret", true, /n'est pas un secret/],
    [essai, secret, true, /clé d'essai/],
    [reelle, secret, false, /hors de PROD/],
  ];
  for (const [cle, webhook, prod, dit] of mauvaises) await assert.rejects(avec(cle, webhook, prod), dit);
  const parLesPortes = (PAIEMENTS_PRESTATAIRE: string, prod: boolean, cle = prod ? reelle : essai) =>
    essayerPaiements(
      lecteur({ PAIEMENTS_PRESTATAIRE, STRIPE_SECRET_KEY: cle, STRIPE_WEBHOOK_SECRET: cle && secret }),
      prod,
      { parLesPortes: true },
    );
  assert.match(await parLesPortes("STRIPE", true), /clé réelle/);
  assert.match(await parLesPortes("", false), /clé d'essai.*simulent/);
  assert.doesNotMatch(await parLesPortes("STRIPE", false), /simulent/);
  for (const nom of ["", "SIMULE"]) await assert.rejects(parLesPortes(nom, true), /simulé/);
  for (const prod of [true, false]) {
    await assert.rejects(parLesPortes("STRIPE", prod, ""), /sans STRIPE_SECRET_KEY/);
  }
});

test("through the stack, a role that prepares no go-live is refused", async () => {
  const m = await monde();
  for (const role of ["gerant", "operateur", "pca", "lecture"] as const) {
    const { code } = await refus((await m.personne(role)).call("GET", "ops/pret-production"));
    assert.equal(code, "ROLE_FORBIDDEN", role);
  }
  const { lignes } = await (await m.personne("directeur")).call<Preparation>("GET", "ops/pret-production");
  assert.equal(lignes.find(({ code }) => code === "COURRIEL")!.verdict, "SANS_OBJET");
});
