// The old database's rows as ours, with every anomaly met on the way.
import { Examen } from "./examen/examen.ts";
import type { Decision } from "./examen/examen.ts";
import type { Ancienne } from "./ancienne/lecture.ts";
import { traduireCamions, traduireLots } from "./traduction/camions.ts";
import { conserverTables, traduireJournal } from "./traduction/journal.ts";
import { traduireAjustements, traduireJauges } from "./traduction/ajustements.ts";
import { traduireReceptions, traduireSorties } from "./traduction/mouvements.ts";
import { traduireReferentiels } from "./traduction/referentiels.ts";
import { type Bilan, traduireStocks } from "./traduction/stocks.ts";
import { Traduction } from "./traduction/traduction.ts";

export interface Traduite {
  traduction: Traduction;
  examen: Examen;
  bilans: Bilan[];
}

export function traduire(source: Ancienne, decision?: Decision): Traduite {
  const examen = new Examen(decision);
  const t = new Traduction(source, examen);
  traduireReferentiels(t);
  traduireLots(t);
  traduireCamions(t);
  traduireReceptions(t);
  traduireSorties(t);
  traduireAjustements(t);
  const bilans = traduireStocks(t);
  traduireJauges(t);
  traduireJournal(t);
  conserverTables(t);
  return { traduction: t, examen, bilans };
}
