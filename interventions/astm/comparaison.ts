// verify: the engine beside SEP's own figures. Over ±5 L on one case is NO-GO.
import type { Etape } from "../../ops/commun/deroulement.ts";
import { type Comparison, renderReport } from "../../ops/exploitation/golden/report.ts";
import type { Sql } from "../../ops/pile/database.ts";
import { type ContexteAstm, exigerStocksAccordes, NoGo } from "./etape.ts";
import { comparer } from "./etat.ts";
import { exigerFonctionsAppliquees } from "./application.ts";

export interface Ecarts {
  cas: number;
  dans_tolerance: number;
  pire_ecart_l: number;
}

export function mesurer(lignes: { ecart_l: number; dans_tolerance: boolean }[]): Ecarts {
  return {
    cas: lignes.length,
    dans_tolerance: lignes.filter(({ dans_tolerance }) => dans_tolerance).length,
    pire_ecart_l: lignes.reduce((pire, { ecart_l }) => Math.max(pire, Math.abs(ecart_l)), 0),
  };
}

/** Throws NoGo unless there are cases, all of them within tolerance. */
export async function exigerComparaison(sql: Sql): Promise<{ lignes: Comparison[]; ecarts: Ecarts }> {
  const lignes = await comparer<Comparison>(sql);
  const ecarts = mesurer(lignes);
  if (!ecarts.cas) throw new NoGo("Aucun cas de référence SEP : rien ne prouve le calcul.");
  if (ecarts.dans_tolerance < ecarts.cas) {
    const hors = lignes.filter(({ dans_tolerance }) => !dans_tolerance);
    throw new NoGo(
      `${hors.length} cas sur ${ecarts.cas} hors de ±5 L : ` +
        hors.map(({ source, reference, ecart_l }) => `${source} ${reference} (${ecart_l} L)`).join(", ") +
        ". Le retour arrière s'impose (runbook, section 6).",
    );
  }
  return { lignes, ecarts };
}

export const etapesComparaison: Etape<ContexteAstm>[] = [
  { titre: "Fonctions appliquées", faire: exigerFonctionsAppliquees },
  {
    titre: "Comparer ML_PP et SEP",
    faire: async (contexte) => {
      const toutes = await comparer<Comparison>(contexte.sql);
      contexte.faits.ecarts = mesurer(toutes);
      contexte.tableaux.push({
        titre: "Écarts ML_PP − SEP",
        colonnes: ["cas", "produit", "attendu (L)", "calculé (L)", "écart (L)", "±5 L"],
        lignes: toutes.map((cas) => [
          `${cas.source} ${cas.reference}`,
          cas.produit_code,
          cas.volume_15c_attendu_l,
          cas.volume_15c_l,
          cas.ecart_l,
          cas.dans_tolerance ? "oui" : "NON",
        ]),
      });
      const page = contexte.dossier.annexe("golden.html");
      await Deno.mkdir(contexte.dossier.dossier, { recursive: true });
      const [profil] = await contexte.sql<{ nom: string; methode: string }[]>`
        select nom, methode from astm.profils_calcul where depot_id is null and produit_id is null`;
      await Deno.writeTextFile(
        page,
        await renderReport(toutes, { methode: profil!.methode, profil: profil!.nom }),
      );
      contexte.faits.rapport = page;
      const { ecarts } = await exigerComparaison(contexte.sql);
      return `${ecarts.dans_tolerance} cas sur ${ecarts.cas} dans ±5 L, plus grand écart ${ecarts.pire_ecart_l} L`;
    },
  },
  {
    titre: "Cohérence des stocks",
    faire: ({ sql }) => exigerStocksAccordes(sql),
  },
];
