// What a database holds, in figures: taken in one snapshot, they say whether two databases are the same.
import type postgres from "postgres";
import type { Sql } from "../stack/database.ts";

type Lecteur = Sql | postgres.TransactionSql;

export interface ChiffresTable {
  lignes: number;
  /** Sum of a hash of every row: the same rows, in whatever order, give the same. */
  empreinte: string;
}

export interface StockCiterne {
  citerne_id: string;
  citerne: string;
  produit_id: string;
  proprietaire_type: string;
  stock_ambiant: number;
  stock_15c: number;
}

export interface Chiffres {
  /** By qualified name: public.receptions. */
  tables: Record<string, ChiffresTable>;
  stocks: StockCiterne[];
  totaux: { stock_ambiant: number; stock_15c: number };
}

/** Schemas of this project; of `auth`, the platform's, only who may sign in and how. */
export const SCHEMAS = ["public", "private", "astm", "supabase_migrations"];
export const TABLES_AUTH = ["users", "identities", "mfa_factors"];

/** A row's text depends on these; a backup is compared on another server than it was made on. */
export const RENDU_STABLE = `
  set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0;`;

/** A query whose one row is `{table: {lignes, empreinte}}` for these tables, under stable settings. */
export function requeteEmpreintes(tables: readonly string[]): string {
  const une = (nom: string) =>
    `select '${nom.replaceAll("'", "''")}' as nom, count(*) as lignes,
            coalesce(sum(('x' || left(md5(une_ligne::text), 16))::bit(64)::bigint::numeric), 0)::text as empreinte
       from ${nom} as une_ligne`;
  return `select coalesce(jsonb_object_agg(nom, jsonb_build_object('lignes', lignes, 'empreinte', empreinte)), '{}') as tables
            from (${tables.map(une).join(" union all ") || "select null, null, null where false"}) chiffres`;
}

/** Tables that a backup answers for, in order. */
export async function nomsTables(sql: Lecteur, schemas = SCHEMAS): Promise<string[]> {
  const lignes = await sql<{ nom: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as nom
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and (n.nspname = any (${schemas})
           or (${schemas.includes("public")} and n.nspname = 'auth' and c.relname = any (${TABLES_AUTH})))
     order by 1`;
  return lignes.map(({ nom }) => nom);
}

/** Figures of everything, in the transaction given, whose snapshot they are of. */
export async function lireChiffres(tx: Lecteur): Promise<Chiffres> {
  await tx.unsafe(RENDU_STABLE).simple();
  const noms = await nomsTables(tx);
  const [ligne] = await tx.unsafe<{ tables: Chiffres["tables"] }[]>(requeteEmpreintes(noms));
  const stocks = noms.includes("public.stocks_snapshot")
    ? await tx<StockCiterne[]>`
        select s.citerne_id, c.nom as citerne, s.produit_id, s.proprietaire_type,
               s.stock_ambiant::float8 as stock_ambiant, s.stock_15c::float8 as stock_15c
          from public.stocks_snapshot s join public.citernes c on c.id = s.citerne_id
         order by c.nom, s.citerne_id, s.produit_id, s.proprietaire_type`
    : [];
  const somme = (mesure: "stock_ambiant" | "stock_15c") =>
    Math.round(stocks.reduce((total, stock) => total + stock[mesure], 0) * 1000) / 1000;
  return {
    tables: ligne!.tables,
    stocks: [...stocks],
    totaux: { stock_ambiant: somme("stock_ambiant"), stock_15c: somme("stock_15c") },
  };
}

/** Sentences that say where two sets of figures differ; none where they agree. */
export function differences(attendus: Chiffres, trouves: Chiffres): string[] {
  const noms = new Set([...Object.keys(attendus.tables), ...Object.keys(trouves.tables)]);
  const tables = [...noms].sort().flatMap((nom) => {
    const [a, t] = [attendus.tables[nom], trouves.tables[nom]];
    if (!a || !t) return [`${nom} : ${a ? "absente de la base restaurée" : "absente du manifeste"}`];
    if (a.lignes !== t.lignes) return [`${nom} : ${t.lignes} lignes au lieu de ${a.lignes}`];
    return a.empreinte === t.empreinte
      ? []
      : [`${nom} : mêmes ${a.lignes} lignes en nombre, contenu différent`];
  });
  const texte = ({ stocks, totaux }: Chiffres) => JSON.stringify([stocks, totaux]);
  return texte(attendus) === texte(trouves) ? tables : [
    ...tables,
    `stocks : ${trouves.totaux.stock_ambiant} L ambiants et ${trouves.totaux.stock_15c} L à 15 °C ` +
    `au lieu de ${attendus.totaux.stock_ambiant} et ${attendus.totaux.stock_15c}, ou répartis autrement`,
  ];
}
