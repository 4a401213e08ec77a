-- Proof: the check finds what is wrong, and the past can be read as it was and as it was believed.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(37);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'etranger');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('autre', 'lubumbashi');
select tests.recevoir('cuve', 1000, -6, p_volume_15c => 990), tests.sortir('cuve', 300, -4),
  tests.ajuster('RECEPTION', 'reception', -20, -19);

select is_empty('select * from public.verifier_stocks()',
  'a ledger that was only written by the rules has nothing to say');

create function pg_temp.abimer(p_sql text) returns text language plpgsql as $$
declare
  v_constat text;
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  execute p_sql;
  select string_agg(distinct v.probleme, ', ' order by v.probleme) into v_constat from public.verifier_stocks() v;
  raise exception using errcode = 'TT000', message = coalesce(v_constat, 'rien');
exception when sqlstate 'TT000' then
  return sqlerrm;
end;
$$;
select is(pg_temp.abimer(a.sql), a.constat, a.quoi)
  from (values
    ('update public.stocks_snapshot set stock_ambiant = stock_ambiant + 0.001', 'STOCK',
      'a millilitre too many in the stock is found'),
    ('update public.stocks_snapshot set stock_15c = stock_15c - 1', 'STOCK', 'and a litre too few at 15 °C'),
    ('delete from public.stocks_snapshot where citerne_id = tests.id(''cuve'')', 'STOCK', 'and a stock that is gone'),
    ('update public.stocks_snapshot set delta_ambiant_total = 0', 'AJUSTEMENTS', 'and adjustments that do not add up'),
    ('update public.stocks_journaliers set stock_ambiant = 1 where date_jour = tests.jour(-4)', 'JOUR',
      'and a day that is wrong'),
    ('delete from public.stocks_journaliers where date_jour = tests.jour(-4)', 'JOUR', 'and a day that is gone'),
    ('update public.stocks_journaliers set date_jour = tests.jour(-3) where date_jour = tests.jour(-4)', 'JOUR',
      'and a day that is another')
  ) as a (sql, constat, quoi);

-- Rows and their lines ------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c,
  date_jour)
values (tests.id('cuve'), tests.id('autre'), 10, 15, tests.jour(-2));
insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('cuve'), 670);
select tests.redevenir_systeme();
select is_empty('select * from public.verifier_mouvements()',
  'movements that nobody touched are what the log said of them');
select set_eq($$select distinct c.oid::regclass::text from pg_rewrite r
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      join pg_class c on c.oid = d.refobjid and c.relkind = 'r'
     where r.ev_class = 'public.v_mouvements_stock'::regclass$$,
  $$select dans::text from private.mouvements_traces()
    where mouvement_type not in ('PRISE_DE_HAUTEUR', 'ATTRIBUTION')$$,
  'every table that moves stock is held to its lines');
-- Somebody with the rights of the owner, who has turned the triggers off.
create function pg_temp.falsifier(p_sql text) returns text language plpgsql as $$
declare
  v_constat text;
begin
  set local session_replication_role = replica;
  execute p_sql;
  select string_agg(distinct concat_ws(' ', v.probleme, v.mouvement_type,
    case when v.probleme = 'MOUVEMENT_ALTERE' then (select string_agg(k, ', ' order by k)
      from jsonb_object_keys(v.constat) k) end), ', ')
    into v_constat from public.verifier_mouvements() v;
  raise exception using errcode = 'TT000', message = coalesce(v_constat, 'rien');
exception when sqlstate 'TT000' then
  return sqlerrm;
