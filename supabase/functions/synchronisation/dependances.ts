// Which act of a batch depends on which: on the act whose answer it cites, on those it says, and on those before it that
// acted on a row it names.
import { CHAMP } from "../_shared/messages.ts";
import { invalide } from "../_shared/problems.ts";
import { acteConnu } from "./hors_ligne.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CITATION = /^@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})((?:\.\w+)*)$/i;

/** An act as its phone sent it. */
export interface Envoye {
  cle: string;
  acte: string;
  corps?: unknown;
  version?: unknown;
  apres?: string[];
}

/** Every text that stands in a value, however deep. */
function textes(valeur: unknown): string[] {
  if (typeof valeur === "string") return [valeur];
  return typeof valeur === "object" && valeur !== null ? Object.values(valeur).flatMap(textes) : [];
}

/** Rows that an act names: by id, or by the key of the act that made them. */
const lignesNommees = ({ acte, corps }: Envoye): string[] =>
  [acteConnu(acte)?.ligne ?? "", ...textes(corps)].flatMap((texte) =>
    UUID.test(texte)
      ? [texte.toLowerCase()]
      : CITATION.test(texte)
      ? [texte.toLowerCase().split(".")[0]!]
      : []
  );

export interface Dependances {
  /** Keys of the acts that it comes after. */
  precedents: string[];
  /** Those among them that it cannot be done without: cited, or said to come before it. */
  exiges: string[];
}

/** What each act depends on, in the order of the batch. */
export function dependances(actes: Envoye[]): Dependances[] {
  const surLaLigne = new Map<string, Set<string>>();
  return actes.map((un) => {
    const nommees = lignesNommees(un);
    const cites = nommees.filter((ligne) => ligne.startsWith("@")).map((ligne) => ligne.slice(1));
    const avant = nommees.flatMap((ligne) => [...surLaLigne.get(ligne) ?? []]);
    const { cle } = un;
    const ligne = acteConnu(un.acte)?.ligne?.toLowerCase().split(".")[0];
    if (ligne) surLaLigne.set(ligne, (surLaLigne.get(ligne) ?? new Set()).add(cle));
    const deux = (cles: string[]) => [...new Set(cles)].filter((une) => une !== cle || cites.includes(une));
    const dites = [...cites, ...un.apres ?? []];
    return { precedents: deux([...dites, ...avant]), exiges: deux(dites) };
  });
}

/** What a citation stands for: a value of the answer that the act of this key was given; its id, where no path is said. */
function resoudre(texte: string, reponses: Record<string, unknown>): unknown {
  const [, cle, chemin] = CITATION.exec(texte) ?? [];
  if (!cle) return texte;
  let valeur = reponses[cle.toLowerCase()];
  for (const champ of (chemin || ".id").slice(1).split(".")) {
    valeur = typeof valeur === "object" && valeur !== null && Object.hasOwn(valeur, champ)
      ? (valeur as Record<string, unknown>)[champ]
      : undefined;
  }
  if (typeof valeur !== "string" && typeof valeur !== "number") throw invalide(texte, CHAMP.reference_acte);
  return valeur;
}

/** A value with every citation in it replaced by what it stands for. Throws VALIDATION where an answer has no such value. */
export function remplacer<V>(valeur: V, reponses: Record<string, unknown>): V {
  if (typeof valeur === "string") return resoudre(valeur, reponses) as V;
  if (Array.isArray(valeur)) return valeur.map((une) => remplacer(une, reponses)) as V;
  if (typeof valeur !== "object" || valeur === null) return valeur;
  return Object.fromEntries(
    Object.entries(valeur).map(([champ, une]) => [champ, remplacer(une, reponses)]),
  ) as V;
}

/** An address with the row it cites replaced by its id. */
export function adresseDe(acte: string, reponses: Record<string, unknown>): string {
  const ligne = acteConnu(acte)!.ligne;
  return ligne?.startsWith("@") ? acte.replace(ligne, () => String(resoudre(ligne, reponses))) : acte;
}
