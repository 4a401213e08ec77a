-- Corrections: rows of their own, by an admin, with a reason, in the open.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(91);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi');
select tests.recevoir('cuve', 1000, -3, p_volume_15c => 990), tests.sortir('cuve', 400, -2);

create function pg_temp.ajuster(p_valeurs text, p_type text default 'RECEPTION',
  p_id uuid default tests.id('reception')) returns text
language sql as $$
  select format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, %s%s%s) values (%L, %L, %s%s%s)',
    split_part(p_valeurs, '=', 1), case when p_valeurs !~ 'delta_15c' then ', delta_15c' end,
    case when p_valeurs !~ 'reason' then ', reason' end, p_type, p_id, split_part(p_valeurs, '=', 2),
    case when p_valeurs !~ 'delta_15c' then ', 0' end, case when p_valeurs !~ 'reason' then ', ''Jaugeage refait''' end)
$$;
comment on function pg_temp.ajuster(text, text, uuid) is
  'An adjustment with "columns = values"; the reason is good and the volume at 15 °C 0, unless given.';
grant execute on function pg_temp.ajuster to authenticated, service_role;

-- Who -----------------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, e), case r when 'admin' then 'done' else 'ROLE_FORBIDDEN' end, format('%s: %s', quoi, r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture,inconnu}'::text[]) as r,
       (values ('an adjustment', pg_temp.ajuster('delta_ambiant = 5')),
               ('the compensation of a réception',
                 'select public.admin_compensate_reception(tests.id(''reception''), ''Saisie deux fois'')'),
               ('the compensation of a sortie',
                 'select public.admin_compensate_sortie(tests.id(''sortie''), ''Saisie deux fois'')')) as t (quoi, e)
 where r <> 'admin' or quoi <> 'the compensation of a réception';
select tests.agir_sans_compte('service_role');
select throws_ok(pg_temp.ajuster('delta_ambiant = 5'), 'PT403', 'ROLE_FORBIDDEN',
  'service_role is nobody: it adjusts nothing');
select throws_ok('select public.admin_compensate_sortie(tests.id(''sortie''), ''Saisie deux fois'')', '42501', null,
  'service_role compensates nothing');
select tests.redevenir_systeme();

-- What is refused -----------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select throws_ok(pg_temp.ajuster(format('delta_ambiant, reason = 5, %L', m)), 'PT422', 'MOTIF_REQUIS',
  'an adjustment gives a reason: ' || quoi)
  from (values (null, 'none'), ('neuf sign', 'nine characters'), ('          a', 'ten spaces and a letter')) as t
    (m, quoi);
select is(tests.essayer(pg_temp.ajuster(format('delta_ambiant, reason = 5, %L', repeat(E'\n', 10)))) ->> 'message',
  'MOTIF_REQUIS',
  'an adjustment gives a reason: ten line breaks');
select throws_ok(pg_temp.ajuster('delta_ambiant = 5', t, i), 'PT404', 'INVALID_ID_OR_STATE', quoi || ' is not adjusted')
  from (values ('RECEPTION', gen_random_uuid(), 'a réception that does not exist'),
    ('SORTIE', gen_random_uuid(), 'a sortie that does not exist'),
               ('SORTIE', tests.id('reception'), 'a réception called a sortie'),
               ('SORTIE', tests.brouillon('cuve', 10, p_nom => 'brouillon'), 'a draft'))
    as t (t, i, quoi);
select throws_ok(pg_temp.ajuster(v), etat, code, quoi || ' is refused')
  from (values
    ('delta_ambiant, delta_15c = 0, 0', 'PT422', 'AJUSTEMENT_NUL', 'an adjustment of nothing'),
    ('delta_ambiant = ''NaN''', '23514', null, 'NaN'),
    ('delta_ambiant = 1e9', '23514', null, 'a million cubic metres'),
    ('delta_ambiant = 1e300', '22003', null, '1e300'),
    ('delta_ambiant, delta_15c = 1, ''NaN''', '23514', null, 'NaN at 15 °C'),
    ('delta_ambiant, delta_15c = 1, null', 'PT422', 'AJUSTEMENT_INCOMPLET', 'one without its volume at 15 °C'),
    ('delta_ambiant, delta_15c = null, 1', 'PT422', 'AJUSTEMENT_INCOMPLET', 'one without its measured volume'),
    ('delta_ambiant, delta_15c = -300, 300', 'PT422', 'FACTEUR_HORS_BORNES',
      'one that makes 300 L measured of 890 L at 15 °C'),
    ('delta_ambiant, delta_15c = 300, -300', 'PT422', 'FACTEUR_HORS_BORNES',
      'one that makes 900 L measured of 290 L at 15 °C'),
    ('delta_ambiant, delta_15c = 99401, 99401', 'PT409', 'CITERNE_PLEINE',
      'one that fills the tank beyond its capacity'),
    ('delta_ambiant, compensation = 5, true', '42501', null, 'a compensation written by hand')
  ) as t (v, etat, code, quoi);
