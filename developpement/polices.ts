// npm run polices: writes supabase/functions/_shared/papier/polices.json, DejaVu Sans cut down to what French papers use. A
// hosted function has no other way to carry a file than as a module.
import { Buffer } from "node:buffer";
import { join } from "node:path";
import subsetFont from "subset-font";
import { readScript } from "../ops/pile/script.ts";
import { FUNCTIONS_DIR, ROOT } from "../ops/commun/settings.ts";

export const POLICES_FILE = join(FUNCTIONS_DIR, "_shared/papier/polices.json");

const signe = (de: number, a: number) =>
  Array.from({ length: a - de + 1 }, (_, i) => String.fromCodePoint(de + i));
/**
 * Latin letters of French and of the languages of the Congo (ɓ, ɗ, ŋ, ɛ, ɔ, with their tones, which have no letter of their
 * own), figures, punctuation, the euro and what papers draw.
 */
const SIGNES = [
  ...signe(0x20, 0x7e),
  ...signe(0xa0, 0x2ff),
  ...signe(0x300, 0x36f),
  ...signe(0x1e00, 0x1eff),
  ..."  ‑–—‘’“”…•€°×≤≥−‰Δ→",
].join("");

export async function polices(): Promise<Record<"normale" | "grasse", string>> {
  const couper = async (nom: string) => {
    const police = await Deno.readFile(join(ROOT, "node_modules/dejavu-fonts-ttf/ttf", nom));
    return (await subsetFont(Buffer.from(police), SIGNES, { targetFormat: "truetype" })).toString("base64");
  };
  return { normale: await couper("DejaVuSans.ttf"), grasse: await couper("DejaVuSans-Bold.ttf") };
}

if (import.meta.main) {
  await readScript("polices", "Écrit polices.json : DejaVu Sans, réduite à ce que nos papiers emploient.");
  await Deno.writeTextFile(POLICES_FILE, `${JSON.stringify(await polices())}\n`);
  console.log(`écrit : ${POLICES_FILE}`);
}
