// A trace goes with its request from who calls to the log of acts, the functions' own and the database's; through REST too.
import assert from "node:assert/strict";
import fc from "fast-check";
import { nomDeSession, traceDe } from "../../supabase/functions/_shared/trace.ts";
import { fetchPorte, monde, sql, status, test, token } from "../support/monde.ts";
import { attendre } from "../support/attente.ts";

const LOGS = Deno.env.get("TEST_LOGS")!;
const PARENT = "00f067aa0ba902b7";
const nouvelle = () => crypto.randomUUID().replaceAll("-", "");
const REPONSE = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[01]$/;

/** The line of a log that has all of these, once it is there: written by another process, in its own time. */
const ligne = (fichier: string, ...mots: string[]): Promise<string> =>
  attendre(`a line of ${fichier} with ${mots.join(", ")}`, async () => {
    const lignes = (await Deno.readTextFile(`${LOGS}/${fichier}`)).split("\n");
    return lignes.find((une) => mots.every((mot) => une.includes(mot)));
  });

const camion = (m: Awaited<ReturnType<typeof monde>>) => ({
  fournisseur_id: m.fournisseur,
  depot_destination_id: m.depot,
  produit_id: m.produit,
  plaque_camion: `T${m.depot.slice(0, 8)}`,
  volume: 40_000,
});

test("the trace that a caller gives is answered, and stands in all three logs, by a door and through REST", async () => {
  const portes = [
    { adresse: "/functions/v1/cours-de-route", fichier: "functions.log", qui: "porte" },
    { adresse: "/rest/v1/cours_de_route", fichier: "api.log", qui: "rest" },
  ];
  for (const { adresse, fichier, qui } of portes) {
    const m = await monde();
    const trace = nouvelle();
    const annoncer = () =>
      fetch(`${status.API_URL}${adresse}`, {
        method: "POST",
        headers: { ...porteur, traceparent: `00-${trace}-${PARENT}-01` },
        body: JSON.stringify(camion(m)),
      });
    const porteur = {
      apikey: status.ANON_KEY,
      authorization: `Bearer ${await token(await m.personne("operateur"))}`,
      "content-type": "application/json",
    };
    const [faite, refusee] = [await annoncer(), await annoncer()];
    await Promise.all([faite.body?.cancel(), refusee.body?.cancel()]);
    assert.deepEqual([faite.status, refusee.status], [201, 409], qui);
    for (const { headers } of [faite, refusee]) {
      const [, dite, part] = headers.get("traceparent")!.match(REPONSE)!;
      assert.equal(dite, trace);
      assert.notEqual(part, PARENT, "this request's own part, not its parent's");
    }
    const actes = await sql`select action from public.logs where trace_id = ${trace}`;
    assert.deepEqual(actes.map(({ action }) => action), ["CDR_CREE"], qui);
    assert.equal(JSON.parse(await ligne(fichier, trace, '"statut":409')).trace_id, trace);
    await ligne("postgres.log", `${qui} ${trace} `, "REFUS:  CDR_DEJA_OUVERT");
  }
});

test("without a trace, or with a bad one, the answer brings one that the log has: that of its number", async () => {
  const numero = crypto.randomUUID();
  for (const mauvaise of [undefined, "00-abc-def-01", `00-${"0".repeat(32)}-${PARENT}-01`]) {
    const answer = await fetchPorte("ops/live", {
      headers: { "x-request-id": numero, ...(mauvaise && { traceparent: mauvaise }) },
    });
    await answer.body?.cancel();
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("traceparent")!.match(REPONSE)![1], numero.replaceAll("-", ""));
  }
  assert.equal(JSON.parse(await ligne("functions.log", numero)).trace_id, numero.replaceAll("-", ""));
});

test("only what the standard says is a trace is one; whatever comes, there is one, and a session's name that fits", () => {
  const [trace, numero] = ["4bf92f3577b34da6a3ce929d0e0e4736", "demande-1"];
  const bonne = `00-${trace}-${PARENT}-01`;
  for (const donnee of [bonne, `00-${trace}-${PARENT}-00`, `01-${trace}-${PARENT}-01-la-suite`]) {
    assert.deepEqual([traceDe(donnee, numero).id, traceDe(donnee, numero).donnee], [trace, true], donnee);
  }
  const mauvaises = [
    ...["", "00", bonne.toUpperCase(), `${bonne} `, ` ${bonne}`, `${bonne}-suite`, `${bonne}, ${bonne}`],
    ...[`ff-${trace}-${PARENT}-01`, `00-${trace}-${"0".repeat(16)}-01`, `00-${"0".repeat(32)}-${PARENT}-01`],
    ...[
      bonne.replace("-01", "-1"),
      bonne.replaceAll("-", ""),
      `0-${trace}-${PARENT}-01`,
      "x".repeat(100_000),
    ],
  ];
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...mauvaises), fc.string()), fc.string(), (donnee, nom) => {
      const dite = traceDe(donnee, nom);
      assert.equal(dite.donnee, false);
      assert.match(dite.reponse, REPONSE);
      assert.equal(traceDe(dite.reponse, nom).id, dite.id, "what is answered is itself a trace");
      assert.ok(nomDeSession("porte", traceDe(bonne, nom), nom).length <= 63);
    }),
  );
  return Promise.resolve();
});

test("PostgreSQL reads a traceparent as the doors do, and tells PostgREST what to answer", async () => {
  const trace = nouvelle();
  const dites = [
    [`00-${trace}-${PARENT}-01`, trace],
    [`01-${trace}-${PARENT}-01-suite`, trace],
    [`00-${trace}-${PARENT}-01-suite`, null],
    [`ff-${trace}-${PARENT}-01`, null],
    [`00-${"0".repeat(32)}-${PARENT}-01`, null],
    ["", null],
  ];
  for (const [donnee, attendue] of dites) {
    const [{ lue }] = await sql<[{ lue: string | null }]>`select private.trace_donnee(${donnee!}) as lue`;
    assert.equal(lue, attendue, donnee!);
  }
  for (const donnee of [`00-${trace}-${PARENT}-01`, "rien"]) {
    const [dit] = await sql.begin(async (tx) => {
      await tx`select set_config('request.headers', ${JSON.stringify({ traceparent: donnee })}, true),
                      private.avant_requete()`;
      return await tx<[{ trace: string; reponse: string }]>`
        select current_setting('request.trace') as trace, current_setting('response.headers') as reponse`;
    });
    const repondue = JSON.parse(dit.reponse)[0].traceparent.match(REPONSE)![1];
    assert.equal(repondue, dit.trace);
    assert.equal(repondue === trace, donnee !== "rien");
  }
});

test("whatever a function answers with bears its trace: a list, a page, a file, a refusal, a caller it does not know", async () => {
  for (
    const chemin of [
      "stocks/actuel",
      "pages/codes",
      "pages/docs/lecteur.css",
      "pages/rien",
      "ops/live",
      "ops/rien",
      "envois/rien",
      "ops/metrics",
    ]
  ) {
    const answer = await fetchPorte(chemin);
    await answer.body?.cancel();
    assert.match(answer.headers.get("traceparent") ?? "", REPONSE, `${chemin} ${answer.status}`);
  }
});
