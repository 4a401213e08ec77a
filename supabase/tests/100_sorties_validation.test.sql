-- Validating a sortie: who may, what is checked, and that it happens once.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(62);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('cuve_sans_stock', 'lubumbashi');

create function pg_temp.refus(p_colonnes text, p_valeurs text) returns jsonb language plpgsql as $$
declare
  v_refus jsonb;
  v_change constant text :=
    format('update public.sorties_produit set (id, %s) = row (id, %s) where id = tests.id(''sortie'')', p_colonnes,
      p_valeurs);
begin
  v_refus := tests.essayer(v_change);
  if v_refus ? 'etat' then
    return v_refus;
  end if;
  execute v_change;
  v_refus := tests.essayer('select tests.valider()');
  raise exception using errcode = 'TT001', message = v_refus::text;
exception when sqlstate 'TT001' then
  return sqlerrm::jsonb;
end;
$$;
comment on function pg_temp.refus(text, text) is
  'What giving these columns of the draft these values, then validating it, would give.';

-- Bootstrap -----------------------------------------------------------------------------------------------------------

select tests.vider_stock();
select tests.brouillon('cuve', 100);
select throws_ok('select tests.valider()', 'PT409', 'SNAPSHOT_VIDE',
  'before the first réception of all, no sortie is validated');
select tests.recevoir('cuve', 10000);
select tests.brouillon('cuve_sans_stock', 100);
select throws_ok('select tests.valider()', 'PT409', 'SORTIE_STOCK_INTROUVABLE', 'a tank without stock gives nothing');
select tests.brouillon('cuve', 100, 0, 'PARTENAIRE');
select throws_ok('select tests.valider()', 'PT409', 'SORTIE_STOCK_INTROUVABLE',
  'a partner without fuel in the tank gets none of ours');

-- Who -----------------------------------------------------------------------------------------------------------------

select tests.brouillon('cuve', 100);
select is(tests.verdict(r, 'select public.validate_sortie(tests.id(''sortie''))'), attendu,
  format('%s validates: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN')) as t (r,
               attendu);
select tests.agir_comme('gerant_goma');
select throws_ok('select public.validate_sortie(tests.id(''sortie''))', 'PT404', 'INVALID_ID_OR_STATE',
  'a gerant does not validate the sortie of another depot');
select is(
  replace(tests.essayer(format('select public.validate_sortie(%L)', tests.id('sortie')))::text,
    tests.id('sortie')::text, ''),
  replace(tests.essayer('select public.validate_sortie(''33333333-3333-3333-3333-333333333333'')')::text,
          '33333333-3333-3333-3333-333333333333', ''),
  'the sortie of another depot cannot be told from one that does not exist');
select throws_ok('select public.validate_sortie(null)', 'PT404', 'INVALID_ID_OR_STATE', 'no id is no sortie');
select tests.agir_sans_compte('service_role');
select throws_ok('select public.validate_sortie(tests.id(''sortie''))', '42501', null,
  'service_role is nobody: it validates nothing');
select tests.agir_sans_compte('anon');
select throws_ok('select public.validate_sortie(tests.id(''sortie''))', '42501', null, 'anon validates nothing');
select tests.redevenir_systeme();

-- What is checked -----------------------------------------------------------------------------------------------------

