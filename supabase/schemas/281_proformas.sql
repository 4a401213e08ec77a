-- A proforma: written, made active, cancelled; and what a lot and its trucks ask of it.

create function private.proforma_a_changer(p_id uuid, variadic p_statuts text[]) returns public.proformas
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
begin
  perform private.exiger_read_committed();
  select * into v_proforma from public.proformas p
   where p.id = p_id and (private.peut('voir_tous_depots') or p.id = any (private.proformas_vues())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette proforma'));
  end if;
  if v_proforma.statut <> all (p_statuts) then
    perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', v_proforma.statut));
  end if;
  return v_proforma;
end;
$$;
comment on function private.proforma_a_changer(uuid, text[]) is
  'The proforma, locked, in one of these states, of somebody who sees it. Raises INTROUVABLE, PROFORMA_ETAT, '
  'ISOLATION_INTERDITE.';

create function public.ecrire_proforma(p_proforma jsonb, p_id uuid default null) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_champs constant text[] := array['fournisseur_id', 'produit_id', 'reference', 'date_proforma', 'date_validite',
    'incoterm', 'base', 'quantite', 'prix_usd', 'franchise_pour_mille', 'jours_franchise', 'surestaries_usd_jour',
    'sblc_id', 'note'];
  v_avant public.proformas;
  v_p public.proformas;
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_read_committed();
  if p_id is not null then
    v_avant := private.proforma_a_changer(p_id, 'DRAFT');
  end if;
  v_p := jsonb_populate_record(v_avant, private.seulement(p_proforma, c_champs));
  perform private.exiger_actifs(p_produit_id => v_p.produit_id, p_fournisseur_id => v_p.fournisseur_id);
  perform private.date_de_document(v_p.date_proforma);
  if v_p.sblc_id is not null and not exists (select from public.sblc s
       where s.id = v_p.sblc_id and s.fournisseur_id = v_p.fournisseur_id and s.statut <> 'ANNULEE') then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette SBLC de ce fournisseur'));
  end if;
  if exists (select from public.proformas p
              where p.fournisseur_id = v_p.fournisseur_id and p.statut <> 'ANNULEE' and p.id is distinct from p_id
                and lower(btrim(p.reference)) = lower(btrim(v_p.reference))) then
    perform private.refuser('PROFORMA_EXISTANTE', jsonb_build_object('reference', v_p.reference));
  end if;
  if p_id is null then
    insert into public.proformas (fournisseur_id, produit_id, reference, date_proforma, base, quantite, prix_usd,
      jours_franchise, surestaries_usd_jour, created_by)
    values (v_p.fournisseur_id, v_p.produit_id, btrim(v_p.reference), v_p.date_proforma, coalesce(v_p.base, 'L20'),
      v_p.quantite, v_p.prix_usd, coalesce(v_p.jours_franchise, 2), coalesce(v_p.surestaries_usd_jour, 0), auth.uid())
    returning id into v_p.id;
  end if;
  update public.proformas p
     set (fournisseur_id, produit_id, reference, date_proforma, date_validite, incoterm, base, quantite, prix_usd,
          franchise_pour_mille, jours_franchise, surestaries_usd_jour, sblc_id, note)
         = (v_p.fournisseur_id, v_p.produit_id, btrim(v_p.reference), v_p.date_proforma, v_p.date_validite,
            v_p.incoterm, coalesce(v_p.base, 'L20'), v_p.quantite, v_p.prix_usd, v_p.franchise_pour_mille,
            coalesce(v_p.jours_franchise, 2), coalesce(v_p.surestaries_usd_jour, 0), v_p.sblc_id, v_p.note)
   where p.id = v_p.id returning * into v_p;
  perform private.journaliser(case when p_id is null then 'PROFORMA_CREEE' else 'PROFORMA_MODIFIEE' end, 'proformas',
    'INFO', v_p.id, null, jsonb_build_object('avant', case when p_id is not null then to_jsonb(v_avant) end,
      'apres', to_jsonb(v_p)));
  return v_p.id;
end;
$$;
comment on function public.ecrire_proforma(jsonb, uuid) is
  'Writes a proforma as a draft {fournisseur_id, produit_id, reference, date_proforma, date_validite, incoterm, '
  'base, quantite, prix_usd, franchise_pour_mille, jours_franchise, surestaries_usd_jour, sblc_id, note}, or changes '
  'what is said of the draft p_id. Raises ROLE_FORBIDDEN, FORME_INATTENDUE, REFERENTIEL_INACTIF, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, PROFORMA_EXISTANTE, PROFORMA_ETAT.';

create function private.exiger_proforma_en_cours(p_proforma public.proformas) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_proforma.statut not in ('ACTIVE', 'EN_EXECUTION') or p_proforma.date_validite < private.aujourdhui() then
    perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', case
      when p_proforma.statut in ('ACTIVE', 'EN_EXECUTION') then format('expirée depuis le %s', p_proforma.date_validite)
      else p_proforma.statut end));
  end if;
