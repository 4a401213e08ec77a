// The log at a million lines: sealing it, verifying it, reading it, and what any of that costs whoever writes.
import { join } from "node:path";
import type postgres from "postgres";
import { actes } from "../supabase/functions/journal/actes.ts";
import type { Acte } from "../supabase/functions/_shared/acte.ts";
import { lirePage } from "./bases.ts";
import { exigerStocksJustes, nouvelleBase } from "./depot.ts";
import {
  type Banc,
  type Chapitre,
  commePersonne,
  duree,
  entier,
  fois,
  mediane,
  ms,
  ouvrir,
} from "./mesure.ts";
import { debit, trouverPgbench } from "./pgbench.ts";
import { script, SCRIPTS } from "./sorties.ts";

const LIGNES = 1_000_000;
const TOURS = 7;
const SECONDES = 4;
const LECTURES = 30;
const INSERTIONS = 50_000;

const RARE = "be9c0000-0000-4000-8000-000000000199";
const DEPOT_FERME = "be9c0000-0000-4000-8000-000000000d02";
const secondes = (valeur: number) => (valeur / 1000).toFixed(2);

type Base = Awaited<ReturnType<typeof nouvelleBase>>;

/** Three years of a depot's log: a dozen people, mostly sorties, now and then an act that few do. */
async function ecrireJournal(sql: postgres.Sql, lignes: number): Promise<void> {
  await sql`
    insert into public.log_actions
      (user_id, action, module, niveau, cible_id, depot_id, details, request_id, created_at)
    select ('be9c0000-0000-4000-8000-0000000001' || lpad(case when n % 50000 = 7 then '99' else (n * 7 % 12)::text end, 2, '0'))::uuid,
           a[1], a[2], a[3], gen_random_uuid(),
           case when n % 30000 = 11 then ${DEPOT_FERME}::uuid else '11111111-1111-1111-1111-111111111111' end,
           jsonb_build_object('citerne_id', gen_random_uuid(), 'proprietaire_type', 'MONALUXE',
             'volume_ambiant', 1 + n % 30000, 'volume_15c', 990.333, 'methode_15c', 'LEGACY',
             'parametres_15c', '{"alpha": 0.00085, "du_client": false}'::jsonb, 'date_jour', '2026-11-21'),
           gen_random_uuid(), now() - interval '1100 days' * (1 - n::float8 / ${lignes})
      from generate_series(1, ${lignes}) n
     cross join lateral (select case
       when n % 10007 = 3 then '{FLAG_MODIFIE,flags,WARNING}'::text[]
       when n % 1009 = 5 then '{STOCK_AJUSTE,stocks,CRITICAL}'
       when n % 101 = 4 then '{SORTIE_REJETEE,sorties,WARNING}'
       when n % 12 = 0 then '{CDR_STATUT,cours_de_route,INFO}'
       when n % 25 = 1 then '{RECEPTION_CREEE,receptions,INFO}'
       when n % 2 = 0 then '{SORTIE_CREEE,sorties,INFO}'
       else '{SORTIE_VALIDEE,sorties,INFO}' end as a) x`;
  await sql`vacuum analyze public.log_actions`;
}

async function sceller(sql: postgres.Sql, lignes: number): Promise<Chapitre> {
  const annuler = new Error("annuler");
  const temps = { sceller: [] as number[], controler: [] as number[] };
  for (let tour = 0; tour < 3; tour++) {
    await sql.begin(async (tx) => {
      temps.sceller.push(await duree(() => tx`select private.sceller_journal()`));
      temps.controler.push(
        await duree(async () => {
          const trouve = await tx`select * from private.controler_journal()`;
          if (trouve.length) throw new Error(`journal : ${JSON.stringify(trouve.slice(0, 3))}`);
        }),
      );
      if (tour < 2) throw annuler;
    }).catch((error) => {
      if (error !== annuler) throw error;
    });
  }
  const [{ octets, journal }] = await sql<[{ octets: number; journal: number }]>`
    select (select sum(pg_column_size(b.*)) from private.blocs_journal b)::float8 as octets,
           pg_total_relation_size('public.log_actions')::float8 as journal`;
  const ligne = (nom: string, mesures: number[]) => [
    nom,
    secondes(mediane(mesures)),
    entier(lignes / mediane(mesures) * 1000),
  ];
  return {
    titre: "Sealing and verifying the log",
    sens:
      `Median of three, one connection, ${
        entier(lignes)
      } lines, the first pass ever and a verification of all of ` +
      `it (\`private.sceller_journal()\`, \`verifier_journal()\`). The seal of a line takes ${
        Math.round(octets / lignes)
      } bytes, beside ${Math.round(journal / lignes)} of the line and its indexes.`,
    entetes: ["", "s", "lines/s"],
    lignes: [ligne("seal", temps.sceller), ligne("verify", temps.controler)],
  };
}

