-- Synchronisation: acts that an app did without a line, received in batches. Each goes through its own door, with its
-- own key and in its own transaction; what is here remembers what came, when it was done and how it ended.
--
--   RECU → EN_COURS → APPLIQUE                       (for good: its door has kept the answer, sent again it is told so)
--                   ↘ REFUSE, EN_ATTENTE, NON_TRAITE (sent again, it is tried again)

create table private.lots_differes (
  user_id uuid not null,
  id uuid not null,
  appareil text check (char_length(appareil) <= 200 and private.texte_lisible(appareil)),
  actes jsonb not null,
  ecart_horloge interval not null,
  recu_le timestamptz not null default clock_timestamp(),
  envois int not null default 1,
  primary key (user_id, id)
);
comment on table private.lots_differes is
  'Batches of acts done without a line, as each person sent them last: 60 days (private.purger_synchronisation).';
comment on column private.lots_differes.actes is
  'In the order sent: key and fingerprint (SHA-256, hexadecimal) of each act.';
comment on column private.lots_differes.ecart_horloge is
  'The phone''s clock less the server''s, when the batch first came; its way through the network counted in.';
comment on column private.lots_differes.envois is 'How many times it came.';
create index lots_differes_recu_le_idx on private.lots_differes (recu_le);
alter table private.lots_differes enable row level security;

create table private.actes_differes (
  user_id uuid not null,
  cle uuid not null,
  lot_id uuid not null,
  acte text not null,
  empreinte bytea not null,
  moment timestamptz,
  fait_le timestamptz,
  depot_id uuid,
  recu_le timestamptz not null default clock_timestamp(),
  etat text not null default 'RECU'
    check (etat in ('RECU', 'EN_COURS', 'APPLIQUE', 'REFUSE', 'EN_ATTENTE', 'NON_TRAITE')),
  statut_http int,
  reponse jsonb,
  traite_le timestamptz,
  primary key (user_id, cle)
);
comment on table private.actes_differes is
  'Acts done without a line, by the key of each: 60 days, twice as long as an act may be late, so that none is '
  'forgotten '
  'while it could still be sent again.';
comment on column private.actes_differes.lot_id is 'Batch it first came in.';
comment on column private.actes_differes.acte is 'Address of its door, below functions/v1, as it was sent.';
comment on column private.actes_differes.empreinte is 'SHA-256 of address, moment, version read and body.';
comment on column private.actes_differes.moment is 'When it was done, by the phone''s clock; null where unreadable.';
comment on column private.actes_differes.fait_le is
  'The same by the server''s clock: less the phone''s lead, where that is two minutes or more, and never to come.';
comment on column private.actes_differes.depot_id is
  'Depot of what it names where its author sees that, else theirs; null for who has none.';
comment on column private.actes_differes.recu_le is 'When it first came. Kept at every repetition, as fait_le is.';
comment on column private.actes_differes.reponse is 'The row its door answered, or the problem.';
create index actes_differes_recu_le_idx on private.actes_differes (recu_le);
alter table private.actes_differes enable row level security;

-- Receiving -----------------------------------------------------------------------------------------------------------

create function private.depot_du_lieu(p_lieu uuid, p_depots uuid[]) returns uuid
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    (select c.depot_id from public.citernes c where c.id = p_lieu and c.depot_id = any (p_depots)),
    (select d.id from public.depots d where d.id = p_lieu and d.id = any (p_depots)),
    (select p.depot_id from public.profils p where p.user_id = auth.uid() and p.depot_id = any (p_depots)))
$$;
comment on function private.depot_du_lieu(uuid, uuid[]) is
  'Depot of a tank, or the depot itself, among those given; else the caller''s own; null where there is none.';

create function private.empreinte_d_acte(p_acte jsonb) returns bytea
language sql immutable
set search_path = pg_catalog, pg_temp
return sha256(convert_to((p_acte - '{cle,apres,lieu,probleme}'::text[])::text, 'UTF8'));
comment on function private.empreinte_d_acte(jsonb) is
  'What makes an act the same as another: its address, moment, version read and body.';

create function private.ecrire_actes_differes(p_lot uuid, p_actes jsonb, p_recu_le timestamptz, p_avance interval)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_avenir_admis constant interval := '5 minutes';
  v_depots constant uuid[] := private.depots_visibles();
begin
  insert into private.actes_differes (user_id, cle, lot_id, acte, empreinte, moment, fait_le, depot_id, recu_le, etat,
    statut_http, reponse)
  select auth.uid(), (a.acte ->> 'cle')::uuid, p_lot, a.acte ->> 'acte', private.empreinte_d_acte(a.acte), m.moment,
         case when m.moment - p_avance between p_recu_le and p_recu_le + c_avenir_admis then p_recu_le
              else m.moment - p_avance end,
         private.depot_du_lieu((a.acte ->> 'lieu')::uuid, v_depots), p_recu_le,
         case when a.acte ? 'probleme' then 'REFUSE' else 'RECU' end,
         (a.acte -> 'probleme' ->> 'status')::int, a.acte -> 'probleme'
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
   cross join lateral (select case when not a.acte ? 'probleme' then (a.acte ->> 'moment')::timestamptz end as moment) m
   -- One order for everybody: two sendings of the same acts wait, and never for each other.
   order by a.acte ->> 'cle', a.rang
  on conflict (user_id, cle) do nothing;
