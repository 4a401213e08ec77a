// The REST and auth process of the stack.
import { createApi } from "./api.ts";
import { answerAuthAdmin } from "./auth_admin.ts";
import { connect } from "./database.ts";

/**
 * Supabase Auth, where signing up is closed, makes no account for a one-time code either; the local one would. So a
 * code is only ever asked for somebody who has an account.
 */
async function withoutSignUp(request: Request): Promise<Request> {
  if (request.method !== "POST" || !/otp/i.test(decodeURI(new URL(request.url).pathname))) return request;
  const { email } = await request.json().catch(() => ({})) ?? {};
  return new Request(request, { body: JSON.stringify({ email, create_user: false }) });
}

const [databaseUrl, jwtSecret] = [Deno.env.get("SUPABASE_DB_URL")!, Deno.env.get("JWT_SECRET")!];
const api = createApi(databaseUrl, jwtSecret);
await api.init();
const sql = connect(databaseUrl);
// Not an admin's console: a request that brings no key is nobody's.
Deno.serve(async (request) =>
  await answerAuthAdmin(request, sql, jwtSecret) ??
    api.fetch(await withoutSignUp(request), { peerAddress: null })
);
