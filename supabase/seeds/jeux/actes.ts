// What people of a depot do, each act by who does it.
import { amener, chaineParSql } from "../../../ops/commun/chaine.ts";
import { GASOIL } from "../../../ops/commun/referentiels.ts";
import { jour, type Lieu, moment, type Scene, type Valeur } from "./scene.ts";

const MESURES = { temperature_ambiante_c: 23, temperature_echantillon_c: 23, densite_observee_kgm3: 836.5 };

export interface Camion {
  fournisseur: string;
  lot: string;
  citerne: string;
  /** Litres as loaded, and as received. */
  charge: number;
  recu: number;
  date: string;
  plaque: string;
}

let bordereaux = 0;

/** A truck comes, is received and compared with its bill of lading: its row and that of the réception. */
export async function recevoir(s: Scene, lieu: Lieu, c: Camion): Promise<{ cdr: string; reception: string }> {
  await s.operateur(lieu);
  const recue = await amener(chaineParSql(s.tx), {
    fournisseur_id: c.fournisseur,
    fournisseur_lot_id: c.lot,
    depot_destination_id: lieu.depot,
    produit_id: GASOIL,
    plaque_camion: c.plaque,
    chauffeur_nom: "M. Banda",
    transporteur: "Transports du Copperbelt",
    depart_pays: "Zambie",
    date_chargement: c.date,
    volume: c.charge,
    note: s.marque,
  }, {
    citerne_id: c.citerne,
    volume_ambiant: c.recu,
    date_reception: c.date,
    ...MESURES,
    note: s.marque,
  });
  const cdr = recue.cours_de_route_id as string;
  await s.gerant(lieu);
  await s.tx`
    select public.enregistrer_chargement(${cdr}, jsonb_build_object('bl_numero', ${`BL-${++bordereaux}`}::text,
      'date_bl', ${c.date}::date, 'base', 'L15', 'quantite', r.volume_15c * ${c.charge}::numeric / ${c.recu}::numeric))
      from public.receptions r where r.id = ${recue.id}`;
  return { cdr, reception: recue.id };
}

/** Fuel of a partner comes, without a truck of ours. */
export async function deposer(
  s: Scene,
  lieu: Lieu,
  d: { citerne: string; partenaire: string; litres: number; date: string },
): Promise<string> {
  await s.operateur(lieu);
  return await s.inserer("receptions", {
    citerne_id: d.citerne,
    proprietaire_type: "PARTENAIRE",
    partenaire_id: d.partenaire,
    volume_ambiant: d.litres,
    date_reception: d.date,
    ...MESURES,
    note: s.marque,
  });
}

/** Sent by one depot's gérant, measured in by the other's: what is missing is said by the database. */
export async function transferer(
  s: Scene,
  de: Lieu,
  vers: Lieu,
  t: { source: string; destination: string; envoye: number; recu: number; date: string; arrivee: string },
): Promise<void> {
  const { temperature_ambiante_c: celsius, densite_observee_kgm3: densite } = MESURES;
  await s.gerant(de);
  const id = await s.un(s.tx`
    select public.expedier_transfert(${t.source}, ${vers.depot}, ${t.envoye}, ${celsius}, ${celsius}, ${densite},
             p_date_jour => ${t.date}, p_plaque_camion => '4321GH05', p_note => ${s.marque}) as dit`);
  await s.gerant(vers);
  await s.tx`
    select public.recevoir_transfert(${id}, ${t.destination}, ${t.recu}, ${celsius}, ${celsius}, ${densite},
             p_date_jour => ${t.arrivee}, p_note => ${s.marque})`;
}

export interface Depart {
  citerne: string;
  client?: string;
  partenaire?: string;
  litres: number;
  date: string;
  plaque?: string;
}

