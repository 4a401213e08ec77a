// What the smoke test carries from check to check, and the few questions every check asks.
import { type Person, type Portes, Refusal } from "../client.ts";
import type { Contexte } from "../cible/etape.ts";
import type { Role } from "../stack/demo_users.ts";
import { Echec } from "../stack/failure.ts";

export interface Citerne {
  id: string;
  nom: string;
  depot_id: string;
  produit_id: string;
  capacite_totale: number;
  capacite_securite: number;
}

/** Litres of a tank and owner. */
export interface Litres {
  stock_ambiant: number;
  stock_15c: number;
}

export interface ContexteSmoke extends Contexte {
  /** Marks in its note everything this run writes. */
  marque: string;
  portes?: Portes;
  gens?: Record<Role, Person>;
  citerne?: Citerne;
  /** Supplier and client the test movements are booked on: nobody's real ones. */
  tiers?: { fournisseur: string; client: string };
  /** Stock of the test tank before anything was written; undefined until then. */
  avant?: Litres;
  interrompu?: boolean;
  resultat?: ResultatSmoke;
}

export interface ResultatSmoke {
  env: string;
  marque: string;
  citerne?: string;
  ecritures: boolean;
  /** What stays in the target, on purpose: nothing validated is ever deleted. */
  laisse: string[];
}

export const MARQUE = "smoke:";
export const PROPRIETAIRE = "MONALUXE";

export const nouveauContexte = () =>
  ({ marque: `${MARQUE}${crypto.randomUUID()} contrôle automatique, compensé aussitôt` }) as ContexteSmoke;

export function exiger(vrai: unknown, sinon: string): asserts vrai {
  if (!vrai) throw new Echec(sinon);
}

/** The answer of REST, or what it said. */
export function donnees<T>(
  { data, error }: { data: T; error: { code?: string; message: string } | null },
  quoi: string,
): NonNullable<T> {
  if (error) throw new Echec(`${quoi} : ${error.code ?? ""} ${error.message}`);
  return data as NonNullable<T>;
}

/** A writing that may be sent twice: it says once. */
export const ecrire = <T>(contexte: ContexteSmoke, role: Role, adresse: string, corps: object = {}) => {
  exiger(!contexte.interrompu, "interrompu par l'opérateur");
  return contexte.gens![role].call<T>("POST", adresse, corps, { "idempotency-key": crypto.randomUUID() });
};

/** Demands that a door say no, with this code; returns the code. */
export async function refusAttendu(appel: Promise<unknown>, codes: string[], quoi: string): Promise<string> {
  let recu: string;
  try {
    await appel;
    recu = "accepté";
  } catch (erreur) {
    if (!(erreur instanceof Refusal)) throw erreur;
    recu = erreur.problem.code;
  }
  exiger(codes.includes(recu), `${quoi} : ${codes.join(" ou ")} attendu, ${recu} reçu`);
  return recu;
}

/** Current stock of the test tank, as the reader with the least rights sees it. */
export async function stockDeLaCiterne({ gens, citerne }: ContexteSmoke): Promise<Litres> {
  const lignes = donnees(
    await gens!.lecture.supabase.from("v_stock_actuel").select("proprietaire_type, stock_ambiant, stock_15c")
      .eq("citerne_id", citerne!.id).eq("proprietaire_type", PROPRIETAIRE),
    "v_stock_actuel",
  );
  const { stock_ambiant = 0, stock_15c = 0 } = lignes[0] ?? {};
  return { stock_ambiant: Number(stock_ambiant), stock_15c: Number(stock_15c) };
}

/** Its last day in the journal. */
export async function dernierJour({ gens, citerne }: ContexteSmoke) {
  const lignes = donnees(
    await gens!.lecture.supabase.from("stocks_journaliers").select("date_jour, stock_ambiant, stock_15c")
      .eq("citerne_id", citerne!.id).eq("proprietaire_type", PROPRIETAIRE)
      .order("date_jour", { ascending: false }).limit(1),
    "stocks_journaliers",
  );
  return lignes[0] as { date_jour: string; stock_ambiant: number; stock_15c: number } | undefined;
}

/** Demands exactly one log line of this action for this row. */
export async function exigerAuJournal({ gens }: ContexteSmoke, action: string, id: string): Promise<void> {
  const lignes = donnees(
    await gens!.directeur.supabase.from("log_actions").select("action").eq("cible_id", id).eq(
      "action",
      action,
    ),
    "log_actions",
  );
  exiger(
    lignes.length === 1,
    `log_actions : une ligne ${action} attendue pour ${id}, ${lignes.length} lue(s)`,
  );
}

/** Demands that tank and journal have moved by this much since, to the millilitre. */
export async function exigerMouvement(contexte: ContexteSmoke, depuis: Litres, delta: Litres, quoi: string) {
  const [apres, jour] = [await stockDeLaCiterne(contexte), await dernierJour(contexte)];
  const millilitres = (litres: number) => Math.round(litres * 1000);
  for (const mesure of ["stock_ambiant", "stock_15c"] as const) {
    const attendu = millilitres(depuis[mesure] + delta[mesure]);
    exiger(
      millilitres(apres[mesure]) === attendu,
      `${quoi} : ${mesure} devait passer de ${depuis[mesure]} à ${attendu / 1000} L, v_stock_actuel dit ` +
        `${apres[mesure]} L. Quelqu'un d'autre a-t-il écrit dans la citerne d'essai ?`,
    );
    exiger(
      millilitres(Number(jour?.[mesure] ?? 0)) === attendu,
      `${quoi} : stocks_journaliers ne suit pas (${mesure} ${jour?.[mesure] ?? "absent"} au lieu de ${
        attendu / 1000
      } L)`,
    );
  }
  return apres;
}
