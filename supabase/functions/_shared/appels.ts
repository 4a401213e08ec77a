// What an act asks of the database in one statement: functions of its own, and rows written and read through them
// (133_portes_lignes.sql), put together. Nothing here names a table: a statement is planned before it is known who asks.
import type { z } from "zod";
import type { Appel, Sql, Transaction } from "./database.ts";
import type { Json } from "./database.types.ts";
import {
  appel,
  type Arguments,
  type Changees,
  type Colonne,
  colonnes,
  type Definition,
  type DeLignes,
  ditesDe,
  type DUneValeur,
  type Fiche,
  type Inserees,
  type Relation,
  type Table,
} from "./relations.ts";

/** Said by the client, or given by another part of the statement. */
export type Dit = string | Appel<string>;

/** JSON that SQL has made is what it is said to be: the compiler cannot know. */
type Rendu<R> = Json extends R ? never : R extends undefined ? unknown : R;

const dire = (sql: Sql | Transaction, dit: Dit) => typeof dit === "function" ? dit(sql) : sql`${dit}`;
const nommer = (fiche: Fiche) => colonnes(fiche).join(",");

/**
 * A function of one value, by its arguments' names; one left undefined keeps its default. One that is stable looks where its
 * statement began: it may come before what is done, or stand for it, but not read it.
 */
export const fonction = <F extends DUneValeur>(
  nom: F,
  donnees: Arguments<F, Appel>,
): Appel<Rendu<Definition<F>["R"]>> =>
(sql) => appel(sql, nom, donnees);

/** What asks first: who has not the capability is refused, and shown no empty list. */
export const reserver = (p_capacite: string): Appel => fonction("private.exiger", { p_capacite });

/** The rows of a function that answers rows. */
export const rangees = <F extends DeLignes>(
  nom: F,
  donnees: Arguments<F, Appel>,
): Appel<Definition<F>["R"]> =>
(sql) => sql`(select coalesce(jsonb_agg(to_jsonb(f)), '[]') from ${appel(sql, nom, donnees)} f)`;

/** One row by its id. Raises INTROUVABLE, from SQL. */
export const ligne = <R extends Relation, L extends z.ZodObject>(
  fiche: Fiche<R, L>,
  id: Dit,
  quoi: string,
  cle: Colonne<R> = "id" as Colonne<R>,
): Appel<z.input<L>> =>
(sql) =>
  sql`private.ligne_dite(${fiche.relation as string}, ${nommer(fiche)}, ${cle as string}, (${
    dire(sql, id)
  })::text, ${quoi})`;

/** The few rows that belong to one thing, in order. */
export const lignes = <R extends Relation, L extends z.ZodObject>(
  fiche: Fiche<R, L>,
  cle: Colonne<R>,
  id: Dit,
  ordre: Colonne<R>,
): Appel<z.input<L>[]> =>
(sql) =>
  sql`private.lignes_dites(${fiche.relation as string}, ${nommer(fiche)}, ${cle as string}, (${
    dire(sql, id)
  })::text, ${ordre as string})`;

/** Rows inserted, in their order, whole: the rules of the table complete them. */
export const inserees = <T extends Table, L extends z.ZodObject, V extends object>(
  fiche: Fiche<T, L>,
  lignes: (V & Inserees<T, V>)[],
): Appel<z.input<L>[]> =>
(sql) => {
  const { dites, nommees } = ditesDe(lignes);
  return sql`private.lignes_inserees(${fiche.relation as string}, ${sql.json(dites as Json)}, ${
    nommees.join(",")
  }, ${nommer(fiche)})`;
};

/** The same for one row. */
export const inseree = <T extends Table, L extends z.ZodObject, V extends object>(
  fiche: Fiche<T, L>,
  ligne: V & Inserees<T, V>,
): Appel<z.input<L>> =>
(sql) => sql`(${inserees(fiche, [ligne])(sql)} -> 0)`;

