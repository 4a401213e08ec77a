import { commande } from "../exploitation/cible/commande.ts";
import { etapesPromotion, type Promotion, suite } from "../exploitation/secours/promotion.ts";

/** secours:promouvoir: the standby writes, the primary no longer may. */
export const enregistrer = commande<Promotion, { principaleVivante?: boolean }>("secours:promouvoir", {
  dit: "fait de la base de secours la principale ; refuse tant que la principale répond",
  aide:
    "Sans --principale-vivante, une principale qui répond arrête tout : deux bases qui écrivent ne se réunissent plus.",
  env: [],
  etapes: ({ principaleVivante }) => etapesPromotion(principaleVivante),
  fin: suite,
  finEnEchec: suite,
  toujours: async ({ sql }) => await sql?.end({ timeout: 1 }),
  options: (une) =>
    une
      .option(
        "--principale-vivante",
        "bascule voulue : empêche d'abord la principale d'écrire, et ne perd rien",
      ),
});
