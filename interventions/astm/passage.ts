// One run of one step, and all of them: what an intervention remembers.
import type { Environnement } from "../../ops/commun/environment.ts";

/** In the runbook's order; each needs the one before. */
export const ETAPES = [
  "plan",
  "freeze",
  "backup",
  "apply",
  "verify",
  "activate",
  "smoke",
  "go",
  "archive",
] as const;
/** Steps of the way back and of the replay, which have their own conditions. */
export type Acte =
  | typeof ETAPES[number]
  | "rollback"
  | "reprise"
  | "rejeu plan"
  | "rejeu relire"
  | "rejeu apply";

export interface Tableau {
  titre: string;
  colonnes: string[];
  lignes: (string | number | null)[][];
}

/** One run of one step. */
export interface Passage {
  etape: Acte;
  statut: "faite" | "nogo" | "echec";
  debut: string;
  fin: string;
  git: string;
  confirme_par?: string;
  /** Run again when there was nothing left to do: it checked, and changed nothing. */
  sans_effet?: boolean;
  constats: { titre: string; constat: string }[];
  faits: Record<string, unknown>;
  tableaux?: Tableau[];
  erreur?: string;
}

export interface Intervention {
  intervention: "migration-astm";
  env: Environnement;
  reference: string;
  ouverte_le: string;
  passages: Passage[];
}
