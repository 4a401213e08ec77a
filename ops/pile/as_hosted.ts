import { decodeJwt } from "jose";
import type { Sql } from "../commun/connection.ts";

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

/** The same answer, saying this. */
function saying(answer: Response, body: unknown, status = answer.status): Response {
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(body), { status, headers });
}

/**
 * PostgREST answers 4xx where the database can make no sense of a request; this library answers 500, often in the words of
 * the error itself, wherever it does not know it. What the database failed at by itself stays a 500.
 */
export async function asPostgrest(answer: Response): Promise<Response> {
  if (answer.status !== 500) return answer;
  const said = await answer.clone().text();
  if (/connect|shut|memory|disk/i.test(said)) return answer;
  // A check is the one refusal of a table that this library does not know; PostgREST says which.
  const check = said.match(/PostgresError: ((?:new row|value of column|value too long) .*?)"}/)?.[1];
  const message = check ? JSON.parse(`"${check}"`) : "La demande ne peut pas être lue.";
  return saying(answer, { code: check ? "23514" : "PGRST100", details: null, hint: null, message }, 400);
}

/** What a filter is not: select may cast, order and the paging name columns only. */
const NOT_A_FILTER =
  /^(select|order|limit|offset|columns|on_conflict|apikey)$|\.(select|order|limit|offset)$/;

/** PostgREST casts what is selected, and never what is filtered by; this library tries to. */
function castsInFilter(parameters: URLSearchParams): string | undefined {
  return parameters.entries().filter(([name]) => !NOT_A_FILTER.test(name)).map(([name, value]) =>
    /(^|\.)(or|and)$/.test(name)
      ? value.match(/[(,]\s*([^.,()":]*::[^.,()"]*)\./)?.[1]
      : name.match(/^.*::.*$/)?.[0]
  ).find((cast) => cast !== undefined);
}

const asked = (code: string, status: number, message: string, details: string) =>
  Response.json({ code, details, hint: null, message }, {
    status,
    headers: { "proxy-status": `PostgREST; error=${code}` },
  });

/** Refused before the library sees it, where PostgREST cannot read it; undefined where it can. */
export function unreadable(request: Request): Response | undefined {
  const { pathname, searchParams } = new URL(request.url);
  const cast = pathname.startsWith("/rest/v1/") ? castsInFilter(searchParams) : undefined;
  const expected = 'unexpected ":" expecting letter, digit, "-", "->>", "->" or delimiter (.)';
  return cast === undefined
    ? undefined
    : asked("PGRST100", 400, `"failed to parse filter (${cast})"`, expected);
}

/**
 * PostgREST calls the project's own function before each request, as the caller; this library knows none. The function
 * looks at two headers: without them it has nothing to say.
 */
export async function refusedFirst(request: Request, sql: Sql): Promise<Response | undefined> {
  const { headers } = request;
  if (!new URL(request.url).pathname.startsWith("/rest/v1/")) return undefined;
  if (!headers.has("prefer") && !/pgrst/i.test(headers.get("accept") ?? "")) return undefined;
  const said = JSON.stringify(Object.fromEntries(headers));
  try {
    await sql.begin((tx) =>
      tx`
      select set_config('request.headers', ${said}, true), set_config('role', 'authenticated', true),
             private.avant_requete()`
    );
  } catch (error) {
    const { code, message, detail, hint } = error as Record<string, string | undefined>;
    if (!code?.startsWith("PT")) throw error;
    return Response.json({ code, details: detail, hint, message }, { status: Number(code.slice(2)) });
  }
}

/** One row was asked for as an object: this library answers a list where the row written brings others along. */
export async function asObject(request: Request, answer: Response): Promise<Response> {
  const wanted = request.headers.get("accept")?.includes("application/vnd.pgrst.object+json");
  if (!wanted || answer.status >= 300 || !answer.headers.get("content-type")?.includes("json")) return answer;
  const rows = await answer.clone().json();
  if (!Array.isArray(rows)) return answer;
  const found = `The result contains ${rows.length} rows`;
  return rows.length === 1
    ? saying(answer, rows[0])
    : asked("PGRST116", 406, "Cannot coerce the result to a single JSON object", found);
}

const OPENS_A_SESSION = /^\/auth\/v1\/(token|verify|signup)$/;

/**
 * Supabase Auth gives no session to a banned account (`auth.users.banned_until`, set where a person is deactivated), and
 * says why; the local one does not look. A session it has just opened, or prolonged, is closed again.
 */
export async function withoutBanned(request: Request, answer: Response, sql: Sql): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (answer.status !== 200 || !OPENS_A_SESSION.test(pathname)) return answer;
  const { access_token } = await answer.clone().json().catch(() => ({})) ?? {};
  if (typeof access_token !== "string") return answer;
  const { sub, session_id } = decodeJwt(access_token);
  const banned = await sql`
    with parti as (select id from auth.users where id = ${sub!} and banned_until > now())
    delete from auth.sessions s using parti where s.id = ${String(session_id)} returning 1`;
  if (!banned.length) return answer;
  const msg = searchParams.get("grant_type") === "refresh_token"
    ? "Invalid Refresh Token: User Banned"
    : "User is banned";
  return Response.json({ code: 400, error_code: "user_banned", msg }, {
    status: 400,
    headers: { "x-sb-error-code": "user_banned" },
  });
}

/** Whether a request gives its person another password. Asked before it is answered: its body is read once. */
export async function changesPassword(request: Request): Promise<boolean> {
  if (request.method !== "PUT" || new URL(request.url).pathname !== "/auth/v1/user") return false;
  const { password } = await request.clone().json().catch(() => ({})) ?? {};
  return password !== undefined;
}

/** Supabase Auth ends a person's other sessions with their old password; the local one lets them live on. */
export async function withoutOtherSessions(request: Request, answer: Response, sql: Sql): Promise<Response> {
  if (answer.status !== 200) return answer;
  const token = request.headers.get("authorization")?.replace(/^Bearer /i, "") ?? "";
  const { sub, session_id } = decodeJwt(token);
  await sql`delete from auth.sessions s where s.user_id = ${sub!} and s.id <> ${String(session_id)}`;
  return answer;
}
