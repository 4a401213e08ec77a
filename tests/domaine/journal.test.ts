import { attendre } from "../support/attente.ts";
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import postgres from "postgres";
import { createUser } from "../../ops/pile/demo_users.ts";
import { runScheduledTasks } from "../../ops/pile/scheduled.ts";
import { declaredProject } from "../support/base.ts";
import { startFonction } from "../support/fonction.ts";
import { porteur, signer } from "../support/jetons.ts";
import { fetchPorte, monde, refus, sql, status, superuserUrl, test, token } from "../support/monde.ts";

interface Ligne {
  id: string;
  created_at: string;
  user_id: string;
  action: string;
  module: string;
  niveau: string;
  cible_id: string;
  request_id: string;
}
type Page = { data: Ligne[]; next_cursor: string | null };

test("the log keeps to what it is asked for", async () => {
  const m = await monde();
  const [gerant, operateur] = await Promise.all([m.personne("gerant"), m.personne("operateur")]);
  await m.recevoir(5_000);
  const draft = await m.rediger(10);
  await gerant.call("POST", `sorties/${draft.id}/valider`, {}, { "x-request-id": `essai-${draft.id}` });
  const lire = (query: string) => gerant.call<Page>("GET", `journal?depot_id=${m.depot}&${query}`);

  const tout = (await lire("limit=500")).data;
  assert.deepEqual(
    tout.map(({ created_at }) => created_at),
    tout.map(({ created_at }) => created_at).sort().reverse(),
  );
  const [validee] = tout.filter(({ action }) => action === "SORTIE_VALIDEE");
  assert.equal(validee!.request_id, `essai-${draft.id}`);
  const today = new Date().toLocaleDateString("sv", { timeZone: "Africa/Lubumbashi" });
  for (
    const [query, garde] of Object.entries<(ligne: Ligne) => boolean>({
      [`user_id=${validee!.user_id}`]: ({ user_id }) => user_id === validee!.user_id,
      "action=CDR_STATUT": ({ action }) => action === "CDR_STATUT",
      "module=sorties": ({ module }) => module === "sorties",
      "niveau=WARNING": ({ niveau }) => niveau === "WARNING",
      [`cible_id=${draft.id}`]: ({ cible_id }) => cible_id === draft.id,
      [`du=${today}&au=${today}`]: () => true,
      "au=2020-01-01": () => false,
      [`module=sorties&user_id=${validee!.user_id}`]: ({ module, user_id }) =>
        module === "sorties" && user_id === validee!.user_id,
    })
  ) {
    assert.deepEqual((await lire(`limit=500&${query}`)).data, tout.filter(garde), query);
  }
  const pages: Ligne[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page = await lire(`limit=2${cursor && `&cursor=${cursor}`}`);
    pages.push(...page.data);
    cursor = page.next_cursor;
  }
  assert.deepEqual(pages, tout, "the pages, one after the other, are the log");

  assert.equal((await refus(operateur.call("GET", "journal"))).code, "ROLE_FORBIDDEN");
  const ailleurs = await (await monde()).personne("gerant");
  assert.deepEqual((await ailleurs.call<Page>("GET", `journal?depot_id=${m.depot}`)).data, []);
});

test("the log as a file says what its pages say, and holds no formula", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const note = `=cmd|' /C calc'!A0;"é\n`;
  for (const plaque_camion of ["=1+1", "+2", "-3", "@SUM(A4)"]) {
    await gerant.call("POST", "cours-de-route", {
      fournisseur_id: m.fournisseur,
      depot_destination_id: m.depot,
      produit_id: m.produit,
      plaque_camion: `${plaque_camion}${m.depot}`,
      volume: 1,
      note,
    }, { "x-request-id": `${plaque_camion}${m.depot}` });
  }
  const headers = { authorization: `Bearer ${await token(gerant)}` };
  const lire = (query: string, more = {}) =>
    fetchPorte(`journal?depot_id=${m.depot}${query}`, { headers: { ...headers, ...more } });
  const answer = await lire("", { accept: "text/csv" });
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.match(answer.headers.get("content-disposition")!, /^attachment; filename="journal\.csv"$/);
  const octets = new Uint8Array(await answer.arrayBuffer());
  assert.deepEqual([...octets.slice(0, 3)], [0xef, 0xbb, 0xbf], "Excel reads UTF-8 where it finds a mark");
  const text = new TextDecoder().decode(octets);
  const rows = parse(text, { columns: true, delimiter: ";", bom: true }) as Record<string, string>[];
  const { data } = await (await lire("")).json();
  assert.deepEqual(rows.map(({ id }) => id), data.map(({ id }: Ligne) => id));
  assert.deepEqual(
    rows.map(({ details }) => JSON.parse(details!)),
    data.map(({ details }: { details: unknown }) => details),
  );
  for (const cell of rows.flatMap((row) => Object.values(row))) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  assert.equal(await (await lire("&format=csv")).text(), text.replace("\ufeff", ""), "by its address too");

  const premiere = await lire("&format=csv&limit=1");
  assert.equal(parse(await premiere.text(), { columns: true, delimiter: ";", bom: true }).length, 1);
  const next = await lire(`&limit=1&cursor=${premiere.headers.get("x-next-cursor")}`);
  assert.equal((await next.json()).data[0].id, data[1].id, "a file too long has a next one");
  assert.equal((await lire("&format=csv&limit=10001")).status, 422);
});