end;
$$;
reset role;
select is(pg_temp.falsifier(f.sql), f.constat, f.quoi)
  from (values
    ('update public.receptions set volume_15c = volume_15c + 0.001, volume_corrige_15c = volume_15c + 0.001',
     'MOUVEMENT_ALTERE RECEPTION volume_15c, volume_corrige_15c', 'a millilitre of a réception'),
    ('update public.receptions set temperature_ambiante_c = 16', 'MOUVEMENT_ALTERE RECEPTION temperature_ambiante_c',
     'a measure that its volume was computed from'),
    ('update public.receptions set note = ''autre chose''', 'MOUVEMENT_ALTERE RECEPTION note', 'a note that was empty'),
    ('update public.sorties_produit set client_id = null, partenaire_id = gen_random_uuid()',
     'MOUVEMENT_ALTERE SORTIE client_id, partenaire_id', 'for whom a sortie was'),
    ('update public.sorties_produit set validated_by = gen_random_uuid()', 'MOUVEMENT_ALTERE SORTIE validated_by',
      'who validated it'),
    ('update public.sorties_produit set date_sortie = date_sortie - interval ''1 second''',
      'MOUVEMENT_ALTERE SORTIE date_sortie',
     'when it was'),
    ('update public.sorties_produit set statut = ''rejetee''', 'MOUVEMENT_ALTERE SORTIE statut',
      'a sortie that is no longer validated'),
    ('update public.stocks_adjustments set reason = ''Une tout autre raison''', 'MOUVEMENT_ALTERE AJUSTEMENT reason',
     'why a correction was made'),
    ('update public.transferts set citerne_destination_id = gen_random_uuid()',
     'MOUVEMENT_ALTERE TRANSFERT citerne_destination_id', 'where a transfer went'),
    ('update public.prises_de_hauteur set volume_mesure = 680', 'MOUVEMENT_ALTERE PRISE_DE_HAUTEUR volume_mesure',
      'what a dip measured'),
    ('delete from public.sorties_produit', 'SANS_MOUVEMENT SORTIE', 'a movement that is gone'),
    ('delete from public.log_actions where action = ''RECEPTION_CREEE''', 'SANS_LIGNE RECEPTION',
      'a movement whose line is gone'),
    ('insert into public.log_actions (action, module, cible_id, details) select action, module, cible_id, details from public.log_actions
       where action = ''TRANSFERT_CREE''', 'PLUSIEURS_LIGNES TRANSFERT', 'a line said twice')
  ) as f (sql, constat, quoi);
set local role postgres;
set local timezone = 'Asia/Tokyo';
set local datestyle = 'German';
select is_empty('select * from public.verifier_mouvements()',
  'the verdict is the same under any setting of the session');
reset timezone;
reset datestyle;
select is(tests.verdict(r, 'select * from public.verifier_mouvements()'), attendu,
  format('%s asks whether movements were touched: %s', r, attendu))
  from (values ('admin', 'nothing'), ('gerant', 'nothing'), ('operateur', 'ROLE_FORBIDDEN'),
    ('lecture', 'ROLE_FORBIDDEN')) as t (r, attendu);

select
  results_eq(format('select stock_ambiant, date_jour from public.stock_a(%L) where citerne_id = tests.id(''cuve'')',
  tests.jour(j)),
    format('values (%s::numeric, %L::date)', litres, tests.jour(dernier)),
    format('the stock of day %s is %s L', j, litres))
  from (values (-6, '1000', -6), (-5, '1000', -6), (-4, '700', -4), (-1, '690', -2), (0, '670', 0)) as t
    (j, litres, dernier);
select is_empty(format('select 1 from public.stock_a(%L) where citerne_id = tests.id(''cuve'')', tests.jour(-7)),
  'before the first movement there was none');

select set_config('tests.moment', clock_timestamp()::text, true);
select tests.recevoir('cuve', 50, -5);
select is((select s.stock_ambiant from public.stock_a(tests.jour(-5)) s where s.citerne_id = tests.id('cuve')),
  1050.000,
  'a back-dated réception changes what a past day held');
select tests.agir_comme('pca');
select
  is((select s.stock_ambiant from public.stock_connu_a(tests.jour(-5), current_setting('tests.moment')::timestamptz) s
            where s.citerne_id = tests.id('cuve')), 1000.000, 'but not what was believed of it before');
select tests.agir_comme('etranger');
select is((select count(*)::int from public.stock_a(tests.jour()) s), 0, 'somebody of another depot sees neither');

select * from finish();
rollback;
