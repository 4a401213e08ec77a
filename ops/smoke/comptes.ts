// Who knocks: one account a role, from the environment's file; on this machine, the demo accounts.
import type { Cible } from "../cible/cible.ts";
import { Refus } from "../cli/deroulement.ts";
import { demoEmail, type Role, ROLES } from "../stack/demo_users.ts";
import { readSettings } from "../stack/settings.ts";

export interface Compte {
  email: string;
  password: string;
}

/** Names of the variables that hold a role's account: STAGING_SMOKE_GERANT_EMAIL and …_PASSWORD. */
export const variablesDuCompte = (env: string, role: Role) => ({
  email: `${env.toUpperCase()}_SMOKE_${role.toUpperCase()}_EMAIL`,
  password: `${env.toUpperCase()}_SMOKE_${role.toUpperCase()}_PASSWORD`,
});

/** Refuses with COMPTES_REQUIS, naming every variable that is missing. */
export function comptesDe(cible: Cible): Record<Role, Compte> {
  const absentes: string[] = [];
  const lire = (nom: string, defaut?: string) => {
    const valeur = cible.variables[nom] || defaut;
    if (!valeur) absentes.push(nom);
    return valeur ?? "";
  };
  const local = cible.env === "local";
  const comptes = Object.fromEntries(ROLES.map((role) => {
    const noms = variablesDuCompte(cible.env, role);
    return [role, {
      email: lire(noms.email, local ? demoEmail(role) : undefined),
      password: lire(noms.password, local ? readSettings().demoPassword : undefined),
    }];
  })) as Record<Role, Compte>;
  if (absentes.length) {
    throw new Refus(
      "COMPTES_REQUIS",
      `Il faut un compte par rôle. À remplir dans env/.env.${cible.env} : ${absentes.join(", ")}.`,
    );
  }
  return comptes;
}
