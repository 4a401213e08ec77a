import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../ops/commun/settings.ts";
import { appender, eachLines } from "../../ops/pile/log.ts";
import { supabaseCli } from "../../ops/pile/migrations.ts";
import { refusalsInALine } from "../../ops/pile/postgres_log.ts";
import { clearAbandoned, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { monde, sql, status, test, token } from "../support/monde.ts";
import { attendre, unMoment } from "../support/attente.ts";

const LOGS = Deno.env.get("TEST_LOGS")!;
const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

test("what a stack keeps is its owner's to read: its logs, its keys, where it runs", async () => {
  assert.equal((await Deno.stat(LOGS)).mode! & 0o077, 0);
  for (const { name } of Deno.readDirSync(LOGS)) {
    assert.equal((await Deno.stat(join(LOGS, name))).mode! & 0o077, 0, name);
  }
  assert.ok(await exists(join(LOGS, "postgres.log")));
});

test("a password that a command is given is in no process's arguments", async () => {
  const seen: string[] = [];
  let over = false;
  const cli = supabaseCli(["migration", "list", `--remote=${status.DB_URL}`]).finally(() => over = true);
  while (!over) {
    for (const { name } of Deno.readDirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const args = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
      if (args.includes("--remote=postgres")) seen.push(args.replaceAll("\0", " "));
    }
    await unMoment();
  }
  const { code, stderr } = await cli;
  assert.equal(code, 0, stderr);
  assert.ok(seen.length, "the command was seen while it ran");
  for (const args of seen) assert.ok(!args.includes(new URL(status.DB_URL).password), args);
});

/** A process that does as a verification does, and says where; it lives until it is killed. */
async function verification(): Promise<{ process: Deno.ChildProcess; dossier: string; serveur: number }> {
  const module = pathToFileURL(join(ROOT, "ops/exploitation/sauvegardes/verifier.ts")).href;
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--ext=ts",
      `const { demarrerJetable } = await import(${JSON.stringify(module)});
       const { dataDir } = await demarrerJetable([]);
       await Deno.writeTextFile(dataDir + "/clair.dump", "en clair");
       console.log(dataDir);
       await new Promise((resolve) => setTimeout(resolve, 600_000));`,
    ],
    cwd: ROOT,
    stdout: "piped",
  }).spawn();
  const reader = process.stdout.getReader();
  const dossier = new TextDecoder().decode((await reader.read()).value).trim();
  await reader.cancel();
  const serveur = Number((await Deno.readTextFile(`${dossier}/postgres/postmaster.pid`)).split("\n")[0]);
  return { process, dossier, serveur };
}

test("a verification that is killed leaves no server running, and the next run removes what it had in clear", async () => {
  const { process, dossier, serveur } = await verification();
  assert.equal((await Deno.stat(dossier)).mode! & 0o066, 0);
  await clearAbandoned();
  assert.ok(await exists(join(dossier, "clair.dump")), "one that goes on is left alone");
  process.kill("SIGKILL");
  await process.status;
  await attendre("the end of its server", async () => !await exists(`/proc/${serveur}`));
  // Whoever made a folder a moment ago may not hold it yet: this one is older.
  await Deno.utime(join(dossier, "en_cours"), new Date(0), new Date(0));
  assert.deepEqual(
    (await clearAbandoned({ simulate: true })).filter((name) => dossier.endsWith(name)).length,
    1,
  );
  const next = await temporaryDataDir("monaluxe-essai-");
  assert.ok(!await exists(dossier));
  await Deno.remove(next, { recursive: true });
});

test("a log turns over before it fills the disk, and keeps the last ones", async () => {
  const dir = await temporaryDataDir("monaluxe-essai-");
  const file = join(dir, "essai.log");
  const append = appender(file, 100);
  for (let n = 0; n < 40; n++) append(`ligne ${String(n).padStart(3, "0")}`);
  const kept = [...Deno.readDirSync(dir)].map(({ name }) => name).filter((name) => name.startsWith("essai"))
    .sort();
  assert.deepEqual(kept, ["essai.log", "essai.log.1", "essai.log.2", "essai.log.3"]);
  for (const name of kept) {
    const { size, mode } = await Deno.stat(join(dir, name));
    assert.ok(size <= 100 && (mode! & 0o077) === 0, name);
  }
  assert.match(await Deno.readTextFile(file), /ligne 039\n$/);
  await Deno.remove(dir, { recursive: true });
});

