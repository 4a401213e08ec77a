-- Integrity: what is found becomes one alert a key, with one life.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(32);

select tests.depot('depot'), tests.depot('ailleurs'), tests.equipe('depot'), tests.citerne('cuve'),
       tests.acteur('gerant', 'ailleurs', 'etranger');
select tests.recevoir('cuve', 5000), tests.recevoir('cuve', 3000, p_proprietaire => 'PARTENAIRE');
-- What only an accident of the database does.
create function pg_temp.casser(p_proprietaire text, p_litres numeric) returns void language plpgsql as $$
begin
  alter table public.stocks_snapshot disable trigger user;
  update public.stocks_snapshot set stock_ambiant = p_litres, stock_15c = p_litres
   where citerne_id = tests.id('cuve') and proprietaire_type = p_proprietaire;
  alter table public.stocks_snapshot enable trigger user;
end;
$$;
create function pg_temp.alerte(p_code text) returns text language sql as $$
  select format('%s %s %s %s', a.severity, a.status, a.presente, a.occurrences) from public.system_alerts a
   where a.entity_id = tests.id('cuve') and a.check_code = p_code $$;
create function pg_temp.evenements(p_code text) returns text language sql as $$
  select string_agg(e.type, ' ' order by e.ordre) from public.alertes_evenements e join public.system_alerts a
    on a.id = e.alerte_id
   where a.entity_id = tests.id('cuve') and a.check_code = p_code $$;
create function pg_temp.changer(p_status text) returns text language sql as $$
  select format('update public.system_alerts set status = %L, resolved_by = %L, acknowledged_at = %L where id = %L',
    p_status,
    gen_random_uuid(), '2020-01-01', tests.id('alerte')) $$;
grant execute on all functions in schema pg_temp to authenticated;
update public.citernes set capacite_totale = 9000 where id = tests.id('cuve');

select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), null, 'all is well');
select pg_temp.casser('MONALUXE', 9500);
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), 'CRITICAL OPEN t 1', 'a tank beyond its capacity');
select tests.noter('alerte', (select id from public.system_alerts where entity_id = tests.id('cuve')
  and check_code = 'STOCK_OVER_CAPACITY'));
select is((select depot_id from public.system_alerts where id = tests.id('alerte')), tests.id('depot'), 'of its depot');
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.evenements('STOCK_OVER_CAPACITY'), 'OPEN', 'a second pass without a change says nothing');
select is(tests.trace('ALERTE_OUVERTE', tests.id('alerte')), 'alertes INFO', 'it is logged');

select is(tests.verdict(r, pg_temp.changer('ACK')), attendu, format('who moves an alert: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'),
    ('operateur', 'ROLE_FORBIDDEN')) as t (r, attendu);
select is(tests.verdict(r, format('select from public.system_alerts where id = %L', tests.id('alerte'))), attendu,
  format('who reads it: %s', r))
  from (values ('pca', 'done'), ('gerant', 'done'), ('etranger', 'nothing'), ('operateur', 'nothing'),
    ('lecture', 'nothing')) as t (r, attendu);

select tests.agir_comme('directeur');
select lives_ok(pg_temp.changer('ACK'), 'taken on, as the client writes it');
select results_eq($$select acknowledged_by, acknowledged_at, resolved_by from public.system_alerts
  where id = tests.id('alerte')$$,
  $$values (tests.id('directeur'), now(), null::uuid)$$, 'who and when are the database''s to say');
select throws_ok(pg_temp.changer('OPEN'), 'PT409', 'ALERTE_ETAT', 'nobody opens it again');
select throws_ok(format('update public.system_alerts set message = %L where id = %L', 'x', tests.id('alerte')), '42501',
  null, 'nor writes anything else');
select tests.redevenir_systeme();
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), 'CRITICAL ACK t 1', 'a pass keeps it taken on');
select tests.agir_comme('directeur');
select lives_ok(format('select public.resoudre_alerte(%L, %L)', tests.id('alerte'), 'Transfert prévu ce soir'),
  'resolved by somebody');
select tests.redevenir_systeme();
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), 'CRITICAL RESOLVED t 1', 'stays so while it lasts');
select pg_temp.casser('MONALUXE', 5000);
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), 'CRITICAL RESOLVED f 1', 'gone');
select pg_temp.casser('MONALUXE', 9500);
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_OVER_CAPACITY'), 'CRITICAL OPEN t 2', 'back, it opens again');
select is(pg_temp.evenements('STOCK_OVER_CAPACITY'), 'OPEN ACK RESOLVED REOPEN', 'its whole life');
select is((select first_detected_at = now() from public.system_alerts where id = tests.id('alerte')), true,
  'known since the first day');

-- The night -----------------------------------------------------------------------------------------------------------
select ok(private.controler_tout() >= 1, 'the night''s pass');
select public.sync_system_alerts_from_integrity(10000);
select is(pg_temp.alerte('STOCK_INCOHERENT'), 'CRITICAL OPEN t 1', 'finds a stock that its movements do not make');
select is((select count(*) from public.system_alerts a where a.presente),
  (select count(*) from (select distinct check_code, entity_type, entity_id from public.v_integrity_checks) v),
  'what is present is what is found, a key once');
select is_empty($$select a.id from public.system_alerts a join lateral (
    select e.type from public.alertes_evenements e where e.alerte_id = a.id order by e.ordre desc limit 1) d on true
   where case d.type when 'REOPEN' then 'OPEN' else d.type end <> a.status$$,
   'the last event of an alert is its status');
select throws_ok('delete from public.system_alerts', 'PT403', 'ECRITURE_INTERDITE', 'no alert is deleted');

insert into public.envois (canal, objet_type, cle, destination, statut, envoye_le)
values ('EMAIL', 'alerte', 'deja-parti', 'a@exemple.cd', 'ENVOYE', now()) returning tests.noter('envoi', id) is null as
  note;
select tests.agir_en_base('admin');
select throws_ok(format('select public.relancer_envoi(%L)', tests.id('envoi')), 'PT409', 'ENVOI_ETAT',
  'what was sent is not sent again by hand');

select * from finish();
rollback;
