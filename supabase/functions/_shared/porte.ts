import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { requestId } from "hono/request-id";
import { z } from "zod";
import type { Acte, ActePublic, UnActe } from "./acte.ts";
import { COMMIT } from "./commit.ts";
import { enCsv, type Page } from "./csv.ts";
import { compter, enTransaction, type Transaction } from "./database.ts";
import type { Identite } from "./identity.ts";
import { CHAMP } from "./messages.ts";
import { fromDatabase, fromZod, invalide, type Problem, refuser } from "./problems.ts";
import { identifier } from "./projet.ts";

type Env = { Variables: { requestId: string; identite?: Identite; code?: string } };
type Reponse = { statut: number; corps: unknown; rejouee?: boolean };

const MEGAOCTET = 1024 * 1024;
const PROFONDEUR = 20;
const IDEMPOTENCY_KEY = z.string().regex(/^[\x21-\x7e]{1,255}$/, CHAMP.cle);

z.config(z.locales.fr());

function answer(c: Context<Env>, { statut, corps, rejouee }: Reponse): Response {
  if (rejouee) c.header("idempotency-replayed", "true");
  return c.body(JSON.stringify(corps), statut as 200, { "content-type": "application/json" });
}

/** Seconds after which another try makes sense; undefined where none does. */
function retryAfter({ status, valeurs }: Problem): number | undefined {
  if (status === 429) return (valeurs as { attendre_s: number }).attendre_s;
  return status === 503 ? 1 : undefined;
}

function answerCsv(c: Context<Env>, { nom, colonnes }: NonNullable<Acte["csv"]>, page: Page): Response {
  c.header("content-disposition", `attachment; filename="${nom}.csv"`);
  if (page.next_cursor) c.header("x-next-cursor", page.next_cursor);
  return c.body(enCsv(page.data, colonnes), 200, { "content-type": "text/csv; charset=utf-8" });
}

/** Whether the client asked for the page as a file: in the address, or by what it accepts. */
const veutCsv = (c: Context<Env>) =>
  c.req.query("format") === "csv" ||
  accepts(c, {
      header: "Accept",
      supports: ["application/json", "text/csv"],
      default: "application/json",
    }) ===
    "text/csv";

function answerProblem(c: Context<Env>, problem: Problem, rejouee?: boolean): Response {
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

function answerError(c: Context<Env>, error: unknown): Response {
  const { problem, cause } = fromDatabase(error);
  if (problem.status >= 500) {
    const said = cause instanceof Error ? cause.stack : String(cause);
    console.error(JSON.stringify({ niveau: "error", request_id: c.get("requestId"), erreur: said }));
  }
  return answerProblem(c, problem);
}

function check<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw fromZod(result.error);
  return result.data;
}

/** Whether lists and objects lie deeper in each other than any request of ours: level by level, never by recursion. */
function tropProfond(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth > PROFONDEUR) return true;
    level = level.flatMap((one) => typeof one === "object" && one !== null ? Object.values(one) : []);
  }
  return false;
}

async function readJson(c: Context<Env>): Promise<unknown> {
  const text = await c.req.text();
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalide("", CHAMP.json);
  }
  if (tropProfond(value)) throw invalide("", CHAMP.profondeur);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalide("", CHAMP.objet);
  return value;
}

/** Runs the act; a refusal of a rule undoes it and becomes its answer, so that the answer can be kept. */
async function oser(tx: Transaction, travail: (tx: Transaction) => Promise<Reponse>): Promise<Reponse> {
  try {
    return await tx.savepoint(travail);
  } catch (error) {
    const { problem } = fromDatabase(error);
    // "Not now" is no answer to keep: sent again once writes are open, the same request must be able to succeed.
    if (problem.status >= 500 || problem.status === 423) throw error;
    return { statut: problem.status, corps: problem };
  }
}

