// npm run securite: writes again what comes from the access matrix.
import { ecrirePgtap } from "./sql.ts";

export const PGTAP = new URL("../../supabase/tests/800_matrice.test.sql", import.meta.url);

export const ECRITS: Record<string, { fichier: URL; ecrire: () => Promise<string> | string }> = {
  "supabase/tests/800_matrice.test.sql": { fichier: PGTAP, ecrire: ecrirePgtap },
};

if (import.meta.main) {
  for (const [nom, { fichier, ecrire }] of Object.entries(ECRITS)) {
    await Deno.writeTextFile(fichier, await ecrire());
    console.log(`Écrit : ${nom}`);
  }
}
