// What the diff engine reports without comparing (operators, text search, statistics…: whether each is there), or does not
// read at all.
import type { Sql } from "../connection.ts";
import type { Lignes } from "./referentiels.ts";

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
  const litteral = (texte: string) => `'${texte.replaceAll("'", "''")}'`;
  return [
    ...[...apres].filter(([attribut, texte]) => avant.get(attribut) !== texte)
      .map(([attribut, texte]) => `comment on column ${attribut} is ${litteral(texte)}`),
    // One that goes takes what was said of it along.
    ...[...avant.keys()].filter((attribut) => !apres.has(attribut)).map((attribut) =>
      `do $$ begin comment on column ${attribut} is null; exception when undefined_column or undefined_table then end $$`
    ),
  ];
}

/** Every such object of these schemas, by its identity. Those of an extension are the extension's. */
export async function lireHorsMoteur(sql: Sql, schemas: string[]): Promise<Lignes> {
  const objets = await sql<{ objet: string }[]>`
    select distinct i.type || ' ' || i.identity as objet
      from pg_depend d
      join pg_namespace n on n.oid = d.refobjid and d.refclassid = 'pg_namespace'::regclass
     cross join lateral pg_identify_object(d.classid, d.objid, 0) i
     where n.nspname = any (${schemas})
       and d.classid in ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
                         'pg_conversion'::regclass, 'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass,
                         'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass)
       and not exists (select from pg_depend e
                        where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')`;
  return new Map([
    ...objets.map(({ objet }) => [objet, { valeurs: {}, propre: false }] as const),
    ...[...await lireAttributsDits(sql, schemas)].map(([attribut, texte]) =>
      [`commentaire sur attribut ${attribut}`, { valeurs: { texte }, propre: false }] as const
    ),
  ]);
}

/**
 * The columns of each view and composite type, as they come. The engine compares the views' texts, and two texts that
 * say the same give different columns where one was read back over a function whose row grew in another order; a row
 * becomes a composite type by position.
 */
export async function lireColonnes(sql: Sql, schemas: string[]): Promise<Lignes> {
  const vues = await sql<{ objet: string; colonnes: string }[]>`
    select format('%s %I.%I', case c.relkind when 'c' then 'type' else 'vue' end, n.nspname, c.relname) as objet,
           string_agg(format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum) as colonnes
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('v', 'm', 'c') and n.nspname = any (${schemas})
     group by 1`;
  return new Map(vues.map(({ objet, colonnes }) => [objet, { valeurs: { colonnes }, propre: false }]));
}
