// What the engine that proposes a migration does not read, or loses on its way.
import type { Sql } from "../connection.ts";
import { literal } from "../database.ts";
import { SCHEMAS } from "./declare.ts";

/** What is said of each column of a view or composite type, by its name as SQL has it: the engine reads no such comment. */
async function lireAttributsDits(sql: Sql): Promise<Map<string, string>> {
  const dits = await sql<{ attribut: string; texte: string }[]>`
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as attribut, d.description as texte
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum
     where c.relkind in ('c', 'v', 'm') and n.nspname = any (${SCHEMAS})
     order by c.relname, a.attnum`;
  return new Map(dits.map(({ attribut, texte }) => [attribut, texte]));
}

/** A view that is made again has lost what was said of its columns. */
const refaite = (attribut: string, refaites: Set<string>) =>
  refaites.has(attribut.slice(0, attribut.lastIndexOf(".")));
const VUE = /^CREATE (?:MATERIALIZED )?VIEW "(.+?)"\."(.+?)" /;

/** The statements that have one database say of its attributes what another does, once it has had those that are planned. */
export async function direAttributs(
  de: Sql,
  vers: Sql,
  prevues: string[],
): Promise<string[]> {
  const [avant, apres] = [await lireAttributsDits(de), await lireAttributsDits(vers)];
  const refaites = new Set(
    prevues.map((sql) => sql.match(VUE)).filter((vue) => vue !== null).map(([, ou, nom]) => `${ou}.${nom}`),
  );
  return [
    ...[...apres].filter(([attribut, texte]) => avant.get(attribut) !== texte || refaite(attribut, refaites))
      .map(([attribut, texte]) => `comment on column ${attribut} is ${literal(texte)}`),
    // One that goes takes what was said of it along.
    ...[...avant.keys()].filter((attribut) => !apres.has(attribut)).map((attribut) =>
      `do $$ begin comment on column ${attribut} is null; exception when undefined_column or undefined_table then end $$`
    ),
  ];
}

const REPRISE = /^REVOKE ALL ON TABLE "(.+?)"\."(.+?)" FROM "(.+?)"$/;

/** What a role may do to single columns goes with all that is taken from it on their table: given again, as declared. */
export async function redonnerColonnes(vers: Sql, prevues: string[]): Promise<string[]> {
  const reprises = prevues.map((sql) => sql.match(REPRISE)).filter((reprise) => reprise !== null);
  if (!reprises.length) return [];
  const donnes = await vers<{ sql: string }[]>`
    select format('grant %s (%s) on table %I.%I to %I', lower(d.privilege_type), string_agg(format('%I', a.attname), ', '
                  order by a.attnum), n.nspname, c.relname, r.rolname)
             || case when d.is_grantable then ' with grant option' else '' end as sql
      from unnest(${reprises.map(([, ou]) => ou!)}::text[], ${reprises.map(([, , quoi]) => quoi!)}::text[],
                  ${reprises.map(([, , , qui]) => qui!)}::text[]) x (ou, quoi, qui)
      join pg_namespace n on n.nspname = x.ou
      join pg_class c on c.relnamespace = n.oid and c.relname = x.quoi
      join pg_roles r on r.rolname = x.qui
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
     cross join lateral aclexplode(a.attacl) d
     where d.grantee = r.oid
     group by n.nspname, c.relname, r.rolname, d.privilege_type, d.is_grantable
     order by 1`;
  return donnes.map(({ sql }) => sql);
}
