// The REST and auth process of the stack.
import { createApi } from "./api.ts";

const api = createApi(Deno.env.get("SUPABASE_DB_URL")!, Deno.env.get("JWT_SECRET")!);
await api.init();

/**
 * PostgREST answers 4xx where the database can make no sense of a request; this library answers 500, often in the words of
 * the error itself, wherever it does not know it. What the database failed at by itself stays a 500.
 */
async function asPostgrest(answer: Response): Promise<Response> {
  if (answer.status !== 500) return answer;
  const said = await answer.text();
  if (/connect|shut|memory|disk/i.test(said)) {
    return new Response(said, { status: 500, headers: answer.headers });
  }
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  const problem = {
    code: "PGRST100",
    details: null,
    hint: null,
    message: "La demande ne peut pas être lue.",
  };
  return new Response(JSON.stringify(problem), { status: 400, headers });
}

// Not an admin's console: a request that brings no key is nobody's.
Deno.serve(async (request) => asPostgrest(await api.fetch(request, { peerAddress: null })));
