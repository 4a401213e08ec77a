-- Transfer between depots: out of a tank here, on its way, into a tank there; every litre counted once, at every
-- moment.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(77);

select tests.depot('lubumbashi'), tests.depot('goma'), tests.depot('kolwezi');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'accueil'), tests.acteur('gerant', 'kolwezi', 'etranger');
update public.depots set code = 'LUB' where id = tests.id('lubumbashi');
select tests.citerne('source', 'lubumbashi', 'G.O', 1000, 100), tests.citerne('arret', 'lubumbashi'),
       tests.citerne('cible', 'goma', 'G.O', 300), tests.citerne('essence', 'goma', 'ESS'),
       tests.citerne('fermee', 'goma'), tests.citerne('mines', 'kolwezi', 'ESS');
select tests.recevoir('source', 800, -5, p_volume_15c => 796), tests.recevoir('source', 50, -1, 'PARTENAIRE'),
       tests.recevoir('arret', 500, -5);
update public.citernes set statut = 'inactive' where id in (tests.id('arret'), tests.id('fermee'));

create function pg_temp.expedier(
  p_volume text default '200', p_source text default 'source', p_vers text default 'goma', p_jour int default -2,
  p_plus text default ''
) returns text language sql return format(
  'select tests.noter(''transfert'', public.expedier_transfert(%L, %L, %s, 15, p_date_jour => %L%s))',
  tests.id(p_source),
  tests.id(p_vers), p_volume, tests.jour(p_jour), p_plus);
create function pg_temp.recevoir(
  p_volume text default '198', p_cible text default 'cible', p_jour int default -1, p_plus text default ''
) returns text language sql return format(
  'select public.recevoir_transfert(%L, %L, %s, 15, p_date_jour => %L%s)', tests.id('transfert'), tests.id(p_cible),
  p_volume, tests.jour(p_jour), p_plus);
create function pg_temp.tout() returns numeric language sql stable as $$
  select (select sum(s.stock_15c) from public.stocks_snapshot s)
       + coalesce((select sum(t.stock_15c) from public.v_stock_en_transit t), 0)
$$;
create temp table avant as select pg_temp.tout() as total;
grant select on avant to public;
grant execute on function pg_temp.expedier, pg_temp.recevoir to authenticated, service_role;
select set_config('tests.partenaire', tests.tiers('partenaires')::text, true);

