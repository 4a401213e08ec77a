import { decodeJwt } from "jose";
import { traceDe } from "../../supabase/functions/_shared/trace.ts";

/** Who a token says it is; only told of an answer that believed it. */
function userOf(request: Request): string | undefined {
  try {
    return decodeJwt(request.headers.get("authorization")!.replace(/^Bearer /i, "")).sub;
  } catch {
    return undefined;
  }
}

const REQUEST_NUMBER = /^[\w.:=-]{1,100}$/;

/**
 * One JSON line a request to REST and Auth, as the doors write theirs: never a token, a body or what was asked for (an
 * address's parameters are values). Its number is the client's x-request-id, or one of ours, and is told back, as its trace is.
 */
export async function logged(
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const began = performance.now();
  const given = request.headers.get("x-request-id") ?? "";
  const request_id = REQUEST_NUMBER.test(given) ? given : crypto.randomUUID();
  const headers = new Headers(request.headers);
  headers.set("x-request-id", request_id);
  const trace = traceDe(request.headers.get("traceparent"), request_id);
  headers.set("x-trace-id", trace.id);
  let [statut, code]: [number, string | undefined] = [500, undefined];
  try {
    const said = await answer(new Request(request, { headers }));
    statut = said.status;
    if (statut >= 400) {
      code = await said.clone().json().then(({ code, message, error_code }) =>
        /^PT\d{3}$/.test(code) ? message : error_code ?? code
      ).catch(() => undefined);
    }
    const told = new Headers(said.headers);
    told.set("x-request-id", request_id);
    told.set("traceparent", trace.reponse);
    return new Response(said.body, { status: statut, statusText: said.statusText, headers: told });
  } finally {
    console.log(JSON.stringify({
      quand: new Date().toISOString(),
      niveau: statut >= 500 ? "error" : "info",
      methode: request.method,
      route: new URL(request.url).pathname,
      statut,
      ms: Math.round((performance.now() - began) * 10) / 10,
      code,
      utilisateur: statut < 400 || statut === 403 || statut === 409 || statut === 422
        ? userOf(request)
        : undefined,
      request_id,
      trace_id: trace.id,
    }));
  }
}
