// A world of its own for each test: depot, product, tanks, people. No test sees another's rows.
import postgres from "postgres";
import { type Person, type Row, signIn } from "../../ops/pile/client.ts";
import { Refusal } from "../../ops/pile/refusal.ts";
import type { Role } from "../../ops/pile/demo_users.ts";
import { status, superuserUrl } from "./environnement.ts";
import { faireComptes, PASSWORD } from "./gens.ts";
import { entrer } from "./session.ts";

export { status, superuserUrl };

/** Straight to the database, above every rule of access: for preparing and for checking. */
export const sql = postgres(superuserUrl, { max: 8, onnotice: () => {} });

/** Many acts in one transaction, in whatever order: two of those would wait for each other, so one at a time. */
export const oneSceneAtATime = <T>(work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> =>
  sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('scene', 0))`;
    return await work(tx);
  }) as Promise<T>;

/** Connections outlive a test on purpose: they are shared, so Deno must not count them as leaks. */
export function test(
  name: string,
  fn: (t: Deno.TestContext) => Promise<void>,
  options: { ignore?: boolean } = {},
): void {
  Deno.test({ name, fn, ...options, sanitizeOps: false, sanitizeResources: false });
}

export interface Monde {
  depot: string;
  produit: string;
  citernes: [string, string];
  client: string;
  fournisseur: string;
  partenaire: string;
  /** Somebody of this depot with this role, whose session is open. */
  personne(role: Role): Promise<Person>;
  /** The same, signed in by password as the app does it, in a session of their own. */
  connexion(role: Role): Promise<Person>;
  /** A truck of this depot that has arrived. */
  camionArrive(volume?: number): Promise<string>;
  /** Fuel in a tank, brought by a truck. */
  recevoir(volume: number, options?: object): Promise<Row>;
  /** A draft, by somebody who may. */
  rediger(volume: number, options?: object): Promise<Row>;
}

const unique = () => crypto.randomUUID();

async function insert(table: string, row: Record<string, string | number>): Promise<string> {
  const [made] = await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`;
  return made!.id;
}

export async function monde(options: { capacite?: number; securite?: number } = {}): Promise<Monde> {
  const depot = await insert("depots", { nom: unique() });
  const produit = await insert("produits", { nom: unique(), code: unique() });
  const citerne = (nom: string) =>
    insert("citernes", {
      depot_id: depot,
      produit_id: produit,
      nom,
      capacite_totale: options.capacite ?? 500_000,
      capacite_securite: options.securite ?? 0,
    });
  const citernes: [string, string] = [await citerne("A"), await citerne("B")];
  const [client, fournisseur, partenaire] = [
    await insert("clients", { nom: unique() }),
    await insert("fournisseurs", { nom: unique() }),
    await insert("partenaires", { nom: unique() }),
  ];

  const people = new Map<Role, Promise<Person>>();
  const email = (role: Role) => `${role}-${depot}@test.monaluxe.test`;
  const personne = (role: Role) => {
    if (!people.has(role)) {
      const compte = { email: email(role), role, depotId: depot, nom: role };
      people.set(role, faireComptes(sql, [compte]).then(([fait]) => entrer(fait!)));
    }
    return people.get(role)!;
  };

  const camionArrive = async (volume = 40_000) => {
    const operateur = await personne("operateur");
    const { id } = await operateur.call("POST", "cours-de-route", {
      fournisseur_id: fournisseur,
      depot_destination_id: depot,
      produit_id: produit,
      plaque_camion: unique(),
      volume,
    });
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await operateur.call("POST", `cours-de-route/${id}/statut`, { statut });
    }
    return id;
  };
  return {
    depot,
    produit,
    citernes,
    client,
    fournisseur,
    partenaire,
    personne,
    connexion: async (role) => {
      await personne(role);
      return await signIn(status, email(role), PASSWORD);
    },
    camionArrive,
    recevoir: async (volume_ambiant, more = {}) =>
      (await personne("operateur")).call("POST", "receptions", {
        cours_de_route_id: await camionArrive(volume_ambiant),
        citerne_id: citernes[0],
        volume_ambiant,
        temperature_ambiante_c: 15,
        ...more,
      }),
    rediger: async (volume_ambiant, more = {}) =>
      (await personne("operateur")).call("POST", "sorties", {
        citerne_id: citernes[0],
        client_id: client,
        volume_ambiant,
        temperature_ambiante_c: 15,
        ...more,
      }),
  };
}

/** What a door said when it refused; fails where it did not. */
export async function refus(call: Promise<unknown>): Promise<Refusal["problem"]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
  throw new Error("cette demande aurait dû être refusée");
}

export interface Stock {
  citerne_id: string;
  proprietaire_type: string;
  stock_ambiant: number;
  stock_15c: number;
}

/** Stock of a tank as its readers see it, by owner. */
export async function stock(person: Person, citerne_id: string): Promise<Record<string, Stock>> {
  const { data } = await person.call<{ data: Stock[] }>("GET", `stocks/actuel?citerne_id=${citerne_id}`);
  return Object.fromEntries(data.map((row) => [row.proprietaire_type, row]));
}

/** A raw request to a door, for what supabase-js would not send. */
export function fetchPorte(address: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${status.API_URL}/functions/v1/${address}`, init);
}

export async function token(person: Person): Promise<string> {
  const { data } = await person.supabase.auth.getSession();
  return data.session!.access_token;
}
