import { base64url } from "jose";
import { z } from "zod";
import { type Acte, acte } from "./acte.ts";
import type { Transaction } from "./database.ts";
import { CHAMP } from "./messages.ts";
import { invalide } from "./problems.ts";
import { Id, Jour, ParId } from "./schemas.ts";

/** What every list takes. */
export const Recherche = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
  depot_id: Id.optional(),
  citerne_id: Id.optional(),
  produit_id: Id.optional(),
  du: Jour.optional().meta({ description: "First day, included" }),
  au: Jour.optional().meta({ description: "Last day, included" }),
});

export const page = <S extends z.ZodType>(ligne: S) =>
  z.object({ data: z.array(ligne), next_cursor: z.string().nullable() });

/** How a relation is read as pages. Columns are the project's own names, never a client's. */
export interface Listing {
  relation: string;
  /** Columns that order the rows and tell any two apart; a cursor holds their values. */
  cles: [string, ...string[]];
  sens: "asc" | "desc";
  depot?: string;
  citerne?: string;
  produit?: string;
  /** Column of type date that `du` and `au` bound. */
  jour?: string;
  /** Column of type timestamptz that they bound, by the days of the depot. */
  moment?: string;
  /** Other columns that a parameter of the same name must equal. */
  exacts?: string[];
}

const encode = (values: unknown[]) => base64url.encode(JSON.stringify(values));

function decode(cursor: string, count: number): string[] {
  try {
    const values = JSON.parse(new TextDecoder().decode(base64url.decode(cursor)));
    if (
      Array.isArray(values) && values.length === count && values.every((value) => typeof value === "string")
    ) {
      return values;
    }
  } catch {
    // Fails below, like any other cursor that is not one of ours.
  }
  throw invalide("cursor", CHAMP.curseur);
}

/** One page, by key and not by offset: a page costs the same wherever it lies. */
export async function lister(
  tx: Transaction,
  listing: Listing,
  query: z.output<typeof Recherche> & Record<string, unknown>,
): Promise<{ data: unknown[]; next_cursor: string | null }> {
  const { cles, sens } = listing;
  const egal = (column: string | undefined, value: unknown) =>
    column && value ? tx`and ${tx(column)} = ${value as string}` : tx``;
  const debut = (jour: string, apres: number) =>
    tx`private.debut_du_jour(${jour}::date + ${apres}::int, ${query.depot_id ?? null})`;
  const ordre = sens === "asc" ? tx`asc` : tx`desc`;
  const apres = query.cursor
    ? tx`and row(${cles.map((cle, i) => tx`${i ? tx`, ` : tx``}${tx(cle)}`)}) ${
      sens === "asc" ? tx`>` : tx`<`
    }
           row(${decode(query.cursor, cles.length).map((value, i) => tx`${i ? tx`, ` : tx``}${value}`)})`
    : tx``;
  const rows = await tx<{ ligne: Record<string, unknown> }[]>`
    select to_jsonb(t) as ligne from ${tx(listing.relation)} t
     where true
       ${egal(listing.depot, query.depot_id)}
       ${egal(listing.citerne, query.citerne_id)}
       ${egal(listing.produit, query.produit_id)}
       ${listing.jour && query.du ? tx`and ${tx(listing.jour)} >= ${query.du}` : tx``}
       ${listing.jour && query.au ? tx`and ${tx(listing.jour)} <= ${query.au}` : tx``}
       ${listing.moment && query.du ? tx`and ${tx(listing.moment)} >= ${debut(query.du, 0)}` : tx``}
       ${listing.moment && query.au ? tx`and ${tx(listing.moment)} < ${debut(query.au, 1)}` : tx``}
       ${listing.exacts?.map((column) => egal(column, query[column])) ?? tx``}
       ${apres}
     order by ${cles.map((cle, i) => tx`${i ? tx`, ` : tx``}${tx(cle)} ${ordre}`)}
     limit ${query.limit + 1}`;
  const data = rows.slice(0, query.limit).map(({ ligne }) => ligne);
  const last = data.at(-1);
  return {
    data,
    next_cursor: rows.length > query.limit && last ? encode(cles.map((cle) => String(last[cle]))) : null,
  };
}

/** One row by its id, as the caller sees it. Raises INTROUVABLE, from SQL. */
export async function lire(tx: Transaction, relation: string, id: string, quoi: string): Promise<unknown> {
  const [row] = await tx<{ ligne: unknown }[]>`select to_jsonb(t) as ligne from ${
    tx(relation)
  } t where id = ${id}`;
  if (!row) await tx`select private.refuser('INTROUVABLE', jsonb_build_object('quoi', ${quoi}::text))`;
  return row!.ligne;
}

/** The two readings every table of movements has: its pages, and one row by its id. */
export function lectures(
  ligne: z.ZodType,
  listing: Listing,
  dit: { pages: string; une: string; quoi: string },
): Acte[] {
  return [
    acte({
      methode: "GET",
      chemin: "/",
      resume: dit.pages,
      query: Recherche,
      reponse: page(ligne),
      statut: 200,
      executer: (tx, { query }) => lister(tx, listing, query),
    }),
    acte({
      methode: "GET",
      chemin: "/:id",
      resume: dit.une,
      params: ParId,
      reponse: ligne,
      statut: 200,
      executer: (tx, { params }) => lire(tx, listing.relation, params.id, dit.quoi),
    }),
  ];
}

/** Inserts rows as the caller, in one statement, and answers with them whole: the rules of the table complete them. */
export async function insererLignes(tx: Transaction, table: string, lignes: object[]): Promise<unknown[]> {
  const said = lignes.map((ligne) =>
    Object.entries(ligne).filter(([, value]) => value !== undefined && value !== null)
  );
  // A column nobody filled keeps its default: only SQL knows what that is.
  const columns = [...new Set(said.flatMap((entries) => entries.map(([column]) => column)))];
  const empty = Object.fromEntries(columns.map((column) => [column, null]));
  const rows = said.map((entries) => ({ ...empty, ...Object.fromEntries(entries) }));
  const written = await tx<{ ligne: unknown }[]>`
    insert into ${tx(table)} ${tx(rows)} returning to_jsonb(${tx(table)}.*) as ligne`;
  return written.map(({ ligne }) => ligne);
}

/** The same for one row. */
export async function inserer(tx: Transaction, table: string, ligne: object): Promise<unknown> {
  return (await insererLignes(tx, table, [ligne]))[0];
}
