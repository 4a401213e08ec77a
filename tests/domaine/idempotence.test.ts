import assert from "node:assert/strict";
import type { Row } from "../../ops/pile/client.ts";
import { runScheduledTasks } from "../../ops/pile/scheduled.ts";
import { fetchPorte, monde, refus, sql, status, superuserUrl, test, token } from "../support/monde.ts";

const key = () => ({ "idempotency-key": crypto.randomUUID() });

test("the same key and request get the first answer again, to the byte, and act once", async () => {
  const m = await monde();
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${await token(await m.personne("operateur"))}`, ...key() },
    body: JSON.stringify({
      citerne_id: m.citernes[0],
      client_id: m.client,
      volume_ambiant: 100,
      temperature_ambiante_c: 15,
    }),
  };
  const first = await fetchPorte("sorties", init);
  const second = await fetchPorte("sorties", init);
  assert.equal(first.status, 201);
  assert.equal(second.status, 201);
  assert.equal(first.headers.get("idempotency-replayed"), null);
  assert.equal(second.headers.get("idempotency-replayed"), "true");
  assert.equal(await second.text(), await first.text());
  const [{ count }] =
    await sql`select count(*)::int from public.sorties_produit where depot_id = ${m.depot}` as unknown as [
      { count: number },
    ];
  assert.equal(count, 1);
});

test("the same key with another body is refused as IDEMPOTENCE_CONFLIT", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const headers = key();
  const body = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 100,
    temperature_ambiante_c: 15,
  };
  await operateur.call("POST", "sorties", body, headers);
  const problem = await refus(
    operateur.call("POST", "sorties", { ...body, volume_ambiant: 101, temperature_ambiante_c: 15 }, headers),
  );
  assert.deepEqual([problem.status, problem.code], [409, "IDEMPOTENCE_CONFLIT"]);
});

test("a key belongs to its user: another's is another request", async () => {
  const m = await monde();
  const headers = key();
  const body = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 100,
    temperature_ambiante_c: 15,
  };
  const rows = await Promise.all(
    (["operateur", "gerant"] as const).map(async (role) =>
      (await m.personne(role)).call("POST", "sorties", body, headers)
    ),
  );
  assert.notEqual(rows[0]!.id, rows[1]!.id);
});

test("one request sent three times at once makes one movement and three equal answers", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const cours_de_route_id = await m.camionArrive();
  const headers = key();
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      operateur.call<Row>(
        "POST",
        "receptions",
        { cours_de_route_id, citerne_id: m.citernes[0], volume_ambiant: 40_000, temperature_ambiante_c: 15 },
        headers,
      )
    ),
  );
  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
});

test("a client cut off before the answer finds it again with its key", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const headers = key();
  const body = {
    cours_de_route_id: await m.camionArrive(),
    citerne_id: m.citernes[0],
    volume_ambiant: 40_000,
    temperature_ambiante_c: 15,
  };
  const cut = new AbortController();
  const lost = fetchPorte("receptions", {
    method: "POST",
    headers: { authorization: `Bearer ${await token(operateur)}`, ...headers },
    body: JSON.stringify(body),
    signal: cut.signal,
  });
  cut.abort();
  await assert.rejects(lost);
  const reception = await operateur.call("POST", "receptions", body, headers);
  const rows =
    await sql`select id from public.receptions where cours_de_route_id = ${body.cours_de_route_id}`;
  assert.deepEqual(rows.map(({ id }) => id), [reception.id]);
});

test("a refusal is an answer too: it is given again, even where the reason has gone", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(50);
  const draft = await m.rediger(100);
  const headers = key();
  const first = await refus(gerant.call("POST", `sorties/${draft.id}/valider`, {}, headers));
  await m.recevoir(1_000);
  const again = await refus(gerant.call("POST", `sorties/${draft.id}/valider`, {}, headers));
  assert.equal(again.detail, first.detail);
  const sortie = await gerant.call("POST", `sorties/${draft.id}/valider`, {}, key());
  assert.equal(sortie.statut, "validee");
});

test("where the platform runs a request is no part of it: the same key in another region gets the first answer", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const [body, headers] = [{
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 100,
    temperature_ambiante_c: 15,
  }, key()];
  const first = await operateur.call(
    "POST",
    "sorties?forceFunctionRegion=eu-west-3&valider=false",
    body,
    headers,
  );
  const again = await operateur.call(
    "POST",
    "sorties?valider=false&forceFunctionRegion=us-east-1",
    body,
    headers,
  );
  assert.deepEqual(again, first);
});

test("an answer kept for somebody is not told to who they have become: another role, another depot, shut out", async (t) => {
  const [m, ailleurs] = await Promise.all([monde(), monde()]);
  const [operateur, admin] = [await m.personne("operateur"), await m.personne("admin")];
  const [body, headers] = [{
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 100,
    temperature_ambiante_c: 15,
  }, key()];
  const first = await operateur.call("POST", "sorties", body, headers);
  const { data: [profil] } = await operateur.call<{ data: [Row] }>("GET", "profils");
  const redemander = () => operateur.call("POST", "sorties", body, headers);
  const changer = (changes: object) => admin.call("PUT", `profils/${profil.id}`, changes);
  await t.step("another role", async () => {
    await changer({ role: "lecture" });
    assert.equal((await refus(redemander())).code, "ROLE_FORBIDDEN");
  });
  await t.step("another depot", async () => {
    await changer({ role: "operateur", depot_id: ailleurs.depot });
    assert.equal((await refus(redemander())).code, "ROLE_FORBIDDEN");
  });
  await t.step("shut out", async () => {
    await changer({ depot_id: m.depot });
    await admin.call("POST", `profils/${profil.id}/desactiver`);
    assert.equal((await refus(redemander())).code, "COMPTE_DESACTIVE");
  });
  await t.step("as before, or promoted", async () => {
    await admin.call("POST", `profils/${profil.id}/reactiver`);
    assert.deepEqual(await redemander(), first);
    await changer({ role: "gerant" });
    assert.deepEqual(await redemander(), first);
  });
});

test("somebody who was refused and may since is judged again with the same key", async () => {
  const m = await monde();
  const [operateur, admin] = [await m.personne("operateur"), await m.personne("admin")];
  await m.recevoir(1_000);
  const draft = await m.rediger(10);
  const headers = key();
  const valider = () => operateur.call("POST", `sorties/${draft.id}/valider`, {}, headers);
  assert.equal((await refus(valider())).code, "ROLE_FORBIDDEN");
  const { data: [profil] } = await operateur.call<{ data: [Row] }>("GET", "profils");
  await admin.call("PUT", `profils/${profil.id}`, { role: "gerant" });
  assert.equal((await valider()).statut, "validee");
});

test("the stack forgets old answers by itself, as a hosted project's clock does", async () => {
  const m = await monde();
  const { data } = await (await m.personne("operateur")).supabase.auth.getUser();
  const [old, recent] = [crypto.randomUUID(), crypto.randomUUID()];
  await sql`
    insert into private.idempotence (user_id, cle, empreinte, role, depots, created_at)
    values (${data.user!.id}, ${old}, '', 'operateur', '{}', now() - interval '31 days'),
           (${data.user!.id}, ${recent}, '', 'operateur', '{}', now() - interval '29 days')`;
  await runScheduledTasks(superuserUrl, status).stop();
  const kept = await sql`select cle from private.idempotence where cle in (${old}, ${recent})`;
  assert.deepEqual(kept.map(({ cle }) => cle), [recent]);
});
