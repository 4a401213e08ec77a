// Row by row: what the source says, what is here, and the decision that explains each difference. Both sides are read anew;
// nothing here asks what the load meant to write, but to name a decision.
import type postgres from "postgres";
import { RENDU_STABLE } from "../../ops/exploitation/sauvegardes/chiffres.ts";
import { COMPARAISONS, texte } from "./fiches.ts";
import type { Ancienne, Ligne } from "./ancienne/lecture.ts";
import type { Traduite } from "./traduire.ts";

export interface Difference {
  table: string;
  ligne: string;
  champ: string;
  source: string;
  ici: string;
  /** Decision that explains it; undefined where none does. */
  decision?: string;
}

export interface MouvementCompare {
  table: string;
  id: string;
  jour: string;
  citerne: string;
  proprietaire: string;
  ambiant: { source: number | null; ici: number | null };
  a15: { source: number | null; ici: number | null };
  explication: string;
}

export interface Compare {
  differences: Difference[];
  mouvements: MouvementCompare[];
  /** Rows of the source found here, by table. */
  retrouvees: Record<string, number>;
}

/** Names the decision that explains a difference of a row. */
function explications({ examen, traduction }: Traduite) {
  const parLigne = new Map<string, { champs: string[]; dit: string }[]>();
  for (const { table, ligne, code, choix, champs } of examen.anomalies) {
    const cles = [`${table} ${ligne.split(" ")[0]}`];
    const renvoi = traduction.renvois.get(ligne);
    if (renvoi) cles.push(`${table} ${renvoi}`);
    for (const cle of cles) {
      if (!parLigne.has(cle)) parLigne.set(cle, []);
      parLigne.get(cle)!.push({ champs, dit: `${code} : ${choix}` });
    }
  }
  return (table: string, ligne: string, champ: string) =>
    parLigne.get(`${table} ${ligne}`)?.find(({ champs }) => champs.includes(champ) || champs.includes("*"))
      ?.dit;
}

/** Compares every table, in a transaction of each side. */
export async function comparer(
  tx: postgres.TransactionSql,
  ancienne: Ancienne,
  traduite: Traduite,
): Promise<Compare> {
  await tx.unsafe(RENDU_STABLE).simple();
  const expliquer = explications(traduite);
  const conservees = new Map(
    (await tx<{ cible: string; anomalie: string }[]>`
      select cible_id::text as cible, details ->> 'anomalie' as anomalie from public.log_actions
       where action = 'REPRISE_LIGNE_CONSERVEE' and cible_id is not null`)
      .map(({ cible, anomalie }) => [cible, anomalie]),
  );
  const ajouts = new Map(
    traduite.traduction.ajouts.map(({ table, id, pourquoi }) => [`${table} ${id}`, pourquoi]),
  );
  const differences: Difference[] = [];
  const retrouvees: Record<string, number> = {};
  const fiches = new Map<string, Map<string, Ligne>>();

  for (const [table, { source, ici }] of Object.entries(COMPARAISONS)) {
    const trouvees = new Map((await tx.unsafe<Ligne[]>(ici)).map((ligne) => [ligne.id as string, ligne]));
    fiches.set(table, trouvees);
    const dites = source(ancienne, traduite.traduction);
    const connues = new Set(dites.map(([id]) => id));
    retrouvees[table] = 0;
    for (const [id, champs] of dites) {
      const trouvee = trouvees.get(id);
      if (!trouvee) {
        const gardee = conservees.get(id);
        differences.push({
          table,
          ligne: id,
          champ: "la ligne",
          source: "présente",
          ici: gardee ? "au journal" : "absente",
          decision: gardee && `${gardee} : conservée`,
        });
        continue;
      }
      retrouvees[table]++;
      for (const [champ, valeur] of champs) {
        const lue = texte(trouvee[champ]);
        if (lue === valeur) continue;
        const decision = expliquer(table, id, champ);
        differences.push({ table, ligne: id, champ, source: valeur, ici: lue, decision });
      }
    }
    for (const id of trouvees.keys()) {
      if (connues.has(id)) continue;
      const decision = ajouts.get(`${table} ${id}`);
      differences.push({ table, ligne: id, champ: "la ligne", source: "absente", ici: "présente", decision });
    }
  }
  return { differences, retrouvees, mouvements: cote(ancienne, traduite, fiches, differences) };
}

