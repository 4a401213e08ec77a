-- Taking a payment: whose it is, what it settles, at which rate.

create function private.arrondi_tolere(p_devise text) returns numeric
language sql immutable
return case p_devise when 'USD' then 0.01 else 50 end;
comment on function private.arrondi_tolere(text) is
  'Rest of an invoice that nobody pays any more, a payment once made: 0,01 USD or 50 CDF.';

create function private.ecriture_encaissement(p_encaissement public.encaissements, p_type text, p_source_type text,
  p_source_id uuid, p_credit numeric, p_debit numeric, p_libelle text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_encaissement.client_id;
  v_ecriture.depot_id := p_encaissement.depot_id;
  v_ecriture.devise := p_encaissement.devise_compte;
  v_ecriture.date_valeur := case when p_type = 'PAIEMENT' then p_encaissement.jour_caisse
    else private.jour_au_depot(p_encaissement.depot_id, now()) end;
  v_ecriture.type := p_type;
  v_ecriture.credit := p_credit;
  v_ecriture.debit := p_debit;
  v_ecriture.reference := p_encaissement.numero_recu;
  v_ecriture.libelle := p_libelle;
  v_ecriture.source_type := p_source_type;
  v_ecriture.source_id := p_source_id;
  return private.ecrire_compte(v_ecriture);
end;
$$;
comment on function private.ecriture_encaissement(public.encaissements, text, text, uuid, numeric, numeric, text) is
  'What a payment writes in the account of its client. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.ecriture_paiement(p_encaissement public.encaissements) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.ecriture_encaissement(p_encaissement, 'PAIEMENT', 'encaissements', p_encaissement.id,
    p_encaissement.montant_compte, 0, 'Reçu ' || p_encaissement.numero_recu);
end;
$$;
comment on function private.ecriture_paiement(public.encaissements) is
  'A payment in the account of its client, under its receipt''s number; gives its id. Raises ISOLATION_INTERDITE, '
  'ECRITURES_GELEES.';

create function private.details_encaissement(p_encaissement public.encaissements) returns jsonb
language sql stable
return to_jsonb(p_encaissement) - '{client_fige,vendeur_fige}'::text[];
comment on function private.details_encaissement(public.encaissements) is
  'What the log keeps of a payment. Inlined where it is used.';

create type private.due as (ecriture_id uuid, facture_id uuid, numero text, du numeric, demande numeric);
comment on type private.due is
  'An invoice that a payment may settle: its entry, what is due of it, and what of the payment was said to be for it.';

create function private.ouvrir_dues(p_encaissement public.encaissements, p_factures jsonb) returns refcursor
language plpgsql
set search_path = pg_catalog, pg_temp
-- An index in its own order, whoever pays: made again for each, the plan cost more than what it reads.
set plan_cache_mode = force_generic_plan
as $$
declare
  v_dues refcursor;
begin
  if p_factures is null then
    -- One by one: a payment seldom settles more than the oldest of many.
    open v_dues for
      select r.ecriture_id, e.source_id as facture_id, e.reference as numero, r.debit as du, null::numeric as demande
        from private.restes_clients r join public.ecritures_tiers e on e.id = r.ecriture_id
       where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
       order by r.client_id, r.devise, r.echeance, r.ordre;
    return v_dues;
  end if;
  open v_dues for
    select r.ecriture_id, e.source_id as facture_id, e.reference as numero, r.debit as du, d.montant as demande
      from (select distinct on (x.facture_id) x.*
              from (select (j ->> 'facture_id')::uuid as facture_id, (j ->> 'montant')::numeric as montant, n
                      from jsonb_array_elements(p_factures) with ordinality a (j, n)) x
             order by x.facture_id, x.n) d
      join public.ecritures_tiers e on e.source_type = 'factures_client' and e.source_id = d.facture_id
      join private.restes_clients r on r.ecriture_id = e.id
     where r.client_id = p_encaissement.client_id and r.devise = p_encaissement.devise_compte and r.debit > 0
     order by d.n, r.echeance, r.ordre;
  return v_dues;
end;
$$;
comment on function private.ouvrir_dues(public.encaissements, jsonb) is
  'What a payment settles, in order, row by row (private.due): the invoices that were '
  'named, else all that is due, oldest first.';

