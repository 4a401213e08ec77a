-- What readers read: one truth under several names, and never a row that the tables would refuse.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(56);

select tests.depot('lubumbashi'), tests.depot('goma'), tests.depot('a_l_est', 'Pacific/Kiritimati'),
  tests.depot('a_l_ouest', 'Etc/GMT+12');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi', p_capacite => 20000, p_securite => 100),
  tests.citerne('essence', 'lubumbashi', 'ESS');
select tests.citerne('jamais_servie', 'lubumbashi'), tests.citerne('cuve_goma', 'goma');

-- A mixed history, not in the order of its days.
select tests.recevoir('cuve', 5000, -4, p_volume_15c => 4950), tests.recevoir('cuve', 3000, -9, 'PARTENAIRE', 2985);
select tests.sortir('cuve', 1200, -2), tests.recevoir('essence', 800, -6), tests.sortir('essence', 300, -1);
select tests.ajuster('SORTIE', 'sortie', 12.5, 12.25);
select tests.recevoir('cuve', 700.123, -8, p_volume_15c => 695.5), tests.sortir('cuve', 1000, -7, 'PARTENAIRE');
select tests.ajuster('SORTIE', 'sortie', -50, -49), tests.recevoir('cuve_goma', 900, -3),
  tests.sortir('cuve', 300.001, -8);
select tests.brouillon('cuve', 99);

select is(tests.stock('cuve'), '4200.122 / 4145.499', 'the history gives the stock that adding it up by hand gives');

-- Sum of movements ----------------------------------------------------------------------------------------------------

create view pg_temp.somme as
  select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, sum(m.delta_ambiant) as stock_ambiant,
    sum(m.delta_15c) as stock_15c
    from public.v_mouvements_stock m group by 1, 2, 3, 4;
select
  set_eq(
  'select citerne_id, produit_id, depot_id, proprietaire_type, stock_ambiant, stock_15c from public.v_stock_actuel',
  'select * from pg_temp.somme', 'the sum of v_mouvements_stock is v_stock_actuel, to the millilitre');
select set_eq('select citerne_id, produit_id, proprietaire_type, stock_ambiant, stock_15c from public.stock_actuel',
  'select citerne_id, produit_id, proprietaire_type, stock_ambiant, stock_15c from pg_temp.somme',
  'the sum of v_mouvements_stock is the last day of the journal');
select set_eq(
  'select citerne_id, proprietaire_type, stock_ambiant_base, stock_15c_base, delta_ambiant_total, delta_15c_total from '
  'public.v_stock_actuel',
  $$select citerne_id, proprietaire_type,
           sum(delta_ambiant) filter (where mouvement_type <> 'AJUSTEMENT') as base,
           sum(delta_15c) filter (where mouvement_type <> 'AJUSTEMENT') as base_15c,
           coalesce(sum(delta_ambiant) filter (where mouvement_type = 'AJUSTEMENT'), 0) as delta,
           coalesce(sum(delta_15c) filter (where mouvement_type = 'AJUSTEMENT'), 0) as delta_15c
      from public.v_mouvements_stock group by 1, 2$$,
  'base is the sum of the movements, delta the sum of the adjustments');
select is_empty('select from public.v_mouvements_stock where mouvement_id = tests.id(''sortie'')',
  'a draft is no movement');

-- Under other names ---------------------------------------------------------------------------------------------------

