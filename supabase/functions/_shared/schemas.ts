import { z } from "zod";
import { CHAMP } from "./messages.ts";

// Shapes that several domains share. Field names are the columns'. Limits of value are SQL's to judge.

export const Id = z.guid().meta({ description: "UUID" });
/** No instrument reads a billionth: what is smaller, and no zero, was never measured, and no arithmetic bears it. */
const lisible = (value: number) => value === 0 || Math.abs(value) >= 1e-9;
export const Mesure = z.number().refine(lisible, CHAMP.valeur);
export const Litres = z.number().gt(-1e12).lt(1e12).refine(lisible, CHAMP.valeur).meta({
  description: "Litres",
});
export const Temperature = Mesure.meta({ description: "°C" });
export const Densite = Mesure.meta({ description: "kg/m³; below 2 it is taken to be in kg/L" });

/**
 * As private.illisibles() has it: controls, marks that hide or turn what follows, what stands for an unreadable byte or
 * for nothing.
 */
const ILLISIBLES =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
export const Texte = z.string().trim().max(2000)
  .refine((texte) => texte.isWellFormed() && !ILLISIBLES.test(texte), CHAMP.illisible);

const PREMIERE_ANNEE = 2000;
const ANNEES_A_VENIR = 10;
/** A year beyond these was mistyped: no depot of ours has it. */
const anneePlausible = (date: string) => {
  const annee = Number(date.slice(0, 4));
  return annee >= PREMIERE_ANNEE && annee <= new Date().getUTCFullYear() + ANNEES_A_VENIR;
};
const BORNES = `from ${PREMIERE_ANNEE} to ${ANNEES_A_VENIR} years from now`;
export const Jour = z.iso.date({ abort: true }).refine(anneePlausible, CHAMP.jour).meta({
  description: `Day, YYYY-MM-DD, ${BORNES}`,
});
export const Instant = z.iso.datetime({ offset: true, abort: true }).refine(anneePlausible, CHAMP.jour).meta({
  description: `Moment, ISO 8601 with its offset, ${BORNES}`,
});
/** A boolean in an address: there "false" is a word, and any word is true. */
export const OuiNon = z.enum(["true", "false"]).transform((dit) => dit === "true");

export const Proprietaire = z.enum(["MONALUXE", "PARTENAIRE"]).meta({ description: "Whose fuel it is" });

export const ParId = z.strictObject({ id: Id });

/** What is read of a movement, the same on the way in and on the way out: private.mesures_lues. */
const LUES = {
  index_avant: Litres,
  index_apres: Litres,
  compteur_id: Id.meta({ description: "Meter that was read: litres indicated × its factor" }),
  volume_ambiant: Litres,
  temperature_ambiante_c: Temperature,
  temperature_echantillon_c: Temperature,
  densite_observee_kgm3: Densite,
  densite_a_15: Densite,
  densite_a_15_kgm3: Densite,
  volume_15c: Litres,
  volume_corrige_15c: Litres,
};

/** Each as a client sends it, or as it stands once written. */
const chaque = <Formes extends z.ZodRawShape>(rendre: (forme: z.ZodType) => z.ZodType) =>
  Object.fromEntries(
    Object.entries(LUES).map(([champ, forme]) => [champ, rendre(forme)]),
  ) as z.ZodRawShape as Formes;
type Lues = typeof LUES;

export const Mesures = z.object(
  chaque<{ [Champ in keyof Lues]: z.ZodOptional<z.ZodNullable<Lues[Champ]>> }>((forme) => forme.nullish()),
);

export const Avertissements = z.array(z.object({ code: z.string(), phrase: z.string() })).meta({
  description: "What is possible but unlikely, and should be read again",
});

/** The same once written: every column is there, null where it says nothing; and what the database made of them. */
export const MesuresEcrites = z.object({
  ...chaque<{ [Champ in keyof Lues]: z.ZodNullable<Lues[Champ]> }>((forme) => forme.nullable()),
  facteur_compteur: z.number().nullable(),
  vcf: z.number().nullable(),
  methode_15c: z.string().nullable(),
  parametres_15c: z.record(z.string(), z.unknown()).nullable(),
  avertissements: Avertissements,
});

const LitresOuRien = Litres.nullable();
/** A truck's way: announced, loaded, received, and what was lost of it. */
export const TRANSIT = {
  volume_annonce: LitresOuRien,
  charge_15c: LitresOuRien,
  recu_ambiant: LitresOuRien,
  recu_15c: LitresOuRien,
  perte_15c: LitresOuRien,
  perte_pour_mille: z.number().nullable(),
  franchise_pour_mille: z.number().nullable(),
  franchise_15c: LitresOuRien,
  excedent_15c: LitresOuRien,
};

/** What follows from a movement's figures. */
export const Masses = z.object({
  masse_vide_t: z.number().nullable().meta({ description: "Tonnes in vacuum; null without a density" }),
  masse_air_t: z.number().nullable().meta({ description: "Tonnes in air, as a weighbridge shows them" }),
});
export const Dilatation = Litres.meta({
  description: "Litres as measured, booked because the fuel left at another temperature than it came",
});

export const Probleme = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: "A French sentence for the person in front of the screen" }),
  code: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  valeurs: z.unknown().optional(),
}).meta({ id: "Probleme", description: "RFC 9457 problem details" });
