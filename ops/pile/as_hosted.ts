import type { Sql } from "./database.ts";

// Where the local REST and Auth would answer otherwise than the hosted ones, they are made to answer alike.

/**
 * Supabase Auth, where signing up is closed, makes no account for a one-time code either; the local one would. So a
 * code is only ever asked for somebody who has an account.
 */
export async function withoutSignUp(request: Request): Promise<Request> {
  if (request.method !== "POST" || !/otp/i.test(decodeURI(new URL(request.url).pathname))) return request;
  const { email } = await request.json().catch(() => ({})) ?? {};
  return new Request(request, { body: JSON.stringify({ email, create_user: false }) });
}

/**
 * PostgREST answers 4xx where the database can make no sense of a request; this library answers 500, often in the words of
 * the error itself, wherever it does not know it. What the database failed at by itself stays a 500.
 */
export async function asPostgrest(answer: Response): Promise<Response> {
  if (answer.status !== 500) return answer;
  const said = await answer.text();
  if (/connect|shut|memory|disk/i.test(said)) {
    return new Response(said, { status: 500, headers: answer.headers });
  }
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  // A check is the one refusal of a table that this library does not know; PostgREST says which.
  const check = said.match(/PostgresError: ((?:new row|value of column|value too long) .*?)"}/)?.[1];
  const problem = {
    code: check ? "23514" : "PGRST100",
    details: null,
    hint: null,
    message: check ? JSON.parse(`"${check}"`) : "La demande ne peut pas être lue.",
  };
  return new Response(JSON.stringify(problem), { status: 400, headers });
}

const OPENS_A_SESSION = /^\/auth\/v1\/(token|verify|signup)$/;

/**
 * Supabase Auth gives no session to a banned account (`auth.users.banned_until`, set where a person is deactivated), and
 * says why; the local one does not look. A session it has just opened, or prolonged, is closed again.
 */
export async function withoutBanned(request: Request, answer: Response, sql: Sql): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (answer.status !== 200 || !OPENS_A_SESSION.test(pathname)) return answer;
  const session = await answer.clone().json().catch(() => null);
  const user = session?.user?.id;
  if (!user) return answer;
  const banned = await sql`
    with parti as (select id from auth.users where id = ${user} and banned_until > now())
    delete from auth.sessions s using parti where s.user_id = parti.id returning 1`;
  if (!banned.length) return answer;
  const msg = searchParams.get("grant_type") === "refresh_token"
    ? "Invalid Refresh Token: User Banned"
    : "User is banned";
  return Response.json({ code: 400, error_code: "user_banned", msg }, {
    status: 400,
    headers: { "x-sb-error-code": "user_banned" },
  });
}
