// The old database, read only: a project's address, or a dump, which is first put into a database to throw away.
import type postgres from "postgres";
import { Refus } from "../../../ops/commun/deroulement.ts";
import { Echec } from "../../../ops/commun/failure.ts";
import { RENDU_STABLE, requeteEmpreintes } from "../../../ops/exploitation/sauvegardes/chiffres.ts";
import { connect } from "../../../ops/commun/connection.ts";
import { ANCIENNE, CALCULEES, colonnesConnues, COMPTES, CONSERVEES } from "./ancienne_base.ts";
import type { Source } from "./acces.ts";
import { ouvrirDump } from "./dump.ts";

/** One moment of the source: every reading in it sees the same rows, whoever writes meanwhile. */
export interface Instantane {
  tx: postgres.TransactionSql;
  /** Columns it has, by table of `public` and of `auth`. */
  colonnes: Map<string, Set<string>>;
  /** Tables of `public` the takeover knows nothing of. */
  autres: string[];
  /** Columns it knows nothing of, in the tables whose rows it takes over. */
  inconnues: { table: string; colonne: string }[];
}

export const estAdresse = (designation: string) => /^postgres(ql)?:\/\//.test(designation);

const nomDe = (adresse: string) => {
  const { hostname, port, pathname } = new URL(adresse);
  return `${hostname}${port ? `:${port}` : ""}${pathname}`;
};

export async function ouvrirSource(
  designation: string,
  dire: (progres: string) => void = () => {},
): Promise<Source> {
  if (!estAdresse(designation)) return await ouvrirDump(designation, dire);
  if (!URL.canParse(designation)) {
    throw new Refus(
      "SOURCE_INCONNUE",
      "L'adresse de la source n'est pas une URL : postgresql://… est attendu.",
    );
  }
  const sql = connect(designation, `monaluxe reprise ${Deno.pid}`);
  const nom = nomDe(designation);
  try {
    await sql`select 1`;
  } catch (erreur) {
    await sql.end();
    throw new Echec(
      `La source ${nom} n'a pas pu être ouverte (${
        (erreur as Error).message
      }). Rien n'a été fait. Vérifiez l'adresse, ` +
        "le mot de passe, et que le projet n'est pas en pause.",
    );
  }
  return { nom, sql, fermer: () => sql.end({ timeout: 0 }) };
}

async function reconnaitre(tx: postgres.TransactionSql): Promise<Instantane> {
  const lues = await tx<{ schema: string; table: string; colonne: string }[]>`
    select n.nspname as schema, c.relname as "table", a.attname as colonne
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p')
       and (n.nspname = 'public' or (n.nspname = 'auth' and c.relname = any (${COMPTES}))
            or (n.nspname, c.relname) = ('private', 'refus'))`;
  const colonnes = new Map<string, Set<string>>();
  for (const { schema, table, colonne } of lues) {
    const nom = schema === "public" ? table : `${schema}.${table}`;
    if (!colonnes.has(nom)) colonnes.set(nom, new Set());
    colonnes.get(nom)!.add(colonne);
  }
  if (colonnes.has("private.refus")) {
    throw new Refus(
      "SOURCE_INCONNUE",
      "La source est déjà une base de ce projet (schéma private), et non l'ancienne : vérifiez --source.",
    );
  }
  const manques = Object.entries(ANCIENNE).flatMap(([table, { requises, facultative }]) =>
    !colonnes.has(table)
      ? facultative ? [] : [table]
      : Object.keys(requises).filter((colonne) => !colonnes.get(table)!.has(colonne)).map((c) =>
        `${table}.${c}`
      )
  );
  if (!colonnes.get("auth.users")?.has("encrypted_password")) manques.push("auth.users (les comptes)");
  if (manques.length) {
    throw new Refus(
      "SOURCE_INCONNUE",
      `La source n'est pas l'ancienne base, ou n'est pas entière. Il manque : ${manques.join(", ")}.`,
    );
  }
  const autres = [...colonnes.keys()]
    .filter((nom) => !nom.includes(".") && !(nom in ANCIENNE) && !CONSERVEES.includes(nom)).sort();
  const inconnues = Object.keys(ANCIENNE).filter((table) => !CALCULEES.includes(table)).flatMap((table) =>
    [...colonnes.get(table) ?? []].filter((colonne) => !(colonne in colonnesConnues(table)))
      .map((colonne) => ({ table, colonne }))
  );
  return { tx, colonnes, autres, inconnues };
}

/** Reads the source at one moment; refuses with SOURCE_INCONNUE whatever is not the old database. */
export function lireSource<T>({ sql }: Source, lire: (instantane: Instantane) => Promise<T>): Promise<T> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    await tx.unsafe(RENDU_STABLE).simple();
    return await lire(await reconnaitre(tx));
  }) as Promise<T>;
}

// What signing in writes is no change of the depot's.
const COMPTES_LUS = "(select id, email, encrypted_password from auth.users)";

/** One hash of every row the takeover reads: the same as long as nobody has written. */
export async function empreinteSource({ tx, colonnes }: Instantane): Promise<string> {
  const tables = [...Object.keys(ANCIENNE), ...CONSERVEES].filter((table) => colonnes.has(table))
    .map((table) => `public.${table}`);
  const [{ tables: chiffres }] = await tx.unsafe<[{ tables: Record<string, unknown> }]>(
    requeteEmpreintes([...tables, COMPTES_LUS]),
  );
  const octets = new TextEncoder().encode(JSON.stringify(Object.entries(chiffres).sort()));
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", octets))]
    .map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
