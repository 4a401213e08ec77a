-- Régularisation: what a dip found and the books had not, booked once, shared between owners to the millilitre.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(34);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');
select tests.citerne('cuve', 'lubumbashi', p_capacite => 500000), tests.citerne('vide', 'lubumbashi'),
  tests.citerne('autre', 'lubumbashi', p_capacite => 500000);
update public.feature_flags set enabled = true, depots = '{}', users = '{}' where key = 'astm_53b';

create function pg_temp.recevoir(p_litres numeric, p_proprietaire text default 'MONALUXE',
  p_citerne text default 'cuve')
returns void language plpgsql as $$
begin
  perform tests.cdr('cdr', 'lubumbashi');
  perform tests.agir_comme('operateur');
  insert into public.receptions (cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
    temperature_ambiante_c, densite_a_15_kgm3)
  values (tests.id('cdr'), tests.id(p_citerne), p_proprietaire,
    case p_proprietaire when 'PARTENAIRE' then tests.tiers('partenaires') end, p_litres, 15, 840);
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.jauger(p_litres numeric, p_nom text default 'prise', p_citerne text default 'cuve',
  p_temperature numeric default 15) returns void language plpgsql as $$
begin
  perform tests.agir_comme('operateur');
  insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c, densite_a_15_kgm3)
  values (tests.id(p_citerne), p_litres, p_temperature, 840) returning tests.noter(p_nom, id) into p_nom;
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.regulariser(p_nom text default 'prise', p_motif text default 'Perte constatée au jaugeage')
returns text language plpgsql as $$
begin
  perform tests.agir_comme('admin');
  perform public.regulariser(tests.id(p_nom), p_motif);
  perform tests.redevenir_systeme();
  return 'done';
end;
$$;
create function pg_temp.refus(p_nom text default 'prise', p_motif text default 'Perte constatée au jaugeage')
  returns text
language sql as $$
  select tests.essayer(format('select pg_temp.regulariser(%L, %L)', p_nom, p_motif)) ->> 'message'
$$;

