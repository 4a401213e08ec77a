-- Whether this database is ready for its work in production: what a go-live asks of it, one row each. What lies outside
-- (mail, certificates, scanner, payments) is looked at by who can reach it: the door ops/pret-production, env:check.

create function private.admins_actifs() returns setof uuid
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select p.user_id from public.profils p join auth.users u on u.id = p.user_id
     where private.role_peut(p.role, 'ecrire_profils') and p.desactive_le is null and u.encrypted_password <> ''
       and coalesce((to_jsonb(u) ->> 'banned_until')::timestamptz, '-infinity') < now()
       and to_jsonb(u) ->> 'deleted_at' is null;
end;
$$;
comment on function private.admins_actifs() is 'Who may sign in as an admin today.';

create function private.avec_facteur(p_qui uuid[]) returns bigint
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_eux uuid[] := '{}'::uuid[];
  v_aussi uuid[];
begin
  -- Supabase Auth's, where it has them; and ours.
  if to_regclass('auth.mfa_factors') is not null then
    execute $sql$select coalesce(array_agg(f.user_id), '{}') from auth.mfa_factors f
      where f.status::text = 'verified'$sql$
      into v_aussi;
    v_eux := v_eux || v_aussi;
  elsif to_regclass('private.facteurs_totp') is null then
    return null;
  end if;
  if to_regclass('private.facteurs_totp') is not null then
    execute $sql$select coalesce(array_agg(f.user_id), '{}') from private.facteurs_totp f
                  where f.confirme_le is not null$sql$
      into v_aussi;
    v_eux := v_eux || v_aussi;
  end if;
  return (select count(*) from unnest(p_qui) q where q = any (v_eux));
end;
$$;
comment on function private.avec_facteur(uuid[]) is
  'How many of these people have a confirmed second factor; null where nothing here keeps one.';

create function private.etat_production() returns table (code text, verdict text, constat text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_prod constant boolean := private.env() = 'prod';
  v_admins constant uuid[] := array(select private.admins_actifs());
  v_facteurs constant bigint := private.avec_facteur(v_admins);
begin
  return query
    select 'ENVIRONNEMENT', 'OUI', private.env();
  return query
    select 'SAUVEGARDE', case when v_age <= private.seuil('SAUVEGARDE_ANCIENNE') then 'OUI' when v_prod then 'NON'
                              else 'SANS_OBJET' end,
           case when v_age is null then 'aucune sauvegarde vérifiée'
                else format('vérifiée, prise il y a %s h (%s h au plus)', round(v_age, 1),
                       private.seuil('SAUVEGARDE_ANCIENNE')) end
      from (select (select (extract(epoch from now() - p.le) / 3600)::numeric from private.passages p
                     where p.nom = 'sauvegarde')) s (v_age);
  return query
    select 'FILE', case count(*) when 0 then 'OUI' else 'NON' end,
           coalesce((array_agg(f.message order by f.check_code))[1],
             format('%s message(s) en attente, aucun en retard ni mort', (select count(*) from public.envois e
               where e.env = private.env() and e.statut in ('A_ENVOYER', 'EN_COURS'))))
      from private.controles_envois() f;
  return query
    select 'PASSAGES', case when p.le > now() - private.seuil('SURVEILLANCE_INTERROMPUE') * interval '1 minute' then
      'OUI'
                            else 'NON' end,
           coalesce(format('contrôles faits il y a %s min', round(extract(epoch from now() - p.le) / 60)),
             'les contrôles n''ont jamais tourné')
      from (select) un left join private.passages p on p.nom = 'alertes';
  return query
    select 'INTEGRITE', case when exists (select from private.constats c join private.controles k
      on k.code = c.check_code
                                           where k.severity = 'CRITICAL') then 'NON'
                             when n.le is null then 'NON' else 'OUI' end,
           case when n.le is null then 'l''histoire n''a jamais été vérifiée'
                else format('%s faute(s) à la preuve du %s', (select count(*) from private.constats c
                       join private.controles k on k.code = c.check_code where k.severity = 'CRITICAL'),
                     to_char(n.le at time zone private.fuseau_societe(), 'DD/MM/YYYY HH24:MI')) end
      from (select) un left join private.passages n on n.nom = 'nuit';
  return query
    select 'ALERTES', case when count(*) > 0 then 'NON' else 'OUI' end,
           case count(*) when 0 then 'aucune alerte critique'
             else format('%s alerte(s) critique(s), la première : %s', count(*),
               (array_agg(a.message order by a.ouverte_le))[1]) end
      from public.system_alerts a where a.status <> 'RESOLVED' and a.severity = 'CRITICAL';
  return query
    select 'SAISIES', case when g.le is null then 'OUI' else 'NON' end,
           case when g.le is null then 'ouvertes' else 'gelées' end
      from (select (select s.updated_at from public.app_settings s where s.key = 'gel_ecritures')) g (le);
  return query
    select 'ADMINS', case when cardinality(v_admins) < 2 then 'NON' when v_prod and v_facteurs = 0 then 'NON'
      else 'OUI' end,
           format('%s compte(s) admin actif(s)%s', cardinality(v_admins),
             case when v_facteurs is null then ', sans service de second facteur ici'
                  else format(', %s avec un second facteur confirmé', v_facteurs) end)
             || case when cardinality(v_admins) < 2 then ' : 2 au moins, l''un peut être perdu ou absent' else '' end
             || case when v_prod and v_facteurs < cardinality(v_admins) then ' : chacun en PROD' else '' end;
  return query
    select 'OPTIONS', 'OUI', coalesce('allumées : ' || string_agg(f.key, ', ' order by f.key), 'aucune allumée')
      from public.feature_flags f where f.enabled;
end;
$$;
comment on function private.etat_production() is
  'What a go-live asks of this database: a code, OUI, NON or SANS_OBJET, and what was seen, in French. Owner only.';

create function private.pret_production() returns table (code text, verdict text, constat text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('preparer_production');
  return query select * from private.etat_production();
end;
$$;
comment on function private.pret_production() is
  'private.etat_production(), for who prepares a go-live (admin, directeur). Raises ROLE_FORBIDDEN.';
grant execute on function private.pret_production() to authenticated;
