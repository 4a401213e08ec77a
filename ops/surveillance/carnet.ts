// The record of readings, one JSON line each: what golive asks for when it asks whether the last minutes were quiet.
import { join } from "node:path";
import { z } from "zod";
import { readSettings } from "../stack/settings.ts";
import type { Releve } from "./mesures.ts";

const Ligne = z.object({ moment: z.iso.datetime(), alertes: z.array(z.string()) });
export type LigneDuCarnet = z.output<typeof Ligne>;

const dossier = () => join(readSettings().dataDir, "surveillance");
const fichier = (reference: string) => join(dossier(), `${reference}.jsonl`);

export async function noter({ reference, moment, alertes }: Releve): Promise<void> {
  await Deno.mkdir(dossier(), { recursive: true });
  await Deno.writeTextFile(fichier(reference), `${JSON.stringify({ moment, alertes })}\n`, { append: true });
}

/** Readings of a project since a moment, oldest first. A line that a full disk cut is skipped. */
export async function releves(reference: string, depuis: number): Promise<LigneDuCarnet[]> {
  const texte = await Deno.readTextFile(fichier(reference)).catch(() => "");
  return texte.split("\n").flatMap((ligne) => {
    try {
      const lue = Ligne.parse(JSON.parse(ligne));
      return Date.parse(lue.moment) >= depuis ? [lue] : [];
    } catch {
      return [];
    }
  });
}
