// What a Prometheus reads: for its token alone, in its format, summed over every process that answers.
import assert from "node:assert/strict";
import { startFonction } from "../support/fonction.ts";
import { fetchPorte, monde, sql, test, token } from "../support/monde.ts";

const JETON = crypto.randomUUID();
const PRECEDENT = crypto.randomUUID();
const ops = await startFonction("ops", { METRICS_TOKEN: JETON, METRICS_TOKEN_PRECEDENT: PRECEDENT });
addEventListener("unload", () => void ops.stop());

const lire = (jeton: string) => ops.demander("/metrics", { headers: { authorization: `Bearer ${jeton}` } });

const ECHANTILLON =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.e+-]+|NaN|[+-]Inf)$/;

/** Reads the format as strictly as Prometheus does: each family once, said before its samples, no sample twice. */
function relire(texte: string): Map<string, number> {
  assert.ok(texte.endsWith("\n"));
  const [lues, familles] = [new Map<string, number>(), new Set<string>()];
  let famille = "";
  for (const ligne of texte.trimEnd().split("\n")) {
    const [, nom] = ligne.match(/^# TYPE (\S+) (?:gauge|counter|histogram)$/) ?? [];
    if (nom) {
      assert.ok(!familles.has(nom), `${nom} is said twice`);
      familles.add(famille = nom);
      continue;
    }
    if (/^# HELP \S+ \S/.test(ligne)) continue;
    const [, metrique, etiquettes = "", valeur] = ligne.match(ECHANTILLON) ?? [];
    assert.ok(metrique, ligne);
    assert.ok(metrique === famille || metrique.replace(/_(bucket|sum|count)$/, "") === famille, ligne);
    assert.ok(!lues.has(metrique + etiquettes), `${ligne} comes twice`);
    lues.set(metrique + etiquettes, Number(valeur));
  }
  return lues;
}

const mesures = async () => relire(await (await lire(JETON)).text());

test("metrics are for their own token, today's or the one before; nobody else's, and nobody's where none is set", async () => {
  for (const jeton of [JETON, PRECEDENT]) {
    const lue = await lire(jeton);
    await lue.body?.cancel();
    assert.deepEqual([lue.status, lue.headers.get("content-type")?.split(";")[0]], [200, "text/plain"]);
  }
  const m = await monde();
  const faux = [
    "",
    "x",
    `${JETON}x`,
    JETON.slice(1),
    JETON.toUpperCase(),
    await token(await m.personne("admin")),
  ];
  for (const jeton of faux) {
    const refusee = await lire(jeton);
    assert.deepEqual([refusee.status, (await refusee.json()).code], [401, "NON_AUTHENTIFIE"], jeton);
  }
  const sans = await fetchPorte("ops/metrics", { headers: { authorization: "Bearer undefined" } });
  assert.deepEqual([sans.status, (await sans.json()).code], [401, "NON_AUTHENTIFIE"]);
});

test("requests are counted over all the processes that answer them, by door and class, with their times", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const nomme = (route: string, classe: string) =>
    `monaluxe_http_requests_total{function="stocks",route="${route}",status="${classe}"}`;
  const [bonne, refusee, inconnue] = [
    nomme("GET stocks/actuel", "2xx"),
    nomme("POST stocks/ajustements", "4xx"),
    nomme("?", "4xx"),
  ];
  const avant = await mesures();
  await lecture.call("GET", "stocks/actuel");
  await lecture.call("POST", "stocks/ajustements", {}).catch(() => {});
  await lecture.call("GET", `stocks/${crypto.randomUUID()}`).catch(() => {});
  const autre = await startFonction("stocks");
  const answer = await autre.demander("/actuel", {
    headers: { authorization: `Bearer ${await token(lecture)}` },
  });
  await answer.body?.cancel();
  const de = (lues: Map<string, number>, nom: string) => lues.get(nom) ?? 0;
  let apres = avant;
  // Said about once a second by each process, in its own time.
  while (
    de(apres, bonne) < de(avant, bonne) + 2 || de(apres, refusee) <= de(avant, refusee) ||
    de(apres, inconnue) <= de(avant, inconnue)
  ) apres = await mesures();
  await autre.stop();

  const duree = "monaluxe_http_request_duration_seconds";
  const paniers = [...apres].filter(([nom]) => nom.startsWith(`${duree}_bucket{function="stocks"`))
    .map(([, n]) => n);
  assert.deepEqual(paniers, paniers.toSorted((a, b) => a - b), "each bucket holds those below it");
  assert.equal(paniers.at(-1), apres.get(`${duree}_count{function="stocks"}`));
  assert.ok(apres.get(`${duree}_sum{function="stocks"}`)! > 0);
});

test("what two processes say at once is all counted, and bounds that have changed start anew", async () => {
  const fonction = `essai ${crypto.randomUUID()}`;
  const dire = (route: string, paniers: number[]) => {
    const dites = ["b", "a", route].map((route) => ({
      fonction,
      route,
      paniers,
      classe: 2,
      nombre: 1,
      secondes: 0.25,
    }));
    return sql`select private.compter_reponses(${sql.json(dites)})`;
  };
  await Promise.all(Array.from({ length: 20 }, (_, rang) => dire(`r${rang}`, [1, 0])));
  const lire = async (route: string) => {
    const [ligne] = await sql`
      select nombre::int, secondes, paniers::int[] from private.demandes_comptees
       where fonction = ${fonction} and route = ${route}`;
    return ligne;
  };
  assert.deepEqual({ ...await lire("a") }, { nombre: 20, secondes: 5, paniers: [20, 0] });
  await dire("c", [0, 0, 1]);
  assert.deepEqual({ ...await lire("b") }, { nombre: 21, secondes: 5.25, paniers: [0, 0, 1] });
  await sql`delete from private.demandes_comptees where fonction = ${fonction}`;
});

test("the outbox, the log, the checks, the database and the backups are among the figures, and each source says it was read", async () => {
  const lues = await mesures();
  const noms = new Set([...lues.keys()].map((nom) => nom.replace(/\{.*/, "")));
  for (
    const attendu of [
      ...["outbox_messages", "outbox_oldest_seconds", "log_unsealed_lines", "log_oldest_unsealed_seconds"],
      ...["alerts_open", "integrity_faults", "writes_frozen", "build_info"],
      ...["db_connections", "db_connections_max", "db_waiting_for_lock", "db_size_bytes"],
    ]
  ) assert.ok(noms.has(`monaluxe_${attendu}`), attendu);
  assert.ok(lues.get("monaluxe_db_size_bytes")! > 1e6);
  const sources = [...lues].filter(([nom]) => nom.startsWith("monaluxe_source_up{"));
  assert.ok(sources.length >= 6);
  assert.deepEqual(sources.filter(([, up]) => up !== 1), []);
});

test("figures that cannot be read are said to be so, and hide no others", async () => {
  await sql.begin(async (tx) => {
    await tx`create function private.mesures_en_panne() returns setof private.mesure language plpgsql
             as $$ begin perform 1 / 0; return; end; $$`;
    const lues = await tx`select nom, etiquettes ->> 'source' as source, valeur from private.mesures()`;
    const de = (source: string) => lues.find((une) => une.source === source)!.valeur;
    assert.deepEqual([de("mesures_en_panne"), de("mesures_envois")], [0, 1]);
    await tx`drop function private.mesures_en_panne()`;
  });
});
