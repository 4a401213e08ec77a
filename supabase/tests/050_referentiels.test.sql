-- Reference data: who reads it, who writes it, and what a tank may not be.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(144);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('gerant', 'goma', 'gerant_goma'), tests.acteur(null, null, 'inconnu');
select tests.citerne('cuve', 'lubumbashi');

create function pg_temp.creer(p_table text) returns text language sql as $$
  select case p_table
    when 'produits' then $s$insert into public.produits (nom, code) values ('Pétrole lampant', 'PL')$s$
    when 'citernes' then $s$insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
      values (tests.id('lubumbashi'), (select p.id from public.produits p where p.code = 'G.O'), 'CUVE NEUVE', 1000)$s$
    else format($s$insert into public.%I (nom) values ('Nom neuf')$s$, p_table)
  end
$$;

-- Read and written ----------------------------------------------------------------------------------------------------

select tests.tiers('clients'), tests.tiers('fournisseurs'), tests.tiers('partenaires');
select is(tests.verdict(r, 'select from public.' || t), 'done', format('%s reads %s', r, t))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r,
       unnest('{produits,citernes,clients,partenaires}'::text[]) as t;
select is(tests.verdict(r, 'select id, nom from public.fournisseurs'), 'done', format('whose fuel it is, for %s', r))
  from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r;
