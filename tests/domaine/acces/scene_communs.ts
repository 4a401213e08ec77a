// How many things of each kind the stage has, whoever makes them.
import { createUser } from "../../../ops/pile/demo_users.ts";
import { sql } from "../../support/monde.ts";
import type { Chose } from "./decor.ts";

/** Things of each kind: the first is looked at, the others are there to be used up. */
export type Decor = Record<Chose, string[]>;
export type Ou = "ici" | "ailleurs";

/** Everyone with everything, as `npm run test:long` does; else each at their turn. */
export const COMPLET = Deno.env.get("ACCES_COMPLET") === "1";

/** The one whose turn it is; nobody where there is none. */
export const aSonTour = <T>(tous: readonly T[], rang: number): T[] =>
  tous.length ? [tous[rang % tous.length]!] : [];

/** Through HTTP nothing is taken back: what an act uses up is made in as many copies. */
export const COPIES = COMPLET ? 20 : 6;

export const PASSWORD = "un mot de passe de test";

/** An account, and its profile at this depot unless it is to have none. */
export async function compte(depot: string, profil: boolean): Promise<{ email: string; id: string }> {
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  await createUser(sql, { email, password: PASSWORD, role: "lecture", depotId: depot, nom: email, cost: 4 });
  if (!profil) await sql`delete from public.profils where email = ${email}`;
  const [{ id }] = await sql<[{ id: string }]>`select id from auth.users where email = ${email}`;
  return { email, id };
}
