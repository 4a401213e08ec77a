import { z } from "zod";
import { type Acte, acte } from "./acte.ts";
import { makeCursor, readCursor } from "./cursor.ts";
import { plannedEachTime } from "./connection.ts";
import type { Transaction } from "./database.ts";
import type { Listing } from "./listing.ts";
import { CHAMP } from "./messages.ts";
import { invalide } from "./problems.ts";
import { colonnes, lire, type Relation } from "./relations.ts";
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

type Fragment = ReturnType<Transaction>;

const separer = (tx: Transaction, fragments: Fragment[]) =>
  fragments.map((one, i) => tx`${i ? tx`, ` : tx``}${one}`);

/** Whether a filter was asked for; an address may name one and say nothing. */
const estDit = (value: string | boolean | undefined): value is string | boolean =>
  value !== undefined && value !== "";

/** Conditions of a page, from the filters it was asked for. */
function conditions(tx: Transaction, listing: Listing, filtres: Filtres): Fragment[] {
  const egal = (columns: string | string[] | undefined, value: string | boolean | undefined) =>
    columns && estDit(value)
      ? [tx`${[columns].flat().map((column, i) => tx`${i ? tx`or ` : tx``}${tx(column)} = ${value}`)}`]
      : [];
  const debut = (day: string, after: number) =>
    tx`private.debut_du_jour(${day}::date + ${after}::int, ${filtres.depot_id ?? null})`;
  const { du, au } = filtres;
  const { jour, moment } = listing;
  return [
    ...egal(listing.depot, filtres.depot_id),
    ...egal(listing.citerne, filtres.citerne_id),
    ...egal(listing.produit, filtres.produit_id),
    ...Object.keys(listing.exacts ?? {}).flatMap((column) => egal(column, filtres[column])),
    ...(filtres.recherche && listing.recherche
      ? [
        tx`position(private.cle_recherche(${filtres.recherche}) in private.cle_recherche(concat_ws(' | ', ${
          separer(tx, listing.recherche.map((column) => tx`${tx(column)}`))
        }))) > 0`,
      ]
      : []),
    ...(jour && du ? [tx`${tx(jour)} >= ${du}`] : []),
    ...(jour && au ? [tx`${tx(jour)} <= ${au}`] : []),
    ...(moment && du ? [tx`${tx(moment)} >= ${debut(du, 0)}`] : []),
    ...(moment && au ? [tx`${tx(moment)} < ${debut(au, 1)}`] : []),
  ].map((condition) => tx`and (${condition})`);
}

/** Whether a column is a moment; one that says what it is for (`meta`) is another object of the same definition. */
const estInstant = (forme: z.ZodType) =>
  (forme instanceof z.ZodNullable ? forme.unwrap() as z.ZodType : forme).def === Instant.def;

/** What a row shows; in a file, moments as the clock of its depot said them. */
function choisies(tx: Transaction, { de, depot }: Listing, csv: boolean): Fragment {
  // Of two depots, the clock of the first.
  const [dit] = [depot].flat();
  const heure = (column: string) =>
    tx`private.heure_au_depot(${dit ? tx`t.${tx(dit)}` : tx`null`}, t.${tx(column)}) as ${tx(column)}`;
  const une = (column: string) =>
    csv && estInstant(de.ligne.shape[column] as z.ZodType) ? heure(column) : tx`t.${tx(column)}`;
  return tx`${colonnes(de).map((column, i) => tx`${i ? tx`, ` : tx``}${une(column)}`)}`;
}

/** What a cursor is good for: this list, under these filters. */
export const portee = ({ de, cles }: Listing, filtres: Filtres): string =>
  JSON.stringify([de.relation, cles, Object.entries(filtres).filter(([, value]) => estDit(value)).sort()]);

/** One page, by key and not by offset: a page costs the same wherever it lies. */
async function lister(
  tx: Transaction,
  listing: Listing,
  demandee: { limit?: number; cursor?: string; format?: string },
  csv: boolean,
) {
  const { limit: lignes, cursor, format: _format, ...reste } = demandee;
  const filtres: Filtres = reste;
  const limit = lignes ?? (csv ? LIGNES_CSV : LIGNES);
  if (!csv && limit > LIGNES_JSON) throw invalide("limit", CHAMP.valeur);
  const { de, cles, sens, passe } = listing;
  const scope = portee(listing, filtres);
  const position = cursor === undefined ? undefined : readCursor(scope, cursor);
  if (cursor !== undefined && !position) throw invalide("cursor", CHAMP.curseur);
  const [ordre, apres] = sens === "asc" ? [tx`asc`, tx`>`] : [tx`desc`, tx`<`];
  const liste = (fragments: Fragment[]) => separer(tx, fragments);
  // Keys are compared and handed on as PostgreSQL writes them: a moment keeps its microseconds.
  const question = tx<{ ligne: Record<string, unknown>; position: string[] }[]>`
    select (select to_json(l) from (select ${choisies(tx, listing, csv)}) l) as ligne,
           json_build_array(${liste(cles.map((cle) => tx`t.${tx(cle)}::text`))}) as position
      from ${passe && filtres.au ? tx`${tx(passe)}(${filtres.au})` : tx`${tx(de.relation)}`} t
     where true ${[tx``, ...conditions(tx, listing, filtres)]}
       ${
    position
      ? tx`and row(${liste(cles.map((cle) => tx`t.${tx(cle)}`))}) ${apres}
               row(${liste(position.map((value) => tx`${value}`))})`
      : tx``
  }
     order by ${liste(cles.map((cle) => tx`t.${tx(cle)} ${ordre}`))}
     limit ${limit + 1}`;
  const rows = await plannedEachTime(question);
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return {
    data: data.map(({ ligne }) => ligne),
    next_cursor: rows.length > limit && last ? makeCursor(scope, last.position) : null,
  };
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
    avant?: (tx: Transaction) => Promise<unknown>;
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
    executer: async (tx, { query, csv }) => {
      await avant?.(tx);
      return await lister(tx, lue, query, csv);
    },
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
      executer: (tx, { params }) => lire(tx, listing.de, params.id, dit.quoi),
    }),
  ];
}