create function private.dire_lettre(p_facture_id uuid, p_numero text, p_paye numeric, p_reste numeric) returns jsonb
language sql stable
return jsonb_build_object('facture_id', p_facture_id, 'numero', p_numero, 'paye', p_paye, 'reste', p_reste);
comment on function private.dire_lettre(uuid, text, numeric, numeric) is
  'What a receipt says of an invoice that it closes, wholly or in part. Inlined where it is used.';

create function private.affecter_encaissement(p_encaissement public.encaissements, p_factures jsonb) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture_id uuid;
  v_arrondi_id uuid;
  v_reste numeric := p_encaissement.montant_compte;
  v_dues refcursor;
  v_due private.due;
  v_arrondis jsonb := jsonb '[]';
  v_lettre jsonb := jsonb '[]';
  v_part numeric;
  v_fait text;
begin
  v_ecriture_id := private.ecriture_paiement(p_encaissement);
  v_dues := private.ouvrir_dues(p_encaissement, p_factures);
  loop
    fetch v_dues into v_due;
    exit when not found;
    v_part := least(v_reste, v_due.du, coalesce(v_due.demande, v_due.du));
    exit when v_part <= 0;
    v_fait := private.lettrer(v_due.ecriture_id, v_ecriture_id, v_part);
    v_reste := v_reste - v_part;
    if v_due.du - v_part between 0.01 and private.arrondi_tolere(p_encaissement.devise_compte) then
      v_arrondis := v_arrondis || jsonb_build_object('id', v_due.ecriture_id, 'montant', v_due.du - v_part);
      v_part := v_due.du;
    end if;
    v_lettre := v_lettre || private.dire_lettre(v_due.facture_id, v_due.numero, v_part, v_due.du - v_part);
  end loop;
  close v_dues;
  if v_arrondis <> '[]' then
    v_arrondi_id := private.ecriture_encaissement(p_encaissement, 'ARRONDI', 'arrondis', p_encaissement.id,
      (select sum((a ->> 'montant')::numeric) from jsonb_array_elements(v_arrondis) a), 0,
      format('Arrondi du reçu %s', p_encaissement.numero_recu));
    perform private.lettrer((a ->> 'id')::uuid, v_arrondi_id, (a ->> 'montant')::numeric)
       from jsonb_array_elements(v_arrondis) a;
  end if;
  return v_lettre;
end;
$$;
comment on function private.affecter_encaissement(public.encaissements, jsonb) is
  'A confirmed payment enters the account and settles what it was meant for, else what is due, oldest first; a rest of '
  'next to nothing is closed by one ARRONDI, what is too much stays as an advance. Gives what its receipt says. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.confirmer(p_encaissement public.encaissements, p_factures jsonb) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_pris text;
begin
  v_pris := private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  p_encaissement.statut := 'CONFIRME';
  p_encaissement.confirme_par := auth.uid();
  -- Who sells and is paid in one act is asked once.
  p_encaissement.vendeur_fige := coalesce(p_encaissement.vendeur_fige, private.vendeur(p_encaissement.depot_id));
  select jsonb_build_object('nom', c.nom, 'adresse', c.adresse, 'nif', c.nif) into p_encaissement.client_fige
    from public.clients c where c.id = p_encaissement.client_id;
  p_encaissement.numero_recu := private.prendre_numero(p_encaissement.depot_id, 'REC', null, p_encaissement.id);
  p_encaissement.lettre := private.affecter_encaissement(p_encaissement, p_factures);
  return p_encaissement;
end;
$$;
comment on function private.confirmer(public.encaissements, jsonb) is
  'The payment as confirmed, with its receipt''s number, and what it settled. Raises DEPOT_SANS_CODE, '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.en_devise(p_montant numeric, p_de text, p_vers text, p_taux_cdf numeric) returns numeric
language sql immutable
return round(case when p_de = p_vers then p_montant when p_vers = 'CDF' then p_montant * p_taux_cdf
                  else p_montant / p_taux_cdf end, 2);
comment on function private.en_devise(numeric, text, text, numeric) is
  'An amount in another currency at CDF for one USD, to the cent.';

