// The request pipeline, the same for every function: who asks, what, one act, its answer.
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { cors } from "hono/cors";
import { requestId } from "hono/request-id";
import { journaliser } from "./access_line.ts";
import type { Acte, ActePublic, UnActe } from "./acte.ts";
import { answer, answerCsv, answerError, answerFichier, answerOctets, answerProblem } from "./answers.ts";
import type { Env } from "./context.ts";
import { ALLOWED_HEADERS, EXPOSED_HEADERS } from "./cors_headers.ts";
import type { Page } from "./csv.ts";
import {
  type Appel,
  type Auteur,
  enTransaction,
  exigerAcces,
  noterRefus,
  type Transaction,
} from "./database.ts";
import { TropGros } from "./formulaire.ts";
import { faire, garderRefus, type Identifiee, type Reponse, uneFois } from "./idempotency.ts";
import { faireLecture } from "./lecture.ts";
import { compter } from "./limits.ts";
import { compterReponses } from "./mesures.ts";
import { faireDehors } from "./outside.ts";
import { fromDatabase, type Problem, ProblemError, refuser } from "./problems.ts";
import { identifier } from "./projet.ts";
import { appeler } from "./relations.ts";
import { type DemandeLue, readRequest } from "./requests.ts";
import { sansSaturer } from "./saturation.ts";

/** Does the act: in one statement where it is one function, otherwise in a transaction, after what is done outside. */
async function agir(
  acte: Acte,
  auteur: Auteur,
  demande: DemandeLue,
  identifiee: Identifiee | undefined,
): Promise<Reponse> {
  const { statut, noter } = acte;
  if (acte.lecture) {
    const lu = await faireLecture(
      auteur,
      acte.appel(demande),
      noter && ((dit: Appel) => noter(dit as never, demande)),
    );
    return { statut, corps: acte.presenter ? acte.presenter(lu, demande) : lu };
  }
  if (acte.appel) return await faire(auteur, acte.appel(demande), statut, identifiee);
  const { fait, premiere } = await faireDehors(acte, auteur, demande, identifiee);
  const travail = async (tx: Transaction): Promise<Reponse> => ({
    statut,
    corps: await acte.executer(tx, { ...demande, dehors: fait }),
  });
  return premiere ??
    await enTransaction(auteur, (tx) => identifiee ? uneFois(tx, identifiee, travail, acte) : travail(tx));
}

/** What is asked; where it can't be, who asks too often is told that first. */
async function lire(c: Context<Env>, acte: Acte, auteur: Auteur): ReturnType<typeof readRequest> {
  // A form may be long: it is read of those only who may still ask.
  if (acte.formulaire) await exigerAcces(auteur);
  try {
    return await readRequest(c, acte);
  } catch (error) {
    if (!acte.formulaire) await exigerAcces(auteur);
    throw await refuserFormulaire(auteur, error);
  }
}

/** What another door must be told to be asked by the same person. */
const entetesTransmis = (c: Context<Env>) =>
  Object.fromEntries(
    ["authorization", "apikey"].flatMap((name) => {
      const value = c.req.header(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function handler(nom: string, acte: Acte) {
  const route = `${acte.methode} ${nom}${acte.chemin}`;
  const ecrit = acte.methode !== "GET";
  return async (c: Context<Env>): Promise<Response> => {
    c.set("route", route);
    const identite = await identifier(c.req.header("authorization"));
    c.set("identite", identite);
    const ici = compter(identite.sub, route);
    const temps = { attente: 0, base: 0 };
    c.set("temps", temps);
    const [requestId, trace] = [c.get("requestId"), c.get("trace")];
    const inconnu = { identite, route, ici, requestId, trace, ecrit, temps };
    const { demande, identifiee } = await lire(c, acte, inconnu);
    const auteur = { ...inconnu, cle: identifiee?.cle };
    const reponse = await agir(acte, auteur, demande, identifiee)
      // Of two requests with one key whose act is done outside, the one that did nothing may come first.
      .catch((error) =>
        identifiee && !acte.dehors ? garderRefus(auteur, identifiee, error) : Promise.reject(error)
      )
      .catch(async (error) => {
        if (ecrit) await noterRefus(auteur, fromDatabase(error).problem);
        throw error;
      });
    if (reponse.statut >= 400) {
      const refus = reponse.corps as Problem;
      if (!reponse.rejouee) await noterRefus(auteur, refus);
      return answerProblem(c, refus, reponse.rejouee);
    }
    if (acte.ensuite) {
      return answer(c, {
        statut: acte.statut,
        corps: await acte.ensuite({ auteur, entetes: entetesTransmis(c) }, reponse.corps, demande),
      });
    }
    return await repondre(c, acte, demande, reponse);
  };
}

/** An act that was done, or had been, as its client asked to have it. */
async function repondre(
  c: Context<Env>,
  acte: Acte,
  demande: DemandeLue,
  reponse: Reponse,
): Promise<Response> {
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
}

/** What is said of a form that could not be taken: what is too large is refused, and noted, as the rules say it. */
async function refuserFormulaire(auteur: Auteur, error: unknown): Promise<unknown> {
  if (!(error instanceof TropGros)) return error;
  const { code: p_code, maximum } = error;
  const refus = await enTransaction(
    auteur,
    (tx) => appeler(tx, "private.refuser", { p_code, p_valeurs: { maximum } }),
  ).catch(fromDatabase);
  if (!(refus instanceof ProblemError)) return error;
  await noterRefus(auteur, refus.problem);
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

// The token travels in a header, never in a cookie: another site's page cannot borrow it.
const preliminaire = cors({
  origin: "*",
  allowHeaders: ALLOWED_HEADERS,
  allowMethods: ["GET", "POST", "PUT"],
  exposeHeaders: EXPOSED_HEADERS,
  maxAge: 86400,
});
const LISIBLES = EXPOSED_HEADERS.join(",");

/** Whoever's page asks may read the answer. */
function pourToutPage(c: Context<Env>, next: () => Promise<void>): Promise<Response | void> {
  if (c.req.method === "OPTIONS") return preliminaire(c, next);
  // As the library would say it, but on an answer of its own, into which the real one would then be copied.
  c.header("access-control-allow-origin", "*");
  c.header("access-control-expose-headers", LISIBLES);
  return next();
}

/** The request pipeline, the same for every function: build one from the acts of a domain. */
export function porte(nom: string, actes: UnActe[]): Hono<Env> {
  const app = new Hono<Env>().basePath(`/${nom}`);
  app.use(requestId({ headerName: "x-request-id", limitLength: 100 }));
  app.use(journaliser);
  app.use(compterReponses(nom));
  app.use(pourToutPage);
  app.use(sansSaturer);
  for (const un of actes) {
    app.on(un.methode, un.chemin, "public" in un ? publicHandler(nom, un) : handler(nom, un));
  }
  app.notFound((c) => answerError(c, refuser("PORTE_INCONNUE")));
  app.onError((error, c) => answerError(c, error));
  return app;
}
