import { App } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { jwtVerify } from "jose";
import { embedAsHosted } from "./embeds.ts";
import { numberedAsTheDoors } from "./request_number.ts";

// PostgREST writes numbers as numbers and moments as ISO 8601; the driver alone would give PostgreSQL's own text, say once
// more as a string of JSON the argument of a function that the library has already written as JSON, and take the text
// "true" for false.
const jsonOf = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => typeof value === "string" ? value : JSON.stringify(value),
  parse: (text: string) => JSON.parse(text),
});
const POSTGREST_TYPES = {
  json: jsonOf(114),
  jsonb: jsonOf(3802),
  bool: {
    to: 16,
    from: [16],
    serialize: (value: unknown) => String(value),
    parse: (text: string) => text === "t",
  },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  timestamptz: {
    to: 1184,
    from: [1184],
    serialize: String,
    parse: (text: string) => text.replace(" ", "T").replace(/\+00$/, "+00:00"),
  },
};

// What PostgREST takes on with the role it becomes (migration 000230); this one becomes it within its own session.
const TIMEOUTS = {
  statement_timeout: 8_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 15_000,
};

interface Introspected {
  views: { sql?: string }[];
}

/**
 * What the library knows of the schema, read once for all who ask while it is being read: a second of the server's time,
 * which the library would take for each of the first requests. Without the text of views: at each request it would look
 * there, column by column, for SQLite's stand-ins of types, half of what a request costs; PostgreSQL says them itself.
 */
function readingSchemaOnce(connection: object): void {
  const of = connection as { introspect(options?: { useCache?: boolean }): Promise<Introspected> };
  const introspect = of.introspect.bind(connection);
  let reading: Promise<Introspected> | undefined;
  const read = async () => {
    const schema = await introspect({ useCache: true });
    schema.views.forEach((view) => delete view.sql);
    return schema;
  };
  of.introspect = (options) =>
    options?.useCache ? reading ??= read().finally(() => reading = undefined) : introspect(options);
}

/** REST and auth, answering the calls of supabase-js on the project's database. */
export function createApi(databaseUrl: string, jwtSecret: string): App {
  const connection = createPostgresConnection({
    url: databaseUrl,
    postgresOptions: { onnotice: () => {}, types: POSTGREST_TYPES, connection: TIMEOUTS },
  });
  // Left alone it grants every table to every role where it sees RLS. Grants are the migrations' business.
  Object.assign(connection, { rlsState: "active" });
  readingSchemaOnce(connection);
  const secret = new TextEncoder().encode(jwtSecret);
  const api = new App({
    connection,
    api: { schemas: ["public"], max_rows: 1000 },
    auth: { enabled: true, enable_signup: false, jwt_secret: jwtSecret, jwt_expiry: 3600 },
    options: {
      server: {
        disableStudio: true,
        disableFallback: true,
        apiKeys: {
          // The project's keys are JWTs, as in `supabase start`: their role claim is what they open.
          resolver: async (key: string) => {
            const claims = await jwtVerify(key, secret, { algorithms: ["HS256"] })
              .then(({ payload }) => payload, () => null);
            if (claims?.role === "service_role") return { type: "secret", claims };
            if (claims?.role === "anon") return { type: "publishable", claims };
            return null;
          },
        },
      },
    },
  });
  return Object.assign(api, { fetch: numberedAsTheDoors(api, embedAsHosted(api)) });
}
