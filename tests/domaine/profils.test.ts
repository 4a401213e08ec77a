import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import postgres from "postgres";
import { signIn } from "../../ops/pile/client.ts";
import { ouvrirCompte } from "../../supabase/functions/profils/comptes.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { porteur, signer } from "../support/jetons.ts";
import { fetchPorte, type Monde, monde, refus, sql, status, test } from "../support/monde.ts";
import { attendre } from "../support/attente.ts";

const adresse = () => `${crypto.randomUUID()}@test.monaluxe.test`;

const nouveau = (m: Monde, more: object = {}) => ({
  email: adresse(),
  nom_complet: "Jeanne Ilunga",
  role: "operateur",
  depot_id: m.depot,
  ...more,
});

async function comptes(email: string): Promise<number> {
  const [row] = await sql`select count(*)::int as combien from auth.users where email = ${email}`;
  return row!.combien;
}

async function demander(jeton: string, address: string, method = "GET", body?: unknown) {
  const answer = await fetchPorte(address, {
    method,
    headers: porteur(jeton),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { statut: answer.status, corps: await answer.json() };
}

test("an admin makes a profile, and its owner works at once, at their depot and no other", async () => {
  const [m, ailleurs] = await Promise.all([monde(), monde()]);
  const admin = await m.personne("admin");
  const demande = nouveau(m);
  const made = await admin.call("POST", "profils", { ...demande, email: demande.email.toUpperCase() });
  assert.deepEqual(
    [made.email, made.role, made.depot_id, made.nom_complet, made.desactive_le, made.invitation],
    [demande.email, "operateur", m.depot, "Jeanne Ilunga", null, "mot_de_passe_a_definir"],
  );
  const jeton = await signer({ sub: made.user_id });
  const { corps } = await demander(jeton, `stocks/actuel?depot_id=${ailleurs.depot}`);
  assert.deepEqual(corps.data, []);
  const sortie = { citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15 };
  assert.equal((await demander(jeton, "sorties", "POST", sortie)).statut, 201);
  assert.equal((await demander(jeton, "profils", "POST", nouveau(m))).corps.code, "ROLE_FORBIDDEN");
});

/** The code in the mail that the local Auth would have sent: it writes its mails to its log. */
const codeRecu = (email: string): Promise<string> =>
  // The line is written as the mail leaves: read until it is there.
  attendre(`the code mailed to ${email}`, async () => {
    const log = await Deno.readTextFile(`${Deno.env.get("TEST_LOGS")}/api.log`).catch(() => "");
    return log.includes(email)
      ? log.slice(log.indexOf(email)).match(/with this code: (\d+)/)?.[1]
      : undefined;
  });

test("whom an admin let in chooses a password by asking for a new one, and not before", async () => {
  const m = await monde();
  const { email } = await (await m.personne("admin")).call("POST", "profils", nouveau(m)) as unknown as {
    email: string;
  };
  const { auth } = createClient(status.API_URL, status.ANON_KEY, { auth: { persistSession: false } });
  assert.ok((await auth.signInWithPassword({ email, password: "" })).error);
  await auth.resetPasswordForEmail(email);
  const { error } = await auth.verifyOtp({ email, token: await codeRecu(email), type: "recovery" });
  assert.equal(error, null);
  const password = "le mot de passe de Jeanne";
  assert.equal((await auth.updateUser({ password })).error, null);
  const jeanne = await signIn(status, email, password);
  assert.equal((await jeanne.call<{ data: unknown[] }>("GET", "profils")).data.length, 1);
});

test("a refused profile leaves no account behind", async () => {
  const m = await monde();
  const [admin, gerant] = [await m.personne("admin"), await m.personne("gerant")];
  const cases: [code: string, person: typeof admin, more: object][] = [
    ["ROLE_FORBIDDEN", gerant, {}],
    ["DEPOT_REQUIS", admin, { depot_id: null }],
    ["INTROUVABLE", admin, { depot_id: crypto.randomUUID() }],
    ["VALIDATION", admin, { role: "patron" }],
    ["VALIDATION", admin, { nom_complet: " " }],
  ];
  for (const [code, person, more] of cases) {
    const demande = nouveau(m, more);
    assert.equal((await refus(person.call("POST", "profils", demande))).code, code);
    assert.equal(await comptes(demande.email), 0, code);
  }
  assert.equal(
    (await refus(admin.call("POST", "profils", nouveau(m, { email: "jeanne" })))).code,
    "VALIDATION",
  );
});

test("a request that was cut short after the account was made is completed by sending it again", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const demande = nouveau(m);
  await sql`insert into auth.users (id, email, aud, role) values
    (gen_random_uuid(), ${demande.email}, 'authenticated', 'authenticated')`;
  const made = await admin.call("POST", "profils", demande);
  assert.equal(made.invitation, "compte_existant");
  assert.equal(await comptes(demande.email), 1);
  assert.equal((await refus(admin.call("POST", "profils", demande))).code, "PROFIL_EXISTANT");
});

test("one person asked for several times at once gets one account and one profile", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const demande = nouveau(m);
  const answers = await Promise.allSettled(
    Array.from({ length: 4 }, () => admin.call("POST", "profils", demande)),
  );
  assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
  for (const answer of answers) {
    if (answer.status === "rejected") assert.equal(answer.reason.problem?.code, "PROFIL_EXISTANT");
  }
  assert.equal(await comptes(demande.email), 1);
});

