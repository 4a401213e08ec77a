// How a report's figures and moments are written for a French reader: with every digit they have, and no other.
import { jour } from "../papier/dire.ts";
import type { ColonneRapport, Rapport, SectionRapport, TypeColonne, ValeurRapport } from "./forme.ts";

const SANS_CHIFFRES: TypeColonne[] = ["texte", "date", "instant"];
export const estChiffre = ({ type }: ColonneRapport) => !SANS_CHIFFRES.includes(type);

/** What a number is written with, without its sign: whole digits, then those after the comma. */
function chiffres(valeur: number): [string, string] {
  const dits = String(Math.abs(valeur));
  // Beyond what is written plainly, its digits are those of its exact value.
  const plats = /e/.test(dits) ? Math.abs(valeur).toFixed(20) : dits;
  const [entier, reste = ""] = /e/.test(plats) ? [String(BigInt(Math.abs(valeur)))] : plats.split(".");
  return [entier!, reste.replace(/0+$/, "")];
}

/** 1535.06 gives « 1 535,06 »: at least so many decimals, and never fewer than the figure has. */
export function nombreExact(valeur: number, decimales = 0): string {
  const [entier, reste] = chiffres(valeur);
  const groupe = entier.replace(/\B(?=(\d{3})+$)/g, " ");
  const apres = reste.padEnd(decimales, "0");
  return `${valeur < 0 ? "−" : ""}${groupe}${apres && `,${apres}`}`;
}

/** Decimals of each kind of figure in a section: as many as the longest one has, so that they stand under each other. */
export function decimalesDe(
  { colonnes, lignes, totaux }: SectionRapport,
): (colonne: ColonneRapport) => number {
  const chiffrees = colonnes.filter(estChiffre);
  // Cents are always said.
  const plus: Partial<Record<TypeColonne, number>> = { montant: 2 };
  for (const ligne of totaux ? [...lignes, totaux] : lignes) {
    for (const { cle, type } of chiffrees) {
      const valeur = ligne[cle];
      if (typeof valeur !== "number" || Number.isInteger(valeur)) continue;
      plus[type] = Math.max(plus[type] ?? 0, chiffres(valeur)[1].length);
    }
  }
  return ({ type }) => plus[type] ?? 0;
}

/** Whether there is nothing to read: no line, and totals of nothing. Said in words where a person reads. */
export const estVide = ({ lignes, totaux }: SectionRapport) =>
  !lignes.length && Object.values(totaux ?? {}).every((valeur) => !valeur);

/** What a person reads in a cell; nothing where nothing is said. */
export function direValeur(
  { type }: ColonneRapport,
  valeur: ValeurRapport | undefined,
  decimales: number,
): string {
  if (valeur === null || valeur === undefined) return "";
  if (typeof valeur === "number") return nombreExact(valeur, decimales);
  if (type === "date") return jour(valeur);
  return type === "instant" ? `${jour(valeur)} ${valeur.slice(11)}` : valeur;
}

/** Units, and how a title that says its own may write them. */
const UNITES: Partial<Record<TypeColonne, [string, RegExp]>> = {
  litres: ["L", /\b(L|litres?)\b/i],
  kg: ["kg", /\b(kg|kilos?)\b/i],
  pour_mille: ["‰", /‰/],
  degres: ["°C", /°C/],
  densite: ["kg/m³", /kg\/m³/],
};

/** A column's title, with its unit where the title does not say it already. */
export function direColonne({ libelle, type, devise }: ColonneRapport): string {
  const [unite, dite] = devise ? [devise, new RegExp(`\\b${devise}\\b`)] : UNITES[type] ?? [];
  return !unite || dite!.test(libelle) ? libelle : `${libelle} (${unite})`;
}

/** A moment by the clock of a zone, to the last digit that is known of it. */
export function direMoment(instant: string, zone: string): string {
  const dit = new Intl.DateTimeFormat("fr-FR", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(new Date(instant)).replace(/[\u00a0\u202f]/g, " ");
  const fraction = instant.match(/:\d\d\.(\d*[1-9])/)?.[1];
  return fraction ? `${dit},${fraction}` : dit;
}

export const direPeriode = ({ du, au }: Rapport["entete"]) =>
  du === au ? `Journée du ${jour(du)}` : `Du ${jour(du)} au ${jour(au)}`;

/** What else it was asked by, in the words of whoever reads its head; the name of who it is of stands in its title. */
const PARAMETRES: Record<string, string> = {
  client_id: "Client, référence",
  fournisseur_id: "Fournisseur, référence",
  partenaire_id: "Partenaire, référence",
  produit_id: "Produit, référence",
  transporteur: "Transporteur",
  devise: "Devise",
  forme: "Forme",
};

/** What a report says of itself, in the order a person reads it: the same in every format. */
export function direEntete({ entete }: Pick<Rapport, "entete">): [string, string][] {
  const { depot, zone, parametres, connu_a, genere_le, genere_par, version, lignes, sha256 } = entete;
  return [
    ["Dépôt", depot?.nom ?? "tous les dépôts visibles"],
    ["Période", direPeriode(entete)],
    ...Object.entries(parametres).sort(([un], [autre]) => un < autre ? -1 : 1)
      .map(([nom, valeur]): [string, string] => [PARAMETRES[nom] ?? nom, valeur]),
    ["Heures de", zone],
    ["Connu au", direMoment(connu_a, zone)],
    ["Généré le", `${direMoment(genere_le, zone).split(",")[0]}, par ${genere_par}`],
    ["Lignes", `${nombreExact(lignes)}, version ${version}`],
    ["SHA-256 des données", sha256],
  ];
}

/** Of its file. */
export const nomDuFichier = ({ entete: { nom, du, au } }: Pick<Rapport, "entete">) =>
  du === au ? `${nom}_${du}` : `${nom}_${du}_${au}`;
