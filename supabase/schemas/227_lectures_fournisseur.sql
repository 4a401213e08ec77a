-- Who reads what of suppliers' invoices and payments, and what is read beside them.

create function private.recu_de_facture(p_facture_id uuid)
returns table (nb_receptions int, total_volume_15c numeric, total_volume_20c numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot_id uuid;
begin
  -- A draft counts what has come so far.
  select f.fournisseur_lot_id into v_lot_id from public.fournisseur_facture_lot_min f where f.id = p_facture_id
    and f.statut =
    'DRAFT';
  if v_lot_id is not null then
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from private.receptions_a_facturer(v_lot_id, p_facture_id) r;
  else
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from public.factures_fournisseur_receptions r where r.facture_id = p_facture_id;
  end if;
end;
$$;
comment on function private.recu_de_facture(uuid) is
  'What an invoice counts: réceptions, litres at 15 and at 20 °C; of a draft, what its lot has brought so far.';
grant execute on function private.recu_de_facture(uuid) to authenticated, service_role;

alter table public.fournisseur_facture_lot_min enable row level security;
alter table public.factures_fournisseur_receptions enable row level security;
alter table public.fournisseur_paiement_lot_min enable row level security;
grant select on public.fournisseur_facture_lot_min, public.factures_fournisseur_receptions,
  public.fournisseur_paiement_lot_min to authenticated, service_role;
grant insert (fournisseur_lot_id, invoice_no, deal_reference, date_facture, date_echeance, quantite_facturee_20c,
              prix_unitaire_usd, base, quantite_base, prix_base_usd) on public.fournisseur_facture_lot_min to
                authenticated;
grant insert (fournisseur_facture_id, date_paiement, montant_paye_usd, mode_paiement, reference_paiement, note, statut)
  on public.fournisseur_paiement_lot_min to authenticated;
-- Whose depot no truck of the lot goes to sees nothing of it: cours_de_route shows each their own.
create policy facture_fournisseur_lecture on public.fournisseur_facture_lot_min for select to authenticated
  using ((select private.peut('lire_finance')) and ((select private.peut('voir_tous_depots'))
         or fournisseur_lot_id = any (array(select c.fournisseur_lot_id from public.cours_de_route c
                                             where c.fournisseur_lot_id is not null))));
create policy facture_fournisseur_creation on public.fournisseur_facture_lot_min for insert to authenticated
  with check ((select private.peut('ecrire_factures_fournisseur')));
create policy factures_fournisseur_receptions_lecture on public.factures_fournisseur_receptions for
  select to authenticated
  using (facture_id = any (array(select f.id from public.fournisseur_facture_lot_min f)));
create policy paiement_fournisseur_lecture on public.fournisseur_paiement_lot_min for select to authenticated
  using (fournisseur_facture_id = any (array(select f.id from public.fournisseur_facture_lot_min f)));
create policy paiement_fournisseur_creation on public.fournisseur_paiement_lot_min for insert to authenticated
  with check ((select private.peut('ecrire_factures_fournisseur')));

create view public.v_fournisseur_facture_lot with (security_invoker = true) as
  select f.id as facture_id, f.invoice_no, f.deal_reference, f.fournisseur_lot_id, r.nb_receptions, r.total_volume_15c,
         r.total_volume_20c, f.quantite_facturee_20c, r.total_volume_20c - f.quantite_facturee_20c as ecart_volume_20c,
         private.rapprochement(r.total_volume_20c, f.quantite_facturee_20c) as statut_rapprochement,
         f.prix_unitaire_usd,
         f.montant_total_usd, p.regle as montant_regle_usd, f.montant_total_usd - p.regle as solde_restant_usd,
         case when f.validated_at is null then 'EN_ATTENTE' when p.regle = 0 then 'IMPAYE'
              when p.regle < f.montant_total_usd then 'PARTIEL' else 'PAYE' end as statut_paiement,
         f.date_facture, f.date_echeance, f.created_at, f.fournisseur_id, f.statut, f.numero, f.base, f.quantite_base,
         f.prix_base_usd, f.justification, f.created_by, f.validated_by, f.validated_at
    from public.fournisseur_facture_lot_min f
   cross join lateral private.recu_de_facture(f.id) r
   cross join lateral (select private.regle_de_facture(f.id) as regle) p
   where f.type = 'FACTURE' and f.statut <> 'ANNULEE';
comment on view public.v_fournisseur_facture_lot is
  'Each live supplier''s invoice: what came against what is invoiced (litres at 20 °C), what is paid and what is left '
  '(USD).';

create view public.v_fournisseur_rapprochement_lot_min with (security_invoker = true) as
  select v.facture_id, v.invoice_no, v.deal_reference, v.fournisseur_lot_id, v.nb_receptions, v.total_volume_15c,
         v.total_volume_20c, v.quantite_facturee_20c, v.ecart_volume_20c, v.prix_unitaire_usd, v.montant_total_usd,
         v.statut_rapprochement
    from public.v_fournisseur_facture_lot v;
comment on view public.v_fournisseur_rapprochement_lot_min is 'What came against what is invoiced, invoice by invoice.';

create view public.v_compte_fournisseur with (security_invoker = true) as
  select f.id as fournisseur_id, f.nom, s.devise, s.debit, s.credit, s.solde as dette, s.ecritures, s.derniere_date
    from public.v_soldes_tiers s join public.fournisseurs f on f.id = s.fournisseur_id;
comment on view public.v_compte_fournisseur is 'What we owe each supplier, for who reads accounts.';
grant select on public.v_fournisseur_facture_lot, public.v_fournisseur_rapprochement_lot_min,
  public.v_compte_fournisseur
  to authenticated, service_role;

revoke execute on function public.calculer_facture_fournisseur(uuid), public.valider_facture_fournisseur(uuid, text),
  public.annuler_facture_fournisseur(uuid, text), public.contester_facture_fournisseur(uuid, boolean, text),
  public.confirmer_paiement(uuid), public.annuler_paiement(uuid, text),
  public.enregistrer_avoir_fournisseur(uuid, text, date, numeric, text) from public, anon;
grant execute on function public.calculer_facture_fournisseur(uuid), public.valider_facture_fournisseur(uuid, text),
  public.annuler_facture_fournisseur(uuid, text), public.contester_facture_fournisseur(uuid, boolean, text),
  public.confirmer_paiement(uuid), public.annuler_paiement(uuid, text),
  public.enregistrer_avoir_fournisseur(uuid, text, date, numeric, text) to authenticated;
