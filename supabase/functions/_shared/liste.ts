import { z } from "zod";
import { type Acte, acte } from "./acte.ts";
import { makeCursor, readCursor } from "./cursor.ts";
import { apres, fonction, ligne } from "./appels.ts";
import type { Appel } from "./database.ts";
import type { Json } from "./database.types.ts";
import type { Listing } from "./listing.ts";
import { CHAMP } from "./messages.ts";
import { invalide } from "./problems.ts";
import { colonnes, type Relation } from "./relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "./schemas.ts";

const LIGNES = 50;
const LIGNES_JSON = 500;
const LIGNES_CSV = 10_000;

export const page = <S extends z.ZodType>(ligne: S) =>
  z.object({ data: z.array(ligne), next_cursor: z.string().nullable() });

/** Text, and whatever an exact column is: `false` asks for something too. */
type Filtres = { du?: string; au?: string; [filtre: string]: string | boolean | undefined };

/** What a list takes: its pages, and the filters it applies. Anything else is unknown to it. */
function recherche(listing: Listing) {
  const { depot, citerne, produit, jour, moment, passe, recherche: cherchees, exacts = {} } = listing;
  return z.strictObject({
    limit: z.coerce.number().int().min(1).max(LIGNES_CSV).optional().meta({
      description: `Rows of a page: ${LIGNES}, at most ${LIGNES_JSON}; as CSV ${LIGNES_CSV}, at most as many`,
    }),
    cursor: z.string().min(1).max(20_000).optional().meta({ description: "next_cursor of the page before" }),
    format: z.enum(["json", "csv"]).optional().meta({ description: "csv: as with `Accept: text/csv`" }),
    ...(depot !== undefined && { depot_id: Id.optional() }),
    ...(citerne !== undefined && { citerne_id: Id.optional() }),
    ...(produit !== undefined && { produit_id: Id.optional() }),
    ...((jour ?? moment) !== undefined && {
      du: Jour.optional().meta({ description: "First day, included" }),
      au: Jour.optional().meta({ description: "Last day, included" }),
    }),
    ...(passe !== undefined &&
      { au: Jour.optional().meta({ description: "As it stood at the end of this day; now without it" }) }),
    ...(cherchees !== undefined && {
      recherche: Texte.min(1).max(100).optional().meta({ description: `Found in ${cherchees.join(", ")}` }),
    }),
    ...exacts as Record<string, z.ZodType<string | boolean | undefined>>,
  });
}

/** Whether a filter was asked for; an address may name one and say nothing. */
const estDit = (value: string | boolean | undefined): value is string | boolean =>
  value !== undefined && value !== "";

/**
 * How a page is read: by a plan that is kept (dite), by keys that one made for its values finds (trouvee), by such a
 * one (choisie).
 */
type Maniere = "dite" | "trouvee" | "choisie";

function maniere(
  { cles, jour, moment, passe, suivis = [] }: Listing,
  filtres: Filtres,
  csv: boolean,
): Maniere {
  // A file is long, and its moments are told by the clock of their depot; a day of the past is another source.
  if (csv || passe !== undefined && estDit(filtres.au)) return "choisie";
  const parOrdre = (jour ?? moment) === cles[0] ? ["du", "au"] : [];
  const tenus: string[] = [...suivis, ...parOrdre];
  const tous = Object.entries(filtres).every(([filtre, valeur]) => !estDit(valeur) || tenus.includes(filtre));
  if (tous) return "dite";
  return cles.at(-1) === "id" ? "trouvee" : "choisie";
}

/** A condition of a page, as private.condition_dite reads it. */
interface Condition {
  sorte: "est" | "tete" | "contient" | "depuis" | "jusqu_a" | "depuis_le_jour" | "jusqu_au_jour";
  colonnes: string[];
  valeur: string | boolean;
  depot_id?: string | boolean;
}

/** Conditions of a page, from the filters it was asked for. */
function conditions(listing: Listing, filtres: Filtres, lue: Maniere): Condition[] {
  const une = (
    sorte: Condition["sorte"],
    columns: string | string[] | undefined,
    valeur: string | boolean | undefined,
  ): Condition[] => columns && estDit(valeur) ? [{ sorte, colonnes: [columns].flat(), valeur }] : [];
  const { du, au, depot_id } = filtres;
  const { jour, moment, duDepot, suivis } = listing;
  // A tank is in one depot, whose index would be read as far as the tank has not moved.
  const tete = lue === "dite" && duDepot
    ? suivis?.includes("citerne_id") && estDit(filtres.citerne_id) ? "citerne_id" : "depot_id"
    : undefined;
  return [
    ...une(tete === "depot_id" ? "tete" : "est", listing.depot, depot_id),
    ...une(tete === "citerne_id" ? "tete" : "est", listing.citerne, filtres.citerne_id),
    ...une("est", listing.produit, filtres.produit_id),
    ...Object.keys(listing.exacts ?? {}).flatMap((column) => une("est", column, filtres[column])),
    ...une("contient", listing.recherche, filtres.recherche),
    ...une("depuis", jour, du),
    ...une("jusqu_a", jour, au),
    ...[...une("depuis_le_jour", moment, du), ...une("jusqu_au_jour", moment, au)].map((un) => ({
      ...un,
      depot_id,
    })),
  ];
}

/** Whether a column is a moment; one that says what it is for (`meta`) is another object of the same definition. */
const estInstant = (forme: z.ZodType) =>
  (forme instanceof z.ZodNullable ? forme.unwrap() as z.ZodType : forme).def === Instant.def;

