import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { requestId } from "hono/request-id";
import { z } from "zod";
import type { Acte, ActePublic, Fichier, UnActe } from "./acte.ts";
import { COMMIT } from "./commit.ts";
import { enCsv, type Page } from "./csv.ts";
import { type Auteur, compter, enTransaction, noterRefus, type Transaction } from "./database.ts";
import { type Identifiee, type Reponse, reprendre, uneFois } from "./idempotency.ts";
import type { Identite } from "./identity.ts";
import { formulaire, TropGros } from "./formulaire.ts";
import { compterReponses } from "./mesures.ts";
import { CHAMP } from "./messages.ts";
import { fromDatabase, fromZod, invalide, type Problem, ProblemError, refuser } from "./problems.ts";
import { identifier } from "./projet.ts";
import { appeler } from "./relations.ts";
import { signaler } from "./signalement.ts";
import { type Trace, traceDe } from "./trace.ts";

export type Env = {
  Variables: { requestId: string; trace: Trace; identite?: Identite; code?: string; route?: string };
};

const MEGAOCTET = 1024 * 1024;
const PROFONDEUR = 20;
const IDEMPOTENCY_KEY = z.string().regex(/^[\x21-\x7e]{1,255}$/, CHAMP.cle);
/** As ETag gives it, weak or not: proxies that compress make it weak. */
const IF_MATCH = z.string().regex(/^(W\/)?"\d{1,9}"$/, CHAMP.version)
  .transform((etag) => Number(etag.replace(/\D/g, "")));
const IF_NONE_MATCH = /^(?:W\/)?"([^"]{1,100})"$/;
/** Parameters of the hosting itself: where it runs a function. No part of what is asked. */
const OF_THE_PLATFORM = ["forceFunctionRegion"];

const ALLOWED_HEADERS = [
  ...["authorization", "apikey", "content-type", "accept", "idempotency-key", "if-match", "x-request-id"],
  ...["traceparent", "tracestate"],
  // What supabase-js and supabase_flutter, 1 and 2, put on any request of theirs.
  ...[
    "x-client-info",
    "x-region",
    "x-supabase-api-version",
    "x-supabase-client-platform",
    "x-supabase-client-runtime",
  ],
  ...["x-supabase-client-platform-version", "x-supabase-client-runtime-version", "x-retry-count", "x-upsert"],
  ...[
    "prefer",
    "range",
    "range-unit",
    "accept-profile",
    "content-profile",
    "accept-language",
    "cache-control",
    "if-none-match",
  ],
];
const EXPOSED_HEADERS = [
  ...["x-request-id", "idempotency-replayed", "retry-after", "x-next-cursor", "etag", "content-disposition"],
  "x-deployed-commit",
  "traceparent",
];

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

