// What a release promises to those who call it: its doors, what each takes and answers, and the codes. The description of each
// release lies in docs/contrats/publie/<version>.json (npm run publier), reduced to what a client can stumble over; what has
// changed since the last is written into docs/contrats/changements.md by npm run openapi.
import { join } from "node:path";
import semver from "semver";
import { Echec } from "../ops/commun/failure.ts";
import { ROOT } from "../ops/commun/settings.ts";
import { type Changement, type Forme, type Schemas, variantes } from "./contrat_formes.ts";

export const PUBLIE_DIR = join(ROOT, "docs/contrats/publie");
export const CHANGEMENTS_FILE = join(ROOT, "docs/contrats/changements.md");

interface Porte {
  /** Path, query and headers, by `place nom`. */
  parametres: Record<string, { exige: boolean; forme: Forme }>;
  corps?: Forme;
  statut: string;
  reponse: Record<string, Forme>;
  codes: string[];
}
export interface Contrat {
  version: string;
  portes: Record<string, Porte>;
  schemas: Schemas;
}

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: Forme }[];
  requestBody?: { content: Record<string, { schema: Forme }> };
  responses: Record<string, { content?: Record<string, { schema: Forme }> }>;
  "x-codes": Record<string, string[]>;
}

/** What decides whether a value is one of a schema's, and no more: words and examples may change as they like. */
function reduire(forme: Forme): Forme {
  const { $ref, type, properties, required, additionalProperties, items, anyOf, oneOf, const: une } = forme;
  return JSON.parse(JSON.stringify({
    $ref,
    type,
    enum: forme.enum,
    const: une,
    format: forme.format,
    required: required?.length ? required : undefined,
    additionalProperties: typeof additionalProperties === "object"
      ? reduire(additionalProperties)
      : additionalProperties,
    items: items && reduire(items),
    anyOf: (anyOf ?? oneOf)?.map(reduire),
    properties: properties &&
      Object.fromEntries(Object.entries(properties).map(([nom, une]) => [nom, reduire(une)])),
  }));
}

export function contratDe(description: string): Contrat {
  const document = JSON.parse(description);
  const portes: Contrat["portes"] = {};
  for (
    const [chemin, operations] of Object.entries(document.paths as Record<string, Record<string, Operation>>)
  ) {
    for (const [methode, operation] of Object.entries(operations)) {
      const statut = Object.keys(operation.responses).find((un) => un.startsWith("2"))!;
      portes[`${methode.toUpperCase()} ${chemin}`] = {
        parametres: Object.fromEntries(
          (operation.parameters ?? []).map((un) => [
            `${un.in} ${un.name}`,
            { exige: un.required ?? false, forme: reduire(un.schema) },
          ]),
        ),
        // A form is a shape as well.
        ...(operation.requestBody &&
          { corps: reduire(Object.values(operation.requestBody.content)[0]!.schema) }),
        statut,
        reponse: Object.fromEntries(
          Object.entries(operation.responses[statut]!.content ?? {}).map((
            [type, { schema }],
          ) => [type, reduire(schema)]),
        ),
        codes: Object.values(operation["x-codes"]).flat().sort(),
      };
    }
  }
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas as Schemas).map(([nom, forme]) => [nom, reduire(forme)]),
  );
  return { version: document.info.version, portes, schemas };
}

const casse = (quoi: string, dit: string): Changement => ({ casse: true, quoi, dit });
const ajout = (quoi: string, dit: string): Changement => ({ casse: false, quoi, dit });

function comparerPortes(nom: string, avant: Porte, apres: Porte, formes: [Schemas, Schemas]): Changement[] {
  const dits: Changement[] = [];
  const porte = `\`${nom}\``;
  for (const [un, { exige, forme }] of Object.entries(avant.parametres)) {
    const autre = apres.parametres[un];
    if (!autre) dits.push(casse(porte, `${un} n'est plus pris`));
    else {
      if (autre.exige && !exige) dits.push(casse(porte, `${un} est désormais exigé`));
      dits.push(...variantes(porte, un, "entree", forme, autre.forme, formes));
    }
  }
  for (const [un, { exige }] of Object.entries(apres.parametres)) {
    if (!avant.parametres[un]) {
      dits.push(exige ? casse(porte, `${un} est désormais exigé`) : ajout(porte, `${un} est pris`));
    }
  }
  if (avant.corps && !apres.corps) dits.push(casse(porte, `ne prend plus de corps`));
  else if (!avant.corps && apres.corps) dits.push(casse(porte, `un corps est désormais exigé`));
  else if (avant.corps) dits.push(...variantes(porte, "corps", "entree", avant.corps, apres.corps!, formes));
  if (avant.statut !== apres.statut) {
    dits.push(casse(porte, `répond ${apres.statut} au lieu de ${avant.statut}`));
  }
  for (const [type, forme] of Object.entries(avant.reponse)) {
    const autre = apres.reponse[type];
    if (!autre) dits.push(casse(porte, `ne répond plus en ${type}`));
    else dits.push(...variantes(porte, "réponse", "sortie", forme, autre, formes));
  }
  for (const type of Object.keys(apres.reponse)) {
    if (!avant.reponse[type]) dits.push(ajout(porte, `répond aussi en ${type}`));
  }
  return dits;
}

