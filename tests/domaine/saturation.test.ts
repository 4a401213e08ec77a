// More requests at once than a function can serve in time: some are served, the others told so at once, none half done.
import assert from "node:assert/strict";
import { corpsEntier } from "../../supabase/functions/_shared/arrivee.ts";
import { enPartance } from "../../supabase/functions/_shared/depart.ts";
import { startFonction } from "../support/fonction.ts";
import { porteur } from "../support/jetons.ts";
import { monde, sql, test, token } from "../support/monde.ts";

const RAFALE = 500;

test("a burst beyond what a function has in hand gets 201 or 503 with Retry-After, and the next request is served", async () => {
  const m = await monde();
  const headers = porteur(await token(await m.personne("operateur")));
  const porte = await startFonction("sorties");
  const ecrire = async () => {
    const answer = await porte.demander("", {
      method: "POST",
      headers: { ...headers, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({
        citerne_id: m.citernes[0],
        client_id: m.client,
        volume_ambiant: 1,
        temperature_ambiante_c: 15,
      }),
    });
    const { code } = await answer.json();
    return { statut: answer.status, code, attendre: answer.headers.get("retry-after") };
  };
  const holding = await sql.reserve();
  try {
    assert.equal((await ecrire()).statut, 201);
    // Nothing can be written: what was let in stays, and the rest has nowhere to wait.
    await holding`begin`;
    await holding`lock table public.sorties_produit in share row exclusive mode`;
    const { promise: sature, resolve } = Promise.withResolvers<void>();
    const rafale = Array.from({ length: RAFALE }, async () => {
      const dit = await ecrire();
      if (dit.code === "SATURATION") resolve();
      return dit;
    });
    await sature;
    await holding`rollback`;
    const dites = await Promise.all(rafale);
    for (const { statut, code, attendre } of dites) {
      assert.ok(statut === 201 || statut === 503, `${statut} ${code}`);
      if (statut === 503) assert.match(attendre ?? "", /^\d+$/, code);
    }
    assert.equal((await ecrire()).statut, 201);
    const faites = dites.filter(({ statut }) => statut === 201).length;
    const [{ n }] = await sql<[{ n: number }]>`
      select count(*)::int as n from public.sorties_produit where depot_id = ${m.depot}`;
    assert.equal(n, faites + 2);
  } finally {
    await holding`rollback`;
    holding.release();
    await porte.stop();
  }
});

test("bodies that never come whole take no place of others: they are served, the rest refused as incomplete, and nothing is a fault of ours", async () => {
  const m = await monde();
  const headers = porteur(await token(await m.personne("operateur")));
  const lines: string[] = [];
  const porte = await startFonction("sorties", {}, [], (dites) => lines.push(dites));
  const fin = new AbortController();
  const lente = async (headers: Record<string, string>) => {
    const body = new ReadableStream({ start: (sortie) => sortie.enqueue(new TextEncoder().encode('{"a":')) });
    const answer = await porte.demander("", { method: "POST", headers, body, signal: fin.signal });
    return [answer.status, (await answer.json()).code];
  };
  try {
    // Whoever says not who they are is not listened to.
    assert.deepEqual(await lente({}), [401, "NON_AUTHENTIFIE"]);
    const lentes = Array.from({ length: RAFALE }, () => lente(headers).catch(() => undefined));
    const premiere = Promise.race(lentes);
    for (let i = 0; i < 3; i++) {
      const answer = await porte.demander("?limit=1", { headers });
      await answer.body?.cancel();
      assert.equal(answer.status, 200);
    }
    assert.deepEqual(await premiere, [408, "DEMANDE_INCOMPLETE"]);
    fin.abort();
    await Promise.all(lentes);
    assert.deepEqual(lines.filter((line) => /"(INTERNE|erreur)"/.test(line)), []);
  } finally {
    fin.abort();
    await porte.stop();
  }
});

test("a body that stops in its middle is waited for as long as a line may be silent, however much of it had come", async () => {
  const body = new ReadableStream({ start: (sortie) => sortie.enqueue(new Uint8Array(900_000)) });
  const demande = new Request("http://porte/", { method: "POST", body });
  await assert.rejects(corpsEntier(demande, 1_000_000, 50), { message: "DEMANDE_INCOMPLETE" });
});

test("acts of one statement and acts of several, at once, share a function's connections: none disturbs another", async () => {
  const m = await monde();
  const headers = porteur(await token(await m.personne("operateur")));
  const porte = await startFonction("sorties");
  const statut = async (demande: Promise<Response>) => {
    const answer = await demande;
    await answer.body?.cancel();
    return answer.status;
  };
  try {
    const statuts = await Promise.all(
      Array.from(
        { length: 100 },
        (_, i) =>
          i % 2 ? statut(porte.demander("?limit=1", { headers })) : statut(porte.demander("", {
            method: "POST",
            headers,
            body: JSON.stringify({
              citerne_id: m.citernes[0],
              client_id: m.client,
              volume_ambiant: 1,
              temperature_ambiante_c: 15,
            }),
          })),
      ),
    );
    assert.deepEqual([...new Set(statuts)].sort(), [200, 201]);
  } finally {
    await porte.stop();
  }
});

const LONGUE = new Uint8Array(5 * 1024 * 1024);
const partir = (echeance: Promise<void>, relue = true) =>
  enPartance(LONGUE, relue, () => ({ promise: echeance, stop: () => {} })).corps as ReadableStream<
    Uint8Array
  >;
const jamais = new Promise<void>(() => {});

test("long answers that nobody reads are bounded in all: a file beyond is refused as saturation, and has its place once another is read or given up", async () => {
  const partis: ReadableStream<Uint8Array>[] = [];
  const remplir = () => {
    for (let i = 0; i < 100; i++) partis.push(partir(jamais));
  };
  const sature = (error: unknown) => (error as { problem: { code: string } }).problem.code === "SATURATION";
  assert.throws(remplir, sature);
  assert.ok(partis.length > 10);
  // What was done is answered, whatever there is.
  partis.push(partir(jamais, false));
  await partis.pop()!.cancel();
  assert.throws(() => partir(jamais), sature);
  assert.equal((await new Response(partis.pop()!).bytes()).length, LONGUE.length);
  partis.push(partir(jamais));
  assert.throws(() => partir(jamais), sature);
  await partis.pop()!.cancel();
  partis.push(partir(jamais));
  await Promise.all(partis.map((parti) => parti.cancel()));
});

test("a reader who stops halfway is cut off at the end of their time, and keeps nothing", async () => {
  const fin = Promise.withResolvers<void>();
  const partis: ReadableStreamDefaultReader<Uint8Array>[] = [];
  try {
    while (true) partis.push(partir(fin.promise).getReader());
  } catch {
    // As many as there may be.
  }
  assert.ok((await partis[0]!.read()).value!.length < LONGUE.length);
  fin.resolve();
  for (const parti of partis) await assert.rejects(parti.closed);
  assert.equal((await new Response(partir(jamais)).bytes()).length, LONGUE.length);
});