-- Sent.
select is(tests.verdict(r, pg_temp.expedier()),
    case when r in ('admin', 'directeur', 'gerant') then 'done' else 'ROLE_FORBIDDEN' end, format('sent: %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict('gerant', v.demande), v.attendu, v.quoi)
  from (values
    (pg_temp.expedier(p_vers => 'lubumbashi'), 'TRANSFERT_MEME_DEPOT', 'to the same depot'),
    (pg_temp.expedier(p_vers => 'inconnu'), 'INTROUVABLE', 'to a depot nobody knows'),
    (pg_temp.expedier(p_vers => 'kolwezi'), 'DESTINATION_SANS_CITERNE', 'to a depot without a tank of this product'),
    (pg_temp.expedier(p_source => 'arret'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'out of a tank that is closed'),
    (pg_temp.expedier(p_source => 'cible'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'out of another depot''s tank'),
    (pg_temp.expedier('0'), 'VOLUME_AMBIANT_NON_POSITIF', 'of nothing'),
    (pg_temp.expedier('null'), 'INDICES_MANQUANTS', 'of an unknown volume'),
    (pg_temp.expedier('''NaN'''), 'VOLUME_AMBIANT_NON_POSITIF', 'of what is no number'),
    (pg_temp.expedier('''Infinity'''), 'VOLUME_AMBIANT_NON_POSITIF', 'of without end'),
    (pg_temp.expedier('801'), 'INSUFFICIENT_STOCK', 'of more than the owner has'),
    (pg_temp.expedier('760'), 'SORTIE_CAPACITE_SECURITE', 'down below the security capacity'),
    (pg_temp.expedier(p_jour => -6), 'STOCK_FUTUR_NEGATIF', 'before the fuel was there'),
    (pg_temp.expedier(p_jour => 1), 'DATE_FUTURE', 'tomorrow'),
    (pg_temp.expedier('10', p_plus => ', p_proprietaire_type => ''PARTENAIRE'''), 'PARTENAIRE_REQUIS',
      'of a partner nobody names'),
    (pg_temp.expedier('10', p_plus => format(', p_partenaire_id => %L', tests.id('partenaire'))), 'PARTENAIRE_REQUIS',
      'of ours, and a partner''s'),
    (pg_temp.expedier('10', p_plus => ', p_proprietaire_type => ''X'''), 'SORTIE_STOCK_INTROUVABLE',
      'of an owner there is not'),
    (pg_temp.expedier('60', p_jour => 0, p_plus => format(
      ', p_proprietaire_type => ''PARTENAIRE'', p_partenaire_id => %L', tests.id('partenaire'))), 'INSUFFICIENT_STOCK',
      'of a partner''s fuel beyond theirs')
  ) as v (demande, attendu, quoi);
select is(tests.verdict('etranger', pg_temp.expedier()), 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'a stranger''s: no such tank');
update public.produits set actif = false where code = 'G.O';
select is(tests.verdict('gerant', pg_temp.expedier()), 'REFERENTIEL_INACTIF', 'of a product that is disabled');
update public.produits set actif = true where code = 'G.O';
update public.depots set actif = false where id = tests.id('goma');
select is(tests.verdict('gerant', pg_temp.expedier()), 'REFERENTIEL_INACTIF', 'to a depot that is disabled');
update public.depots set actif = true where id = tests.id('goma');

select tests.agir_comme('gerant');
select lives_ok(pg_temp.expedier(p_plus => ', p_plaque_camion => '' 1234 AB '''), 'a gerant sends');
select tests.redevenir_systeme();
select is(tests.jours('source'), '-5: 800/796, -2: 600/596', 'the tank gives from that day on');
select is(format('%s %s/%s %s', t.statut, t.expedie_ambiant::float8, t.expedie_15c::float8, t.plaque_camion),
  'EXPEDIE 200/200 1234 AB', 'the document says what left') from public.transferts_depots t;
select matches(t.numero, '^LUB-TRD-[0-9]{4}-000001$', 'and has a number') from public.transferts_depots t;
select is(tests.trace('TRANSFERT_DEPOT_EXPEDIE', tests.id('transfert')), 'stocks INFO', 'it is logged');
select is(pg_temp.tout(), (select a.total from avant a), 'what is on its way is counted');
select is((select count(*)::int from public.v_stock_en_transit), 1, 'in transit, and in no tank');
select is_empty('select * from public.verifier_stocks()', 'the figures agree');

-- Late.
create function pg_temp.retards() returns text language sql stable as $$
  select string_agg(format('%s %s', v.entity_type, d.nom), ', ' order by v.entity_type)
    from public.v_integrity_checks v
    join (values ('goma'), ('lubumbashi')) d (nom) on tests.id(d.nom) = v.depot_id
   where v.check_code = 'TRANSFERT_DEPOT_LONG' and v.entity_id = tests.id('transfert')
$$;
select is(pg_temp.retards(), null, 'two days on the way are not long');
update private.controles set seuil = 1 where code = 'TRANSFERT_DEPOT_LONG';
select is(pg_temp.retards(), 'TRANSFERT_ATTENDU goma, TRANSFERT_EXPEDIE lubumbashi',
  'longer than the depot allows, both depots are told');
update private.controles set seuil = 3 where code = 'TRANSFERT_DEPOT_LONG';

-- Seen.
select is(tests.verdict(a, 'select from public.transferts_depots'), case a when 'etranger' then 'nothing'
  else 'done' end,
    format('seen: %s', a))
  from unnest('{admin,gerant,operateur,lecture,accueil,etranger}'::text[]) a;
select tests.agir_comme('accueil');
select is((select count(*)::int from public.mouvements_transferts_depots), 0,
  'a movement is of its own depot: the other one reads the document');
select is_empty('select * from public.verifier_stocks()', 'which disturbs none of its proofs');
select is_empty('select * from public.verifier_mouvements()', 'nor of the log''s');
select is(t.depot_source_nom is not null, true, 'and knows who sent it') from public.v_transferts_depots t;
select tests.redevenir_systeme();

-- Received.
select is(tests.verdict(a, v.demande), v.attendu, v.quoi)
  from (values
    ('operateur', pg_temp.recevoir(), 'ROLE_FORBIDDEN', 'received by an operateur'),
    ('gerant', pg_temp.recevoir(), 'TRANSFERT_AUTRE_DEPOT', 'by the gerant who sent it'),
    ('etranger', pg_temp.recevoir(), 'INTROUVABLE', 'by the gerant of a third depot'),
    ('accueil', pg_temp.recevoir(p_cible => 'essence'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into another product'),
    ('accueil', pg_temp.recevoir(p_cible => 'fermee'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'into a closed tank'),
    ('accueil', pg_temp.recevoir(p_cible => 'source'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
      'back into the tank it left'),
    ('admin', pg_temp.recevoir(p_cible => 'source'), 'CITERNE_INACTIVE_OR_INCOMPATIBLE', 'even by an admin'),
    ('accueil', pg_temp.recevoir(p_jour => -3), 'TRANSFERT_AVANT_EXPEDITION', 'before it left'),
    ('accueil', pg_temp.recevoir(p_jour => 1), 'DATE_FUTURE', 'tomorrow'),
    ('accueil', pg_temp.recevoir('301'), 'CITERNE_PLEINE', 'more than there is room for'),
    ('accueil', pg_temp.recevoir('0'), 'VOLUME_AMBIANT_NON_POSITIF', 'nothing'),
    ('accueil', pg_temp.recevoir('2000'), 'VOLUME_HORS_ANNONCE', 'ten times what was sent'),
    ('accueil', pg_temp.recevoir('2000', p_plus => ', p_confirmer => true'), 'CITERNE_PLEINE', 'ten times, confirmed'),
    ('gerant', format('select public.declarer_perdu(%L, ''Camion brûlé'')', tests.id('transfert')), 'ROLE_FORBIDDEN',
      'lost, says a gerant'),
    ('admin', format('select public.declarer_perdu(%L, ''?'')', tests.id('transfert')), 'MOTIF_REQUIS',
      'lost without a reason')
  ) as v (a, demande, attendu, quoi);
select tests.agir_comme('accueil');
select lives_ok(pg_temp.recevoir(), 'the gerant it was sent to receives it');
select tests.redevenir_systeme();
select is(tests.jours('cible'), '-1: 198/198', 'the tank has the litres that were measured there, from their day on');
select is(tests.verdict('accueil', pg_temp.recevoir()), 'TRANSFERT_ETAT', 'received twice');
select is(tests.verdict('admin', format('select public.declarer_perdu(%L, ''Camion brûlé'')', tests.id('transfert'))),
  'TRANSFERT_ETAT', 'lost once received');
select is(tests.trace('TRANSFERT_DEPOT_RECU', tests.id('transfert')), 'stocks INFO', 'it is logged');
select is(format('%s %s %s %s', t.perte_15c::float8, t.perte_pour_mille, t.franchise_15c::float8,
  t.excedent_15c::float8), '2 10.00 0.6 1.4', 'the loss on the way, and what lies beyond the allowance')
  from public.v_transferts_depots t;
select is(format('%s %s %s', e.domaine, e.statut, e.ecart::float8), 'TRANSPORTEUR OUVERT -2', 'is a gap to explain')
  from public.ecarts e where e.reference_type = 'TRANSFERT_DEPOT';
select is(pg_temp.tout(), (select a.total - 2 from avant a), 'all that is owned is less by what was lost');

-- Corrected.
select tests.agir_comme('admin');
select lives_ok(format('insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c,
  reason) values (''TRANSFERT_DEPOT'', %L, 2, 2, ''jauge relue à l''''arrivée'')', tests.id('transfert')),
  'an admin corrects what was measured');
select tests.redevenir_systeme();
select is(format('%s %s', t.recu_15c::float8, t.perte_15c::float8), '200 0', 'the document follows')
  from public.v_transferts_depots t;
select is((select e.statut from public.ecarts e where e.reference_type = 'TRANSFERT_DEPOT'), 'TRAITE',
  'and its gap is no more');
select is_empty('select * from public.verifier_stocks()', 'the figures agree still');
select is_empty('select * from public.verifier_mouvements()', 'and the log says the same');
select throws_ok(e.ecriture, 'PT403', 'ECRITURE_INTERDITE', e.ecriture || ': refused')
  from (values ('update public.transferts_depots set note = ''x'''), ('delete from public.transferts_depots'),
    ('update public.mouvements_transferts_depots set delta_15c = -1')) as e (ecriture);

select * from finish();
rollback;
