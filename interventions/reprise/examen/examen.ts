// One pass over the old rows does both: it says each anomaly, and asks what was decided of it. So what is examined is what
// is loaded: without decisions every answer is the proposal.
import type { Code } from "./codes.ts";
import { propose } from "./codes.ts";

export interface Anomalie {
  code: Code;
  table: string;
  /** Id of the row; for an account of stock, tank, product and owner. */
  ligne: string;
  /** What was found, for a person. */
  constat: string;
  /** What of the row it explains: columns, or `stock`. */
  champs: string[];
  choix: string;
}

/** What was decided of a row's anomaly; undefined where nobody was asked about it. */
export type Decision = (code: Code, ligne: string) => string | undefined;

export class Examen {
  readonly anomalies: Anomalie[] = [];
  /** Anomalies that the decisions do not know: the source is not the one that was examined. */
  readonly sansDecision: Anomalie[] = [];

  constructor(private readonly decision?: Decision) {}

  choisir(
    code: Code,
    table: string,
    ligne: string,
    constat: string,
    champs: string[] = [],
    proposition = propose(code),
  ): string {
    const decidee = this.decision?.(code, ligne);
    const anomalie: Anomalie = { code, table, ligne, constat, champs, choix: decidee ?? proposition };
    this.anomalies.push(anomalie);
    if (this.decision && decidee === undefined) this.sansDecision.push(anomalie);
    return anomalie.choix;
  }
}
