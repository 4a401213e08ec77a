import pRetry from "p-retry";
import postgres from "postgres";
import { alone, forgetDescribed, STATEMENT_MS, takeBack, untilItLeaves } from "./connection.ts";
import { type EtatSchema, lireEtatSchema } from "./etat_schema.ts";
import type { Identite } from "./identity.ts";
import { connectionLost, refuser } from "./problems.ts";
import { nomDeSession, type Trace } from "./trace.ts";
import { beginning, connections, type Sql, type Transaction, transaction } from "./transaction.ts";

export type { Sql, Transaction };
/** What is asked of the database, as part of a statement (appels.ts); `T` is what it answers, for the compiler alone. */
export interface Appel<out T = unknown> {
  (sql: Sql | Transaction): postgres.PendingQuery<postgres.Row[]>;
  readonly rendu?: T;
}

/** No new try after this. */
const PATIENCE_MS = 10_000;

/** Serialization failure, deadlock, lock not had in time: the transaction is undone, another try may pass. */
const PASSING = ["40001", "40P01", "55P03"];

/** Milliseconds that a request has waited for a connection, and then for the database's answers. */
export interface Temps {
  attente: number;
  base: number;
}

/**
 * What is said of a request: who asks, at which door, their requests there that are not counted yet (`ici`), its number
 * and its trace, whether it records and may be sent again with its key; and where its time goes, which is added to.
 */
export interface Auteur {
  identite: Identite;
  route: string;
  ici: number;
  requestId: string;
  trace: Trace;
  ecrit: boolean;
  cle?: string;
  temps?: Temps;
}

/** Adds up the time of one asking: `sent` is called as it leaves, `answered` once it is over, sent or not. */
function chronometre({ temps }: Auteur) {
  const asked = performance.now();
  let left: number | undefined;
  return {
    sent: () => left ??= performance.now(),
    answered: () => {
      if (!temps) return;
      const now = performance.now();
      temps.attente += (left ?? now) - asked;
      temps.base += now - (left ?? now);
    },
  };
}

/** Tried again where that helps. */
const retried = <T>(work: () => Promise<T>): Promise<T> =>
  pRetry(work, {
    retries: 3,
    maxRetryTime: PATIENCE_MS,
    minTimeout: 20,
    maxTimeout: 200,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof postgres.PostgresError && PASSING.includes(error.code),
  });

/** One transaction as the caller: their role, their claims, so that RLS and auth.uid() hold. Tried again where that helps. */
export const enTransaction = <T>(auteur: Auteur, travail: (tx: Transaction) => Promise<T>): Promise<T> =>
  retried(() => uneTransaction(auteur, travail));

/** A fault, after which what was known of the schema may hold no more: a function, a table, a type is not what it was. */
function schemaChanged(error: unknown): unknown {
  if (error instanceof postgres.PostgresError && /^(42|XX)/.test(error.code)) forgetDescribed();
  return error;
}

/** Who asks, as private.ouvrir is told. */
export const presentation = (
  sql: postgres.Sql | Transaction,
  { route, ici, requestId, trace, identite }: Auteur,
  claims: postgres.Parameter<string> | string = JSON.stringify(identite),
) =>
  sql`${claims}, ${identite.sub}, ${route}, ${ici}, ${
    nomDeSession("porte", trace, requestId)
  }, ${requestId}, ${trace.id}`;

/** Nobody knows whether it was done: with its key, the same request will tell. */
const inconnu = ({ cle }: Auteur, error: unknown) =>
  refuser(cle ? "RESULTAT_INCONNU" : "RESULTAT_INCONNU_SANS_CLE", undefined, error);

/** Beyond what a statement may take. No timeout of the server's bounds a commit that waits for a standby which is away. */
const ANSWER_MS = STATEMENT_MS + 2_000;

/** The answer, or after `ANSWER_MS` from when `start` is called what is then to be said. Its connection stays taken. */
function inTime(late: () => Error) {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start: () => timer ??= setTimeout(() => reject(late()), ANSWER_MS),
    wait: <T>(answer: Promise<T>): Promise<T> =>
      Promise.race([answer, promise]).finally(() => clearTimeout(timer)),
  };
}

/** Asked, and not answered: of what records, nobody knows. */
const sansReponse = (auteur: Auteur) => auteur.ecrit ? inconnu(auteur, undefined) : refuser("DELAI_DEPASSE");

/** What is asked in one flight: a value, once it is said who asks. */
export const questionDe = <T>(
  sql: postgres.Sql,
  auteur: Auteur,
  valeur: Appel,
  claims?: postgres.Parameter<string>,
) =>
  sql<{ valeur: T }[]>`
    select case when private.ouvrir(${presentation(sql, auteur, claims)}) then ${valeur(sql)} end as valeur`;

