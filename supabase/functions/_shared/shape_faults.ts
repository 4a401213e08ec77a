// What a person reads of a field that has not its shape. A clerk has no word for a string, a record, a GUID, NaN, ISO or a
// regular expression, nor for what is undefined; and reads no « >= ».
import { z } from "zod";
import { CHAMP } from "./messages.ts";

const FORMES: Record<string, string> = {
  date: CHAMP.date,
  datetime: CHAMP.moment,
  guid: CHAMP.identifiant,
  uuid: CHAMP.identifiant,
  regex: CHAMP.forme,
};
const TYPES: Record<string, string> = {
  string: CHAMP.texte,
  number: CHAMP.nombre,
  int: CHAMP.entier,
  boolean: CHAMP.oui_non,
  array: CHAMP.liste,
  object: CHAMP.champs,
  record: CHAMP.champs,
};
/** What a bound counts, one and several; a figure's counts nothing. */
const COMPTES: Record<string, [string, string]> = {
  string: [" caractère", " caractères"],
  array: [" élément", " éléments"],
};
const FIGURES = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 9 });
const { localeError: enFrancais } = z.locales.fr();

function combien(borne: number | bigint, origine: string): string {
  const [un, plusieurs] = COMPTES[origine] ?? ["", ""];
  return FIGURES.format(borne) + (Number(borne) < 2 ? un : plusieurs);
}

export const direFautes: z.core.$ZodErrorMap = (faute) => {
  switch (faute.code) {
    case "invalid_format":
      if (FORMES[faute.format]) return FORMES[faute.format];
      break;
    case "invalid_type":
      if (faute.input === undefined) return CHAMP.requis;
      if (TYPES[faute.expected]) return TYPES[faute.expected];
      break;
    case "invalid_value":
      if (faute.input === undefined) return CHAMP.requis;
      return `${CHAMP.parmi} : ${faute.values.map(String).join(", ")}`;
    case "too_big":
      return `${faute.inclusive ? "au plus" : "moins de"} ${combien(faute.maximum, faute.origin)}`;
    case "too_small":
      if (faute.origin === "string" && faute.input === "") return CHAMP.requis;
      return `${faute.inclusive ? "au moins" : "plus de"} ${combien(faute.minimum, faute.origin)}`;
  }
  return enFrancais(faute);
};
