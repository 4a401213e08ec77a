-- Opening stock: once a tank and owner, before any movement, by an admin, in the open.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(32);

select tests.vider_stock();
select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi', 'G.O', 1000), tests.citerne('recue', 'lubumbashi');

create function pg_temp.declarer(
  p_volume text default '400', p_15c text default '398', p_proprietaire text default 'MONALUXE',
  p_motif text default 'jaugeage du 5 février', p_jour int default -2, p_citerne text default 'cuve'
) returns text language sql return format('select public.declarer_stock_initial(%L, %L, %s, %s, %L, %L)',
  tests.id(p_citerne), p_proprietaire, p_volume, p_15c, p_motif, tests.jour(p_jour));
grant execute on function pg_temp.declarer to authenticated;

select is(tests.verdict(r, pg_temp.declarer()), case r when 'admin' then 'done' else 'ROLE_FORBIDDEN' end,
    format('an opening stock: %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture,inconnu}'::text[]) as r;
select is(tests.verdict('admin', v.demande), v.attendu, v.quoi)
  from (values
    (pg_temp.declarer(p_motif => 'court'), 'MOTIF_REQUIS', 'a reason that says nothing is refused'),
    (pg_temp.declarer('0'), 'VOLUME_AMBIANT_NON_POSITIF', 'nothing is no opening stock'),
    (pg_temp.declarer('null'), 'VOLUME_AMBIANT_NON_POSITIF', 'nor is an unknown volume'),
    (pg_temp.declarer('400', 'null'), 'VOLUME_AMBIANT_NON_POSITIF', 'nor one unknown at 15 °C'),
    (pg_temp.declarer('1001', '1000'), 'CITERNE_PLEINE', 'more than the tank holds is refused'),
    (pg_temp.declarer(p_jour => 1), 'DATE_FUTURE', 'tomorrow is refused'),
    (pg_temp.declarer(p_citerne => 'inconnue'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'a tank nobody knows is refused')
  ) as v (demande, attendu, quoi);
select tests.agir_comme('admin');
select throws_ok(pg_temp.declarer('''NaN''', '''NaN'''), 'PT422', 'VOLUME_AMBIANT_NON_POSITIF',
  'NaN litres are refused');
select throws_ok(pg_temp.declarer('400', '4'), '23514', null,
  'a volume at 15 °C that no product could have is refused');

select lives_ok(pg_temp.declarer(), 'an admin declares what the tank held');
select is(tests.stock('cuve'), '400 / 398', 'it is the stock');
select is(tests.jours('cuve'), '-2: 400/398', 'from the day it was declared for');
select is(tests.verdict('admin', pg_temp.declarer('1', '1')), 'INVALID_ID_OR_STATE', 'a second one is refused');
select is(tests.verdict('admin', pg_temp.declarer('100', '99', 'PARTENAIRE')), 'done', 'another owner has their own');
select tests.recevoir('recue', 10);
select is(tests.verdict('admin', pg_temp.declarer('1', '1', p_citerne => 'recue')), 'INVALID_ID_OR_STATE',
  'after a movement it is too late');
select tests.redevenir_systeme();
select is(tests.trace('STOCK_INITIAL_DECLARE', i.id), 'stocks CRITICAL', 'it is logged as critical')
  from public.stocks_initiaux i where i.citerne_id = tests.id('cuve');
select lives_ok($$select tests.sortir('cuve', 150, -1)$$, 'a sortie can be validated against it');
select is(tests.jours('cuve'), '-2: 400/398, -1: 250/248', 'and debits it');
select is_empty('select * from public.verifier_stocks()', 'and the figures agree');

select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.ecriture || ': refused')
  from (values ('update public.stocks_initiaux set volume_ambiant = 1'), ('delete from public.stocks_initiaux'),
               ('truncate public.stocks_initiaux cascade')) as e (ecriture);
select tests.agir_comme('admin');
select throws_ok('insert into public.stocks_initiaux default values', '42501', null,
  'nobody writes the table themselves');
select is((select count(*)::int from public.stocks_initiaux), 1, 'an admin reads it');
select tests.acteur('gerant', 'goma', 'etranger');
select tests.agir_comme('etranger');
select is((select count(*)::int from public.stocks_initiaux), 0, 'a gerant of another depot does not');

select * from finish();
rollback;
