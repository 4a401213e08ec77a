-- What the doors of sorties call: each act with the row that it answers, in one call.
--
-- Each runs as the owner: the act asks all there is to ask of who calls, and whoever may do it sees the row. Read again
-- under the policies, it would cost as much as a third of its writing.

create function private.sortie_dite(p_id uuid) returns json
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select to_json(s) from public.v_sorties s where s.id = p_id);
end;
$$;
comment on function private.sortie_dite(uuid) is
  'A sortie as every act on it answers it: its row of v_sorties. For who has just acted on it: asks nothing.';

create function private.rediger_sortie(p_sortie jsonb) returns uuid
language plpgsql security definer
-- The path of all that writes a sortie: the plans of its foreign keys are kept for one.
set search_path = public, pg_temp
as $$
declare
  v_id uuid;
begin
  -- Who may, and in which tank, the table's own trigger asks; it makes them the author.
  insert into public.sorties_produit as s select e.* from private.sortie_envoyee(p_sortie, 'brouillon') e
  returning s.id into v_id;
  return v_id;
end;
$$;
comment on function private.rediger_sortie(jsonb) is
  'Writes a draft of what was sent, as sortie_envoyee reads it. Gives its id. Raises what sortie_envoyee and '
  'sorties_avant_insert raise.';

create function private.porte_rediger_sortie(p_sortie jsonb, p_valider boolean) returns json
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  -- Apart from what reads it, which sees what was there when its expression began.
  v_id constant uuid := case when p_valider then (private.creer_et_valider(p_sortie, false)).id
                             else private.rediger_sortie(p_sortie) end;
begin
  return private.sortie_dite(v_id);
end;
$$;
comment on function private.porte_rediger_sortie(jsonb, boolean) is
  'POST sorties: writes a draft, or with p_valider writes and validates it at once. Answers as sortie_dite. Raises what '
  'rediger_sortie and creer_et_valider raise.';

create function private.porte_valider_sortie(p_id uuid, p_version int default null) returns json
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  v_fait := private.valider_sortie(p_id, p_version);
  return private.sortie_dite(p_id);
end;
$$;
comment on function private.porte_valider_sortie(uuid, int) is
  'POST sorties/:id/valider: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. '
  'Raises what valider_sortie raises.';

create function private.porte_rejeter_sortie(p_id uuid, p_motif text, p_version int default null) returns json
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_version is null then
    perform public.rejeter_sortie(p_id, p_motif);
  else
    perform public.rejeter_sortie_lue(p_id, p_motif, p_version);
  end if;
  return private.sortie_dite(p_id);
end;
$$;
comment on function private.porte_rejeter_sortie(uuid, text, int) is
  'POST sorties/:id/rejeter: p_version, the draft''s that was read, where the client said so. Answers as sortie_dite. '
  'Raises what rejeter_sortie and rejeter_sortie_lue raise.';

grant execute on function private.rediger_sortie(jsonb), private.porte_rediger_sortie(jsonb, boolean),
  private.porte_valider_sortie(uuid, int),
  private.porte_rejeter_sortie(uuid, text, int)
  to authenticated;
