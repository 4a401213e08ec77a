// Databases of the benches: migrated, with a history of so many movements, beside the stack's own.
import type postgres from "postgres";
import type { Acte, UnActe } from "../supabase/functions/_shared/acte.ts";
import type { DemandeLue } from "../supabase/functions/_shared/requests.ts";
import { exigerStocksJustes, memeServeur, nouvelleBase } from "./depot.ts";
import { ecrireHistoire } from "./histoire.ts";
import { type Banc, commePersonne, duree, ouvrir } from "./mesure.ts";

export interface Base {
  mouvements: number;
  sql: postgres.Sql;
  gerant: string;
  admin: string;
  url: string;
}

/** A migrated database with the bench's depot, copied once for each size: the stack's own has the other benches' work. */
export async function fabriquerBases(
  banc: Banc,
  nom: string,
  tailles: number[],
  parJour?: number,
): Promise<Base[]> {
  const { gens } = await nouvelleBase(banc, nom);
  const superuser = ouvrir(banc.superuserUrl);

  const bases: Base[] = [];
  for (const mouvements of tailles) {
    const copie = `${nom}_${mouvements}`;
    await superuser.unsafe(`create database ${copie} template ${nom}`);
    await ecrireHistoire(memeServeur(banc.superuserUrl, copie), gens.admin, mouvements, parJour);
    const url = memeServeur(banc.stack.status.DB_URL, copie);
    await exigerStocksJustes(url, gens.admin);
    bases.push({ mouvements, sql: ouvrir(url), url, ...gens });
  }
  await superuser`checkpoint`;
  await superuser.end();
  return bases;
}

export const jour = (avant: number) => new Date(Date.now() - avant * 86_400_000).toISOString().slice(0, 10);

/** A page of a list, asked of the database as its door does. */
export async function lirePage(
  tx: postgres.TransactionSql,
  { appel, presenter }: Acte,
  query: Record<string, unknown>,
): Promise<{ data: unknown[] }> {
  const demande = { params: undefined, query, corps: undefined, csv: false } as unknown as DemandeLue;
  const [lue] = await tx`select ${appel!(demande)(tx)} as lignes`;
  return presenter!(lue!.lignes, demande) as { data: unknown[] };
}

/** Milliseconds that a list of a door takes in the database, asked by the gérant as HTTP would, without HTTP. */
export async function porte(
  base: Base,
  actes: UnActe[],
  chemin: string,
  query: Record<string, unknown>,
  role: "authenticated" | "postgres" = "authenticated",
): Promise<number> {
  const acte = actes.find((un) => un.chemin === chemin && un.methode === "GET") as Acte;
  let temps = 0;
  await commePersonne(base.sql, base.gerant, async (tx) => {
    let page: { data: unknown[] } | undefined;
    temps = await duree(async () => page = await lirePage(tx, acte, query));
    if (!page!.data.length) throw new Error(`${chemin} n'a rien rendu`);
  }, role);
  return temps;
}