test("a verification answers that the log is intact, and the head to note", async () => {
  const m = await monde();
  await m.rediger(1);
  const directeur = await m.personne("directeur");
  const dit = await directeur.call<Record<string, unknown>>("GET", "journal/verification");
  assert.equal(dit.intact, true, JSON.stringify(dit.anomalies));
  const { bloc, empreinte } = dit.tete as { bloc: number; empreinte: string };
  const encore = await directeur.call<Record<string, unknown>>(
    "GET",
    `journal/verification?bloc=${bloc}&empreinte=${empreinte}`,
  );
  assert.equal(encore.intact, true, "the head noted is still in the chain");
  const faux = await directeur.call<{ anomalies: { probleme: string }[] }>(
    "GET",
    `journal/verification?bloc=${bloc}&empreinte=${"0".repeat(64)}`,
  );
  assert.deepEqual(faux.anomalies.map(({ probleme }) => probleme), ["CHAINE_REFAITE"]);
  assert.equal(
    (await refus((await m.personne("gerant")).call("GET", "journal/verification"))).code,
    "ROLE_FORBIDDEN",
  );
});

/** A database of its own: what is held open or torn up there is nobody else's. */
const scelle = (async () => {
  const url = await declaredProject("scellement", { seed: false });
  // Nothing is forgiven here: what holds within ten seconds must hold without them.
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`create or replace function private.tolerance_horloge() returns interval language sql immutable parallel safe
    return interval '0'`;
  await sql.end();
  return url;
})();
const ecrire = (tx: postgres.Sql | postgres.TransactionSql, action: string) =>
  tx`insert into public.log_actions (action, module) values (${action}, 'essai')`;

test("writers wait for no sealing, and a line that commits late is sealed later, whoever was open meanwhile", async () => {
  const sql = postgres(await scelle, { max: 8, onnotice: () => {}, connection: { lock_timeout: 20_000 } });
  await sql`select private.sceller_journal()`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          quoi: fc.constantFrom("ouvrir", "sceller", "valider", "annuler", "ecrire"),
          qui: fc.nat(2),
        }),
        { maxLength: 24 },
      ),
      async (etapes) => {
        const ouverts = new Map<number, postgres.ReservedSql>();
        for (const { quoi, qui } of etapes) {
          const ouvert = ouverts.get(qui);
          if (quoi === "ouvrir" && !ouvert) {
            const tx = await sql.reserve();
            await tx`begin`;
            await ecrire(tx, `tard-${qui}`);
            ouverts.set(qui, tx);
          } else if (quoi === "sceller") await sql`select private.sceller_journal()`;
          else if (quoi === "ecrire") await ecrire(ouvert ?? sql, "ecrite");
          else if (ouvert && (quoi === "valider" || quoi === "annuler")) {
            await ouvert.unsafe(quoi === "valider" ? "commit" : "rollback");
            ouvert.release();
            ouverts.delete(qui);
          }
          const constats = await sql`select * from private.controler_journal()`;
          assert.deepEqual([...constats], [], "a line that is only late is no anomaly");
        }
        for (const tx of ouverts.values()) {
          await tx`commit`;
          tx.release();
        }
        await sql`select private.sceller_journal()`;
        assert.deepEqual([...await sql`select * from private.controler_journal()`], []);
        const [{ lignes, scellees, distinctes }] = await sql<
          [{ lignes: number; scellees: number; distinctes: number }]
        >`
          select (select count(*)::int from public.log_actions) as lignes, count(*)::int as scellees,
                 count(distinct id)::int as distinctes
            from private.blocs_journal b, unnest(b.lignes) as id`;
        assert.deepEqual([scellees, distinctes], [lignes, lignes], "each line in one block");
      },
    ),
    { numRuns: 40 },
  );
  await sql.end();
});

