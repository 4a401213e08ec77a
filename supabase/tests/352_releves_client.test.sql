-- Statements that are kept: as the account was known, whatever is written in it afterwards.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(15);

select tests.depot('depot'), tests.depot('ailleurs'), tests.equipe('depot'),
       tests.acteur('gerant', 'ailleurs', 'etranger');
update public.depots set code = upper(translate(substr(md5(id::text), 1, 6), '0123456789', 'GHIJKLMNOP'))
 where id in (tests.id('depot'), tests.id('ailleurs'));
select tests.noter('client', tests.tiers('clients'));
create function pg_temp.payer(p_depot text, p_montant numeric) returns text language sql as $$
  select format('select public.encaisser(%L)', jsonb_build_object('depot_id', tests.id(p_depot), 'client_id',
    tests.id('client'), 'mode', 'CASH', 'devise', 'USD', 'montant', p_montant)) $$;
create function pg_temp.arreter(p_nom text, p_du date default null, p_au date default null) returns text
  language sql as $$
  select format($f$with r as (insert into public.releves_clients (client_id, devise, du, au) values (%L, 'USD', %L, %L)
    returning id) select tests.noter(%L, id) from r$f$, tests.id('client'), p_du, p_au, p_nom) $$;
create function pg_temp.vu(p_nom text) returns text language sql as $$
  select format('%s au %s, %s lignes', r.solde, r.au - tests.jour(), jsonb_array_length(r.dit -> 'lignes'))
    from public.releves_clients r where r.id = tests.id(p_nom) $$;
grant execute on all functions in schema pg_temp to authenticated;

select tests.agir_comme('gerant');
select lives_ok(pg_temp.payer('depot', 100), 'a client pays here');
select tests.agir_comme('etranger');
select lives_ok(pg_temp.payer('ailleurs', 30), 'and elsewhere');
select tests.agir_comme('gerant');
select lives_ok(pg_temp.arreter('ici'), 'a gérant draws up a statement');
select is(pg_temp.vu('ici'), '-100.00 au 0, 2 lignes', 'of what is written at their depot');
select tests.agir_comme('directeur');
select lives_ok(pg_temp.arreter('partout'), 'a directeur too');
select is(pg_temp.vu('partout'), '-130.00 au 0, 3 lignes', 'of all that is written');
select set_config('essai.dit', (select dit::text from public.releves_clients
  where id = tests.id('partout')), true);
select lives_ok(pg_temp.payer('depot', 7), 'more is paid');
select is(pg_temp.vu('partout'), '-130.00 au 0, 3 lignes', 'which is not in it');
select is(public.imprimer_releve(tests.id('partout')) - '{empreinte,exemplaire}'::text[],
  current_setting('essai.dit')::jsonb, 'its paper says what was said');
select is((public.imprimer_releve(tests.id('partout')) ->> 'exemplaire')::int, 2, 'each print is counted');
select tests.agir_comme('gerant');
select throws_ok(format('select public.imprimer_releve(%L)', tests.id('partout')), 'PT404', 'INTROUVABLE',
  'a gérant does not read what others wrote elsewhere');
select throws_ok(format('update public.releves_clients set au = au where id = %L', tests.id('ici')), '42501', null,
  'nobody changes one');
select throws_ok(pg_temp.arreter('X', tests.jour(), tests.jour(-3)), '23514', null, 'none ends before it begins');
select is(tests.verdict(r, pg_temp.arreter('X')), a, format('who draws up a statement: %s', r))
  from (values ('pca', 'done'), ('operateur', 'ROLE_FORBIDDEN')) as t (r, a);

select * from finish();
rollback;
