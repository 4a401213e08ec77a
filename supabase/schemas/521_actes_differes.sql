-- One act done without a line: what its door must know before it is asked, how it ended, and what is dated by it.

create function private.dans_un_cercle(p_cle uuid, p_precedents uuid[]) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive attendus as (
    select p.cle from unnest(p_precedents) p (cle)
    union
    select u.cle
      from attendus t
      join private.actes_differes a on a.cle = t.cle and a.user_id = auth.uid()
        and a.etat not in ('APPLIQUE', 'ABANDONNE')
     cross join unnest(a.precedents) u (cle))
  select exists (select from attendus t where t.cle = p_cle)
$$;
comment on function private.dans_un_cercle(uuid, uuid[]) is
  'Whether one of these acts, which this one waits for, waits for it, through however many others and whichever '
  'batches they came in: then none of them can be the first.';

create function private.exiger_precedents(p_acte private.actes_differes, p_exiges uuid[], p_jours int) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cle uuid;
  v_avant private.actes_differes;
  v_contre jsonb;
  v_reponses jsonb := jsonb '{}';
begin
  -- Before what may still come: a circle never ends.
  if private.dans_un_cercle(p_acte.cle, p_acte.precedents) then
    foreach v_cle in array p_acte.precedents loop
      exit when private.dans_un_cercle(p_acte.cle, array[v_cle]);
    end loop;
    perform private.refuser('ACTES_EN_CERCLE', jsonb_build_object('depend_de', v_cle));
  end if;
  foreach v_cle in array p_acte.precedents loop
    select * into v_avant from private.actes_differes a where a.cle = v_cle;
    if not found and p_acte.fait_le < now() - make_interval(days => p_jours) then
      perform private.refuser('PRECEDENT_PERDU', jsonb_build_object('depend_de', v_cle, 'jours', p_jours));
    elsif v_avant.cle is null then
      perform private.refuser('ACTE_ATTENDU', jsonb_build_object('depend_de', v_cle));
    elsif v_avant.user_id <> auth.uid() then
      perform private.refuser('PRECEDENT_D_AUTRUI', jsonb_build_object('depend_de', v_cle));
    elsif v_avant.etat = 'ABANDONNE' then
      -- What came before it on the same row only, and was withdrawn, is nothing to wait for: the rules say the rest.
      continue when not v_cle = any (p_exiges);
      perform private.refuser('PRECEDENT_ABANDONNE', jsonb_build_object('depend_de', v_cle, 'acte', v_avant.acte,
        'motif', v_avant.reponse ->> 'motif'));
    elsif v_avant.etat <> 'APPLIQUE' then
      -- Of a chain, what began it: a reason within a reason within a reason is read by nobody.
      v_contre := case v_avant.reponse ->> 'code' when 'ACTE_DEPENDANT' then v_avant.reponse -> 'valeurs'
        else jsonb_build_object('code', v_avant.reponse -> 'code',
          'raison', coalesce(v_avant.reponse ->> 'detail', 'il n''est pas encore traité.')) end;
      perform private.refuser('ACTE_DEPENDANT',
        v_contre || jsonb_build_object('depend_de', v_cle, 'acte', v_avant.acte));
    end if;
    v_reponses := v_reponses || jsonb_build_object(v_cle, v_avant.reponse);
  end loop;
  return v_reponses;
end;
$$;
comment on function private.exiger_precedents(private.actes_differes, uuid[], int) is
  'What was answered to the acts that this one depends on, by key; all of them must be done, but for what was withdrawn '
  'and it does not need. p_exiges: what it needs. p_jours: how late an act may come; what was done before this one and '
  'is still not there then never will be. Raises ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, '
  'PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

create function private.preparer_acte(p_lot uuid, p_rang int) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  -- No longer than the door keeps the answer of a key.
  c_jours constant int := 30;
  v_dit constant jsonb :=
    (select l.actes -> p_rang from private.lots_differes l where l.user_id = auth.uid() and l.id = p_lot);
  v_acte private.actes_differes;
  v_reponses jsonb;