select throws_ok(pg_temp.ajuster('delta_ambiant = -600.001'), 'PT409', 'INSUFFICIENT_STOCK',
  'an adjustment never takes the stock below zero');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = 0, -590.001'), 'PT409', 'INSUFFICIENT_STOCK',
  'an adjustment never takes the stock at 15 °C below zero');
select
  isnt(tests.essayer(pg_temp.ajuster('delta_ambiant = -400') ||
  format(', (''RECEPTION'', %L, -400, 0, ''Jaugeage refait'')', tests.id('reception'))) ->> 'etat',
  null, 'two adjustments in one statement never take the stock below zero');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = 400.001, 400', 'SORTIE', tests.id('sortie')), 'PT409',
  'AJUSTEMENT_EXCESSIF',
  'an adjustment never makes an entry of a sortie');
select tests.redevenir_systeme();
select is(tests.stock('cuve') || ' ; ' || tests.jours('cuve'), '600 / 590 ; -3: 1000/990, -2: 600/590',
  'no refusal moved a litre');

-- Adjusted ------------------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, created_by,
  depot_id, citerne_id,
  produit_id, proprietaire_type)
values ('RECEPTION', tests.id('reception'), -15.5, -15, 'Jaugeage refait', tests.id('gerant'), tests.id('goma'),
  gen_random_uuid(),
  gen_random_uuid(), 'PARTENAIRE');
select results_eq('select created_by, depot_id, citerne_id, proprietaire_type, date_jour, compensation from public.stocks_adjustments
    where mouvement_id = tests.id(''reception'')',
  $$values (tests.id('admin'), tests.id('lubumbashi'), tests.id('cuve'), 'MONALUXE', tests.jour(), false)$$,
  'who, where and when are the database''s, whatever was sent: those of the movement, and today');
select tests.redevenir_systeme();
select is(tests.jours('cuve'), '-3: 1000/990, -2: 600/590, 0: 584.5/575',
  'an adjustment counts from the day it is made');
select results_eq('select stock_ambiant_base, delta_ambiant_total, stock_ambiant, stock_15c_base, delta_15c_total, stock_15c
    from public.v_stock_actuel where citerne_id = tests.id(''cuve'')',
  'values (600.0, -15.5, 584.5, 590.0, -15.0, 575.0)', 'base is the movements, delta the adjustments, stock their sum');
select is(tests.trace('STOCK_AJUSTE', tests.id('reception')), 'stocks CRITICAL', 'an adjustment is logged CRITICAL');
select is((select r.volume_ambiant from public.receptions r where r.id = tests.id('reception')), 1000.0,
  'the movement itself stays as it was');

-- Compensated ---------------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select throws_ok('select public.admin_compensate_reception(tests.id(''reception''), ''Saisie deux fois'')', 'PT409',
  'INSUFFICIENT_STOCK',
  'a réception whose fuel has left is not compensated');
select throws_ok(format('select public.admin_compensate_%s(tests.id(''brouillon''), ''Saisie deux fois'')', f), 'PT404',
  'INVALID_ID_OR_STATE',
    format('admin_compensate_%s on a draft is refused', f)) from unnest('{reception,sortie}'::text[]) as f;
select throws_ok('select public.admin_compensate_sortie(tests.id(''sortie''), ''court'')', 'PT422', 'MOTIF_REQUIS',
  'a compensation gives a reason');
select lives_ok('select public.admin_compensate_sortie(tests.id(''sortie''), ''Saisie deux fois'')',
  'an admin compensates a sortie');
select throws_ok('select public.admin_compensate_sortie(tests.id(''sortie''), ''Saisie deux fois'')', 'PT409',
  'INVALID_ID_OR_STATE',
  'a movement is compensated once');
select
  results_eq(
  'select delta_ambiant, delta_15c, compensation from public.stocks_adjustments where mouvement_id = '
  'tests.id(''sortie'')',
  'values (400.0, 400.0, true)', 'a compensation is the exact opposite of a movement that nothing has adjusted');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '984.5 / 975', 'the litres are back');
select is(tests.trace('SORTIE_COMPENSEE', tests.id('sortie')), 'stocks CRITICAL',
  'the compensation of a sortie is logged CRITICAL');
select tests.recevoir('cuve', 77, -1, p_volume_15c => 76, p_nom => 'doublon');
select tests.agir_comme('admin');
select public.admin_compensate_reception(tests.id('doublon'), 'Saisie deux fois');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '984.5 / 975', 'a compensated réception leaves the stock as if it had not been');
select is(tests.jours('cuve'), '-3: 1000/990, -2: 600/590, -1: 677/666, 0: 984.5/975',
  'the days it really stood there stay');
