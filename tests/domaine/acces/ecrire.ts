// npm run securite: writes again what comes from the access matrix.
import { readScript } from "../../../ops/pile/script.ts";
import { ecrireFiche } from "./fiche.ts";
import { ecrirePage, fonctions, pageDe } from "./contrats.ts";
import { ecrirePgtap } from "./sql.ts";

const fichier = (nom: string) => new URL(`../../../${nom}`, import.meta.url);

export const ECRITS: Record<string, () => Promise<string> | string> = {
  "supabase/tests/800_matrice.test.sql": ecrirePgtap,
  "docs/securite.md": ecrireFiche,
  ...Object.fromEntries((await fonctions()).map((nom) => [pageDe(nom), () => ecrirePage(nom)])),
};

export const lireEcrit = (nom: string) => Deno.readTextFile(fichier(nom));

if (import.meta.main) {
  await readScript("securite", "Écrit ce qui vient de la matrice d'accès : pages et pgTAP.");
  for (const [nom, ecrire] of Object.entries(ECRITS)) {
    await Deno.writeTextFile(fichier(nom), await ecrire());
    console.log(`Écrit : ${nom}`);
  }
}