begin
  select * into strict v_acte from private.actes_differes a where a.cle = (v_dit ->> 'cle')::uuid for no key update;
  if v_acte.user_id <> auth.uid() then
    perform private.refuser('CLE_D_AUTRUI');
  elsif v_acte.etat = 'ABANDONNE' then
    return private.dit_de_l_abandon(v_acte);
  elsif encode(v_acte.empreinte, 'hex') <> v_dit ->> 'empreinte' then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  if v_acte.etat = 'APPLIQUE' or v_acte.moment is null then
    return jsonb_build_object('etat', v_acte.etat, 'statut', v_acte.statut_http, 'reponse', v_acte.reponse);
  end if;
  if v_acte.fait_le > v_acte.recu_le then
    perform private.refuser('MOMENT_FUTUR',
      jsonb_build_object('moment', v_acte.moment, 'fait_le', v_acte.fait_le, 'recu_le', v_acte.recu_le,
        'dit', private.heure_au_depot(v_acte.depot_id, v_acte.fait_le)));
  elsif v_acte.fait_le < v_acte.recu_le - make_interval(days => c_jours) then
    perform private.refuser('MOMENT_TROP_ANCIEN',
      jsonb_build_object('moment', v_acte.moment, 'jours', c_jours, 'recu_le', v_acte.recu_le));
  end if;
  v_reponses := private.exiger_precedents(v_acte,
    case when jsonb_typeof(v_dit -> 'exiges') = 'array' then private.cles_dites(v_dit -> 'exiges')
         else v_acte.precedents end, c_jours);
  update private.actes_differes a set etat = 'EN_COURS' where a.user_id = auth.uid() and a.cle = v_acte.cle;
  -- A refusal is judged again, what was done never is: the key holds, whoever else sends the same act at this moment.
  delete from private.idempotence i
   where i.user_id = auth.uid() and i.cle = v_acte.cle::text and i.statut_http >= 400;
  return jsonb_build_object('etat', 'EN_COURS', 'fait_le', v_acte.fait_le,
    'jour', coalesce(private.jour_au_depot(v_acte.depot_id, v_acte.fait_le),
      private.jour_local(private.fuseau_vu(null), v_acte.fait_le)), 'reponses', v_reponses);
end;
$$;
comment on function private.preparer_acte(uuid, int) is
  'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0. {etat, statut, '
  'reponse} where it is done, motif where it was withdrawn; else {etat, fait_le, jour (at its depot), reponses: of the '
  'acts it depends on}. A refusal that its door has kept is forgotten. Raises CLE_D_AUTRUI, IDEMPOTENCE_CONFLIT, '
  'MOMENT_FUTUR, MOMENT_TROP_ANCIEN, ACTES_EN_CERCLE, PRECEDENT_PERDU, ACTE_ATTENDU, PRECEDENT_D_AUTRUI, '
  'PRECEDENT_ABANDONNE, ACTE_DEPENDANT.';

create function private.dit_du_differe(p_acte private.actes_differes) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('lot', l.id, 'cle', p_acte.cle, 'fait_le', p_acte.fait_le, 'moment', p_acte.moment,
           'recu_le', p_acte.recu_le, 'ecart_horloge_s', round(extract(epoch from l.ecart_horloge)),
           'appareil', l.appareil)
    from private.lots_differes l where l.user_id = p_acte.user_id and l.id = p_acte.lot_id
$$;
comment on function private.dit_du_differe(private.actes_differes) is
  'What the log says of an act done without a line: its batch, both its moments, the phone and its lead in seconds.';

create function private.noter_acte(p_cle uuid, p_etat text, p_statut_http int, p_reponse jsonb) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_avant private.actes_differes;
  v_acte private.actes_differes;
begin
  select * into strict v_avant from private.actes_differes a
   where a.user_id = auth.uid() and a.cle = p_cle for no key update;
  -- Another sending of the same act may have been quicker, or its author have withdrawn it meanwhile.
  if v_avant.etat in ('APPLIQUE', 'ABANDONNE') then
    return;
  end if;
  update private.actes_differes a
     set (etat, statut_http, reponse, traite_le) = (p_etat, p_statut_http, p_reponse, clock_timestamp())
   where a.user_id = auth.uid() and a.cle = p_cle
  returning * into v_acte;
  -- Fuel may have moved that the books do not know: who answers for the depot must see it, once a reason.
  if p_etat = 'REFUSE' and v_avant.reponse ->> 'code' is distinct from p_reponse ->> 'code' then
    perform private.journaliser('ACTE_DIFFERE_REFUSE', 'synchronisation', 'WARNING', p_cle, v_acte.depot_id,
      private.dit_du_differe(v_acte)
      || jsonb_strip_nulls(jsonb_build_object('acte', v_acte.acte, 'code', p_reponse ->> 'code',
        'phrase', p_reponse ->> 'detail', 'errors', p_reponse -> 'errors')));
  end if;
end;
$$;
comment on function private.noter_acte(uuid, text, int, jsonb) is
  'Remembers how an act ended: its door''s answer, or the problem. What is APPLIQUE or ABANDONNE stays so. Logs '
  'ACTE_DIFFERE_REFUSE where it is refused for a reason it was not refused for before.';

create function private.abandonner_acte(p_lot uuid, p_cle uuid, p_motif text) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.acteur();
  v_acte private.actes_differes;
