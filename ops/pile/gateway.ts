import type { OnDemand } from "./child.ts";
import type { EdgeFunctions } from "./functions.ts";

const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

// As hosted, any origin may call: what protects is the key and the token, which no browser adds by itself.
const EVERY_ORIGIN = { "access-control-allow-origin": "*" };
/** What the clients read of an answer: pages of REST, the version and the error code of auth, a request's number. */
const EXPOSED =
  "content-encoding, content-location, content-range, content-type, date, location, link, preference-applied, " +
  "proxy-status, range-unit, server, traceparent, x-request-id, x-sb-error-code, x-supabase-api-version, x-total-count";

/** A browser asking first whether it may: whatever headers its client library sends. */
function allow(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...EVERY_ORIGIN,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": request.headers.get("access-control-request-headers") ??
        "authorization, apikey, content-type",
      "access-control-max-age": "3600",
      vary: "access-control-request-headers",
    },
  });
}

const isPreflight = (request: Request) =>
  request.method === "OPTIONS" && request.headers.has("access-control-request-method");

function toEveryOrigin(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("access-control-allow-origin", "*");
  headers.set("access-control-expose-headers", EXPOSED);
  headers.delete("access-control-allow-credentials");
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

/** Whether an act was done, this end does not know. */
const INTERROMPU =
  "Le service s'est interrompu avant de répondre. Ce qui était demandé est peut-être fait : renvoyez la " +
  "même demande, avec la même Idempotency-Key.";

function problem(status: number, code: string, title: string, detail: string, cause?: string): Response {
  return new Response(JSON.stringify({ type: "about:blank", title, status, code, detail, cause }), {
    status,
    headers: { ...EVERY_ORIGIN, "content-type": "application/problem+json" },
  });
}

/** Up to this a body is handed on as bytes: a stream costs more than they do. A longer one goes through as it comes. */
const SHORT_BYTES = 64 * 1024;

const isShort = (headers: Headers) => Number(headers.get("content-length") ?? NaN) <= SHORT_BYTES;

async function ask(origin: string, request: Request, path: string, body: BodyInit | null): Promise<Response> {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !HOP_BY_HOP.includes(name)));
  headers["accept-encoding"] = "identity";
  const answer = await fetch(`${origin}${path}`, {
    method: request.method,
    headers,
    body,
    redirect: "manual",
  });
  if (request.method === "HEAD" || !answer.body || !isShort(answer.headers)) return answer;
  return new Response(await answer.bytes(), { status: answer.status, headers: answer.headers });
}

async function forward(request: Request, service: OnDemand, path: string, again = true): Promise<Response> {
  const reads = ["GET", "HEAD"].includes(request.method);
  try {
    const body = reads ? null : isShort(request.headers) ? await request.bytes() : request.body;
    return await service.ask((origin) => ask(origin, request, path, body));
  } catch (error) {
    await service.renewIfGone();
    // Reading again changes nothing; whether an act was done, only its idempotency key can tell.
    if (again && reads) return forward(request, service, path, false);
    return problem(503, "SERVICE_INDISPONIBLE", "Service indisponible", INTERROMPU, String(error));
  }
}

/** The pages for people stand at the root too: / is the first, /tableau, /docs, /codes/<CODE>. */
const PAGES = /^\/((tableau|docs|codes)(\/.*)?)?$/;

/** One origin for everything, as a hosted project has: REST, auth, edge functions. */
export function createGateway(api: OnDemand, functions: EdgeFunctions) {
  return async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (PAGES.test(pathname)) {
      return forward(request, functions.named("pages")!, `/pages${pathname}${search}`);
    }
    if (/^\/(rest|auth)\/v1(\/|$)/.test(pathname)) {
      if (isPreflight(request)) return allow(request);
      return toEveryOrigin(await forward(request, api, `${pathname}${search}`));
    }

    const [, name] = pathname.match(/^\/functions\/v1\/([^/]+)/) ?? [];
    // A function answers for itself; where there is none, the browser may read that there is none.
    if (isPreflight(request) && !functions.names.includes(name ?? "")) return allow(request);
    const service = functions.named(name ?? "");
    if (!service) {
      const detail = name
        ? `Aucune fonction ne s'appelle « ${name} ».`
        : "Les portes sont /rest/v1, /auth/v1 et /functions/v1/<nom>.";
      return problem(404, "PORTE_INCONNUE", "Introuvable", detail);
    }
    return forward(request, service, `${pathname.slice("/functions/v1".length)}${search}`);
  };
}
