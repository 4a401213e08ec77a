-- A provider of online payments for a depot without internet: it keeps its sessions here, as Stripe does there, and its
-- events go through the same public door, signed the same way. Never in PROD.

create table private.sessions_simulees (
  session_id text primary key,
  paiement_id uuid not null unique,
  intention_id text not null unique,
  numero text,
  devise text not null,
  montant_minime bigint not null,
  expire_le timestamptz not null,
  session text not null default 'open' check (session in ('open', 'complete', 'expired')),
  paiement text not null default 'unpaid' check (paiement in ('unpaid', 'paid')),
  echec boolean not null default false,
  paye_le timestamptz,
  retours jsonb not null default '[]',
  litige text check (litige in ('OUVERT', 'GAGNE', 'PERDU')),
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.sessions_simulees is 'Sessions of the simulated provider: what it knows, and we ask it.';

create table private.evenements_simules (
  evenement_id text primary key,
  session_id text not null references private.sessions_simulees (session_id),
  corps jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.evenements_simules is 'Events that the simulated provider has to tell, as Stripe writes them.';
create index evenements_simules_session_id_idx on private.evenements_simules (session_id);

create function private.ouvrir_session_simulee(p_paiement jsonb) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_session private.sessions_simulees;
  v_suite constant text := replace(gen_random_uuid()::text, '-', '');
begin
  perform private.interdire_si_prod();
  insert into private.sessions_simulees as s (session_id, paiement_id, intention_id, numero, devise, montant_minime,
    expire_le)
  values ('cs_simule_' || v_suite, (p_paiement ->> 'id')::uuid, 'pi_simule_' || v_suite, p_paiement ->> 'numero',
    p_paiement ->> 'devise', (p_paiement ->> 'montant_minime')::bigint, (p_paiement ->> 'expire_le')::timestamptz)
  -- The same request, sent again, is the same session.
  on conflict (paiement_id) do update set numero = s.numero
  returning * into v_session;
  return to_jsonb(v_session);
end;
$$;
comment on function private.ouvrir_session_simulee(jsonb) is
  'The simulated provider opens a session, once each of ours. Raises ENV_INTERDIT, and 22xxx.';

create function private.etat_simule(p_nom text) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('session_id', s.session_id, 'paiement_id', s.paiement_id, 'intention_id', s.intention_id,
           'session', s.session, 'paiement', s.paiement, 'echec', s.echec, 'devise', s.devise,
           'montant_minime', s.montant_minime, 'paye_le', s.paye_le, 'retours', s.retours, 'revenus', '[]'::jsonb,
           'litige', s.litige)
    from private.sessions_simulees s where p_nom in (s.session_id, s.intention_id)
$$;
comment on function private.etat_simule(text) is
  'How a session stands at the simulated provider, by its name or its payment''s; null: it has none of that name.';

create function private.jouer_session(p_session private.sessions_simulees, p_acte text, p_montant_minime bigint)
  returns private.sessions_simulees
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_session private.sessions_simulees := p_session;
  v_payable constant boolean := p_session.paiement = 'unpaid' and p_session.session <> 'expired'
    and not p_session.echec;
  v_rendu constant bigint := (select coalesce(sum((r ->> 'montant_minime')::bigint), 0)
                                from jsonb_array_elements(p_session.retours) r);
  v_part constant bigint := coalesce(p_montant_minime, p_session.montant_minime - v_rendu);
begin
  case
    when p_acte = 'payer' and v_payable then
      v_session.session := 'complete';
      v_session.paiement := 'paid';
      v_session.paye_le := now();
    when p_acte = 'promettre' and v_payable and p_session.session = 'open' then v_session.session := 'complete';
    when p_acte = 'echouer' and v_payable and p_session.session = 'complete' then v_session.echec := true;
    when p_acte = 'expirer' and v_payable and p_session.session = 'open' then v_session.session := 'expired';
    when p_acte in ('rembourser', 'perdre') and p_session.paiement = 'paid'
      and v_part between 1 and p_session.montant_minime - v_rendu
      and (p_acte = 'rembourser' or p_session.litige = 'OUVERT') then
      v_session.retours := p_session.retours || jsonb_build_object(
        'id', case p_acte when 'perdre' then 'dp_simule_' else 're_simule_' end || replace(gen_random_uuid()::text, '-',
          ''),
        'genre', case p_acte when 'perdre' then 'LITIGE' else 'REMBOURSEMENT' end, 'devise', p_session.devise,
        'montant_minime', v_part);
      v_session.litige := case p_acte when 'perdre' then 'PERDU' else p_session.litige end;
    when p_acte = 'contester' and p_session.paiement = 'paid' and p_session.litige is null then
      v_session.litige := 'OUVERT';
    when p_acte = 'gagner' and p_session.litige = 'OUVERT' then v_session.litige := 'GAGNE';
    else perform private.refuser_en_ligne('SIMULATEUR', 'le simulateur ne peut pas « ' || p_acte || ' » maintenant');
  end case;
  return v_session;
end;
$$;
comment on function private.jouer_session(private.sessions_simulees, text, bigint) is
  'What somebody does with a simulated session: payer, promettre, echouer, expirer, rembourser, contester, perdre, '
  'gagner (amounts in cents, null: all that is left). Raises PAIEMENT_EN_LIGNE_INDISPONIBLE.';

create function private.simuler(p_session_id text, p_acte text, p_montant_minime bigint default null) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_session private.sessions_simulees;
  v_corps jsonb;
begin
  perform private.interdire_si_prod();
  select * into v_session from private.sessions_simulees s where s.session_id = p_session_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette session'));
  end if;
  v_session := private.jouer_session(v_session, p_acte, p_montant_minime);
  update private.sessions_simulees s
     set (session, paiement, echec, paye_le, retours, litige) = (v_session.session, v_session.paiement, v_session.echec,
         v_session.paye_le, v_session.retours, v_session.litige)
   where s.session_id = p_session_id;
  v_corps := jsonb_build_object('id', 'evt_simule_' || replace(gen_random_uuid()::text, '-', ''), 'object', 'event',
    'livemode', false, 'created', floor(extract(epoch from clock_timestamp()))::bigint,
    'type', case p_acte when 'payer' then 'checkout.session.completed'
      when 'promettre' then 'checkout.session.completed' when 'echouer' then 'checkout.session.async_payment_failed'
      when 'expirer' then 'checkout.session.expired' when 'rembourser' then 'charge.refunded'
      when 'contester' then 'charge.dispute.created' else 'charge.dispute.closed' end,
    'data', jsonb_build_object('object', case
      when p_acte in ('payer', 'promettre', 'echouer', 'expirer')
        then jsonb_build_object('id', p_session_id, 'object', 'checkout.session')
      else jsonb_build_object('id', 'ch_simule', 'object', 'charge', 'payment_intent', v_session.intention_id) end));
  insert into private.evenements_simules (evenement_id, session_id, corps)
  values (v_corps ->> 'id', p_session_id, v_corps);
  return v_corps;
end;
$$;
comment on function private.simuler(text, text, bigint) is
  'Somebody acts at the simulated provider; answers the event it then tells, to be signed and sent. Raises '
  'ENV_INTERDIT, INTROUVABLE, PAIEMENT_EN_LIGNE_INDISPONIBLE.';
