// The database taken over to: one of this project's, at its head, with nothing in it.
import { type Environnement, ENVIRONNEMENTS } from "../../ops/commun/environment.ts";
import type postgres from "postgres";
import { Refus } from "../../ops/commun/deroulement.ts";
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { ouvrirCible as ouvrirEnvironnement, referenceDe } from "../../ops/exploitation/cible/cible.ts";
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { estAdresse } from "./ancienne/source.ts";

export interface Cible {
  nom: string;
  sql: Sql;
  dbUrl: string;
}

export async function ouvrirCible(designation: string): Promise<Cible> {
  if (ENVIRONNEMENTS.includes(designation as Environnement)) {
    const { cible, sql } = await ouvrirEnvironnement(designation as Environnement);
    return { nom: `${designation}, projet ${cible.reference}`, sql, dbUrl: cible.dbUrl };
  }
  if (!estAdresse(designation) || !URL.canParse(designation)) {
    throw new Refus(
      "CIBLE_INCONNUE",
      "--vers attend une adresse postgresql://… ou un environnement : local, staging, prod.",
    );
  }
  const sql = connect(designation, `monaluxe reprise ${Deno.pid}`);
  try {
    await sql`select 1`;
  } catch (erreur) {
    await sql.end();
    throw new Echec(
      `La base d'arrivée n'a pas pu être ouverte (${(erreur as Error).message}). Rien n'a été fait.`,
    );
  }
  return { nom: referenceDe(designation), sql, dbUrl: designation };
}

/** Tables the takeover fills, in an order that foreign keys accept. */
export const TABLES = [
  "auth.users",
  "auth.identities",
  "depots",
  "produits",
  "citernes",
  "clients",
  "fournisseurs",
  "partenaires",
  "profils",
  "fournisseur_lot",
  "cours_de_route",
  "receptions",
  "sorties_produit",
  "stocks_initiaux",
  "stocks_adjustments",
  "prises_de_hauteur",
  "log_actions",
];
const CALCULEES = ["stocks_snapshot", "stocks_journaliers", "comptes_partenaires"];
/** Filled by nobody here, but never beside a takeover. */
const VIDES = [
  "transferts",
  "ecarts",
  "ecritures_tiers",
  "fournisseur_facture_lot_min",
  "fournisseur_paiement_lot_min",
];

const qualifie = (table: string) => table.includes(".") ? table : `public.${table}`;

export interface Colonne {
  obligatoire: boolean;
  defaut: boolean;
}
export type Colonnes = Map<string, Map<string, Colonne>>;

/** Columns a row may be given; refuses a database that is not of this project. */
export async function lireColonnes(tx: postgres.ISql): Promise<Colonnes> {
  const lues = await tx<{ table: string; colonne: string; obligatoire: boolean; defaut: boolean }[]>`
    select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as "table",
           a.attname as colonne, a.attnotnull as obligatoire, a.atthasdef as defaut
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and n.nspname in ('public', 'auth') and a.attgenerated = ''
       and to_regclass('private.refus') is not null`;
  const colonnes: Colonnes = new Map();
  for (const { table, colonne, ...reste } of lues) {
    if (!colonnes.has(table)) colonnes.set(table, new Map());
    colonnes.get(table)!.set(colonne, reste);
  }
  const manques = [...TABLES, ...CALCULEES, ...VIDES].filter((table) => !colonnes.has(table));
  if (manques.length) {
    throw new Refus(
      "CIBLE_INCONNUE",
      `La base d'arrivée n'est pas une base migrée de ce projet (il manque ${
        manques.slice(0, 5).join(", ")
      }). ` +
        "Amenez-la d'abord à la dernière migration.",
    );
  }
  return colonnes;
}

