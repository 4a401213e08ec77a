-- A truck on its way: one step at a time, forward only, and the réception takes the last one.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(67);

select tests.depot('lubumbashi'), tests.depot('goma'), tests.depot('kiritimati', 'Pacific/Kiritimati');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.noter('fournisseur', tests.tiers('fournisseurs')), tests.noter('gasoil', tests.produit('G.O'));

create function pg_temp.envoyer(p_camion text, p_depot text, p_colonne text default 'note', p_valeur text default null)
returns text language sql as $$
  select format('insert into public.cours_de_route
      (fournisseur_id, depot_destination_id, produit_id, plaque_camion%s%s) values (%L, %L, %L, %L%s, %L)',
    case when p_colonne <> 'volume' then ', volume' end, ', ' || p_colonne, tests.id('fournisseur'), tests.id(p_depot),
    tests.id('gasoil'), p_camion, case when p_colonne <> 'volume' then ', 40000' end, p_valeur)
$$;
create function pg_temp.avancer(p_nom text, p_statut text) returns text language sql as $$
  select format('select public.changer_statut_cours_de_route(%L, %L)', tests.id(p_nom), p_statut)
$$;

grant execute on function pg_temp.envoyer, pg_temp.avancer to authenticated, service_role;

-- Setting out ---------------------------------------------------------------------------------------------------------

select is(tests.verdict(r, pg_temp.envoyer('KIP 1', 'lubumbashi')), attendu, format('%s sends a truck: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN')) as t (r,
               attendu);
select is(tests.verdict('gerant', pg_temp.envoyer('KIP 1', d)), 'INTROUVABLE',
  'a gerant cannot send a truck to ' || quoi)
  from (values ('goma', 'another depot'), ('nulle_part', 'no depot')) as t (d, quoi);
select is(tests.verdict('gerant', pg_temp.envoyer('KIP 1', 'lubumbashi', 'statut', 'ARRIVE')),
  'CDR_TRANSITION_INTERDITE',
  'a truck sets out at CHARGEMENT, not further');
select tests.agir_comme('operateur');
select throws_ok(pg_temp.envoyer('KIP 1', 'lubumbashi', 'volume', v), etat, null,
    format('a truck of %s litres is refused', v))
  from (values ('0', '23514'), ('-1', '23514'), ('NaN', '23514'), ('1e9', '23514'), ('1e300', '22003')) as t (v, etat);
select throws_ok(pg_temp.envoyer('  ', 'lubumbashi'), 'PT422', 'PLAQUE_INVALIDE', 'a truck has a plate');
insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume, created_by,
  created_at)
values (tests.id('fournisseur'), tests.id('lubumbashi'), tests.id('gasoil'), ' kip 42 ', 40000, tests.id('admin'),
  '2001-01-01');
select results_eq($$select statut, created_by, created_at, date_chargement from public.cours_de_route
  where plaque_camion = 'KIP 42'$$,
  $$values ('CHARGEMENT', tests.id('operateur'), now(), tests.jour())$$,
  'author and moment are the database''s, whatever was sent; the plate is trimmed and upper case; the day is today');
select throws_ok(pg_temp.envoyer('Kip 42 ', 'lubumbashi'), 'PT409', 'CDR_DEJA_OUVERT', 'a truck has one open CDR');
select is(tests.essayer(pg_temp.envoyer('KIP 42', 'lubumbashi')) ->> 'phrase',
  'Le camion KIP 42 a déjà un cours de route ouvert vers ce dépôt.',
  'the refusal names the truck');
select throws_ok(pg_temp.envoyer('KIP 43', 'lubumbashi') || format(', (%L, %L, %L, ''KIP 43'', 40000, null)',
    tests.id('fournisseur'), tests.id('lubumbashi'), tests.id('gasoil')),
  'PT409', 'CDR_DEJA_OUVERT', 'a truck sent twice in one statement is refused');
select tests.redevenir_systeme();
select tests.agir_comme('admin');
insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
values (tests.id('fournisseur'), tests.id('kiritimati'), tests.id('gasoil'), 'KIRI 1', 40000);
select is((select c.date_chargement from public.cours_de_route c where c.plaque_camion = 'KIRI 1'),
  (now() at time zone 'Pacific/Kiritimati')::date, 'today is the day where the depot is');
select tests.agir_sans_compte('service_role');
select throws_ok(pg_temp.envoyer('KIP 99', 'lubumbashi'), 'PT403', 'ROLE_FORBIDDEN',
  'service_role is nobody: it sends no truck');
select tests.redevenir_systeme();

-- On the way ----------------------------------------------------------------------------------------------------------

select tests.cdr('depart', 'lubumbashi', p_statut => 'CHARGEMENT'), tests.cdr('arrive', 'lubumbashi'),
  tests.cdr('loin', 'goma');