end;
$$;
comment on function private.exiger_proforma_en_cours(public.proformas) is
  'Active or being carried out, and not past its last day. Raises PROFORMA_ETAT.';

create function public.activer_proforma(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
begin
  perform private.exiger('ecrire_contrats');
  v_proforma := private.proforma_a_changer(p_id, 'DRAFT');
  v_proforma.statut := 'ACTIVE';
  perform private.exiger_proforma_en_cours(v_proforma);
  perform private.exiger_actifs(p_produit_id => v_proforma.produit_id, p_fournisseur_id => v_proforma.fournisseur_id);
  update public.proformas p
     set statut = 'ACTIVE', numero = private.prendre_numero(private.societe(), 'PRF',
       extract(year from private.aujourdhui())::int, p.id)
   where p.id = p_id;
  perform private.journaliser('PROFORMA_ACTIVEE', 'proformas', 'INFO', p_id, null,
    jsonb_build_object('reference', v_proforma.reference));
end;
$$;
comment on function public.activer_proforma(uuid) is
  'A draft becomes a commitment, with its number: lots and trucks may join it. Raises ROLE_FORBIDDEN, '
  'REFERENTIEL_INACTIF, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, DEPOT_SANS_CODE, '
  'PROFORMA_ETAT.';

create function public.annuler_proforma(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_motif(p_motif, 3);
  perform private.proforma_a_changer(p_id, 'DRAFT', 'ACTIVE');
  update public.proformas p set statut = 'ANNULEE', motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PROFORMA_ANNULEE', 'proformas', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
end;
$$;
comment on function public.annuler_proforma(uuid, text) is
  'A proforma that no truck has joined is none, with the reason. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, PROFORMA_ETAT.';

-- A lot and its trucks join -------------------------------------------------------------------------------------------

create function private.engager_proforma(p_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
begin
  if p_id is null then
    return;
  end if;
  -- The first truck alone changes it; those that follow hold it together, and whoever closes it waits for them.
  select * into strict v_proforma from public.proformas p where p.id = p_id;
  if v_proforma.statut = 'ACTIVE' then
    select * into strict v_proforma from public.proformas p where p.id = p_id for update;
  else
    select * into strict v_proforma from public.proformas p where p.id = p_id for share;
  end if;
  perform private.exiger_proforma_en_cours(v_proforma);
  if v_proforma.statut = 'ACTIVE' then
    update public.proformas p set statut = 'EN_EXECUTION' where p.id = p_id;
    perform private.journaliser('PROFORMA_EN_EXECUTION', 'proformas', 'INFO', p_id, null);
  end if;
end;
$$;
comment on function private.engager_proforma(uuid) is
  'A truck joins a lot of this proforma (null: of none): from the first on it is being carried out. Raises '
  'PROFORMA_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

create function private.exiger_proforma_du_lot(p_avant public.fournisseur_lot, p_apres public.fournisseur_lot)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
  v_camions constant boolean := exists (
    select from public.cours_de_route c where c.fournisseur_lot_id = p_apres.id);
begin
  if p_avant.proforma_id is distinct from p_apres.proforma_id then
    if auth.uid() is not null then
      perform private.exiger('ecrire_contrats');
    end if;
    if v_camions and p_avant.proforma_id is not null then
      select * into strict v_proforma from public.proformas p where p.id = p_avant.proforma_id for share;
      if v_proforma.statut = 'CLOTUREE' then
        perform private.refuser_lot('PROFORMA_ETAT', jsonb_build_object('statut', v_proforma.statut));
      end if;
    end if;
  end if;
  if p_apres.proforma_id is null then
    return;
  end if;
  select * into v_proforma from public.proformas p where p.id = p_apres.proforma_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette proforma'));
  end if;
  if v_proforma.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_proforma.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
  if p_avant.proforma_id is distinct from p_apres.proforma_id then
    perform private.exiger_proforma_en_cours(v_proforma);
    if v_camions then
      perform private.engager_proforma(p_apres.proforma_id);
    end if;
  end if;
end;
$$;
comment on function private.exiger_proforma_du_lot(public.fournisseur_lot, public.fournisseur_lot) is
  'A lot is of a proforma of its own supplier and product, in force when it joins; one that has trucks does not leave '
  'a closed one. Raises ROLE_FORBIDDEN, INTROUVABLE, LOT_INCOMPATIBLE, PROFORMA_ETAT, ECRITURES_GELEES, '
  'ISOLATION_INTERDITE.';

revoke execute on function public.ecrire_proforma(jsonb, uuid), public.activer_proforma(uuid),
  public.annuler_proforma(uuid, text) from public, anon;
grant execute on function public.ecrire_proforma(jsonb, uuid), public.activer_proforma(uuid),
  public.annuler_proforma(uuid, text) to authenticated;
