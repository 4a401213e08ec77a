// The primary dies in the middle of load: its standby takes over, clients go on, and what was acknowledged is counted.
import assert from "node:assert/strict";
import { join } from "node:path";
import process from "node:process";
import { connect } from "../../ops/commun/connection.ts";
import { literal, setServer } from "../../ops/commun/database.ts";
import { freePort } from "../../ops/pile/throwaway.ts";
import { attendre, unMoment } from "../support/attente.ts";
import type { Fonction } from "../support/fonction.ts";
import { test } from "../support/monde.ts";
import { exigerAJour } from "../support/schema.ts";
import { type Depot, type Paire, startPaire } from "../support/secours.ts";
import { type Serveur, tuer } from "../support/serveur.ts";

const CLIENTS = 8;
/** Acts acknowledged before the primary dies, and after. */
const [AVANT, APRES] = [60, 40];

interface Charge {
  /** Keys of requests whose draft was acknowledged, and ids whose validation was. */
  rediges: Map<string, string>;
  valides: Set<string>;
  /** Milliseconds of the clock at each acknowledgement. */
  moments: number[];
}

/** Clients that ask until they are answered, the same request with the same key, of whichever door there is. */
function charger(porte: () => Fonction, { citerne, client }: Depot, headers: Record<string, string>) {
  const charge: Charge = { rediges: new Map(), valides: new Set(), moments: [] };
  const attentes: { n: number; resolve: () => void }[] = [];
  let fini = false;
  const poster = async (
    adresse: string,
    corps: unknown,
    cle: string,
  ): Promise<Record<string, string> | undefined> => {
    while (!fini) {
      const answer = await porte().demander(adresse, {
        method: "POST",
        headers: { ...headers, "idempotency-key": cle },
        body: JSON.stringify(corps),
      }).catch(() => undefined);
      const dit = await answer?.json().catch(() => undefined);
      if (answer?.ok && dit) {
        charge.moments.push(Date.now());
        return dit;
      }
      // Anything but "not now" is a fault of ours.
      if (answer && answer.status !== 503) throw new Error(JSON.stringify(dit));
      await unMoment();
    }
    return undefined;
  };
  const un = async () => {
    while (!fini) {
      const cle = crypto.randomUUID();
      const corps = { citerne_id: citerne, client_id: client, volume_ambiant: 1, temperature_ambiante_c: 15 };
      const redige = await poster("", corps, cle);
      if (!redige) return;
      charge.rediges.set(cle, redige.id!);
      if (await poster(`/${redige.id}/valider`, {}, crypto.randomUUID())) charge.valides.add(redige.id!);
      attentes.filter(({ n }) => charge.valides.size >= n).forEach(({ resolve }) => resolve());
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, un));
  return {
    charge,
    jusqua: (n: number) =>
      Promise.race([new Promise<void>((resolve) => attentes.push({ n, resolve })), clients.then(() => {})]),
    arreter: async () => {
      fini = true;
      await clients;
    },
  };
}

/** What of the acknowledged a database does not have. */
async function perdus(
  url: string,
  { rediges, valides }: Charge,
): Promise<{ rediges: number; valides: number }> {
  const sql = connect(url);
  try {
    const [compte] = await sql<[{ rediges: number; valides: number }]>`
      select (select count(*)::int from unnest(${[...rediges.values()]}::uuid[]) r (id)
               where not exists (select from public.sorties_produit s where s.id = r.id)) as rediges,
             (select count(*)::int from unnest(${[...valides]}::uuid[]) v (id)
               where not exists (select from public.sorties_produit s
                                  where s.id = v.id and s.statut = 'validee')) as valides`;
    return compte;
  } finally {
    await sql.end();
  }
}

async function tuerTout(serveur: Serveur): Promise<number> {
  const pids = await serveur.processus();
  const quand = Date.now();
  tuer(pids);
  return quand;
}

