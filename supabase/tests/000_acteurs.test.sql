-- The actors and props of every other test: people, depots, tanks, trucks, fuel in and out.
--
-- The only file that commits. Everything has a name: tests.citerne('cuve') makes a tank, tests.id('cuve') is its id.
-- A day is a number: 0 is today at the depot, -3 is three days ago.

begin;
set local role postgres;
set local client_min_messages = warning;
create extension if not exists pgtap with schema extensions;
set local search_path = public, extensions;

do $$
declare
  v_fonction regprocedure;
begin
  -- What postgres creates is closed to everyone (see 010_fondations.sql): open pgTAP to the roles under test.
  for v_fonction in
    select p.oid from pg_depend d join pg_extension e on e.oid = d.refobjid join pg_proc p on p.oid = d.objid
     where d.refclassid = 'pg_extension'::regclass and d.classid = 'pg_proc'::regclass and e.extname = 'pgtap'
       and pg_has_role(p.proowner, 'usage')
  loop
    execute format('grant execute on function %s to anon, authenticated, service_role', v_fonction);
  end loop;
end;
$$;

drop schema if exists tests cascade;
create schema tests;
comment on schema tests is 'Helpers of the pgTAP tests. Exists only where they run.';

create function tests.noter(p_nom text, p_id uuid) returns uuid language sql
return set_config('tests.' || p_nom, p_id::text, true)::uuid;
comment on function tests.noter(text, uuid) is 'Remembers an id under a name until the end of the test; gives it back.';

create function tests.id(p_nom text) returns uuid language sql stable
return nullif(current_setting('tests.' || p_nom, true), '')::uuid;
comment on function tests.id(text) is 'Id remembered under this name, null if none.';

create function tests.jour(p_decalage int default 0) returns date language sql stable
return (now() at time zone 'Africa/Lubumbashi')::date + p_decalage;
comment on function tests.jour(int) is 'A day at Lubumbashi: 0 today, -3 three days ago.';

create function tests.midi(p_decalage int default 0) returns timestamptz language sql stable
return (tests.jour(p_decalage) + time '12:00') at time zone 'Africa/Lubumbashi';
comment on function tests.midi(int) is 'Noon of that day at Lubumbashi.';

create function tests.agir_comme(p_acteur text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', tests.id(p_acteur), 'role', 'authenticated')::text,
    true),
         set_config('role', 'authenticated', true)
$$;
comment on function tests.agir_comme(text) is 'From here on, everything is done by this actor, as through REST.';

create function tests.agir_en_base(p_acteur text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', tests.id(p_acteur), 'role', 'authenticated')::text,
    true),
         set_config('role', 'postgres', true)
$$;
comment on function tests.agir_en_base(text) is
  'From here on, everything is done for this actor by the owner of the tables, whom no column grant stops: what '
  'triggers then do.';

create function tests.agir_sans_compte(p_role text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('role', p_role)::text, true),
    set_config('role', p_role, true)
$$;
comment on function tests.agir_sans_compte(text) is
  'From here on, everything is done by anon or service_role: no person.';

create function tests.redevenir_systeme() returns void language sql as $$
  select set_config('role', 'postgres', true), set_config('request.jwt.claims', '', true)
$$;
comment on function tests.redevenir_systeme() is 'Back to the owner of the schema, with no person.';

create function tests.depot(p_nom text default 'depot', p_fuseau text default 'Africa/Lubumbashi') returns uuid
language sql security definer as $$
  insert into public.depots (nom, fuseau) values (p_nom || gen_random_uuid(), p_fuseau) returning tests.noter(p_nom, id)
$$;
comment on function tests.depot(text, text) is 'Makes a depot.';

create function tests.acteur(p_role text, p_depot text default 'depot', p_nom text default null) returns uuid
language plpgsql security definer as $$
declare
  v_id uuid := gen_random_uuid();
begin
  insert into auth.users (id, email) values (v_id, v_id || '@tests.monaluxe.test');
  if p_role is not null then
    insert into public.profils (user_id, nom_complet, role, depot_id) values (v_id, p_role, p_role, tests.id(p_depot));
  end if;
  return tests.noter(coalesce(p_nom, p_role), v_id);
end;
$$;
comment on function tests.acteur(text, text, text) is
  'Makes a user with this role at this depot, named as the role unless said; a null role gives a user without a '
  'profile.';

create function tests.equipe(p_depot text default 'depot') returns void language sql security definer as $$
  select tests.acteur(r.role, p_depot) from unnest('{admin,directeur,gerant,operateur,pca,lecture}'::text[]) as r (role)
$$;
comment on function tests.equipe(text) is 'Makes one actor of each role at this depot.';

create function tests.chef() returns uuid language sql security definer
return coalesce(tests.id('chef'), tests.acteur('admin', 'depot', 'chef'));
comment on function tests.chef() is 'The admin who does what a test needs done before it starts.';