/** A name as any client reads it, and (RFC 6266) as it is written. */
function disposition(comment: string, nom: string): string {
  const lisible = nom.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const ecrit = encodeURIComponent(nom).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${comment}; filename="${lisible}"` + (lisible === nom ? "" : `; filename*=UTF-8''${ecrit}`);
}

/** The file of an answer; JSON for who asks for that, and nothing else. */
async function answerFichier(c: Context<Env>, { fichier }: Acte, reponse: Reponse): Promise<Response> {
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
async function answerOctets(c: Context<Env>, fichier: Promise<Fichier>): Promise<Response> {
  const { nom, type, octets } = await fichier;
  c.header("content-disposition", `attachment; filename="${nom}"`);
  c.header("cache-control", "private, no-store");
  c.header("x-content-type-options", "nosniff");
  return c.body(octets as Uint8Array<ArrayBuffer>, 200, { "content-type": type });
}

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

/** A fault is ours: the functions' log has it whole, and who watches is told that there is one. */
export function noterFaute(c: Context<Env>, { problem, cause }: ProblemError): void {
  const said = cause instanceof Error ? cause.stack : String(cause);
  const quand = new Date().toISOString();
  const qui = { request_id: c.get("requestId"), trace_id: c.get("trace").id };
  console.error(JSON.stringify({ quand, niveau: "error", ...qui, erreur: said }));
  signaler(cause ?? problem.code, {
    ...{ route: c.get("route"), methode: c.req.method },
    ...{ statut: problem.status, code: problem.code },
    ...{ requestId: c.get("requestId"), trace: c.get("trace") },
  });
}

function answerError(c: Context<Env>, error: unknown): Response {
  const refusal = fromDatabase(error);
  const { problem } = refusal;
  if (problem.status >= 500) noterFaute(c, refusal);
  return answerProblem(c, problem);
}

function check<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw fromZod(result.error);
  return result.data;
}

/** What the address asks, without the platform's own; a parameter said twice could mean either, and is refused. */
function readQuery(c: Context<Env>): Record<string, string> {
  const asked = [...new URL(c.req.url).searchParams].filter(([name]) => !OF_THE_PLATFORM.includes(name));
  const query = Object.fromEntries(asked);
  for (const name of Object.keys(query)) {
    if (asked.filter(([other]) => other === name).length > 1) throw invalide(name, CHAMP.repete);
  }
  return query;
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
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
  } catch (error) {
    // A body that was cut is none of ours to judge.
    if (!(error instanceof TypeError)) throw error;
    throw invalide("", CHAMP.utf8);
  }
  if (text === "") return {};
  // A file sent as it is, for the acts that take one.
  if (c.req.header("content-type")?.startsWith("text/csv")) return { csv: text };
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

/** Carries what was verified out of a transaction that must leave nothing behind, a reserved key least of all. */
class Verifie extends Error {
  constructor(readonly valeur: unknown) {
    super("verified");
  }
}

/**
 * The part of an act that another service does, outside any transaction. Nothing where the act has none or its
 * verification refused: the act then refuses by itself. The first answer, where the request had one.
 */
async function faireDehors(
  { dehors }: Acte,
  auteur: Auteur,
  demande: Parameters<Acte["executer"]>[1],
  identifiee: Identifiee | undefined,
): Promise<{ fait?: unknown; premiere?: Reponse }> {
  if (!dehors) return {};
  try {
    const premiere = await enTransaction({ ...auteur, ecrit: false }, async (tx) => {
      const premiere = identifiee && await reprendre(tx, identifiee);
      if (premiere) return premiere;
      throw new Verifie(await dehors.verifier(tx, demande));
    });
    return { premiere };
  } catch (error) {
    if (error instanceof Verifie) return { fait: await dehors.demander(error.valeur, demande) };
    if (fromDatabase(error).problem.status >= 500) throw error;
    return {};
  }
}

/** The version that was read, of an act that decides on one. A condition that the act would not hold to is refused, not ignored. */
function readVersion(acte: Acte, ifMatch: string | undefined): number | undefined {
  if (acte.methode === "GET" || ifMatch === undefined || ifMatch === "*") return undefined;
  if (!acte.decide) throw invalide("if-match", CHAMP.sans_version);
  return check(z.object({ "if-match": IF_MATCH }), { "if-match": ifMatch })!["if-match"];
}

function readDemande(c: Context<Env>, acte: Acte, query: Record<string, string>, corps: unknown) {
  return {
    version: readVersion(acte, c.req.header("if-match")),
    params: check(acte.params, c.req.param()),
    query: check(acte.query ?? z.strictObject({}), query),
    corps: check(acte.corps, corps),
    csv: acte.csv !== undefined && veutCsv(c),
    // A list of them, or anything else that is not one of ours, is none: the answer is then given whole.
    connue: acte.conditionnel ? c.req.header("if-none-match")?.match(IF_NONE_MATCH)?.[1] : undefined,
  } as Parameters<Acte["executer"]>[1];
}

function handler(nom: string, acte: Acte) {
  const route = `${acte.methode} ${nom}${acte.chemin}`;
  const ecrit = acte.methode !== "GET";
  return async (c: Context<Env>): Promise<Response> => {
    c.set("route", route);
    const identite = await identifier(c.req.header("authorization"));
    c.set("identite", identite);
    await compter(identite, route);
    const auteurSansCle = { identite, requestId: c.get("requestId"), trace: c.get("trace"), ecrit };
    readVersion(acte, c.req.header("if-match"));
    const forme = acte.formulaire && await formulaire(c.req.raw, acte.formulaire).catch(async (error) => {
      throw await refuserFormulaire(auteurSansCle, route, error);
    });
    const corps = forme?.champs ?? (acte.corps ? await readJson(c) : undefined);
    const query = readQuery(c);
    const demande = { ...readDemande(c, acte, query, corps), ...(forme && { fichier: forme.fichier }) };
    const cle = acte.methode === "POST"
      ? check(IDEMPOTENCY_KEY.optional(), c.req.header("idempotency-key"))
      : undefined;
    const asked = new URLSearchParams(Object.entries(query).sort());
    const identifiee = cle === undefined ? undefined : {
      cle,
      adresse: `${c.req.method} ${c.req.path}${asked.size ? `?${asked}` : ""}` +
        (demande.version === undefined ? "" : ` "${demande.version}"`),
      corps: forme?.empreinte ?? corps,
    };
    const auteur = { ...auteurSansCle, cle };
    const { fait, premiere } = await faireDehors(acte, auteur, demande, identifiee);
    const travail = async (tx: Transaction): Promise<Reponse> => ({
      statut: acte.statut,
      corps: await acte.executer(tx, { ...demande, dehors: fait }),
    });
    const reponse = premiere ??
      await enTransaction(
        auteur,
        (tx) => identifiee ? uneFois(tx, identifiee, travail, acte) : travail(tx),
      )
        .catch(async (error) => {
          if (ecrit) await noterRefus(auteur, route, fromDatabase(error).problem);
          throw error;
        });
    if (reponse.statut >= 400) {
      const refus = reponse.corps as Problem;
      if (!reponse.rejouee) await noterRefus(auteur, route, refus);
      return answerProblem(c, refus, reponse.rejouee);
    }
    if (acte.confidentiel) c.header("cache-control", "no-store");
    if (acte.conditionnel && reponse.corps === null) {
      return c.body(null, 304, { etag: `"${demande.connue}"`, "cache-control": "private, no-cache" });
    }
    if (acte.conditionnel) c.header("cache-control", "private, no-cache");
    if (acte.versionne || acte.conditionnel) {
      c.header("etag", `"${(reponse.corps as { version: number | string }).version}"`);
    }
    const fichier = acte.enFichier?.(reponse.corps, demande);
    if (fichier) return await answerOctets(c, fichier);
    if (acte.fichier) return await answerFichier(c, acte, reponse);
    return demande.csv ? answerCsv(c, acte.csv!, reponse.corps as Page) : answer(c, reponse);
  };
}

/** What is said of a form that could not be taken: what is too large is refused, and noted, as the rules say it. */
async function refuserFormulaire(auteur: Auteur, route: string, error: unknown): Promise<unknown> {
  if (!(error instanceof TropGros)) return error;
  const { code: p_code, maximum } = error;
  const refus = await enTransaction(
    auteur,
    (tx) => appeler(tx, "private.refuser", { p_code, p_valeurs: { maximum } }),
  ).catch(fromDatabase);
  if (!(refus instanceof ProblemError)) return error;
  await noterRefus(auteur, route, refus.problem);
  return refus;
}

const publicHandler = (nom: string, acte: ActePublic) => async (c: Context<Env>) => {
  c.set("route", `${acte.methode} ${nom}${acte.chemin}`);
  const { page, ...reponse } = await acte.executer({ params: c.req.param() });
  const veutPage = page !== undefined && accepts(c, {
        header: "Accept",
        supports: ["application/json", "text/html"],
        default: "application/json",
      }) === "text/html";
  return veutPage ? c.redirect(page, 303) : answer(c, reponse);
};

/** One JSON line a request: never a token, never a body. */
export async function journaliser(c: Context<Env>, next: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const trace = traceDe(c.req.header("traceparent"), c.get("requestId"));
  c.set("trace", trace);
  await next();
  c.header("traceparent", trace.reponse);
  // Each function is deployed by itself: each says of which commit it is.
  if (COMMIT) c.header("x-deployed-commit", COMMIT);
  const statut = c.res.status;
  console.log(JSON.stringify({
    quand: new Date().toISOString(),
    niveau: statut >= 500 ? "error" : "info",
    methode: c.req.method,
    route: c.req.path,
    statut,
    ms: Math.round((performance.now() - began) * 10) / 10,
    code: c.get("code"),
    utilisateur: c.get("identite")?.sub,
    request_id: c.get("requestId"),
    trace_id: trace.id,
  }));
}

/** The request pipeline, the same for every function: build one from the acts of a domain. */
export function porte(nom: string, actes: UnActe[]): Hono<Env> {
  const app = new Hono<Env>().basePath(`/${nom}`);
  app.use(requestId({ headerName: "x-request-id", limitLength: 100 }));
  app.use(journaliser);
  app.use(compterReponses(nom));
  app.use(cors({
    // The token travels in a header, never in a cookie: another site's page cannot borrow it.
    origin: "*",
    allowHeaders: ALLOWED_HEADERS,
    allowMethods: ["GET", "POST", "PUT"],
    exposeHeaders: EXPOSED_HEADERS,
    maxAge: 86400,
  }));
  const borner = bodyLimit({
    maxSize: MEGAOCTET,
    onError: (c) => answerError(c, refuser("DEMANDE_TROP_GRANDE")),
  });
  const formes = actes.filter((un) => "formulaire" in un && un.formulaire);
  // A form bounds itself, once it is known who sends it.
  formes.forEach((un) => app.on(un.methode, un.chemin, handler(nom, un as Acte)));
  app.use(borner);
  for (const un of actes) {
    if (formes.includes(un)) continue;
    app.on(un.methode, un.chemin, "public" in un ? publicHandler(nom, un) : handler(nom, un));
  }
  app.notFound((c) => answerError(c, refuser("PORTE_INCONNUE")));
  app.onError((error, c) => answerError(c, error));
  return app;
}
