// The second factor through the doors: enrolled, proved, lost, by admins of real sessions.
import assert from "node:assert/strict";
import type { Person } from "../../../ops/pile/client.ts";
import { aInscrire, pasDuCode } from "../../../supabase/functions/securite/totp.ts";
import { normaliser } from "../../../supabase/functions/securite/codes_secours.ts";
import { porteur, signer } from "../../support/jetons.ts";
import { fetchPorte, type Monde, monde, refus, sql, test } from "../../support/monde.ts";
import { code, inscrire, sub } from "./codes.ts";

interface Etat {
  confirme_le: string | null;
  codes_secours: number;
  eleve_jusqu_au: string | null;
}

const etat = (personne: Person) => personne.call<Etat>("GET", "securite/facteur");
const prouver = (personne: Person, donne: string) =>
  personne.call("POST", "securite/totp/prouver", { code: donne });
const secourir = (personne: Person, donne: string) =>
  personne.call<{ codes_restants: number }>("POST", "securite/codes-secours/prouver", { code: donne });

/** The same person in a session of its own. */
const autreSession = (user: string) => signer({ sub: user, session_id: crypto.randomUUID() });

async function demander(jeton: string, adresse: string, corps: unknown, cle?: string) {
  const reponse = await fetchPorte(adresse, {
    method: "POST",
    headers: { ...porteur(jeton), ...(cle && { "idempotency-key": cle }) },
    body: JSON.stringify(corps),
  });
  return { statut: reponse.status, corps: await reponse.json(), entetes: reponse.headers };
}

const actions = async (user: string) =>
  (await sql<{ action: string }[]>`
    select action from public.log_actions where module = 'securite' and cible_id = ${user} order by created_at`)
    .map(({ action }) => action);

test("the six digits are those of RFC 6238, of three steps and no other", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  for (
    const [moment, attendu] of [[59, "287082"], [1111111109, "081804"], [2000000000, "279037"]] as const
  ) {
    const pas = Math.floor(moment / 30);
    for (const ecart of [-30, 0, 30]) assert.equal(pasDuCode(secret, attendu, moment + ecart), pas);
    for (const ecart of [-60, 60]) assert.equal(pasDuCode(secret, attendu, moment + ecart), null);
  }
  const { uri, qr_svg } = aInscrire(secret, "jeanne@monaluxe.cd");
  assert.match(uri, /^otpauth:\/\/totp\/Monaluxe:jeanne%40monaluxe\.cd\?.*secret=GEZD/);
  assert.match(qr_svg, /^<svg /);
  return Promise.resolve();
});

test("an admin enrols a phone, and its code raises this session, a refreshed one too, and no other", async () => {
  const admin = await (await monde()).connexion("admin");
  const user = await sub(admin);
  assert.equal((await etat(admin)).confirme_le, null);
  assert.equal((await refus(prouver(admin, "123456"))).code, "FACTEUR_ABSENT");
  const { secret, codes } = await inscrire(admin);
  assert.equal(codes.length, 10);
  assert.equal(new Set(codes).size, 10);
  const { eleve_jusqu_au, codes_secours } = await etat(admin);
  assert.ok(eleve_jusqu_au);
  assert.equal(codes_secours, 10);
  await admin.supabase.auth.refreshSession();
  assert.ok((await etat(admin)).eleve_jusqu_au, "a token that replaces another is of the same session");

  const autre = await autreSession(user);
  const refuse = await demander(autre, "securite/codes-secours", {});
  assert.deepEqual([refuse.statut, refuse.corps.code], [403, "SECOND_FACTEUR_REQUIS"]);
  assert.equal((await demander(autre, "securite/totp/prouver", { code: code(secret, 1) })).statut, 200);
  const faits = await demander(autre, "securite/codes-secours", {});
  assert.equal(faits.statut, 201);
  assert.equal(faits.entetes.get("cache-control"), "no-store");
  assert.equal((await refus(secourir(admin, codes[0]!))).code, "CODE_SECOURS_REFUSE", "replaced all at once");
  assert.deepEqual(await actions(user), [
    "TOTP_INSCRIT",
    "TOTP_REUSSI",
    "CODES_SECOURS_REFAITS",
    "TOTP_REFUSE",
  ]);
});