begin
  -- As its door holds it: what it is doing under this key ends first, and what it is asked afterwards is refused.
  perform pg_advisory_xact_lock(hashtextextended(concat('cle:', auth.uid(), p_cle), 0));
  -- Its batch may be on its way still.
  insert into private.actes_differes (user_id, cle, lot_id, acte, empreinte, depot_id)
  values (private.auteur_de_cle(p_cle), p_cle, p_lot, '?', '', private.depot_du_lieu(null, private.depots_visibles()))
  on conflict (cle) do nothing;
  select * into strict v_acte from private.actes_differes a where a.cle = p_cle for no key update;
  if v_acte.user_id <> auth.uid() then
    perform private.refuser('CLE_D_AUTRUI');
  elsif v_acte.etat = 'APPLIQUE' or exists (select from private.idempotence i
      where i.user_id = auth.uid() and i.cle = p_cle::text and i.statut_http < 400) then
    perform private.refuser('ACTE_DEJA_FAIT');
  elsif v_acte.etat <> 'ABANDONNE' then
    insert into private.idempotence as i (user_id, cle, empreinte, statut_http, reponse, role, depots, habilitations)
    values (auth.uid(), p_cle::text, '', 409, json_build_object('motif', p_motif), v_acteur.role,
      coalesce(v_acteur.depots, '{}'), coalesce(v_acteur.habilitations, '{}'))
    on conflict (user_id, cle) do update
       set (empreinte, statut_http, reponse) = (excluded.empreinte, excluded.statut_http, excluded.reponse);
    perform private.journaliser('ACTE_DIFFERE_ABANDONNE', 'synchronisation', 'WARNING', p_cle, v_acte.depot_id,
      coalesce(private.dit_du_differe(v_acte), jsonb_build_object('lot', p_lot, 'cle', p_cle))
      || jsonb_strip_nulls(jsonb_build_object('acte', v_acte.acte, 'motif', p_motif,
        'raison', v_acte.reponse ->> 'detail')));
    update private.actes_differes a
       set (etat, statut_http, reponse, traite_le)
         = ('ABANDONNE', null, jsonb_build_object('motif', p_motif), clock_timestamp())
     where a.cle = p_cle
    returning * into v_acte;
  end if;
  return private.dit_de_l_abandon(v_acte)
    || jsonb_build_object('cle', v_acte.cle, 'acte', v_acte.acte, 'recu_le', v_acte.recu_le);
end;
$$;
comment on function private.abandonner_acte(uuid, uuid, text) is
  'Withdraws, for good, an act of the caller''s own that is not done, whether its batch has come or not: its key is of '
  'no more use to its door. p_lot: its batch; p_motif: why. Answers as lire_lot does of one act; said again, the first '
  'reason stands. Logs ACTE_DIFFERE_ABANDONNE. Raises CLE_D_AUTRUI, ACTE_DEJA_FAIT.';

grant execute on function private.preparer_acte(uuid, int), private.noter_acte(uuid, text, int, jsonb),
  private.abandonner_acte(uuid, uuid, text) to authenticated;

-- Dated as done, logged as received -----------------------------------------------------------------------------------

create function private.acte_differe(p_request_id text) returns private.actes_differes
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_prefixe constant text := 'synchronisation-';
  v_acte private.actes_differes;
begin
  if p_request_id ~ ('^' || c_prefixe || '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then
    select * into v_acte from private.actes_differes a
     where a.user_id = auth.uid() and a.cle = substr(p_request_id, length(c_prefixe) + 1)::uuid
       -- Its moment was judged, which that of an act that is refused was not: any client may number its request so.
       and a.etat in ('EN_COURS', 'NON_TRAITE');
  end if;
  return v_acte;
end;
$$;
comment on function private.acte_differe(text) is
  'The act done without a line that a request of this number brings, where its caller has sent it and it is being '
  'done, or was and nobody knows whether it is; null for any other request, whatever its number.';

create function private.moment_de_l_acte() returns timestamptz
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce((private.acte_differe(current_setting('request.id', true))).fait_le, now());
end;
$$;
comment on function private.moment_de_l_acte() is
  'When what this transaction writes was done: now, but for what was done without a line.';

create function private.details_differes(p_details jsonb, p_request_id text) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acte constant private.actes_differes := private.acte_differe(p_request_id);
begin
  return case when v_acte.cle is null then p_details
    else p_details || jsonb_build_object('synchronisation', private.dit_du_differe(v_acte)) end;
end;
$$;
comment on function private.details_differes(jsonb, text) is
  'Details of a line of an act done without a line: when it was done and when it came. The line''s own moment is that '
  'of its writing.';