/** A row changed by its id: null empties a column, undefined leaves it. Reading it again says what it is. */
export const modifiee = <T extends Table, V extends object>(
  { relation }: Fiche<T>,
  id: string,
  changements: V & Changees<T, V>,
): Appel =>
(sql) => {
  const dits = Object.entries(changements).filter(([, value]) => value !== undefined);
  return dits.length
    ? sql`private.ligne_modifiee(${relation as string}, ${id}, ${
      sql.json(Object.fromEntries(dits) as Json)
    }, ${dits.map(([column]) => column).join(",")})`
    : sql`null`;
};

/** First this, then that, whose answer it is. */
export const apres = <T>(fait: Appel, suite: Appel<T>): Appel<T> => (sql) =>
  sql`case when private.faite((${fait(sql)})::text) then ${suite(sql)} end`;

/** What this gives, where that wants it, once or more. */
export const avec = <V, T>(valeur: Appel<V>, suite: (valeur: Appel<V>) => Appel<T>): Appel<T> => (sql) =>
  sql`(select ${suite((dans) => dans`v.valeur`)(sql)} from (select ${valeur(sql)} as valeur offset 0) v)`;

/** The same for an id, which the client may have said. */
export const avecId = <T>(id: Dit, suite: (id: Dit) => Appel<T>): Appel<T> =>
  typeof id === "string" ? suite(id) : avec(id, suite);

/** What another part gives under this name. */
export const champ =
  <O extends object, C extends keyof O & string>(donne: Appel<O>, nom: C): Appel<O[C]> => (sql) =>
    sql`((${donne(sql)})::jsonb -> ${nom as string})`;

/** The same as a number, for an argument. */
export const nombre = (donne: Appel<number>): Appel<number> => (sql) => sql`(${donne(sql)})::int8`;

/** The id of this name in what another part gives. */
export const idDit =
  <C extends string>(donne: Appel<{ [champ in C]: string }>, champ: C): Appel<string> => (sql) =>
    sql`(${donne(sql)} ->> ${champ as string})::uuid`;

/** The id of a row that was written. */
export const idDe = (ecrite: Appel<{ id: string }>): Appel<string> => idDit(ecrite, "id");

/** The only row of a function that answers one. */
export const seule = <T>(rangees: Appel<T[]>): Appel<T> => (sql) => sql`(${rangees(sql)} -> 0)`;

/** What the first of these rows says, if there is one. */
export const premiere = <C extends string, V>(
  rangees: Appel<{ [champ in C]: V }[]>,
  champ: C,
): Appel<V | null> =>
(sql) => sql`(${rangees(sql)} -> 0 -> ${champ as string})`;

/** Of each row that was written, by its id, in their order. */
export const chacune = <T>(
  ecrites: Appel<{ id: string }[]>,
  suite: (id: Appel<string>) => Appel<T>,
): Appel<T[]> =>
(sql) =>
  sql`(select jsonb_agg(${suite(idDe((dans) => dans`l.ligne`))(sql)} order by l.rang)
         from jsonb_array_elements(${ecrites(sql)}) with ordinality l (ligne, rang))`;

type Rendus<O> = { [K in keyof O]: O[K] extends infer V ? V extends Appel<infer T> ? T : V : never };

/** An object of what several parts give, in this order. */
export const objet =
  <O extends Record<string, Appel | string | null>>(champs: O): Appel<Rendus<O>> => (sql) => {
    const dits = Object.entries(champs).map(([nom, dit], i) =>
      sql`${i ? sql`, ` : sql``}${nom}::text, ${typeof dit === "function" ? dit(sql) : sql`${dit}::text`}`
    );
    return sql`json_build_object(${dits})`;
  };

/** One object of two, the second's fields in place of the first's. */
export const ensemble = <A, B>(un: Appel<A>, autre: Appel<B>): Appel<A & B> => (sql) =>
  sql`((${un(sql)})::jsonb || (${autre(sql)})::jsonb)`;
