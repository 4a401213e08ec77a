import type { z } from "zod";
import type { Sql, Transaction } from "./database.ts";
import type { Database, Json } from "./database.types.ts";

// What the compiler knows of the database, so that a column or an argument that is renamed is an error of types.

type Public = Database["public"];
export type Table = keyof Public["Tables"] & string;
export type Relation = Table | (keyof Public["Views"] & string);
type Rangee<R extends Relation> = R extends Table ? Public["Tables"][R]["Row"]
  : R extends keyof Public["Views"] ? Public["Views"][R]["Row"]
  : never;
export type Colonne<R extends Relation> = keyof Rangee<R> & string;

/** Whether an answer may say a column so. A view's columns are all said to be nullable: there, the answer knows better. */
type Accord<R extends Relation, Column, Said> = NonNullable<Json> extends Column ? true
  : [NonNullable<Said>] extends [NonNullable<Column>]
    ? R extends Table ? null extends Column ? null extends Said ? true : "peut être nulle" : true : true
  : "est d'un autre type";
type Faute<R extends Relation, Said, Cachee> = {
  [K in (keyof Said | Colonne<R>) & string]: K extends Colonne<R>
    ? K extends keyof Said ? Accord<R, Rangee<R>[K], Said[K]> extends true ? never
      : `${K} ${Accord<R, Rangee<R>[K], Said[K]> & string}`
    : K extends Cachee ? never
    : `${K} manque à la réponse`
    : `${R} n'a pas de colonne ${K}`;
}[(keyof Said | Colonne<R>) & string];
type Conforme<R extends Relation, Said, Cachee> = [Faute<R, Said, Cachee>] extends [never] ? unknown
  : { faute: Faute<R, Said, Cachee> };

/** A table or view, and the answer its rows make. */
export interface Fiche<R extends Relation = Relation, L extends z.ZodObject = z.ZodObject> {
  relation: R;
  ligne: L;
}

/** Holds an answer to its relation, column by column: each is in it, of its own type, or said to be hidden. */
export function fiche<R extends Relation, L extends z.ZodObject, Cachee extends Colonne<R> = never>(
  relation: R,
  ligne: L & Conforme<R, z.input<L>, Cachee>,
  _cachees: Cachee[] = [],
): Fiche<R, L> {
  return { relation, ligne };
}

/** Columns of a relation that its answer shows, for a select or a returning. */
export const colonnes = ({ ligne }: Fiche) => Object.keys(ligne.shape);

/** Values for columns; in an insertion null, as absent, leaves a column to its default. */
export type Changees<T extends Table, V> = {
  [K in keyof V]: K extends keyof Public["Tables"][T]["Update"] ? Public["Tables"][T]["Update"][K] : never;
};
export type Inserees<T extends Table, V> = {
  [K in keyof V]: K extends keyof Public["Tables"][T]["Insert"] ? Public["Tables"][T]["Insert"][K] | null
    : never;
};

/**
 * What a client wrote of a table's row, for a function of SQL that makes a row of it; `others`: what it reads besides. A column
 * that is renamed is an error of types here as well.
 */
export const rangee = <T extends Table, V extends object, A extends string = never>(
  _table: T,
  dite: V & Inserees<T, Omit<V, A>>,
  ..._others: A[]
): Json => dite as Json;

/** What lines say of a table, and which columns they name: one that nobody fills keeps its default, which only SQL knows. */
export function ditesDe(lignes: object[]) {
  const dites = lignes.map((ligne) =>
    Object.entries(ligne).filter(([, value]) => value !== undefined && value !== null)
  );
  const nommees = [...new Set(dites.flatMap((entries) => entries.map(([column]) => column)))];
  return { dites: dites.map((entries) => Object.fromEntries(entries)), nommees };
}

/** Inserts a row as the caller, and answers with it whole: the rules of the table complete it. */
export async function inserer<T extends Table, L extends z.ZodObject, V extends object>(
  tx: Transaction,
  fiche: Fiche<T, L>,
  ligne: V & Inserees<T, V>,
): Promise<z.input<L>> {
  const { dites: [dite] } = ditesDe([ligne]);
  const [ecrite] = await tx<[{ ligne: z.input<z.ZodObject> }]>`
    with ecrites as (insert into ${tx(fiche.relation as string)} ${tx(dite!)} returning ${
    tx(colonnes(fiche))
  })
    select to_json(e) as ligne from ecrites e`;
  // What fiche() held: these are its columns.
  return ecrite.ligne as z.input<L>;
}

