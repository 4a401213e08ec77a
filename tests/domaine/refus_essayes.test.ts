// A refusal that nobody ever provoked is a sentence that nobody ever read: each code of the catalogue, and of the commands of
// a network, is one that a test expects.
import assert from "node:assert/strict";
import { join } from "node:path";
import { lireCodes } from "../../developpement/codes.ts";
import { newProgram } from "../../ops/commun/command_line.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { enregistrerCommandes } from "../../ops/programme.ts";

/** What nobody foresaw cannot be asked for; the doors' own tests break things to hear it. */
const IMPREVU = ["INTERNE"];
/** What is written from the catalogue names every code, and expects none. */
const ENGENDRES = ["supabase/tests/800_matrice.test.sql"];
/** A line that only speaks of a code expects none either. */
const COMMENTAIRES = /^\s*(\/\/|--|\/?\*).*$/gm;

async function* textes(dossier: string, quels = /./): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, dossier))) {
    const chemin = `${dossier}/${name}`;
    if (isDirectory) yield* textes(chemin, quels);
    else if (/\.(ts|sql)$/.test(name) && quels.test(chemin) && !ENGENDRES.includes(chemin)) {
      yield Deno.readTextFile(join(ROOT, chemin));
    }
  }
}

/** Every code that a test names. */
async function attendus(): Promise<Set<string>> {
  const dits = new Set<string>();
  for (const dossier of ["tests", "supabase/tests", "interventions/reprise/tests"]) {
    for await (const texte of textes(dossier)) {
      for (const [mot] of texte.replace(COMMENTAIRES, "").matchAll(/\b[A-Z][A-Z0-9_]{3,}\b/g)) dits.add(mot);
    }
  }
  return dits;
}

Deno.test("every refusal of the catalogue is provoked by a test", async () => {
  const codes = (await lireCodes()).map(({ code }) => code);
  const dits = await attendus();
  assert.deepEqual(codes.filter((code) => !dits.has(code) && !IMPREVU.includes(code)), []);
});

Deno.test("every refusal of the commands of a network is provoked by a test", async () => {
  const codes = new Set<string>();
  for (const dossier of ["ops/exploitation/siege", "ops/commandes"]) {
    for await (const texte of textes(dossier, /siege/)) {
      for (const [, code] of texte.matchAll(/"([A-Z]{5,}(?:_[A-Z]+)*)"/g)) codes.add(code!);
    }
  }
  assert.ok(codes.size > 15, `${codes.size} refus lus : rien n'a été regardé`);
  assert.deepEqual([...codes.difference(await attendus())], []);
});

Deno.test("every option of the commands of a network is given by a test", async () => {
  const programme = newProgram("essai");
  await enregistrerCommandes(programme);
  const options = programme.commands.filter((une) => une.name().startsWith("siege:"))
    .flatMap(({ options }) => options.flatMap(({ long }) => long ?? []));
  assert.ok(options.includes("--hote"), "rien n'a été regardé");
  const donnees = (await Array.fromAsync(textes("tests/ops"))).join();
  assert.deepEqual([...new Set(options)].filter((option) => !donnees.includes(`"${option}"`)), []);
});
