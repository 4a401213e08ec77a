import assert from "node:assert/strict";
import { listDomains } from "../../ops/pile/functions.ts";
import type { UnActe } from "../../supabase/functions/_shared/acte.ts";
import { porteur, signer } from "../support/jetons.ts";
import { fetchPorte, monde, test, token } from "../support/monde.ts";
import { attendre } from "../support/attente.ts";

test("a signed-in user without a profile is refused at every door", async () => {
  const headers = porteur(await signer({ sub: crypto.randomUUID() }));
  for (
    const [method, address] of [["GET", "stocks/actuel"], ["GET", "flags"], [
      "POST",
      "astm/calculer",
    ]] as const
  ) {
    const body = JSON.stringify({
      groupe: "B",
      densite_observee_kgm3: 837,
      temperature_produit_c: 20,
      volume_observe_l: 1,
    });
    const answer = await fetchPorte(address, { method, headers, ...(method === "POST" && { body }) });
    assert.equal(answer.status, 403);
    assert.equal((await answer.json()).code, "ROLE_FORBIDDEN");
  }
});

test("a browser app on another origin may call, and read what it needs of the answer", async () => {
  // What supabase-js and supabase_flutter, 1 and 2, put on their requests, and our own.
  const asked = [
    ...[
      "authorization",
      "apikey",
      "content-type",
      "accept",
      "x-client-info",
      "x-region",
      "x-supabase-api-version",
    ],
    ...[
      "prefer",
      "range",
      "accept-profile",
      "content-profile",
      "idempotency-key",
      "if-match",
      "x-request-id",
    ],
  ];
  for (const method of ["GET", "POST", "PUT"]) {
    const preflight = await fetchPorte("sorties", {
      method: "OPTIONS",
      headers: {
        origin: "https://monaluxe.app",
        "access-control-request-method": method,
        "access-control-request-headers": asked.join(","),
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    assert.match(preflight.headers.get("access-control-allow-methods")!, new RegExp(method));
    const allowed = preflight.headers.get("access-control-allow-headers")!.toLowerCase().split(",");
    assert.deepEqual(asked.filter((header) => !allowed.includes(header)), []);
  }
  const refused = await fetchPorte("sorties", { headers: { origin: "https://monaluxe.app" } });
  await refused.body?.cancel();
  assert.equal(refused.headers.get("access-control-allow-origin"), "*");
  const exposed = refused.headers.get("access-control-expose-headers")!.split(",");
  for (const header of ["x-request-id", "etag", "retry-after", "idempotency-replayed", "x-next-cursor"]) {
    assert.ok(exposed.includes(header), header);
  }
});

test("a sortie says its version as ETag, and If-Match validates the one that was read and no other", async () => {
  const m = await monde();
  await m.recevoir(1_000);
  const [operateur, gerant] = [await m.personne("operateur"), await m.personne("gerant")];
  const [ecrire, valider] = [porteur(await token(operateur)), porteur(await token(gerant))];
  const made = await fetchPorte("sorties", {
    method: "POST",
    headers: ecrire,
    body: JSON.stringify({
      citerne_id: m.citernes[0],
      client_id: m.client,
      volume_ambiant: 10,
      temperature_ambiante_c: 15,
    }),
  });
  const { id, version } = await made.json();
  assert.equal(made.headers.get("etag"), `"${version}"`);
  const change = await operateur.supabase.from("sorties_produit").update({
    volume_ambiant: 20,
    temperature_ambiante_c: 15,
  }).eq("id", id);
  assert.equal(change.error, null);
  const essayer = async (etag: string) => {
    const answer = await fetchPorte(`sorties/${id}/valider`, {
      method: "POST",
      headers: { ...valider, "if-match": etag },
      body: "{}",
    });
    return { statut: answer.status, etag: answer.headers.get("etag"), corps: await answer.json() };
  };
  const perimee = await essayer(made.headers.get("etag")!);
  assert.deepEqual([perimee.statut, perimee.corps.code], [412, "VERSION_PERIMEE"]);
  for (const faux of ["2", '"deux"', '"-1"', '"1", "2"', '"99999999999"', ""]) {
    const refusee = await essayer(faux);
    assert.deepEqual([refusee.statut, refusee.corps.errors?.[0]?.path], [422, "if-match"], faux);
  }
  const double = await fetchPorte(`sorties/${id}/rejeter`, {
    method: "POST",
    headers: valider,
    body: '{"motif": "Doublon", "motif": "Erreur"}',
  });
  assert.deepEqual([double.status, (await double.json()).errors?.[0]?.path], [422, "motif"]);
  const rejetee = await fetchPorte(`sorties/${id}/rejeter`, {
    method: "POST",
    headers: { ...valider, "if-match": made.headers.get("etag")! },
    body: JSON.stringify({ motif: "Doublon" }),
  });
  assert.deepEqual([rejetee.status, (await rejetee.json()).code], [412, "VERSION_PERIMEE"]);
  const relue = await fetchPorte(`sorties/${id}`, { headers: valider });
  await relue.body?.cancel();
  const validee = await essayer(`W/${relue.headers.get("etag")}`);
  assert.deepEqual([validee.statut, validee.corps.statut, validee.corps.volume_ambiant], [
    200,
    "validee",
    20,
  ]);
});

test("a condition that a door would not hold to is refused, never ignored", async () => {
  const headers = { ...porteur(await token(await (await monde()).personne("gerant"))), "if-match": '"1"' };
  let asked = 0;
  for (const domaine of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../supabase/functions/${domaine}/actes.ts`);
    for (const acte of actes) {
      if ("public" in acte || acte.methode === "GET" || acte.decide) continue;
      const adresse = `${domaine}${acte.chemin.replace(/:\w+/g, crypto.randomUUID())}`.replace(/\/$/, "");
      const answer = await fetchPorte(adresse, { method: acte.methode, headers, body: "{}" });
      const { errors } = await answer.json();
      assert.deepEqual([answer.status, errors?.[0]?.path], [422, "if-match"], `${acte.methode} ${adresse}`);
      asked++;
    }
  }
  assert.ok(asked > 10);
});

test("a key is of the version it was sent with: another version is another request", async () => {
  const m = await monde();
  await m.recevoir(1_000);
  const { id } = await m.rediger(10);
  const entetes = {
    ...porteur(await token(await m.personne("gerant"))),
    "idempotency-key": crypto.randomUUID(),
  };
  const codes = [];
  for (const version of ['"7"', '"1"']) {
    const answer = await fetchPorte(`sorties/${id}/valider`, {
      method: "POST",
      headers: { ...entetes, "if-match": version },
      body: "{}",
    });
    codes.push((await answer.json()).code);
  }
  assert.deepEqual(codes, ["VERSION_PERIMEE", "IDEMPOTENCE_CONFLIT"]);
});

test("what the database logs of a request bears its number", async () => {
  const m = await monde();
  const mine = `numero-${crypto.randomUUID()}`;
  const answer = await fetchPorte("sorties", {
    method: "POST",
    headers: { ...porteur(await token(await m.personne("lecture"))), "x-request-id": mine },
    body: JSON.stringify({ citerne_id: m.citernes[0], volume_ambiant: 1, temperature_ambiante_c: 15 }),
  });
  assert.equal((await answer.json()).code, "ROLE_FORBIDDEN");
  // Written as the statement fails: read until it is there.
  await attendre("the refusal in the database's log, with the request's number", async () => {
    const log = await Deno.readTextFile(`${Deno.env.get("TEST_LOGS")}/postgres.log`);
    return log.split("\n").some((one) => one.includes("ROLE_FORBIDDEN") && one.includes(mine));
  });
});

test("the request id that comes in goes out; without one, the answer brings its own", async () => {
  const given = await fetchPorte("ops/live", { headers: { "x-request-id": "abc-123" } });
  await given.body?.cancel();
  assert.equal(given.headers.get("x-request-id"), "abc-123");
  const made = await fetchPorte("ops/live");
  await made.body?.cancel();
  assert.match(made.headers.get("x-request-id")!, /^[0-9a-f-]{36}$/);
});

test("an address that is none is refused with 404, in a function and beside it", async () => {
  for (const address of ["sorties/a/b/c", "nulle-part", "ops/nulle-part"]) {
    const answer = await fetchPorte(address);
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    await answer.body?.cancel();
  }
});

test("every request leaves one line of log, with who and what, never the token or the body", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const mine = `ligne-${crypto.randomUUID()}`;
  const jeton = await token(operateur);
  const answer = await fetchPorte("sorties", {
    method: "POST",
    headers: { ...porteur(jeton), "x-request-id": mine },
    body: JSON.stringify({ citerne_id: m.citernes[0], note: "un secret de dépôt" }),
  });
  await answer.body?.cancel();
  const file = `${Deno.env.get("TEST_LOGS")}/functions.log`;
  // The line is written as the answer leaves: read until it is there.
  const lines = await attendre("the request's line in the functions' log", async () => {
    const found = (await Deno.readTextFile(file)).split("\n").filter((line) => line.includes(mine));
    return found.length > 0 && found;
  }) as string[];
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0]!);
  const { data } = await operateur.supabase.auth.getUser();
  assert.deepEqual(
    [line.methode, line.route, line.statut, line.utilisateur, typeof line.ms],
    ["POST", "/sorties", 201, data.user!.id, "number"],
  );
  // Where its time went: all of it that was waited for is within the whole.
  assert.ok(line.base_ms > 0 && line.attente_ms >= 0, JSON.stringify(line));
  assert.ok(line.attente_ms + line.base_ms <= line.ms + 0.2, JSON.stringify(line));
  assert.ok(Math.abs(Date.parse(line.quand) - Date.now()) < 600_000, "it says when");
  assert.ok(!lines[0]!.includes("un secret de dépôt") && !lines[0]!.includes(jeton));
});

test("ops/ready says the database is reachable and migrated", async () => {
  const answer = await fetchPorte("ops/ready");
  assert.equal(answer.status, 200);
  const { statut, schema, empreinte, empreinte_attendue } = await answer.json();
  assert.deepEqual([statut, schema, empreinte], ["pret", "à jour", empreinte_attendue]);
});
