import type postgres from "postgres";
import { Echec } from "./failure.ts";

/** Controls of the database itself: every row that one answers is something that should not be. */
export type Controle = "verifier_stocks" | "verifier_mouvements";

export const ecartsDe = (sql: postgres.ISql, nom: Controle) => sql`select * from ${sql(`public.${nom}`)}()`;

/** Throws Echec, with the first, where a control finds anything. */
export async function exigerAucunEcart(sql: postgres.ISql, ...noms: Controle[]): Promise<void> {
  for (const nom of noms) {
    const ecarts = await ecartsDe(sql, nom);
    if (!ecarts.length) continue;
    throw new Echec(`${nom} : ${ecarts.length} écart(s), le premier : ${JSON.stringify(ecarts[0])}`);
  }
}

/**
 * Throws Echec, with the first, where the log is not what was sealed; lines that wait for their seal are one sign,
 * which may be let pass.
 */
export async function exigerJournalIntact(sql: postgres.ISql, sauf = ""): Promise<void> {
  const atteintes = await sql`select * from private.controler_journal(null, null) where probleme <> ${sauf}`;
  if (!atteintes.length) return;
  throw new Echec(`journal : ${atteintes.length} atteinte(s), la première : ${JSON.stringify(atteintes[0])}`);
}
