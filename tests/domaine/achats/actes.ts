// What eight buyers do, each act drawn at random among what is there: contracts, trucks, invoices, payments.
import type postgres from "postgres";

export interface Scene {
  personne: string;
  depot: string;
  produit: string;
  fournisseurs: string[];
  citernes: string[];
}
export type Une = postgres.ReservedSql;
export type Hasard = () => number;

const auSort = <T>(hasard: Hasard, choix: readonly T[]) => choix[Math.floor(hasard() * choix.length)]!;

/** A row among those of the moment, or undefined: others may have changed it before the act comes to it. */
const tirer = async (tx: Une, requete: string): Promise<string | undefined> =>
  (await tx.unsafe(`${requete} order by random() limit 1`))[0]?.id;

const OUVERT = "select id from public.fournisseur_lot where statut = 'ouvert'";
const FACTURE = (statut: string) =>
  `select id from public.fournisseur_facture_lot_min where type = 'FACTURE' and statut = '${statut}'`;

type Acte = (tx: Une, scene: Scene, hasard: Hasard) => Promise<unknown>;

export const contracter: Acte = async (tx, s, hasard) => {
  const fournisseur = auSort(hasard, s.fournisseurs);
  const [{ id }] = await tx<[{ id: string }]>`
    select public.ecrire_proforma(jsonb_build_object('fournisseur_id', ${fournisseur}::uuid, 'produit_id', ${s.produit}::uuid,
      'reference', gen_random_uuid(), 'date_proforma', '2026-01-01', 'quantite', 40000, 'prix_usd', 0.7)) as id`;
  await tx`select public.activer_proforma(${id})`;
  await tx`insert into public.fournisseur_lot (fournisseur_id, produit_id, reference, proforma_id)
           values (${fournisseur}, ${s.produit}, gen_random_uuid(), ${id})`;
  await tx`select public.ecrire_sblc(jsonb_build_object('fournisseur_id', ${fournisseur}::uuid, 'banque', 'B',
             'reference', gen_random_uuid(), 'montant', 100000, 'date_debut', '2026-01-01', 'date_fin', '2030-01-01'))`;
};

/** A truck of an open lot, with its bill of lading, into one tank or two, some of it a partner's at times. */
const recevoir: Acte = async (tx, s, hasard) => {
  const lot = await tirer(tx, OUVERT);
  if (!lot) return;
  const [{ id }] = await tx<[{ id: string }]>`
    insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume, fournisseur_lot_id)
    select l.fournisseur_id, ${s.depot}, ${s.produit}, gen_random_uuid(), 10000, l.id
      from public.fournisseur_lot l where l.id = ${lot} returning id`;
  for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
    await tx`select public.changer_statut_cours_de_route(${id}, ${statut})`;
  }
  const litres = 9_900 + Math.floor(hasard() * 200);
  if (hasard() < 0.7) {
    await tx`select public.enregistrer_chargement(${id}, ${
      tx.json({
        bl_numero: "BL",
        date_bl: "2026-01-02",
        base: auSort(hasard, ["L15", "L20"]),
        quantite: 10_000,
      })
    })`;
  }
  const citernes = s.citernes.toSorted(() => hasard() - 0.5).slice(0, hasard() < 0.5 ? 1 : 2);
  await tx`
    insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
    select ${id}, c, ${litres / citernes.length}, 22 from unnest(${citernes}::uuid[]) c`;
};

const corriger: Acte = async (tx, _s, hasard) => {
  const reception = await tirer(tx, "select id from public.receptions");
  if (!reception) return;
  if (hasard() < 0.2) {
    await tx`select public.admin_compensate_reception(${reception}, 'compensation de la réception')`;
  } else {
    await tx`insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
             values ('RECEPTION', ${reception}, 0, ${
      auSort(hasard, [-60, -5, 5, 60])
    }, 'une mesure relue au dépôt')`;
  }
};

