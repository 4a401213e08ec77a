// Invoices of deliveries, one by one and as a batch, from one connection and from eight, over none and over a million;
// who waits for the series; the counter sale beside its parts; invoices drawn as paper.
import type postgres from "postgres";
import { type FactureImprimee, imprimerFacture } from "../supabase/functions/_shared/papier/facture.ts";
import {
  type Base,
  CLIENTS,
  CONNEXIONS,
  DEPOT,
  fabriquer,
  facturerUne,
  liberer,
  SORTIES,
} from "./base_ventes.ts";
import { citerne, CITERNES } from "./depot.ts";
import { type Banc, type Chapitre, commePersonne, duree, entier, fois, mediane, ms } from "./mesure.ts";

const TOURS = 3;
const DEJA = [0, 1_000_000];
const [VENTES, PASSES] = [200, 300];

/** How the thousand are invoiced; each connection takes every so manieth client. */
const MANIERES = {
  "one by one": async (
    base: Base,
    sql: postgres.Sql,
    clients: string[],
  ) => {
    for (const sortie of base.sorties) {
      if (clients.includes(sortie.client)) await facturerUne(base, sql, sortie);
    }
  },
  "a batch, an invoice a sortie": (base: Base, sql: postgres.Sql, clients: string[]) =>
    commePersonne(
      sql,
      base.gerant,
      (tx) => tx`select count(*) from public.facturer_lot(${DEPOT}, null, ${clients}::uuid[], true)`,
    ),
  "a batch, an invoice a client": (base: Base, sql: postgres.Sql, clients: string[]) =>
    commePersonne(
      sql,
      base.gerant,
      (tx) => tx`select count(*) from public.facturer_lot(${DEPOT}, null, ${clients}::uuid[], false)`,
    ),
};
type Maniere = keyof typeof MANIERES;

async function tour(base: Base, maniere: Maniere, connexions: number): Promise<number> {
  await liberer(base);
  const temps = await duree(() =>
    Promise.all(
      base.connexions.slice(0, connexions).map((sql, rang) =>
        MANIERES[maniere](base, sql, base.clients.filter((_, n) => n % connexions === rang))
      ),
    )
  );
  const [{ restent }] = await base.connexions[0]!<[{ restent: number }]>`
    select count(*)::int as restent from private.sorties_a_facturer(${DEPOT}, null)`;
  if (restent) throw new Error(`${restent} sorties sans facture : le banc ne mesure rien de juste`);
  return temps;
}

async function emission(base: Base): Promise<Chapitre> {
  const essais = (Object.keys(MANIERES) as Maniere[]).flatMap((maniere) =>
    [1, CONNEXIONS].map((connexions) => ({ maniere, connexions, temps: [] as number[] }))
  );
  for (let rang = 0; rang < TOURS; rang++) {
    for (const { maniere, connexions, temps } of essais) temps.push(await tour(base, maniere, connexions));
  }
  // What sold them was forgotten between two rounds: that alone may be missed.
  const ecarts = [
    ...await base.superuser`select * from private.verifier_series()`,
    ...await base.superuser`select * from private.verifier_factures() where defaut <> 'FACTURATION'`,
  ];
  if (ecarts.length) throw new Error(JSON.stringify(ecarts[0]));
  const parSeconde = (mesures: number[]) => SORTIES * 1000 / mediane(mesures);
  const seul = parSeconde(essais[0]!.temps);
  return {
    titre: "Invoices of a thousand deliveries",
    sens:
      `Sorties invoiced a second: ${SORTIES} of ${CLIENTS} clients at one depot, median of ${TOURS} rounds in turn, one ` +
      "by one (`preparer_facture`, `emettre_facture`, a transaction each) and as a batch (`POST ventes/factures/lot`), " +
      "from one connection and from eight that share the clients, two processors in all. Every invoice of a depot takes " +
      "its number, and chains to the one before it, one after the other.",
    entetes: ["", "connections", "sorties/s", "× one by one"],
    lignes: essais.map(({ maniere, connexions, temps }) => [
      maniere,
      String(connexions),
      entier(parSeconde(temps)),
      fois(parSeconde(temps) / seul),
    ]),
  };
}

