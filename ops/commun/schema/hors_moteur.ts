// Kinds of objects the diff engine reports without comparing (operators, text search, statistics…): whether each is there.
import type { Sql } from "../connection.ts";
import type { Lignes } from "./referentiels.ts";

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
  return new Map(objets.map(({ objet }) => [objet, { valeurs: {}, propre: false }]));
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
