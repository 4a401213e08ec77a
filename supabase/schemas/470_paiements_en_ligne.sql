-- Online payments of clients' invoices: a session is opened here, paid at the provider (Stripe Checkout, or the
-- simulated one), and everything after its opening is said by the provider.
--
--   CREE → OUVERT → EN_ATTENTE → REUSSI → LITIGE, REMBOURSE
--          OUVERT, EN_ATTENTE → EXPIRE, ECHOUE → REUSSI          money is a fact, even after the end of a session
--
-- What a page says to whoever comes back from paying confirms nothing.

create table public.paiements_en_ligne (
  id uuid primary key default private.nouvel_id(),
  facture_id uuid not null references public.factures_client (id),
  depot_id uuid not null references public.depots (id),
  prestataire text not null check (prestataire in ('STRIPE', 'SIMULE')),
  session_id text unique check (session_id ~ '^[\x21-\x7e]{1,255}$'),
  intention_id text unique check (intention_id ~ '^[\x21-\x7e]{1,255}$'),
  devise text not null check (devise = 'USD'),
  montant_minime bigint not null check (montant_minime between 1 and 99999999),
  statut text not null default 'CREE' check (statut in
    ('CREE', 'OUVERT', 'EN_ATTENTE', 'EXPIRE', 'ECHOUE', 'REUSSI', 'LITIGE', 'REMBOURSE')),
  url text,
  expire_le timestamptz not null,
  encaissement_id uuid unique references public.encaissements (id),
  rembourse_minime bigint not null default 0 check (rembourse_minime between 0 and montant_minime),
  litige text check (litige in ('OUVERT', 'GAGNE', 'PERDU')),
  ecart jsonb,
  created_by uuid not null references auth.users (id),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  check ((encaissement_id is not null) = (statut in ('REUSSI', 'LITIGE', 'REMBOURSE'))),
  check (statut in ('CREE', 'EXPIRE') or session_id is not null),
  check (encaissement_id is null or intention_id is not null),
  check (encaissement_id is not null or (rembourse_minime = 0 and litige is null)),
  check (statut <> 'REMBOURSE' or rembourse_minime = montant_minime)
);
comment on table public.paiements_en_ligne is
  'Sessions of online payment, one alive an invoice. Opened by people; every later step is said by the provider.';
comment on column public.paiements_en_ligne.session_id is 'Name of the session at the provider (cs_…).';
comment on column public.paiements_en_ligne.intention_id is
  'Name of the payment itself at the provider (pi_…): the reference of its receipt.';
comment on column public.paiements_en_ligne.montant_minime is 'What is asked, in cents.';
comment on column public.paiements_en_ligne.url is 'Where the client pays.';
comment on column public.paiements_en_ligne.encaissement_id is 'The payment it became, once it succeeded.';
comment on column public.paiements_en_ligne.rembourse_minime is
  'What went back through the provider, refunds and lost disputes, in cents.';
comment on column public.paiements_en_ligne.litige is 'How a dispute of it stands; null: none.';
comment on column public.paiements_en_ligne.ecart is
  'What the provider says and this session does not: a person looks at it. Null: they agree.';
create unique index paiements_en_ligne_vif_unique on public.paiements_en_ligne (facture_id)
  where statut in ('CREE', 'OUVERT', 'EN_ATTENTE');
create index paiements_en_ligne_facture_id_idx on public.paiements_en_ligne (facture_id);
create index paiements_en_ligne_depot_id_idx on public.paiements_en_ligne (depot_id);
create index paiements_en_ligne_created_by_idx on public.paiements_en_ligne (created_by);
create index paiements_en_ligne_page_idx on public.paiements_en_ligne (created_at desc, id desc);
-- What the checks of each minute look for, and nothing else.
create index paiements_en_ligne_alertes_idx on public.paiements_en_ligne (id)
  where ecart is not null or litige = 'OUVERT';

create function private.rang_en_ligne(p_statut text) returns int
language sql immutable
set search_path = pg_catalog, pg_temp
return case p_statut when 'CREE' then 0 when 'OUVERT' then 1 when 'EN_ATTENTE' then 2 when 'EXPIRE' then 3
         when 'ECHOUE' then 3 when 'REUSSI' then 4 when 'LITIGE' then 5 when 'REMBOURSE' then 6 end;
comment on function private.rang_en_ligne(text) is
  'How far a state is: an online payment only ever goes further, in whatever order it is told.';