interface Releve {
  acquittes: number;
  perdus: number;
  promotion_ms: number;
  reprise_ms: number;
}

/**
 * The primary's address, for an account that may be copied by, whose password is none that a shell or a file would
 * leave alone.
 */
async function parUnCompteA({ sql, serveur }: Paire, motDePasse: string): Promise<string> {
  await sql.unsafe(`create role copie superuser login replication password ${literal(motDePasse)}`);
  const url = new URL(serveur.url);
  url.username = "copie";
  url.password = encodeURIComponent(motDePasse);
  return url.href;
}

/** The account that the standby was made with has another password: said on the line, the commands go on. */
async function changerLeMotDePasse(paire: Paire, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const mettre = (mot: string) => paire.sql.unsafe(`alter role ${username} password ${literal(mot)}`);
  const source = Object.assign(new URL(paire.serveur.url), { username, password: "un-autre" }).href;
  const code = async (env = {}) => (await paire.ops(["secours:etat"], env)).code;
  await mettre("un-autre");
  await attendre("the old one, refused", async () => await code() === 1);
  await attendre("the new one, taken", async () => await code({ SECOURS_SOURCE_URL: source }) === 0);
  await mettre(decodeURIComponent(password));
  await attendre("the old one, taken again", async () => await code() === 0);
}

/** Load, death of the primary, promotion, load again: with or without a commit that waits for the standby. */
async function exercer(paire: Paire, options: string[]): Promise<Releve> {
  const { url, superuser } = await paire.suivre(options, {
    SECOURS_SOURCE_URL: await parUnCompteA(paire, `l'une "et\\ l'autre`),
  });
  const [depot] = paire.depots;
  const headers = await depot.comme("gerant");
  const ancienne = await paire.porte("sorties", {});
  let porte = ancienne;
  const { charge, jusqua, arreter } = charger(() => porte, depot, headers);
  await jusqua(AVANT);
  const refusee = await paire.ops(["secours:promouvoir"]);
  assert.equal(refusee.code, 2, refusee.stdout);
  assert.match(refusee.stderr, /PRINCIPALE_REPOND/);
  await changerLeMotDePasse(paire, superuser);
  const mort = await tuerTout(paire.serveur);
  const acquittes = { rediges: new Map(charge.rediges), valides: new Set(charge.valides), moments: [] };
  const seule = await paire.ops(["secours:etat"]);
  assert.equal(seule.code, 1);
  assert.match(
    seule.stdout + seule.stderr,
    /la principale ne répond pas.*a le journal jusqu'à [0-9A-F]+\/.*secours:promouvoir/s,
  );
  const promue = await paire.ops(["secours:promouvoir", "--json"]);
  assert.equal(promue.code, 0, `${promue.stdout}\n${promue.stderr}`);
  const { promotion_ms } = JSON.parse(promue.stdout).resultat;
  const la = await perdus(superuser, acquittes);
  // What a deployment does with a new SUPABASE_DB_URL: the same function, of a new process.
  porte = await paire.porte("sorties", { SUPABASE_DB_URL: url });
  const [dejaLa, valides] = [charge.moments.length, charge.valides.size];
  await jusqua(valides + APRES);
  const premier = charge.moments.find((moment, rang) => rang >= dejaLa && moment > mort)!;
  await arreter();
  await verifier(superuser, charge, acquittes);
  return {
    acquittes: acquittes.rediges.size + acquittes.valides.size,
    perdus: la.rediges + la.valides,
    promotion_ms,
    reprise_ms: premier - mort,
  };
}

