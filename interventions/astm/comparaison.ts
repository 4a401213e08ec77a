// verify: the engine beside SEP's own figures. Over ±5 L on one case is NO-GO.
import { TOLERANCE_L } from "../../ops/commun/constantes.ts";
import type { Etape } from "../../ops/commun/deroulement.ts";
import { comparer, exigerComparaison, mesurer } from "../../ops/exploitation/golden/comparaison.ts";
import { renderReport } from "../../ops/exploitation/golden/report.ts";
import { type ContexteAstm, exigerStocksAccordes } from "./etape.ts";
import { exigerFonctionsAppliquees } from "./application.ts";

export const etapesComparaison: Etape<ContexteAstm>[] = [
  { titre: "Fonctions appliquées", faire: exigerFonctionsAppliquees },
  {
    titre: "Comparer ML_PP et SEP",
    faire: async (contexte) => {
      const toutes = await comparer(contexte.sql);
      contexte.faits.ecarts = mesurer(toutes);
      contexte.tableaux.push({
        titre: "Écarts ML_PP − SEP",
        colonnes: ["cas", "produit", "attendu (L)", "calculé (L)", "écart (L)", `±${TOLERANCE_L} L`],
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
        await renderReport(toutes, profil!),
      );
      contexte.faits.rapport = page;
      const { ecarts } = await exigerComparaison(contexte.sql);
      return `${ecarts.dans_tolerance} cas sur ${ecarts.cas} dans ±${TOLERANCE_L} L, plus grand écart ${ecarts.pire_ecart_l} L`;
    },
  },
  {
    titre: "Cohérence des stocks",
    faire: ({ sql }) => exigerStocksAccordes(sql),
  },
];
