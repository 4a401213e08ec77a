// A name said twice in one object of a body: JSON.parse keeps the last value, and which of two quantities was meant is
// nobody's to guess.

/** Every string of a JSON text, one after the other; a name is followed by its colon. */
const CHAINE = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/** Names that the text says more often than what was read of it holds: the first of them. */
export function cleRepetee(text: string, lu: unknown): string | undefined {
  const dites = new Map<string, number>();
  for (const [chaine, nomme] of text.matchAll(CHAINE)) {
    if (nomme === undefined) continue;
    const nom: string = JSON.parse(chaine.slice(0, chaine.length - nomme.length));
    dites.set(nom, (dites.get(nom) ?? 0) + 1);
  }
  const restent = [lu];
  while (restent.length) {
    const un = restent.pop();
    if (typeof un !== "object" || un === null) continue;
    if (!Array.isArray(un)) { for (const nom of Object.keys(un)) dites.set(nom, dites.get(nom)! - 1); }
    for (const valeur of Object.values(un)) restent.push(valeur);
  }
  for (const [nom, trop] of dites) if (trop > 0) return nom;
}
