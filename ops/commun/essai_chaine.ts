// CDR → réception → sortie, as an admin would, through every rule and policy; then undone to the last row.
import type postgres from "postgres";
import { Echec } from "./failure.ts";

const RECU = 10_000;
const LIVRE = 4_000;

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
  await sql`select set_config('request.jwt.claims', ${
    JSON.stringify({ sub: id, role: "authenticated", aal: "aal2" })
  }, true)`;
  await sql.unsafe("set local role authenticated");
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
  const [cdr] = await sql`
    insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
    values (${fournisseur!.id}, ${depot}, ${produit}, ${nom}, ${RECU}) returning id, statut`;
  if (cdr!.statut !== "CHARGEMENT") throw new Echec(`Essai de la chaîne : un CDR naît ${cdr!.statut}.`);
  for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
    await sql`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
  }
  await sql`insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c,
                                           temperature_echantillon_c, densite_observee_kgm3)
            values (${cdr!.id}, ${citerne}, ${RECU}, 22, 22, 837)`;
  const [decharge] = await sql`select statut from public.cours_de_route where id = ${cdr!.id}`;
  if (decharge!.statut !== "DECHARGE") {
    throw new Echec(`Essai de la chaîne : CDR reçu, mais ${decharge!.statut}.`);
  }
  await exigerStock(sql, citerne, RECU);

  const [sortie] = await sql`
    insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c,
                                        temperature_echantillon_c, densite_observee_kgm3)
    values (${citerne}, ${client!.id}, ${LIVRE}, 22, 22, 837) returning id`;
  await sql`select public.validate_sortie(${sortie!.id})`;
  await exigerStock(sql, citerne, RECU - LIVRE);
  const ecarts = await sql`select * from public.verifier_stocks()`;
  if (ecarts.length) {
    throw new Echec(`Essai de la chaîne : verifier_stocks() trouve ${JSON.stringify(ecarts[0])}.`);
  }
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
  return `${RECU} L reçus, ${LIVRE} L sortis, ${RECU - LIVRE} L partout, puis tout annulé`;
}
