-- A supplier's lot and its trucks: open lots only, same supplier and product; and a truck that will never come.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(46);

select tests.depot('lubumbashi'), tests.equipe('lubumbashi');
select tests.noter('vendeur', tests.tiers('fournisseurs')), tests.noter('autre', tests.tiers('fournisseurs')),
       tests.noter('gasoil', tests.produit('G.O')), tests.noter('essence', tests.produit('ESS'));

create function pg_temp.ouvrir(p_nom text, p_fournisseur text, p_produit text) returns void language plpgsql as $$
declare v_id uuid;
begin
  insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.id(p_fournisseur), tests.id(p_produit), p_nom) returning id into v_id;
  perform tests.noter(p_nom, v_id);
end;
$$;
create function pg_temp.camion(p_nom text, p_lot text default null) returns void language plpgsql as $$
declare v_id uuid;
begin
  insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume,
    fournisseur_lot_id)
  values (tests.id('vendeur'), tests.id('lubumbashi'), tests.id('gasoil'), gen_random_uuid(), 1000,
          case when p_lot is not null then tests.id(p_lot) end) returning id into v_id;
  perform tests.noter(p_nom, v_id);
end;
$$;
create function pg_temp.lier(p_camion text, p_lot text) returns text language sql as $$
  select format('update public.cours_de_route set fournisseur_lot_id = %L where id = %L',
                case when p_lot is not null then tests.id(p_lot) end, tests.id(p_camion))
$$;
create function pg_temp.avancer(p_lot text, p_statut text) returns text language sql as $$
  select format('update public.fournisseur_lot set statut = %L where id = %L', p_statut, tests.id(p_lot))
$$;
-- What the client looks for, in the words it looks for them.
create function pg_temp.dit(p_sql text) returns text language plpgsql as $$
declare v_detail text;
begin
  execute p_sql;
  return 'accepted';
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail;
  return lower(v_detail::jsonb ->> 'message');
end;
$$;

grant execute on function pg_temp.ouvrir, pg_temp.camion, pg_temp.lier, pg_temp.avancer, pg_temp.dit to authenticated;

select tests.agir_comme('operateur');
select lives_ok($$select pg_temp.ouvrir('lot', 'vendeur', 'gasoil'), pg_temp.ouvrir('lot_bis', 'vendeur', 'gasoil'),
  pg_temp.ouvrir('lot_autre', 'autre', 'gasoil'), pg_temp.ouvrir('lot_essence', 'vendeur', 'essence')$$,
  'who announces trucks opens lots');
select results_eq($$select statut, created_by, created_at from public.fournisseur_lot where id = tests.id('lot')$$,
  $$values ('ouvert', tests.id('operateur'), now())$$, 'a lot begins open, in its author''s name');
select throws_ok($$select pg_temp.ouvrir('lot', 'vendeur', 'gasoil')$$, 'PT409', 'LOT_EXISTANT', 'one lot a reference');
select
  throws_ok(format(
  'insert into public.fournisseur_lot (fournisseur_id, produit_id, reference, statut) values (%L, %L, ''x'', %L)',
    tests.id('vendeur'), tests.id('gasoil'), s), e, c, format('no lot begins %s', s))
  from (values ('cloture', 'PT409', 'LOT_TRANSITION_INTERDITE'), ('vendu', 'PT422', 'LOT_STATUT_INVALIDE')) as t
    (s, e, c);
select is(tests.verdict(r, pg_temp.avancer('lot_essence', 'cloture')), attendu, format('who closes a lot: %s', r))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, attendu);

-- Joining and leaving -------------------------------------------------------------------------------------------------

select tests.agir_comme('operateur');
select lives_ok($$select pg_temp.camion('libre'), pg_temp.camion('lie', 'lot')$$,
  'a truck is announced within its lot, or without one');
select is(pg_temp.dit(pg_temp.lier('libre', 'lot_autre')),
  'impossible de rattacher : le fournisseur du cdr ne correspond pas à celui du lot.',
  'another supplier''s lot');
select is(pg_temp.dit(pg_temp.lier('libre', 'lot_essence')),
  'impossible de rattacher : le produit du cdr ne correspond pas à celui du lot.',
  'another product''s lot');
select
  is(pg_temp.dit(format('update public.cours_de_route set fournisseur_id = %L where id = %L', tests.id('autre'),
  tests.id('lie'))),
  'impossible de rattacher : le fournisseur du cdr ne correspond pas à celui du lot.',
  'within a lot a truck keeps its supplier');