end;
$$;
comment on function private.ecrire_actes_differes(uuid, jsonb, timestamptz, interval) is
  'Writes the acts of a batch that had not come before. p_avance: the phone''s lead over the server.';

create function private.recevoir_lot(p_lot uuid, p_appareil text, p_maintenant timestamptz, p_actes jsonb)
  returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_horloge_juste constant interval := '2 minutes';
  c_horloge_fausse constant interval := '24 hours';
  v_recu_le constant timestamptz := clock_timestamp();
  v_ecart constant interval := p_maintenant - v_recu_le;
  v_envois int;
begin
  if v_ecart not between -c_horloge_fausse and c_horloge_fausse then
    perform private.refuser('HORLOGE_FAUSSE', jsonb_build_object('maintenant', p_maintenant, 'serveur', v_recu_le));
  end if;
  insert into private.lots_differes as l (user_id, id, appareil, actes, ecart_horloge, recu_le)
  select auth.uid(), p_lot, p_appareil, coalesce(jsonb_agg(jsonb_build_object('cle', a.acte ->> 'cle',
           'acte', a.acte ->> 'acte', 'empreinte', encode(private.empreinte_d_acte(a.acte), 'hex')) order by a.rang),
           '[]'), v_ecart, v_recu_le
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
  on conflict (user_id, id) do update
     set actes = excluded.actes, appareil = coalesce(excluded.appareil, l.appareil), envois = l.envois + 1
  returning l.envois into v_envois;
  perform private.ecrire_actes_differes(p_lot, p_actes, v_recu_le,
    case when v_ecart between -c_horloge_juste and c_horloge_juste then interval '0' else v_ecart end);
  if v_envois = 1 then
    perform private.journaliser('SYNCHRONISATION_RECUE', 'synchronisation', 'INFO', p_lot,
      private.depot_du_lieu(null, private.depots_visibles()), jsonb_build_object('appareil', p_appareil,
      'actes', jsonb_array_length(p_actes), 'recu_le', v_recu_le, 'maintenant', p_maintenant,
      'ecart_horloge_s', round(extract(epoch from v_ecart))));
  end if;
  return private.lire_lot(p_lot);
end;
$$;
comment on function private.recevoir_lot(uuid, text, timestamptz, jsonb) is
  'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s clock; '
  'p_actes: [{cle, acte, moment, version, corps, lieu, probleme}], lieu the tank or depot it names, probleme where its '
  'shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. '
  'Raises HORLOGE_FAUSSE.';

-- One act -------------------------------------------------------------------------------------------------------------

create function private.exiger_precedents(p_cles uuid[]) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_cle uuid;
  v_acte private.actes_differes;
  v_reponses jsonb := '{}';
begin
  foreach v_cle in array p_cles loop
    select * into v_acte from private.actes_differes a where a.user_id = auth.uid() and a.cle = v_cle;
    if not found then
      perform private.refuser('ACTE_ATTENDU', jsonb_build_object('depend_de', v_cle));
    elsif v_acte.etat <> 'APPLIQUE' then
      perform private.refuser('ACTE_DEPENDANT', jsonb_build_object('depend_de', v_cle, 'acte', v_acte.acte,
        'code', v_acte.reponse ->> 'code', 'raison', coalesce(v_acte.reponse ->> 'detail', 'pas encore traité')));
    end if;
    v_reponses := v_reponses || jsonb_build_object(v_cle, v_acte.reponse);
  end loop;
  return v_reponses;
end;
$$;
comment on function private.exiger_precedents(uuid[]) is
  'What was answered to the acts that another depends on, by key; all of them must be done. Raises ACTE_ATTENDU, '
  'ACTE_DEPENDANT.';