select columns_are('public', v, colonnes::name[], format('%s has the columns its readers know', v))
  from (values
    ('v_stock_actuel', '{depot_id,depot_nom,citerne_id,citerne_nom,produit_id,produit_nom,proprietaire_type,stock_ambiant,stock_15c,
      stock_ambiant_base,stock_15c_base,delta_ambiant_total,delta_15c_total,capacite_totale,capacite_securite,last_movement_at,updated_at,
      densite_melange_kgm3,masse_vide_t,masse_air_t,logique}')) as t (v, colonnes);
select
  bag_has(
  'select attname::text from pg_attribute where attrelid = ''public.v_mouvements_stock''::regclass and attnum > 0',
  'select unnest(''{date_jour,citerne_id,produit_id,depot_id,proprietaire_type,delta_ambiant,delta_15c}''::text[])',
  'v_mouvements_stock has the columns its readers know');
select
  set_eq(
  'select citerne_id, proprietaire_type, stock_ambiant, stock_15c, capacite_totale, capacite_securite from '
  'public.v_stock_actuel_snapshot',
  'select citerne_id, proprietaire_type, stock_ambiant, stock_15c, capacite_totale, capacite_securite from '
  'public.v_stock_actuel',
  'v_stock_actuel_snapshot is v_stock_actuel');
select results_eq('select stock_ambiant_total, stock_15c_total from public.v_stock_actuel_owner_snapshot
    where depot_id = tests.id(''lubumbashi'') and produit_id = tests.produit(''G.O'') order by proprietaire_type',
  'values (4200.122, 4145.499), (1950.0, 1936.0)', 'v_stock_actuel_owner_snapshot adds up the tanks, owner by owner');
select results_eq('select stock_ambiant_total, stock_ambiant_monaluxe, stock_ambiant_partenaire, stock_15c_total, stock_15c_monaluxe, stock_15c_partenaire
    from public.v_kpi_stock_global where depot_id = tests.id(''lubumbashi'') and produit_id = tests.produit(''G.O'')',
  'values (6150.122, 4200.122, 1950.0, 6081.499, 4145.499, 1936.0)',
  'v_kpi_stock_global adds up the owners, and gives the part of each');
select
  results_eq(
  'select stock_ambiant_total, stock_15c_total from public.v_citerne_stock_snapshot_agg where citerne_id = '
  'tests.id(''cuve'')',
  'values (6150.122, 6081.499)', 'v_citerne_stock_snapshot_agg adds up the owners of a tank');
select
  results_eq(
  'select stock_ambiant_total, stock_15c_total from public.v_citerne_stock_snapshot_agg where citerne_id = '
  'tests.id(''jamais_servie'')',
  'values (0.0, 0.0)', 'a tank that never held fuel is there, with nothing in it');
select
  results_eq(
  'select stock_ambiant, stock_15c, date_jour from public.v_citerne_stock_actuel where citerne_id = tests.id(''cuve'')',
  'values (6150.122, 6081.499, tests.jour())', 'v_citerne_stock_actuel adds up the owners of a tank, from the journal');

-- 26 hours lie between these two: whatever the hour of the server, it is another day there.
select tests.citerne('est', 'a_l_est'), tests.citerne('ouest', 'a_l_ouest');
select tests.cdr('cdr_est', 'a_l_est'), tests.cdr('cdr_ouest', 'a_l_ouest');
select tests.agir_comme('admin');
insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
values (tests.id('cdr_est'), tests.id('est'), 1, 15), (tests.id('cdr_ouest'), tests.id('ouest'), 1, 15);
select
  results_eq(
  'select date_jour from public.v_kpi_stock_global where depot_id in (tests.id(''a_l_est''), tests.id(''a_l_ouest'')) '
  'order by 1 desc',
  $$values ((now() at time zone 'Pacific/Kiritimati')::date), ((now() at time zone 'Etc/GMT+12')::date)$$,
  'the day of v_kpi_stock_global is the day where the depot is');
select tests.redevenir_systeme();

-- Never more than the tables ------------------------------------------------------------------------------------------

select is(tests.verdict(r, format('select from public.%I where %s', v.vue, replace(v.filtre, 'ICI', 'cuve'))), attendu,
    format('%s, for %s: %s', v.vue, r, attendu))
  from (values ('v_mouvements_stock', 'citerne_id = tests.id(''ICI'')'),
    ('v_stock_actuel', 'citerne_id = tests.id(''ICI'')'),
               ('v_stock_actuel_snapshot', 'citerne_id = tests.id(''ICI'')'),
               ('v_stock_actuel_owner_snapshot', 'depot_id = tests.id(''lubumbashi'')'),
               ('v_kpi_stock_global', 'depot_id = tests.id(''lubumbashi'')'),
               ('v_citerne_stock_snapshot_agg', 'citerne_id = tests.id(''ICI'')'),
               ('stock_actuel', 'citerne_id = tests.id(''ICI'')'),
               ('v_citerne_stock_actuel', 'citerne_id = tests.id(''ICI'')')) as v (vue, filtre),
       (values ('pca', 'done'), ('lecture', 'done'), ('gerant_goma', 'nothing'), ('inconnu', 'nothing')) as t
         (r, attendu);

-- Computed again ------------------------------------------------------------------------------------------------------

create function pg_temp.reconstruire(p_du int, p_au int) returns text language sql
return format('select public.rebuild_stocks_journaliers(tests.id(''lubumbashi''), tests.jour(%s), tests.jour(%s))',
  p_du, p_au);
select is(tests.verdict(r, pg_temp.reconstruire(-30, 0)), attendu,
  format('rebuild_stocks_journaliers, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'ROLE_FORBIDDEN'), ('gerant', 'ROLE_FORBIDDEN'),
    ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, attendu);
create temp table maintenu as select citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant,
  stock_15c from public.stocks_journaliers;
create function pg_temp.refaire(p_du int, p_au int) returns void language plpgsql as $$
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_journaliers set stock_ambiant = 1
   where depot_id = tests.id('lubumbashi') and date_jour between tests.jour(p_du) and tests.jour(p_au);
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform tests.passer_chef();
  execute pg_temp.reconstruire(p_du, p_au);
end;
$$;
select pg_temp.refaire(-30, 0);
select
  set_eq(
  'select citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant, stock_15c from '
  'public.stocks_journaliers',
  'select * from maintenu', 'rebuild_stocks_journaliers gives what the rules maintained');
select pg_temp.refaire(-7, -4);
select
  set_eq(
  'select citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant, stock_15c from '
  'public.stocks_journaliers',
  'select * from maintenu', 'rebuild_stocks_journaliers of a few days carries on from the days before them');
select is((select count(*) from public.log_actions l where l.action = 'STOCKS_JOURNALIERS_RECONSTRUITS'
  and l.niveau = 'CRITICAL'
  and l.depot_id = tests.id('lubumbashi')), 2::bigint, 'rebuild_stocks_journaliers is logged CRITICAL');
select tests.redevenir_systeme();
select tests.sortir('cuve', 10, -5);
select
  set_eq(
  'select citerne_id, produit_id, depot_id, proprietaire_type, stock_ambiant, stock_15c from public.v_stock_actuel',
  'select * from pg_temp.somme', 'after a rebuild, movements go on as before');

select * from finish();
rollback;