test("the same Idempotency-Key makes one profile and answers the same twice", async () => {
  const m = await monde();
  const admin = await m.personne("admin");
  const [demande, headers] = [nouveau(m), { "idempotency-key": crypto.randomUUID() }];
  const first = await admin.call("POST", "profils", demande, headers);
  assert.deepEqual(await admin.call("POST", "profils", demande, headers), first);
});

test("somebody shut out is refused from their next request on, with a token that is still valid", async () => {
  const m = await monde();
  const [admin, gerant] = [await m.personne("admin"), await m.personne("gerant")];
  await m.recevoir(1_000);
  const { data: profil } = await gerant.supabase.from("current_user_profile").select("id").single();
  const gone = await admin.call("POST", `profils/${profil!.id}/desactiver`);
  assert.ok(gone.desactive_le && gone.desactive_par);
  const problem = await refus(gerant.call("GET", "stocks/actuel"));
  assert.deepEqual([problem.status, problem.code], [403, "COMPTE_DESACTIVE"]);
  assert.match(problem.detail, /désactivé/);
  for (const relation of ["depots", "v_stock_actuel", "receptions", "profils", "current_user_profile"]) {
    assert.deepEqual((await gerant.supabase.from(relation).select("*")).data, [], relation);
  }
  const sortie = {
    citerne_id: m.citernes[0],
    produit_id: m.produit,
    volume_ambiant: 1,
    temperature_ambiante_c: 15,
  };
  assert.equal(
    (await gerant.supabase.from("sorties_produit").insert(sortie)).error?.message,
    "ROLE_FORBIDDEN",
  );
  await admin.call("POST", `profils/${profil!.id}/reactiver`);
  assert.equal(
    (await gerant.call<{ data: unknown[] }>("GET", `stocks/actuel?depot_id=${m.depot}`)).data.length,
    1,
  );
});

test("an admin moves somebody to another role and depot; nobody does it to themselves", async () => {
  const [m, ailleurs] = await Promise.all([monde(), monde()]);
  const [admin, operateur] = [await m.personne("admin"), await m.personne("operateur")];
  const { data: [profil] } = await operateur.call<{ data: { id: string }[] }>("GET", "profils");
  const moved = await admin.call("PUT", `profils/${profil!.id}`, {
    role: "gerant",
    depot_id: ailleurs.depot,
  });
  assert.deepEqual([moved.role, moved.depot_id, moved.nom_complet], ["gerant", ailleurs.depot, "operateur"]);
  const self = operateur.call("PUT", `profils/${profil!.id}`, { role: "admin" });
  assert.equal((await refus(self)).code, "ROLE_FORBIDDEN");
  const { data: list } = await admin.supabase.auth.getUser();
  const [mine] = await sql`select id from public.profils where user_id = ${list.user!.id}`;
  for (
    const call of [
      () => admin.call("PUT", `profils/${mine!.id}`, { role: "pca" }),
      () => admin.call("PUT", `profils/${mine!.id}`, { depot_id: ailleurs.depot }),
      () => admin.call("POST", `profils/${mine!.id}/desactiver`),
    ]
  ) assert.equal((await refus(call())).code, "ECRITURE_INTERDITE");
  const unknown = admin.call("PUT", `profils/${crypto.randomUUID()}`, { role: "pca" });
  assert.equal((await refus(unknown)).code, "INTROUVABLE");
});

