import type { Etape } from "../cli/deroulement.ts";
import type { Sql } from "../stack/database.ts";
import { type Cible, type Environnement, ouvrirCible } from "./cible.ts";

/** What every command that speaks to a database carries from step to step. */
export interface Contexte {
  cible: Cible;
  sql: Sql;
  resultat?: unknown;
}

/** First step of such a command: the target is what it claims to be. Fills `cible` and `sql`. */
export function verifierCible<C extends Contexte>(env: Environnement): Etape<C> {
  return {
    titre: "Vérifier la cible",
    faire: async (contexte) => {
      Object.assign(contexte, await ouvrirCible(env));
      return `${env}, projet ${contexte.cible.reference}`;
    },
  };
}
