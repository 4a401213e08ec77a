// A list as a reader has it: its pages and files followed to the end, and what its filters ask of a row.
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { fetchPorte, token } from "../../support/monde.ts";
import type { Scene, UneListe } from "./scene.ts";

export type Ligne = Record<string, unknown>;
interface Page {
  data: Ligne[];
  next_cursor: string | null;
}

/** The parameters of a page; those of the depot keep other tests' rows out. */
const adresseDe = ({ adresse, filtres }: UneListe, s: Scene, asked: Record<string, unknown>) => {
  // What says whose rows they are, unless that is what is asked for.
  const miens: Record<string, string> = {
    depot_id: s.depot,
    recherche: s.recherche,
    fournisseur_id: s.fournisseur,
  };
  const mien = Object.keys(miens).find((nom) => filtres.includes(nom));
  const only = mien && !(mien in asked) ? { [mien]: miens[mien] } : {};
  return `${adresse}?${new URLSearchParams(
    Object.entries({ ...only, ...asked }).map(([k, v]) => [k, String(v)]),
  )}`;
};

export const lirePage = (liste: UneListe, s: Scene, asked: Record<string, unknown>) =>
  s.admin.call<Page>("GET", adresseDe(liste, s, asked));

/** As a text: a file has no other. */
export const identite = ({ cles }: UneListe) => (ligne: Ligne) =>
  JSON.stringify(cles.map((cle) => String(ligne[cle])));

export async function suivre(liste: UneListe, s: Scene, asked: Record<string, unknown>): Promise<Ligne[]> {
  const lignes: Ligne[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: Page = await lirePage(liste, s, { ...asked, ...(cursor && { cursor }) });
    lignes.push(...page.data);
    cursor = page.next_cursor;
  }
  return lignes;
}

export async function suivreFichier(liste: UneListe, s: Scene, limit: number): Promise<Ligne[]> {
  const headers = { authorization: `Bearer ${await token(s.admin)}` };
  const lignes: Ligne[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const asked = { limit, format: "csv", ...(cursor && { cursor }) };
    const answer = await fetchPorte(adresseDe(liste, s, asked), { headers });
    assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    lignes.push(...parse(await answer.text(), { columns: true, delimiter: ";", bom: true }) as Ligne[]);
    cursor = answer.headers.get("x-next-cursor");
  }
  return lignes;
}

export async function refusee(
  liste: UneListe,
  s: Scene,
  asked: Record<string, unknown>,
  path: string,
): Promise<void> {
  const headers = { authorization: `Bearer ${await token(s.admin)}` };
  const answer = await fetchPorte(adresseDe(liste, s, asked), { headers });
  const problem = await answer.json();
  const dit = `${liste.adresse} ${JSON.stringify(asked)} : ${JSON.stringify(problem)}`;
  assert.deepEqual([answer.status, problem.code, problem.errors?.[0]?.path], [422, "VALIDATION", path], dit);
}

/** The day that `du` and `au` bound. */
function jourDe({ acte: { liste } }: UneListe, ligne: Ligne): string {
  const { jour, moment } = liste as { jour?: string; moment?: string };
  return jour ? String(ligne[jour]) : new Intl.DateTimeFormat("sv", { timeZone: "Africa/Lubumbashi" })
    .format(new Date(String(ligne[moment!])));
}

/** A text as people search it: whatever its case and accents. */
const cle = (texte: unknown) =>
  String(texte ?? "").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
const cherchees = ({ acte: { liste } }: UneListe) => (liste.recherche ?? []) as string[];

/** Whether a row satisfies a filter, by the names of its columns alone. */
export function satisfait(liste: UneListe, ligne: Ligne, filtre: string, valeur: string): boolean {
  if (filtre === "du") return jourDe(liste, ligne) >= valeur;
  if (filtre === "au") return jourDe(liste, ligne) <= valeur;
  if (filtre === "recherche") {
    return cherchees(liste).some((colonne) => cle(ligne[colonne]).includes(cle(valeur)));
  }
  const [, racine] = filtre.match(/^(depot|citerne)_id$/) ?? [];
  const colonnes = Object.keys(ligne).filter((colonne) =>
    colonne === filtre || (racine !== undefined && new RegExp(`^${racine}_\\w+_id$`).test(colonne))
  );
  assert.ok(colonnes.length, `aucune colonne pour ${filtre}`);
  return colonnes.some((colonne) => String(ligne[colonne]) === valeur);
}

/** Values worth asking a filter: those of the rows, and one that none has. */
export function valeurs(liste: UneListe, lignes: Ligne[], filtre: string): string[] {
  if (filtre === "du" || filtre === "au") {
    const jours = [...new Set(lignes.map((ligne) => jourDe(liste, ligne)))];
    return [...new Set([jours.at(0)!, jours[jours.length >> 1]!, jours.at(-1)!, "2026-10-06", "2026-01-01"])];
  }
  if (filtre === "recherche") {
    // What others have too would find their rows: names and contacts are each one's own.
    const siennes = lignes.flatMap((ligne) => [ligne.nom, ligne.contact_personne]).filter((dit) => dit);
    return [...siennes.slice(0, 2).map((dit) => cle(dit).toUpperCase()), crypto.randomUUID()];
  }
  const dites = lignes.flatMap((ligne) =>
    Object.keys(ligne)
      .filter((colonne) =>
        colonne === filtre || (/^(depot|citerne)_id$/.test(filtre) && colonne.endsWith("_id"))
      )
      .filter((colonne) => colonne === filtre || colonne.startsWith(filtre.replace("id", "")))
      .map((colonne) => ligne[colonne])
  );
  // Both, whichever the rows have: false is what goes wrong.
  if (dites.some((valeur) => typeof valeur === "boolean")) return ["true", "false"];
  const uniques = [
    ...new Set(dites.filter((valeur) => ["string", "boolean"].includes(typeof valeur)).map(String)),
  ].slice(0, 3);
  return filtre.endsWith("_id") ? [...uniques, crypto.randomUUID()] : uniques;
}
