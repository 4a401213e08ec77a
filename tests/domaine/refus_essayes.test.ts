// A refusal that nobody ever provoked is a sentence that nobody ever read: each code of the catalogue is one that a test
// expects.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";

/** What nobody foresaw cannot be asked for; the doors' own tests break things to hear it. */
const IMPREVU = ["INTERNE"];
/** What is written from the catalogue names every code, and expects none. */
const ENGENDRES = ["supabase/tests/800_matrice.test.sql"];
/** A line that only speaks of a code expects none either. */
const COMMENTAIRES = /^\s*(\/\/|--|\/?\*).*$/gm;

async function* textes(dossier: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, dossier))) {
    const chemin = `${dossier}/${name}`;
    if (isDirectory) yield* textes(chemin);
    else if (/\.(ts|sql)$/.test(name) && !ENGENDRES.includes(chemin)) {
      yield Deno.readTextFile(join(ROOT, chemin));
    }
  }
}

Deno.test("every refusal of the catalogue is provoked by a test", async () => {
  const codes = JSON.parse(await Deno.readTextFile(join(ROOT, "supabase/functions/_shared/codes.json")))
    .map(({ code }: { code: string }) => code) as string[];
  const dits = new Set<string>();
  for (const dossier of ["tests", "supabase/tests", "interventions/reprise/tests"]) {
    for await (const texte of textes(dossier)) {
      for (const [mot] of texte.replace(COMMENTAIRES, "").matchAll(/\b[A-Z][A-Z0-9_]{3,}\b/g)) dits.add(mot);
    }
  }
  assert.deepEqual(codes.filter((code) => !dits.has(code) && !IMPREVU.includes(code)), []);
});