const sortieDe = (s: Scene, d: Depart): Record<string, Valeur> => ({
  citerne_id: d.citerne,
  client_id: d.client,
  partenaire_id: d.partenaire,
  proprietaire_type: d.partenaire ? "PARTENAIRE" : "MONALUXE",
  volume_ambiant: d.litres,
  date_sortie: moment(d.date),
  plaque_camion: d.plaque,
  ...MESURES,
  note: s.marque,
});

/** Fuel leaves: drafted by the operateur, validated by the gérant. */
export async function livrer(s: Scene, lieu: Lieu, depart: Depart): Promise<string> {
  await s.operateur(lieu);
  const { date_sortie, ...reste } = sortieDe(s, depart);
  const id = await s.inserer("sorties_produit", { ...reste, date_sortie: date_sortie ?? undefined });
  await s.gerant(lieu);
  await s.tx`select public.validate_sortie(${id})`;
  return id;
}

/** What the client has had of a sortie, signed for. */
export async function confirmerBon(s: Scene, lieu: Lieu, sortie: string, bon: Record<string, Valeur>) {
  await s.operateur(lieu);
  await s.tx`select public.confirmer_bl(public.etablir_bl(${sortie}, ${s.json(bon)}))`;
}

/** A sale at the counter, paid in notes. */
export async function vendreComptant(s: Scene, lieu: Lieu, depart: Depart, devise: "USD" | "CDF") {
  await s.gerant(lieu);
  const { proprietaire_type: _, partenaire_id: __, ...sortie } = sortieDe(s, depart);
  return await s.un<{ facture_id: string; encaissement_id: string }>(s.tx`
    select public.vendre_comptant(${
    s.json({ sortie, bon_livraison: { recu_par: "M. Kabeya" }, paiement: { mode: "CASH", devise } })
  }) as dit`);
}

/** A payment as the gérant records it. */
export async function encaisser(s: Scene, lieu: Lieu, client: string, e: Record<string, Valeur>) {
  await s.gerant(lieu);
  return await s.un(s.tx`
    select public.encaisser(${s.json({ depot_id: lieu.depot, client_id: client, ...e })}) as dit`);
}

/** The last day, so many ago at least, whose till in USD nobody has closed. */
export async function jourDeCaisse(s: Scene, lieu: Lieu, recul: number): Promise<string> {
  await s.gerant(lieu);
  const closes = await s.tx<{ jour: string }[]>`
    select c.jour::text from public.clotures_caisse c where c.depot_id = ${lieu.depot} and c.devise = 'USD'`;
  const libre = (date: string) => closes.every((close) => close.jour !== date);
  let dernier = recul;
  while (!libre(jour(dernier))) dernier++;
  return jour(dernier);
}

/** Closes a day's till; a gap wants its reason. */
export async function cloturerCaisse(s: Scene, lieu: Lieu, date: string, devise: string, ecart: number) {
  await s.gerant(lieu);
  await s.tx`
    select public.cloturer_caisse(${lieu.depot}, ${devise}, ${date},
             coalesce((select sum(e.montant) from public.encaissements e
                        where e.depot_id = ${lieu.depot} and e.jour_caisse = ${date} and e.devise = ${devise}
                          and e.mode = 'CASH' and e.statut = 'CONFIRME'), 0) + ${ecart}::numeric,
             ${ecart ? "Compté deux fois, l'écart est signé" : null})`;
}

/** Invoices what these clients have had and nothing sells yet, up to a day: what each owes for it. */
export async function facturer(s: Scene, lieu: Lieu, clients: string[], au: string) {
  await s.gerant(lieu);
  const lignes = await s.tx<
    { client_id: string; facture_id: string; total_ttc: string; phrase: string | null }[]
  >`
    select client_id, facture_id, total_ttc, phrase
      from public.facturer_lot(${lieu.depot}, ${au}, ${clients}::uuid[])`;
  const refusee = lignes.find(({ phrase }) => phrase);
  if (refusee) throw new Error(refusee.phrase!);
  return lignes.map(({ total_ttc, ...reste }) => ({ ...reste, total_ttc: Number(total_ttc) }));
}

