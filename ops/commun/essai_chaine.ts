// CDR → réception → sortie → vente, as an admin would, through every rule and policy; then undone to the last row.
import type postgres from "postgres";
import { amener, chaineParSql, livrer } from "./chaine.ts";
import { exigerAucunEcart } from "./controles.ts";
import { actAs } from "./database.ts";
import { Echec } from "./failure.ts";
import { jourAuDepot } from "./horloge.ts";
import { vendre, venteParSql } from "./vente.ts";

const RECU = 10_000;
const LIVRE = 4_000;
const COMPTANT = 1_000;
const RESTE = RECU - LIVRE - COMPTANT;
const MESURES = { temperature_ambiante_c: 22, temperature_echantillon_c: 22, densite_observee_kgm3: 837 };

/** An empty tank to try in, with its depot and product. */
export interface Lieu {
  depot: string;
  produit: string;
  citerne: string;
}

/** Somebody of the time of the trial, known to auth so that the rules know them. */
async function devenirAdmin(sql: postgres.ISql): Promise<void> {
  const id = crypto.randomUUID();
  await sql`insert into auth.users (id, aud, role, email)
            values (${id}, 'authenticated', 'authenticated', ${`essai-${id}@essai.invalid`})`;
  await sql`insert into public.profils (user_id, nom_complet, role) values (${id}, 'Essai', 'admin')`;
  // Where writes are frozen, as in a backup of that day, the freeze's operator alone may write: the trial is theirs.
  await sql`update public.app_settings set value = jsonb_set(value::jsonb, '{operateur}', to_jsonb(${id}::text))::text
             where key = 'gel_ecritures'`;
  await actAs(sql, id, "authenticated");
}

/** The stock of the tank where its readers read it; all three must say the same. */
async function exigerStock(sql: postgres.ISql, citerne: string, attendu: number): Promise<void> {
  const [lu] = await sql<{ snapshot: number; jour: number; vue: number }[]>`
    select (select sum(stock_ambiant)::float8 from public.stocks_snapshot where citerne_id = ${citerne}) as snapshot,
           (select stock_ambiant::float8 from public.stocks_journaliers where citerne_id = ${citerne}
             order by date_jour desc limit 1) as jour,
           (select sum(stock_ambiant)::float8 from public.v_stock_actuel where citerne_id = ${citerne}) as vue`;
  if (lu!.snapshot !== attendu || lu!.jour !== attendu || lu!.vue !== attendu) {
    throw new Echec(`Essai de la chaîne : ${attendu} L attendus, lu ${JSON.stringify(lu)}.`);
  }
}

async function parcourir(sql: postgres.ISql, { depot, produit, citerne }: Lieu, nom: string): Promise<void> {
  const [fournisseur] = await sql`insert into public.fournisseurs (nom) values (${nom}) returning id`;
  const [client] = await sql`insert into public.clients (nom) values (${nom}) returning id`;
  const chaine = chaineParSql(sql);
  const recue = await amener(
    chaine,
    {
      fournisseur_id: fournisseur!.id,
      depot_destination_id: depot,
      produit_id: produit,
      plaque_camion: nom,
      volume: RECU,
    },
    { citerne_id: citerne, volume_ambiant: RECU, ...MESURES },
  );
  const [decharge] = await sql`
    select statut from public.cours_de_route where id = ${recue.cours_de_route_id as string}`;
  if (decharge!.statut !== "DECHARGE") {
    throw new Echec(`Essai de la chaîne : CDR reçu, mais ${decharge!.statut}.`);
  }
  await exigerStock(sql, citerne, RECU);

  const sortie = await livrer(chaine, {
    citerne_id: citerne,
    client_id: client!.id,
    volume_ambiant: LIVRE,
    ...MESURES,
  });
  await exigerStock(sql, citerne, RECU - LIVRE);
  await vendre(venteParSql(sql), {
    depot,
    produit,
    client: client!.id,
    sortie,
    comptant: { citerne_id: citerne, volume_ambiant: COMPTANT, ...MESURES },
    jour: jourAuDepot(),
    marque: nom,
  });
  await exigerStock(sql, citerne, RESTE);
  await exigerAucunEcart(sql, "verifier_stocks");
}

/** Inside the caller's transaction; leaves nothing. `preparer` says where, or makes a place, as the project. */
export async function essayerChaine(
  sql: postgres.ISql,
  preparer: (sql: postgres.ISql, nom: string) => Promise<Lieu>,
): Promise<string> {
  const nom = `essai-${crypto.randomUUID()}`;
  await sql.unsafe("savepoint essai_chaine");
  const lieu = await preparer(sql, nom);
  await devenirAdmin(sql);
  await parcourir(sql, lieu, nom);
  // Takes back the role and the claims too: both were set after the savepoint.
  await sql.unsafe("rollback to savepoint essai_chaine");
  await sql.unsafe("release savepoint essai_chaine");
  return `${RECU} L reçus, ${LIVRE} L vendus à crédit et payés, ${COMPTANT} L au comptant, ${RESTE} L partout, ` +
    "puis tout annulé";
}
