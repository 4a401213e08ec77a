-- Physical count: a dip says what is there, the books what should be; the gap is shown, the stock untouched.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(26);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('vide', 'lubumbashi');
select tests.recevoir('cuve', 700), tests.recevoir('cuve', 300, 0, 'PARTENAIRE');

create function pg_temp.jauger(p_litres text default '500', p_citerne text default 'cuve') returns text language sql
return format('insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id(%L), %L)', p_citerne,
  p_litres);
grant execute on function pg_temp.jauger to authenticated, service_role;

select is(tests.verdict(r, pg_temp.jauger()), attendu, format('%s dips a tank: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
    ('pca', 'ROLE_FORBIDDEN'),
               ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN'),
               ('gerant_goma', 'CITERNE_INACTIVE_OR_INCOMPATIBLE')) as t (r, attendu);
select tests.agir_comme('operateur');
select throws_ok(pg_temp.jauger(v), etat, null, format('a dip of %s litres is refused', v))
  from (values ('-1', '23514'), ('NaN', '23514'), ('1e9', '23514'), ('1e300', '22003')) as t (v, etat);
select throws_ok($$insert into public.prises_de_hauteur (citerne_id, volume_mesure, stock_comptable)
  values (tests.id('cuve'), 1, 1)$$,
  '42501', null, 'nobody writes what the books said');

select lives_ok(pg_temp.jauger('996'), 'an operateur dips');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '700 / 700', 'a dip moves no stock');
select results_eq($$select stock_comptable, ecart_l, ecart_pour_mille, hors_tolerance from public.v_ecarts_inventaire
  where citerne_id = tests.id('cuve')$$,
  $$values (1000.0, -4.0, -4.00, false)$$, 'its gap is against all owners together, in litres and thousandths');
select tests.sortir('cuve', 500);
select is((select e.ecart_l from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')), -4.000,
  'and stays what it was when the tank was dipped');
update public.citernes set tolerance_inventaire_pour_mille = 3 where id = tests.id('cuve');
select is((select e.hors_tolerance from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')), false,
  'it keeps the tolerance of its day: one that changes since changes no verdict');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.jauger('498'), 'a dip of after');
select is((select e.hors_tolerance from public.v_ecarts_inventaire e where e.citerne_id = tests.id('cuve')
  and e.volume_mesure = 498), true,
  'beyond the tolerance of its tank it is flagged');
select lives_ok(pg_temp.jauger('1', 'vide'), 'a tank without stock is dipped too');
select results_eq($$select ecart_l, ecart_pour_mille, hors_tolerance from public.v_ecarts_inventaire
  where citerne_id = tests.id('vide')$$,
  $$values (1.0, null::numeric, true)$$, 'and fuel the books do not know is beyond any tolerance');
select tests.redevenir_systeme();
select is((select count(*)::int from public.log_actions l where l.action = 'PRISE_DE_HAUTEUR'
  and l.user_id = tests.id('operateur')), 3,
  'each dip is logged');
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.ecriture || ': refused')
  from (values ('update public.prises_de_hauteur set volume_mesure = 1'), ('delete from public.prises_de_hauteur'),
               ('truncate public.prises_de_hauteur')) as e (ecriture);

select * from finish();
rollback;
