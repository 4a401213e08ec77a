// Does it stay as fast as the history grows? The same questions asked of databases of different ages, in turn.
import type postgres from "postgres";
import { actes } from "../supabase/functions/stocks/actes.ts";
import { type Base, fabriquerBases, jour, porte } from "./bases.ts";
import { citerne, CLIENT, exigerStocksJustes } from "./depot.ts";
import { type Banc, type Chapitre, commePersonne, duree, entier, fois, mediane, ms } from "./mesure.ts";

const TAILLES = [1_000, 100_000, 2_000_000];
const TOURS = 300;
const RECULS = [0, 1, 10, 100, 500, 1000, 1500];

const brouillon = (tx: postgres.TransactionSql, numero: number, joursAvant = 0) =>
  tx<{ id: string }[]>`
    insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c, date_sortie)
    values (${citerne(numero)}, ${CLIENT}, 10, 24.5, now() - make_interval(days => ${joursAvant}::int))
    returning id`.then(([ligne]) => ligne!.id);

/** Milliseconds validating takes inside its transaction: the commit costs the disk the same everywhere. */
async function valider(base: Base, numero: number, joursAvant = 0, garder = true): Promise<number> {
  const annuler = new Error("annuler");
  let temps = 0;
  await commePersonne(base.sql, base.gerant, async (tx) => {
    const id = await brouillon(tx, numero, joursAvant);
    temps = await duree(() => tx`select public.validate_sortie(${id})`);
    if (!garder) throw annuler;
  }).catch((error) => {
    if (error !== annuler) throw error;
  });
  return temps;
}

const QUESTIONS: Record<string, (base: Base, tour: number) => Promise<number>> = {
  "validate a sortie": (base, tour) => valider(base, 1 + tour % 6),
  "v_stock_actuel (`GET stocks/actuel`)": (base) => porte(base, actes, "/actuel", { limit: 50 }),
  "tanks, density of their mix, last dip (`GET stocks/citernes`)": (base) =>
    porte(base, actes, "/citernes", { limit: 50 }),
  "density of one tank's mix (`GET stocks/citernes`)": (base, tour) =>
    porte(base, actes, "/citernes", { limit: 1, citerne_id: citerne(1 + tour % 6) }),
  "the partners' accounts (`GET stocks/comptes-partenaires`)": (base) =>
    porte(base, actes, "/comptes-partenaires", { limit: 50 }),
  "a month of journal (`GET stocks/journaliers`)": (base) =>
    porte(base, actes, "/journaliers", { limit: 500, du: jour(30), au: jour(1) }),
  "a page of movements (`GET stocks/mouvements`)": (base) => porte(base, actes, "/mouvements", { limit: 50 }),
  "a page of movements of one tank": (base, tour) =>
    porte(base, actes, "/mouvements", { limit: 50, citerne_id: citerne(1 + tour % 6) }),
};

async function grandir(bases: Base[]): Promise<Chapitre> {
  const lignes: string[][] = [];
  for (const [nom, question] of Object.entries(QUESTIONS)) {
    const temps = bases.map(() => [] as number[]);
    for (let tour = -30; tour < TOURS; tour++) {
      // Not always in the same order: whoever comes first pays for what the last one left behind.
      for (const i of bases.map((_, rang) => (rang + tour + 30) % bases.length)) {
        const mesure = await question(bases[i]!, tour + 30);
        if (tour >= 0) temps[i]!.push(mesure);
      }
    }
    const medianes = temps.map(mediane);
    lignes.push([nom, ...medianes.map(ms), fois(medianes.at(-1)! / medianes[0]!)]);
  }
  return {
    titre: "As the history grows",
    sens:
      `Median milliseconds in the database, one connection, as a gérant under row-level security, ${TOURS} times each, ` +
      "the databases in turn. Every history ends today and fills the journal of its last two months every day; its " +
      "movements, log lines, snapshot and days agree (`verifier_stocks()`). Aim: last at most 1.15 × first.",
    entetes: ["movements", ...bases.map(({ mouvements }) => entier(mouvements)), "last / first"],
    lignes,
  };
}

async function reculer(base: Base): Promise<Chapitre> {
  const temps = new Map(RECULS.map((recul) => [recul, [] as number[]]));
  for (let tour = 0; tour < 40; tour++) {
    for (const recul of RECULS) temps.get(recul)!.push(await valider(base, 1 + tour % 6, recul, false));
  }
  const medianes = RECULS.map((recul) => mediane(temps.get(recul)!));
  const parJour = (medianes.at(-1)! - medianes[1]!) / (RECULS.at(-1)! - RECULS[1]!) * 1000;
  return {
    titre: "What a back-dated movement costs",
    sens:
      `Median milliseconds to validate a sortie so many days late, ${
        entier(base.mouvements)
      } movements, then undone. It ` +
      `moves one row of the journal for each later day that has one: about ${
        parJour.toFixed(0)
      } µs a day here.`,
    entetes: ["days moved", ...RECULS.map(String)],
    lignes: [["ms", ...medianes.map(ms)]],
  };
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const bases = await fabriquerBases(
    banc,
    "croissance",
    banc.arguments.length ? banc.arguments.map(Number) : TAILLES,
  );
  const chapitres = [await grandir(bases), await reculer(bases.at(-1)!)];
  for (const { url, admin, sql } of bases) {
    await sql.end();
    await exigerStocksJustes(url, admin);
  }
  return chapitres;
}