/** Answers a request that carries an Idempotency-Key: with the first answer it was given, if it was given one. */
async function uneFois(
  tx: Transaction,
  demande: { cle: string; adresse: string; corps: unknown },
  travail: (tx: Transaction) => Promise<Reponse>,
): Promise<Reponse> {
  const [premiere] = await tx<{ statut: number; corps: unknown }[]>`
    select statut_http as statut, reponse as corps
      from private.reprendre_reponse(${demande.cle}, ${demande.adresse}, ${
    JSON.stringify(demande.corps)
  }::text::jsonb)`;
  if (premiere) return { ...premiere, rejouee: true };
  const reponse = await oser(tx, travail);
  await tx`select private.garder_reponse(${demande.cle}, ${reponse.statut}, ${
    JSON.stringify(reponse.corps)
  }::text::json)`;
  return reponse;
}

function handler(nom: string, acte: Acte) {
  const route = `${acte.methode} ${nom}${acte.chemin}`;
  return async (c: Context<Env>): Promise<Response> => {
    const identite = await identifier(c.req.header("authorization"));
    c.set("identite", identite);
    await compter(identite, route);
    const brut = acte.corps ? await readJson(c) : undefined;
    const demande = {
      params: check(acte.params, c.req.param()),
      query: check(acte.query, c.req.query()),
      corps: check(acte.corps, brut),
      csv: acte.csv !== undefined && veutCsv(c),
    };
    const cle = acte.methode === "POST"
      ? check(IDEMPOTENCY_KEY.optional(), c.req.header("idempotency-key"))
      : undefined;
    const travail = async (tx: Transaction): Promise<Reponse> => ({
      statut: acte.statut,
      corps: await acte.executer(tx, demande as Parameters<Acte["executer"]>[1]),
    });
    const reponse = await enTransaction(
      identite,
      c.get("requestId"),
      (tx) =>
        cle
          ? uneFois(tx, {
            cle,
            adresse: `${c.req.method} ${c.req.path}${new URL(c.req.url).search}`,
            corps: brut,
          }, travail)
          : travail(tx),
    );
    if (reponse.statut >= 400) return answerProblem(c, reponse.corps as Problem, reponse.rejouee);
    return demande.csv ? answerCsv(c, acte.csv!, reponse.corps as Page) : answer(c, reponse);
  };
}

const publicHandler = (acte: ActePublic) => async (c: Context<Env>) => answer(c, await acte.executer());

/** One JSON line a request: never a token, never a body. */
async function journaliser(c: Context<Env>, next: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await next();
  // Each function is deployed by itself: each says of which commit it is.
  if (COMMIT) c.header("x-deployed-commit", COMMIT);
  const statut = c.res.status;
  console.log(JSON.stringify({
    niveau: statut >= 500 ? "error" : "info",
    methode: c.req.method,
    route: c.req.path,
    statut,
    ms: Math.round((performance.now() - began) * 10) / 10,
    code: c.get("code"),
    utilisateur: c.get("identite")?.sub,
    request_id: c.get("requestId"),
  }));
}

/** The request pipeline, the same for every function: build one from the acts of a domain. */
export function porte(nom: string, actes: UnActe[]): Hono<Env> {
  const app = new Hono<Env>().basePath(`/${nom}`);
  app.use(requestId({ headerName: "x-request-id", limitLength: 100 }));
  app.use(journaliser);
  app.use(cors({
    // The token travels in a header, never in a cookie: another site's page cannot borrow it.
    origin: "*",
    allowHeaders: [
      "authorization",
      "apikey",
      "content-type",
      "idempotency-key",
      "x-client-info",
      "x-request-id",
    ],
    allowMethods: ["GET", "POST", "PUT"],
    exposeHeaders: ["x-request-id", "idempotency-replayed", "retry-after", "x-next-cursor"],
    maxAge: 86400,
  }));
  app.use(bodyLimit({ maxSize: MEGAOCTET, onError: (c) => answerError(c, refuser("DEMANDE_TROP_GRANDE")) }));
  for (const un of actes) {
    app.on(un.methode, un.chemin, "public" in un ? publicHandler(un) : handler(nom, un));
  }
  app.notFound((c) => answerError(c, refuser("PORTE_INCONNUE")));
  app.onError((error, c) => answerError(c, error));
  return app;
}
