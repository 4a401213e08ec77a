// What a database is at, by facts (private.etat_schema) beside what this tree declares, in words for people.
import type postgres from "postgres";

export interface EtatSchema {
  /** Of what the database holds now. */
  empreinte: string;
  /** Of the last state it was brought to, and what brought it. */
  notee: string | null;
  nom: string | null;
  connues: string[];
  /** Objects changed since by other hands. */
  modifies: string[];
}

/** Undefined for a database that is older than its own fingerprint. */
export async function lireEtatSchema(
  sql: postgres.Sql | postgres.TransactionSql,
): Promise<EtatSchema | undefined> {
  const [{ sait }] = await sql<[{ sait: boolean }]>`
    select to_regprocedure('private.etat_schema()') is not null as sait`;
  if (!sait) return undefined;
  const [etat] = await sql<EtatSchema[]>`
    select empreinte, notee, nom, coalesce(connues, '{}') as connues, modifies from private.etat_schema()`;
  return etat;
}

export type Verdict = "a_jour" | "en_avance" | "en_retard" | "modifiee";

/** Beside the fingerprint that is expected: the same, beyond it, short of it, or changed by hand. */
export function jugerSchema(etat: EtatSchema | undefined, attendue: string): Verdict {
  if (!etat) return "en_retard";
  if (etat.empreinte === attendue) return "a_jour";
  if (etat.empreinte !== etat.notee) return "modifiee";
  return etat.connues.includes(attendue) ? "en_avance" : "en_retard";
}

const DITS = 6;

export function direSchema(etat: EtatSchema | undefined, attendue: string): string {
  const verdict = jugerSchema(etat, attendue);
  if (verdict === "a_jour") return "à jour";
  if (!etat) return "en retard : cette base ne sait pas encore dire où elle en est";
  if (verdict === "en_avance") return `au-delà de ce code : ${etat.nom}`;
  if (verdict === "en_retard") return `en retard : elle en est à ${etat.nom}`;
  const autres = etat.modifies.length - DITS;
  return `modifiée à la main : ${etat.modifies.slice(0, DITS).join(", ")}` +
    (autres > 0 ? ` et ${autres} autres objets` : "");
}
