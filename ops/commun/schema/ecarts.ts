// Differences between two databases, as far as the project goes: their facts, by what this tree calls one, whatever
// each of them does (private.faits); the columns of their views; the migrations they have had. What the platform puts
// around them (auth, storage, its roles) differs from one host to another and is nobody's mistake.
import { join } from "node:path";
import type postgres from "postgres";
import { withDatabase } from "../connection.ts";
import { hasTable } from "../database.ts";
import { ROOT } from "../settings.ts";
import { SCHEMAS } from "./declare.ts";

export interface Ecart {
  genre: "absent_de_b" | "absent_de_a" | "different";
  objet: string;
  /** Of a difference: which property, and what each side has. */
  propriete?: string;
  a?: string;
  b?: string;
  /** Of a row that one side has and the other may be without: no difference between them. */
  propre?: true;
}

interface Fait {
  objet: string;
  /** What it goes with. */
  parent: string | null;
  fait: Record<string, unknown>;
  propre: boolean;
}
type Faits = Map<string, Fait>;

const CHAPITRE = join(ROOT, "supabase/schemas/160_empreinte.sql");

/** The tree's own private.referentiels() and private.faits(), for one session: a database may have others, or none. */
async function definition(): Promise<string> {
  const chapitre = await Deno.readTextFile(CHAPITRE);
  const debut = chapitre.indexOf("create function private.referentiels()");
  return chapitre.slice(debut, chapitre.indexOf("comment on function private.faits()"))
    .replaceAll(/\bprivate\.(referentiels|faits)\(/g, "pg_temp.$1(");
}

/** A row under the name a person knows it by; two depots may each have a tank of that name. */
const UN_ID = / [0-9a-f]{8}-[0-9a-f-]{27} »$/;

async function lireFaits(tx: postgres.ISql): Promise<Faits> {
  await tx.unsafe(await definition()).simple();
  const faits: Faits = new Map();
  for (const fait of await tx<Fait[]>`select * from pg_temp.faits() order by objet`) {
    const court = fait.objet.replace(UN_ID, " »");
    const objet = faits.has(court) ? fait.objet : court;
    faits.set(objet, { ...fait, objet });
  }
  return faits;
}

/**
 * The columns of each view and composite type, as they come: two texts that say the same give different columns where one was
 * read back over a function whose row grew in another order, and a row becomes a composite type by position.
 */
const lireColonnes = (tx: postgres.ISql) =>
  tx<Fait[]>`
    select format('%s %I.%I', case c.relkind when 'c' then 'type' else 'vue' end, n.nspname, c.relname) as objet,
           null as parent, false as propre, jsonb_build_object('colonnes',
             string_agg(format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)) as fait
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('v', 'm', 'c') and n.nspname = any (${SCHEMAS})
     group by 1`;

/** The CLI's own list, which is no part of the schema: each migration, by what it does. */
const lireHistoire = async (tx: postgres.ISql) =>
  await hasTable(tx, HISTOIRE)
    ? await tx<Fait[]>`
        select format('ligne de %s « %s »', ${HISTOIRE}::text, m.version) as objet, null as parent, false as propre,
               jsonb_build_object('name', m.name) as fait
          from supabase_migrations.schema_migrations m`
    : [];
const HISTOIRE = "supabase_migrations.schema_migrations";

const parObjet = (faits: readonly Fait[]): Faits => new Map(faits.map((fait) => [fait.objet, fait]));

const lire = (url: string): Promise<{ faits: Faits; colonnes: Faits }> =>
  withDatabase(url, "monaluxe schema", (sql) =>
    sql.begin(async (tx) => {
      await tx.unsafe("savepoint lecture");
      const faits = await lireFaits(tx);
      const lus = {
        faits: new Map([...faits, ...parObjet(await lireHistoire(tx))]),
        colonnes: parObjet(await lireColonnes(tx)),
      };
      await tx.unsafe("rollback to savepoint lecture");
      return lus;
    }));

const texte = (valeur: unknown) => typeof valeur === "string" ? valeur : JSON.stringify(valeur);

function ecartsDe(a: Faits, b: Faits): Ecart[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((objet): Ecart[] => {
    const [deA, deB] = [a.get(objet), b.get(objet)];
    if (!deA || !deB) {
      const { parent, propre } = (deA ?? deB)!;
      // A table that is missing says enough: its columns, policies and grants are missing with it.
      if (parent !== null && a.has(parent) !== b.has(parent)) return [];
      return [{ genre: deA ? "absent_de_b" : "absent_de_a", objet, ...propre && { propre } }];
    }
    return Object.keys({ ...deA.fait, ...deB.fait })
      .map((propriete) => ({ propriete, a: texte(deA.fait[propriete]), b: texte(deB.fait[propriete]) }))
      .filter(({ a, b }) => a !== b)
      .map((un) => ({ genre: "different", objet, ...un }));
  });
}

/** Every difference between two databases; leaves nothing in either. */
export async function comparer(urlA: string, urlB: string): Promise<Ecart[]> {
  const [a, b] = await Promise.all([lire(urlA), lire(urlB)]);
  return [
    ...ecartsDe(a.faits, b.faits),
    // A view or a type that only one side has is already said.
    ...ecartsDe(a.colonnes, b.colonnes).filter(({ genre }) => genre === "different"),
  ];
}

const LONGUEUR = 300;

/** The part of two texts that differs, with the little before it that says where. */
function extraits(a = "", b = ""): [string, string] {
  let debut = 0;
  while (debut < a.length && a[debut] === b[debut]) debut++;
  const depuis = Math.max(0, debut - 40);
  const couper = (texte: string) =>
    (depuis ? "…" : "") + texte.slice(depuis, depuis + LONGUEUR) +
    (texte.length > depuis + LONGUEUR ? "…" : "");
  return [couper(a), couper(b)];
}

/** A difference as a person reads it. */
export function raconter({ genre, objet, propriete, a, b }: Ecart, nomA: string, nomB: string): string {
  if (genre === "absent_de_b") return `  - ${objet} : seulement dans ${nomA}`;
  if (genre === "absent_de_a") return `  + ${objet} : seulement dans ${nomB}`;
  const [deA, deB] = extraits(a, b).map((texte) => texte.replaceAll("\n", "\n      "));
  return `  ≠ ${objet} (${propriete})\n    ${nomA} : ${deA}\n    ${nomB} : ${deB}`;
}
