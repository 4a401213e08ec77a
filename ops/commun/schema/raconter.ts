// A difference between two databases as a person reads it.
import type { Ecart } from "./ecarts.ts";

const LONGUEUR = 300;

/** The part of two texts that differs, with the little before it that says where. */
function extraits(a = "", b = ""): [string, string] {
  let debut = 0;
  while (debut < a.length && a[debut] === b[debut]) debut++;
  const depuis = Math.max(0, debut - 40);
  const couper = (texte: string) =>
    (depuis ? "…" : "") + texte.slice(depuis, depuis + LONGUEUR) +
    (texte.length > depuis + LONGUEUR ? "…" : "");
  return [couper(a), couper(b)];
}

export function raconter({ genre, objet, propriete, a, b }: Ecart, nomA: string, nomB: string): string {
  if (genre === "absent_de_b") return `  - ${objet} : seulement dans ${nomA}`;
  if (genre === "absent_de_a") return `  + ${objet} : seulement dans ${nomB}`;
  const [deA, deB] = extraits(a, b).map((texte) => texte.replaceAll("\n", "\n      "));
  return `  ≠ ${objet} (${propriete})\n    ${nomA} : ${deA}\n    ${nomB} : ${deB}`;
}
