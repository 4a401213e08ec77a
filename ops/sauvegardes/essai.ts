// CDR → réception → sortie in a database that already holds others': through every rule and policy, then undone.
import type { Sql } from "../stack/database.ts";
import { Echec } from "../stack/failure.ts";

const RECU = 10_000;
const LIVRE = 4_000;

class Annulation extends Error {}

/** A depot, a tank and people of the time of the trial, then the chain as their admin. Leaves nothing. */
export async function essayerChaine(sql: Sql): Promise<string> {
  const nom = `essai-${crypto.randomUUID()}`;
  try {
    await sql.begin(async (tx) => {
      const [{ admin, depot, citerne, produit, fournisseur, client }] = await tx<
        [Record<"admin" | "depot" | "citerne" | "produit" | "fournisseur" | "client", string>]
      >`
        with admin as (insert into auth.users (id, email) values (gen_random_uuid(), ${`${nom}@essai.invalid`}) returning id),
             depot as (insert into public.depots (nom) values (${nom}) returning id),
             produit as (insert into public.produits (nom, code) values (${nom}, ${nom}) returning id),
             fournisseur as (insert into public.fournisseurs (nom) values (${nom}) returning id),
             client as (insert into public.clients (nom) values (${nom}) returning id),
             citerne as (insert into public.citernes (depot_id, produit_id, nom, capacite_totale, capacite_securite)
                         select depot.id, produit.id, 'ESSAI', 50000, 0 from depot, produit returning id)
        select admin.id as admin, depot.id as depot, citerne.id as citerne, produit.id as produit,
               fournisseur.id as fournisseur, client.id as client
          from admin, depot, citerne, produit, fournisseur, client`;
      await tx`insert into public.profils (user_id, nom_complet, role) values (${admin}, 'Essai', 'admin')`;
      // The freeze is of the backup's day: its operator alone may write, so the trial is theirs.
      await tx`update public.app_settings set value = jsonb_set(value::jsonb, '{operateur}', to_jsonb(${admin}::text))::text
                where key = 'gel_ecritures'`;
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub: admin, role: "authenticated" })
      }, true)`;
      await tx`set local role authenticated`;

      const [cdr] = await tx`
        insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
        values (${fournisseur}, ${depot}, ${produit}, ${nom}, ${RECU}) returning id`;
      for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
        await tx`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
      }
      const mesures = {
        temperature_ambiante_c: 22,
        temperature_echantillon_c: 22,
        densite_observee_kgm3: 837,
      };
      await tx`insert into public.receptions ${
        tx({ cours_de_route_id: cdr!.id, citerne_id: citerne, volume_ambiant: RECU, ...mesures })
      }`;
      const [sortie] = await tx`insert into public.sorties_produit ${
        tx({ citerne_id: citerne, client_id: client, volume_ambiant: LIVRE, ...mesures })
      } returning id`;
      await tx`select public.validate_sortie(${sortie!.id})`;
      const [lu] = await tx`
        select (select statut from public.cours_de_route where id = ${cdr!.id}) as cdr,
               (select sum(stock_ambiant)::float8 from public.v_stock_actuel where citerne_id = ${citerne}) as stock,
               (select count(*)::int from public.verifier_stocks()) as ecarts`;
      if (lu!.cdr !== "DECHARGE" || lu!.stock !== RECU - LIVRE || lu!.ecarts !== 0) {
        throw new Echec(
          `Essai de la chaîne : ${RECU - LIVRE} L et CDR DECHARGE attendus, lu ${JSON.stringify(lu)}.`,
        );
      }
      throw new Annulation();
    });
  } catch (erreur) {
    if (!(erreur instanceof Annulation)) throw erreur;
  }
  return `CDR, réception de ${RECU} L, sortie de ${LIVRE} L : ${RECU - LIVRE} L partout, puis tout annulé`;
}
