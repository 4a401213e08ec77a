// Differences between two databases, as far as the project goes: what its migrations make, and its reference rows. What
// the platform puts around them (auth, storage, its roles) differs from one host to another and is nobody's mistake.
import { type Delta, diff, encodeId, type Fact, type FactBase, type StableId } from "@supabase/pg-delta";
import { connect } from "../connection.ts";
import { GARDE, lireCatalogue, SCHEMAS } from "./catalogue.ts";
import { lireColonnes, lireHorsMoteur } from "./hors_moteur.ts";
import { type Lignes, lireReferentiels } from "./referentiels.ts";

export interface Ecart {
  genre: "absent_de_b" | "absent_de_a" | "different";
  objet: string;
  /** Of a difference: which property, and what each side has. */
  propriete?: string;
  a?: string;
  b?: string;
  /** Of a row that one side has and the other may be without: no difference between them. */
  propre?: true;
}

const GENRES: Record<string, string> = {
  schema: "schéma",
  table: "table",
  column: "colonne",
  default: "valeur par défaut",
  constraint: "contrainte",
  index: "index",
  view: "vue",
  materializedView: "vue matérialisée",
  sequence: "séquence",
  function: "fonction",
  procedure: "procédure",
  aggregate: "agrégat",
  trigger: "trigger",
  eventTrigger: "trigger d'événement",
  policy: "policy",
  rule: "règle",
  type: "type",
  typeAttribute: "attribut de type",
  domain: "domaine",
  comment: "commentaire",
  acl: "droits",
  defaultPrivilege: "droits par défaut",
};

type Identite = Record<string, unknown> & { kind: string; target?: StableId };

/** Whether a fact is the project's: in its schemas, or about something that is. */
function estDuProjet(id: StableId): boolean {
  const { kind, schema, name, target } = id as Identite;
  if (target) return estDuProjet(target);
  if (kind === "defaultPrivilege") {
    return (id as Identite).role === "postgres" && SCHEMAS.includes((schema as string) ?? "public");
  }
  if (kind === "schema") return SCHEMAS.includes(name as string);
  if (kind === "eventTrigger" || schema === "extensions") return name === GARDE;
  return SCHEMAS.includes(schema as string);
}

/** What a person calls it: « policy public.depots.depots_lecture ». */
function nommer(id: StableId): string {
  const { kind, target, grantee, column } = id as Identite;
  const genre = GENRES[kind] ?? kind;
  if (kind === "acl") {
    return `${genre} de ${grantee} sur ${nommer(target!)}${column ? `, colonne ${column}` : ""}`;
  }
  if (target) return `${genre} sur ${nommer(target)}`;
  return `${genre} ${encodeId(id).replace(/^[^:]*:/, "").replaceAll('"', "")}`;
}

const texte = (valeur: unknown) => typeof valeur === "string" ? valeur : JSON.stringify(valeur);

/** A delta as a line, where it is one that counts. */
function enEcart(delta: Delta, absents: Set<string>): Ecart | undefined {
  switch (delta.verb) {
    case "add":
    case "remove":
      // A table that is missing says enough: its columns, policies and grants are missing with it.
      if (delta.fact.parent && absents.has(encodeId(delta.fact.parent))) return undefined;
      return { genre: delta.verb === "add" ? "absent_de_a" : "absent_de_b", objet: nommer(delta.fact.id) };
    case "set":
      return {
        genre: "different",
        objet: nommer(delta.id),
        propriete: delta.attr,
        a: texte(delta.from),
        b: texte(delta.to),
      };
    default:
      // What depends on what follows from the rest; who owns an event trigger, from the host.
      if (delta.edge.kind !== "owner" || delta.edge.from.kind === "eventTrigger") return undefined;
      if (absents.has(encodeId(delta.edge.from))) return undefined;
      return {
        genre: delta.verb === "link" ? "absent_de_a" : "absent_de_b",
        objet: `propriétaire ${(delta.edge.to as Identite).name} de ${nommer(delta.edge.from)}`,
      };
  }
}

function ecartsDeSchema(a: FactBase, b: FactBase): Ecart[] {
  const dExtension = (base: FactBase, id: StableId) =>
    base.has(id) && base.outgoingEdges(id).some(({ kind }) => kind === "memberOfExtension");
  const sujet = (delta: Delta): StableId =>
    "fact" in delta ? delta.fact.id : "edge" in delta ? delta.edge.from : delta.id;
  const deltas = diff(a, b).filter((delta) => {
    const id = sujet(delta);
    return estDuProjet(id) && !dExtension(a, id) && !dExtension(b, id);
  });
  const absents = new Set(
    deltas.flatMap((delta) => "fact" in delta ? [encodeId((delta.fact as Fact).id)] : []),
  );
  return deltas.flatMap((delta) => enEcart(delta, absents) ?? []);
}

function ecartsDeLignes(a: Lignes, b: Lignes): Ecart[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((objet): Ecart[] => {
    const [ligneA, ligneB] = [a.get(objet), b.get(objet)];
    if (!ligneA || !ligneB) {
      const { propre } = (ligneA ?? ligneB)!;
      return [{ genre: ligneA ? "absent_de_b" : "absent_de_a", objet, ...propre ? { propre } : {} }];
    }
    const [deA, deB] = [ligneA.valeurs, ligneB.valeurs];
    return Object.keys({ ...deA, ...deB })
      // A column that only one side has, and empty there, is the schema's difference.
      .filter((propriete) =>
        JSON.stringify(deA[propriete] ?? null) !== JSON.stringify(deB[propriete] ?? null)
      )
      .map((propriete) => ({
        genre: "different",
        objet,
        propriete,
        a: texte(deA[propriete]),
        b: texte(deB[propriete]),
      }));
  });
}

async function lire(url: string): Promise<{ faits: FactBase; lignes: Lignes; colonnes: Lignes }> {
  const faits = await lireCatalogue(url, 2);
  const sql = connect(url);
  try {
    return {
      faits,
      lignes: new Map([...await lireHorsMoteur(sql, SCHEMAS), ...await lireReferentiels(sql)]),
      colonnes: await lireColonnes(sql, SCHEMAS),
    };
  } finally {
    await sql.end();
  }
}

/** Every difference between two databases; writes to neither. */
export async function comparer(urlA: string, urlB: string): Promise<Ecart[]> {
  const [a, b] = await Promise.all([lire(urlA), lire(urlB)]);
  return [
    ...ecartsDeSchema(a.faits, b.faits),
    ...ecartsDeLignes(a.lignes, b.lignes),
    // A view or a type that only one side has is already said.
    ...ecartsDeLignes(a.colonnes, b.colonnes).filter(({ genre }) => genre === "different"),
  ];
}