create function private.preparer_acte(p_lot uuid, p_rang int, p_precedents uuid[]) returns jsonb
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
  select * into strict v_acte from private.actes_differes a
   where a.user_id = auth.uid() and a.cle = (v_dit ->> 'cle')::uuid for no key update;
  if encode(v_acte.empreinte, 'hex') <> v_dit ->> 'empreinte' then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  if v_acte.etat = 'APPLIQUE' or v_acte.moment is null then
    return jsonb_build_object('etat', v_acte.etat, 'statut', v_acte.statut_http, 'reponse', v_acte.reponse);
  end if;
  if v_acte.fait_le > v_acte.recu_le then
    perform private.refuser('MOMENT_FUTUR',
      jsonb_build_object('moment', v_acte.moment, 'fait_le', v_acte.fait_le, 'recu_le', v_acte.recu_le));
  elsif v_acte.fait_le < v_acte.recu_le - make_interval(days => c_jours) then
    perform private.refuser('MOMENT_TROP_ANCIEN',
      jsonb_build_object('moment', v_acte.moment, 'jours', c_jours, 'recu_le', v_acte.recu_le));
  end if;
  v_reponses := private.exiger_precedents(p_precedents);
  update private.actes_differes a set etat = 'EN_COURS' where a.user_id = auth.uid() and a.cle = v_acte.cle;
  -- A refusal is judged again, what was done never is: the key holds, whoever else sends the same act at this moment.
  delete from private.idempotence i
   where i.user_id = auth.uid() and i.cle = v_acte.cle::text and i.statut_http >= 400;
  return jsonb_build_object('etat', 'EN_COURS', 'fait_le', v_acte.fait_le,
    'jour', coalesce(private.jour_au_depot(v_acte.depot_id, v_acte.fait_le),
      private.jour_local(private.fuseau_vu(null), v_acte.fait_le)), 'reponses', v_reponses);
end;
$$;
comment on function private.preparer_acte(uuid, int, uuid[]) is
  'What the door of an act must know before it is asked: p_rang is its place in its batch, from 0; p_precedents the '
  'keys '
  'it depends on. {etat, statut, reponse} where it is done; else {etat, fait_le, jour (at its depot), reponses}. A '
  'refusal that its door has kept is forgotten. Raises IDEMPOTENCE_CONFLIT, MOMENT_FUTUR, MOMENT_TROP_ANCIEN, '
  'ACTE_ATTENDU, ACTE_DEPENDANT.';

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
  -- Another sending of the same act may have been quicker.
  if v_avant.etat = 'APPLIQUE' then
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
  'Remembers how an act ended: its door''s answer, or the problem. What is APPLIQUE stays so. Logs ACTE_DIFFERE_REFUSE '
  'where it is refused for a reason it was not refused for before.';

-- Reading -------------------------------------------------------------------------------------------------------------

create function private.lire_lot(p_lot uuid) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot private.lots_differes;
begin
  select * into v_lot from private.lots_differes l where l.user_id = auth.uid() and l.id = p_lot;
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce lot"}');
  end if;
  return jsonb_build_object('lot', v_lot.id, 'appareil', v_lot.appareil, 'recu_le', v_lot.recu_le,
    'ecart_horloge_s', round(extract(epoch from v_lot.ecart_horloge)), 'envois', v_lot.envois, 'actes', (
      select coalesce(jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', d.dit ->> 'acte', 'moment', a.moment,
               'fait_le', a.fait_le, 'recu_le', a.recu_le, 'traite_le', a.traite_le, 'etat', a.etat,
               'statut', a.statut_http, 'reponse', a.reponse,
               'conflit', encode(a.empreinte, 'hex') <> d.dit ->> 'empreinte') order by d.rang), '[]')
        from jsonb_array_elements(v_lot.actes) with ordinality d (dit, rang)
        join private.actes_differes a on a.user_id = v_lot.user_id and a.cle = (d.dit ->> 'cle')::uuid));
end;
$$;
comment on function private.lire_lot(uuid) is
  'A batch of the caller''s own and how each of its acts ended, in the order sent; conflit: its key was another act''s. '
  'Raises INTROUVABLE.';
grant execute on function private.recevoir_lot(uuid, text, timestamptz, jsonb),
  private.preparer_acte(uuid, int, uuid[]), private.noter_acte(uuid, text, int, jsonb), private.lire_lot(uuid)
  to authenticated;

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
       and a.etat <> 'APPLIQUE';
  end if;
  return v_acte;
end;
$$;
comment on function private.acte_differe(text) is
  'The act done without a line that a request of this number brings, where its caller has sent it and it is not done '
  'yet; null for any other request.';

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

create function private.log_actions_dater() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acte constant private.actes_differes := private.acte_differe(new.request_id);
begin
  if v_acte.cle is not null then
    new.details := new.details || jsonb_build_object('synchronisation', private.dit_du_differe(v_acte));
  end if;
  return new;
end;
$$;
comment on function private.log_actions_dater() is
  'A line of an act done without a line says when it was done and when it came: its own moment is that of its writing.';
create trigger log_actions_dater before insert on public.log_actions
  for each row when (new.request_id like 'synchronisation-%') execute function private.log_actions_dater();

-- Forgetting ----------------------------------------------------------------------------------------------------------

create function private.purger_synchronisation() returns bigint
language sql
set search_path = pg_catalog, pg_temp
as $$
  with lots as (
    delete from private.lots_differes l where l.recu_le < now() - interval '60 days' returning 1),
  actes as (
    delete from private.actes_differes a where a.recu_le < now() - interval '60 days' returning 1)
  select (select count(*) from lots) + (select count(*) from actes)
$$;
comment on function private.purger_synchronisation() is
  'Forgets batches and acts that came 60 days ago. Returns how many. Part of private.taches_periodiques.';
