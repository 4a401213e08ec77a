// How a door answers: JSON, a page as CSV, a file, or a problem that says no.
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { Acte, Fichier } from "./acte.ts";
import type { Env } from "./context.ts";
import { enCsv, type Page } from "./csv.ts";
import type { Reponse } from "./idempotency.ts";
import { fromDatabase, type Problem, type ProblemError } from "./problems.ts";
import { signaler } from "./signalement.ts";

export function answer(c: Context<Env>, { statut, corps, rejouee }: Reponse): Response {
  if (rejouee) c.header("idempotency-replayed", "true");
  return c.body(JSON.stringify(corps), statut as 200, { "content-type": "application/json" });
}

/** Seconds after which another try makes sense; undefined where none does. */
function retryAfter({ status, valeurs }: Problem): number | undefined {
  if (status === 429) return (valeurs as { attendre_s: number }).attendre_s;
  return status === 503 ? 1 : undefined;
}

export function answerCsv(
  c: Context<Env>,
  { nom, colonnes }: NonNullable<Acte["csv"]>,
  page: Page,
): Response {
  c.header("content-disposition", `attachment; filename="${nom}.csv"`);
  if (page.next_cursor) c.header("x-next-cursor", page.next_cursor);
  return c.body(enCsv(page.data, colonnes), 200, { "content-type": "text/csv; charset=utf-8" });
}

/** Whether the client asked for the page as a file: in the address, or by what it accepts. */
export const veutCsv = (c: Context<Env>) =>
  c.req.query("format") === "csv" ||
  accepts(c, {
      header: "Accept",
      supports: ["application/json", "text/csv"],
      default: "application/json",
    }) ===
    "text/csv";

/** A name as any client reads it, and (RFC 6266) as it is written. */
function disposition(comment: string, nom: string): string {
  const lisible = nom.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const ecrit = encodeURIComponent(nom).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${comment}; filename="${lisible}"` + (lisible === nom ? "" : `; filename*=UTF-8''${ecrit}`);
}

/** The file of an answer; JSON for who asks for that, and nothing else. */
export async function answerFichier(c: Context<Env>, { fichier }: Acte, reponse: Reponse): Promise<Response> {
  const { nom, rendre, joint } = fichier!;
  const type = typeof fichier!.type === "string" ? fichier!.type : fichier!.type(reponse.corps);
  c.header("vary", "accept");
  const veutJson =
    accepts(c, { header: "Accept", supports: [type, "application/json"], default: type }) !== type;
  if (veutJson) return answer(c, reponse);
  c.header("content-disposition", disposition(joint ? "attachment" : "inline", nom(reponse.corps)));
  if (joint) {
    c.header("x-content-type-options", "nosniff");
    c.header("content-security-policy", "sandbox; default-src 'none'");
  }
  c.header("cache-control", "private, no-store");
  const octets = await rendre(reponse.corps);
  return c.body(octets as Uint8Array<ArrayBuffer>, 200, { "content-type": type });
}

/** The file that was asked for by its format: never shown inside another page, never kept by anybody on the way. */
export async function answerOctets(c: Context<Env>, fichier: Promise<Fichier>): Promise<Response> {
  const { nom, type, octets } = await fichier;
  c.header("content-disposition", `attachment; filename="${nom}"`);
  c.header("cache-control", "private, no-store");
  c.header("x-content-type-options", "nosniff");
  return c.body(octets as Uint8Array<ArrayBuffer>, 200, { "content-type": type });
}

export function answerProblem(c: Context<Env>, problem: Problem, rejouee?: boolean): Response {
  c.set("code", problem.code);
  if (rejouee) c.header("idempotency-replayed", "true");
  const attendre = retryAfter(problem);
  if (attendre) c.header("retry-after", String(attendre));
  return c.body(
    JSON.stringify({ ...problem, instance: `urn:request:${c.get("requestId")}` }),
    problem.status as 400,
    {
      "content-type": "application/problem+json",
    },
  );
}

/** A fault is ours: the functions' log has it whole, and who watches is told that there is one. */
export function noterFaute(c: Context<Env>, { problem, cause }: ProblemError): void {
  const said = cause instanceof Error ? cause.stack : String(cause ?? problem.code);
  const quand = new Date().toISOString();
  const qui = { request_id: c.get("requestId"), trace_id: c.get("trace").id };
  console.error(JSON.stringify({ quand, niveau: "error", ...qui, erreur: said }));
  signaler(cause ?? problem.code, {
    route: c.get("route"),
    methode: c.req.method,
    statut: problem.status,
    code: problem.code,
    requestId: c.get("requestId"),
    trace: c.get("trace"),
  });
}

export function answerError(c: Context<Env>, error: unknown): Response {
  const refusal = fromDatabase(error);
  const { problem } = refusal;
  if (problem.status >= 500) noterFaute(c, refusal);
  return answerProblem(c, problem);
}