create function tests.passer_chef() returns text language plpgsql as $$
declare
  v_avant text := coalesce(current_setting('request.jwt.claims', true), '');
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', tests.chef())::text, true);
  return v_avant;
end;
$$;
comment on function tests.passer_chef() is
  'The chef takes over, in the same database role; returns the claims to put back.';

create function tests.produit(p_code text) returns uuid language plpgsql security definer as $$
begin
  insert into public.produits (nom, code) values ('Produit ' || p_code, p_code) on conflict (code) do nothing;
  return (select p.id from public.produits p where p.code = p_code);
end;
$$;
comment on function tests.produit(text) is
  'The product of this code (G.O gasoil, ESS essence), made if the seed has not.';

create function tests.citerne(
  p_nom text, p_depot text default 'depot', p_produit text default 'G.O',
  p_capacite numeric default 100000, p_securite numeric default 0
) returns uuid language sql security definer as $$
  insert into public.citernes (depot_id, produit_id, nom, capacite_totale, capacite_securite)
  values (tests.id(p_depot), tests.produit(p_produit), p_nom, p_capacite, p_securite) returning tests.noter(p_nom, id)
$$;
comment on function tests.citerne(text, text, text, numeric, numeric) is 'Makes a tank; litres.';

create function tests.tiers(p_table text) returns uuid language plpgsql security definer as $$
declare
  v_id uuid;
begin
  execute format('insert into public.%I (nom) values (gen_random_uuid()) returning id', p_table) into v_id;
  return v_id;
end;
$$;
comment on function tests.tiers(text) is
  'Makes a client, a supplier or a partner: a row of clients, fournisseurs or partenaires.';

create function tests.cdr(
  p_nom text default 'cdr', p_depot text default 'depot', p_produit text default 'G.O', p_statut text default 'ARRIVE'
) returns uuid language plpgsql security definer as $$
declare
  v_avant text := tests.passer_chef();
  v_id uuid;
  v_etape text;
begin
  insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
  values (tests.tiers('fournisseurs'), tests.id(p_depot), tests.produit(p_produit), gen_random_uuid(), 40000)
    returning id into v_id;
  foreach v_etape in array array['TRANSIT', 'FRONTIERE', 'ARRIVE'] loop
    exit when p_statut = (select c.statut from public.cours_de_route c where c.id = v_id);
    update public.cours_de_route set statut = v_etape where id = v_id;
  end loop;
  perform set_config('request.jwt.claims', v_avant, true);
  return tests.noter(p_nom, v_id);
end;
$$;
comment on function tests.cdr(text, text, text, text) is 'Sends a truck on its way, as far as this state.';

create function tests.recevoir(
  p_citerne text, p_volume numeric, p_jour int default 0, p_proprietaire text default 'MONALUXE',
  p_volume_15c numeric default null, p_nom text default 'reception'
) returns uuid language plpgsql security definer as $$
declare
  v_avant text := tests.passer_chef();
  v_citerne public.citernes;
  v_id uuid;
begin
  select * into strict v_citerne from public.citernes c where c.id = tests.id(p_citerne);
  perform tests.noter('depot_de_la_citerne', v_citerne.depot_id);
  insert into public.receptions
    (cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c,
      volume_corrige_15c,
     date_reception, confirmer)
  select tests.cdr('cdr_recu', 'depot_de_la_citerne', p.code), v_citerne.id, p_proprietaire,
         case p_proprietaire when 'PARTENAIRE' then tests.tiers('partenaires') end, p_volume, 15, p_volume_15c,
         tests.jour(p_jour), true
    from public.produits p where p.id = v_citerne.produit_id
  returning id into v_id;
  perform set_config('request.jwt.claims', v_avant, true);
  return tests.noter(p_nom, v_id);
end;
$$;
comment on function tests.recevoir(text, numeric, int, text, numeric, text) is
  'Receives litres at 15 °C into a tank, on a day; what the client may say of them lies within 2 %.';

create function tests.brouillon(
  p_citerne text, p_volume numeric, p_jour int default 0, p_proprietaire text default 'MONALUXE',
  p_volume_15c numeric default null, p_nom text default 'sortie'
) returns uuid language plpgsql security definer as $$
declare
  v_avant text := tests.passer_chef();
  v_id uuid;
begin
  insert into public.sorties_produit
    (citerne_id, proprietaire_type, client_id, partenaire_id, volume_ambiant, temperature_ambiante_c,
      volume_corrige_15c, date_sortie)
  values (tests.id(p_citerne), p_proprietaire, tests.tiers('clients'),
          case p_proprietaire when 'PARTENAIRE' then tests.tiers('partenaires') end, p_volume, 15, p_volume_15c,
          tests.midi(p_jour))
  returning id into v_id;
  perform set_config('request.jwt.claims', v_avant, true);
  return tests.noter(p_nom, v_id);
