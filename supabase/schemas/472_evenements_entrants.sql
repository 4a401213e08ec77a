-- What the provider of online payments says: each event once, its effect in the same transaction. Order is not trusted:
-- the door first asks the provider how the payment stands now, and what is done here only ever goes further, so that
-- the same events in any order, late or repeated, leave the same account.

create table public.evenements_entrants (
  prestataire text not null check (prestataire in ('STRIPE', 'SIMULE')),
  evenement_id text not null check (evenement_id ~ '^[\x21-\x7e]{1,255}$'),
  type text not null,
  cree_le timestamptz not null,
  recu_le timestamptz not null default clock_timestamp(),
  traite_le timestamptz,
  resultat text,
  corps jsonb not null,
  secret_version text not null check (secret_version in ('COURANT', 'PRECEDENT', 'RAPPROCHEMENT')),
  primary key (prestataire, evenement_id),
  check ((traite_le is null) = (resultat is null))
);
comment on table public.evenements_entrants is
  'Events of the provider of online payments, each once, as they came. Written by the door only; immutable.';
comment on column public.evenements_entrants.cree_le is 'When it happened, by the provider''s clock.';
comment on column public.evenements_entrants.resultat is
  'What it did: APPLIQUE, SANS_EFFET (what it says was known), ECART, IGNORE (a type that means nothing here), INCONNU '
  '(of a session that is none of ours).';
comment on column public.evenements_entrants.secret_version is
  'Which secret it was signed with; RAPPROCHEMENT: fetched at the provider, it never came by itself.';
create index evenements_entrants_recu_le_idx on public.evenements_entrants (recu_le desc);

create function private.evenement_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.traite_le is not null then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.evenement_figer() is
  'An event that was dealt with stays what it was. Raises ECRITURE_INTERDITE.';
create trigger evenements_entrants_figer before update on public.evenements_entrants
  for each row execute function private.evenement_figer();
create trigger evenements_entrants_block before delete or truncate on public.evenements_entrants
  for each statement execute function private.interdire_ecriture();
create trigger evenements_entrants_gel before insert on public.evenements_entrants
  for each statement execute function private.exiger_ecritures_ouvertes();

-- As the counters of the limits: nothing that a stranger may have written costs a wait for the disk.
create unlogged table private.signatures_refusees (
  jour date primary key,
  nombre bigint not null
);
comment on table private.signatures_refusees is
  'Events that were not signed by one of our secrets, a count a day: nothing else is kept of them.';

create function private.compter_signature_refusee() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  insert into private.signatures_refusees as s (jour, nombre) values ((now() at time zone 'UTC')::date, 1)
  on conflict (jour) do update set nombre = s.nombre + 1
$$;
comment on function private.compter_signature_refusee() is 'One more event that nobody of ours has signed.';

create function private.appliquer_etat(p_prestataire text, p_etat jsonb) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_etat constant private.etat_en_ligne := jsonb_populate_record(null::private.etat_en_ligne, p_etat);
  v_avant public.paiements_en_ligne;
  v_apres public.paiements_en_ligne;
  v_vise text;
begin
  perform private.exiger_read_committed();
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  perform set_config('app.acteur', 'stripe', true);
  v_avant := private.paiement_de(p_prestataire, v_etat);
  if v_avant.id is null then
    return 'INCONNU';
  end if;
  v_apres := v_avant;
  v_vise := case when v_etat.paiement = 'paid' then 'REUSSI' when v_etat.session = 'expired' then 'EXPIRE'
    when v_etat.session = 'complete' then case when v_etat.echec then 'ECHOUE' else 'EN_ATTENTE' end
    else 'OUVERT' end;
  if v_vise = 'REUSSI' then
    v_apres := private.reussir_en_ligne(v_apres, v_etat);
  elsif private.rang_en_ligne(v_vise) > private.rang_en_ligne(v_apres.statut) then
    update public.paiements_en_ligne p set statut = v_vise where p.id = v_apres.id returning * into v_apres;
  end if;
  if v_apres.encaissement_id is not null then
    v_apres := private.suivre_litige(v_apres, v_etat.litige);
    v_apres := private.suivre_retours(v_apres, v_etat);
  end if;
  return case when v_apres.ecart is distinct from v_avant.ecart then 'ECART'
              when v_apres is distinct from v_avant then 'APPLIQUE' else 'SANS_EFFET' end;
end;
$$;
comment on function private.appliquer_etat(text, jsonb) is
  'Takes a session to where it stands at the provider, never back, and the account with it: told twice, or late, it '
  'changes nothing. The system acts, nobody. Answers what it did. Raises ECRITURE_INTERDITE, ENV_INTERDIT, INTROUVABLE, '
  'DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, '
  'CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.recevoir_evenement(p_prestataire text, p_evenement jsonb, p_secret_version text,
  p_etat jsonb default null)
returns text
language plpgsql
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_resultat text;
begin
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  -- The same event, in hand elsewhere, is waited for here.
  insert into public.evenements_entrants (prestataire, evenement_id, type, cree_le, corps, secret_version)
  values (p_prestataire, p_evenement ->> 'id', p_evenement ->> 'type',
    to_timestamp((p_evenement ->> 'created')::double precision), p_evenement, p_secret_version)
  on conflict (prestataire, evenement_id) do nothing;
  if not found then
    return 'DEJA_RECU';
  end if;
  v_resultat := case when p_etat is null then 'IGNORE' else private.appliquer_etat(p_prestataire, p_etat) end;
  update public.evenements_entrants e set resultat = v_resultat, traite_le = clock_timestamp()
   where e.prestataire = p_prestataire and e.evenement_id = p_evenement ->> 'id';
  return v_resultat;
end;
$$;
comment on function private.recevoir_evenement(text, jsonb, text, jsonb) is
  'An event and its effect, once, in one transaction; without a state of its payment it is kept and means nothing. '
  'Called by the door, which has checked who signed it, and by nobody else. Answers what it did. Raises '
  'ECRITURE_INTERDITE, ENV_INTERDIT, INTROUVABLE, DATE_FUTURE, ENCAISSEMENT_ETAT, REFERENCE_REQUISE, OPERATEUR_REQUIS, '
  'REFERENCE_DEJA_UTILISEE, DEVISE_DIFFERENTE, CAISSE_CLOTUREE, TAUX_ABSENT, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, '
  'LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES, and 22xxx, 23xxx.';

alter table public.evenements_entrants enable row level security;
grant select on public.evenements_entrants to authenticated, service_role;
create policy evenements_entrants_lecture on public.evenements_entrants for select to authenticated
  using ((select private.peut('lire_evenements_entrants')));
