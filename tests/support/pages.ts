// The pages of the tree that a person reads.
import { join, relative } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";

export interface Page {
  /** From the root. */
  nom: string;
  chemin: string;
  texte: string;
}

const lire = async (chemin: string): Promise<Page> => ({
  nom: relative(ROOT, chemin),
  chemin,
  texte: await Deno.readTextFile(chemin),
});

/** Those below a folder: docs, where none is said. */
export async function pages(dossier = join(ROOT, "docs")): Promise<Page[]> {
  const trouvees: Page[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dossier)) {
    const chemin = join(dossier, name);
    // What an intervention wrote is evidence of its day, not a page to follow.
    if (isDirectory && name !== "interventions") trouvees.push(...await pages(chemin));
    else if (name.endsWith(".md")) trouvees.push(await lire(chemin));
  }
  return trouvees;
}

/** Every page of the repository that an operator or an engineer reads. */
export async function toutesLesPages(): Promise<Page[]> {
  const racine = await Array.fromAsync(Deno.readDir(ROOT));
  return [
    ...await Promise.all(
      racine.filter(({ name }) => name.endsWith(".md")).map(({ name }) => lire(join(ROOT, name))),
    ),
    ...await pages(),
    ...await pages(join(ROOT, "interventions")),
  ];
}
