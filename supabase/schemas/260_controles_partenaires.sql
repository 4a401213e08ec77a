-- What the partners' accounts say of themselves: each minute who is overdrawn, at night whether they are right; and
-- fuel that stays on its way between two depots.

create function private.controles_partenaires() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'PARTENAIRE_SOLDE_NEGATIF', 'COMPTE_PARTENAIRE', c.id,
           format('Le compte de %s est à découvert : %s L à 15 °C.', coalesce(p.nom, 'personne'), c.solde_15c),
           jsonb_build_object('compte_id', c.id, 'partenaire_id', c.partenaire_id, 'produit_id', c.produit_id,
             'solde_15c', c.solde_15c), c.depot_id
      from public.comptes_partenaires c left join public.partenaires p on p.id = c.partenaire_id
     where c.solde_15c < 0;
  return query
    select 'PRET_ECHU', 'PRET', p.id,
           format('Le prêt %s (%s) devait être rendu le %s : il reste %s L à 15 °C.', p.numero, p.partenaire_nom,
             p.echeance, abs(p.solde_15c)),
           jsonb_build_object('pret_id', p.id, 'numero', p.numero, 'partenaire_id', p.partenaire_id, 'sens', p.sens,
             'solde_15c', p.solde_15c, 'echeance', p.echeance), p.depot_id
      from public.v_prets p
     -- No depot is a day behind this date: the index then holds all that is read.
     where p.statut = 'OUVERT' and p.echeance <= current_date + 1 and p.en_retard;
end;
$$;
comment on function private.controles_partenaires() is
  'Partners who have taken more than was theirs, and loans that are still owed after their day (litres at 15 °C).';

create function private.controles_transferts_depots() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_jours constant int := private.seuil('TRANSFERT_DEPOT_LONG');
begin
  return query
    select 'TRANSFERT_DEPOT_LONG', d.type, t.transfert_id,
           format('Le transfert %s (%s L à 15 °C vers %s) est parti le %s et n''est ni reçu, ni déclaré perdu.',
             t.numero,
             t.stock_15c, t.depot_destination_nom, t.date_expedition),
           jsonb_build_object('transfert_id', t.transfert_id, 'numero', t.numero, 'plaque_camion', t.plaque_camion,
             'stock_ambiant', t.stock_ambiant, 'stock_15c', t.stock_15c, 'date_expedition', t.date_expedition),
           d.depot_id
      from public.v_stock_en_transit t
     cross join lateral (values ('TRANSFERT_EXPEDIE', t.depot_source_id), ('TRANSFERT_ATTENDU', t.depot_destination_id))
           d (type, depot_id)
     where t.date_expedition < private.jour_au_depot(t.depot_source_id, now()) - c_jours;
end;
$$;
comment on function private.controles_transferts_depots() is
  'Fuel between two depots for longer than it should be (litres at 15 °C): told to both.';

create function private.controles_comptes_partenaires() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'PARTENAIRE_COMPTE_INCOHERENT', 'COMPTE_PARTENAIRE',
           md5(concat_ws('/', v.depot_id, v.produit_id, v.partenaire_id))::uuid,
           format('Le compte d''un partenaire ne concorde pas avec ses mouvements (%s).',
             string_agg(distinct v.probleme, ', ')),
           jsonb_build_object('depot_id', v.depot_id, 'produit_id', v.produit_id, 'partenaire_id', v.partenaire_id,
             'lignes', jsonb_agg(to_jsonb(v))), v.depot_id
      from public.verifier_comptes_partenaires() v
     group by v.depot_id, v.produit_id, v.partenaire_id;
end;
$$;
comment on function private.controles_comptes_partenaires() is
  'Accounts of partners that are not the sum of their movements, or not the partners'' stock: all history is read.';
