// The old database's rows as ours, with every anomaly met on the way.
import { Examen } from "./examen/examen.ts";
import type { Decision } from "./examen/examen.ts";
import { ANCIENNE, CALCULEES } from "./ancienne/ancienne_base.ts";
import type { Ancienne, Ligne } from "./ancienne/lecture.ts";
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

/** Rows that do not say when they were written. */
function direSansDate({ source, examen }: Traduction): void {
  const noms: Record<string, keyof Ancienne> = {
    sorties_produit: "sorties",
    stocks_adjustments: "ajustements",
  };
  for (const table of Object.keys(ANCIENNE).filter((table) => !CALCULEES.includes(table))) {
    for (const { id, created_at } of source[noms[table] ?? table as keyof Ancienne] as Ligne[]) {
      if (created_at !== null) continue;
      examen.choisir("DATE_ABSENTE", table, id as string, "created_at absent", ["created_at"]);
    }
  }
}

export function traduire(source: Ancienne, decision?: Decision): Traduite {
  const examen = new Examen(decision);
  const t = new Traduction(source, examen);
  direSansDate(t);
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
