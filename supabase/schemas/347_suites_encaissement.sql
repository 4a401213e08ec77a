-- What becomes of a payment: confirmed, cancelled, paid back.

create function private.encaissement_a_changer(p_acteur private.acteur, p_id uuid, variadic p_statuts text[])
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
begin
  perform private.exiger_read_committed();
  select * into v_enc from public.encaissements e
   where e.id = p_id and e.depot_id = any (p_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if exists (select from public.paiements_en_ligne p where p.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  if v_enc.statut <> all (p_statuts) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  return v_enc;
end;
$$;
comment on function private.encaissement_a_changer(private.acteur, uuid, text[]) is
  'A payment, locked, in one of these states, that a person may change. Raises INTROUVABLE, ENCAISSEMENT_EN_LIGNE, '
  'ENCAISSEMENT_ETAT, ISOLATION_INTERDITE.';

create function public.confirmer_encaissement(p_id uuid, p_factures jsonb default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('encaisser'), p_id, 'EN_ATTENTE');
  perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  perform private.exiger_factures_du_client(v_enc, p_factures);
  v_enc := private.confirmer(v_enc, p_factures);
  update public.encaissements e
     set (statut, confirme_par, numero_recu, lettre, client_fige, vendeur_fige)
         = (v_enc.statut, v_enc.confirme_par, v_enc.numero_recu, v_enc.lettre, v_enc.client_fige, v_enc.vendeur_fige)
   where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_CONFIRME', 'ventes', 'INFO', p_id, v_enc.depot_id,
    to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]);
end;
$$;
comment on function public.confirmer_encaissement(uuid, jsonb) is
  'What was waited for has come: it has its receipt and settles what is due. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, '
  'LETTRAGE_INCOMPATIBLE, ENCAISSEMENT_ETAT, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, PERIODE_CLOSE, and 22xxx.';

create function public.annuler_encaissement(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_jour date;
  v_factures uuid[];
begin
  perform private.exiger('annuler_encaissements');
  perform private.exiger_motif(p_motif, 10);
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_id, 'EN_ATTENTE', 'CONFIRME');
  if v_enc.mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
    -- The till of a closed day has had it: it is given back today, not taken out of that day.
    if v_enc.statut = 'CONFIRME' then
      perform private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
    end if;
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  if exists (select from public.remboursements r where r.encaissement_id = p_id) then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', 'REMBOURSE'));
  end if;
  v_factures := array(
    select distinct d.source_id from public.ecritures_tiers c
      join private.lettrages l on l.credit_id = c.id
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where c.source_type = 'encaissements' and c.source_id = p_id);
  v_jour := private.jour_au_depot(v_enc.depot_id, now());
  perform private.contrepasser(e.id, v_jour, format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type in ('encaissements', 'arrondis') and e.source_id = p_id and e.type in ('PAIEMENT', 'ARRONDI');
  -- What was credited of them meanwhile is not due again.
  perform private.lettrer_avoirs(f) from unnest(v_factures) f;
  update public.encaissements e
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where e.id = p_id;
  perform private.journaliser('ENCAISSEMENT_ANNULE', 'ventes', 'WARNING', p_id, v_enc.depot_id,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_enc) - '{client_fige,vendeur_fige}'::text[]));
end;
$$;
comment on function public.annuler_encaissement(uuid, text) is
  'A payment that was none: the account has its opposite, its invoices are due again, its receipt''s number stays '
  'used. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, '
  'MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, ECRITURE_CONTREPASSEE, '
  'ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE.';

create function private.ecrire_remboursement(p_encaissement public.encaissements, p_paiement_id uuid,
  p_remboursement public.remboursements) returns public.remboursements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_remb public.remboursements;
  v_ecriture_id uuid;
begin
  insert into public.remboursements (encaissement_id, depot_id, montant, mode, reference, motif, jour_caisse, par)
  values (p_encaissement.id, p_encaissement.depot_id, p_remboursement.montant, p_remboursement.mode,
    p_remboursement.reference, p_remboursement.motif, p_remboursement.jour_caisse, p_remboursement.par)
  returning * into v_remb;
  v_ecriture_id := private.ecriture_encaissement(p_encaissement, 'REMBOURSEMENT', 'remboursements', v_remb.id, 0,
    v_remb.montant, format('Remboursement du reçu %s', p_encaissement.numero_recu));
  perform private.lettrer(v_ecriture_id, p_paiement_id, v_remb.montant);
  perform private.journaliser('REMBOURSEMENT_ENREGISTRE', 'ventes', 'WARNING', v_remb.id, p_encaissement.depot_id,
    to_jsonb(v_remb));
  return v_remb;
end;
$$;
comment on function private.ecrire_remboursement(public.encaissements, uuid, public.remboursements) is
  'What is given back of a payment leaves its account, against the part that settles nothing. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

create function public.rembourser(
  p_encaissement_id uuid, p_montant numeric, p_mode text, p_reference text, p_motif text
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_paiement public.ecritures_tiers;
  v_reste numeric;
  v_remb public.remboursements;
begin
  v_enc := private.encaissement_a_changer(private.exiger('annuler_encaissements'), p_encaissement_id, 'CONFIRME');
  perform private.exiger_motif(p_motif, 10);
  v_remb.jour_caisse := private.jour_au_depot(v_enc.depot_id, now());
  if p_mode = 'CASH' then
    perform private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise_compte, v_remb.jour_caisse);
  end if;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  select * into strict v_paiement from public.ecritures_tiers e
   where e.source_type = 'encaissements' and e.source_id = p_encaissement_id and e.type = 'PAIEMENT';
  perform private.liberer_par_avoirs(v_paiement.id);
  v_reste := v_paiement.credit - private.montant_lettre(v_paiement.id);
  if not coalesce(p_montant > 0 and round(p_montant, 2) <= v_reste, false) then
    perform private.refuser('REMBOURSEMENT_EXCESSIF', jsonb_build_object('montant', p_montant, 'reste', v_reste));
  end if;
  if exists (select from public.remboursements r
              where lower(r.reference) = lower(private.reference_nette(p_reference))) then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_reference));
  end if;
  v_remb.montant := p_montant;
  v_remb.mode := p_mode;
  v_remb.reference := private.reference_nette(p_reference);
  v_remb.motif := private.texte_net(p_motif);
  v_remb.par := auth.uid();
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  return v_remb.id;
end;
$$;
comment on function public.rembourser(uuid, numeric, text, text, text) is
  'Gives back what of a payment settles nothing, in the currency of its account. Raises TEXTE_ILLISIBLE, '
  'DATE_IMPOSSIBLE, ROLE_FORBIDDEN, INTROUVABLE, ENCAISSEMENT_ETAT, ENCAISSEMENT_EN_LIGNE, MOTIF_REQUIS, '
  'CAISSE_CLOTUREE, REMBOURSEMENT_EXCESSIF, REFERENCE_DEJA_UTILISEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

revoke execute on function public.confirmer_encaissement(uuid, jsonb), public.annuler_encaissement(uuid, text),
  public.rembourser(uuid, numeric, text, text, text) from public, anon;
grant execute on function public.confirmer_encaissement(uuid, jsonb), public.annuler_encaissement(uuid, text),
  public.rembourser(uuid, numeric, text, text, text) to authenticated;