export interface Achat {
  fournisseur: string;
  reference: string;
  date: string;
  litres: number;
  prix: number;
}

/** The guarantee, the proforma and its lot: what is bought, and at what price. */
export async function commander(s: Scene, a: Achat): Promise<{ proforma: string; lot: string }> {
  await s.directeur();
  const { fournisseur: fournisseur_id, reference } = a;
  const sblc = await s.un(s.tx`
    select public.ecrire_sblc(${
    s.json({
      fournisseur_id,
      banque: "Banque de démonstration",
      reference,
      montant: Math.ceil(a.litres * a.prix / 1000) * 1000,
      date_debut: a.date,
      date_fin: `${Number(a.date.slice(0, 4)) + 2}-12-31`,
    })
  }) as dit`);
  const proforma = await s.un(s.tx`
    select public.ecrire_proforma(${
    s.json({
      fournisseur_id,
      produit_id: GASOIL,
      reference,
      date_proforma: a.date,
      quantite: a.litres,
      prix_usd: a.prix,
      sblc_id: sblc,
    })
  }) as dit`);
  await s.tx`select public.activer_proforma(${proforma})`;
  const lot = await s.inserer("fournisseur_lot", {
    fournisseur_id,
    produit_id: GASOIL,
    reference,
    proforma_id: proforma,
    date_lot: a.date,
    note: s.marque,
  });
  return { proforma, lot };
}

/** Every gap of a lot's trucks that nobody has treated, but those in dispute, explained. */
export async function traiterEcarts(s: Scene, lieu: Lieu, lot: string): Promise<void> {
  await s.gerant(lieu);
  await s.tx`
    select public.traiter_ecart(e.id, 'PERTE_TRANSPORT', 'ACCEPTE_AVEC_NOTE', 'Relu avec le transporteur')
      from public.ecarts e
     where e.statut in ('OUVERT', 'EN_REVUE')
       and (e.reference_id = ${lot} or e.reference_id in (
         select c.id from public.cours_de_route c where c.fournisseur_lot_id = ${lot}
         union all select r.id from public.receptions r join public.cours_de_route c on c.id = r.cours_de_route_id
                    where c.fournisseur_lot_id = ${lot}))`;
}

/** The supplier's invoice of a closed lot, calculated: its id. */
export async function factureFournisseur(s: Scene, lieu: Lieu, lot: string, a: Achat & { facturee: string }) {
  await s.directeur();
  await s.tx`update public.fournisseur_lot set statut = 'cloture' where id = ${lot}`;
  await s.gerant(lieu);
  const quantite = await s.un<number>(s.tx`
    select round(sum(v.volume_20c))::float8 as dit from public.v_reception_20c v
      join public.cours_de_route c on c.id = v.cours_de_route_id where c.fournisseur_lot_id = ${lot}`);
  const id = await s.inserer("fournisseur_facture_lot_min", {
    fournisseur_lot_id: lot,
    invoice_no: a.reference,
    date_facture: a.facturee,
    quantite_facturee_20c: quantite,
    prix_unitaire_usd: a.prix,
  });
  await s.tx`select public.calculer_facture_fournisseur(${id})`;
  return id;
}

/** Validates a supplier's invoice and pays this share of it. */
export async function payerFournisseur(s: Scene, lieu: Lieu, facture: string, part: number): Promise<void> {
  await s.gerant(lieu);
  await s.tx`select public.valider_facture_fournisseur(${facture}, 'Écarts relus avec le fournisseur')`;
  await s.tx`
    insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd, reference_paiement)
    select f.id, round(f.montant_total_usd * ${part}::numeric, 2), 'VIR-' || right(f.id::text, 8)
      from public.fournisseur_facture_lot_min f where f.id = ${facture}`;
}