create function private.paiement_en_ligne_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_libres constant text[] := array['session_id', 'intention_id', 'statut', 'url', 'expire_le', 'encaissement_id',
    'rembourse_minime', 'litige', 'ecart', 'updated_at'];
begin
  if to_jsonb(new) - c_libres <> to_jsonb(old) - c_libres
     or coalesce(old.session_id <> new.session_id, old.session_id is not null and new.session_id is null)
     or coalesce(old.intention_id <> new.intention_id, old.intention_id is not null and new.intention_id is null)
     or coalesce(old.encaissement_id <> new.encaissement_id,
          old.encaissement_id is not null and new.encaissement_id is null)
     or (new.statut <> old.statut and private.rang_en_ligne(new.statut) <= private.rang_en_ligne(old.statut))
     or new.rembourse_minime < old.rembourse_minime then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  new.updated_at := clock_timestamp();
  return new;
end;
$$;
comment on function private.paiement_en_ligne_figer() is
  'What was asked never changes, and what was said of it only goes further. Raises ECRITURE_INTERDITE.';
create trigger paiements_en_ligne_figer before update on public.paiements_en_ligne
  for each row execute function private.paiement_en_ligne_figer();
create trigger paiements_en_ligne_block before delete or truncate on public.paiements_en_ligne
  for each statement execute function private.interdire_ecriture();
create trigger paiements_en_ligne_gel before insert or update on public.paiements_en_ligne
  for each statement execute function private.exiger_ecritures_ouvertes();

-- Opening -------------------------------------------------------------------------------------------------------------