select throws_ok(pg_temp.lier('libre', 'lot_autre'), 'PT422', 'LOT_INCOMPATIBLE', 'the code stays the message');
select throws_ok(format('update public.cours_de_route set fournisseur_lot_id = %L where id = %L', gen_random_uuid(),
  tests.id('libre')),
  'PT404', 'INTROUVABLE', 'an unknown lot');
select lives_ok(pg_temp.lier('libre', 'lot'), 'a truck joins an open lot');
select lives_ok(pg_temp.lier('libre', 'lot_bis'), 'and changes to another');
select lives_ok(pg_temp.lier('libre', null), 'and leaves it');
select is(tests.trace('CDR_LIE_LOT', tests.id('libre')), 'cours_de_route INFO, cours_de_route INFO',
  'joining is logged');
select is(tests.trace('CDR_DELIE_LOT', tests.id('libre')), 'cours_de_route INFO', 'leaving too');

select tests.agir_comme('directeur');
select throws_ok(format('update public.fournisseur_lot set produit_id = %L where id = %L', tests.id('essence'),
  tests.id('lot')),
  'PT409', 'LOT_NON_VIDE', 'a lot with trucks keeps its product');
select throws_ok(format('delete from public.fournisseur_lot where id = %L', tests.id('lot')), 'PT409', 'LOT_NON_VIDE',
  'a lot with trucks stays');
select lives_ok(format('delete from public.fournisseur_lot where id = %L', tests.id('lot_bis')), 'an empty one goes');
select is(pg_temp.dit(pg_temp.avancer('lot', 'facture')), 'transition de statut lot invalide : de ouvert à facture.',
  'no step is skipped');
select lives_ok(pg_temp.avancer('lot', 'cloture'), 'a lot is closed');
select is(pg_temp.dit(pg_temp.avancer('lot', 'ouvert')), 'transition de statut lot invalide : de cloture à ouvert.',
  'and not opened again');
select is(pg_temp.dit(pg_temp.avancer('lot', 'vendu')), 'statut lot invalide : vendu.', 'and knows three states');
select is(pg_temp.dit(pg_temp.lier('libre', 'lot')),
  'impossible de rattacher un cdr à un lot qui n''est pas ouvert (statut actuel : cloture).',
  'no truck joins a closed lot');
select is(pg_temp.dit(pg_temp.lier('lie', null)),
  'impossible de détacher un cdr d''un lot qui n''est pas ouvert (statut actuel : cloture).', 'none leaves it');
select is(pg_temp.dit(format('update public.fournisseur_lot set reference = ''y'' where id = %L', tests.id('lot'))),
  'impossible de modifier un lot qui n''est pas ouvert (statut actuel : cloture).', 'its reference stays');
select lives_ok(pg_temp.avancer('lot', 'facture'), 'then it is invoiced');
select tests.redevenir_systeme();

select tests.citerne('cuve', 'lubumbashi'), tests.recevoir('cuve', 1000, p_nom => 'recue');
select tests.noter('recu', (select r.cours_de_route_id from public.receptions r where r.id = tests.id('recue')));
select tests.agir_comme('admin');
select is(pg_temp.dit(pg_temp.lier('recu', 'lot_essence')),
  'impossible de modifier le rattachement au lot pour un cdr au statut decharge.', 'an unloaded truck joins no lot');

-- Never arrived -------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, format('select public.annuler_cours_de_route(%L, ''Camion accidenté'')', tests.id('libre'))),
          case when r in ('admin', 'directeur', 'gerant') then 'done' else 'ROLE_FORBIDDEN' end,
            format('who closes a truck: %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select tests.agir_comme('gerant');
select throws_ok(format('select public.annuler_cours_de_route(%L, '' . '')', tests.id('libre')), 'PT422',
  'MOTIF_REQUIS', 'not without a reason');
select throws_ok(format('update public.cours_de_route set statut = ''ANNULE'' where id = %L', tests.id('libre')),
  'PT422', 'MOTIF_REQUIS',
  'nor through the table');
select
  lives_ok(format(
    'update public.cours_de_route set statut = ''ANNULE'', motif_annulation = ''Camion accidenté'' where id = %L',
    tests.id('libre')),
  'with one, through the table too');
select throws_ok(format('update public.cours_de_route set note = ''x'' where id = %L', tests.id('libre')), 'PT403',
  'ECRITURE_INTERDITE',
  'it never changes afterwards');
select lives_ok($$insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion,
  volume)
  select c.fournisseur_id, c.depot_destination_id, c.produit_id, c.plaque_camion, 1000
    from public.cours_de_route c where c.id = tests.id('libre')$$, 'and its truck may set out again');
select tests.redevenir_systeme();
select is(tests.trace('CDR_ANNULE', tests.id('libre')), 'cours_de_route WARNING', 'it is logged');

select * from finish();
rollback;
