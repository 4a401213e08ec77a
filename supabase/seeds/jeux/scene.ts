// Where a demonstration plays: one transaction, the people who act in it, each step as one of them under every rule.
import type postgres from "postgres";
import { jourAuDepot } from "../../../ops/commun/horloge.ts";
import { demoEmail, type Role } from "../../../ops/pile/demo_users.ts";

export interface Lieu {
  depot: string;
  /** Tanks of gasoil. */
  citernes: string[];
  /** Who works here; the others see every depot. */
  gerant: string;
  operateur: string;
}

export type Valeur = string | number | boolean | null | undefined;

export class Scene {
  private role = "";
  constructor(
    readonly tx: postgres.TransactionSql,
    readonly marque: string,
    readonly dire: (progres: string) => void,
    private readonly gens: Record<"admin" | "directeur", string>,
  ) {}

  /** From here on every statement is this person's, and a rule may say no. */
  private async devenir(id: string): Promise<void> {
    if (this.role === id) return;
    const claims = JSON.stringify({ sub: id, role: "authenticated", aal: "aal2" });
    await this
      .tx`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', ${claims}, true)`;
    this.role = id;
  }

  /** After the project itself has acted: whoever comes next says who they are. */
  async oublier(): Promise<void> {
    this.role = "";
    await this.tx`select set_config('role', 'none', true), set_config('request.jwt.claims', '', true)`;
  }

  /** As a door acts that is the project's own: in the name of whoever acts now, under no policy. */
  async parLeProjet(): Promise<void> {
    this.role = "";
    await this.tx`select set_config('role', 'none', true)`;
  }

  admin = () => this.devenir(this.gens.admin);
  directeur = () => this.devenir(this.gens.directeur);
  gerant = ({ gerant }: Lieu) => this.devenir(gerant);
  operateur = ({ operateur }: Lieu) => this.devenir(operateur);

  json = (objet: object) => this.tx.json(objet as postgres.JSONValue);

  /** A row as whoever acts writes it: its id. */
  async inserer(table: string, ligne: Record<string, Valeur>): Promise<string> {
    const dite = Object.fromEntries(Object.entries(ligne).filter(([, valeur]) => valeur !== undefined));
    const [faite] = await this.tx<{ id: string }[]>`
      insert into ${this.tx(`public.${table}`)} ${this.tx(dite)} returning id`;
    return faite!.id;
  }

  /** The one value of a query. */
  async un<T = string>(requete: PromiseLike<readonly postgres.Row[]>): Promise<T> {
    return (await requete)[0]!.dit;
  }

  /** A reference row by its name, made by the directeur where there is none. */
  async nomme(table: string, ligne: Record<string, Valeur> & { nom: string }): Promise<string> {
    await this.directeur();
    const [connue] = await this.tx<{ id: string }[]>`
      select id from ${this.tx(`public.${table}`)} where nom = ${ligne.nom} limit 1`;
    return connue?.id ?? await this.inserer(table, ligne);
  }
}

/** A person of the demonstration, found by their address, else made without a password: nobody signs in as them. */
export async function personne(
  tx: postgres.TransactionSql,
  role: Role,
  depot: string,
  email = demoEmail(role),
): Promise<string> {
  const [connue] = await tx<{ id: string }[]>`
    select p.user_id as id from public.profils p join auth.users u on u.id = p.user_id
     where u.email = ${email} and p.role = ${role} and p.desactive_le is null`;
  if (connue) return connue.id;
  const id = crypto.randomUUID();
  const [libre] = await tx`select from auth.users where email = ${email}`;
  await tx`insert into auth.users (id, aud, role, email)
           values (${id}, 'authenticated', 'authenticated', ${
    libre ? `${role}-${id}@demo.monaluxe.test` : email
  })`;
  await tx`insert into public.profils (user_id, nom_complet, role, depot_id)
           values (${id}, ${`Démonstration ${role}`}, ${role}, ${depot})`;
  return id;
}

/** Days before today, at the depot. */
export function jour(recul: number): string {
  const moment = new Date(`${jourAuDepot()}T12:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() - recul);
  return moment.toISOString().slice(0, 10);
}

/** When something of that day was done: mid-morning at the depot; today, now. */
export const moment = (date: string) => date === jour(0) ? null : `${date}T10:30:00+02:00`;

/** Numbers that look like a depot's and are the same at each run. */
export function hasard(graine: number): (min: number, max: number) => number {
  let etat = graine;
  return (min, max) => {
    etat = (etat * 1103515245 + 12345) % 2 ** 31;
    return min + Math.floor(etat / 2 ** 31 * (max - min + 1));
  };
}
