-- Who had which figures out of the house.

create function private.noter_export(p_entete jsonb, p_format text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.journaliser('EXPORT_GENERE', 'rapports',
    case when (select c.finance from private.catalogue_rapports() c where c.nom = p_entete ->> 'nom')
      then 'WARNING' else 'INFO' end, null, (p_entete #>> '{depot,id}')::uuid,
    private.seulement(p_entete, '{nom,du,au,connu_a,parametres,version,lignes,sha256}')
      || jsonb_build_object('format', p_format));
end;
$$;
comment on function private.noter_export(jsonb, text) is
  'Logs EXPORT_GENERE: which report, of which days, in which format, how many lines, its hash; WARNING of money.';

create function private.exporter_rapport(
  p_nom text, p_format text, p_depot_id uuid default null, p_du date default null, p_au date default null,
  p_connu_a timestamptz default null, p_parametres jsonb default '{}', p_maximum int default 50000
) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_rapport constant jsonb := private.rapport(p_nom, p_depot_id, p_du, p_au, p_connu_a, p_parametres, p_maximum);
begin
  perform private.noter_export(v_rapport -> 'entete', p_format);
  return v_rapport;
end;
$$;
comment on function private.exporter_rapport(text, text, uuid, date, date, timestamptz, jsonb, int) is
  'A report (private.rapport) for a file of this format, and its line of the log. Raises INTROUVABLE, ROLE_FORBIDDEN, '
  'RAPPORT_PERIODE, RAPPORT_TROP_GRAND, RAPPORT_PARAMETRE.';
revoke execute on function
  private.noter_export(jsonb, text),
  private.exporter_rapport(text, text, uuid, date, date, timestamptz, jsonb, int)
  from public;
grant execute on function
  private.noter_export(jsonb, text),
  private.exporter_rapport(text, text, uuid, date, date, timestamptz, jsonb, int)
  to authenticated;