test("eight at once with one code, or one recovery code: one gets in", async () => {
  const admin = await (await monde()).personne("admin");
  const user = await sub(admin);
  const { secret, codes } = await inscrire(admin);
  const sessions = await Promise.all(Array.from({ length: 8 }, () => autreSession(user)));
  const donne = code(secret, 1);
  const reponses = await Promise.all(
    sessions.map((jeton) => demander(jeton, "securite/totp/prouver", { code: donne })),
  );
  assert.deepEqual(reponses.map(({ corps }) => corps.code ?? "eleve").sort(), [
    ...Array.from({ length: 7 }, () => "TOTP_REJOUE"),
    "eleve",
  ]);
  const secours = await Promise.all(
    sessions.map((jeton) => demander(jeton, "securite/codes-secours/prouver", { code: codes[0] })),
  );
  assert.equal(secours.filter(({ statut }) => statut === 200).length, 1);
  const [{ elevees }] = await sql<[{ elevees: number }]>`
    select count(*)::int as elevees from private.sessions_elevees where user_id = ${user}`;
  assert.ok(elevees <= 3, "the session that enrolled, and one a code");
});

test("five wrong codes block for a quarter of an hour; a recovery code still gets in, once, and every admin is told", async () => {
  const admin = await (await monde()).personne("admin");
  const user = await sub(admin);
  const { secret, codes } = await inscrire(admin);
  const dits = [];
  for (let n = 0; n < 6; n++) dits.push(await refus(prouver(admin, n < 5 ? "000000" : code(secret, 1))));
  assert.deepEqual(dits.map((dit) => [dit.code, dit.status]), [
    ...Array.from({ length: 4 }, () => ["TOTP_REFUSE", 403]),
    ["TOTP_BLOQUE", 429],
    ["TOTP_BLOQUE", 429],
  ]);
  const { attendre_s } = dits[5]!.valeurs as { attendre_s: number };
  assert.ok(attendre_s > 600 && attendre_s <= 900);
  assert.equal((await secourir(admin, codes[3]!.toLowerCase().replaceAll("-", " "))).codes_restants, 9);
  assert.equal((await refus(secourir(admin, codes[3]!))).code, "CODE_SECOURS_REFUSE");
  const sujets = await sql<{ sujet: string; roles: string[] }[]>`
    select sujet, roles from public.envois where objet_id = ${user} order by created_at`;
  assert.deepEqual(
    sujets.map(({ sujet }) => sujet.match(/second facteur \p{L}+|code de secours \p{L}+/u)?.[0]),
    [
      "second facteur inscrit",
      "second facteur bloqué",
      "code de secours utilisé",
    ],
  );
  assert.ok(sujets.every(({ roles }) => roles.join() === "admin"));
});

test("a wrong shape is no try", async () => {
  const admin = await (await monde()).personne("admin");
  const user = await sub(admin);
  const { codes } = await inscrire(admin);
  const formes = [12345, 123456, null, "", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "9".repeat(5000), [
    "123456",
  ], {}];
  for (const forme of formes) {
    assert.equal(
      (await refus(prouver(admin, forme as string))).code,
      "VALIDATION",
      String(forme).slice(0, 20),
    );
  }
  for (const forme of ["", "0000", `${codes[0]}0`, "UUUU-UUUU-UUUU-UUUU", 5, "-".repeat(59), "'; select 1"]) {
    assert.equal((await refus(secourir(admin, forme as string))).code, "VALIDATION", String(forme));
  }
  assert.deepEqual(await actions(user), ["TOTP_INSCRIT"]);
  assert.equal(normaliser(" oO0i-l1 "), "000111");
  assert.equal(
    normaliser("７F3K–9qmd_2XHT\u00a0B6W.N"),
    "7F3K9QMD2XHTB6WN",
    "as keyboards and word processors write it",
  );
});