select is(tests.trace('RECEPTION_COMPENSEE', tests.id('doublon')), 'stocks CRITICAL',
  'the compensation of a réception is logged CRITICAL');

-- Compensated after it was adjusted, and the bounds of its tank -------------------------------------------------------

select tests.citerne('reste', 'lubumbashi', p_capacite => 1000), tests.recevoir('reste', 900, p_nom => 'ajustee');
select tests.ajuster('RECEPTION', 'ajustee', -100, -100);
select tests.agir_comme('admin');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -800.001, -800', p_id => tests.id('ajustee')), 'PT409',
  'AJUSTEMENT_EXCESSIF',
  'adjustments together never take back more than their réception brought');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -800, -800.001', p_id => tests.id('ajustee')), 'PT409',
  'AJUSTEMENT_EXCESSIF',
  'nor at 15 °C');
select lives_ok('select public.admin_compensate_reception(tests.id(''ajustee''), ''Saisie deux fois'')',
  'an adjusted réception is compensated');
select tests.redevenir_systeme();
select is(tests.stock('reste'), '0 / 0',
  'a compensation takes back what is left of its movement after its adjustments');
select tests.recevoir('reste', 900), tests.sortir('reste', 900), tests.recevoir('reste', 900);
select tests.agir_comme('admin');
select is(tests.essayer('select public.admin_compensate_sortie(tests.id(''sortie''), ''Saisie deux fois'')') ->>
  'message', 'CITERNE_PLEINE',
  'a sortie is not given back to a tank that has been filled since');
select tests.redevenir_systeme();

-- Opening stocks and transfers ----------------------------------------------------------------------------------------

select tests.citerne('a', 'lubumbashi'), tests.citerne('b', 'lubumbashi');
select tests.agir_comme('admin');
select tests.noter('initial', public.declarer_stock_initial(tests.id('a'), 'MONALUXE', 1000, 990,
  'Inventaire de reprise'));
insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c)
values (tests.id('a'), tests.id('b'), 400, 15) returning tests.noter('transfert', id);
select lives_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -100, -90', 'STOCK_INITIAL', tests.id('initial')),
  'an opening stock is corrected');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -901, -1', 'STOCK_INITIAL', tests.id('initial')), 'PT409',
  'AJUSTEMENT_EXCESSIF',
  'an opening stock is never corrected below nothing');
select lives_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -50, -50', 'TRANSFERT', tests.id('transfert')),
  'a transfer is corrected');
select lives_ok(pg_temp.ajuster(format('citerne_id, delta_ambiant, delta_15c = %L, 30, 30', tests.id('a')), 'TRANSFERT',
  tests.id('transfert')),
  'a transfer is corrected from the side of the tank it left');
select throws_ok(pg_temp.ajuster('delta_ambiant, delta_15c = -321, -1', 'TRANSFERT', tests.id('transfert')), 'PT409',
  'AJUSTEMENT_EXCESSIF',
  'a transfer is never turned around');
select tests.redevenir_systeme();
select is(tests.stock('a') || ' ; ' || tests.stock('b'), '580 / 580 ; 320 / 320',
  'what did not enter one tank of a transfer has not left the other');

-- Seen, and never written again ---------------------------------------------------------------------------------------

select is(tests.verdict(r, 'select from public.stocks_adjustments where citerne_id = tests.id(''cuve'')'), attendu,
    format('the adjustments of a depot, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'), ('pca', 'done'),
               ('lecture', 'done'), ('gerant_goma', 'nothing'), ('inconnu', 'nothing')) as t (r, attendu);
create function pg_temp.ecritures() returns table (verbe text, ecriture text) language sql as $$
  values ('an update', 'update public.stocks_adjustments set reason = ''Autre raison'''),
    ('a delete', 'delete from public.stocks_adjustments'),
         ('a truncate', 'truncate public.stocks_adjustments')
$$;
grant execute on function pg_temp.ecritures to authenticated, service_role;
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.verbe || ' of an adjustment by the owner is refused')
  from pg_temp.ecritures() e;
select tests.agir_sans_compte('service_role');
select throws_ok(e.ecriture, case e.verbe when 'a truncate' then '42501' else 'PT403' end, null,
  e.verbe || ' by service_role is refused')
  from pg_temp.ecritures() e;
select tests.agir_comme('admin');
select throws_ok(e.ecriture, '42501', null, e.verbe || ' of an adjustment by an admin is refused')
  from pg_temp.ecritures() e;
select tests.redevenir_systeme();

select * from finish();
rollback;
