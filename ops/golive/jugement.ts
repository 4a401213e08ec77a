// One criterion, judged: its line of the report, its evidence with its age.
import { dit, type Etape } from "../cli/deroulement.ts";
import { Echec } from "../stack/failure.ts";
import type { ContexteGolive, Critere, Ligne } from "./contexte.ts";

export function direAge(heures: number): string {
  const minutes = Math.round(heures * 60);
  if (minutes < 1) return "à l'instant";
  if (minutes < 120) return `${minutes} min`;
  return heures < 48 ? `${Math.round(heures)} h` : `${Math.round(heures / 24)} jours`;
}

/** A step that writes its line, and fails where the answer is no, the evidence is missing, or too old. */
export function etapeDe(critere: Critere): Etape<ContexteGolive> {
  const { titre, runbook, ageMaxH } = critere;
  return {
    titre,
    malgreEchec: ({ sql }) => !!sql,
    faire: async (contexte, dire) => {
      const ligne: Ligne = {
        titre,
        runbook,
        verdict: "non",
        constat: "",
        ...(ageMaxH && { age_max_h: ageMaxH }),
      };
      contexte.lignes.push(ligne);
      try {
        const pourquoi = await critere.sansObjet?.(contexte);
        if (pourquoi) {
          Object.assign(ligne, { verdict: "sans objet", constat: pourquoi });
          return `sans objet : ${pourquoi}`;
        }
        const { constat, moment = new Date().toISOString() } = await critere.juger(contexte, dire);
        const age_h = Math.max(0, (Date.now() - Date.parse(moment)) / 3_600_000);
        Object.assign(ligne, { constat, moment, age_h });
        if (ageMaxH && age_h > ageMaxH) {
          throw new Echec(`${constat} — trop ancien : ${direAge(age_h)}, ${direAge(ageMaxH)} au plus`);
        }
        ligne.verdict = "oui";
        return `${constat}${ageMaxH ? ` (${direAge(age_h)})` : ""}`;
      } catch (erreur) {
        ligne.constat = dit(erreur).phrase;
        throw erreur;
      }
    },
  };
}
