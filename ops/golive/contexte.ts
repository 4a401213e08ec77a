import type { Contexte } from "../cible/etape.ts";
import type { Environnement } from "../cible/cible.ts";
import type { Comparison } from "../golden/report.ts";
import type { Releve } from "../surveillance/mesures.ts";
import type { EtapeFaite } from "../cli/deroulement.ts";

/** What golive was told, and by whom. */
export interface Demande {
  env: Environnement;
  commit?: string;
  decidePar?: string;
  confirmation?: string;
  surveillanceMin: number;
  dossier?: string;
}

/** What a criterion saw. `moment`: when its evidence was made; without it, just now. */
export interface Preuve {
  constat: string;
  moment?: string;
}

export interface Critere {
  titre: string;
  /** Where the runbooks ask for it. */
  runbook: string;
  /** Beyond, the evidence no longer counts. */
  ageMaxH?: number;
  /** Why it does not apply to this target; undefined where it does. */
  sansObjet?: (contexte: ContexteGolive) => Promise<string | undefined>;
  /** Sees its evidence; throws where it is missing or says no. */
  juger: (contexte: ContexteGolive, dire: (progres: string) => void) => Promise<Preuve>;
}

export interface Ligne {
  titre: string;
  runbook: string;
  verdict: "oui" | "non" | "sans objet";
  constat: string;
  /** When the evidence was made; absent where there is none. */
  moment?: string;
  age_h?: number;
  age_max_h?: number;
}

export interface ContexteGolive extends Contexte {
  demande: Demande;
  lignes: Ligne[];
  /** Shown whole in the report. */
  golden?: Comparison[];
  smoke?: EtapeFaite[];
  releve?: Releve;
}
