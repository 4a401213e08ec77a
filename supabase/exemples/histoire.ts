// The examples of the doors, away from what is deployed: what is asked lies in chapitres/<domaine>.ts, what was answered in the
// .json beside it (npm run exemples). The description, the collection and the tests read them here.
import { join } from "node:path";
import type { Exemple } from "./exemple.ts";

const CHAPITRES = join(import.meta.dirname!, "chapitres");

/** One telling: what was sent, ids and all, and what came back; nothing came back as JSON where it was a paper. */
export interface Ecrit {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  corps?: Record<string, unknown>;
  reponse?: unknown;
}
export type Ecrits = Record<string, Ecrit>;

/** Doors that have no example, and why. */
export const SANS_EXEMPLE: Record<string, string> = {
  "GET /ops/openapi.json": "its answer is the description that the examples are in",
  "POST /securite/facteurs/{user_id}/reinitialiser": "wants a second admin, with a phone of their own",
};

/** What happens first at a depot: these chapters stand on those before them, the others on all of these. */
const ORDRE = [
  ...["referentiels", "cours-de-route", "receptions", "sorties", "stocks", "achats", "ventes"],
  ...["profils", "flags", "astm", "kpi", "journal", "alertes", "ops"],
];

export interface Chapitre {
  domaine: string;
  exemples: Exemple[];
}

export const fichierEcrit = (domaine: string) => join(CHAPITRES, `${domaine}.json`);

/** Domains of the files that end so, by name. */
const nommes = (fin: string) =>
  [...Deno.readDirSync(CHAPITRES)].map(({ name }) => name).filter((nom) => nom.endsWith(fin)).sort()
    .map((nom) => nom.slice(0, -fin.length));

/** The whole story, a chapter a domain. */
export async function lireHistoire(): Promise<Chapitre[]> {
  const chapitres: Chapitre[] = [];
  for (const domaine of new Set([...ORDRE, ...nommes(".ts")])) {
    const { exemples }: { exemples: Exemple[] } = await import(`./chapitres/${domaine}.ts`);
    chapitres.push({ domaine, exemples });
  }
  return chapitres;
}

/** What was answered, of every domain, by door. */
export async function lireEcrits(): Promise<Ecrits> {
  const tous: Ecrits = {};
  for (const domaine of nommes(".json")) {
    Object.assign(tous, JSON.parse(await Deno.readTextFile(fichierEcrit(domaine))));
  }
  return tous;
}
