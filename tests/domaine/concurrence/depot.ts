// A depot of its own, made straight in SQL: four tanks, four people, and a notebook of what was committed in which order.
import type postgres from "postgres";
import { faireComptes } from "../../support/gens.ts";

export const ROLES = ["admin", "gerant", "operateur", "lecture"] as const;
export type Role = (typeof ROLES)[number];

/** Litres are counted in millilitres here: integers, so that the model adds without ever rounding. */
export const CAPACITE = 90_000_000;
/** Security capacity of each tank: two without, two with. */
export const SECURITES = [0, 0, 40_000_000, 60_000_000];

export interface Depot {
  id: string;
  produit: string;
  citernes: string[];
  client: string;
  fournisseur: string;
  partenaire: string;
  gens: Record<Role, string>;
  /** Schema of the notebook; not the project's. */
  carnet: string;
}

export const litres = (ml: number) => (ml / 1000).toFixed(3);
export const millilitres = (text: string) => Math.round(Number(text) * 1000);

/** What is opened of it: a test that has no use for all of it waits for none of the rest. */
export interface Ouverture {
  /** Security capacity of each tank. */
  securites?: number[];
  roles?: readonly Role[];
}

export async function ouvrirDepot(
  sql: postgres.Sql,
  { securites = SECURITES, roles = ROLES }: Ouverture = {},
): Promise<Depot> {
  const unique = () => crypto.randomUUID();
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> => {
    const [made] = await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`;
    return made!.id;
  };
  const lettres = [...crypto.getRandomValues(new Uint8Array(6))].map((n) => String.fromCharCode(65 + n % 26));
  const id = await insert("depots", { nom: unique(), code: lettres.join("") });
  const produit = await insert("produits", { nom: unique(), code: unique() });
  const cuves = await sql<{ id: string }[]>`
    insert into public.citernes ${
    sql(securites.map((securite, index) => ({
      depot_id: id,
      produit_id: produit,
      nom: `C${index}`,
      capacite_totale: litres(CAPACITE),
      capacite_securite: litres(securite),
    })))
  } returning id`;
  const comptes = roles.map((role) => ({ email: `${role}-${id}@essai.test`, role, depotId: id, nom: role }));
  const faits = await faireComptes(sql, comptes);
  const gens = Object.fromEntries(
    comptes.map(({ email, role }) => [role, faits.find((un) => un.email === email)!.id]),
  ) as Record<Role, string>;

  const carnet = `essai_${id.slice(0, 8)}`;
  await sql.unsafe(`
    create schema ${carnet};
    grant usage on schema ${carnet} to authenticated;
    -- "ordre" grows while the writer holds the lock of its tank: see jugement.ts.
    create table ${carnet}.faits (operation int primary key, ordre bigint generated always as identity);
    grant insert, select on ${carnet}.faits to authenticated;
  `);
  return {
    id,
    produit,
    citernes: cuves.map((cuve) => cuve.id),
    client: await insert("clients", { nom: unique() }),
    fournisseur: await insert("fournisseurs", { nom: unique() }),
    partenaire: await insert("partenaires", { nom: unique() }),
    gens,
    carnet,
  };
}

export const claims = (depot: Depot, role: Role) =>
  JSON.stringify({ sub: depot.gens[role], role: "authenticated" });

/** Trucks of these ids that have arrived, so that a réception is one statement. */
export async function faireArriver(sql: postgres.Sql, depot: Depot, camions: string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${claims(depot, "operateur")}, true)`;
    await tx`
      insert into public.cours_de_route (id, fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      select id, ${depot.fournisseur}, ${depot.id}, ${depot.produit}, id::text, 40000 from unnest(${camions}::uuid[]) id`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = any (${camions}::uuid[])`;
    }
  });
}

export const fermerDepot = (sql: postgres.Sql, depot: Depot) =>
  sql.unsafe(`drop schema ${depot.carnet} cascade`);