/** What was acknowledged since the promotion is there, each request once; and the stock is its movements. */
async function verifier(url: string, charge: Charge, avant: Charge): Promise<void> {
  const depuis = {
    rediges: new Map([...charge.rediges].filter(([cle]) => !avant.rediges.has(cle))),
    valides: new Set([...charge.valides].filter((id) => !avant.valides.has(id))),
    moments: [],
  };
  assert.deepEqual(await perdus(url, depuis), { rediges: 0, valides: 0 });
  const sql = connect(url);
  try {
    assert.deepEqual([...await sql`select * from public.verifier_stocks()`], []);
    await exigerAJour(sql);
    // A draft for each key that was answered one, and none beside.
    const [compte] = await sql<[{ lignes: number; cles: number }]>`
      select (select count(*)::int from public.sorties_produit) as lignes,
             (select count(distinct i.reponse ->> 'id')::int from private.idempotence i where i.statut_http = 201) as cles`;
    assert.equal(compte.lignes, compte.cles);
  } finally {
    await sql.end();
  }
}

function montrer(quoi: string, { acquittes, perdus, promotion_ms, reprise_ms }: Releve): void {
  console.log(
    `| ${quoi} | ${acquittes} | ${perdus} | ${promotion_ms} ms | ${(reprise_ms / 1000).toFixed(1)} s |`,
  );
}

test("with synchronous commit nothing that was acknowledged is lost with the primary, which writes no more", async () => {
  const paire = await startPaire();
  try {
    const releve = await exercer(paire, ["--synchrone"]);
    montrer("synchrone", releve);
    assert.equal(releve.perdus, 0);
    await assert.rejects(paire.serveur.relancer(), /remplacé par sa base de secours/);
  } finally {
    await paire.fermer();
  }
});

test("without it what had not been sent is lost, all of it and no more, and the new primary is whole", async () => {
  const paire = await startPaire();
  const [depot] = paire.depots;
  try {
    const { superuser } = await paire.suivre();
    const porte = await paire.porte("sorties", {});
    const headers = await depot.comme("gerant");
    const rediger = async () => {
      const answer = await porte.demander("", {
        method: "POST",
        headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({
          ...{
            citerne_id: depot.citerne,
            client_id: depot.client,
            volume_ambiant: 1,
            temperature_ambiante_c: 15,
          },
        }),
      });
      const { id } = await answer.json();
      assert.equal(answer.status, 201);
      return id as string;
    };
    const plusieurs = async (n: number) => {
      const ids = [];
      while (ids.length < n) ids.push(await rediger());
      return new Map(ids.map((id) => [id, id]));
    };
    const envoyes = await plusieurs(20);
    const secours = connect(superuser);
    await recus(paire, secours);
    await exigerAJour(secours);
    const [{ pid }] = await paire.sql<[{ pid: number }]>`select pid from pg_stat_replication`;
    // Who sends is stopped: the primary goes on, and of what follows nothing is on its way.
    process.kill(pid, "SIGSTOP");
    const tus = await plusieurs(10);
    await tuerTout(paire.serveur);
    await secours.end({ timeout: 0 });
    const { code, stdout, stderr } = await paire.ops(["secours:promouvoir"]);
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    const rien = new Set<string>();
    assert.equal((await perdus(superuser, { rediges: envoyes, valides: rien, moments: [] })).rediges, 0);
    const perdue = (await perdus(superuser, { rediges: tus, valides: rien, moments: [] })).rediges;
    console.log(`| asynchrone, liaison coupée avant la mort | 30 | ${perdue} | | |`);
    assert.equal(perdue, tus.size);
  } finally {
    await paire.fermer();
  }
});

async function recus({ sql }: Paire, secours: ReturnType<typeof connect>): Promise<void> {
  const [{ position }] = await sql<
    [{ position: string }]
  >`select pg_current_wal_flush_lsn()::text as position`;
  await attendre("the standby, as far as the primary", async () => {
    const [{ la }] = await secours<[{ la: boolean }]>`
      select pg_last_wal_replay_lsn() >= ${position}::pg_lsn as la`;
    return la;
  });
}