/** One row by its id, as the caller sees it. Raises INTROUVABLE, from SQL. */
export async function lire<R extends Relation, L extends z.ZodObject>(
  tx: Transaction,
  fiche: Fiche<R, L>,
  id: string,
  quoi: string,
  cle: Colonne<R> = "id" as Colonne<R>,
): Promise<z.input<L>> {
  const [row] = await tx<{ ligne: z.input<z.ZodObject> }[]>`
    select to_json(t) as ligne
      from (select ${tx(colonnes(fiche))} from ${tx(fiche.relation as string)} where ${
    tx(cle as string)
  } = ${id}) t`;
  if (!row) await appeler(tx, "private.refuser", { p_code: "INTROUVABLE", p_valeurs: { quoi } });
  return row!.ligne as z.input<L>;
}

type Schemas = Pick<Database, "public" | "private" | "astm">;
type Fonctions = {
  [N in { [S in keyof Schemas]: `${S}.${keyof Schemas[S]["Functions"] & string}` }[keyof Schemas]]: N extends
    `${infer S extends keyof Schemas}.${infer F}`
    ? F extends keyof Schemas[S]["Functions"] ? Schemas[S]["Functions"][F] : never
    : never;
};
type Fonction = keyof Fonctions;
export type Definition<F extends Fonction> = Fonctions[F] extends { Args: infer A; Returns: infer R }
  ? { A: A; R: R }
  : never;
/** Arguments by name; only one that has a default may be left out. In a statement, what another part of it gives. */
export type Arguments<F extends Fonction, Part = never> = {
  [K in keyof Definition<F>["A"]]: Definition<F>["A"][K] | null | Part;
};
/** Functions that answer rows, and those that answer one value. */
export type DeLignes = { [F in Fonction]: Definition<F>["R"] extends unknown[] ? F : never }[Fonction];
export type DUneValeur = Exclude<Fonction, DeLignes>;

/** A function and its arguments, as a statement has it. */
export function appel(tx: Transaction | Sql, nom: Fonction, donnees: object) {
  const said = Object.entries(donnees).filter(([, value]) => value !== undefined);
  const nommes = said.map(([argument, value], i) =>
    tx`${i ? tx`, ` : tx``}${tx(argument)} => ${
      typeof value === "function" ? value(tx) : value as string | null
    }`
  );
  return tx`${tx(nom as string)}(${nommes.length ? nommes : tx``})`;
}

/** Calls a function by its arguments' names; one left undefined keeps its default. to_json: kept text comes as it was. */
export async function appeler<F extends DUneValeur>(
  tx: Transaction,
  nom: F,
  donnees: Arguments<F>,
): Promise<Definition<F>["R"] | null> {
  const [row] = await tx<{ valeur: Json }[]>`select to_json(f) as valeur from ${appel(tx, nom, donnees)} f`;
  return row!.valeur as Definition<F>["R"] | null;
}

/** Functions that answer JSON of SQL's making. */
type DeJson = { [F in DUneValeur]: Json extends Definition<F>["R"] ? F : never }[DUneValeur];
/** The same of one of these. It answers what the caller says it does: the compiler cannot know, the doors' tests do. */
export const appelerJson = <F extends DeJson, T>(
  tx: Transaction,
  nom: F,
  donnees: Arguments<F>,
): Promise<T> => appeler(tx, nom, donnees) as Promise<T>;

/** The rows of a function that answers rows. */
export async function tirer<F extends DeLignes>(
  tx: Transaction,
  nom: F,
  donnees: Arguments<F>,
): Promise<Definition<F>["R"]> {
  const rows = await tx<{ ligne: Json }[]>`select to_json(f) as ligne from ${appel(tx, nom, donnees)} f`;
  return rows.map(({ ligne }) => ligne) as Definition<F>["R"];
}
