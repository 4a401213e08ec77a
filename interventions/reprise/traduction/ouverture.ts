// Opening stock: what a tank held before its first movement, declared here as the old log or the old snapshot says.
import type { Ligne } from "../ancienne/lecture.ts";
import { mouvoir } from "./porteurs.ts";
import { ecritLe } from "./textes.ts";
import { type Compte, idDe, type Litres, litresDe, type Traduction } from "./traduction.ts";

export interface Declaration extends Litres {
  jour: string;
  ecrit: string | null;
}

const nombre = (details: Ligne, noms: string[]) => {
  const dit = noms.map((nom) => details[nom]).find((valeur) => valeur !== undefined && valeur !== null);
  return Number.isFinite(Number(dit)) && dit !== undefined ? Math.round(Number(dit) * 1000) : undefined;
};

/** Opening stocks that a line of the old log declares, by account. */
export function lireDeclarations(t: Traduction): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const { action, details: dit, cible_id, created_at } of t.source.log_actions) {
    if (action !== "STOCK_INITIAL_DECLARE" || typeof dit !== "object" || dit === null) continue;
    const details = dit as Ligne;
    const citerne = t.citernes.get(String(details.citerne_id ?? cible_id));
    const ambiant = nombre(details, ["stock_ambiant", "volume_ambiant", "delta_ambiant", "ambiant"]);
    const a15 = nombre(details, ["stock_15c", "volume_15c", "delta_15c", "volume_corrige_15c", "a_15c"]);
    if (!citerne || ambiant === undefined || a15 === undefined) continue;
    const jour = String(details.date_jour ?? details.date ?? details.j0 ?? created_at).slice(0, 10);
    const proprietaire = String(details.proprietaire_type ?? "MONALUXE");
    declarations.set(t.compte(citerne, citerne.produit_id, proprietaire).cle, {
      ambiant,
      a15,
      jour,
      ecrit: created_at as string | null,
    });
  }
  return declarations;
}

export const declarable = ({ ambiant, a15 }: Litres) =>
  ambiant > 0 && a15 > 0 && a15 / ambiant >= 0.5 && a15 / ambiant <= 1.5;

export function declarer(
  t: Traduction,
  compte: Compte,
  litres: Litres,
  jour: string,
  ecrit: string | null,
): void {
  const id = idDe("stock_initial", compte.cle);
  const date_jour = t.jour(jour, null, "stocks_snapshot", compte.cle, "jour du stock initial");
  const created_at = ecritLe(t, ecrit, `${date_jour}T00:00:00Z`);
  t.ajouter("stocks_initiaux", {
    id,
    citerne_id: compte.citerne.id,
    produit_id: compte.produit_id,
    depot_id: compte.citerne.depot_id,
    proprietaire_type: compte.proprietaire_type,
    volume_ambiant: litresDe(litres.ambiant),
    volume_15c: litresDe(litres.a15),
    date_jour,
    motif: ecrit
      ? "Reprise : stock d'ouverture déclaré au journal de l'ancien système"
      : "Reprise : stock d'ouverture que l'ancien système affichait sans mouvement",
    created_by: t.reprise,
    created_at,
  }, "stock d'ouverture");
  mouvoir(compte, {
    type: "STOCK_INITIAL",
    mouvement_type: "STOCK_INITIAL",
    mouvement_id: id,
    jour: date_jour,
    ecrit: created_at,
    ...litres,
    reste_ambiant: 0,
    reste_15: 0,
  });
}
