// The gateway of a stack between its clients and its services: what either of them does not do in time is said, and whoever
// else is served is not disturbed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onDemand, startChild } from "../../ops/pile/child.ts";
import { createGateway } from "../../ops/pile/gateway.ts";

/** Says its number; asked at /fige, it does nothing any more; at /oubli, it never answers that one. */
const FONCTION = `Deno.serve((demande) => {
  const { pathname } = new URL(demande.url);
  if (pathname.endsWith("/fige")) while (true);
  if (pathname.endsWith("/oubli")) return new Promise(() => {});
  return new Response(String(Deno.pid));
});`;

test("what a service never answers is refused in words, and another takes its place; what a client never sends, too, and none does", async () => {
  const dossier = await Deno.makeTempDir({ prefix: "monaluxe passerelle " });
  const module = join(dossier, "fonction.ts");
  await Deno.writeTextFile(module, FONCTION);
  const service = onDemand(() =>
    startChild({
      name: "La fonction",
      module: pathToFileURL(module).href,
      permissions: ["--allow-net", `--allow-read=${dossier}`],
      environment: {},
      log: () => {},
    })
  );
  const fonctions = {
    names: ["une"],
    named: (nom: string) => nom === "une" ? service : undefined,
    stop: () => service.stop(),
  };
  const passerelle = (answer: number) => createGateway(service, fonctions, { answer, ending: 0 });
  const adresse = (suite: string) => `http://127.0.0.1/functions/v1/une${suite}`;
  const numero = async () => (await passerelle(60_000)(new Request(adresse("/")))).text();
  const refus = async (demande: Request, answer = 300) => {
    const reponse = await passerelle(answer)(demande);
    const { code, detail } = await reponse.json();
    return { statut: reponse.status, attendre: reponse.headers.get("retry-after"), code, detail };
  };
  try {
    for (const suite of ["/fige", "/oubli"]) {
      const avant = await numero();
      const reponses = await Promise.all([1, 2].map(() => refus(new Request(adresse(suite)))));
      for (const { statut, attendre, code, detail } of reponses) {
        assert.deepEqual([statut, attendre, code], [504, "1", "SERVICE_INDISPONIBLE"]);
        assert.match(detail, /n'a pas répondu en 0\.3 s\..*Idempotency-Key/);
      }
      assert.notEqual(await numero(), avant, suite);
    }
    const avant = await numero();
    const body = new ReadableStream<Uint8Array>({ start: (sortie) => sortie.enqueue(new Uint8Array(1)) });
    const headers = { "content-length": "10" };
    const incomplete = await refus(new Request(adresse("/oubli"), { method: "POST", headers, body }));
    assert.deepEqual([incomplete.statut, incomplete.code], [408, "DEMANDE_INCOMPLETE"]);
    assert.equal(await numero(), avant);
    // Of a long one, who stopped is seen: a service that takes nothing more is replaced, a sender is told.
    const longue = (suite: string, venus: number) =>
      new Request(adresse(suite), {
        method: "POST",
        headers: { "content-length": "200000" },
        body: new ReadableStream<Uint8Array>({
          start: (sortie) => {
            sortie.enqueue(new Uint8Array(venus));
            if (venus === 200_000) sortie.close();
          },
        }),
      });
    const arretee = await refus(longue("/oubli", 100_000));
    assert.deepEqual([arretee.statut, arretee.code], [408, "DEMANDE_INCOMPLETE"]);
    assert.equal(await numero(), avant);
    for (const suite of ["/fige", "/oubli"]) {
      const avant = await numero();
      const tue = await refus(longue(suite, 200_000));
      assert.deepEqual([tue.statut, tue.code], [504, "SERVICE_INDISPONIBLE"], suite);
      assert.notEqual(await numero(), avant, suite);
    }
    const celui = await numero();
    const illisible = Object.defineProperty(new Request(adresse("/")), "url", { value: "http://a b/" });
    assert.deepEqual((await refus(illisible)).statut, 400);
    const trace = Object.defineProperty(new Request(adresse("/")), "method", { value: "TRACE" });
    assert.deepEqual([(await refus(trace)).statut, await numero()], [404, celui]);
  } finally {
    await service.stop();
    await Deno.remove(dossier, { recursive: true });
  }
});
