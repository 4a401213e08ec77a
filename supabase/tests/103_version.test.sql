-- What is validated is what was read: a draft counts its changes, says who made the last, and is nobody else's to
-- change.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(20);

select tests.depot();
select tests.equipe(), tests.acteur('operateur', 'depot', 'collegue'), tests.acteur('operateur', 'depot', 'auteur');
select tests.citerne('cuve');
select tests.recevoir('cuve', 10000, -3);
select tests.noter('client', tests.tiers('clients'));

create function pg_temp.modifier(p_note text) returns text language sql as $$
  select format('update public.sorties_produit set note = %L where id = %L', p_note, tests.id('sortie'))
$$;
create function pg_temp.version() returns int language sql as $$
  select s.version from public.sorties_produit s where s.id = tests.id('sortie')
$$;

grant execute on function pg_temp.modifier, pg_temp.version to authenticated, service_role;

select tests.agir_en_base('auteur');
insert into public.sorties_produit (id, citerne_id, client_id, volume_ambiant, temperature_ambiante_c, version,
  updated_by, updated_at)
values (tests.noter('sortie', gen_random_uuid()), tests.id('cuve'), tests.id('client'), 100, 15, 7, tests.id('admin'),
  '2021-01-01');
select results_eq('select version, updated_by, updated_at from public.sorties_produit where id = tests.id(''sortie'')',
  $$values (1, tests.id('auteur'), now())$$, 'a draft begins at version 1, in its author''s name, whatever was sent');

select tests.redevenir_systeme();
select is(tests.verdict(r, pg_temp.modifier('x')), attendu, format('%s changes the draft of another: %s', r, attendu))
  from (values ('auteur', 'done'), ('collegue', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'), ('gerant', 'done'),
               ('directeur', 'done'), ('admin', 'done'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, attendu);
select tests.agir_sans_compte('service_role');
select throws_ok(pg_temp.modifier('x'), 'PT403', 'ROLE_FORBIDDEN', 'service_role is nobody: it changes no draft');

select tests.agir_en_base('auteur');
update public.sorties_produit set note = 'une note', version = 40, updated_by = tests.id('admin')
  where id = tests.id('sortie');
select is(pg_temp.version(), 2, 'a change counts the version up by one, whatever was sent');
update public.sorties_produit set note = 'une note' where id = tests.id('sortie');
select is(pg_temp.version(), 2, 'writing what is already there changes nothing');
select tests.agir_comme('directeur');
update public.sorties_produit set volume_ambiant = 200 where id = tests.id('sortie');
select results_eq('select version, created_by, updated_by from public.sorties_produit where id = tests.id(''sortie'')',
  $$values (3, tests.id('auteur'), tests.id('directeur'))$$, 'it says who changed it last, and keeps its author');

select tests.agir_comme('gerant');
select throws_ok('select public.valider_sortie_lue(tests.id(''sortie''), 2)', 'PT412', 'VERSION_PERIMEE',
  'a draft that has changed since it was read is not validated');
select throws_ok(format('select %s', appel), 'PT412', 'VERSION_PERIMEE',
  format('%s: one that was not read is refused', appel))
  from
    unnest(array['public.valider_sortie_lue(tests.id(''sortie''), null)',
    'public.rejeter_sortie_lue(tests.id(''sortie''), ''Doublon'', null)',
                    'public.rejeter_sortie_lue(tests.id(''sortie''), ''Doublon'', 2)']) appel;
select lives_ok('select public.valider_sortie_lue(tests.id(''sortie''), 3)',
  'a draft that is as it was read is validated');
select throws_ok('select public.valider_sortie_lue(tests.id(''sortie''), 3)', 'PT409', 'INVALID_ID_OR_STATE', 'once');
select tests.redevenir_systeme();
select results_eq($$select (details ->> 'version')::int, (details ->> 'created_by')::uuid,
  (details ->> 'updated_by')::uuid,
    (details ->> 'updated_at')::timestamptz from public.log_actions where action = 'SORTIE_VALIDEE'
      and cible_id = tests.id('sortie')$$,
  $$values (3, tests.id('auteur'), tests.id('directeur'), now())$$,
  'SORTIE_VALIDEE says who wrote the draft, who last changed it and when');

select tests.agir_en_base('auteur');
insert into public.sorties_produit (id, citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
values (tests.noter('refusee', gen_random_uuid()), tests.id('cuve'), tests.id('client'), 100, 15);
select tests.agir_comme('directeur');
update public.sorties_produit set volume_ambiant = 200 where id = tests.id('refusee');
select public.rejeter_sortie_lue(tests.id('refusee'), 'Doublon', 2);
select tests.redevenir_systeme();
select results_eq($$select (details ->> 'version')::int, (details ->> 'created_by')::uuid,
  (details ->> 'updated_by')::uuid
    from public.log_actions where action = 'SORTIE_REJETEE' and cible_id = tests.id('refusee')$$,
  $$values (2, tests.id('auteur'), tests.id('directeur'))$$, 'SORTIE_REJETEE says the same');

select * from finish();
rollback;