test("a pass that is still open holds up no writer; the next one waits for it, or fails out loud, and leaves no line", async () => {
  const sql = postgres(await scelle, { max: 4, onnotice: () => {}, connection: { lock_timeout: 20_000 } });
  await ecrire(sql, "avant");
  const pass = await sql.reserve();
  const [{ pid }] = await pass<[{ pid: number }]>`select pg_backend_pid() as pid`;
  await pass`begin`;
  await pass`select private.sceller_journal()`;
  await ecrire(sql, "pendant");
  const second = sql<[{ scellees: number }]>`select private.sceller_journal()::int as scellees`.execute();
  // Nothing tells that a session waits but asking who blocks it.
  await attendre(
    "the second pass, that waits for the first",
    async () => (await sql`select from pg_stat_activity where ${pid} = any (pg_blocking_pids(pid))`).length,
  );
  await assert.rejects(
    sql.begin(async (tx) => {
      await tx`alter function private.sceller_journal() set lock_timeout = '10ms'`;
      await tx`select private.sceller_journal()`;
    }),
    { code: "55P03" },
  );
  await pass`commit`;
  pass.release();
  assert.equal((await second)[0].scellees, 1, "it seals what the first had not seen");
  assert.deepEqual([...await sql`select * from private.controler_journal()`], []);
  await sql.end();
});

test("whoever may not verify the log is refused before anything is asked of it", async () => {
  const gerant = await (await monde()).personne("gerant");
  await sql.begin(async (tx) => {
    await tx`lock table public.log_actions, private.blocs_journal in access exclusive mode`;
    await tx`select pg_advisory_xact_lock(hashtextextended('private.sceller_journal', 0))`;
    assert.equal((await refus(gerant.call("GET", "journal/verification"))).code, "ROLE_FORBIDDEN");
  });
});

test("a log that was never sealed, or not for a while, is not intact, though its verification seals it", async () => {
  const url = await declaredProject("scellement_retard", { seed: false });
  const base = postgres(url, { max: 2, onnotice: () => {} });
  const email = "admin@retard.test";
  await createUser(base, {
    email,
    password: "un mot de passe de test",
    role: "admin",
    depotId: null,
    nom: "admin",
  });
  const [{ id }] = await base<[{ id: string }]>`select id from auth.users where email = ${email}`;
  const fonction = await startFonction("journal", { SUPABASE_DB_URL: url });
  const headers = porteur(await signer({ sub: id }));
  const verifier = async () => {
    const dit = await (await fonction.demander("/verification", { headers })).json();
    return [
      dit.intact,
      dit.anomalies.map(({ probleme }: { probleme: string }) => probleme),
      dit.lignes_en_attente,
    ];
  };
  assert.deepEqual(await verifier(), [false, ["JAMAIS_SCELLE"], 0]);
  assert.deepEqual(await verifier(), [true, [], 0]);
  await base`insert into public.log_actions (action, module) values ('ESSAI', 'essai')`;
  await base`create or replace function private.patience_scellement() returns interval language sql immutable parallel safe
    return interval '0'`;
  assert.deepEqual(await verifier(), [false, ["SCELLEMENT_EN_RETARD"], 0]);
  assert.deepEqual(await verifier(), [true, [], 0]);
  await fonction.stop();
  await base.end();
});

test("the stack seals by itself, as a hosted project's clock does", async () => {
  await (await monde()).rediger(1);
  await runScheduledTasks(superuserUrl, status).stop();
  const [{ bloc, vieille }] = await sql<[{ bloc: string | null; vieille: boolean }]>`
    select bloc, coalesce(attend_depuis < now() - interval '2 minutes', false) as vieille from private.etat_scellement()`;
  assert.deepEqual([bloc !== null, vieille], [true, false]);
});
