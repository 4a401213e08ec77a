import type { Acte, Appel } from "./acte.ts";
import { type Auteur, enUneFois, type Fragment, savepoint, type Sql, type Transaction } from "./database.ts";
import type { Json } from "./database.types.ts";
import { fromDatabase, refuser } from "./problems.ts";
import { appeler, tirer } from "./relations.ts";

/** What a door answers: its status and body; whether it had been answered before. */
export interface Reponse {
  statut: number;
  corps: unknown;
  rejouee?: boolean;
}

/** A refusal of a rule as the answer that is kept of it. Throws what is no such answer. */
function refusGarde(error: unknown): Reponse {
  const { problem } = fromDatabase(error);
  // "Not now" and "not you" are no answers to keep: sent again once writes are open, or the person may, the same request
  // must be able to succeed.
  if (problem.status >= 500 || [403, 423, 429].includes(problem.status)) throw error;
  return { statut: problem.status, corps: problem };
}

/** Runs the act; a refusal of a rule undoes it and becomes its answer, so that the answer can be kept. */
const oser = (tx: Transaction, travail: (tx: Transaction) => Promise<Reponse>): Promise<Reponse> =>
  savepoint(tx, travail).catch(refusGarde);

/** A request that carries an Idempotency-Key: what makes it the same as another. */
export interface Identifiee {
  cle: string;
  adresse: string;
  corps: unknown;
}

/** The answer a request was first given, if it was given one; otherwise its key is reserved until the transaction ends. */
export async function reprendre(
  tx: Transaction,
  { cle, adresse, corps }: Identifiee,
): Promise<Reponse | undefined> {
  const [premiere] = await tirer(tx, "private.reprendre_reponse", {
    p_cle: cle,
    p_demande: adresse,
    p_corps: corps as Json,
  });
  return premiere && { statut: premiere.statut_http, corps: premiere.reponse, rejouee: true };
}

/** What is kept instead of an answer that holds a secret: that it was given. */
const montree = (): Reponse => {
  const { problem } = refuser("REPONSE_MONTREE");
  return { statut: problem.status, corps: problem };
};

/**
 * Answers with the first answer it was given, or runs it and keeps its answer; of a secret one, that it was given. Of an
 * act that is done outside, no refusal is kept: of two requests with one key, the one that did nothing may come first.
 */
export async function uneFois(
  tx: Transaction,
  demande: Identifiee,
  travail: (tx: Transaction) => Promise<Reponse>,
  { confidentiel, dehors }: Pick<Acte, "confidentiel" | "dehors">,
): Promise<Reponse> {
  const premiere = await reprendre(tx, demande);
  if (premiere) return premiere;
  const reponse = await (dehors ? travail(tx) : oser(tx, travail));
  const { statut, corps } = confidentiel && reponse.statut < 400 ? montree() : reponse;
  await appeler(tx, "private.garder_reponse", {
    p_cle: demande.cle,
    p_statut_http: statut,
    p_reponse: corps as Json,
  });
  return reponse;
}

/**
 * An act that is one function, in one flight, its key and its answer kept included. What refuses it undoes it all, the
 * key too: the refusal is kept afterwards, and where the same request was answered meanwhile, that answer is the one.
 */
export async function faire(
  auteur: Auteur,
  appel: Appel,
  statut: number,
  demande: Identifiee | undefined,
): Promise<Reponse> {
  if (!demande) return { statut, corps: await enUneFois(auteur, (sql) => sql`to_json(${appel(sql)})`) };
  const { cle, adresse, corps = null } = demande;
  /** The first answer to this key, or the one that this gives and that is then kept. */
  const garder = (statut: number, reponse: (sql: Sql) => Fragment) =>
    enUneFois<Reponse>(auteur, (sql) =>
      sql`coalesce(
        private.premiere_reponse(${cle}, ${adresse}, ${sql.json(corps as Json)}),
        private.reponse_gardee(${cle}, ${statut}, ${reponse(sql)}))`);
  try {
    return await garder(statut, (sql) => sql`to_json(${appel(sql)})`);
  } catch (error) {
    const refus = refusGarde(error);
    return await garder(refus.statut, (sql) => sql`${sql.json(refus.corps as Json)}::json`);
  }
}
