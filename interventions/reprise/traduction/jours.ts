// Old days beside the stock that the movements give: said, never taken over.
import { dits, plus, RIEN } from "./litres.ts";
import type { Traduction } from "./traduction.ts";

/** Says each old day that is not the stock at its end. */
export function comparerJours(t: Traduction): void {
  const anciens = Map.groupBy(t.source.jours, ({ citerne_id, proprietaire_type }) => {
    const citerne = t.citernes.get(citerne_id);
    return citerne ? t.compte(citerne, citerne.produit_id, proprietaire_type).cle : "";
  });
  for (const [cle, jours] of anciens) {
    const compte = t.comptes.get(cle);
    if (!compte) continue;
    const mouvements = compte.evenements.filter(({ type }) => type !== "AJUSTEMENT")
      .sort((a, b) => a.jour < b.jour ? -1 : 1);
    let [rang, cumul] = [0, RIEN];
    for (const jour of jours.sort((a, b) => a.jour! < b.jour! ? -1 : 1)) {
      while (rang < mouvements.length && mouvements[rang]!.jour <= jour.jour!) {
        cumul = plus(cumul, mouvements[rang++]!);
      }
      const dit = { ambiant: jour.stock_ambiant.ml ?? 0, a15: jour.stock_15c.ml ?? 0 };
      // A litre: what rounding each movement may add up to is no jump.
      if (Math.abs(dit.ambiant - cumul.ambiant) < 1000 && Math.abs(dit.a15 - cumul.a15) < 1000) continue;
      t.examen.choisir(
        "JOURS_DIFFERENTS",
        "stocks_journaliers",
        `${cle} ${jour.jour}`,
        `${compte.citerne.nom}, ${compte.proprietaire_type}, ${jour.jour} : ${dits(dit)} ; le cumul est ${
          dits(cumul)
        }`,
        ["jour"],
      );
    }
  }
}