test("in the database's log a refusal is one line, with its code and its request; a fault keeps all it says", async () => {
  const numero = crypto.randomUUID();
  const faire = (instruction: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('application_name', ${`porte ${numero}`}, true)`;
      await tx.unsafe(instruction);
    });
  await assert.rejects(faire("select private.refuser('ROLE_FORBIDDEN',\n '{\"capacite\": \"essai\"}')"), {
    code: "PT403",
  });
  await assert.rejects(faire("select 1 /\n 0"), { code: "22012" });
  const file = join(LOGS, "postgres.log");
  // Written by another process, in its own time.
  const said = await attendre("what the database logs of the request", async () => {
    const lines = (await Deno.readTextFile(file)).split("\n").filter((line) => line.includes(numero));
    return lines.some((line) => line.includes("STATEMENT")) && lines;
  }) as string[];
  const kinds = said.map((line) => line.match(/(REFUS|ERROR|DETAIL|HINT|CONTEXT|STATEMENT): {2}\S*/)?.[0]);
  assert.deepEqual(kinds, ["REFUS:  ROLE_FORBIDDEN", "ERROR:  division", "STATEMENT:  select"]);
});

test("a request through REST is named by its number in the log of acts and in the database's own", async () => {
  const m = await monde();
  const numero = crypto.randomUUID();
  const annoncer = async () => {
    const answer = await fetch(`${status.API_URL}/rest/v1/cours_de_route`, {
      method: "POST",
      headers: {
        apikey: status.ANON_KEY,
        authorization: `Bearer ${await token(await m.personne("operateur"))}`,
        "content-type": "application/json",
        "x-request-id": numero,
      },
      body: JSON.stringify({
        fournisseur_id: m.fournisseur,
        depot_destination_id: m.depot,
        produit_id: m.produit,
        plaque_camion: "CGO 4512",
        volume: 40_000,
      }),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  assert.deepEqual([await annoncer(), await annoncer()], [201, 409]);
  const actes = await sql`select action from public.log_actions where request_id = ${numero}`;
  assert.deepEqual(actes.map(({ action }) => action), ["CDR_CREE"]);
  // Written by another process, in its own time.
  await attendre(
    "the refusal in the database's log",
    async () =>
      (await Deno.readTextFile(join(LOGS, "postgres.log"))).includes(
        `rest ${numero} PT409 REFUS:  CDR_DEJA_OUVERT`,
      ),
  );
});

test("lines that come in pieces are told whole", async () => {
  const said: string[] = [];
  const tell = refusalsInALine((line) => said.push(line));
  const at = "2026-11-26 12:00:00.000 UTC [12] porte abc";
  const pieces = [
    `${at} PT409 ERROR:  CITERNE_PL`,
    `EINE\n${at} PT409 DETAIL:  {}\n${at} PT409 STATEMENT:  select\n\tprivate.refuser()\n${at} 00000 LOG`,
    `:  x\n`,
  ];
  const stream = ReadableStream.from(pieces).pipeThrough(new TextEncoderStream());
  await eachLines(stream, (lines) => lines.forEach(tell));
  assert.deepEqual(said, [`${at} PT409 REFUS:  CITERNE_PLEINE`, `${at} 00000 LOG:  x`]);
});

test("every request to REST and Auth leaves one line: who, what, its code and its number, told back; no value asked for", async () => {
  const numero = `rest-${crypto.randomUUID()}`;
  const answer = await fetch(`${status.API_URL}/rest/v1/depots?nom=eq.secret-demande`, {
    headers: { apikey: status.ANON_KEY, "x-request-id": numero },
  });
  await answer.body?.cancel();
  assert.equal(answer.headers.get("x-request-id"), numero);
  const lines = await attendre("the request's line in REST's log", async () => {
    const text = await Deno.readTextFile(join(LOGS, "api.log"));
    const found = text.split("\n").filter((line) => line.includes(numero));
    return found.length > 0 && found;
  }) as string[];
  assert.equal(lines.length, 1);
  const { methode, route, statut, code, quand } = JSON.parse(lines[0]!);
  assert.deepEqual([methode, route, statut, code], ["GET", "/rest/v1/depots", answer.status, "42501"]);
  assert.ok(Math.abs(Date.parse(quand) - Date.now()) < 600_000);
  assert.ok(!lines[0]!.includes("secret-demande"));
});