end;
$$;
comment on function tests.brouillon(text, numeric, int, text, numeric, text) is 'Writes a sortie as a draft, on a day.';

create function tests.valider(p_nom text default 'sortie') returns void language plpgsql security definer as $$
declare
  v_avant text := tests.passer_chef();
begin
  perform public.validate_sortie(tests.id(p_nom));
  perform set_config('request.jwt.claims', v_avant, true);
end;
$$;
comment on function tests.valider(text) is 'Validates a draft.';

create function tests.sortir(p_citerne text, p_volume numeric, p_jour int default 0, p_proprietaire text default
  'MONALUXE')
returns void language sql as $$
  select tests.brouillon(p_citerne, p_volume, p_jour, p_proprietaire);
  select tests.valider();
$$;
comment on function tests.sortir(text, numeric, int, text) is 'Writes a sortie and validates it.';

create function tests.ajuster(p_type text, p_mouvement text, p_ambiant numeric, p_15c numeric) returns void
language plpgsql security definer as $$
declare
  v_avant text := tests.passer_chef();
begin
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
  values (p_type, tests.id(p_mouvement), p_ambiant, p_15c, 'Correction de jaugeage');
  perform set_config('request.jwt.claims', v_avant, true);
end;
$$;
comment on function tests.ajuster(text, text, numeric, numeric) is
  'Adjusts the stock by litres, on account of a movement.';

create function tests.stock(p_citerne text, p_proprietaire text default 'MONALUXE') returns text
language sql stable security definer as $$
  select format('%s / %s', trim_scale(s.stock_ambiant), trim_scale(s.stock_15c)) from public.v_stock_actuel s
   where s.citerne_id = tests.id(p_citerne) and s.proprietaire_type = p_proprietaire
$$;
comment on function tests.stock(text, text) is
  'Current litres, "as measured / at 15 °C"; null where there is no stock.';

create function tests.jours(p_citerne text, p_proprietaire text default 'MONALUXE') returns text
language sql stable security definer as $$
  select string_agg(format('%s: %s/%s', j.date_jour - tests.jour(), trim_scale(j.stock_ambiant),
    trim_scale(j.stock_15c)),
                    ', ' order by j.date_jour)
    from public.stocks_journaliers j
   where j.citerne_id = tests.id(p_citerne) and j.proprietaire_type = p_proprietaire
$$;
comment on function tests.jours(text, text) is 'The tank day by day: "-3: 100/99, 0: 80/79", as measured and at 15 °C.';

create function tests.trace(p_action text, p_cible uuid) returns text
language sql stable security definer as $$
  select string_agg(l.module || ' ' || l.niveau, ', ') from public.log_actions l
   where l.action = p_action and l.cible_id is not distinct from p_cible
$$;
comment on function tests.trace(text, uuid) is
  'Log lines of an act on a row: "module NIVEAU", null where nothing was logged.';

create function tests.essayer(p_sql text) returns jsonb language plpgsql as $$
declare
  v_lignes bigint;
  v_etat text;
  v_message text;
  v_phrase text;
  v_valeurs text;
begin
  execute p_sql;
  get diagnostics v_lignes = row_count;
  raise exception using errcode = 'TT000';
exception
  when sqlstate 'TT000' then
    return jsonb_build_object('lignes', v_lignes);
  when others then
    get stacked diagnostics v_etat = returned_sqlstate, v_message = message_text,
      v_phrase = pg_exception_hint, v_valeurs = pg_exception_detail;
    return jsonb_build_object('etat', v_etat, 'message', v_message, 'phrase', v_phrase, 'valeurs', v_valeurs);
end;
$$;
comment on function tests.essayer(text) is
  'Does it, takes it back whatever happens, and tells: {lignes}, or {etat, message, phrase, valeurs} where it was '
  'refused.';

create function tests.verdict(p_acteur text, p_sql text) returns text language plpgsql as $$
declare
  v_essai jsonb;
begin
  perform tests.agir_comme(p_acteur);
  v_essai := tests.essayer(p_sql);
  perform tests.redevenir_systeme();
  return case when v_essai ? 'etat' then v_essai ->> 'message'
              when v_essai ->> 'lignes' = '0' then 'nothing'
              else 'done' end;
end;
$$;
comment on function tests.verdict(text, text) is
  'What this actor gets for doing this, taken back afterwards: done, nothing (no row seen or touched), or the refusal.';

create function tests.vider_stock() returns void language plpgsql security definer as $$
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_snapshot;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
end;
$$;
comment on function tests.vider_stock() is
  'A database where no fuel was ever received, whatever the developer had in it.';

grant usage on schema tests to anon, authenticated, service_role;
grant execute on all functions in schema tests to anon, authenticated, service_role;

select plan(1);
select has_schema('tests', 'the actors are on stage');
select * from finish();
commit;
