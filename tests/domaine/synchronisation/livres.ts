// The books of a depot, with nothing in them that two depots of one history would not share.
import { sql } from "../../support/monde.ts";
import type { Depot } from "./journees.ts";

/** All that a depot knows, with no name of its own in it. */
export async function etat(m: Depot) {
  const [{ dit }] = await sql<[{ dit: Record<string, unknown[]> }]>`
    with c as (select id, case depot_id when ${m.loin.depot} then 'au loin ' else '' end || nom as nom
                 from public.citernes where depot_id in (${m.depot}, ${m.loin.depot}))
    select jsonb_build_object(
      'stock', (select jsonb_agg(jsonb_build_array(c.nom, s.proprietaire_type, s.stock_ambiant, s.stock_15c)
                                 order by c.nom, s.proprietaire_type)
                  from public.stocks_snapshot s join c on c.id = s.citerne_id),
      'jours', (select jsonb_agg(jsonb_build_array(c.nom, s.proprietaire_type, s.date_jour, s.stock_ambiant, s.stock_15c)
                                 order by c.nom, s.proprietaire_type, s.date_jour)
                  from public.stocks_journaliers s join c on c.id = s.citerne_id),
      'comptes', (select jsonb_agg(jsonb_build_array(p.solde_15c)) from public.comptes_partenaires p
                   where p.depot_id = ${m.depot}),
      'sorties', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, s.proprietaire_type, s.date_jour, s.volume_ambiant, s.statut) as x
                      from public.sorties_produit s join c on c.id = s.citerne_id) y),
      'receptions', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, r.proprietaire_type, r.date_reception, r.volume_ambiant) as x
                      from public.receptions r join c on c.id = r.citerne_id) y),
      'transferts', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(t.date_jour, t.volume_ambiant) as x
                      from public.transferts t where t.depot_id = ${m.depot}) y),
      'envois', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(t.date_expedition, t.expedie_15c, t.statut, t.date_reception, t.recu_15c) as x
                      from public.v_transferts_depots t where t.depot_source_id = ${m.depot}) y),
      'corrections', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, a.mouvement_type, a.date_jour, a.delta_15c, a.compensation) as x
                      from public.stocks_adjustments a join c on c.id = a.citerne_id) y),
      'bons', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(b.date_livraison, b.volume_livre_ambiant, b.statut, b.recu_par) as x
                      from public.bons_livraison b where b.depot_id = ${m.depot}) y),
      'factures', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(f.statut, f.date_facture, f.total_ttc) as x
                      from public.factures_client f where f.depot_id = ${m.depot}) y),
      'encaissements', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(e.mode, e.statut, e.jour_caisse, e.montant) as x
                      from public.encaissements e where e.depot_id = ${m.depot}) y),
      'camions', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(k.plaque_camion, k.statut, k.date_chargement) as x
                      from public.cours_de_route k where k.depot_destination_id = ${m.depot}) y),
      'jauges', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, p.volume_mesure) as x
                      from public.prises_de_hauteur p join c on c.id = p.citerne_id) y)) as dit`;
  return dit;
}