const clore: Acte = async (tx) => {
  const lot = await tirer(
    tx,
    `${OUVERT} and exists (select from public.cours_de_route c where c.fournisseur_lot_id = fournisseur_lot.id)`,
  );
  if (lot) await tx`update public.fournisseur_lot set statut = 'cloture' where id = ${lot}`;
};

const facturer: Acte = async (tx, _s, hasard) => {
  const lot = await tirer(tx, "select id from public.fournisseur_lot where statut <> 'facture'");
  if (!lot) return;
  const [{ id }] = await tx<[{ id: string }]>`
    insert into public.fournisseur_facture_lot_min (fournisseur_lot_id, invoice_no, date_facture, quantite_facturee_20c, prix_unitaire_usd)
    select ${lot}, gen_random_uuid(), '2026-02-01',
           greatest(1, coalesce((select round(sum(r.volume_20c)) from private.receptions_a_facturer(${lot}, null) r), 1)
             + ${auSort(hasard, [0, 0, 40, 500])}::int), ${auSort(hasard, [0.7, 0.71])}::float8 returning id`;
  await tx`select public.calculer_facture_fournisseur(${id})`;
};

const traiter: Acte = (tx) =>
  tx`
    select public.traiter_ecart(e.id, 'AUTRE', 'ACCEPTE_AVEC_NOTE', 'relu avec le gérant') from (
      select id from public.ecarts where statut <> 'TRAITE' order by id limit 20) e`;

const valider: Acte = async (tx) => {
  const id = await tirer(tx, FACTURE("CALCULEE"));
  if (!id) return;
  await tx`select public.valider_facture_fournisseur(${id}, 'relue avec le gérant')`;
};

const recalculer: Acte = async (tx, _s, hasard) => {
  const id = await tirer(tx, FACTURE("CALCULEE"));
  if (!id) return;
  if (hasard() < 0.8) await tx`select public.calculer_facture_fournisseur(${id})`;
  else await tx`select public.annuler_facture_fournisseur(${id}, 'saisie par erreur')`;
};

const payer: Acte = async (tx, _s, hasard) => {
  const id = await tirer(tx, FACTURE("VALIDEE"));
  if (!id) return;
  const montant = Math.round(hasard() * 800_000) / 100 + 0.01;
  if (hasard() < 0.3) {
    await tx`select public.enregistrer_avoir_fournisseur(${id}, gen_random_uuid()::text, '2026-03-01', ${
      montant / 10
    }::numeric, 'manquant reconnu')`;
  } else {
    await tx`insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd, statut)
             values (${id}, ${montant.toFixed(2)}, ${hasard() < 0.2 ? "EN_ATTENTE" : "CONFIRME"})`;
  }
};

const reprendre: Acte = async (tx, _s, hasard) => {
  const attend = hasard() < 0.5;
  const id = await tirer(
    tx,
    `select id from public.fournisseur_paiement_lot_min where statut = '${
      attend ? "EN_ATTENTE" : "CONFIRME"
    }'`,
  );
  if (!id) return;
  if (attend) await tx`select public.confirmer_paiement(${id})`;
  else await tx`select public.annuler_paiement(${id}, 'virement rejeté')`;
};

const terminer: Acte = async (tx) => {
  const id = await tirer(tx, "select id from public.proformas where statut = 'EN_EXECUTION'");
  if (id) await tx`select public.cloturer_proforma(${id}, 'contrat exécuté')`;
};

const ACTES: [part: number, Acte][] = [
  ...[[8, contracter], [26, recevoir], [8, corriger], [8, clore], [12, facturer], [10, traiter]] as [
    number,
    Acte,
  ][],
  ...[[10, valider], [4, recalculer], [10, payer], [3, reprendre], [1, terminer]] as [number, Acte][],
];
export function choisir(hasard: Hasard): Acte {
  let part = hasard() * ACTES.reduce((somme, [une]) => somme + une, 0);
  for (const [une, acte] of ACTES) if ((part -= une) < 0) return acte;
  return valider;
}
