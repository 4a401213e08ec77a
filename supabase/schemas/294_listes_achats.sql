-- Purchases as people list and search them.

create function private.cle_recherche(p_texte text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select regexp_replace(normalize(private.cle_nom(p_texte), NFKD), '[\u0300-\u036f]', '', 'g') $$;
comment on function private.cle_recherche(text) is
  'A text as people search it: as private.cle_nom, and without accents.';
grant execute on function private.cle_recherche(text) to authenticated, service_role;

create view public.v_paiements_fournisseur with (security_invoker = true) as
  select p.id, p.fournisseur_facture_id, f.invoice_no, f.fournisseur_id, f.fournisseur_lot_id, p.date_paiement,
         p.montant_paye_usd, p.mode_paiement, p.reference_paiement, p.note, p.statut, p.numero, p.motif_annulation,
         p.created_by, p.confirme_par, p.annule_par, p.created_at
    from public.fournisseur_paiement_lot_min p
    join public.fournisseur_facture_lot_min f on f.id = p.fournisseur_facture_id;
comment on view public.v_paiements_fournisseur is 'Payments to suppliers, with the invoice each pays (USD).';

create view public.v_avoirs_fournisseur with (security_invoker = true) as
  select a.id, a.facture_origine_id, f.invoice_no as facture_invoice_no, a.fournisseur_id, a.fournisseur_lot_id,
         a.invoice_no, a.numero, a.date_facture, a.montant_total_usd, a.justification, a.created_by, a.created_at
    from public.fournisseur_facture_lot_min a
    join public.fournisseur_facture_lot_min f on f.id = a.facture_origine_id;
comment on view public.v_avoirs_fournisseur is 'Credit notes of suppliers, with the invoice each takes from (USD).';
grant select on public.v_paiements_fournisseur, public.v_avoirs_fournisseur to authenticated, service_role;