create function private.refuser_en_ligne(p_cause text, p_raison text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser('PAIEMENT_EN_LIGNE_INDISPONIBLE', jsonb_build_object('cause', p_cause, 'raison', p_raison));
end;
$$;
comment on function private.refuser_en_ligne(text, text) is
  'Why an invoice cannot be paid online, as a word and as a clause. Raises PAIEMENT_EN_LIGNE_INDISPONIBLE.';

create function private.du_minime(p_facture_id uuid) returns bigint
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select (100 * (f.total_ttc - private.regle_facture_client(f.id)))::bigint
    from public.factures_client f where f.id = p_facture_id
$$;
comment on function private.du_minime(uuid) is 'What is left to pay of an issued invoice, in cents.';

create function private.facture_payable(p_facture_id uuid, p_prestataire text) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('ouvrir_paiements_en_ligne');
  v_facture public.factures_client;
  v_du bigint;
begin
  select * into v_facture from public.factures_client f
   where f.id = p_facture_id and f.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if not private.flag_actif('paiement_en_ligne', v_facture.depot_id) then
    perform private.refuser_en_ligne('OPTION', 'l''option n''est pas ouverte à ce dépôt');
  end if;
  if p_prestataire = 'SIMULE' and private.env() = 'prod' then
    perform private.refuser_en_ligne('PRESTATAIRE', 'aucun prestataire n''est réglé');
  end if;
  if v_facture.type <> 'FACTURE' or v_facture.statut <> 'EMISE' then
    perform private.refuser_en_ligne('ETAT', 'seule une facture émise se paie');
  end if;
  if v_facture.devise <> 'USD' then
    perform private.refuser_en_ligne('DEVISE', 'seul le dollar se paie en ligne');
  end if;
  v_du := private.du_minime(p_facture_id);
  if v_du <= 0 then
    perform private.refuser_en_ligne('SOLDEE', 'elle est déjà payée');
  end if;
  if v_du not between 50 and 99999999 then
    perform private.refuser_en_ligne('MONTANT', 'le prestataire prend de 0,50 à 999 999,99 USD');
  end if;
  return v_facture;
end;
$$;
comment on function private.facture_payable(uuid, text) is
  'An invoice that may be paid online now, by the calling user''s word. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'PAIEMENT_EN_LIGNE_INDISPONIBLE.';

create function private.verifier_paiement_en_ligne(p_facture_id uuid, p_prestataire text) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('ouvrir_paiements_en_ligne');
  perform private.facture_payable(p_facture_id, p_prestataire);
  return auth.uid();
end;
$$;
comment on function private.verifier_paiement_en_ligne(uuid, text) is
  'Whether the calling user may have this invoice paid online; changes nothing. Gives who is asking. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE.';
grant execute on function private.verifier_paiement_en_ligne(uuid, text) to authenticated;

create function private.reserver_paiement(p_facture_id uuid, p_prestataire text) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_facture public.factures_client;
  v_paiement public.paiements_en_ligne;
  v_du bigint;
begin
  perform private.exiger_read_committed();
  perform from public.factures_client f where f.id = p_facture_id for no key update;
  v_facture := private.facture_payable(p_facture_id, p_prestataire);
  select * into v_paiement from public.paiements_en_ligne p
   where p.facture_id = p_facture_id and p.statut in ('CREE', 'OUVERT', 'EN_ATTENTE') for update;
  -- Nobody was ever given its address, and it is over.
  if v_paiement.session_id is null and v_paiement.expire_le <= now() then
    update public.paiements_en_ligne p set statut = 'EXPIRE' where p.id = v_paiement.id;
    v_paiement := null;
  end if;
  if v_paiement.statut = 'EN_ATTENTE' then
    perform private.refuser_en_ligne('EN_COURS', 'un paiement est en cours chez le prestataire');
  end if;
  perform private.verrouiller_tiers('CLIENT', v_facture.client_id);
  v_du := private.du_minime(p_facture_id);
  if v_paiement.id is null then
    insert into public.paiements_en_ligne (facture_id, depot_id, prestataire, devise, montant_minime, expire_le,
      created_by)
    -- The provider takes a day, by its own clock.
    values (p_facture_id, v_facture.depot_id, p_prestataire, v_facture.devise, v_du, now() + interval '23 hours 50 min',
      auth.uid())
    returning * into v_paiement;
  end if;
  return to_jsonb(v_paiement) || jsonb_build_object('numero', v_facture.numero, 'perime',
    v_paiement.montant_minime <> v_du or v_paiement.prestataire <> p_prestataire
      or v_paiement.expire_le < now() + interval '5 min');
end;
$$;
comment on function private.reserver_paiement(uuid, text) is
  'The session that is alive for an invoice, else a new one for what is due of it now; perime: it must be closed at the '
  'provider first, because it asks for something else, of another or for too little time. Asked by the door, in the '
  'name of who asks it. Raises ROLE_FORBIDDEN, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, ECRITURES_GELEES, and 23xxx.';

create function private.noter_session(p_id uuid, p_session_id text, p_url text, p_expire_le timestamptz) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_paiement public.paiements_en_ligne;
begin
  perform from public.factures_client f
   where f.id = (select p.facture_id from public.paiements_en_ligne p where p.id = p_id) for no key update;
  select * into strict v_paiement from public.paiements_en_ligne p where p.id = p_id for update;
  -- Told again, or after its first event: there is nothing to say of it any more but its address.
  if v_paiement.url is not null then
    return;
  end if;
  update public.paiements_en_ligne p
     set session_id = p_session_id, url = p_url, expire_le = p_expire_le,
         statut = case p.statut when 'CREE' then 'OUVERT' else p.statut end
   where p.id = p_id returning * into v_paiement;
  perform private.journaliser('PAIEMENT_EN_LIGNE_OUVERT', 'paiements', 'INFO', p_id, v_paiement.depot_id,
    to_jsonb(v_paiement) - 'url');
end;
$$;
comment on function private.noter_session(uuid, text, text, timestamptz) is
  'The provider has opened a session: its name and where the client pays. Raises ECRITURE_INTERDITE, ECRITURES_GELEES, '
  'and 23xxx.';

-- Reading -------------------------------------------------------------------------------------------------------------

alter table public.paiements_en_ligne enable row level security;
grant select on public.paiements_en_ligne to authenticated, service_role;
create policy paiements_en_ligne_lecture on public.paiements_en_ligne for select to authenticated
  using (depot_id = any ((select private.depots_ou('lire_paiements_en_ligne'))::uuid[]));

create view public.v_paiements_en_ligne with (security_invoker = true) as
  select p.id, p.facture_id, f.numero as facture_numero, p.depot_id, f.client_id, p.prestataire, p.session_id,
         p.intention_id, p.devise, round(p.montant_minime / 100.0, 2) as montant, p.montant_minime, p.statut, p.url,
         p.expire_le, p.encaissement_id, e.numero_recu, round(p.rembourse_minime / 100.0, 2) as rembourse, p.litige,
         p.ecart, p.created_by, p.created_at, p.updated_at
    from public.paiements_en_ligne p
    left join public.factures_client f on f.id = p.facture_id
    left join public.encaissements e on e.id = p.encaissement_id;
comment on view public.v_paiements_en_ligne is
  'Sessions of online payment with their invoice and receipt, where the reader may read those; amounts in devise.';
grant select on public.v_paiements_en_ligne to authenticated, service_role;