select pg_temp.recevoir(700), pg_temp.recevoir(300, 'PARTENAIRE');
select pg_temp.jauger(990);
select is(tests.verdict(r, $$select public.regulariser(tests.id('prise'), 'Perte constatée')$$), attendu,
  format('%s books a gap: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'ROLE_FORBIDDEN'), ('gerant', 'ROLE_FORBIDDEN'),
    ('operateur', 'ROLE_FORBIDDEN'), ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) t (r, attendu);
select is(pg_temp.refus(p_motif => 'court'), 'MOTIF_REQUIS', 'a reason is needed, in words');
select tests.redevenir_systeme();
select is(tests.essayer($$select public.regulariser(gen_random_uuid(), 'Perte constatée')$$) ->> 'message',
  'ROLE_FORBIDDEN', 'nobody books one without being somebody');
select is(pg_temp.regulariser(), 'done', 'an admin books it');
select is(tests.stock('cuve') || ' ' || tests.stock('cuve', 'PARTENAIRE'), '693 / 693 297 / 297',
  'each owner bears its share');
select is(tests.trace('STOCK_REGULARISE', r.id), 'stocks CRITICAL', 'a line each, CRITICAL: ' || r.proprietaire_type)
  from public.regularisations r where r.citerne_id = tests.id('cuve') order by r.proprietaire_type;
select is_empty('select * from public.verifier_stocks()', 'stock, days and adjustments agree');
select results_eq($$select delta_ambiant_total, stock_ambiant_base from public.v_stock_actuel
  where citerne_id = tests.id('cuve') and proprietaire_type = 'MONALUXE'$$, $$values (-7.000, 700.000)$$,
  'it is an adjustment: what came and went stays as it was');
select is((select sum(c.stock_15c) from public.stock_connu_a(tests.jour(), 'infinity') c
  where c.citerne_id = tests.id('cuve')), 990.000, 'the log knows it');
select is((select e.regularisee from public.v_ecarts_inventaire e where e.prise_de_hauteur_id = tests.id('prise')),
  true,
  'the dip says so');
select is(pg_temp.refus(), 'REGULARISATION_DEJA_FAITE', 'once');
select tests.redevenir_systeme();

-- Gains, remainders, and a day that is past.
select pg_temp.jauger(1000);
select is(pg_temp.regulariser(), 'done', 'a gain is booked too');
select is(tests.stock('cuve') || ' ' || tests.stock('cuve', 'PARTENAIRE'), '700 / 700 300 / 300', 'and shared alike');
select pg_temp.jauger(999);
select pg_temp.regulariser();
select is(tests.stock('cuve') || ' ' || tests.stock('cuve', 'PARTENAIRE'), '699.3 / 699.3 299.7 / 299.7',
  'to the millilitre');
select pg_temp.jauger(1010, p_temperature => 25);
select pg_temp.regulariser();
select is((select format('%s %s', sum(s.stock_ambiant)::int, sum(s.stock_15c)::int) from public.stocks_snapshot s
  where s.citerne_id = tests.id('cuve')), '1010 1001', 'both litres become those that were measured');
select pg_temp.jauger(0);
select pg_temp.regulariser();
select is(tests.stock('cuve') || ' ' || tests.stock('cuve', 'PARTENAIRE'), '0 / 0 0 / 0', 'down to an empty tank');
select is_empty('select * from public.verifier_stocks()', 'and all still agrees');
select pg_temp.jauger(5);
select is(pg_temp.regulariser(), 'done', 'fuel found where there was none is booked');
select is(tests.stock('cuve'), '5 / 5', 'to one owner');

-- When it may not.
select pg_temp.recevoir(1000, p_citerne => 'autre');
select pg_temp.jauger(990, 'ancienne', 'autre'), pg_temp.jauger(990, 'seconde', 'autre');
select pg_temp.regulariser('ancienne');
select is(pg_temp.refus('seconde'), 'REGULARISATION_DEPASSEE', 'two dips that found one loss lose it once');
select tests.redevenir_systeme();
select pg_temp.jauger(980, 'apres', 'autre');
select tests.sortir('autre', 985);
select is(pg_temp.refus('apres'), 'INSUFFICIENT_STOCK', 'a loss that is no longer there is refused');
select tests.redevenir_systeme();
select pg_temp.jauger(5, 'juste', 'autre');
select is(pg_temp.refus('juste'), 'REGULARISATION_SANS_ECART', 'no gap, nothing to book');
select tests.redevenir_systeme();
select tests.agir_comme('operateur');
insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (tests.id('autre'), 4) returning
  tests.noter('froide', id) is null as note;
select tests.redevenir_systeme();
select is(pg_temp.refus('froide'), 'REGULARISATION_SANS_15C', 'without a temperature the gap may be heat');
select tests.redevenir_systeme();
select pg_temp.jauger(10, 'de_rien', 'vide');
select is(pg_temp.refus('de_rien'), 'SORTIE_STOCK_INTROUVABLE',
  'a tank that never had stock begins by its opening stock');
select tests.redevenir_systeme();
select pg_temp.jauger(3, 'vieille', 'autre');
alter table public.prises_de_hauteur disable trigger user;
update public.prises_de_hauteur set mesuree_le = now() - interval '73 hours' where id = tests.id('vieille');
alter table public.prises_de_hauteur enable trigger user;
select is(pg_temp.refus('vieille'), 'REGULARISATION_TARDIVE', 'a dip of three days ago says nothing of today');
select tests.redevenir_systeme();
select throws_ok(e, 'PT403', 'ECRITURE_INTERDITE', e || ': refused')
  from (values ('update public.regularisations set delta_15c = 1'), ('delete from public.regularisations'),
    ('truncate public.regularisations')) t (e);

select * from finish();
rollback;
