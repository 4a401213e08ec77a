// The chain in a database that already holds others' fuel: in a depot and a tank of the time of the trial.
import type postgres from "postgres";
import { essayerChaine, type Lieu } from "../essai_chaine.ts";
import type { Sql } from "../stack/database.ts";

async function lieuNeuf(sql: postgres.ISql, nom: string): Promise<Lieu> {
  const [lieu] = await sql<[Lieu]>`
    with depot as (insert into public.depots (nom) values (${nom}) returning id),
         produit as (insert into public.produits (nom, code) values (${nom}, ${nom}) returning id),
         citerne as (insert into public.citernes (depot_id, produit_id, nom, capacite_totale, capacite_securite)
                     select depot.id, produit.id, 'ESSAI', 50000, 0 from depot, produit returning id)
    select depot.id as depot, produit.id as produit, citerne.id as citerne from depot, produit, citerne`;
  return lieu;
}

/** Leaves nothing. */
export const essayerAilleurs = (sql: Sql): Promise<string> =>
  sql.begin((tx) => essayerChaine(tx, lieuNeuf)) as Promise<string>;