test("under mfa_admin an admin act needs a session raised to aal2, at the doors and through REST", async (t) => {
  const m = await monde();
  const admin = await m.personne("admin");
  const { data } = await admin.supabase.auth.getUser();
  const sub = data.user!.id;
  const [aal1, aal2] = [await signer({ sub, aal: "aal1" }), await signer({ sub, aal: "aal2" })];
  const reception = await m.recevoir(1_000);
  // For this admin alone: the other tests' admins have no second factor.
  const on = { enabled: true, users: [sub] };
  assert.equal((await demander(aal1, "flags/mfa_admin", "PUT", on)).corps.code, "SECOND_FACTEUR_REQUIS");
  assert.equal((await demander(aal2, "flags/mfa_admin", "PUT", on)).statut, 200);
  try {
    const ajustement = {
      mouvement_type: "RECEPTION",
      mouvement_id: reception.id,
      delta_ambiant: -1,
      delta_15c: -1,
      reason: "essai du second facteur",
    };
    for (
      const [address, method, body, passes] of [
        ["stocks/ajustements", "POST", ajustement, 201],
        ["profils", "POST", nouveau(m), 201],
        ["flags/sortie_directe_compat", "PUT", { enabled: false }, 200],
        ["flags/mfa_admin", "PUT", on, 200],
      ] as const
    ) {
      await t.step(`${method} ${address}`, async () => {
        const refused = await demander(aal1, address, method, body);
        assert.deepEqual([refused.statut, refused.corps.code], [403, "SECOND_FACTEUR_REQUIS"]);
        assert.equal((await demander(aal2, address, method, body)).statut, passes);
      });
    }
    await t.step("REST", async () => {
      const answer = await fetch(`${status.API_URL}/rest/v1/stocks_adjustments`, {
        method: "POST",
        headers: { ...porteur(aal1), apikey: status.ANON_KEY, "content-type": "application/json" },
        body: JSON.stringify(ajustement),
      });
      assert.deepEqual([answer.status, (await answer.json()).message], [403, "SECOND_FACTEUR_REQUIS"]);
    });
    await t.step("what is no admin act goes on", async () => {
      assert.equal((await demander(aal1, "stocks/actuel")).statut, 200);
    });
  } finally {
    await demander(aal2, "flags/mfa_admin", "PUT", { enabled: false, users: [] });
  }
});

test("two admins who remove each other at the same moment: one of them stays", async () => {
  await declaredProject("admins", { seed: false });
  const base = postgres(asSuperuser("admins"), { max: 4, onnotice: () => {} });
  try {
    const [un, deux] = [crypto.randomUUID(), crypto.randomUUID()];
    await base`insert into auth.users (id, email) values (${un}, 'un@x.test'), (${deux}, 'deux@x.test')`;
    await base`insert into public.profils (user_id, role) values (${un}, 'admin'), (${deux}, 'admin')`;
    const demettre = (qui: string, lequel: string) =>
      base.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: qui })}, true),
                        set_config('role', 'authenticated', true)`;
        await tx`update public.profils set role = 'pca' where user_id = ${lequel}`;
      });
    for (let tour = 0; tour < 20; tour++) {
      const outcomes = await Promise.allSettled([demettre(un, deux), demettre(deux, un)]);
      const [{ admins }] = await base<[{ admins: string[] }]>`
        select array_agg(user_id) as admins from public.profils where role = 'admin' and desactive_le is null`;
      assert.equal(admins?.length, 1);
      for (const outcome of outcomes) {
        // Whoever comes once the other is done is no admin any more.
        if (outcome.status === "rejected") {
          assert.match(outcome.reason.message, /^(DERNIER_ADMIN|ROLE_FORBIDDEN)$/);
        }
      }
      await base`update public.profils set role = 'admin'`;
    }
  } finally {
    await base.end();
  }
});

test("where Auth sends mail, the person is invited; where it can't, the account is made all the same", async (t) => {
  // Supabase Auth's own answers, from its API: what runs on this machine has neither mail nor invitations.
  const user = {
    id: crypto.randomUUID(),
    aud: "authenticated",
    email: "x@x.test",
    app_metadata: {},
    user_metadata: {},
  };
  const said = (status: number, code: string) => () =>
    Response.json({ code: status, error_code: code, msg: code }, { status });
  let answers: Record<string, () => Response> = {};
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    assert.equal(request.headers.get("authorization"), "Bearer cle-de-service");
    return answers[new URL(request.url).pathname]!();
  });
  Deno.env.set("SUPABASE_URL", `http://127.0.0.1:${server.addr.port}`);
  Deno.env.set("SUPABASE_SERVICE_ROLE_KEY", "cle-de-service");
  const [invite, create] = ["/auth/v1/invite", "/auth/v1/admin/users"];
  const essai = (nom: string, given: typeof answers, expected: string) =>
    t.step(nom, async () => {
      answers = given;
      const outcome = await ouvrirCompte("x@x.test").catch(({ message }) => message);
      assert.equal(outcome, expected);
    });
  await essai("invited", { [invite]: () => Response.json(user) }, "envoyee");
  for (const [status, code] of [[500, "unexpected_failure"], [429, "over_email_send_rate_limit"]] as const) {
    const given = { [invite]: said(status, code), [create]: () => Response.json(user) };
    await essai(`no mail: ${code}`, given, "mot_de_passe_a_definir");
  }
  await essai("a refused address", { [invite]: said(400, "email_address_invalid") }, "VALIDATION");
  const down = { [invite]: said(500, "unexpected_failure"), [create]: said(500, "unexpected_failure") };
  await essai("no account either", down, "SERVICE_INDISPONIBLE");
  await server.shutdown();
  await essai("Auth does not answer", {}, "SERVICE_INDISPONIBLE");
});