/** One invoice, over none and over a million, in turn. */
async function croissance(bases: Base[]): Promise<Chapitre> {
  const temps = bases.map(() => [] as number[]);
  for (const base of bases) await liberer(base);
  for (let n = -20; n < PASSES; n++) {
    for (const [i, base] of bases.entries()) {
      const pris = await duree(() => facturerUne(base, base.connexions[0]!, base.sorties[n + 20]!));
      if (n >= 0) temps[i]!.push(pris);
    }
  }
  const [premier] = temps.map(mediane) as [number];
  return {
    titre: "An invoice, as invoices grow",
    sens:
      `Median milliseconds of ${PASSES} invoices of one sortie, prepared and issued, one connection, the databases in ` +
      "turn. What was issued before was written set-wise: numbers, lines, taxes, entries settled whole, all of this year. " +
      "Aim: last at most 1.15 × first.",
    entetes: ["invoices before", "ms", "against the first"],
    lignes: bases.map((
      { deja },
      i,
    ) => [entier(deja), ms(mediane(temps[i]!)), fois(mediane(temps[i]!) / premier)]),
  };
}

/** How long a transaction has had its number when it ends, of how long it took. */
async function attente(base: Base): Promise<Chapitre> {
  await liberer(base);
  const { sorties } = base;
  const [un, deux] = base.connexions as [postgres.Sql, postgres.Sql];
  const parts: { total: number; tenu: number }[] = [];
  for (const { id, client } of sorties.slice(0, VENTES)) {
    const debut = performance.now();
    await commePersonne(
      un,
      base.gerant,
      (tx) =>
        tx`select public.emettre_facture(public.preparer_facture(${client}, ${DEPOT}, ${[id]}::uuid[]))`,
    );
    const fin = performance.timeOrigin + performance.now();
    const [{ pris }] = await un<[{ pris: number }]>`
      select extract(epoch from n.emis_le)::float8 * 1000 as pris from private.numeros n
       where n.serie = 'FAC' order by n.numero desc limit 1`;
    parts.push({ total: fin - performance.timeOrigin - debut, tenu: Math.max(0, fin - pris) });
  }
  // Whoever prepares waits for nobody, while another has its number and has not ended.
  const [a, b] = [sorties[VENTES]!, sorties[VENTES + 1]!];
  let libre = 0, bloques = 0;
  await commePersonne(un, base.gerant, async (tx) => {
    await tx`select public.emettre_facture(public.preparer_facture(${a.client}, ${DEPOT}, ${[
      a.id,
    ]}::uuid[]))`;
    const [{ pid }] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`;
    let brouillon = "";
    libre = await duree(() =>
      commePersonne(deux, base.gerant, async (autre) => {
        const [prepare] = await autre<[{ id: string }]>`
          select public.preparer_facture(${b.client}, ${DEPOT}, ${[b.id]}::uuid[]) as id`;
        brouillon = prepare.id;
      })
    );
    const emise = commePersonne(
      deux,
      base.gerant,
      (autre) => autre`select public.emettre_facture(${brouillon})`,
    );
    while (!bloques) {
      [{ bloques }] = await base.connexions[2]!<[{ bloques: number }]>`
        select count(*)::int as bloques from pg_locks l where not l.granted and ${pid} = any (pg_blocking_pids(l.pid))`;
    }
    // Ends after this one has.
    emise.catch(() => {});
  });
  const mediane_ = (cle: "total" | "tenu") => mediane(parts.map((part) => part[cle]));
  return {
    titre: "Who waits for a number",
    sens:
      `An invoice issued in a transaction of its own, median of ${VENTES}, one connection: all of it, and from its ` +
      "number taken (`private.numeros.emis_le`) to the commit seen by the client: the only part in which two who issue at " +
      "one depot wait for each other. Meanwhile another prepares its own: that waits for nobody; its number, it waits " +
      `for (${bloques} seen waiting). Journal written to disk at each commit, within the last part.`,
    entetes: ["", "ms", "of the whole"],
    lignes: [
      ["prepared and issued", ms(mediane_("total")), fois(1)],
      ["of which with the number", ms(mediane_("tenu")), fois(mediane_("tenu") / mediane_("total"))],
      ["prepared while another has its number", ms(libre), ""],
    ],
  };
}

async function comptant(base: Base): Promise<Chapitre> {
  const [sql] = base.connexions as [postgres.Sql];
  const temps = { sortie: [] as number[], facture: [] as number[], comptant: [] as number[] };
  for (let n = -20; n < VENTES; n++) {
    const client = base.clients[(n + 20) % CLIENTS]!;
    const sortie = {
      citerne_id: citerne(1 + (n + 20) % CITERNES),
      client_id: client,
      volume_ambiant: 40,
      temperature_ambiante_c: 15,
    };
    let id = "";
    const seule = await duree(() =>
      commePersonne(sql, base.gerant, async (tx) => {
        [{ id }] = await tx<[{ id: string }]>`select (public.creer_et_valider_sortie(${
          tx.json(sortie)
        })).id as id`;
      })
    );
    const facturee = await duree(() => facturerUne(base, sql, { id, client }));
    const vendue = await duree(() =>
      commePersonne(sql, base.gerant, (tx) => tx`select public.vendre_comptant(${tx.json({ sortie })})`)
    );
    if (n < 0) continue;
    temps.sortie.push(seule);
    temps.facture.push(facturee);
    temps.comptant.push(vendue);
  }
  const ensemble = temps.sortie.map((pris, n) => pris + temps.facture[n]!);
  const ligne = (quoi: string, mesures: number[]) => [
    quoi,
    ms(mediane(mesures)),
    fois(mediane(mesures.map((pris, n) => pris / ensemble[n]!))),
  ];
  return {
    titre: "A sale at the counter",
    sens:
      `Median milliseconds of ${VENTES}, in turn, one connection, commits included: a sortie alone, its invoice, and ` +
      "`vendre_comptant`, which makes both, confirms the delivery note, takes the payment and gives the receipt. Aim: " +
      "under 1.50 × the two.",
    entetes: ["", "ms", "× sortie + invoice"],
    lignes: [
      ligne("sortie alone", temps.sortie),
      ligne("its invoice", temps.facture),
      ligne("both", ensemble),
      ligne("vendre_comptant", temps.comptant),
    ],
  };
}

/** What printing reads, then what drawing it costs. */
async function papier(base: Base): Promise<Chapitre> {
  await tour(base, "a batch, an invoice a sortie", 1);
  const [sql] = base.connexions as [postgres.Sql];
  const lues: FactureImprimee[] = [];
  const lecture = await duree(() =>
    commePersonne(sql, base.gerant, async (tx) => {
      const rangs = await tx<{ dit: FactureImprimee }[]>`
        select public.imprimer_facture(f.id) as dit from (
          select f.id from public.factures_client f where f.statut = 'EMISE' order by f.sequence desc
           limit ${SORTIES}) f`;
      lues.push(...rangs.map(({ dit }) => dit));
    })
  );
  await imprimerFacture(lues[0]!);
  const avant = Deno.memoryUsage().rss;
  let [pire, octets] = [avant, 0];
  const dessin = await duree(async () => {
    for (const dit of lues) {
      octets += (await imprimerFacture(dit)).byteLength;
      pire = Math.max(pire, Deno.memoryUsage().rss);
    }
  });
  const mega = (n: number) => `${entier(n / 2 ** 20)} MiB`;
  return {
    titre: "Invoices as paper",
    sens:
      `${
        entier(lues.length)
      } invoices: what each says read (\`imprimer_facture\`, counted and logged), then drawn one ` +
      "after the other, fonts and QR included, one processor. Memory is the most the process had over what it had before.",
    entetes: ["", "pages/s", "ms a page", "KiB a page", "memory"],
    lignes: [
      ["read", entier(lues.length * 1000 / lecture), ms(lecture / lues.length), "", ""],
      [
        "drawn",
        entier(lues.length * 1000 / dessin),
        ms(dessin / lues.length),
        entier(octets / lues.length / 1024),
        `+ ${mega(pire - avant)}`,
      ],
    ],
  };
}

/** Each by its name: `npm run bench -- ventes papier`. */
const CHAPITRES: Record<string, (bases: Base[]) => Promise<Chapitre>> = {
  emission: ([base]) => emission(base!),
  croissance,
  attente: ([base]) => attente(base!),
  comptant: ([base]) => comptant(base!),
  papier: ([base]) => papier(base!),
};

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const voulus = banc.arguments.length ? banc.arguments : Object.keys(CHAPITRES);
  const bases = await fabriquer(banc, voulus.includes("croissance") ? DEJA : [0]);
  const chapitres: Chapitre[] = [];
  for (const nom of voulus) chapitres.push(await CHAPITRES[nom]!(bases));
  for (const { superuser, connexions } of bases) {
    await Promise.all([superuser, ...connexions].map((sql) => sql.end()));
  }
  return chapitres;
}
