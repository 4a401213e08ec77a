// The REST and auth process of the stack.
import { createApi } from "./api.ts";
import { answerAuthAdmin } from "./auth_admin.ts";
import { connect } from "./database.ts";

const [databaseUrl, jwtSecret] = [Deno.env.get("SUPABASE_DB_URL")!, Deno.env.get("JWT_SECRET")!];
const api = createApi(databaseUrl, jwtSecret);
await api.init();
const sql = connect(databaseUrl);
// Not an admin's console: a request that brings no key is nobody's.
Deno.serve(async (request) =>
  await answerAuthAdmin(request, sql, jwtSecret) ?? api.fetch(request, { peerAddress: null })
);
