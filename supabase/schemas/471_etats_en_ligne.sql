-- What a payment online does to the account, one step further each time: what came in, what went back, what is
-- disputed, what is not what was asked.

create type private.etat_en_ligne as (
  session_id text, paiement_id uuid, intention_id text, session text, paiement text, echec boolean, devise text,
  montant_minime numeric, paye_le timestamptz, retours jsonb, revenus jsonb, litige text
);
comment on type private.etat_en_ligne is
  'How a session stands at the provider now. session: open, complete, expired; paiement: paid, unpaid; echec: it was '
  'tried and will not be paid; retours: [{id, genre REMBOURSEMENT|LITIGE, devise, montant_minime}] that went back for '
  'good; revenus: names of those that were to and did not; litige: OUVERT, GAGNE, PERDU or null.';

-- The money -----------------------------------------------------------------------------------------------------------

create function private.encaisser_en_ligne(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
  returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client;
  v_enc public.encaissements;
  v_factures jsonb;
begin
  select * into strict v_facture from public.factures_client f where f.id = p_paiement.facture_id;
  v_enc.depot_id := v_facture.depot_id;
  v_enc.client_id := v_facture.client_id;
  v_enc.mode := 'STRIPE';
  v_enc.devise := p_paiement.devise;
  v_enc.montant := p_paiement.montant_minime / 100.0;
  v_enc.devise_compte := p_paiement.devise;
  v_enc.reference := p_etat.intention_id;
  v_enc.recu_le := least(p_etat.paye_le, now());
  perform private.retenir_periodes(v_enc.depot_id);
  -- Money is a fact: told of too late for its day, it is of this one.
  if private.jour_clos(v_enc.depot_id, private.jour_au_depot(v_enc.depot_id, v_enc.recu_le)) then
    v_enc.recu_le := now();
  end if;
  v_enc.created_by := p_paiement.created_by;
  v_enc := private.completer_encaissement(v_enc);
  v_factures := jsonb_build_array(jsonb_build_object('facture_id', v_facture.id));
  perform private.exiger_factures_du_client(v_enc, v_factures);
  -- Paid meanwhile, nothing of it is due: what it does not settle stays as an advance.
  return (private.ecrire_encaissement(v_enc, v_factures)).id;
end;
$$;
comment on function private.encaisser_en_ligne(public.paiements_en_ligne, private.etat_en_ligne) is
  'What was paid online becomes a payment with its receipt, against its invoice. Raises INTROUVABLE, DATE_FUTURE, '
  'ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, '
  'CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.liberer_paiement(p_paiement public.ecritures_tiers, p_montant numeric) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_manque numeric := p_montant - (p_paiement.credit - private.montant_lettre(p_paiement.id));
  v_lettrage private.lettrages;
begin
  for v_lettrage in
    select l.* from private.lettrages l
      join public.ecritures_tiers d on d.id = l.debit_id and d.type <> 'REMBOURSEMENT'
     where l.credit_id = p_paiement.id and l.annule_id is null
       and not exists (select from private.lettrages a where a.annule_id = l.id)
     order by d.ordre desc, l.id desc
  loop
    exit when v_manque <= 0;
    insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
    values (v_lettrage.debit_id, v_lettrage.credit_id, -v_lettrage.montant, v_lettrage.id, auth.uid());
    if v_lettrage.montant > v_manque then
      perform private.lettrer(v_lettrage.debit_id, v_lettrage.credit_id, v_lettrage.montant - v_manque);
    end if;
    v_manque := v_manque - v_lettrage.montant;
  end loop;
end;
$$;
comment on function private.liberer_paiement(public.ecritures_tiers, numeric) is
  'Takes back what a payment settles, the latest invoice first, until so much of it settles nothing: those are due '
  'again by as much. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

create function private.rendre_en_ligne(p_paiement public.paiements_en_ligne, p_retour jsonb, p_montant numeric)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements;
  v_paiement public.ecritures_tiers;
  v_remb public.remboursements;
begin
  select * into strict v_enc from public.encaissements e where e.id = p_paiement.encaissement_id for update;
  perform private.verrouiller_tiers('CLIENT', v_enc.client_id);
  select * into strict v_paiement from public.ecritures_tiers e
   where e.source_type = 'encaissements' and e.source_id = v_enc.id and e.type = 'PAIEMENT';
  perform private.liberer_par_avoirs(v_paiement.id);
  perform private.liberer_paiement(v_paiement, p_montant);
  v_remb.montant := p_montant;
  v_remb.mode := 'STRIPE';
  v_remb.reference := p_retour ->> 'id';
  v_remb.motif := case p_retour ->> 'genre' when 'LITIGE' then 'Litige perdu chez le prestataire'
    else 'Remboursé chez le prestataire' end;
  v_remb.jour_caisse := private.jour_au_depot(v_enc.depot_id, now());
  v_remb := private.ecrire_remboursement(v_enc, v_paiement.id, v_remb);
  perform private.journaliser('PAIEMENT_EN_LIGNE_REMBOURSE', 'paiements', 'WARNING', p_paiement.id, p_paiement.depot_id,
    jsonb_build_object('remboursement_id', v_remb.id, 'montant', p_montant, 'retour', p_retour));
end;
$$;
comment on function private.rendre_en_ligne(public.paiements_en_ligne, jsonb, numeric) is
  'What went back through the provider leaves the account, and its invoice is due again by as much. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 23xxx.';

-- One step further ----------------------------------------------------------------------------------------------------

create function private.constater_ecart(p_paiement public.paiements_en_ligne, p_ecart jsonb)
  returns public.paiements_en_ligne
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_paiement.ecart @> p_ecart then
    return p_paiement;
  end if;
  update public.paiements_en_ligne p
     set ecart = coalesce(p.ecart, '{}') || p_ecart,
         -- Over at the provider, and none of the money that was asked for.
         statut = case when private.rang_en_ligne(p.statut) < 3 then 'ECHOUE' else p.statut end
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_ECART', 'paiements', 'CRITICAL', p_paiement.id, p_paiement.depot_id,
    p_ecart);
  return p_paiement;
