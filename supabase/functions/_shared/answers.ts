// How a door answers: JSON, a page as CSV, a file, or a problem that says no.
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { Acte, Fichier } from "./acte.ts";
import type { Env } from "./context.ts";
import { enCsv, type Page } from "./csv.ts";
import { enPartance } from "./depart.ts";
import type { Reponse } from "./idempotency.ts";
import { fromDatabase, type Problem, type ProblemError } from "./problems.ts";
import { signaler } from "./signalement.ts";

/** An answer on its way. What has only been read may be asked for again, where too much is on its way already. */
function envoyer(c: Context<Env>, statut: number, dit: string | Uint8Array, entetes: Record<string, string>) {
  const { corps, taille } = enPartance(dit, c.req.method === "GET");
  if (taille !== undefined) c.header("content-length", String(taille));
  for (const [nom, valeur] of Object.entries(entetes)) c.header(nom, valeur);
  return c.body(corps, statut as 200);
}

export function answer(c: Context<Env>, { statut, corps, rejouee }: Reponse): Response {
  const type = { "content-type": "application/json" };
  return envoyer(
    c,
    statut,
    JSON.stringify(corps),
    rejouee ? { "idempotency-replayed": "true", ...type } : type,
  );
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
  return envoyer(c, 200, enCsv(page.data, colonnes), {
    "content-disposition": `attachment; filename="${nom}.csv"`,
    ...(page.next_cursor && { "x-next-cursor": page.next_cursor }),
    "content-type": "text/csv; charset=utf-8",
  });
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
  return envoyer(c, 200, await rendre(reponse.corps), {
    "content-disposition": disposition(joint ? "attachment" : "inline", nom(reponse.corps)),
    ...(joint && {
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
    }),
    "cache-control": "private, no-store",
    "content-type": type,
  });
}

/** The file that was asked for by its format: never shown inside another page, never kept by anybody on the way. */
export async function answerOctets(c: Context<Env>, fichier: Promise<Fichier>): Promise<Response> {
  const { nom, type, octets } = await fichier;
  return envoyer(c, 200, octets, {
    "content-disposition": `attachment; filename="${nom}"`,
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "content-type": type,
  });
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
