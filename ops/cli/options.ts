import { Option } from "commander";
import { type Environnement, ENVIRONNEMENTS } from "../cible/cible.ts";

/** --env: which target. Commands that may only speak to one do not take it. */
export const optionEnv = (permis: readonly Environnement[] = ENVIRONNEMENTS) =>
  new Option("--env <environnement>", "base visée").choices(permis).default(permis[0]);

export const optionJson = () => new Option("--json", "un objet JSON pour un programme, rien d'autre");