/** What a run of secours:creer that was killed over its copy leaves; the same command takes it again, and only it. */
async function reprendreUneCopie(paire: Paire): Promise<string[]> {
  const port = freePort();
  const { dataDir, url } = paire.serveur;
  const dossier = join(dataDir, "secours");
  const [creneau, options] = ["secours", ["--port", String(port)]];
  await Deno.mkdir(dossier);
  await Deno.writeTextFile(join(dossier, "PG_VERSION"), "17\n");
  await paire.sql`select pg_create_physical_replication_slot(${creneau}, true)`;
  const secours = Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(port) }).href;
  const fiche = { principale: url, secours, dossier, creneau, enCopie: true };
  await Deno.writeTextFile(join(dataDir, "secours.json"), JSON.stringify(fiche));
  const depuis = { SECOURS_SOURCE_URL: url };
  for (const mots of [["secours:promouvoir"], ["secours:etat"]]) {
    const { code, stderr } = await paire.ops(mots, depuis);
    assert.equal(code, 2);
    assert.match(stderr, /COPIE_INCOMPLETE/);
  }
  const ailleurs = await paire.ops(["secours:creer", ...options, "--creneau", "autre"], depuis);
  assert.match(ailleurs.stderr, /SECOURS_DEJA_LA/);
  const { code, stdout, stderr } = await paire.ops(["secours:creer", ...options], depuis);
  assert.equal(code, 0, `${stdout}\n${stderr}`);
  return options;
}

/** The primary writes again after its standby has taken its place: it is told, and the same command stops it. */
async function revenir(paire: Paire, superuser: string): Promise<void> {
  await paire.sql`set default_transaction_read_only = off`;
  await setServer(paire.sql, { default_transaction_read_only: null });
  const etat = await paire.ops(["secours:etat"]);
  assert.equal(etat.code, 1);
  assert.match(etat.stderr, /DEUX BASES ÉCRIVENT/);
  // As a run that was killed as it was promoted leaves it: not noted.
  const fiche = join(paire.serveur.dataDir, "secours.json");
  const { promueLe: _, ...sans } = JSON.parse(await Deno.readTextFile(fiche));
  await Deno.writeTextFile(fiche, JSON.stringify(sans));
  const encore = await paire.ops(["secours:promouvoir"]);
  assert.equal(encore.code, 0, encore.stderr);
  assert.match(encore.stdout, /ELLE ÉTAIT REVENUE ET ÉCRIVAIT/);
  const autre = connect(paire.serveur.url);
  await assert.rejects(autre`create table public.revenue ()`, { code: "25006" });
  await autre.end();
  assert.equal((await paire.ops(["secours:etat"])).code, 0);
  await Deno.writeTextFile(fiche, JSON.stringify(sans));
  assert.match((await paire.ops(["secours:retirer"])).stdout, /elle écrit pour elle-même : elle reste/);
  const promue = connect(superuser);
  assert.equal((await promue`select pg_is_in_recovery() as non`)[0]!.non, false);
  await promue.end();
  await Deno.writeTextFile(fiche, JSON.stringify(sans));
}

test("a switch that is wanted loses nothing: the primary stops writing first, and is stopped again should it come back", async () => {
  const paire = await startPaire();
  const [depot] = paire.depots;
  try {
    const options = await reprendreUneCopie(paire);
    const { url, superuser } = await paire.suivre(options, { SECOURS_SOURCE_URL: paire.serveur.url });
    const headers = await depot.comme("gerant");
    let porte = await paire.porte("sorties", {});
    const { charge, jusqua, arreter } = charger(() => porte, depot, headers);
    await jusqua(AVANT);
    const promue = await paire.ops(["secours:promouvoir", "--principale-vivante"]);
    assert.equal(promue.code, 0, `${promue.stdout}\n${promue.stderr}`);
    porte = await paire.porte("sorties", { SUPABASE_DB_URL: url });
    await jusqua(charge.valides.size + APRES);
    await arreter();
    assert.deepEqual(await perdus(superuser, charge), { rediges: 0, valides: 0 });
    await revenir(paire, superuser);
  } finally {
    await paire.fermer();
  }
});