/** Repeats until told otherwise, and tells how often it could. */
function sansCesse(travail: () => Promise<unknown>, pause: number) {
  let encore = true;
  const fini = (async () => {
    let fois = 0;
    while (encore) {
      await travail();
      fois++;
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return fois;
  })();
  return { finir: () => (encore = false, fini) };
}

async function gener(banc: Banc, base: Base, lignes: number): Promise<Chapitre> {
  const programme = await trouverPgbench();
  const fichier = join(banc.dossier, "journal.sql");
  await Deno.writeTextFile(fichier, script(base.gens.gerant, SCRIPTS["creer_et_valider_sortie"]));
  const autre = ouvrir(base.url);
  const annuler = new Error("annuler");
  const toutSceller = () =>
    autre.begin(async (tx) => {
      // As if nothing had ever been sealed: then taken back.
      await tx.unsafe(
        "alter table private.blocs_journal disable trigger user; delete from private.blocs_journal",
      );
      await tx`select private.sceller_journal()`;
      throw annuler;
    }).catch((error) => {
      if (error !== annuler) throw error;
    });
  const compter = () =>
    autre`select count(*) from (select sha256(g::text::bytea) from generate_series(1, 2000000) g) x`;
  const voisins: Record<string, (() => ReturnType<typeof sansCesse>) | undefined> = {
    "nobody else": undefined,
    "a pass every second, as in operation": () =>
      sansCesse(() => autre`select private.sceller_journal()`, 1000),
    "a pass over the whole log, without end": () => sansCesse(toutSceller, 0),
    "a neighbour that only computes, without end": () => sansCesse(compter, 0),
  };
  const debits = new Map(Object.keys(voisins).map((nom) => [nom, [] as number[]]));
  for (let tour = 0; tour <= TOURS; tour++) {
    for (const [nom, voisin] of Object.entries(voisins)) {
      const boucle = voisin?.();
      const tps = await debit(programme, base.url, ["--file", fichier], SECONDES);
      await boucle?.finir();
      if (tour > 0) debits.get(nom)!.push(tps);
    }
  }
  await autre.end();
  const seul = debits.get("nobody else")!;
  return {
    titre: "What sealing costs whoever writes",
    sens:
      `Sorties written and validated at once, eight connections of pgbench on a log of ${
        entier(lignes)
      } lines, ` +
      `median of ${TOURS} rounds of ${SECONDES} s in turn, and of the rounds' own ratios. A pass takes no lock that a ` +
      "writer waits for; what it takes is a core, so the last line is its yardstick: a neighbour that touches no table.",
    entetes: ["beside", "transactions/s", "× alone"],
    lignes: [...debits].map(([nom, mesures]) => [
      nom,
      entier(mediane(mesures)),
      fois(mediane(mesures.map((tps, tour) => tps / seul[tour]!))),
    ]),
  };
}

const jour = (avant: number) => new Date(Date.now() - avant * 86_400_000).toISOString().slice(0, 10);

const FILTRES: Record<string, Record<string, string>> = {
  "the latest": {},
  "somebody who acts every day": { user_id: "be9c0000-0000-4000-8000-000000000101" },
  "somebody who acted twenty times": { user_id: RARE },
  "nobody": { user_id: "be9c0000-0000-4000-8000-000000000177" },
  "a frequent action": { action: "SORTIE_VALIDEE" },
  "a rare action": { action: "FLAG_MODIFIE" },
  "a rare module": { module: "flags" },
  "CRITICAL": { niveau: "CRITICAL" },
  "WARNING": { niveau: "WARNING" },
  "one target": { cible_id: RARE },
  "a day two years ago": { du: jour(700), au: jour(700) },
  "a depot with thirty lines": { depot_id: DEPOT_FERME },
};

async function lire(base: Base, sql: postgres.Sql, nombre: number): Promise<Chapitre> {
  const porte: Acte = actes.find(({ chemin }) => chemin === "/")!;
  const demander = (personne: string, query: Record<string, string>) =>
    commePersonne(
      sql,
      personne,
      (tx) => duree(() => lirePage(tx, porte, query)),
    );
  const lignes: string[][] = [];
  for (const [nom, query] of Object.entries(FILTRES)) {
    const temps: number[][] = [[], []];
    for (let tour = -3; tour < LECTURES; tour++) {
      for (const [i, personne] of [base.gens.admin, base.gens.gerant].entries()) {
        const mesure = await demander(personne, query);
        if (tour >= 0) temps[i]!.push(mesure);
      }
    }
    lignes.push([nom, ...temps.map((mesures) => ms(mediane(mesures)))]);
  }
  return {
    titre: "Reading the log",
    sens:
      `Milliseconds for a page of fifty of \`GET journal\` in the database, ${
        entier(nombre)
      } lines, median of ${LECTURES}, ` +
      "under row-level security. What is frequent is found by walking back through time, what is rare by a BRIN summary " +
      "of who, where and what (bloom, 64 pages), what is not INFO by an index of its own.",
    entetes: ["filter", "as an admin", "as a gérant"],
    lignes,
  };
}

async function inserer(sql: postgres.Sql): Promise<Chapitre> {
  await sql.unsafe(`
    create unlogged table private.avec (like public.log_actions including all);
    create unlogged table private.sans (like public.log_actions including all);`);
  const retirer = await sql<{ nom: string }[]>`
    select i.indexrelid::regclass::text as nom from pg_index i
      join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
     where i.indrelid = 'private.sans'::regclass and (a.amname = 'brin' or i.indpred is not null)`;
  for (const { nom } of retirer) await sql.unsafe(`drop index ${nom}`);
  const temps: Record<string, number[]> = { avec: [], sans: [] };
  for (let tour = -1; tour < TOURS; tour++) {
    for (const table of tour % 2 ? ["avec", "sans"] : ["sans", "avec"]) {
      const mesure = await duree(() =>
        sql`
          insert into ${sql(`private.${table}`)} (user_id, action, module, cible_id, depot_id, details)
          select user_id, action, module, cible_id, depot_id, details from public.log_actions limit ${INSERTIONS}`
      );
      if (tour >= 0) temps[table]!.push(mesure * 1000 / INSERTIONS);
    }
  }
  await sql.unsafe("drop table private.avec, private.sans");
  const ratio = mediane(temps.avec!.map((avec, tour) => avec / temps.sans![tour]!));
  return {
    titre: "What reading fast costs whoever writes",
    sens:
      `Microseconds to insert one line, ${
        entier(INSERTIONS)
      } at a time, ${TOURS} rounds in turn: with every index of the ` +
      "log, and without the summary and the index of what is not INFO.",
    entetes: ["without", "with", "ratio"],
    lignes: [[ms(mediane(temps.sans!)), ms(mediane(temps.avec!)), fois(ratio)]],
  };
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const base = await nouvelleBase(banc, "journal");
  const sql = ouvrir(base.url);
  const lignes = Number(banc.arguments[0] ?? LIGNES);
  await ecrireJournal(sql, lignes);
  const chapitres = [
    await sceller(sql, lignes),
    await lire(base, sql, lignes),
    await inserer(sql),
    await gener(banc, base, lignes),
  ];
  await sql`select private.sceller_journal()`;
  const trouve = await sql`select * from private.controler_journal()`;
  if (trouve.length) throw new Error(`journal : ${JSON.stringify(trouve.slice(0, 3))}`);
  await sql.end();
  await exigerStocksJustes(base.url, base.gens.admin);
  return chapitres;
}