end;
$$;
comment on function private.constater_ecart(public.paiements_en_ligne, jsonb) is
  'What the provider says does not agree with the session: nothing is booked, somebody is told. Raises '
  'ECRITURE_INTERDITE, ECRITURES_GELEES.';

create function private.reussir_en_ligne(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
  returns public.paiements_en_ligne
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_encaissement_id uuid;
begin
  if p_paiement.encaissement_id is not null then
    return p_paiement;
  end if;
  if p_etat.intention_id is null or p_etat.paye_le is null
     or (p_etat.montant_minime, p_etat.devise) is distinct from (p_paiement.montant_minime::numeric, p_paiement.devise)
  then
    return private.constater_ecart(p_paiement, jsonb_build_object('paye', jsonb_build_object(
      'intention_id', p_etat.intention_id, 'montant_minime', p_etat.montant_minime, 'devise', p_etat.devise,
      'attendu_minime', p_paiement.montant_minime)));
  end if;
  v_encaissement_id := private.encaisser_en_ligne(p_paiement, p_etat);
  update public.paiements_en_ligne p
     set statut = 'REUSSI', intention_id = p_etat.intention_id, encaissement_id = v_encaissement_id
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_REUSSI', 'paiements', 'INFO', p_paiement.id, p_paiement.depot_id,
    to_jsonb(p_paiement) - 'url');
  return p_paiement;
end;
$$;
comment on function private.reussir_en_ligne(public.paiements_en_ligne, private.etat_en_ligne) is
  'A session was paid: once, and only what it asked for. Raises ECRITURE_INTERDITE, INTROUVABLE, DATE_FUTURE, '
  'ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, '
  'CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.suivre_retours(p_paiement public.paiements_en_ligne, p_etat private.etat_en_ligne)
  returns public.paiements_en_ligne
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_retour jsonb;
  v_part bigint;
