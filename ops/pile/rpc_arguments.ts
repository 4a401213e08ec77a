import type { Sql } from "../commun/connection.ts";

/** Of each function of the schema that is served, the type of each argument. */
export type ArgumentTypes = Map<string, Record<string, string>>;

/** Read with the schema, which it is part of. */
export async function argumentTypes(sql: Sql): Promise<ArgumentTypes> {
  const rows = await sql<{ name: string; types: Record<string, string> }[]>`
    select p.proname as name, jsonb_object_agg(a.name, pg_catalog.format_type(a.type, null)) as types
      from pg_catalog.pg_proc p
     cross join lateral unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) as a (name, type)
     where p.pronamespace = 'public'::regnamespace and a.name <> '' group by p.proname`;
  return new Map(rows.map(({ name, types }) => [name, types]));
}

/** As json_to_record reads it, by which PostgREST gives it to the function: a list for a list, else its text. */
function asRead(value: unknown, type: string): unknown {
  if (value === null) return value;
  // What is already text the library takes for JSON: a string is no other kind of JSON for having been sent here.
  if (/^jsonb?$/.test(type)) return typeof value === "string" ? JSON.stringify(value) : value;
  if (typeof value === "string" || type.endsWith("[]") && Array.isArray(value)) return value;
  return JSON.stringify(value);
}

const NAME = /^\/rest\/v1\/rpc\/(\w+)$/;

/**
 * A function's arguments as PostgREST would give them: the library guesses types by what JavaScript holds, and a text that
 * is a string of JSON, a boolean for a text, a list where an object is asked, became something else than hosted.
 */
export async function withArguments(request: Request, types: ArgumentTypes): Promise<Request> {
  const own = types.get(new URL(request.url).pathname.match(NAME)?.[1] ?? "");
  if (request.method !== "POST" || !own) return request;
  const text = await request.text();
  const sent = (body: string) => new Request(request, { body });
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return sent(text);
  }
  // Of a list of calls PostgREST makes the first; what is no object names no argument.
  const named = Array.isArray(said) ? said[0] : said;
  if (named === null || typeof named !== "object" || Array.isArray(named)) return sent("{}");
  return sent(JSON.stringify(
    Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, own[name] ? asRead(value, own[name]) : value]),
    ),
  ));
}
