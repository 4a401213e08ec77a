// Who may ask, in the words of the matrix: read from private.capacites, as the schema declares it.
import { lireLignes } from "../../../ops/commun/schema/lignes.ts";
import { type Role, ROLES } from "../../../ops/pile/demo_users.ts";

/** Every way to come in: the six roles, an account that no admin gave a profile, no account, the server's own key. */
export const ACTEURS = [...ROLES, "sans_profil", "anon", "service_role"] as const;
export type Acteur = (typeof ACTEURS)[number];

/** What may be done, and who may: the page prints it, the matrix takes its roles from it. */
export const CAPACITES = (await lireLignes("private.capacites")).map(
  ({ capacite, roles, second_facteur, dit }) => ({
    capacite,
    roles: ROLES.filter((role) => String(roles).match(/\w+/g)?.includes(role)),
    secondFacteur: second_facteur === true,
    dit: String(dit),
  }),
);

/** The roles that have a capability. */
export function ceuxQui(voulue: string): readonly Role[] {
  const trouvee = CAPACITES.find(({ capacite }) => capacite === voulue);
  if (!trouvee) throw new Error(`private.capacites n'a pas de ligne « ${voulue} »`);
  return trouvee.roles;
}

export const TOUS: readonly Role[] = ROLES;
export const PERSONNE: readonly Role[] = [];

/** Those who see their own depot only; the others see them all. */
export const D_UN_DEPOT: readonly Role[] = ROLES.filter((role) =>
  !ceuxQui("voir_tous_depots").includes(role)
);
