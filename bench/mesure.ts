// What every bench shares: the stack it runs on, what it hands back, and how figures are taken and said.
import postgres from "postgres";
import type { Stack } from "../ops/pile/stack.ts";

export const DEMO_PASSWORD = "monaluxe-demo";

/** A figure's table and what it means: printed, and kept in docs/performance.md, or in `page`. */
export interface Chapitre {
  titre: string;
  /** Where operators read it: written there between its marks by each run, alone or not. */
  page?: string;
  /** One paragraph or more: how it was measured, what the columns say, what is aimed at. */
  sens: string;
  entetes: string[];
  lignes: string[][];
}

export interface Banc {
  stack: Stack;
  superuserUrl: string;
  /** Folder of this run, thrown away at its end. */
  dossier: string;
  arguments: string[];
}

export type Mesurer = (banc: Banc) => Promise<Chapitre[]>;

export function ouvrir(url: string, max = 1): postgres.Sql {
  return postgres(url, { max, prepare: false, onnotice: () => {} });
}

/** The value below which this share of the measures lies. */
export function quantile(mesures: number[], part: number): number {
  const triees = mesures.toSorted((a, b) => a - b);
  return triees[Math.min(triees.length - 1, Math.floor(triees.length * part))]!;
}

export const mediane = (mesures: number[]) => quantile(mesures, 0.5);

/** Milliseconds it takes. */
export async function duree(travail: () => unknown): Promise<number> {
  const debut = performance.now();
  await travail();
  return performance.now() - debut;
}

/** Median of so many times the milliseconds it takes. */
export async function dureeMediane(tours: number, travail: () => unknown): Promise<number> {
  const mesures: number[] = [];
  for (let tour = 0; tour < tours; tour++) mesures.push(await duree(travail));
  return mediane(mesures);
}

export const ms = (valeur: number) => valeur.toFixed(2);
export const fois = (valeur: number) => `${valeur.toFixed(2)} ×`;
export const entier = (valeur: number) => Math.round(valeur).toLocaleString("en-US").replaceAll(",", " ");

/**
 * Does a person's work in one transaction: their claims, their role, their profile, as the doors do. postgres, who owns
 * the tables: no policy holds.
 */
export function commePersonne<T>(
  sql: postgres.Sql,
  userId: string,
  travail: (tx: postgres.TransactionSql) => Promise<T>,
  role: "authenticated" | "postgres" = "authenticated",
): Promise<T> {
  return sql.begin(async (tx) => {
    await tx`
      select set_config('request.jwt.claims', ${
      JSON.stringify({ sub: userId, role: "authenticated" })
    }, true),
             set_config('role', ${role}, true), private.exiger_profil()`;
    return await travail(tx);
  }) as Promise<T>;
}