select is(tests.verdict(r, 'select email from public.v_fournisseurs'), attendu,
  format('whom to call, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'done'), ('pca', 'done'),
               ('operateur', 'nothing'), ('lecture', 'nothing'), ('inconnu', 'nothing')) as t (r, attendu);
select is(tests.verdict('admin', 'select email from public.fournisseurs'), 'permission denied for table fournisseurs',
  'nobody reads a contact in the table itself');
select is(tests.verdict(r, pg_temp.creer(t)), 'done', format('%s adds to %s', r, t))
  from unnest('{admin,directeur}'::text[]) as r, unnest('{produits,citernes,clients,fournisseurs,partenaires}'::text[])
    as t;
select is(tests.verdict(r, pg_temp.creer(t)), format('new row violates row-level security policy for table "%s"', t),
    format('%s cannot add to %s', r, t))
  from unnest('{gerant,operateur,pca,lecture,inconnu}'::text[]) as r,
       unnest('{produits,citernes,clients,fournisseurs,partenaires}'::text[]) as t;
select is(tests.verdict(r, format('update public.%I set nom = nom', t)), 'ROLE_FORBIDDEN',
  format('%s cannot change %s', r, t))
  from unnest('{gerant,operateur,pca,lecture,inconnu}'::text[]) as r,
       unnest('{produits,citernes,clients,fournisseurs,partenaires}'::text[]) as t;
select is(tests.verdict(r, format('delete from public.%I', t)), 'ROLE_FORBIDDEN',
  format('%s cannot delete from %s', r, t))
  from unnest('{gerant,operateur,pca,lecture,inconnu}'::text[]) as r,
    unnest('{clients,fournisseurs,partenaires}'::text[]) as t;
select is(tests.verdict('directeur', $$update public.citernes set statut = 'maintenance' where id = tests.id('cuve')$$),
  'done',
  'a directeur puts a tank into maintenance');
select is(tests.verdict('gerant_goma', $$select from public.citernes where id = tests.id('cuve')$$), 'nothing',
  'a gerant does not see the tanks of another depot');

-- Tanks ---------------------------------------------------------------------------------------------------------------

select throws_ok(format('update public.citernes set %s where id = tests.id(''cuve'')', t.changement), '23514', null,
  t.promesse)
  from (values
    ('capacite_totale = 0', 'a tank without capacity is refused'),
    ('capacite_totale = ''NaN''', 'a tank whose capacity is not a number is refused'),
    ('capacite_totale = 1e9', 'a tank of a million cubic metres is refused'),
    ('capacite_securite = -1', 'a negative security capacity is refused'),
    ('capacite_securite = ''NaN''', 'a security capacity that is not a number is refused'),
    ('capacite_securite = capacite_totale', 'a security capacity that leaves no room is refused'),
    ('statut = ''vendue''', 'a tank is active, inactive or maintenance')) as t (changement, promesse);
select throws_ok($$update public.citernes set nom = '  ' where id = tests.id('cuve')$$, 'PT422', 'NOM_INVALIDE',
  'a tank has a name');
select throws_ok($$select tests.citerne('cuve', 'lubumbashi')$$, '23505', null,
  'two tanks of a depot never share a name');
select lives_ok($$select tests.citerne('cuve', 'goma')$$, 'two depots may name a tank the same');
select throws_ok($$insert into public.produits (nom, code, groupe_mpms) values ('Eau', 'EAU', 'Z')$$, '23514', null,
  'a product is crude, refined or lubricating');

select tests.citerne('cuve_vide', 'lubumbashi'), tests.citerne('cuve_servie', 'lubumbashi');
select tests.recevoir('cuve_servie', 1000);
select lives_ok($$update public.citernes set produit_id = tests.produit('ESS') where id = tests.id('cuve_vide')$$,
  'a tank that never held fuel may change product');
select throws_ok($$update public.citernes set produit_id = tests.produit('ESS') where id = tests.id('cuve_servie')$$,
  'PT403', 'ECRITURE_INTERDITE', 'a tank that has seen fuel keeps its product');
select throws_ok($$update public.citernes set depot_id = tests.id('goma') where id = tests.id('cuve_servie')$$,
  'PT403', 'ECRITURE_INTERDITE', 'a tank that has seen fuel keeps its depot');
select throws_ok($$delete from public.citernes where id = tests.id('cuve_servie')$$, '23503', null,
  'a tank that has seen fuel cannot be deleted');
select tests.agir_sans_compte('service_role');
select throws_ok($$update public.citernes set depot_id = tests.id('goma') where id = tests.id('cuve_servie')$$,
  'PT403', 'ECRITURE_INTERDITE', 'not even service_role moves a tank that has seen fuel');

select tests.redevenir_systeme();

-- Room for what it holds ----------------------------------------------------------------------------------------------

select
  is(tests.verdict('directeur', format('update public.citernes set capacite_totale = %s where id = %L', c,
  tests.id('cuve_servie'))), attendu,
    format('a tank of 100 000 L that holds 1 000 L is said to take %s L: %s', c, attendu))
  from (values ('999.999', 'CAPACITE_SOUS_LE_STOCK'), ('1000', 'done'), ('200000', 'done')) as t (c, attendu);
select
  is(tests.essayer(format('update public.citernes set capacite_totale = 10 where id = %L', tests.id('cuve_servie'))) ->>
  'phrase',
  'La citerne contient 1 000 L : sa capacité ne peut pas descendre à 10 L.', 'the refusal says what the tank holds');
select
  is(tests.verdict('directeur', format('update public.citernes set capacite_totale = 10 where id = %L',
  tests.id('cuve_vide'))), 'done',
  'an empty tank may shrink');

-- The trace -----------------------------------------------------------------------------------------------------------

create function pg_temp.lignes(p_module text) returns table (ligne text) language sql as $$
  select format('%s %s %s %s %s', l.action, l.niveau, l.details -> 'avant' ->> 'nom', l.details -> 'apres' ->> 'nom',
                l.user_id = tests.id('admin'))
    from public.log_actions l where l.module = p_module and l.cible_id = tests.id('suivi') order by l.created_at
$$;
create function pg_temp.vivre(p_table text) returns void language plpgsql as $$
declare
  v_id uuid;
begin
  perform tests.agir_comme('admin');
  execute case p_table
    when 'produits' then $s$insert into public.produits (nom, code) values ('Avant', 'AVANT') returning id$s$
    when 'citernes' then $s$insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
      values (tests.id('lubumbashi'), (select p.id from public.produits p where p.code = 'G.O'), 'Avant', 1000)
        returning id$s$
    else format($s$insert into public.%I (nom) values ('Avant') returning id$s$, p_table) end into v_id;
  execute format('update public.%I set nom = ''Apres'' where id = %L', p_table, v_id);
  execute format('update public.%I set nom = nom where id = %L', p_table, v_id);
  if p_table = 'depots' then
    perform tests.agir_sans_compte('service_role');
    perform set_config('request.jwt.claims', jsonb_build_object('sub', tests.id('admin'))::text, true);
  end if;
  execute format('delete from public.%I where id = %L', p_table, v_id);
  perform tests.redevenir_systeme();
  perform tests.noter('suivi', v_id);
end;
$$;
create function pg_temp.trace(p_table text) returns text language plpgsql as $$
begin
  perform pg_temp.vivre(p_table);
  return (select string_agg(l.ligne, ', ') from pg_temp.lignes(p_table) l);
end;
$$;
select is(pg_temp.trace(t),
  format('%1$s_CREE INFO  Avant t, %1$s_MODIFIE INFO Avant Apres t, %1$s_SUPPRIME WARNING Apres  t',
  upper(rtrim(t, 's'))),
    format(
      '%s: made, changed, deleted, each with who did it and the row before and after; a change of nothing leaves no '
      'line',
      t))
  from unnest('{depots,produits,citernes,clients,fournisseurs,partenaires}'::text[]) as t;

select tests.agir_comme('admin');
update public.profils set role = 'lecture' where user_id = tests.id('operateur');
select tests.redevenir_systeme();
select results_eq(
  format($$select l.action, l.niveau, l.user_id, l.details -> 'avant' ->> 'role', l.details -> 'apres' ->> 'role',
    l.depot_id
             from public.log_actions l join public.profils p on p.id = l.cible_id and p.user_id = %L
            where l.module = 'profils' and l.details ->> 'avant' is not null$$, tests.id('operateur')),
  $$values ('PROFIL_MODIFIE', 'WARNING', tests.id('admin'), 'operateur', 'lecture', null::uuid)$$,
  'a change of profile is a WARNING, with what it was and what it is');
delete from auth.users where id = tests.id('inconnu');
delete from auth.users where id = tests.id('lecture');
select is((select count(*) from public.log_actions l where l.action = 'PROFIL_SUPPRIME'
             and l.details -> 'avant' ->> 'user_id' = tests.id('lecture')::text), 1::bigint,
  'a profile that goes with its account is logged too');

select * from finish();
rollback;
