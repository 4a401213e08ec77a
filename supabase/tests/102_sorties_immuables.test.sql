-- A validated sortie never changes, and nothing a caller brings along stands in for what validates it.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(42);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi', p_securite => 500);
select tests.recevoir('cuve', 10000), tests.sortir('cuve', 1000);

select is(tests.verdict(r, 'select from public.sorties_produit where id = tests.id(''sortie'')'), attendu,
  format('a sortie, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('operateur', 'done'), ('pca', 'done'),
               ('lecture', 'done'), ('gerant_goma', 'nothing'), ('inconnu', 'nothing')) as t (r, attendu);

-- Never written again -------------------------------------------------------------------------------------------------

create function pg_temp.ecritures() returns table (verbe text, ecriture text) language sql as $$
  values ('an update', 'update public.sorties_produit set note = ''x'' where id = tests.id(''sortie'')'),
         ('a return to draft',
           'update public.sorties_produit set statut = ''brouillon'' where id = tests.id(''sortie'')'),
         ('a delete', 'delete from public.sorties_produit where id = tests.id(''sortie'')'),
         ('a truncate', 'truncate public.sorties_produit cascade')
$$;
create function pg_temp.attendu(p_role text, p_verbe text) returns text language sql return
  case when p_role = 'admin' and p_verbe = 'a delete' or p_role <> 'postgres' and p_verbe = 'a truncate' then '42501'
    else 'PT403' end;
grant execute on function pg_temp.ecritures, pg_temp.attendu to authenticated, service_role;

select throws_ok(e.ecriture, pg_temp.attendu('postgres', e.verbe), null, e.verbe || ' by the owner is refused')
  from pg_temp.ecritures() e;
select tests.agir_comme('admin');
select throws_ok(e.ecriture, pg_temp.attendu('admin', e.verbe), null, e.verbe || ' by an admin is refused')
  from pg_temp.ecritures() e;
select set_config('app.sorties_produit_allow_write', '1', true);
select throws_ok(e.ecriture, pg_temp.attendu('admin', e.verbe), null,
  e.verbe || ' by an admin is refused even with the flag')
  from pg_temp.ecritures() e;
select tests.agir_sans_compte('service_role');
select throws_ok(e.ecriture, pg_temp.attendu('service_role', e.verbe), null,
  e.verbe || ' by service_role is refused even with the flag')
  from pg_temp.ecritures() e;
select set_config('app.sorties_produit_allow_write', '', true);
select throws_ok(e.ecriture, pg_temp.attendu('service_role', e.verbe), null, e.verbe || ' by service_role is refused')
  from pg_temp.ecritures() e;
select tests.redevenir_systeme();
select set_config('app.sorties_produit_allow_write', '1', true);
select lives_ok('update public.sorties_produit set note = ''x'' where id = tests.id(''sortie'')',
  'the owner with the flag may write: the way of a repair, in the open');
select throws_ok(format('update public.sorties_produit set %s where id = tests.id(''sortie'')', v), '23514', null,
  format('the owner with the flag does not write %s either', v))
  from
    unnest('{volume_15c = null,validated_by = null,vcf = 2,statut = ''perdue'',proprietaire_type = ''AUTRE''}'::text[])
       v;
select throws_ok('update public.sorties_produit set note = chr(8238) where id = tests.id(''sortie'')', 'PT422',
  'TEXTE_ILLISIBLE', 'nor a text that nobody can read');
select tests.sortir('cuve', 1);
select is(coalesce(current_setting('app.sorties_produit_allow_write', true), ''), '',
  'a validation closes the flag behind it');
select throws_ok('update public.sorties_produit set note = ''x'' where id = tests.id(''sortie'')', 'PT403',
  'ECRITURE_INTERDITE',
  'after a validation the same transaction cannot write what it validated');
select tests.brouillon('cuve', 1);
select tests.agir_comme('gerant');
select public.rejeter_sortie(tests.id('sortie'), 'Erreur');
select throws_ok('update public.sorties_produit set note = ''x'' where id = tests.id(''sortie'')', 'PT403',
  'ECRITURE_INTERDITE',
  'a rejected sortie never changes either');

-- Temporary objects: what a caller with a database session of their own can make. "discard plans": as in a new session,
-- where no plan of an earlier act remembers which table was meant.
select tests.redevenir_systeme();
select tests.sortir('cuve', 1);
select tests.agir_comme('gerant');
select is(tests.essayer($$
  discard plans;
  create temp table pg_class (oid oid, relowner oid);
  insert into pg_temp.pg_class values ('public.sorties_produit'::regclass, 'authenticated'::regrole);
  select set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit set volume_ambiant = 1 where id = tests.id('sortie')$$) ->> 'message',
  'ECRITURE_INTERDITE', 'a temporary pg_class does not make a gerant the owner of the table');
select tests.redevenir_systeme();
select tests.brouillon('cuve', 8600);
select tests.agir_comme('gerant');
select is(tests.essayer($$
  discard plans;
  create temp table citernes as select * from public.citernes;
  create temp table stocks_snapshot as select * from public.stocks_snapshot;
  update pg_temp.stocks_snapshot set stock_ambiant = 1e6, stock_15c = 1e6;
  grant all on pg_temp.citernes, pg_temp.stocks_snapshot to public;
  select public.validate_sortie(tests.id('sortie'))$$) ->> 'message',
  'SORTIE_CAPACITE_SECURITE', 'a temporary stocks_snapshot does not stand in for the stock');
select is(tests.essayer($$
  discard plans;
  create temp table sorties_produit as select * from public.sorties_produit where id = tests.id('sortie');
  update pg_temp.sorties_produit set id = '33333333-3333-3333-3333-333333333333', volume_ambiant = 5;
  grant all on pg_temp.sorties_produit to public;
  select public.validate_sortie('33333333-3333-3333-3333-333333333333')$$) ->> 'message',
  'INVALID_ID_OR_STATE', 'a temporary sorties_produit does not stand in for the sorties');
select is(tests.essayer($$
  discard plans;
  create function pg_temp.moi(d pg_catalog.date) returns boolean language plpgsql as
    'begin raise exception ''%'', current_user; end';
  create domain pg_temp.date as pg_catalog.date check (pg_temp.moi(value));
  grant usage on type pg_temp.date to public;
  grant execute on function pg_temp.moi(pg_catalog.date) to public;
  select private.jour_au_depot(tests.id('lubumbashi'), now())$$) ->> 'message',
  null, 'a temporary type called date does not run its caller''s code as the owner of the rules');

select * from finish();
rollback;