/** What has changed between two contracts, breaks first. */
export function comparer(avant: Contrat, apres: Contrat): Changement[] {
  const dits: Changement[] = [];
  for (const [nom, porte] of Object.entries(avant.portes)) {
    const autre = apres.portes[nom];
    if (!autre) dits.push(casse(`\`${nom}\``, "cette porte n'existe plus"));
    else dits.push(...comparerPortes(nom, porte, autre, [avant.schemas, apres.schemas]));
  }
  for (const nom of Object.keys(apres.portes)) {
    if (!avant.portes[nom]) dits.push(ajout(`\`${nom}\``, "nouvelle porte"));
  }
  const codes = ({ portes }: Contrat) => new Set(Object.values(portes).flatMap(({ codes }) => codes));
  const gardes = codes(apres);
  for (const code of codes(avant)) {
    if (!gardes.has(code)) dits.push(casse(`\`${code}\``, "aucune porte ne refuse plus par ce code"));
  }
  const vus = new Set<string>();
  return dits.filter(({ quoi, dit }) => !vus.has(`${quoi} ${dit}`) && vus.add(`${quoi} ${dit}`))
    .sort((un, autre) => Number(autre.casse) - Number(un.casse));
}

/** Whether a version may break what the one before it promised: a major, or a minor before the first major. */
export const peutCasser = (avant: string, apres: string): boolean =>
  ["major", ...(semver.major(avant) === 0 ? ["minor"] : [])].includes(semver.diff(avant, apres) ?? "");

/** The last release that was kept. */
export async function dernierPublie(): Promise<Contrat> {
  const versions: string[] = [];
  for await (const { name } of Deno.readDir(PUBLIE_DIR)) versions.push(name.replace(/\.json$/, ""));
  const derniere = semver.rsort(versions)[0];
  if (!derniere) throw new Error(`aucune version n'est gardée dans ${PUBLIE_DIR}`);
  return JSON.parse(await Deno.readTextFile(join(PUBLIE_DIR, `${derniere}.json`)));
}

/** One door and one schema a line: what changes shows. */
export function ecrireContrat({ version, portes, schemas }: Contrat): string {
  const lignes = (toutes: Record<string, unknown>) =>
    Object.entries(toutes).map(([nom, une]) => `    ${JSON.stringify(nom)}: ${JSON.stringify(une)}`).join(
      ",\n",
    );
  return `{\n  "version": ${JSON.stringify(version)},\n  "portes": {\n${
    lignes(portes)
  }\n  },\n  "schemas": {\n${lignes(schemas)}\n  }\n}\n`;
}

const [DEBUT, FIN] = ["<!-- npm run openapi -->", "<!-- fin -->"];

/** What was added, a line a door. */
function lignesAjoutees(changements: Changement[]): string {
  const par = Map.groupBy(changements.filter(({ casse }) => !casse), ({ quoi }) => quoi);
  return [...par].map(([quoi, dits]) => `- ${quoi} : ${dits.map(({ dit }) => dit).join(" ; ")}`).sort().join(
    "\n",
  );
}

/** The page of changes with what was added since the last release; what breaks is written by a person, and why. */
export async function pageDesChangements(aujourdhui: Contrat): Promise<string> {
  const page = await Deno.readTextFile(CHANGEMENTS_FILE);
  const [debut, fin] = [page.indexOf(DEBUT), page.indexOf(FIN)];
  if (debut < 0 || fin < debut) {
    throw new Error(`${CHANGEMENTS_FILE} n'a plus ses repères ${DEBUT} et ${FIN}`);
  }
  const lignes = lignesAjoutees(comparer(await dernierPublie(), aujourdhui));
  return `${page.slice(0, debut)}${DEBUT}\n\n${lignes}\n\n${page.slice(fin)}`;
}

/** The page once this version is out: what it added stands as it is, and the next has its place above. */
export async function clorePage(version: string): Promise<string> {
  const page = await Deno.readTextFile(CHANGEMENTS_FILE);
  const tete = `## ${version}\n`;
  if (!page.includes(tete)) {
    throw new Echec(`docs/contrats/changements.md n'a pas de « ## ${version} » : rien n'a été écrit.`);
  }
  const close = page.replace(`${DEBUT}\n\n`, "").replace(`${FIN}\n\n`, "");
  const suivante = `## ${semver.inc(version, "minor")}\n\n### Ajouts\n\n${DEBUT}\n\n\n\n${FIN}\n\n`;
  return close.replace(tete, `${suivante}${tete}`);
}
