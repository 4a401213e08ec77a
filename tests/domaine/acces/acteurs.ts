// Who may ask, in the words of the matrix.
import { type Role, ROLES } from "../../../ops/pile/demo_users.ts";

/** Every way to come in: the six roles, an account that no admin gave a profile, no account, the server's own key. */
export const ACTEURS = [...ROLES, "sans_profil", "anon", "service_role"] as const;
export type Acteur = (typeof ACTEURS)[number];

export const TOUS: readonly Role[] = ROLES;
export const ADMIN: readonly Role[] = ["admin"];
/** Reference data. */
export const DIRECTION: readonly Role[] = ["admin", "directeur"];
/** Validate, reject, pump from tank to tank. */
export const RESPONSABLES: readonly Role[] = ["admin", "directeur", "gerant"];
/** Write what happens at the depot. */
export const TERRAIN: readonly Role[] = ["admin", "directeur", "gerant", "operateur"];
/** Read suppliers and the log. */
export const ENCADREMENT: readonly Role[] = ["admin", "directeur", "gerant", "pca"];
export const PERSONNE: readonly Role[] = [];

/** Those who see their own depot only; the others see them all. */
export const D_UN_DEPOT: readonly Role[] = ["gerant", "operateur", "lecture"];
