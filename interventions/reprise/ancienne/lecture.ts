// Reads the old rows. Litres become whole millilitres, which a number holds exactly, rounded by PostgreSQL; what the rounding
// took away is kept beside them, and the old text too.
import { FUSEAU } from "../../../ops/commun/constantes.ts";
import { ANCIENNE, colonnesConnues, CONSERVEES } from "./ancienne_base.ts";
import type { Instantane } from "./source.ts";

export type Ligne = Record<string, unknown>;

/** Litres of one column: whole millilitres (null: none), what rounding added, and the old text. */
export interface Mesure {
  ml: number | null;
  reste: number;
  texte: string | null;
}

export interface Mouvement {
  id: string;
  citerne_id: string;
  produit_id: string;
  proprietaire_type: string | null;
  partenaire_id: string | null;
  statut: string;
  volume_ambiant: Mesure;
  volume_15c: Mesure;
  volume_corrige_15c: Mesure;
  index_avant: Mesure;
  index_apres: Mesure;
  temperature_ambiante_c: number | null;
  densite_a_15: number | null;
  densite_a_15_kgm3: number | null;
  densite_a_15_g_cm3: number | null;
  densite_observee_kgm3: number | null;
  note: string | null;
  created_by: string | null;
  validated_by: string | null;
  created_at: string | null;
  /** Days at the depot: of the movement, and of its writing. */
  jour: string | null;
  jour_ecrit: string | null;
  ligne: Ligne;
}
export interface Reception extends Mouvement {
  cours_de_route_id: string | null;
  volume_observe: Mesure;
}
export interface Sortie extends Mouvement {
  client_id: string | null;
  date_sortie: string | null;
  plaque_camion: string | null;
  plaque_remorque: string | null;
  chauffeur_nom: string | null;
  transporteur: string | null;
}
export interface Ajustement {
  id: string;
  mouvement_type: string;
  mouvement_id: string;
  delta_ambiant: Mesure;
  delta_15c: Mesure;
  reason: string | null;
  created_by: string | null;
  created_at: string | null;
  jour_ecrit: string | null;
  citerne_id: string | null;
  produit_id: string | null;
  proprietaire_type: string | null;
  ligne: Ligne;
}
export interface Stock {
  citerne_id: string;
  produit_id: string;
  proprietaire_type: string;
  depot_id: string | null;
  stock_ambiant: Mesure;
  stock_15c: Mesure;
  jour: string | null;
}

/** Everything the takeover reads of the old database, at one moment. */
export interface Ancienne {
  depots: Ligne[];
  produits: Ligne[];
  citernes: Ligne[];
  clients: Ligne[];
  fournisseurs: Ligne[];
  partenaires: Ligne[];
  profils: Ligne[];
  fournisseur_lot: Ligne[];
  cours_de_route: Ligne[];
  prises_de_hauteur: Ligne[];
  log_actions: Ligne[];
  comptes: Ligne[];
  identites: Ligne[];
  receptions: Reception[];
  sorties: Sortie[];
  ajustements: Ajustement[];
  stocks: Stock[];
  jours: Stock[];
  /** Tables that have no home here, with what is proposed of them. */
  autres: { table: string; lignes: Ligne[]; conserver: boolean }[];
  /** Columns the takeover does not know, with the rows that say something in one. */
  inconnues: { table: string; colonne: string; lignes: { id: string; valeur: string }[] }[];
  aujourdhui: string;
}

/** Density at 15 °C: three columns of the old movements, one after the other in its history, may say it. */
export const densiteA15 = (m: Pick<Mouvement, "densite_a_15_kgm3" | "densite_a_15_g_cm3" | "densite_a_15">) =>
  m.densite_a_15_kgm3 ?? m.densite_a_15_g_cm3 ?? m.densite_a_15;

const LITRES = [
  "volume_ambiant",
  "volume_15c",
  "volume_corrige_15c",
  "volume_observe",
  "index_avant",
  "index_apres",
  "delta_ambiant",
  "delta_15c",
  "stock_ambiant",
  "stock_15c",
];

// A moment of a column without zone is the server's, as every moment is read here: UTC.
const jourDe = (colonne: string) => `(${colonne}::timestamptz at time zone '${FUSEAU}')::date::text`;

/** One column as it is read: names come from our own list of the old columns, never from the source. */
function colonne(nom: string, type: string, presente: boolean): string {
  const valeur = presente ? `t.${nom}` : `null::${type}`;
  if (LITRES.includes(nom)) {
    const ml = `${valeur}::numeric * 1000`;
    return `round(${ml})::float8 as ${nom}_ml, (round(${ml}) - ${ml})::float8 as ${nom}_reste, ${valeur}::text as ${nom}`;
  }
  const lue = type === "timestamptz" || type === "date" || type === "numeric"
    ? `${valeur}::${type}::text`
    : valeur;
  return `${lue} as ${nom}`;
}

