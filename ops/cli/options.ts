import { InvalidArgumentError, Option } from "commander";
import { type Environnement, ENVIRONNEMENTS } from "../cible/cible.ts";

/** --env: which target. Commands that may only speak to one do not take it. */
export const optionEnv = (permis: readonly Environnement[] = ENVIRONNEMENTS) =>
  new Option("--env <environnement>", "base visée").choices(permis).default(permis[0]);

export const optionJson = () => new Option("--json", "un objet JSON pour un programme, rien d'autre");

/** Reads an option that is a number above zero. */
export function nombrePositif(texte: string): number {
  const nombre = Number(texte);
  if (!(nombre > 0 && nombre < 1e9)) {
    throw new InvalidArgumentError("un nombre au-dessus de zéro est attendu.");
  }
  return nombre;
}

export const optionDelai = () =>
  new Option("--delai <secondes>", "combien attendre au plus").argParser(nombrePositif).default(60);

export const optionCommit = () =>
  new Option("--commit <sha>", "commit attendu des fonctions (sans elle : celui de cet arbre)");