/** What an earlier takeover of this database was, in words; nothing where there was none. */
async function dejaReprise(tx: postgres.TransactionSql, decisions: string): Promise<string | undefined> {
  const [acte] = await tx<{ source: string; decisions: string; le: string }[]>`
    select details ->> 'source' as source, details ->> 'decisions' as decisions, created_at::text as le
      from public.log_actions where action = 'REPRISE_CHARGEE' order by created_at desc limit 1`;
  if (!acte) return undefined;
  return `La base d'arrivée a déjà reçu la reprise de ${acte.source}, le ${momentAuDepot(acte.le)}, ` +
    (acte.decisions === decisions
      ? "selon ces décisions mêmes : passez à reprise:prouver."
      : "selon d'autres décisions : prenez-en une autre, migrée et vide, ou prouvez celle-ci avec les siennes.");
}

/** Refuses with CIBLE_NON_VIDE a database in which anybody has worked. The caller has locked it. */
export async function exigerVide(tx: postgres.TransactionSql, decisions: string): Promise<void> {
  const pleines: string[] = [];
  for (const table of [...TABLES, ...CALCULEES, ...VIDES]) {
    // A database says in its log that it was migrated, or frozen: that is nobody's work.
    if (table === "log_actions") continue;
    const [{ lignes }] = await tx<[{ lignes: number }]>`select count(*)::int as lignes from ${
      tx(qualifie(table))
    }`;
    if (lignes) pleines.push(`${table} (${lignes})`);
  }
  if (pleines.length) {
    throw new Refus(
      "CIBLE_NON_VIDE",
      await dejaReprise(tx, decisions) ??
        `La base d'arrivée n'est pas vide : ${
            pleines.join(", ")
          }. La reprise n'ajoute à rien : donnez une base migrée, sans ` +
          "graine ni compte.",
    );
  }
}

/** Nobody else writes to the tables until the transaction ends, and the rules of a live act do not judge history. */
export async function ouvrirAuPasse(tx: postgres.TransactionSql): Promise<() => Promise<void>> {
  const tables = [...TABLES.filter((table) => !table.includes(".")), ...CALCULEES];
  const noms = tables.map((table) => `public.${table}`);
  const etats = async () => {
    const [{ dit }] = await tx<[{ dit: string }]>`
      select coalesce(string_agg(concat_ws(' ', tgrelid::regclass, tgname, tgenabled), ',' order by oid), '') as dit
        from pg_catalog.pg_trigger`;
    return dit;
  };
  const avant = await etats();
  const toujours = await tx<{ nom: string; trigger: string }[]>`
    select tgrelid::regclass::text as nom, tgname as trigger from pg_catalog.pg_trigger where tgenabled = 'A'`;
  // By their owner, for this transaction: checks, keys and references go on judging every row.
  for (const nom of [...noms, "private.blocs_journal"]) {
    await tx.unsafe(`alter table ${nom} disable trigger user`);
  }
  // What a product of a known code has, where nobody said otherwise, is this database's to say.
  await tx.unsafe("alter table public.produits enable trigger produits_before_insert");
  return async () => {
    for (const nom of [...noms, "private.blocs_journal"]) {
      await tx.unsafe(`alter table ${nom} enable trigger user`);
    }
    for (const { nom, trigger } of toujours) {
      await tx.unsafe(`alter table ${nom} enable always trigger ${trigger}`);
    }
    // What they keep as a copy was not kept meanwhile.
    await tx`select private.recopier_lieux()`;
    if (await etats() !== avant) {
      throw new Echec(
        "Les triggers de la base d'arrivée ne sont plus comme avant le chargement : tout est annulé. " +
          "L'un d'eux y était déjà désactivé : npm run ops -- schema:diff dit lequel.",
      );
    }
  };
}

export async function verrouiller(tx: postgres.TransactionSql): Promise<void> {
  const noms = [...TABLES.filter((table) => !table.includes(".")), ...CALCULEES, ...VIDES].map((nom) =>
    `public.${nom}`
  );
  await tx.unsafe("set local statement_timeout = 0; set local lock_timeout = '30s'").simple();
  await tx.unsafe(`lock table ${noms.join(", ")} in share row exclusive mode`);
}