/** What a cursor is good for: this list, under these filters. */
export const portee = ({ de, cles }: Listing, filtres: Filtres): string =>
  JSON.stringify([de.relation, cles, Object.entries(filtres).filter(([, value]) => estDit(value)).sort()]);

interface Demandee {
  limit?: number;
  cursor?: string;
  format?: string;
}

/** What is asked of a list: its scope, how many rows at most, and its filters. */
function lirePage(
  listing: Listing,
  { limit: lignes, cursor: _cursor, format: _format, ...reste }: Demandee,
  csv: boolean,
) {
  const filtres: Filtres = reste;
  return { filtres, limit: lignes ?? (csv ? LIGNES_CSV : LIGNES), scope: portee(listing, filtres) };
}

/** Each column and then each key, with the values of all rows; of a page that is chosen, each row. */
type Lue = unknown[][] | null;

/** One page, by key and not by offset: a page costs the same wherever it lies. One row more says whether there is another. */
function lireLignes(listing: Listing, demandee: Demandee, csv: boolean): Appel<Lue> {
  const { filtres, limit, scope } = lirePage(listing, demandee, csv);
  if (!csv && limit > LIGNES_JSON) throw invalide("limit", CHAMP.valeur);
  const position = demandee.cursor === undefined ? undefined : readCursor(scope, demandee.cursor);
  if (demandee.cursor !== undefined && !position) throw invalide("cursor", CHAMP.curseur);
  const { de, cles, sens, passe, depot, duDepot } = listing;
  const vues = colonnes(de);
  const lue = maniere(listing, filtres, csv);
  const commun = {
    p_colonnes: vues.join(","),
    p_cles: cles.join(","),
    p_sens: sens,
    p_lignes: limit + 1,
    p_conditions: conditions(listing, filtres, lue) as unknown as Json,
    p_apres: position ?? null,
  };
  if (lue !== "choisie") {
    const cachees = cles.filter((cle) => !vues.includes(cle));
    const page = {
      ...commun,
      p_relation: de.relation as string,
      p_cachees: cachees.length ? cachees.join(",") : null,
    };
    if (lue === "trouvee") return fonction("private.page_trouvee", page) as Appel<Lue>;
    const dejaDit = estDit(filtres.depot_id) || estDit(filtres.citerne_id);
    const p_seul = duDepot && depot && !dejaDit ? [depot].flat()[0]! : null;
    return fonction("private.page_dite", { ...page, p_seul }) as Appel<Lue>;
  }
  const alors = passe !== undefined && estDit(filtres.au) ? filtres.au : null;
  // In a file, moments as the clock of its depot said them; of two depots, of the first.
  const heures = csv ? vues.filter((column) => estInstant(de.ligne.shape[column] as z.ZodType)) : [];
  return fonction("private.page_choisie", {
    ...commun,
    p_source: alors === null ? de.relation as string : passe!,
    p_heures: heures.length ? heures.join(",") : null,
    p_depot: [depot].flat()[0] ?? null,
    p_au: alors,
  }) as Appel<Lue>;
}

/** The rows of a page, each with its columns' names. */
function presenter(listing: Listing, demandee: Demandee, csv: boolean, lue: Lue) {
  const { filtres, limit, scope } = lirePage(listing, demandee, csv);
  const noms = colonnes(listing.de);
  const parColonne = maniere(listing, filtres, csv) !== "choisie";
  const nombre = (parColonne ? lue![0] : lue)?.length ?? 0;
  const valeur = (rang: number, i: number) => parColonne ? lue![i]![rang] : lue![rang]![i];
  const data = Array.from(
    { length: Math.min(nombre, limit) },
    (_, rang) => Object.fromEntries(noms.map((nom, i) => [nom, valeur(rang, i)])),
  );
  const position = () => listing.cles.map((_, i) => valeur(limit - 1, noms.length + i) as string);
  return { data, next_cursor: nombre > limit ? makeCursor(scope, position()) : null };
}

/** The pages of a relation, as JSON or CSV. */
export function liste<R extends Relation>(
  listing: Listing<R>,
  { chemin = "/", nom, resume, avant }: {
    chemin?: string;
    /** Of its file. */
    nom: string;
    resume: string;
    /** Asked first: may refuse. */
    avant?: Appel;
  },
): Acte {
  const lue = listing as unknown as Listing;
  return acte({
    methode: "GET",
    chemin,
    resume: `${resume}, as JSON or CSV`,
    query: recherche(lue),
    reponse: page(lue.de.ligne),
    statut: 200,
    lecture: true,
    liste: lue,
    csv: { nom, colonnes: colonnes(lue.de) },
    appel: ({ query, csv }) => {
      const lignes = lireLignes(lue, query, csv);
      return avant ? apres(avant, lignes) : lignes;
    },
    presenter: (lignes, { query, csv }) => presenter(lue, query, csv, lignes),
  });
}

/** The two readings every table of movements has: its pages, and one row by its id. */
export function lectures<R extends Relation>(
  listing: Listing<R>,
  dit: { nom: string; pages: string; une: string; quoi: string; versionne?: boolean },
): Acte[] {
  return [
    liste(listing, { nom: dit.nom, resume: dit.pages }),
    acte({
      methode: "GET",
      chemin: "/:id",
      resume: dit.une,
      params: ParId,
      reponse: listing.de.ligne,
      statut: 200,
      lecture: true,
      versionne: dit.versionne,
      appel: ({ params }) => ligne(listing.de, params.id, dit.quoi),
    }),
  ];
}
