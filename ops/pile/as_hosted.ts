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
