import type { Context } from "hono";
import { COMMIT } from "./commit.ts";
import type { Env } from "./context.ts";
import { traceDe } from "./trace.ts";

const dixiemes = (ms: number) => Math.round(ms * 10) / 10;

/**
 * One JSON line a request: never a token, never a body. Of its milliseconds, those that it waited for one of the function's
 * connections (attente_ms: too many ask at once) and those of the database (base_ms).
 */
export async function journaliser(c: Context<Env>, next: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const trace = traceDe(c.req.header("traceparent"), c.get("requestId"));
  c.set("trace", trace);
  // Before there is an answer: one that is there is copied for each header.
  c.header("traceparent", trace.reponse);
  // Each function is deployed by itself: each says of which commit it is.
  if (COMMIT) c.header("x-deployed-commit", COMMIT);
  await next();
  const statut = c.res.status;
  const temps = c.get("temps");
  console.log(JSON.stringify({
    quand: new Date().toISOString(),
    niveau: statut >= 500 ? "error" : "info",
    methode: c.req.method,
    route: c.req.path,
    statut,
    ms: dixiemes(performance.now() - began),
    attente_ms: temps && dixiemes(temps.attente),
    base_ms: temps && dixiemes(temps.base),
    code: c.get("code"),
    utilisateur: c.get("identite")?.sub,
    request_id: c.get("requestId"),
    trace_id: trace.id,
  }));
}
