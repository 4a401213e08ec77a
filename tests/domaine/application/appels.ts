// One entry a call of the app (VALERYkal/ml_pp_mvp, lib/ at 2c9b5c6): where it is made, as whom, what is sent, what the
// app's model does with the answer.
import { type Role, ROLES } from "../../../ops/pile/demo_users.ts";
import { ceuxQui } from "../acces/acteurs.ts";
import { colonnes, type Parametres, type Requete } from "./client.ts";
import type { Lecture } from "./modeles.ts";
import type { Contexte } from "./scene.ts";

export interface Appel {
  /** File of lib/, or of the app's integration tests. */
  ou: string;
  /** Who reaches the screen that makes it, of those who may do what it does. */
  roles: readonly Role[];
  requete(c: Contexte): Requete | Promise<Requete>;
  lu: Lecture;
  /** The same call of lib/ once more, sent otherwise: tried, and counted with the one it repeats. */
  variante?: true;
  /** What it is answered with, where it is refused on purpose or by any PostgREST; and why that is right. */
  refus?: { code: RegExp; pourquoi: string };
}

export const TOUS: readonly Role[] = ROLES;
export const TERRAIN = ceuxQui("ecrire_cours_de_route");

/** A call, wherever it is made and as whom. */
type Demande = Omit<Appel, "ou" | "roles">;

/** What this file calls, as whoever has these roles. */
export const dans = (ou: string, roles: readonly Role[], demandes: Demande[]): Appel[] =>
  demandes.map((demande) => ({ ou, roles, ...demande }));

export const lire = (
  chemin: string,
  select: string,
  parametres: (c: Contexte) => Parametres,
  lu: Lecture,
  plus: Partial<Requete> = {},
): Demande => ({
  requete: (c) => ({
    methode: "GET",
    chemin,
    parametres: { select: colonnes(select), ...parametres(c) },
    ...plus,
  }),
  lu,
});

export const ecrire = (
  requete: (c: Contexte) => Requete | Promise<Requete>,
  lu: Lecture,
  refus?: Appel["refus"],
): Demande => ({ requete, lu, ...(refus && { refus }) });

export const variante = (demande: Demande): Demande => ({ ...demande, variante: true });
