-- A factor of our own, judged by its step: what a session that proved it may do, and what no code does twice.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(47);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.acteur('admin', 'lubumbashi', 'autre_admin');

create function pg_temp.jeton(p_acteur text, p_session text default 's1') returns text language sql as $$
  select jsonb_build_object('sub', tests.id(p_acteur), 'role', 'authenticated', 'aal', 'aal1', 'session_id', p_session)
$$;
-- One step for the whole test: another may begin at any moment.
select set_config('tests.pas', floor(extract(epoch from clock_timestamp()) / 30)::text, true);
create function pg_temp.maintenant() returns bigint language sql as $$ select current_setting('tests.pas')::bigint $$;
create function pg_temp.chiffre(p_nom text) returns text language sql as $$ select 's1.0123456789abcdef.' || p_nom $$;
create function pg_temp.empreintes(p_acteur text) returns text[] language sql as $$
  select array_agg(encode(sha256(convert_to(p_acteur || n, 'UTF8')), 'hex')) from generate_series(1, 10) n
$$;
create function pg_temp.prouver(p_acteur text, p_pas bigint, p_session text default 's1', p_facteur text default 'un')
returns text language plpgsql as $$
declare
  v_verdict jsonb := private.juger_totp(pg_temp.jeton(p_acteur, p_session), 'essai', pg_temp.chiffre(p_facteur), p_pas);
begin
  perform tests.redevenir_systeme();
  return coalesce(v_verdict ->> 'code', 'eleve');
end;
$$;
create function pg_temp.secours(p_acteur text, p_code text, p_session text default 's1') returns text
language plpgsql as $$
declare
  v_verdict jsonb := private.juger_code_secours(pg_temp.jeton(p_acteur, p_session), 'essai',
    encode(sha256(convert_to(p_code, 'UTF8')), 'hex'));
begin
  perform tests.redevenir_systeme();
  return coalesce(v_verdict ->> 'code', 'eleve');
end;
$$;
create function pg_temp.tente(p_acteur text, p_sql text, p_session text default 's1') returns text
  language plpgsql as $$
declare
  v_jeton constant text := pg_temp.jeton(p_acteur, p_session);
  v_dit text := 'done';
begin
  perform tests.agir_comme(p_acteur);
  perform set_config('request.jwt.claims', v_jeton, true);
  begin
    execute p_sql;
  exception when others then
    v_dit := sqlerrm;
  end;
  perform tests.redevenir_systeme();
  return v_dit;
end;
$$;
create function pg_temp.proposer(p_acteur text, p_facteur text) returns text language sql as $$
  select pg_temp.tente(p_acteur, format('select private.proposer_facteur(%L)', pg_temp.chiffre(p_facteur)))
$$;
create function pg_temp.confirmer(p_acteur text, p_facteur text, p_pas bigint) returns text language plpgsql as $$
declare
  v_verdict jsonb := private.confirmer_facteur(pg_temp.jeton(p_acteur), 'essai', pg_temp.chiffre(p_facteur), p_pas,
    pg_temp.empreintes(p_acteur));
begin
  perform tests.redevenir_systeme();
  return coalesce(v_verdict ->> 'code', 'eleve');
end;
$$;
create function pg_temp.oublier(p_acteur text) returns void language sql as $$
  delete from private.sessions_elevees where user_id = tests.id(p_acteur)
$$;

-- Enrolling -----------------------------------------------------------------------------------------------------------

select is(pg_temp.proposer('directeur', 'un'), 'ROLE_FORBIDDEN', 'who is no admin has no factor of ours');
select is(pg_temp.proposer('admin', 'un'), 'done', 'an admin proposes one');
select is(pg_temp.prouver('admin', pg_temp.maintenant(), p_facteur => 'un'), 'FACTEUR_CHANGE',
  'what is only proposed proves nothing');
select is(pg_temp.confirmer('admin', 'autre', pg_temp.maintenant()), 'FACTEUR_CHANGE',
  'what was not proposed is not confirmed');
