// The examples of the doors: what is asked lies in exemples.ts beside the acts of each domain, what was answered in
// exemples.json beside it (npm run exemples). The description, the collection and the tests read them here.
import { join } from "node:path";
import type { Exemple } from "../../supabase/functions/_shared/exemple.ts";
import { FUNCTIONS_DIR } from "../commun/settings.ts";
import { listDomains } from "../pile/functions.ts";

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

export const fichierEcrit = (domaine: string) => join(FUNCTIONS_DIR, domaine, "exemples.json");

const existe = (fichier: string) => Deno.stat(fichier).then(() => true, () => false);

/** The whole story, a chapter a domain. */
export async function lireHistoire(): Promise<Chapitre[]> {
  const domaines = await listDomains();
  const ordre = [
    ...ORDRE.filter((nom) => domaines.includes(nom)),
    ...domaines.filter((nom) => !ORDRE.includes(nom)),
  ];
  const chapitres: Chapitre[] = [];
  for (const domaine of ordre) {
    if (!await existe(join(FUNCTIONS_DIR, domaine, "exemples.ts"))) continue;
    const { exemples }: { exemples: Exemple[] } = await import(
      `../../supabase/functions/${domaine}/exemples.ts`
    );
    chapitres.push({ domaine, exemples });
  }
  return chapitres;
}

/** What was answered, of every domain, by door. */
export async function lireEcrits(): Promise<Ecrits> {
  const tous: Ecrits = {};
  for (const domaine of await listDomains()) {
    if (!await existe(fichierEcrit(domaine))) continue;
    Object.assign(tous, JSON.parse(await Deno.readTextFile(fichierEcrit(domaine))));
  }
  return tous;
}
