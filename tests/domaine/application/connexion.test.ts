// Signing in, going on and signing out as the app does; and whom it lets one see.
import assert from "node:assert/strict";
import { createUser, type Role } from "../../../ops/pile/demo_users.ts";
import { monde, sql, status, test } from "../../support/monde.ts";
import { demander, enTetes } from "./client.ts";

const PASSWORD = "un mot de passe de test";

/** As gotrue 1.12.6 asks; what it reads of a refusal is `msg`. */
async function auth(chemin: string, corps: unknown, jeton?: string, method = "POST") {
  const answer = await fetch(`${status.API_URL}/auth/v1/${chemin}`, {
    method,
    headers: {
      ...(jeton ? enTetes(jeton) : { apikey: status.ANON_KEY, authorization: `Bearer ${status.ANON_KEY}` }),
      "content-type": "application/json",
    },
    body: JSON.stringify(corps),
  });
  const texte = await answer.text();
  return { statut: answer.status, corps: texte ? JSON.parse(texte) : null };
}

const entrer = (email: string, password = PASSWORD) =>
  auth("token?grant_type=password", { email, password, gotrue_meta_security: { captcha_token: null } });
const prolonger = (refresh_token: string) => auth("token?grant_type=refresh_token", { refresh_token });

async function compte(depot: string, role: Role): Promise<string> {
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  await createUser(sql, { email, password: PASSWORD, role, depotId: depot, nom: email });
  return email;
}

test("a person signs in, goes on and signs out as the app does it", async () => {
  const m = await monde();
  const email = await compte(m.depot, "operateur");
  const { corps: session } = await entrer(email);
  assert.equal(session.user.email, email);
  const { statut, corps: suite } = await prolonger(session.refresh_token);
  assert.equal(statut, 200);
  const lu = await demander(
    { methode: "GET", chemin: "profils", parametres: { select: "role" } },
    suite.access_token,
  );
  assert.deepEqual(lu.corps, [{ role: "operateur" }]);
  assert.equal((await auth("logout?scope=global", {}, suite.access_token)).statut, 204);
  assert.equal((await prolonger(suite.refresh_token)).statut, 400);
  // The app tells « Identifiants invalides » by this word.
  assert.match((await entrer(email, "un autre")).corps.msg, /invalid/i);
});

test("another password ends the sessions that the old one had opened, and not the one it is changed in", async () => {
  const m = await monde();
  const email = await compte(m.depot, "operateur");
  const [{ corps: perdue }, { corps: ici }] = [await entrer(email), await entrer(email)];
  assert.equal((await auth("user", { data: { langue: "fr" } }, ici.access_token, "PUT")).statut, 200);
  const { statut, corps: encore } = await prolonger(perdue.refresh_token);
  assert.equal(statut, 200, "what else is changed ends none");
  assert.equal(
    (await auth("user", { password: "un autre mot de passe" }, ici.access_token, "PUT")).statut,
    200,
  );
  assert.equal((await prolonger(encore.refresh_token)).statut, 400);
  assert.equal((await prolonger(ici.refresh_token)).statut, 200);
});

test("a person whose access was closed is told so where they sign in, and their session is not prolonged", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const email = await compte(m.depot, "operateur");
  const [{ id }] = await sql<[{ id: string }]>`select id from public.profils where email = ${email}`;
  const { corps: avant } = await entrer(email);
  await admin.call("POST", `profils/${id}/desactiver`, {});

  const refus = { code: 400, error_code: "user_banned", msg: "User is banned" };
  assert.deepEqual(await entrer(email), { statut: 400, corps: refus });
  assert.deepEqual(await prolonger(avant.refresh_token), {
    statut: 400,
    corps: { ...refus, msg: "Invalid Refresh Token: User Banned" },
  });
  const [{ sessions }] = await sql<[{ sessions: number }]>`
    select count(*)::int as sessions from auth.sessions s join auth.users u on u.id = s.user_id where u.email = ${email}`;
  assert.equal(sessions, 0, "nothing is left to prolong");

  await admin.call("POST", `profils/${id}/reactiver`, {});
  assert.equal((await entrer(email)).statut, 200);
});

test("whoever reads the log reads the names of those who act at the depots they see, and of nobody else", async () => {
  const [m, ailleurs] = await Promise.all([monde(), monde()]);
  const noms = [await compte(m.depot, "operateur"), await compte(ailleurs.depot, "operateur")];
  const lus = async (role: Role) => {
    const { data } = await (await m.personne(role)).supabase.from("profils").select(
      "user_id, nom_complet, role",
    ).in(
      "nom_complet",
      noms,
    );
    return noms.map((nom) => data!.some(({ nom_complet }) => nom_complet === nom));
  };
  assert.deepEqual(
    await Promise.all((["admin", "directeur", "pca", "gerant", "operateur", "lecture"] as const).map(lus)),
    [
      [true, true],
      [true, true],
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ],
  );
});