select is(tests.verdict(r, pg_temp.avancer('depart', 'TRANSIT')), attendu, format('%s moves a truck: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'),
               ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN'), ('inconnu', 'ROLE_FORBIDDEN')) as t (r,
               attendu);
select is(tests.verdict('operateur', pg_temp.avancer('depart', s)), 'CDR_TRANSITION_INTERDITE',
    format('a truck at CHARGEMENT does not go to %s', coalesce(s, 'nowhere')))
  from unnest(array['CHARGEMENT', 'FRONTIERE', 'ARRIVE', 'DECHARGE', 'PERDU', null]) as s;
select is(tests.verdict('operateur', pg_temp.avancer('arrive', s)), 'CDR_TRANSITION_INTERDITE',
    format('a truck at ARRIVE does not go to %s by hand', s)) from unnest('{FRONTIERE,DECHARGE}'::text[]) as s;
select is(tests.verdict('operateur', $$update public.cours_de_route set statut = 'ARRIVE'
  where id = tests.id('depart')$$),
  'CDR_TRANSITION_INTERDITE', 'writing the state directly follows the same rule');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.avancer('depart', s), 'a truck moves one step, to ' || s)
  from unnest('{TRANSIT,FRONTIERE,ARRIVE}'::text[]) as s;
select tests.redevenir_systeme();
select is((select count(*) from public.log_actions l where l.action = 'CDR_STATUT' and l.cible_id = tests.id('depart')),
  3::bigint,
  'each step is logged');

-- Seen and touched ----------------------------------------------------------------------------------------------------

select is(tests.verdict(r, $$select from public.cours_de_route where id = tests.id('loin')$$), attendu,
    format('a truck on its way to another depot, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('pca', 'done'), ('gerant', 'nothing'),
    ('operateur', 'nothing'),
               ('lecture', 'nothing'), ('inconnu', 'nothing')) as t (r, attendu);
select is(tests.verdict('gerant', $$update public.cours_de_route set note = 'x' where id = tests.id('loin')$$),
  'nothing',
  'a gerant does not touch the truck of another depot');
select tests.noter('inexistant', gen_random_uuid());
select tests.agir_comme('gerant');
select is(tests.essayer(pg_temp.avancer('loin', 'DECHARGE')), tests.essayer(pg_temp.avancer('inexistant', 'DECHARGE')),
  'the truck of another depot cannot be told from one that does not exist');
select throws_ok(pg_temp.avancer('loin', 'DECHARGE'), 'PT404', 'INTROUVABLE', 'a truck that is not seen is not found');
select throws_ok($$update public.cours_de_route set depot_destination_id = tests.id('goma')
  where id = tests.id('depart')$$,
  '42501', null, 'a gerant does not send a truck on to another depot');
select throws_ok($$update public.cours_de_route set plaque_camion = 'kip 42' where id = tests.id('depart')$$,
  'PT409', 'CDR_DEJA_OUVERT', 'a plate cannot be changed into that of a truck already on its way');
update public.cours_de_route set note = 'Pneu crevé', created_by = tests.id('admin'), created_at = '2001-01-01'
 where id = tests.id('depart');
select results_eq($$select note, created_by, created_at from public.cours_de_route where id = tests.id('depart')$$,
  $$values ('Pneu crevé', tests.chef(), now())$$, 'a note may be added; author and moment stay');
select is(tests.verdict(r, format('delete from public.cours_de_route where id = %L', tests.id('depart'))),
          case r when 'admin' then 'done' else 'ROLE_FORBIDDEN' end,
            format('a truck that nothing refers to, deleted by %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select tests.redevenir_systeme();
select is(tests.trace('CDR_MODIFIE', tests.id('depart')), 'cours_de_route INFO', 'a change is logged');

-- Arrived for good ----------------------------------------------------------------------------------------------------

select tests.citerne('cuve', 'lubumbashi');
select tests.recevoir('cuve', 1000);
select is((select c.statut from public.cours_de_route c where c.id = tests.id('cdr_recu')), 'DECHARGE',
  'the réception takes the last step');
select throws_ok($$update public.cours_de_route set note = 'x' where id = tests.id('cdr_recu')$$, 'PT403',
  'ECRITURE_INTERDITE',
  'a truck that was received never changes');
select is(tests.verdict('admin', pg_temp.avancer('cdr_recu', 'ARRIVE')), 'ECRITURE_INTERDITE',
  'a truck that was received never goes back');
select throws_ok($$delete from public.cours_de_route where id = tests.id('cdr_recu')$$, 'PT409', 'CDR_RECU',
  'a truck that was received cannot be deleted');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.envoyer((select c.plaque_camion from public.cours_de_route c where c.id = tests.id('cdr_recu')),
  'lubumbashi'),
  'a truck that was received may set out again');

select * from finish();
rollback;
