// What the engine that proposes a migration does not read.
import type { Sql } from "../connection.ts";
import { literal } from "../database.ts";

/** What is said of each attribute of a composite type, by its name as SQL has it: the engine reads no such comment. */
async function lireAttributsDits(sql: Sql, schemas: string[]): Promise<Map<string, string>> {
  const dits = await sql<{ attribut: string; texte: string }[]>`
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as attribut, d.description as texte
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
     where c.relkind = 'c' and n.nspname = any (${schemas})
     order by c.relname, a.attnum`;
  return new Map(dits.map(({ attribut, texte }) => [attribut, texte]));
}

/** The statements that have one database say of its attributes what another does. */
export async function direAttributs(de: Sql, vers: Sql, schemas: string[]): Promise<string[]> {
  const [avant, apres] = [await lireAttributsDits(de, schemas), await lireAttributsDits(vers, schemas)];
  return [
    ...[...apres].filter(([attribut, texte]) => avant.get(attribut) !== texte)
      .map(([attribut, texte]) => `comment on column ${attribut} is ${literal(texte)}`),
    // One that goes takes what was said of it along.
    ...[...avant.keys()].filter((attribut) => !apres.has(attribut)).map((attribut) =>
      `do $$ begin comment on column ${attribut} is null; exception when undefined_column or undefined_table then end $$`
    ),
  ];
}
