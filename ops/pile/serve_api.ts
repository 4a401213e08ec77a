// The REST and auth process of the stack.
import { logged } from "./access_log.ts";
import { createApi } from "./api.ts";
import {
  asObject,
  asPostgrest,
  changesPassword,
  refusedFirst,
  unreadable,
  withoutBanned,
  withoutOtherSessions,
  withoutSignUp,
} from "./as_hosted.ts";
import { argumentTypes, withArguments } from "./rpc_arguments.ts";
import { answerAuthAdmin } from "./auth_admin.ts";
import { variable } from "../commun/settings.ts";
import { connect } from "../commun/connection.ts";

const [databaseUrl, jwtSecret] = [variable("SUPABASE_DB_URL")!, variable("JWT_SECRET")!];
/** What a request in flight is given to end before the connections it uses go. */
const GRACE_MS = 5_000;

async function start() {
  const api = createApi(databaseUrl, jwtSecret);
  await api.init();
  return api;
}

const sql = connect(databaseUrl);
let api = await start();
let types = await argumentTypes(sql);

// It reads the schema when it starts. As PostgREST does, it reads it again when told to: notify pgrst, 'reload schema'.
await sql.listen("pgrst", async () => {
  try {
    const before = api;
    api = await start();
    types = await argumentTypes(sql);
    setTimeout(() => before.connection.close(), GRACE_MS);
    console.log("Schéma relu.");
  } catch (error) {
    console.error(`Le schéma n'a pas pu être relu : ${error}. L'ancien reste servi.`);
  }
});

const asked = async (request: Request) => withArguments(await withoutSignUp(request), types);

// Not an admin's console: a request that brings no key is nobody's.
Deno.serve((given) =>
  logged(given, async (request) => {
    const already = unreadable(request) ?? await refusedFirst(request, sql) ??
      await answerAuthAdmin(request, sql, jwtSecret);
    if (already) return already;
    const another = await changesPassword(request);
    const answer = await asPostgrest(await api.fetch(await asked(request), { peerAddress: null }));
    if (another) return withoutOtherSessions(request, answer, sql);
    return withoutBanned(request, await asObject(request, answer), sql);
  })
);