select is(pg_temp.confirmer('admin', 'un', null), 'TOTP_REFUSE', 'a wrong code confirms nothing');
select is(pg_temp.confirmer('admin', 'un', pg_temp.maintenant() - 1), 'eleve', 'a code of it makes it the factor');
select is(pg_temp.prouver('admin', pg_temp.maintenant() - 1), 'TOTP_REJOUE', 'that code has served');
select is((select count(*) from private.codes_secours where user_id = tests.id('admin')), 10::bigint,
  'ten recovery codes come with it');

-- What a raised session may -------------------------------------------------------------------------------------------

select is(pg_temp.tente('admin', $$select public.definir_flag('mfa_admin', true)$$), 'done',
  'who has just proved a factor of ours turns the flag on');
select is(pg_temp.tente('admin', $$select public.definir_flag('astm_53b', true)$$, 's2'), 'SECOND_FACTEUR_REQUIS',
  'another session of the same person is raised by nothing');
select is(pg_temp.tente('autre_admin', $$select public.definir_flag('astm_53b', true)$$), 'SECOND_FACTEUR_REQUIS',
  'nor is a session of that name of somebody else');
select is(pg_temp.prouver('admin', pg_temp.maintenant(), 's2'), 'eleve', 'a code raises the session it is given in');
select is(pg_temp.tente('admin', $$select public.definir_flag('astm_53b', true)$$, 's2'), 'done', 'and that one may');
update private.sessions_elevees set jusqu_au = now() where session = 's2';
select is(pg_temp.tente('admin', $$select public.definir_flag('astm_53b', true)$$, 's2'), 'SECOND_FACTEUR_REQUIS',
  'until its quarter of an hour is over');
select ok((select bool_and(jusqu_au between now() + interval '14 minutes' and clock_timestamp() + interval '15 minutes')
    from private.sessions_elevees where user_id = tests.id('admin') and session = 's1'),
  'which is one of fifteen minutes');
select is(private.session_de('{"sub": "a", "exp": 1}'), private.session_de('{"exp": 1, "sub": "a"}'),
  'without a session_id it is the token itself that is raised, however its claims are written');
select isnt(private.session_de('{"sub": "a", "exp": 1}'), private.session_de('{"sub": "a", "exp": 2}'),
  'and no other');

-- Codes, once ---------------------------------------------------------------------------------------------------------

select is(pg_temp.prouver('admin', pg_temp.maintenant()), 'TOTP_REJOUE', 'a step serves once, in whatever session');
select is(pg_temp.prouver('admin', pg_temp.maintenant() - 1), 'TOTP_REJOUE', 'one before it serves no more');
select is(pg_temp.prouver('admin', p), 'TOTP_REFUSE', format('step %s from now is of no code that is taken', dit))
  from (values (pg_temp.maintenant() + 9, '9'), (0, 'zero'), (-1, 'minus one'), (9223372036854775807, 'the largest'))
    p (p, dit);
select is(pg_temp.prouver('admin', null), 'TOTP_BLOQUE', 'the fifth wrong code of a row blocks');
select is(pg_temp.prouver('admin', pg_temp.maintenant() + 1), 'TOTP_BLOQUE', 'then a good one is not looked at either');
select results_eq(
  $$select action collate "default", count(*) from public.log_actions
     where module = 'securite' and cible_id = tests.id('admin') and action in ('TOTP_REFUSE', 'TOTP_BLOQUE') group by 1
     order by 1$$,
  $$values ('TOTP_BLOQUE', 1::bigint), ('TOTP_REFUSE', 9)$$, 'each wrong code is logged, and the block once');
do $$
begin
  for n in 1..200 loop
    perform pg_temp.prouver('admin', null);
  end loop;
end;
$$;
select is((select count(*) from public.log_actions where module = 'securite' and cible_id = tests.id('admin')
    and action = 'TOTP_REFUSE'), 9::bigint, 'two hundred more are not looked at, and fill no log');