async function lireTable(
  { tx, colonnes }: Instantane,
  table: string,
  plus = "",
  ordre = "created_at, id",
): Promise<Ligne[]> {
  const presentes = colonnes.get(table);
  if (!presentes) return [];
  const liste = Object.entries(colonnesConnues(table)).map(([nom, type]) =>
    colonne(nom, type, presentes.has(nom))
  );
  return [
    ...await tx.unsafe(`select ${liste.join(", ")}${plus} from public.${table} t order by ${ordre}`),
  ] as Ligne[];
}

/** No tank holds a million m³, no meter counts a billion: what is beyond, or no number, is no measure. */
const lisible = (nom: string, ml: unknown) =>
  typeof ml === "number" && Math.abs(ml) < (nom.startsWith("index_") ? 1e15 : 1e12) ? ml : null;

const mesure = (ml: number | null, reste: unknown, texte: unknown): Mesure => ({
  ml,
  reste: ml === null ? 0 : reste as number,
  texte: texte as string | null,
});

/** Turns the three columns of each measure into one. */
function mesures<T>(ligne: Ligne): T {
  const lue: Ligne = { ligne };
  for (const [nom, valeur] of Object.entries(ligne)) {
    if (nom.endsWith("_ml") || nom.endsWith("_reste")) continue;
    lue[nom] = LITRES.includes(nom)
      ? mesure(lisible(nom, ligne[`${nom}_ml`]), ligne[`${nom}_reste`], valeur)
      : valeur;
  }
  return lue as T;
}

const JSON_DES_COMPTES = ["raw_app_meta_data", "raw_user_meta_data", "identity_data"];

async function lireComptes({ tx, colonnes }: Instantane, table: string): Promise<Ligne[]> {
  if (!colonnes.has(`auth.${table}`)) return [];
  const lues = await tx.unsafe<{ ligne: Ligne }[]>(
    `select to_jsonb(t) as ligne from auth.${table} t order by t.id::text`,
  );
  return lues.map(({ ligne }) => {
    for (const nom of JSON_DES_COMPTES) {
      // Out of a dump, whose platform columns are read as text.
      if (typeof ligne[nom] === "string") ligne[nom] = JSON.parse(ligne[nom]);
    }
    return ligne;
  });
}

export async function lireAncienne(instantane: Instantane): Promise<Ancienne> {
  const { tx, colonnes, autres, inconnues: sansNom } = instantane;
  const simple = (table: keyof typeof ANCIENNE & string) => lireTable(instantane, table);
  const ecrit = `, ${jourDe("t.created_at")} as jour_ecrit`;
  const sansPlace = [];
  for (const table of [...CONSERVEES.filter((nom) => colonnes.has(nom)), ...autres]) {
    const lues = await tx<{ ligne: Ligne }[]>`
      select to_jsonb(t) as ligne from ${tx(`public.${table}`)} t order by to_jsonb(t)::text`;
    sansPlace.push({ table, lignes: lues.map(({ ligne }) => ligne), conserver: CONSERVEES.includes(table) });
  }
  const inconnues = [];
  for (const { table, colonne } of sansNom) {
    const lignes = await tx<{ id: string; valeur: string }[]>`
      select id::text, ${tx(colonne)}::text as valeur from ${tx(`public.${table}`)}
       where ${tx(colonne)} is not null order by id`;
    if (lignes.length) inconnues.push({ table, colonne, lignes: [...lignes] });
  }
  const [{ aujourdhui }] = await tx.unsafe<[{ aujourdhui: string }]>(
    `select ${jourDe("now()")} as aujourdhui`,
  );
  return {
    depots: await simple("depots"),
    produits: await simple("produits"),
    citernes: await simple("citernes"),
    clients: await simple("clients"),
    fournisseurs: await simple("fournisseurs"),
    partenaires: await simple("partenaires"),
    profils: await simple("profils"),
    fournisseur_lot: await simple("fournisseur_lot"),
    cours_de_route: await simple("cours_de_route"),
    prises_de_hauteur: await simple("prises_de_hauteur"),
    log_actions: await simple("log_actions"),
    comptes: await lireComptes(instantane, "users"),
    identites: await lireComptes(instantane, "identities"),
    receptions: (await lireTable(instantane, "receptions", `, t.date_reception::text as jour${ecrit}`))
      .map((ligne) => mesures<Reception>(ligne)),
    sorties: (await lireTable(instantane, "sorties_produit", `, ${jourDe("t.date_sortie")} as jour${ecrit}`))
      .map((ligne) => mesures<Sortie>(ligne)),
    ajustements: (await lireTable(instantane, "stocks_adjustments", ecrit)).map((ligne) =>
      mesures<Ajustement>(ligne)
    ),
    stocks: (await lireTable(
      instantane,
      "stocks_snapshot",
      `, ${jourDe("t.last_movement_at")} as jour`,
      "citerne_id, produit_id, proprietaire_type",
    )).map((ligne) => mesures<Stock>(ligne)),
    jours: (await lireTable(
      instantane,
      "stocks_journaliers",
      ", t.date_jour::text as jour",
      "citerne_id, produit_id, proprietaire_type, date_jour",
    )).map((ligne) => mesures<Stock>(ligne)),
    autres: sansPlace,
    inconnues,
    aujourdhui,
  };
}
