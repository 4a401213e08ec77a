// What a report is: figures that SQL computed, in sections of lines. Every format is a function of it, and of nothing else.
import { z } from "zod";
import { Id, Jour } from "../schemas.ts";

/** What a figure is, hence how it is written. A date is YYYY-MM-DD, an instant YYYY-MM-DD HH:MM:SS by the clock of `zone`. */
export const TypeColonne = z.enum([
  ...["texte", "date", "instant", "entier", "litres", "kg"] as const,
  ...["montant", "taux", "pour_mille", "degres", "densite"] as const,
]);

export const Devise = z.enum(["USD", "CDF"]);

export const ColonneRapport = z.object({
  cle: z.string(),
  libelle: z.string(),
  type: TypeColonne,
  decimales: z.int().min(0).max(6).nullable().meta({
    description: "Most decimals that a figure of it has; null where it is no figure",
  }),
  devise: Devise.nullable().meta({
    description: "Of an amount whose column has one; null: the line's own `devise`",
  }),
}).meta({ id: "ColonneRapport" });

export const ValeurRapport = z.union([z.string(), z.number()]).nullable();
const Ligne = z.record(z.string(), ValeurRapport);

export const SectionRapport = z.object({
  cle: z.string(),
  titre: z.string(),
  colonnes: z.array(ColonneRapport),
  lignes: z.array(Ligne).meta({ description: "By the columns' keys; a key left out, or null, says nothing" }),
  totaux: Ligne.nullable().meta({ description: "By the keys of the columns that add up" }),
  courbe: z.object({ x: z.string(), series: z.array(z.string()) }).nullable().meta({
    description: "Columns that a chart of its lines draws, besides its table",
  }),
}).meta({ id: "SectionRapport" });

export const EnteteRapport = z.object({
  nom: z.string(),
  titre: z.string(),
  depot: z.object({ id: Id, nom: z.string() }).nullable().meta({
    description: "null: all that the reader sees",
  }),
  zone: z.string().meta({ description: "IANA time zone by which days and moments are said" }),
  du: Jour.meta({ description: "First day" }),
  au: Jour.meta({ description: "Last day, included" }),
  connu_a: z.string().meta({
    description: "What was written after this moment is not in it (ISO 8601, UTC)",
  }),
  parametres: z.record(z.string(), z.string()).meta({ description: "What else it was asked by" }),
  version: z.int().meta({
    description: "Of its definition: another may say other figures of the same facts",
  }),
  signatures: z.array(z.string()).meta({ description: "Who signs its paper; none on most" }),
  genere_le: z.string().meta({ description: "ISO 8601, UTC" }),
  genere_par: z.string().meta({ description: "Who asked, by name" }),
  lignes: z.int().meta({ description: "Of all sections" }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).meta({
    description:
      "Of its data: name, depot, period, parameters, version and sections; not of who asked, nor when",
  }),
}).meta({ id: "EnteteRapport" });

export const Rapport = z.object({ entete: EnteteRapport, sections: z.array(SectionRapport) }).meta({
  id: "Rapport",
});

export type Rapport = z.output<typeof Rapport>;
export type SectionRapport = z.output<typeof SectionRapport>;
export type ColonneRapport = z.output<typeof ColonneRapport>;
export type ValeurRapport = z.output<typeof ValeurRapport>;
export type TypeColonne = z.output<typeof TypeColonne>;
