import type { EdgeFunctions } from "./functions.ts";

const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

function problem(status: number, code: string, title: string, detail: string): Response {
  return new Response(JSON.stringify({ type: "about:blank", title, status, code, detail }), {
    status,
    headers: { "content-type": "application/problem+json", "access-control-allow-origin": "*" },
  });
}

async function forward(request: Request, origin: Promise<string>, path: string): Promise<Response> {
  const headers = new Headers(request.headers);
  HOP_BY_HOP.forEach((header) => headers.delete(header));
  headers.set("accept-encoding", "identity");
  try {
    return await fetch(`${await origin}${path}`, {
      method: request.method,
      headers,
      body: request.body,
      redirect: "manual",
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return problem(503, "SERVICE_INDISPONIBLE", "Service indisponible", said);
  }
}

/** One origin for everything, as a hosted project has: REST, auth, edge functions. */
export function createGateway(api: () => Promise<string>, functions: EdgeFunctions) {
  return (request: Request): Promise<Response> | Response => {
    const { pathname, search } = new URL(request.url);
    if (/^\/(rest|auth)\/v1(\/|$)/.test(pathname)) return forward(request, api(), `${pathname}${search}`);

    const [, name] = pathname.match(/^\/functions\/v1\/([^/]+)/) ?? [];
    if (!name) {
      return problem(
        404,
        "PORTE_INCONNUE",
        "Introuvable",
        "Les portes sont /rest/v1, /auth/v1 et /functions/v1/<nom>.",
      );
    }
    const origin = functions.origin(name);
    if (!origin) {
      return problem(404, "PORTE_INCONNUE", "Introuvable", `Aucune fonction ne s'appelle « ${name} ».`);
    }
    return forward(request, origin, `${pathname.slice("/functions/v1".length)}${search}`);
  };
}