/** Each movement of the source beside the one here. */
function cote(
  ancienne: Ancienne,
  { traduction }: Traduite,
  fiches: Map<string, Map<string, Ligne>>,
  differences: Difference[],
): MouvementCompare[] {
  const parLigne = Map.groupBy(differences, ({ table, ligne }) => `${table} ${ligne}`);
  const lire = (valeur: unknown) => valeur === undefined || valeur === "" ? null : Number(valeur);
  return (["receptions", "sorties"] as const).flatMap((nom) =>
    ancienne[nom].map((m) => {
      const table = nom === "sorties" ? "sorties_produit" : nom;
      const ici = fiches.get(table)!.get(m.id);
      const siennes = parLigne.get(`${table} ${m.id}`) ?? [];
      return {
        table,
        id: m.id,
        jour: m.jour ?? "",
        citerne: traduction.citernes.get(m.citerne_id)?.nom ?? m.citerne_id,
        proprietaire: m.proprietaire_type ?? "",
        ambiant: { source: m.volume_ambiant.ml, ici: lire(ici?.volume_ambiant) },
        a15: { source: m.volume_15c.ml ?? m.volume_corrige_15c.ml, ici: lire(ici?.volume_15c) },
        explication: siennes.map(({ champ, decision }) => `${champ} : ${decision ?? "INEXPLIQUÉ"}`).join(
          " ; ",
        ),
      };
    })
  );
}

export interface StockCompare {
  cle: string;
  citerne: string;
  produit: string;
  proprietaire: string;
  /** Millilitres, here as read in the new database. */
  source: { ambiant: number; a15: number };
  ici: { ambiant: number; a15: number };
  ecarts: { pourquoi: string; ambiant: number; a15: number }[];
  /** What no decision explains. */
  inexplique: { ambiant: number; a15: number };
}

/** A double's own noise. */
const BRUIT_ML = 0.5;
const net = (ml: number) => Math.abs(ml) < BRUIT_ML ? 0 : ml;

/** Stock by tank, product and owner: what the old application shows, and v_stock_actuel. */
export async function comparerStocks(
  tx: postgres.TransactionSql,
  { bilans }: Traduite,
): Promise<StockCompare[]> {
  const lus = await tx<
    { cle: string; citerne: string; produit: string; proprietaire: string; ambiant: number; a15: number }[]
  >`
    select concat_ws(' ', citerne_id, produit_id, proprietaire_type) as cle, citerne_nom as citerne, produit_nom as produit,
           proprietaire_type as proprietaire, (stock_ambiant * 1000)::float8 as ambiant, (stock_15c * 1000)::float8 as a15
      from public.v_stock_actuel`;
  const ici = new Map(lus.map((stock) => [stock.cle, stock]));
  const attendus = new Map(bilans.map((bilan) => [bilan.cle, bilan]));
  return [...new Set([...attendus.keys(), ...ici.keys()])].map((cle) => {
    const [bilan, stock] = [attendus.get(cle), ici.get(cle)];
    const source = bilan?.affiche ?? { ambiant: 0, a15: 0 };
    const ecarts = bilan?.ecarts ?? [];
    const reste = (mesure: "ambiant" | "a15") =>
      net(
        (stock?.[mesure] ?? 0) - source[mesure] - ecarts.reduce((somme, ecart) => somme + ecart[mesure], 0),
      );
    return {
      cle,
      citerne: bilan?.citerne ?? stock!.citerne,
      produit: stock?.produit ?? bilan!.produit,
      proprietaire: stock?.proprietaire ?? bilan!.proprietaire_type,
      source,
      ici: { ambiant: stock?.ambiant ?? 0, a15: stock?.a15 ?? 0 },
      ecarts,
      inexplique: { ambiant: reste("ambiant"), a15: reste("a15") },
    };
  }).sort((a, b) => `${a.citerne} ${a.proprietaire}`.localeCompare(`${b.citerne} ${b.proprietaire}`));
}
