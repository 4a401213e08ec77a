// Judges one document of the database, by the engine that the setting names, and has the database note it.
import { lireContenu } from "../magasin.ts";
import { analyserParClamd } from "./clamd.ts";
import { analyserIci, MOTEUR_INTEGRE } from "./integre.ts";
import { SAIN, type Verdict } from "./verdict.ts";

/** What the database is asked and told: by the worker as the project, by an operator's command as the owner. */
export interface Base {
  lire(id: string): Promise<AAnalyser | undefined>;
  noter(id: string, verdict: Verdict, moteur: string): Promise<string>;
}

export interface AAnalyser {
  type_mime: string;
  sha256: string;
  magasin: string;
  octets: Uint8Array | null;
  moteur: string;
}

/** What it is now; undefined where there was nothing to judge. Throws where nothing could: then nothing has changed. */
export async function analyser(id: string, { lire, noter }: Base): Promise<string | undefined> {
  const document = await lire(id);
  if (!document) return undefined;
  const octets = await lireContenu(document);
  const ici = analyserIci(octets, document.type_mime);
  // What is refused here needs nobody else's word; what is not, does where the setting says so.
  if (ici !== SAIN || document.moteur === "integre") return await noter(id, ici, MOTEUR_INTEGRE);
  const { moteur, verdict } = await analyserParClamd(octets);
  return await noter(id, verdict, moteur);
}