/**
 * A value that is computed as the caller, in a statement and transaction of its own: one flight. A condition is asked
 * before what it decides on, so that nothing of `valeur` is looked at by anybody else than them.
 */
export const enUneFois = <T>(auteur: Auteur, valeur: Appel): Promise<T> =>
  retried(async () => {
    const { ask, pooled } = connections();
    let begun = false;
    let giveUp: (() => void) | undefined;
    const answer = inTime(() => sansReponse(auteur));
    const chrono = chronometre(auteur);
    let late: ReturnType<typeof setTimeout> | undefined;
    const asked = ask(async (sql) => {
      const leaves = () => {
        begun = true;
        chrono.sent();
        answer.start();
        return JSON.stringify(auteur.identite);
      };
      const question = untilItLeaves(
        sql,
        leaves,
        (identite) => alone(questionDe<T>(sql, auteur, valeur, identite)),
      );
      giveUp = question.giveUp;
      if (pooled) late = setTimeout(() => question.query.cancel(), STATEMENT_MS);
      return await question.query;
    });
    try {
      const [row] = await answer.wait(beginning(asked, () => begun, () => giveUp?.()));
      return row!.valeur;
    } catch (error) {
      if (begun && auteur.ecrit && connectionLost(error)) throw inconnu(auteur, error);
      throw schemaChanged(error);
    } finally {
      clearTimeout(late);
      chrono.answered();
    }
  });

/**
 * The work, whose first statement goes out with the claims: the server takes them in order, and where it refuses the
 * claims it refuses all that follows. Both are waited for whatever happens, so that nothing is sent after the rollback.
 */
async function afterClaims<T>(claims: Promise<unknown>, work: Promise<T>): Promise<T> {
  const [said, done] = await Promise.allSettled([claims, work]);
  if (said.status === "rejected") throw said.reason;
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

async function uneTransaction<T>(auteur: Auteur, travail: (tx: Transaction) => Promise<T>): Promise<T> {
  let [begun, abandoned, committing] = [false, false, false];
  const answer = inTime(() => sansReponse(auteur));
  const chrono = chronometre(auteur);
  try {
    const work = connections().ask((sql) =>
      transaction(sql, async (tx) => {
        if (abandoned) throw refuser("SERVICE_INDISPONIBLE");
        begun = true;
        chrono.sent();
        const claims = tx`select private.ouvrir(${presentation(tx, auteur)})`.execute();
        const done = await afterClaims(claims, travail(tx));
        committing = true;
        answer.start();
        return done;
      })
    );
    return await answer.wait(beginning(work, () => begun, () => abandoned = true));
  } catch (error) {
    // Between the word COMMIT and its answer, nobody here knows what was done; but a refusal is an answer.
    const refused = error instanceof postgres.PostgresError && !connectionLost(error);
    if (committing && auteur.ecrit && !refused) throw inconnu(auteur, error);
    throw schemaChanged(error);
  } finally {
    chrono.answered();
  }
}

/** Refuses who may ask nothing, or too often, of a request that asks the database nothing more. Raises what ouvrir does. */
export const exigerAcces = (auteur: Auteur): Promise<unknown> =>
  enUneFois({ ...auteur, ecrit: false }, (sql) => sql`true`);

/**
 * Has the database keep what it keeps of a refusal, apart from the transaction that was undone. A refusal is an answer,
 * kept or not: where this fails, only the function's own log says so.
 */
export async function noterRefus(
  { identite, route, requestId, trace }: Auteur,
  { code, valeurs }: { code: string; valeurs?: unknown },
): Promise<void> {
  // What says no by itself has no values: shapes, tokens, and doors that do not exist.
  if (!valeurs) return;
  try {
    await auNomDuProjet((sql) =>
      sql`
      select set_config('request.trace', ${trace.id}, true), private.noter_refus(${identite.sub}, ${requestId}, ${route}, ${code}, ${
        sql.json(valeurs as postgres.JSONValue)
      })`
    );
  } catch (error) {
    console.error(JSON.stringify({
      quand: new Date().toISOString(),
      niveau: "error",
      request_id: requestId,
      trace_id: trace.id,
      erreur: `le refus ${code} n'a pas pu être noté : ${error instanceof Error ? error.message : error}`,
    }));
  }
}

/** Asks as the project, for no user: what the project's own worker does. One statement, in a transaction of its own. */
export function auNomDuProjet<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  let asked: Promise<T> | undefined;
  const abandon = () => {
    // What is refused is not done after all, once a connection is free: requests would be counted twice.
    if (asked && "cancel" in asked) takeBack(asked as unknown as postgres.PendingQuery<postgres.Row[]>);
  };
  return beginning(connections().ask((sql) => asked = question(sql)), undefined, abandon);
}

/** What this database is at. Asked as the project, for no user. */
export const etatDeLaBase = (): Promise<EtatSchema | undefined> => auNomDuProjet(lireEtatSchema);
