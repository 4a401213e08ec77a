// What may be done without a line: doors for what is measured, moved or taken at a depot. Nothing of a door is said again
// here: only that it may be asked late, and which field of its body says when it was done.

type Corps = Record<string, unknown>;

interface HorsLigne {
  /** As the door's own acts have it, its function before. */
  porte: string;
  /** Parameters that its address may have. */
  query?: string[];
  /** Where its body says when; a moment, or the day of the depot. What the clerk said stands. */
  quand?: { champ: string[]; en: "instant" | "jour" };
  /** Tank or depot that it names, whose day it is. */
  lieu?(corps: Corps): unknown;
}

const uneLigne = ({ lignes }: Corps): Corps => (Array.isArray(lignes) && lignes[0] as Corps) || {};

const PORTES: HorsLigne[] = [
  {
    porte: "sorties",
    query: ["valider"],
    quand: { champ: ["date_sortie"], en: "instant" },
    lieu: ({ citerne_id }) => citerne_id,
  },
  { porte: "sorties/:id/valider" },
  { porte: "sorties/:id/rejeter" },
  {
    porte: "receptions",
    quand: { champ: ["date_reception"], en: "jour" },
    lieu: (corps) => corps.citerne_id ?? uneLigne(corps).citerne_id,
  },
  // Its day of loading, where nobody says it, is presumed, and an earlier réception takes its place: said, it would not.
  { porte: "cours-de-route", lieu: ({ depot_destination_id }) => depot_destination_id },
  { porte: "cours-de-route/:id/statut" },
  { porte: "cours-de-route/:id/annuler" },
  {
    porte: "stocks/prises-de-hauteur",
    quand: { champ: ["mesuree_le"], en: "instant" },
    lieu: ({ citerne_id }) => citerne_id,
  },
  {
    porte: "stocks/transferts",
    quand: { champ: ["date_jour"], en: "jour" },
    lieu: ({ citerne_source_id }) => citerne_source_id,
  },
  {
    porte: "stocks/transferts-depots",
    quand: { champ: ["date_jour"], en: "jour" },
    lieu: ({ citerne_source_id }) => citerne_source_id,
  },
  {
    porte: "stocks/transferts-depots/:id/recevoir",
    quand: { champ: ["date_jour"], en: "jour" },
    lieu: ({ citerne_id }) => citerne_id,
  },
  {
    porte: "ventes/comptant",
    quand: { champ: ["sortie", "date_sortie"], en: "instant" },
    lieu: ({ sortie }) => (sortie as Corps | undefined)?.citerne_id,
  },
  {
    porte: "ventes/bons-livraison",
    quand: { champ: ["date_livraison"], en: "jour" },
  },
  { porte: "ventes/bons-livraison/:id/confirmer" },
  {
    porte: "ventes/encaissements",
    quand: { champ: ["recu_le"], en: "instant" },
    lieu: ({ depot_id }) => depot_id,
  },
];

/** Addresses of the acts that may be done without a line, for the description. */
export const ADRESSES = PORTES.map(({ porte, query }) => porte + (query ? `[?${query}=…]` : ""));

const UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
/** A row by its id, or the one that another act of this person made, by that act's key: @cle, @cle.sortie_id. */
const LIGNE = `(${UUID}|@${UUID}(?:\\.\\w+)*)`;
const CONNUES = PORTES.map((une) => ({
  ...une,
  adresse: new RegExp(`^${une.porte.replace(":id", LIGNE)}(?:\\?(.*))?$`),
}));

export interface ActeConnu extends HorsLigne {
  /** The row that its address names, as it was written. */
  ligne?: string;
}

/** The door that an address means; undefined where it may not be asked late, or not so. */
export function acteConnu(dit: string): ActeConnu | undefined {
  for (const { adresse, ...une } of CONNUES) {
    const lue = adresse.exec(dit);
    if (!lue) continue;
    const [ligne, query] = une.porte.includes(":id") ? [lue[1], lue[2]] : [undefined, lue[1]];
    const asked = [...new URLSearchParams(query ?? "").keys()];
    return asked.every((name) => une.query?.includes(name)) ? { ...une, ligne } : undefined;
  }
  return undefined;
}

/** The body with when it was done, where it does not say that itself; the same where the door takes no moment. */
export function dater(
  { quand }: HorsLigne,
  corps: Corps,
  { fait_le, jour }: { fait_le: string; jour: string },
): Corps {
  if (!quand) return corps;
  const poser = (dans: Corps, [champ, ...reste]: string[]): Corps => {
    const dit = dans[champ!];
    if (!reste.length) {
      return dit ?? undefined ? dans : { ...dans, [champ!]: quand.en === "jour" ? jour : fait_le };
    }
    return typeof dit === "object" && dit !== null && !Array.isArray(dit)
      ? { ...dans, [champ!]: poser(dit as Corps, reste) }
      : dans;
  };
  return poser(corps, quand.champ);
}
