-- Once a day, what the provider of online payments has over seven days against what is here: an event that never came
-- is fetched and dealt with as if it had, and what then still differs is told.

create table public.rapprochements (
  id uuid primary key default private.nouvel_id(),
  prestataire text not null check (prestataire in ('STRIPE', 'SIMULE')),
  du timestamptz not null,
  au timestamptz not null check (au > du),
  lu int not null check (lu >= 0),
  concordant int not null check (concordant between 0 and lu),
  rejoues int not null check (rejoues >= 0),
  ecarts jsonb not null,
  le timestamptz not null default clock_timestamp()
);
comment on table public.rapprochements is
  'Reconciliations of online payments with their provider. Written by the door only; immutable.';
comment on column public.rapprochements.lu is 'Sessions of ours that the provider has of that time.';
comment on column public.rapprochements.concordant is 'Of those, which stand here as they stand there.';
comment on column public.rapprochements.rejoues is
  'Events that had never come, and payments that stood elsewhere by then: dealt with now.';
comment on column public.rapprochements.ecarts is '[{defaut, session_id, paiement_id, la, ici}]: what still differs.';
create index rapprochements_page_idx on public.rapprochements (le desc, id desc);
create trigger rapprochements_block before update or delete or truncate on public.rapprochements
  for each statement execute function private.interdire_ecriture();
create trigger rapprochements_gel before insert on public.rapprochements
  for each statement execute function private.exiger_ecritures_ouvertes();

create function private.dit_ici(p_paiement public.paiements_en_ligne) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
return case when p_paiement.id is not null then jsonb_build_object('paye', p_paiement.encaissement_id is not null,
  'montant_minime', p_paiement.montant_minime, 'rembourse_minime', p_paiement.rembourse_minime) end;
comment on function private.dit_ici(public.paiements_en_ligne) is
  'What a reconciliation compares of a session, in cents; null: there is none.';

create function private.dit_la(p_etat jsonb) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
return case when p_etat is not null then jsonb_build_object('paye', p_etat ->> 'paiement' = 'paid',
  'montant_minime', p_etat -> 'montant_minime',
  'rembourse_minime', (select coalesce(sum((r ->> 'montant_minime')::numeric), 0)
                         from jsonb_array_elements(p_etat -> 'retours') r)) end;
comment on function private.dit_la(jsonb) is 'The same of a session as the provider has it.';

create function private.noter_rapprochement(p_prestataire text, p_du timestamptz, p_au timestamptz, p_rejoues int,
  p_etats jsonb)
returns public.rapprochements
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_rapprochement public.rapprochements;
begin
  if p_prestataire = 'SIMULE' then
    perform private.interdire_si_prod();
  end if;
  insert into public.rapprochements (prestataire, du, au, rejoues, lu, concordant, ecarts)
  select p_prestataire, p_du, p_au, p_rejoues, count(*) filter (where c.la is not null),
         count(*) filter (where c.la is not null and c.la = c.ici),
         coalesce(jsonb_agg(jsonb_build_object('session_id', c.session_id, 'paiement_id', c.id, 'la', c.la,
           'ici', c.ici, 'defaut', case when c.la is null then 'ABSENT_LA' when c.ici is null then 'ABSENT_ICI'
                                        else 'DIFFERENT' end)
           order by c.session_id) filter (where c.la is distinct from c.ici), '[]')
    from (select coalesce(l.e ->> 'session_id', p.session_id) as session_id, p.id, private.dit_la(l.e) as la,
                 private.dit_ici(p) as ici
            from (select e from jsonb_array_elements(p_etats) e) l
            full join (select * from public.paiements_en_ligne x
                        where x.prestataire = p_prestataire and x.session_id is not null) p
              on p.session_id = l.e ->> 'session_id'
           -- What was opened at either end of that time may be missing there.
           where l.e is not null or p.created_at between p_du + interval '10 min' and p_au - interval '10 min') c
  returning * into v_rapprochement;
  perform private.journaliser('PAIEMENTS_RAPPROCHES', 'paiements',
    case v_rapprochement.ecarts when '[]' then 'INFO' else 'WARNING' end, v_rapprochement.id, null,
    to_jsonb(v_rapprochement));
  return v_rapprochement;
end;
$$;
comment on function private.noter_rapprochement(text, timestamptz, timestamptz, int, jsonb) is
  'Writes what a reconciliation found, from the sessions that the provider has of that time. Raises ENV_INTERDIT, '
  'ECRITURES_GELEES, and 22xxx, 23xxx.';

create function private.rapprochement_du() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select not private.au_siege()
         and exists (select from public.paiements_en_ligne p where p.created_at > now() - interval '7 days')
         and not exists (select from public.rapprochements r where r.le between now() - interval '23 hours'
           and clock_timestamp())
$$;
comment on function private.rapprochement_du() is
  'Whether the provider should be asked: something was opened in seven days, and nobody has asked for a day. Never at '
  'the head office of a network, where its depots do.';

-- The checks ----------------------------------------------------------------------------------------------------------

create function private.controles_paiements() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select v.code, 'PAIEMENT_EN_LIGNE', p.id, v.message,
           jsonb_build_object('paiement_id', p.id, 'facture_id', p.facture_id, 'intention_id', p.intention_id,
             'ecart', p.ecart, 'litige', p.litige), p.depot_id
      from public.paiements_en_ligne p
     cross join lateral (values
       ('PAIEMENT_EN_LIGNE_ECART', p.ecart is not null,
        'Le prestataire dit d''un paiement en ligne autre chose que ce qui était demandé.'),
       ('PAIEMENT_EN_LIGNE_LITIGE', coalesce(p.litige = 'OUVERT', false),
        'Un client conteste un paiement en ligne chez sa banque.')) v (code, trouve, message)
     where (p.ecart is not null or p.litige = 'OUVERT') and v.trouve;
  return query
    select 'RAPPROCHEMENT_ECART', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Le dernier rapprochement des paiements en ligne a %s écart(s).', jsonb_array_length(r.ecarts)),
           jsonb_build_object('rapprochement_id', r.id, 'ecarts', r.ecarts), null::uuid
      from (select * from public.rapprochements x order by x.le desc, x.id desc limit 1) r where r.ecarts <> '[]';
  return query
    select 'RAPPROCHEMENT_ABSENT', 'RAPPROCHEMENT', md5('rapprochement')::uuid,
           format('Les paiements en ligne n''ont pas été rapprochés depuis %s h.',
             private.seuil('RAPPROCHEMENT_ABSENT')),
           '{}'::jsonb, null::uuid
     where exists (select from public.paiements_en_ligne p
                    where p.created_at between now() - interval '7 days'
                      and now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour')
       and not exists (select from public.rapprochements r
                        where r.le between now() - private.seuil('RAPPROCHEMENT_ABSENT') * interval '1 hour'
                                        and clock_timestamp());
end;
$$;
comment on function private.controles_paiements() is
  'Online payments that do not agree with their provider, that a bank contests, and reconciliations that found '
  'something or did not take place (hours).';

alter table public.rapprochements enable row level security;
grant select on public.rapprochements to authenticated, service_role;
create policy rapprochements_lecture on public.rapprochements for select to authenticated
  using ((select private.peut('lire_rapprochements')));

-- A hosted project calls its door by itself, as it does its worker.
create function private.appeler_rapprochement() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.rapprochement_du() then
    perform private.appeler_fonction('paiements/rapprocher');
  end if;
end;
$$;
comment on function private.appeler_rapprochement() is
  'Has the provider asked, where that is due. For a hosted project.';