create function private.completer_encaissement(p_encaissement public.encaissements) returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_enc public.encaissements := p_encaissement;
  v_ouverte text;
begin
  v_enc.id := private.nouvel_id();
  v_enc.devise := coalesce(v_enc.devise, 'USD');
  v_enc.devise_compte := coalesce(v_enc.devise_compte, (private.conditions_de(v_enc.client_id)).devise);
  v_enc.jour_caisse := coalesce(v_enc.jour_caisse,
    private.jour_au_depot(v_enc.depot_id, coalesce(v_enc.recu_le, now())));
  v_enc.statut := coalesce(v_enc.statut, 'CONFIRME');
  v_enc.created_at := clock_timestamp();
  v_enc.lettre := '[]';
  if v_enc.reference is not null then
    v_enc.reference := private.reference_nette(v_enc.reference);
  end if;
  -- Before anything is made of it: its entry in the account would be refused by names that nobody typed.
  if v_enc.montant <= 0 or v_enc.montant >= 1e13 then
    perform private.refuser_ligne('encaissements', 'montant');
  end if;
  if v_enc.recu_le is null then
    v_enc.recu_le := now();
  elsif v_enc.jour_caisse > private.jour_au_depot(v_enc.depot_id, now()) then
    perform private.refuser('DATE_FUTURE',
      jsonb_build_object('aujourdhui', private.jour_au_depot(v_enc.depot_id, now())));
  end if;
  if v_enc.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  if v_enc.mode <> 'CASH' and coalesce(v_enc.reference, '') = '' then
    perform private.refuser('REFERENCE_REQUISE', jsonb_build_object('mode', v_enc.mode));
  end if;
  if v_enc.mode = 'MOBILE_MONEY' and v_enc.operateur_mobile is null then
    perform private.refuser('OPERATEUR_REQUIS');
  end if;
  if v_enc.mode = 'CASH' then
    v_ouverte := private.exiger_caisse_ouverte(v_enc.depot_id, v_enc.devise, v_enc.jour_caisse);
  end if;
  v_enc.taux_cdf := case when v_enc.devise = v_enc.devise_compte then 1
    else private.taux_du_jour('USD', v_enc.jour_caisse) end;
  v_enc.montant_compte := private.en_devise(v_enc.montant, v_enc.devise, v_enc.devise_compte, v_enc.taux_cdf);
  return v_enc;
end;
$$;
comment on function private.completer_encaissement(public.encaissements) is
  'A payment, checked and completed, not yet written, whoever says it; its client is the caller''s to ask. Raises '
  'DATE_FUTURE, '
  'ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, TAUX_ABSENT, and 23514.';

create function private.nouvel_encaissement(p_acteur private.acteur, p_encaissement jsonb)
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_champs constant text[] := array['depot_id', 'client_id', 'mode', 'operateur_mobile', 'devise', 'montant',
    'montant_remis', 'devise_compte', 'reference', 'recu_le', 'statut'];
  v_enc public.encaissements;
  v_admis text;
