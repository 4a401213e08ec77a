// Whether what a client sends is still taken, and what it is answered still what it reads: two shapes compared.

export interface Changement {
  /** A client that is right today would be wrong, or be answered what it does not know how to read. */
  casse: boolean;
  /** The door, or the code, that it is of, and what became of it: as the page of changes says it. */
  quoi: string;
  dit: string;
}

export interface Forme {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, Forme>;
  required?: string[];
  additionalProperties?: Forme | boolean;
  items?: Forme;
  anyOf?: Forme[];
  oneOf?: Forme[];
}
export type Schemas = Record<string, Forme>;
type Sens = "entree" | "sortie";

/** A shape without its detours: each of the ways it may be, null apart. */
function facons(forme: Forme, schemas: Schemas): { nulle: boolean; unes: Forme[] } {
  if (forme.$ref) return facons(schemas[forme.$ref.split("/").at(-1)!]!, schemas);
  if (forme.anyOf) {
    const toutes = forme.anyOf.map((une) => facons(une, schemas));
    return { nulle: toutes.some(({ nulle }) => nulle), unes: toutes.flatMap(({ unes }) => unes) };
  }
  const types = [forme.type ?? []].flat();
  const reste = types.filter((type) => type !== "null");
  const nulle = types.includes("null") || forme.const === null || (forme.enum ?? []).includes(null);
  if (nulle && !reste.length) return { nulle, unes: [] };
  return { nulle, unes: [{ ...forme, type: reste.length === 1 ? reste[0] : reste }] };
}

const valeursDe = ({ enum: valeurs, const: une }: Forme): unknown[] | undefined =>
  valeurs ?? (une === undefined ? undefined : [une]);

/** Of which kind it is; a whole number is a number where one is read, and not where any is taken. */
const genre = (forme: Forme) => `${forme.type ?? ""}${forme.format ? ` (${forme.format})` : ""}`;

interface Lieu {
  porte: string;
  ou: string;
  sens: Sens;
  formes: [Schemas, Schemas];
}

const casse = ({ porte, ou }: Lieu, quoi: string): Changement => ({
  casse: true,
  quoi: porte,
  dit: `${ou} ${quoi}`,
});
const ajout = ({ porte, ou }: Lieu, quoi: string): Changement => ({
  casse: false,
  quoi: porte,
  dit: `${ou} ${quoi}`,
});

function champs(lieu: Lieu, avant: Forme, apres: Forme): Changement[] {
  const dits: Changement[] = [];
  const [exiges, exigesApres] = [new Set(avant.required), new Set(apres.required)];
  for (const [nom, forme] of Object.entries(avant.properties ?? {})) {
    const la = { ...lieu, ou: `${lieu.ou}.${nom}` };
    const autre = apres.properties?.[nom];
    if (!autre) dits.push(casse(la, lieu.sens === "entree" ? "n'est plus pris" : "n'est plus répondu"));
    else {
      if (lieu.sens === "entree" && exigesApres.has(nom) && !exiges.has(nom)) {
        dits.push(casse(la, "est désormais exigé"));
      }
      if (lieu.sens === "sortie" && exiges.has(nom) && !exigesApres.has(nom)) {
        dits.push(casse(la, "peut manquer"));
      }
      dits.push(...formes(la, forme, autre));
    }
  }
  for (const nom of Object.keys(apres.properties ?? {}).filter((nom) => !avant.properties?.[nom])) {
    const la = { ...lieu, ou: `${lieu.ou}.${nom}` };
    if (lieu.sens === "sortie") dits.push(ajout(la, "est répondu"));
    else dits.push(exigesApres.has(nom) ? casse(la, "est désormais exigé") : ajout(la, "est pris"));
  }
  return dits;
}

function une(lieu: Lieu, avant: Forme, apres: Forme): Changement[] {
  const entier = lieu.sens === "entree"
    ? avant.type === "integer" && apres.type === "number"
    : avant.type === "number" && apres.type === "integer";
  // Where anything at all was taken, or is read, there is nothing to hold it to.
  const libre = lieu.sens === "entree" ? apres.type?.length === 0 : avant.type?.length === 0;
  if (libre) return [];
  if (genre(avant) !== genre(apres) && !entier) {
    return [
      casse(lieu, `est ${genre(apres) || "quelconque"}, et n'est plus ${genre(avant) || "quelconque"}`),
    ];
  }
  const [valeurs, valeursApres] = [valeursDe(avant), valeursDe(apres)];
  const dits: Changement[] = [];
  if (valeurs || valeursApres) {
    if (lieu.sens === "entree" && !valeurs) {
      dits.push(casse(lieu, `n'est plus que ${valeursApres!.join(", ")}`));
    }
    const perdues = valeursApres && (valeurs ?? []).filter((valeur) => !valeursApres.includes(valeur));
    for (const valeur of perdues ?? []) dits.push(casse(lieu, `n'est plus « ${valeur} »`));
    if (lieu.sens === "sortie" && valeurs && !valeursApres) {
      dits.push(ajout(lieu, "est n'importe quel texte"));
    }
    const neuves = valeurs && (valeursApres ?? []).filter((valeur) => !valeurs.includes(valeur));
    for (const valeur of neuves ?? []) dits.push(ajout(lieu, `peut être « ${valeur} »`));
  }
  if (avant.properties || apres.properties) dits.push(...champs(lieu, avant, apres));
  if (avant.items && apres.items) {
    dits.push(...formes({ ...lieu, ou: `${lieu.ou}[]` }, avant.items, apres.items));
  }
  const [tous, tousApres] = [avant.additionalProperties, apres.additionalProperties];
  if (typeof tous === "object" && typeof tousApres === "object") {
    dits.push(...formes({ ...lieu, ou: `${lieu.ou}.*` }, tous, tousApres));
  }
  return dits;
}

/** The way of the others that this one differs least from. */
function proche(lieu: Lieu, cherchee: Forme, parmi: Forme[], inverse: boolean): Changement[] {
  const dits = parmi.map((autre) => inverse ? une(lieu, autre, cherchee) : une(lieu, cherchee, autre));
  const ruptures = (toutes: Changement[]) => toutes.filter(({ casse }) => casse).length;
  return dits.sort((a, b) => ruptures(a) - ruptures(b) || a.length - b.length)[0] ??
    [casse(lieu, `ne peut plus être ${genre(cherchee)}`)];
}

function formes(lieu: Lieu, avant: Forme, apres: Forme): Changement[] {
  const [a, b] = [facons(avant, lieu.formes[0]), facons(apres, lieu.formes[1])];
  const dits: Changement[] = [];
  if (lieu.sens === "entree" && a.nulle && !b.nulle) dits.push(casse(lieu, "ne peut plus être null"));
  if (lieu.sens === "sortie" && !a.nulle && b.nulle) dits.push(casse(lieu, "peut être null"));
  // Each way it was sent must still be taken; each way it is answered must be one that was read.
  if (lieu.sens === "entree") {
    for (const facon of a.unes) {
      dits.push(...proche(lieu, facon, b.unes, false));
    }
  } else for (const facon of b.unes) dits.push(...proche(lieu, facon, a.unes, true));
  return dits;
}

/** What has changed of one shape, at a place of a door. */
export const variantes = (
  porte: string,
  ou: string,
  sens: Sens,
  avant: Forme,
  apres: Forme,
  deux: [Schemas, Schemas],
): Changement[] => formes({ porte, ou, sens, formes: deux }, avant, apres);
