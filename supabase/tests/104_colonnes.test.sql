-- Which columns a client may write is the grants' to say: every way to write a sortie goes by them, those of tomorrow
-- too.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(9);

select tests.depot();
select tests.equipe();
select tests.citerne('cuve');
select tests.recevoir('cuve', 10000, -3);
select tests.noter('client', tests.tiers('clients'));
insert into public.feature_flags (key, description, enabled) values ('sortie_directe_compat', 'Essai', true)
  on conflict (key) do update set enabled = true, depots = '{}', users = '{}';

-- Two columns of tomorrow: one that the change grants to clients, one that it does not.
alter table public.sorties_produit add column essai_du_client text, add column essai_du_serveur text;
grant insert (essai_du_client), update (essai_du_client) on public.sorties_produit to authenticated;

create function pg_temp.sortie(p_plus jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('citerne_id', tests.id('cuve'), 'client_id', tests.id('client'), 'volume_ambiant', 100,
                            'temperature_ambiante_c', 24) || p_plus
$$;
create function pg_temp.inserer(p_sortie jsonb) returns uuid language plpgsql as $$
declare
  v_colonnes text := (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(p_sortie) k);
  v_id uuid;
begin
  execute
    format(
    'insert into public.sorties_produit (%1$s) select %1$s from jsonb_populate_record(null::public.sorties_produit, '
    '$1) returning id',
    v_colonnes) using p_sortie into v_id;
  return v_id;
end;
$$;
-- What the row is once written, but for what no two rows share.
create function pg_temp.ecrite(p_id uuid) returns jsonb language sql as $$
  select to_jsonb(s) - '{id,created_at,updated_at}'::text[] from public.sorties_produit s where s.id = p_id
$$;
grant execute on function pg_temp.sortie, pg_temp.inserer, pg_temp.ecrite to authenticated;

select tests.agir_comme('gerant');
select tests.noter('validee', (public.creer_et_valider_sortie(pg_temp.sortie('{"essai_du_client": "dit"}'))).id),
       tests.noter('directe', pg_temp.inserer(pg_temp.sortie('{"essai_du_client": "dit", "statut": "validee"}'))),
       tests.noter('brouillon', pg_temp.inserer(pg_temp.sortie('{"essai_du_client": "dit"}')));
select public.validate_sortie(tests.id('brouillon'));

select is(pg_temp.ecrite(tests.id('validee')) ->> 'essai_du_client', 'dit',
  'a column granted to clients is taken by creer_et_valider_sortie');
select is(pg_temp.ecrite(tests.id('directe')), pg_temp.ecrite(tests.id('validee')),
  'a sortie inserted as validated is the same row');
select is(pg_temp.ecrite(tests.id('brouillon')), pg_temp.ecrite(tests.id('validee')),
  'and so is one drafted, then validated');
select throws_ok($$select public.creer_et_valider_sortie(pg_temp.sortie('{"essai_du_serveur": "x"}'))$$, 'PT422',
  'CHAMP_INCONNU',
  'a column that is not granted is refused in one call');
select throws_ok($$select pg_temp.inserer(pg_temp.sortie('{"essai_du_serveur": "x"}'))$$, '42501', null,
  'and in an insertion');
select throws_ok($$select public.creer_et_valider_sortie(pg_temp.sortie('{"jamais_vu": 1}'))$$, 'PT422',
  'CHAMP_INCONNU',
  'a column that does not exist is refused in one call');
select throws_ok($$select public.creer_et_valider_sortie(pg_temp.sortie() || '{"xmin": 1}')$$, 'PT422', 'CHAMP_INCONNU',
  'nor is a column of the system one that a client writes');

select tests.redevenir_systeme();
alter table public.sorties_produit drop column essai_du_client;
select tests.agir_comme('gerant');
select throws_ok($$select public.creer_et_valider_sortie(pg_temp.sortie('{"essai_du_client": "x"}'))$$, 'PT422',
  'CHAMP_INCONNU',
  'once it is gone it is refused, in the same session');
select lives_ok($$select public.creer_et_valider_sortie(pg_temp.sortie())$$,
  'and a sortie without it goes on as before');

select * from finish();
rollback;
