-- Transfer: what leaves one tank enters the other, or nothing does.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(33);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'etranger');
select tests.citerne('source', 'lubumbashi', 'G.O', 1000, 100), tests.citerne('cible', 'lubumbashi', 'G.O', 300),
       tests.citerne('essence', 'lubumbashi', 'ESS'), tests.citerne('ailleurs', 'goma');
select tests.recevoir('source', 800, -5, p_volume_15c => 796), tests.recevoir('source', 50, -1, 'PARTENAIRE');

create function pg_temp.transferer(
  p_volume text default '200', p_cible text default 'cible', p_source text default 'source',
  p_proprietaire text default 'MONALUXE', p_jour int default -2, p_15c text default '199'
) returns text language sql return format(
  'insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c, volume_15c,
     proprietaire_type, date_jour)
   values (%L, %L, %s, 15, %s, %L, %L)', tests.id(p_source), tests.id(p_cible), p_volume, p_15c, p_proprietaire, tests.jour(p_jour));
grant execute on function pg_temp.transferer to authenticated, service_role;

select is(tests.verdict(r, pg_temp.transferer()),
    case when r in ('admin', 'directeur', 'gerant') then 'done' else 'ROLE_FORBIDDEN' end, format('a transfer: %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict('gerant', v.demande), v.attendu, v.quoi)
  from (values
    (pg_temp.transferer(p_cible => 'essence'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into a tank of another product'),
    (pg_temp.transferer(p_cible => 'ailleurs'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into a tank of another depot'),
    (pg_temp.transferer(p_cible => 'source'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into the same tank'),
    (pg_temp.transferer(p_cible => 'inconnue'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into a tank nobody knows'),
    (pg_temp.transferer('0'), 'VOLUME_AMBIANT_NON_POSITIF', 'of nothing'),
    (pg_temp.transferer('null'), 'INDICES_MANQUANTS', 'of an unknown volume'),
    (pg_temp.transferer('801', p_15c => '796'), 'INSUFFICIENT_STOCK', 'of more than the owner has'),
    (pg_temp.transferer('200', p_15c => '199.9999'), 'done', 'of a little less at 15 °C'),
    (pg_temp.transferer('60', p_proprietaire => 'PARTENAIRE', p_15c => '50.5', p_jour => 0), 'INSUFFICIENT_STOCK',
      'of a partner''s fuel beyond theirs'),
    (pg_temp.transferer('40', p_proprietaire => 'PARTENAIRE', p_15c => '40', p_jour => -3), 'STOCK_FUTUR_NEGATIF',
      'before the fuel was there'),
    (pg_temp.transferer('301', p_15c => '300'), 'CITERNE_PLEINE', 'of more than there is room for'),
    (pg_temp.transferer('760', p_15c => '750'), 'SORTIE_CAPACITE_SECURITE', 'down below the security capacity'),
    (pg_temp.transferer(p_jour => 1), 'DATE_FUTURE', 'tomorrow'),
    (pg_temp.transferer(p_source => 'cible', p_cible => 'source'), 'SORTIE_STOCK_INTROUVABLE',
      'out of a tank without stock')
  ) as v (demande, attendu, quoi);
select is(tests.verdict('etranger', pg_temp.transferer()), 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'a stranger''s transfer: no such tank');

select tests.agir_comme('gerant');
select lives_ok(pg_temp.transferer(), 'a gerant transfers');
select tests.redevenir_systeme();
select is(tests.jours('source'), '-5: 800/796, -2: 600/596', 'one tank gives from that day on');
select is(tests.jours('cible'), '-2: 200/200', 'the other receives from that day on');
select is((select sum(m.delta_ambiant) from public.v_mouvements_stock m where m.mouvement_type = 'TRANSFERT'
            and m.citerne_id in (tests.id('source'), tests.id('cible'))), 0::numeric, 'its two movements cancel out');
select is((select count(distinct m.mouvement_id)::int from public.v_mouvements_stock m where m.mouvement_type =
  'TRANSFERT'
            and m.citerne_id in (tests.id('source'), tests.id('cible'))), 1, 'and are one act');
select is(tests.trace('TRANSFERT_CREE', t.id), 'stocks INFO', 'it is logged') from public.transferts t
  where t.citerne_source_id = tests.id('source');
select is((select t.created_by from public.transferts t where t.citerne_source_id = tests.id('source')),
  tests.id('gerant'), 'with its author');
select is_empty('select * from public.verifier_stocks()', 'the figures agree');

select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.ecriture || ': refused')
  from (values ('update public.transferts set note = ''x'''), ('delete from public.transferts'),
    ('truncate public.transferts')) as e (ecriture);
select tests.agir_comme('etranger');
select is((select count(*)::int from public.transferts), 0, 'somebody of another depot does not see it');

select * from finish();
rollback;
