import type { Acte } from "./acte.ts";
import { type Appel, type Auteur, enUneFois, type Transaction } from "./database.ts";
import type { Json } from "./database.types.ts";
import { fromDatabase, refuser } from "./problems.ts";
import { appeler } from "./relations.ts";

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

/** A request that carries an Idempotency-Key: what makes it the same as another. */
export interface Identifiee {
  cle: string;
  adresse: string;
  corps: unknown;
}

/** The answer a request was first given, if it was given one; otherwise its key is held until the transaction ends. */
export const reprendre = async (
  tx: Transaction,
  { cle, adresse, corps }: Identifiee,
): Promise<Reponse | null> =>
  // What SQL has made of it: private.premiere_reponse says so.
  await appeler(tx, "private.premiere_reponse", {
    p_cle: cle,
    p_demande: adresse,
    p_corps: corps as Json,
  }) as Reponse | null;

/** What is kept instead of an answer that holds a secret: that it was given. */
const montree = (): Reponse => {
  const { problem } = refuser("REPONSE_MONTREE");
  return { statut: problem.status, corps: problem };
};

/** Answers with the first answer it was given, or runs it and keeps its answer; of a secret one, that it was given. */
export async function uneFois(
  tx: Transaction,
  demande: Identifiee,
  travail: (tx: Transaction) => Promise<Reponse>,
  { confidentiel }: Pick<Acte, "confidentiel">,
): Promise<Reponse> {
  const premiere = await reprendre(tx, demande);
  if (premiere) return premiere;
  const reponse = await travail(tx);
  const { statut, corps } = confidentiel ? montree() : reponse;
  await appeler(tx, "private.reponse_gardee", {
    p_cle: demande.cle,
    p_statut_http: statut,
    p_reponse: corps as Json,
  });
  return reponse;
}

/** The first answer to this key, or the one that this gives and that is then kept. */
const gardee =
  ({ cle, adresse, corps = null }: Identifiee, statut: number, reponse: Appel): Appel<Reponse> => (sql) =>
    sql`coalesce(
      private.premiere_reponse(${cle}, ${adresse}, ${sql.json(corps as Json)}),
      private.reponse_gardee(${cle}, ${statut}, ${reponse(sql)}))`;

/**
 * Keeps what has refused an act, which undid it all, its key too; where the same request was answered meanwhile, that
 * answer is the one: two who send it at once are told the same. Throws what is no answer to keep.
 */
export async function garderRefus(auteur: Auteur, demande: Identifiee, error: unknown): Promise<Reponse> {
  const refus = refusGarde(error);
  const reponse: Appel = (sql) => sql`${sql.json(refus.corps as Json)}::json`;
  return await enUneFois(auteur, gardee(demande, refus.statut, reponse));
}

/** What an act that is one function says to the database: its answer; with a key, that kept as well. */
export const valeurDe = (appel: Appel, statut: number, demande: Identifiee | undefined): Appel => {
  const reponse: Appel = (sql) => sql`to_json(${appel(sql)})`;
  return demande ? gardee(demande, statut, reponse) : reponse;
};

/** Such an act, in one flight. */
export async function faire(
  auteur: Auteur,
  appel: Appel,
  statut: number,
  demande: Identifiee | undefined,
): Promise<Reponse> {
  const valeur = valeurDe(appel, statut, demande);
  return demande ? await enUneFois(auteur, valeur) : { statut, corps: await enUneFois(auteur, valeur) };
}
