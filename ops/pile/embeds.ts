// Which relationship an embed means, decided as hosted PostgREST decides it.
//
// The library takes any table that refers to both ends for a junction; PostgREST only one whose two foreign keys lie in
// its primary key. So each embed that names no relationship is given the one PostgREST would take, before the library
// looks; where PostgREST would refuse (none, or several), the same refusal is given.
import { AsyncLocalStorage } from "node:async_hooks";
import type { App } from "@supabase/lite";

interface ForeignKey {
  schema: string;
  table: string;
  column: string;
  ref_table: string;
  ref_column: string;
  foreign_key_name: string;
  /** Where a view inherits the key: one group a path. */
  foreign_key_group?: string;
}

export interface Schema {
  foreign_keys: ForeignKey[];
  primary_keys: { schema: string; table: string; columns: string[] }[];
  tables: { schema?: string; name: string }[];
  views: { schema?: string; name: string }[];
}

export interface Relation {
  cardinality: "many-to-one" | "one-to-many" | "many-to-many";
  hint: string;
  relationship: string;
}

const ROOM = "public";

/** Keys of several columns come one column a row: put together again. */
function keys(schema: Schema): ForeignKey[][] {
  const groups = Map.groupBy(
    schema.foreign_keys,
    (key) => `${key.schema}.${key.table} ${key.foreign_key_group ?? key.foreign_key_name}`,
  );
  return [...groups.values()];
}

const columns = (key: ForeignKey[], side: "column" | "ref_column") => key.map((one) => one[side]).join(", ");

function relation(
  key: ForeignKey[],
  from: string,
  to: string,
  cardinality: Relation["cardinality"],
): Relation {
  const [own, other] = cardinality === "one-to-many"
    ? [columns(key, "ref_column"), columns(key, "column")]
    : [columns(key, "column"), columns(key, "ref_column")];
  return {
    cardinality,
    hint: key[0]!.foreign_key_name,
    relationship: `${key[0]!.foreign_key_name} using ${from}(${own}) and ${to}(${other})`,
  };
}

/** Every relationship by which PostgREST could embed one in the other, when the request names none. */
export function relations(schema: Schema, from: string, to: string): Relation[] {
  const every = keys(schema).filter(([first]) => first!.schema === ROOM);
  const between = (a: string, b: string) =>
    every.filter(([first]) => first!.table === a && first!.ref_table === b);
  const junctions = Map.groupBy(every, ([first]) => first!.table).entries().flatMap(([table, own]) => {
    const primary = schema.primary_keys.find((key) => key.schema === ROOM && key.table === table)?.columns ??
      [];
    const inPrimary = own.filter((key) => key.every(({ column }) => primary.includes(column)));
    const ends = (name: string) => inPrimary.filter(([first]) => first!.ref_table === name);
    return ends(from).flatMap((left) =>
      ends(to).filter((right) => right !== left).map((right): Relation => ({
        cardinality: "many-to-many",
        hint: table,
        relationship: `${table} using ${left[0]!.foreign_key_name}(${columns(left, "column")}) and ` +
          `${right[0]!.foreign_key_name}(${columns(right, "column")})`,
      }))
    );
  });
  return [
    ...between(from, to).map((key) => relation(key, from, to, "many-to-one")),
    ...(from === to ? [] : between(to, from).map((key) => relation(key, from, to, "one-to-many"))),
    ...junctions,
  ];
}

/** The key of one column that this column is. */
const keyOf = (schema: Schema, table: string, column: string) =>
  keys(schema).find(([first, ...rest]) =>
    first!.schema === ROOM && first!.table === table && first!.column === column && !rest.length
  )?.[0];

interface Embed {
  from?: string;
  hint?: string;
}

interface Query {
  from?: string;
  select?: (string | Record<string, Query>)[];
  returning?: (string | Record<string, Query>)[];
  join?: Record<string, Embed>;
}

class Refused extends Error {
  constructor(readonly status: number, readonly problem: Record<string, unknown>) {
    // The words of a refusal that the library answers quietly; any other it writes to the log as a fault.
    super("Invalid JSON body");
  }
}

function none(from: string, to: string): Refused {
  return new Refused(400, {
    code: "PGRST200",
    details:
      `Searched for a foreign key relationship between '${from}' and '${to}' in the schema '${ROOM}', ` +
      "but no matches were found.",
    hint: null,
    message: `Could not find a relationship between '${from}' and '${to}' in the schema cache`,
  });
}

function several(from: string, to: string, found: Relation[]): Refused {
  const ways = found.map(({ hint }) => `'${to}!${hint}'`).join(", ");
  return new Refused(300, {
    code: "PGRST201",
    details: found.map(({ cardinality, relationship }) => ({
      cardinality,
      embedding: `${from} with ${to}`,
      relationship,
    })),
    hint:
      `Try changing '${to}' to one of the following: ${ways}. Find the desired relationship in the 'details' key.`,
    message: `Could not embed because more than one relationship was found for '${from}' and '${to}'`,
  });
}

/** Gives each embed of this query, and those within it, the relationship it means. */
function name(query: Query, from: string, schema: Schema): void {
  for (const field of [...query.select ?? [], ...query.returning ?? []]) {
    if (typeof field === "string") continue;
    for (const [alias, inner] of Object.entries(field)) {
      const embed = query.join?.[alias];
      if (!embed) continue;
      // By a column: that of a key of its own. The library would take any key that the column is a part of.
      const byColumn = embed.hint ? undefined : keyOf(schema, from, embed.from ?? alias);
      if (byColumn) Object.assign(embed, { from: byColumn.ref_table, hint: byColumn.foreign_key_name });
      const to = embed.from ?? alias;
      // By a constraint: the request says which, and the library follows it.
      const named = embed.hint || schema.foreign_keys.some((key) => key.foreign_key_name === to);
      const known = [...schema.tables, ...schema.views].some((one) =>
        one.name === to && (one.schema ?? ROOM) === ROOM
      );
      if (!named && !known && schema.foreign_keys.some((key) => key.table === from && key.column === to)) {
        throw none(from, to);
      }
      if (!named && known && from !== to) {
        const found = relations(schema, from, to);
        if (!found.length) throw none(from, to);
        if (found.length > 1) throw several(from, to, found);
        embed.hint = found[0]!.hint;
      }
      if (known) name(inner, to, schema);
    }
  }
}

/** Makes the API resolve embeds as hosted; returns its fetch. */
export function embedAsHosted(api: App): App["fetch"] {
  const refused = new AsyncLocalStorage<{ by?: Refused }>();
  const connection = api.connection as unknown as {
    onPostgrestAST(query: Query, variables: unknown): Promise<unknown>;
    introspect(options: { useCache: boolean }): Promise<Schema>;
  };
  const ask = connection.onPostgrestAST.bind(connection);
  connection.onPostgrestAST = async (query, variables) => {
    try {
      if (query.join && query.from) name(query, query.from, await connection.introspect({ useCache: true }));
    } catch (error) {
      const request = refused.getStore();
      if (request && error instanceof Refused) request.by = error;
      throw error;
    }
    return ask(query, variables);
  };
  const fetch = api.fetch.bind(api);
  return (...demand) =>
    refused.run({}, async () => {
      const answer = await fetch(...demand);
      const by = refused.getStore()!.by;
      return by
        ? Response.json(by.problem, {
          status: by.status,
          headers: { "proxy-status": `PostgREST; error=${by.problem.code}` },
        })
        : answer;
    });
}