select is(pg_temp.proposer('admin', 'deux'), 'done', 'blocked, a raised session may still propose another phone');
select is(pg_temp.confirmer('admin', 'deux', pg_temp.maintenant()), 'TOTP_BLOQUE', 'which forgives no wrong code');

-- Recovery codes ------------------------------------------------------------------------------------------------------

select is(pg_temp.secours('autre_admin', 'admin1'), 'CODE_SECOURS_REFUSE', 'a code is nobody else''s');
select is(pg_temp.secours('admin', 'admin1', 's3'), 'eleve', 'a recovery code serves while the phone''s are blocked');
select is(pg_temp.secours('admin', 'admin1', 's3'), 'CODE_SECOURS_REFUSE', 'once');
select is(pg_temp.confirmer('admin', 'deux', pg_temp.maintenant()), 'eleve',
  'and the phone that replaces the lost one is taken');
select is(pg_temp.tente('admin', $$select public.definir_flag('astm_53b', true)$$, 's3'), 'SECOND_FACTEUR_REQUIS',
  'what the factor before had raised is raised no more');
select is(pg_temp.tente('admin', format('select private.poser_codes_secours(%L)', pg_temp.empreintes('neuf'))), 'done',
  'new codes are made in a raised session');
select is(pg_temp.secours('admin', 'admin2'), 'CODE_SECOURS_REFUSE', 'and replace all those before');
select pg_temp.oublier('admin');
select is(pg_temp.tente('admin', format('select private.poser_codes_secours(%L)', pg_temp.empreintes('pris'))),
  'SECOND_FACTEUR_REQUIS', 'a password alone makes no codes');
select is(pg_temp.proposer('admin', 'trois'), 'SECOND_FACTEUR_REQUIS', 'nor proposes another phone');

-- Lost ----------------------------------------------------------------------------------------------------------------

select is(pg_temp.secours('admin', 'neuf1'), 'eleve', 'raised again');
select is(pg_temp.tente('admin', format($$select private.reinitialiser_facteur(%L, 'perdu')$$, tests.id('admin'))),
  'FACTEUR_PERSONNEL', 'nobody resets their own factor');
select
  is(pg_temp.tente('autre_admin', format($$select private.reinitialiser_facteur(%L, 'perdu')$$, tests.id('admin'))),
  'SECOND_FACTEUR_REQUIS', 'nor that of another without having proved one');
select pg_temp.proposer('autre_admin', 'sien'), pg_temp.confirmer('autre_admin', 'sien', pg_temp.maintenant());
select is(pg_temp.tente('autre_admin', format($$select private.reinitialiser_facteur(%L, ' ')$$, tests.id('admin'))),
  'MOTIF_REQUIS', 'nor without a reason');
select
  is(pg_temp.tente('autre_admin', format($$select private.reinitialiser_facteur(%L, 'perdu')$$, tests.id('gerant'))),
  'INTROUVABLE', 'who has none has none to lose');
select
  is(pg_temp.tente('autre_admin', format($$select private.reinitialiser_facteur(%L, 'perdu')$$, tests.id('admin'))),
  'done', 'another admin who has proved theirs takes the lost one away');
select is((select count(*) from private.facteurs_totp f left join private.codes_secours c using (user_id)
    left join private.sessions_elevees s using (user_id) where f.user_id = tests.id('admin')), 0::bigint,
  'and nothing of it is left');
select is((select niveau || ' ' || (user_id = tests.id('autre_admin')) || ' ' || (details ->> 'motif')
    from public.log_actions where action = 'FACTEUR_REINITIALISE' and cible_id = tests.id('admin')),
      'CRITICAL true perdu',
  'which the log says for good: who, to whom and why');
select private.remplacer_codes_secours(tests.id('admin'), pg_temp.empreintes('papier'));
select
  is(pg_temp.tente('autre_admin', format($$select private.reinitialiser_facteur(%L, 'vol')$$, tests.id('admin'))),
  'done', 'so are codes alone, of whoever proves by Supabase Auth');
select * from finish();
rollback;