test("a secret is shown once: the same request again says so, and its secret is kept nowhere", async () => {
  const user = await sub(await (await monde()).personne("admin"));
  const jeton = await autreSession(user);
  const cle = crypto.randomUUID();
  const premiere = await demander(jeton, "securite/totp/inscrire", {}, cle);
  assert.equal(premiere.statut, 201);
  const seconde = await demander(jeton, "securite/totp/inscrire", {}, cle);
  assert.deepEqual([seconde.statut, seconde.corps.code], [409, "REPONSE_MONTREE"]);
  const confirmee = await demander(
    jeton,
    "securite/totp/confirmer",
    { code: code(premiere.corps.secret) },
    cle + 2,
  );
  assert.equal(confirmee.statut, 200, "what was shown first is what is proposed");
  const [{ garde }] = await sql<[{ garde: string }]>`
    select string_agg(i::text, ' ') as garde from private.idempotence i where user_id = ${user}`;
  for (const secret of [premiere.corps.secret, ...confirmee.corps.codes]) assert.ok(!garde.includes(secret));
});

test("eight requests with one key, at once: the factor is confirmed and its codes are shown, once", async () => {
  const jeton = await autreSession(await sub(await (await monde()).personne("admin")));
  const { corps: { secret } } = await demander(jeton, "securite/totp/inscrire", {});
  const cle = crypto.randomUUID();
  const reponses = await Promise.all(
    Array.from(
      { length: 8 },
      () => demander(jeton, "securite/totp/confirmer", { code: code(secret) }, cle),
    ),
  );
  assert.deepEqual(reponses.flatMap(({ corps }) => corps.codes ?? []).length, 10);
  for (const { corps } of reponses) {
    assert.ok(corps.codes || ["REPONSE_MONTREE", "FACTEUR_ABSENT"].includes(corps.code), corps.code);
  }
});

/** Two admins who have each enrolled. */
async function deuxAdmins(): Promise<{ m: Monde; admin: Person; autre: Person; codesDeLAutre: string[] }> {
  const [m, ailleurs] = await Promise.all([monde(), monde()]);
  const [admin, autre] = [await m.personne("admin"), await ailleurs.personne("admin")];
  await inscrire(admin);
  return { m, admin, autre, codesDeLAutre: (await inscrire(autre)).codes };
}

test("a lost factor is taken away by another admin who has proved theirs, never by oneself", async () => {
  const { m, admin, autre, codesDeLAutre } = await deuxAdmins();
  const [moi, lui] = [await sub(admin), await sub(autre)];
  const effacer = (qui: Person, user: string, motif = "téléphone perdu") =>
    qui.call("POST", `securite/facteurs/${user}/reinitialiser`, { motif });
  assert.equal((await refus(secourir(admin, codesDeLAutre[0]!))).code, "CODE_SECOURS_REFUSE");
  assert.equal((await refus(effacer(admin, moi))).code, "FACTEUR_PERSONNEL");
  assert.equal((await refus(effacer(await m.personne("directeur"), lui))).code, "ROLE_FORBIDDEN");
  assert.equal((await refus(effacer(admin, crypto.randomUUID()))).code, "INTROUVABLE");
  await effacer(admin, lui);
  assert.equal((await refus(secourir(autre, codesDeLAutre[0]!))).code, "CODE_SECOURS_REFUSE");
  const apres = await etat(autre);
  assert.deepEqual([apres.confirme_le, apres.codes_secours, apres.eleve_jusqu_au], [null, 0, null]);
  const [ligne] = await sql`
    select niveau, user_id, details ->> 'motif' as motif from public.log_actions
     where action = 'FACTEUR_REINITIALISE' and cible_id = ${lui}`;
  assert.deepEqual({ ...ligne }, { niveau: "CRITICAL", user_id: moi, motif: "téléphone perdu" });
  assert.equal((await inscrire(autre)).codes.length, 10, "and enrols another");
});

test("a factor of another key, or of another person, is read by nobody", async () => {
  const { admin, autre } = await deuxAdmins();
  const [moi, lui] = [await sub(admin), await sub(autre)];
  await sql`
    update private.facteurs_totp f set secret_chiffre = a.secret_chiffre
      from private.facteurs_totp a where f.user_id = ${moi} and a.user_id = ${lui}`;
  const dit = await refus(prouver(admin, "123456"));
  assert.deepEqual([dit.code, dit.status], ["FACTEUR_ILLISIBLE", 409]);
  await sql`
    update private.facteurs_totp set secret_chiffre = 's1.0000000000000000.AAAA.AAAA' where user_id = ${moi}`;
  assert.equal((await refus(prouver(admin, "123456"))).code, "FACTEUR_ILLISIBLE");
});
