// Figures and amounts as a French reader writes them.
import { toCardinal } from "n2words/fr-BE";

const ESPACE = " ";
const DEVISES: Record<string, [string, string, string]> = {
  USD: ["dollar américain", "dollars américains", "cent"],
  CDF: ["franc congolais", "francs congolais", "centime"],
};

/** 1535.06 gives « 1 535,06 ». */
export function nombre(valeur: number, decimales = 2): string {
  const [entier, reste] = Math.abs(valeur).toFixed(decimales).split(".");
  const groupe = entier!.replace(/\B(?=(\d{3})+$)/g, ESPACE);
  return `${valeur < 0 ? "−" : ""}${groupe}${reste ? `,${reste}` : ""}`;
}

/** With as many decimals as it has, and no fewer than `decimales`: what is multiplied must be what is read. */
export function exact(valeur: number, decimales: number): string {
  const exactes = valeur.toFixed(6).replace(/0+$/, "").split(".")[1]!.length;
  return nombre(valeur, Math.max(decimales, exactes));
}

export const montant = (valeur: number, devise: string) => `${nombre(valeur)}${ESPACE}${devise}`;

/** 2026-11-26 gives 26/11/2026. */
export const jour = (date: string) => date.slice(0, 10).split("-").reverse().join("/");

const MODES: Record<string, string> = {
  CASH: "Espèces",
  VIREMENT: "Virement",
  MOBILE_MONEY: "Mobile money",
  CHEQUE: "Chèque",
  STRIPE: "Carte",
};

/** How somebody paid, with the operator of a mobile payment. */
export const mode = (paiement: { mode: string; operateur_mobile: string | null }) =>
  [MODES[paiement.mode]!, paiement.operateur_mobile].filter(Boolean).join(" ");

/** As people of the DRC count: septante, nonante. */
export function enLettres(valeur: number, devise: string): string {
  const centimes = Math.round(valeur * 100);
  const [entier, reste] = [Math.floor(centimes / 100), centimes % 100];
  const [un, plusieurs, petit] = DEVISES[devise]!;
  const de = entier >= 1_000_000 && entier % 1_000_000 === 0 ? "de " : "";
  const dit = `${toCardinal(entier)} ${de}${entier > 1 ? plusieurs : un}`;
  return reste ? `${dit} et ${toCardinal(reste)} ${petit}${reste > 1 ? "s" : ""}` : dit;
}