begin
  v_enc := jsonb_populate_record(v_enc, private.seulement(p_encaissement, c_champs));
  v_admis := private.depot_d_acteur(p_acteur, v_enc.depot_id);
  -- What the provider received is said by its events, and by nobody else.
  if v_enc.mode = 'STRIPE' then
    perform private.refuser('ENCAISSEMENT_EN_LIGNE');
  end if;
  if not exists (select from public.clients c where c.id = v_enc.client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  v_enc.created_by := p_acteur.user_id;
  v_enc := private.completer_encaissement(v_enc);
  v_admis := private.exiger_jour_ouvert(v_enc.depot_id, v_enc.jour_caisse);
  return v_enc;
end;
$$;
comment on function private.nouvel_encaissement(private.acteur, jsonb) is
  'A payment that a person says who may, checked and completed, not yet written. Raises INTROUVABLE, '
  'ENCAISSEMENT_EN_LIGNE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, CAISSE_CLOTUREE, '
  'PERIODE_CLOSE, TAUX_ABSENT, and 22xxx.';

create function private.exiger_factures_du_client(p_encaissement public.encaissements, p_factures jsonb) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_introuvable boolean;
  v_autre_devise boolean;
begin
  if p_factures is null then
    return;
  end if;
  perform private.exiger_lignes(p_factures);
  select bool_or(f.id is null), bool_or(f.devise <> p_encaissement.devise_compte)
    into v_introuvable, v_autre_devise
    from jsonb_array_elements(p_factures) j
    left join public.factures_client f on f.id = (j ->> 'facture_id')::uuid
      and f.client_id = p_encaissement.client_id and f.statut = 'EMISE' and f.type = 'FACTURE';
  if v_introuvable then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces factures'));
  end if;
  if v_autre_devise then
    perform private.refuser('DEVISE_DIFFERENTE', jsonb_build_object('devise', p_encaissement.devise_compte));
  end if;
end;
$$;
comment on function private.exiger_factures_du_client(public.encaissements, jsonb) is
  'The invoices that a payment names are its client''s, issued, and of the account''s currency. Raises INTROUVABLE, '
  'DEVISE_DIFFERENTE, and 22xxx.';

create function private.exiger_reference_neuve(p_encaissement public.encaissements) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- Whoever writes the same reference, for another client, has committed or waits.
  perform pg_advisory_xact_lock(hashtextextended('reference:' || lower(btrim(p_encaissement.reference)), 0));
  if exists (
    select from public.encaissements e
     where e.mode = p_encaissement.mode and e.operateur_mobile is not distinct from p_encaissement.operateur_mobile
       and lower(btrim(e.reference)) = lower(btrim(p_encaissement.reference)) and e.statut <> 'ANNULE') then
    perform private.refuser('REFERENCE_DEJA_UTILISEE', jsonb_build_object('reference', p_encaissement.reference));
  end if;
end;
$$;
comment on function private.exiger_reference_neuve(public.encaissements) is
  'No payment of the same mode and operator has this reference, and none will until this ends. After the account. '
  'Raises REFERENCE_DEJA_UTILISEE.';

create function private.ecrire_encaissement(p_encaissement public.encaissements, p_factures jsonb)
  returns public.encaissements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_actions text[] := array['ENCAISSEMENT_ENREGISTRE'];
  v_fait text;
begin
  v_fait := private.verrouiller_tiers('CLIENT', p_encaissement.client_id);
  if p_encaissement.reference is not null then
    v_fait := private.exiger_reference_neuve(p_encaissement);
  end if;
  if p_encaissement.statut = 'CONFIRME' then
    p_encaissement := private.confirmer(p_encaissement, p_factures);
    v_actions := v_actions || '{ENCAISSEMENT_CONFIRME}'::text[];
  end if;
  insert into public.encaissements select p_encaissement.*;
  v_fait := private.journaliser(v_actions, 'ventes', 'INFO', p_encaissement.id, p_encaissement.depot_id,
    private.details_encaissement(p_encaissement));
  return p_encaissement;
end;
$$;
comment on function private.ecrire_encaissement(public.encaissements, jsonb) is
  'Writes a payment of invoices that are its client''s, and where it is confirmed does what that means. Raises '
  'REFERENCE_DEJA_UTILISEE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function public.encaisser(p_encaissement jsonb) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  v_factures constant jsonb := nullif(p_encaissement -> 'factures', 'null');
  v_enc public.encaissements;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  v_enc := private.nouvel_encaissement(v_acteur, p_encaissement);
  v_fait := private.exiger_factures_du_client(v_enc, v_factures);
  return (private.ecrire_encaissement(v_enc, v_factures)).id;
end;
$$;
comment on function public.encaisser(jsonb) is
  'Records a payment: depot_id, client_id, mode, operateur_mobile, devise, montant, montant_remis, devise_compte, '
  'reference, recu_le, statut (CONFIRME, or EN_ATTENTE of the bank), factures [{facture_id, montant}]. Raises '
  'TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, '
  'ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, '
  'LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, TAUX_ABSENT, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, '
  'REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, ENCAISSEMENT_EN_LIGNE, CAISSE_CLOTUREE, PERIODE_CLOSE, and 22xxx, '
  '23xxx.';

revoke execute on function public.encaisser(jsonb) from public, anon;
grant execute on function public.encaisser(jsonb) to authenticated;
