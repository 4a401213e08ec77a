// The outcome of the last whole `npm test` of this tree, for golive.
import { join } from "node:path";
import { z } from "zod";
import { commitDeLArbre } from "../deploiement/commit.ts";
import { readSettings } from "../stack/settings.ts";

const Passage = z.object({
  commit: z.string().nullable(),
  moment: z.iso.datetime(),
  passed: z.int(),
  failed: z.int(),
});
export type PassageDesTests = z.output<typeof Passage>;

const fichier = () => join(readSettings().dataDir, "tests.json");

export async function noterTests(comptes: { passed: number; failed: number }): Promise<void> {
  const { dataDir } = readSettings();
  await Deno.mkdir(dataDir, { recursive: true });
  const passage = { commit: commitDeLArbre() ?? null, moment: new Date().toISOString(), ...comptes };
  await Deno.writeTextFile(fichier(), JSON.stringify(passage));
}

/** Undefined where no whole run has ended on this machine. */
export async function dernierPassage(): Promise<PassageDesTests | undefined> {
  const texte = await Deno.readTextFile(fichier()).catch(() => undefined);
  if (texte === undefined) return undefined;
  return Passage.parse(JSON.parse(texte));
}
