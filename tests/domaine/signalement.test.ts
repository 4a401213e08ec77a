// A fault told to a Sentry-compatible collector: where and how, never who or what; and no answer waits for it.
import assert from "node:assert/strict";
import fc from "fast-check";
import { collecteurDe, taire } from "../../supabase/functions/_shared/signalement.ts";
import { startFonction } from "../support/fonction.ts";
import { monde, test, token } from "../support/monde.ts";

interface Evenement {
  event_id: string;
  transaction: string;
  environment: string;
  tags: Record<string, string>;
  extra: { request_id: string };
  contexts: { trace: { trace_id: string; span_id: string } };
  exception: { values: { type: string; value: string; stacktrace: { frames: { filename: string }[] } }[] };
}

/** A collector of our own: what it is told, and when it answers, is the test's. */
function collecteur(repondre: () => Promise<Response> | Response) {
  const recus: { chemin: string; auth: string; enveloppe: string }[] = [];
  const { promise: premier, resolve } = Promise.withResolvers<void>();
  const serveur = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    recus.push({
      chemin: new URL(request.url).pathname,
      auth: request.headers.get("x-sentry-auth") ?? "",
      enveloppe: await request.text(),
    });
    resolve();
    return repondre();
  });
  return {
    recus,
    premier,
    dsn: `http://laclef@127.0.0.1:${serveur.addr.port}/42`,
    fermer: () => serveur.shutdown(),
  };
}

/** A function whose database is nowhere: each request is a fault of ours. */
const enPanne = (dsn: string) =>
  startFonction("stocks", {
    SENTRY_DSN: dsn,
    SENTRY_ENVIRONMENT: "essai",
    SUPABASE_DB_URL: "postgresql://postgres:motdepassesecret@127.0.0.1:1/postgres",
  });

test("a fault is told once, with its place, its number and its trace; nothing of who asked, nor any secret", async () => {
  const ici = collecteur(() => new Response("{}"));
  const stocks = await enPanne(ici.dsn);
  const personne = await (await monde()).personne("lecture");
  const [jeton, numero, trace] = [
    await token(personne),
    crypto.randomUUID(),
    crypto.randomUUID().replaceAll("-", ""),
  ];
  const refusee = await stocks.demander("/actuel?depot_id=ma-question", {
    headers: { authorization: "Bearer nul" },
  });
  await refusee.body?.cancel();
  assert.equal(refusee.status, 401, "a refusal is no fault");
  const answer = await stocks.demander("/actuel", {
    headers: {
      authorization: `Bearer ${jeton}`,
      "x-request-id": numero,
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    },
  });
  assert.equal(answer.status, 503);
  assert.equal((await answer.json()).code, "SERVICE_INDISPONIBLE");
  await ici.premier;
  await stocks.stop();
  await ici.fermer();
  assert.equal(ici.recus.length, 1);
  const [{ chemin, auth, enveloppe }] = ici.recus as [typeof ici.recus[0]];
  assert.equal(chemin, "/api/42/envelope/");
  assert.match(auth, /^Sentry sentry_version=7, .*sentry_key=laclef$/);
  const [entete, item, corps] = enveloppe.split("\n");
  assert.equal(JSON.parse(item!).length, new TextEncoder().encode(corps).length);
  const dit: Evenement = JSON.parse(corps!);
  assert.equal(JSON.parse(entete!).event_id, dit.event_id);
  assert.match(dit.event_id, /^[0-9a-f]{32}$/);
  assert.deepEqual(
    [dit.transaction, dit.environment, dit.tags.code, dit.tags.statut, dit.extra.request_id],
    ["GET stocks/actuel", "essai", "SERVICE_INDISPONIBLE", "503", numero],
  );
  assert.equal(dit.contexts.trace.trace_id, trace);
  assert.match(dit.contexts.trace.span_id, /^[0-9a-f]{16}$/);
  assert.ok(dit.exception.values[0]!.stacktrace.frames.length > 0);
  const { sub } = JSON.parse(atob(jeton.split(".")[1]!));
  for (const secret of [jeton, sub, "motdepassesecret", "ma-question", import.meta.dirname!]) {
    assert.ok(!enveloppe.includes(secret), secret);
  }
});

test("a collector that is slow, refuses or is not there slows and breaks no answer", async () => {
  const { promise: relache, resolve: relacher } = Promise.withResolvers<void>();
  const lent = collecteur(async () => (await relache, new Response("{}")));
  const plein = collecteur(() => new Response("", { status: 429, headers: { "retry-after": "3600" } }));
  const jeton = await token(await (await monde()).personne("lecture"));
  for (const dsn of [lent.dsn, plein.dsn, "http://laclef@127.0.0.1:1/42", "pas une adresse", "https://x/"]) {
    const stocks = await enPanne(dsn);
    for (let fois = 0; fois < 3; fois++) {
      const answer = await stocks.demander("/actuel", { headers: { authorization: `Bearer ${jeton}` } });
      // Answered while the collector has answered nothing.
      assert.deepEqual([answer.status, (await answer.json()).code], [503, "SERVICE_INDISPONIBLE"], dsn);
    }
    if (dsn === plein.dsn) await plein.premier;
    await stocks.stop();
  }
  assert.ok(lent.recus.length > 0);
  relacher();
  await Promise.all([lent.fermer(), plein.fermer()]);
});

test("whatever a message quotes stays here: addresses, tokens, numbers, values", () => {
  const aTaire = [
    "awa.ilunga@exemple.cd",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def",
    "+243 81 234 56 78",
    "whsec_c2VjcmV0c2VjcmV0c2VjcmV0",
    "sk_live_51HxAbCdEf",
    "4111 1111 1111 1111",
  ];
  const autour = fc.constantFrom(
    (dit: string) => `connexion refusée à ${dit}`,
    (dit: string) => `invalid input syntax for type uuid: "${dit}"`,
    (dit: string) => `Key (email)=(${dit}) already exists`,
    (dit: string) => `le client « ${dit} » n'existe pas`,
    (dit: string) => `password=${dit.replaceAll(" ", "")} refusé`,
  );
  fc.assert(fc.property(fc.constantFrom(...aTaire), autour, (secret, dire) => {
    const dit = taire(dire(secret));
    assert.ok(!dit.includes(secret) && !dit.includes(secret.replaceAll(" ", "")), dit);
  }));
  fc.assert(fc.property(fc.string(), (quoi) => {
    assert.ok(
      !taire(`valeur : "${quoi.replaceAll('"', "")}x" refusée`).includes(`${quoi}x" refusée`) || !quoi,
    );
    assert.ok(taire(quoi.repeat(1000)).length <= 500);
  }));
  assert.equal(taire("relation public.depots n'existe pas"), "relation public.depots n'existe pas");
  return Promise.resolve();
});

test("a DSN leads to its project's envelopes, below a path too; what is none leads nowhere", () => {
  assert.deepEqual(collecteurDe("https://cle@erreurs.exemple.cd/7"), {
    adresse: "https://erreurs.exemple.cd/api/7/envelope/",
    cle: "cle",
  });
  assert.equal(
    collecteurDe("https://cle@h.cd/sous/chemin/7")?.adresse,
    "https://h.cd/sous/chemin/api/7/envelope/",
  );
  for (
    const faux of [
      undefined,
      "",
      "x",
      "https://h.cd/7",
      "ftp://cle@h.cd/7",
      "https://cle@h.cd/",
      "javascript:1",
    ]
  ) {
    assert.equal(collecteurDe(faux), undefined, faux);
  }
  return Promise.resolve();
});
