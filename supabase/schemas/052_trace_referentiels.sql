-- The trace of what acts refer to.

create function private.referentiel_journaliser() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant constant jsonb := to_jsonb(old);
  v_apres constant jsonb := to_jsonb(new);
  v_ligne constant jsonb := coalesce(v_apres, v_avant);
begin
  if v_avant = v_apres then
    return null;
  end if;
  perform private.journaliser(
    tg_argv[0] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE' else '_SUPPRIME' end,
    tg_table_name,
    case when tg_op = 'DELETE' then 'WARNING' else tg_argv[1] end,
    (v_ligne ->> 'id')::uuid,
    case tg_table_name when 'depots' then v_ligne ->> 'id' when 'citernes' then v_ligne ->> 'depot_id' end::uuid,
    jsonb_build_object('avant', v_avant, 'apres', v_apres));
  return null;
end;
$$;
comment on function private.referentiel_journaliser() is
  'Logs <NAME>_CREE, _MODIFIE or _SUPPRIME with the row before and after; arguments: name and level. A deletion is a '
  'WARNING. Only a depot and a tank have a depot in the log: a manager reads of no other changes.';

-- A change of what decides litres or days is a WARNING, one of a name is not.
create trigger depots_journal after insert or delete on public.depots
  for each row execute function private.referentiel_journaliser('DEPOT', 'INFO');
create trigger depots_journal_nom after update on public.depots
  for each row when (old.fuseau is not distinct from new.fuseau
    and old.temperature_min_c is not distinct from new.temperature_min_c
    and old.temperature_max_c is not distinct from new.temperature_max_c)
  execute function private.referentiel_journaliser('DEPOT', 'INFO');
create trigger depots_journal_mesure after update on public.depots
  for each row when (old.fuseau is distinct from new.fuseau
    or old.temperature_min_c is distinct from new.temperature_min_c
    or old.temperature_max_c is distinct from new.temperature_max_c)
  execute function private.referentiel_journaliser('DEPOT', 'WARNING');
create trigger produits_journal after insert or delete on public.produits
  for each row execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_nom after update on public.produits
  for each row when (old.code is not distinct from new.code
    and old.groupe_mpms is not distinct from new.groupe_mpms
    and old.alpha_historique is not distinct from new.alpha_historique
    and old.densite_15_min is not distinct from new.densite_15_min
    and old.densite_15_max is not distinct from new.densite_15_max)
  execute function private.referentiel_journaliser('PRODUIT', 'INFO');
create trigger produits_journal_mesure after update on public.produits
  for each row when (old.code is distinct from new.code
    or old.groupe_mpms is distinct from new.groupe_mpms
    or old.alpha_historique is distinct from new.alpha_historique
    or old.densite_15_min is distinct from new.densite_15_min
    or old.densite_15_max is distinct from new.densite_15_max)
  execute function private.referentiel_journaliser('PRODUIT', 'WARNING');
create trigger citernes_journal after insert or delete on public.citernes
  for each row execute function private.referentiel_journaliser('CITERNE', 'INFO');
create trigger clients_journal after insert or update or delete on public.clients
  for each row execute function private.referentiel_journaliser('CLIENT', 'INFO');
create trigger fournisseurs_journal after insert or update or delete on public.fournisseurs
  for each row execute function private.referentiel_journaliser('FOURNISSEUR', 'INFO');
create trigger partenaires_journal after insert or update or delete on public.partenaires
  for each row execute function private.referentiel_journaliser('PARTENAIRE', 'INFO');
create trigger profils_journal after insert or update or delete on public.profils
  for each row execute function private.referentiel_journaliser('PROFIL', 'WARNING');