begin
  for v_retour in
    select r from jsonb_array_elements(p_etat.retours) r
     where not exists (select from public.remboursements x where x.mode = 'STRIPE' and x.reference = r ->> 'id')
     order by r ->> 'id'
  loop
    v_part := case when v_retour ->> 'devise' = p_paiement.devise
      then least((v_retour ->> 'montant_minime')::numeric, p_paiement.montant_minime - p_paiement.rembourse_minime)
      else 0 end;
    if v_part is distinct from (v_retour ->> 'montant_minime')::numeric then
      p_paiement := private.constater_ecart(p_paiement, jsonb_build_object(v_retour ->> 'id', v_retour));
    end if;
    continue when v_part <= 0;
    perform private.rendre_en_ligne(p_paiement, v_retour, v_part / 100.0);
    update public.paiements_en_ligne p
       set rembourse_minime = p.rembourse_minime + v_part,
           statut = case when p.rembourse_minime + v_part = p.montant_minime then 'REMBOURSE' else p.statut end
     where p.id = p_paiement.id returning * into p_paiement;
  end loop;
  -- Booked as given back, and it came back to us: rare enough for a person.
  for v_retour in
    select r from jsonb_array_elements(p_etat.revenus) r
     where exists (select from public.remboursements x where x.mode = 'STRIPE' and x.reference = r #>> '{}')
  loop
    p_paiement := private.constater_ecart(p_paiement, jsonb_build_object(v_retour #>> '{}', 'REVENU'));
  end loop;
  return p_paiement;
end;
$$;
comment on function private.suivre_retours(public.paiements_en_ligne, private.etat_en_ligne) is
  'Each refund and lost dispute of a payment once, never more than it was. Raises ECRITURE_INTERDITE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.suivre_litige(p_paiement public.paiements_en_ligne, p_litige text)
  returns public.paiements_en_ligne
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_litige is null or p_litige = p_paiement.litige or (p_litige = 'OUVERT' and p_paiement.litige is not null) then
    return p_paiement;
  end if;
  update public.paiements_en_ligne p
     set litige = p_litige, statut = case p.statut when 'REUSSI' then 'LITIGE' else p.statut end
   where p.id = p_paiement.id returning * into p_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_LITIGE', 'paiements',
    case p_litige when 'GAGNE' then 'INFO' else 'WARNING' end, p_paiement.id, p_paiement.depot_id,
    jsonb_build_object('litige', p_litige));
  return p_paiement;
end;
$$;
comment on function private.suivre_litige(public.paiements_en_ligne, text) is
  'A dispute was opened, won or lost. Raises ECRITURE_INTERDITE, ECRITURES_GELEES.';

create function private.paiement_de(p_prestataire text, p_etat private.etat_en_ligne)
  returns public.paiements_en_ligne
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid;
  v_facture_id uuid;
  v_paiement public.paiements_en_ligne;
begin
  -- By its session; before that was written down, by our own name for it, which the provider keeps.
  select p.id, p.facture_id into v_id, v_facture_id from public.paiements_en_ligne p
   where p.prestataire = p_prestataire
     and (p.session_id = p_etat.session_id or (p.id = p_etat.paiement_id and p.session_id is null));
  if found then
    perform from public.factures_client f where f.id = v_facture_id for no key update;
    select * into strict v_paiement from public.paiements_en_ligne p where p.id = v_id for update;
    if v_paiement.session_id is null then
      update public.paiements_en_ligne p
         set session_id = p_etat.session_id, statut = case p.statut when 'CREE' then 'OUVERT' else p.statut end
       where p.id = v_id returning * into v_paiement;
    end if;
  end if;
  return v_paiement;
end;
$$;
comment on function private.paiement_de(text, private.etat_en_ligne) is
  'The session that the provider speaks of, locked after its invoice; null where it is none of ours. Raises '
  'ECRITURE_INTERDITE, ECRITURES_GELEES.';
