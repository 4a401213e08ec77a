// Adjustments and dips: the same litres, days and authors.
import type { Ajustement, Mouvement } from "../ancienne/lecture.ts";
import { mouvoir } from "./porteurs.ts";
import { recevable } from "./textes.ts";
import { litresDe, type Traduction } from "./traduction.ts";

const MOTIF_MIN = 10;

function traduireAjustement(t: Traduction, a: Ajustement, mouvements: Map<string, Mouvement>): void {
  const mouvement = mouvements.get(`${a.mouvement_type} ${a.mouvement_id}`);
  const citerne = t.citernes.get(a.citerne_id ?? mouvement?.citerne_id ?? "");
  const motif = (a.reason ?? "").trim();
  const illisibles = [a.delta_ambiant, a.delta_15c].filter(({ ml }) => ml === null).map(({ texte }) =>
    texte ?? "absent"
  );
  const fautes = [
    motif.length < MOTIF_MIN && `motif « ${motif} »`,
    illisibles.length && `litres illisibles (${illisibles.join(", ")})`,
    !illisibles.length && !a.delta_ambiant.ml && !a.delta_15c.ml && "zéro litre",
    !t.ecrits.has(`${a.mouvement_type} ${a.mouvement_id}`) &&
    `mouvement ${a.mouvement_id} ${mouvement ? "mis de côté" : "absent"}`,
    !citerne && "citerne absente",
  ].filter((faute) => faute !== false && faute !== 0);
  const ecarte = !citerne || illisibles.length > 0 || (!a.delta_ambiant.ml && !a.delta_15c.ml);
  if (fautes.length) {
    t.examen.choisir("AJUSTEMENT_INCOMPLET", "stocks_adjustments", a.id, fautes.join(", "), [
      ecarte ? "*" : "reason",
    ]);
  }
  if (ecarte) return t.conserver("stocks_adjustments", a.ligne, "AJUSTEMENT_INCOMPLET");
  const jour = t.jour(a.jour_ecrit, a.jour_ecrit, "stocks_adjustments", a.id, "created_at");
  const proprietaire = (a.proprietaire_type ?? mouvement?.proprietaire_type ?? "MONALUXE").toUpperCase();
  const [ambiant, a15] = [a.delta_ambiant.ml!, a.delta_15c.ml!];
  if ([a.delta_ambiant, a.delta_15c].some(({ reste }) => Math.abs(reste) > 1e-6)) {
    t.examen.choisir(
      "LITRES_AU_DELA_DU_MILLILITRE",
      "stocks_adjustments",
      a.id,
      `${a.delta_ambiant.texte} L, ${a.delta_15c.texte} L`,
    );
  }
  const ligne = t.ecrire(
    "stocks_adjustments",
    recevable(t, "stocks_adjustments", {
      id: a.id,
      mouvement_type: a.mouvement_type,
      mouvement_id: a.mouvement_id,
      delta_ambiant: litresDe(ambiant),
      delta_15c: litresDe(a15),
      reason: motif.length < MOTIF_MIN ? `Reprise, motif d'origine : « ${motif} »` : a.reason,
      date_jour: jour,
      created_by: t.auteur(a.created_by, "stocks_adjustments", a.id, "created_by"),
      depot_id: citerne.depot_id,
      citerne_id: citerne.id,
      produit_id: citerne.produit_id,
      proprietaire_type: proprietaire,
      created_at: a.created_at ?? `${jour}T12:00:00Z`,
    }),
  );
  mouvoir(t.compte(citerne, citerne.produit_id, proprietaire), {
    type: "AJUSTEMENT",
    mouvement_type: a.mouvement_type,
    mouvement_id: a.mouvement_id,
    jour,
    ecrit: ligne.created_at as string,
    ambiant,
    a15,
    reste_ambiant: a.delta_ambiant.reste,
    reste_15: a.delta_15c.reste,
  });
}

export function traduireAjustements(t: Traduction): void {
  const mouvements = new Map<string, Mouvement>([
    ...t.source.receptions.map((r) => [`RECEPTION ${r.id}`, r] as const),
    ...t.source.sorties.map((s) => [`SORTIE ${s.id}`, s] as const),
  ]);
  for (const ajustement of t.source.ajustements) traduireAjustement(t, ajustement, mouvements);
}

/** As what is refused of a movement: no tank holds a million m³. */
const JAUGE_MAX_L = 1e9;
/** The old database had none: what a tank of ours begins with. */
const TOLERANCE_POUR_MILLE = 5;

/** Dips, beside what the books of these movements said when each was taken. */
export function traduireJauges(t: Traduction): void {
  const parCiterne = new Map<string, { ecrit: string; total: number }[]>();
  for (const citerne of t.citernes.values()) {
    let total = 0;
    parCiterne.set(
      citerne.id,
      [...t.comptes.values()].filter((compte) => compte.citerne.id === citerne.id)
        .flatMap((compte) => compte.evenements)
        .sort((a, b) => a.ecrit < b.ecrit ? -1 : 1)
        .map(({ ecrit, ambiant }) => ({ ecrit, total: total += ambiant })),
    );
  }
  for (const jauge of t.source.prises_de_hauteur) {
    const citerne = t.citernes.get((jauge.citerne_id as string | null) ?? "");
    const volume = jauge.volume_mesure as number;
    if (!citerne || !(volume >= 0 && volume < JAUGE_MAX_L)) {
      t.examen.choisir(
        "JAUGE_SANS_CITERNE",
        "prises_de_hauteur",
        jauge.id as string,
        `${jauge.volume_mesure} L, citerne ${jauge.citerne_id ?? "absente"}`,
        ["*"],
      );
      t.conserver("prises_de_hauteur", jauge, "JAUGE_SANS_CITERNE");
      continue;
    }
    const passe = parCiterne.get(citerne.id)!.findLast(({ ecrit }) => ecrit <= (jauge.created_at as string));
    t.ecrire(
      "prises_de_hauteur",
      recevable(t, "prises_de_hauteur", {
        ...jauge,
        citerne_id: citerne.id,
        produit_id: citerne.produit_id,
        depot_id: citerne.depot_id,
        tolerance_pour_mille: TOLERANCE_POUR_MILLE,
        stock_comptable: litresDe(passe?.total ?? 0),
        created_by: t.reprise,
      }),
    );
  }
}