select is(pg_temp.refus(colonnes, valeurs) ->> 'message', refus, promesse)
  from (values
    ('client_id, partenaire_id', 'null, null', 'BENEFICIAIRE_REQUIRED',
      'a sortie without a client or a partner is refused'),
    ('client_id, partenaire_id', 'null, tests.tiers(''partenaires'')', null,
      'a partner may be the one who receives our fuel'),
    ('proprietaire_type, partenaire_id', '''PARTENAIRE'', null', 'PARTENAIRE_REQUIS',
      'the fuel of a partner names the partner'),
    ('produit_id', 'tests.produit(''ESS'')', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
      'a product that is not the tank''s is refused'),
    ('date_sortie', 'tests.midi(1)', 'DATE_FUTURE', 'tomorrow is refused'),
    ('date_sortie', '''infinity''', 'DATE_IMPOSSIBLE', 'the end of time is refused'),
    ('volume_ambiant', 'null', 'INDICES_MANQUANTS', 'neither volume nor indices is refused'),
    ('index_avant', '5', 'INDICES_MANQUANTS', 'one index alone is refused'),
    ('index_avant, index_apres', '500, 400', 'INDEX_INCOHERENTS', 'a meter that turned backwards is refused'),
    ('index_avant, index_apres', '500, 599', 'INDEX_INCOHERENTS', 'a meter that says another volume is refused'),
    ('volume_ambiant', '0', 'VOLUME_AMBIANT_NON_POSITIF', 'zero litres are refused'),
    ('volume_ambiant', '-100', 'VOLUME_AMBIANT_NON_POSITIF', 'negative litres, which would add stock, are refused'),
    ('volume_ambiant', '10000.001', 'INSUFFICIENT_STOCK',
      'a sortie of more than the stock is refused with INSUFFICIENT_STOCK'),
    ('volume_ambiant, volume_corrige_15c', '9900, 10000.001', 'INSUFFICIENT_STOCK',
      'a sortie of more than the stock at 15 °C is refused with INSUFFICIENT_STOCK')
  ) as t (colonnes, valeurs, refus, promesse);
select is((pg_temp.refus('volume_ambiant, volume_corrige_15c', '9900, 10000.001') ->> 'valeurs')::jsonb,
  '{"mesure": "volume à 15 °C", "demande": 10000.001, "disponible": 10000.000}',
  'the refusal says what was asked and what there is');
update public.citernes set statut = 'maintenance' where id = tests.id('cuve');
select throws_ok('select tests.valider()', 'PT422', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
  'a tank in maintenance gives nothing');
update public.citernes set statut = 'active' where id = tests.id('cuve');
select is(tests.stock('cuve'), '10000 / 10000', 'no refusal moved a litre');
select is(tests.trace('SORTIE_VALIDEE', tests.id('sortie')), null, 'no refusal left a line that it was validated');

-- Security capacity, over both owners ---------------------------------------------------------------------------------

select tests.citerne('reserve', 'lubumbashi', p_securite => 500);
select tests.recevoir('reserve', 400), tests.recevoir('reserve', 300, 0, 'PARTENAIRE');
select tests.brouillon('reserve', 201);
select throws_ok('select tests.valider()', 'PT409', 'SORTIE_CAPACITE_SECURITE',
  'a tank does not go below its security capacity');
select is((tests.essayer('select tests.valider()') ->> 'valeurs')::jsonb - 'date_jour',
  '{"reste": 499.000, "capacite_securite": 500.000}',
  'the refusal says what would be left');
select lives_ok('select tests.sortir(''reserve'', 200)',
  'the fuel of a partner counts for the security capacity of the tank');

-- Done, once ----------------------------------------------------------------------------------------------------------

select tests.brouillon('cuve', 100);
update public.sorties_produit set volume_ambiant = null, index_avant = 5000, index_apres = 6250.5
  where id = tests.id('sortie');
select tests.agir_comme('gerant');
select public.validate_sortie(tests.id('sortie'));
select
  results_eq(
  'select statut, validated_by, volume_ambiant, volume_15c, volume_corrige_15c from public.sorties_produit where id = '
  'tests.id(''sortie'')',
  $$values ('validee', tests.id('gerant'), 1250.5, 1250.5, 1250.5)$$,
  'validated: by whom, and the volume from the meter');
select is(tests.stock('cuve'), '8749.5 / 8749.5', 'the stock is debited');
select is(tests.jours('cuve'), '0: 8749.5/8749.5', 'the day is debited');
select throws_ok('select public.validate_sortie(tests.id(''sortie''))', 'PT409', 'INVALID_ID_OR_STATE',
  'a sortie is validated once');
select throws_ok('select public.rejeter_sortie(tests.id(''sortie''), ''Erreur'')', 'PT409', 'INVALID_ID_OR_STATE',
  'a validated sortie is not rejected');
select tests.redevenir_systeme();
select is(tests.stock('cuve'), '8749.5 / 8749.5', 'the second time debits nothing');
select is(tests.trace('SORTIE_VALIDEE', tests.id('sortie')), 'sorties INFO', 'a validation is logged, once');
select tests.brouillon('cuve', 8749.5), tests.valider();
select is(tests.stock('cuve'), '0 / 0', 'a tank may be emptied to the last drop');

-- Rejected ------------------------------------------------------------------------------------------------------------

select tests.brouillon('cuve', 100);
select is(tests.verdict(r, 'select public.rejeter_sortie(tests.id(''sortie''), ''Erreur'')'), attendu,
  format('%s rejects: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN'),
               ('gerant_goma', 'INVALID_ID_OR_STATE')) as t (r, attendu);
select is(tests.verdict('gerant', format('select public.rejeter_sortie(tests.id(''sortie''), %L)', m)), 'MOTIF_REQUIS',
    'a rejection gives a reason: ' || quoi)
  from (values (null, 'none'), ('', 'empty'), ('ab', 'two letters'), ('   a   ', 'mostly spaces'),
    (E'\n\t\n\t', 'only line breaks and tabs')) as t (m, quoi);
select tests.agir_comme('gerant');
select public.rejeter_sortie(tests.id('sortie'), '  Camion refusé ');
select
  results_eq('select statut, validated_by, motif_rejet from public.sorties_produit where id = tests.id(''sortie'')',
  $$values ('rejetee', tests.id('gerant'), 'Camion refusé')$$, 'rejected: by whom and why');
select throws_ok('select public.rejeter_sortie(tests.id(''sortie''), ''Encore'')', 'PT409', 'INVALID_ID_OR_STATE',
  'a sortie is rejected once');
select throws_ok('select public.validate_sortie(tests.id(''sortie''))', 'PT409', 'INVALID_ID_OR_STATE',
  'a rejected sortie is not validated');
select tests.redevenir_systeme();
select is(tests.trace('SORTIE_REJETEE', tests.id('sortie')), 'sorties WARNING', 'a rejection is logged');
select is(tests.stock('cuve'), '0 / 0', 'a rejection moves no litre');

select * from finish();
rollback;
