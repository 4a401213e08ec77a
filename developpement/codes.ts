// The codes that a refusal can carry: the rules' from private.refus, the doors' own from their messages. And which of them
// each door can answer, computed from what it runs.
import { join } from "node:path";
import type { UnActe } from "../supabase/functions/_shared/acte.ts";
import { PORTE } from "../supabase/functions/_shared/messages.ts";
import { FUNCTIONS_DIR } from "../ops/commun/settings.ts";
import { lireLignes } from "../ops/commun/schema/lignes.ts";
import { declenchees, lireSchema, refusAtteints, type Schema } from "./refus_atteints.ts";

export const CODES_FILE = join(FUNCTIONS_DIR, "_shared/codes.json");

export interface Code {
  code: string;
  statut_http: number;
  phrase: string;
  sens: string;
  conduite: string;
}

export async function lireCodes(): Promise<Code[]> {
  const regles = (await lireLignes("private.refus")) as unknown as Code[];
  const portes = Object.entries(PORTE).map(([code, { statut, phrase, sens, conduite }]) => ({
    code,
    statut_http: statut,
    phrase,
    sens,
    conduite,
  }));
  return [...regles, ...portes].sort((un, autre) => un.code.localeCompare(autre.code));
}

export const ecrireCodes = async () => `${JSON.stringify(await lireCodes(), null, 2)}\n`;

/** What every door may answer, whatever it does. */
const PARTOUT = [
  "NON_AUTHENTIFIE",
  "VALIDATION",
  "DEMANDE_INCOMPLETE",
  "DEMANDE_TROP_GRANDE",
  "DELAI_DEPASSE",
  "SATURATION",
  "SERVICE_INDISPONIBLE",
];
/** What no door answers: a bug, and the refusal of a transaction that a door never opens. */
const JAMAIS = ["INTERNE", "ISOLATION_INTERDITE"];
/** The SQL that the pipeline runs for every request, and for one that carries an Idempotency-Key. */
const PIPELINE = ["enTransaction"];
const IDEMPOTENCE = ["reprendre", "uneFois", "garder"];
/** What only an act that records may answer. */
const RESULTATS = ["RESULTAT_INCONNU", "RESULTAT_INCONNU_SANS_CLE"];
/** And in a network of depots, by triggers that siege:rattacher adds and no chapter declares: another base writes that. */
const RESEAU = ["DEPOT_AUTRE_BASE", "REFERENTIEL_AUTRE_BASE", "SIEGE_LECTURE_SEULE", "ECRITURES_GELEES"];

/** Functions and constants of a module's first level, by name. */
function declarations(texte: string): Map<string, string> {
  const trouvees = new Map<string, string>();
  const debuts = [...texte.matchAll(/^(?:export )?(?:(?:async )?function|const) (\w+)/gm)];
  debuts.forEach(({ 1: nom, index }, i) =>
    trouvees.set(nom!, texte.slice(index, debuts[i + 1]?.index ?? texte.length))
  );
  return trouvees;
}

/** Two modules may call something of theirs by one name: what either runs may be run. */
const ajouter = (toutes: Map<string, string>, nom: string, texte: string) =>
  toutes.set(nom, `${toutes.get(nom) ?? ""}\n${texte}`);

async function lireModules(
  dossier: string,
  toutes = new Map<string, string>(),
): Promise<Map<string, string>> {
  for await (const { name } of Deno.readDir(dossier)) {
    if (!name.endsWith(".ts")) continue;
    for (const [nom, texte] of declarations(await Deno.readTextFile(join(dossier, name)))) {
      if (nom !== "actes") ajouter(toutes, nom, texte);
    }
  }
  return toutes;
}

/** The SQL functions that a text runs, and the triggers of what it writes, following what it calls by name. */
function executees(
  schema: Schema,
  texte: string,
  connues: Map<string, string>,
  vues: Set<string>,
  ecrites: Set<string>,
): string[] {
  const trouvees = [...texte.matchAll(/\b((?:public|private|astm)\.\w+)(?=["'`(])/g)].map(([, nom]) => nom!);
  const table = (fiche: string) => (connues.get(fiche) ?? fiche).match(/fiche\("(\w+)"/)?.[1];
  const ecritures = [
    ...texte.matchAll(
      /\b(?:(?:inserer|insererLignes|(modifier))\(\s*tx,|(?:inseree|inserees|(modifiee))\()\s*(\w+(?:\("\w+")?)/g,
    ),
  ].map(([, modifier, modifiee, fiche]) =>
    [`public.${table(fiche!)}`, modifier ?? modifiee ? "update" : "insert"] as const
  );
  for (const [table, verbe] of ecritures) {
    ecrites.add(table);
    trouvees.push(...declenchees(schema, table, verbe));
  }
  for (const [, nom] of texte.matchAll(/(?<![.\w])(\w+)(?:<[^<>()]*>)?\(/g)) {
    if (vues.has(nom!) || !connues.has(nom!)) continue;
    vues.add(nom!);
    trouvees.push(...executees(schema, connues.get(nom!)!, connues, vues, ecrites));
  }
  return trouvees;
}

/** Literals that a text hands to private.refuser or to the doors' own refuser. */
const ditsEnPropre = (texte: string, codes: Map<string, Code>) =>
  [...texte.matchAll(/\b(?:refuser\(\s*|p_code: )['"]([A-Z_]+)['"]/g)].map(([, code]) => code!).filter((
    code,
  ) => codes.has(code));

/** Which codes a door can answer, by HTTP status. */
export async function codesDesPortes(): Promise<
  (domaine: string, acte: UnActe) => Promise<Record<string, string[]>>
> {
  const [schema, codes, communes] = [
    await lireSchema(),
    new Map((await lireCodes()).map((code) => [code.code, code])),
    await lireModules(join(FUNCTIONS_DIR, "_shared")),
  ];
  return async (domaine, acte) => {
    const connues = await lireModules(join(FUNCTIONS_DIR, domaine), new Map(communes));
    const vues = new Set<string>();
    const pipeline = "public" in acte ? [] : [...PIPELINE, ...acte.methode === "POST" ? IDEMPOTENCE : []];
    const dehors = "dehors" in acte && acte.dehors ? [acte.dehors.verifier, acte.dehors.demander] : [];
    const parties = "parties" in acte && acte.parties || [];
    const texte = [
      ...[("appel" in acte && acte.appel) || acte.executer, ...parties, ...dehors].map(String),
      ...pipeline.map((nom) => communes.get(nom) ?? ""),
    ].join("\n");
    const ecrites = new Set<string>();
    const noms = executees(schema, texte, connues, vues, ecrites);
    const possibles = new Set([
      ...("public" in acte ? [] : PARTOUT),
      ...(acte.methode === "GET" ? [] : [...RESULTATS, ...RESEAU]),
      ...ditsEnPropre([texte, ...[...vues].map((nom) => connues.get(nom)!)].join("\n"), codes),
      ...refusAtteints(schema, noms),
      ...[...ecrites].flatMap((table) => [...schema.controles.get(table) ?? []]),
    ]);
    for (const code of JAMAIS) possibles.delete(code);
    if (!("confidentiel" in acte && acte.confidentiel)) possibles.delete("REPONSE_MONTREE");
    const parStatut: Record<string, string[]> = {};
    for (const code of [...possibles].sort()) {
      for (const statut of [codes.get(code)!.statut_http, schema.autresStatuts.get(code)]) {
        if (statut) (parStatut[statut] ??= []).push(code);
      }
    }
    return parStatut;
  };
}
