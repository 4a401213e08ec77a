// Adjustments that the takeover itself writes.
import { mouvoir, type Part } from "./porteurs.ts";
import { type Compte, idDe, litresDe, type Traduction } from "./traduction.ts";

export interface NouvelAjustement {
  jour: string;
  part: Part;
  motif: string;
  pourquoi: string;
}

/** Writes an adjustment of the takeover, and counts it among what moved the account. */
export function ajuster(t: Traduction, compte: Compte, a: NouvelAjustement): void {
  t.ajouter("stocks_adjustments", {
    id: idDe("ajustement", compte.cle, a.jour, a.part.mouvement_id, a.pourquoi),
    mouvement_type: a.part.mouvement_type,
    mouvement_id: a.part.mouvement_id,
    delta_ambiant: litresDe(a.part.ambiant),
    delta_15c: litresDe(a.part.a15),
    reason: a.motif,
    date_jour: a.jour,
    created_by: t.reprise,
    depot_id: compte.citerne.depot_id,
    citerne_id: compte.citerne.id,
    produit_id: compte.produit_id,
    proprietaire_type: compte.proprietaire_type,
    created_at: t.maintenant,
  }, a.pourquoi);
  mouvoir(compte, {
    type: "AJUSTEMENT",
    mouvement_type: a.part.mouvement_type,
    mouvement_id: a.part.mouvement_id,
    jour: a.jour,
    ecrit: t.maintenant,
    ambiant: a.part.ambiant,
    a15: a.part.a15,
    reste_ambiant: 0,
    reste_15: 0,
  });
}
