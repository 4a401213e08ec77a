-- Synchronisation: acts that an app did without a line, received in batches. Each goes through its own door, with its
-- own key and in its own transaction; what is here remembers what came, when it was done and how it ended.
--
--   RECU → EN_COURS → APPLIQUE                       (for good: its door has kept the answer, sent again it is told so)
--                   ↘ REFUSE, EN_ATTENTE, NON_TRAITE (sent again, it is tried again)
--   any but APPLIQUE → ABANDONNE                     (for good: its author withdrew it, and its door refuses its key)

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
  'In the order sent: key and fingerprint (SHA-256, hexadecimal) of each act, and the keys of those it cannot be done '
  'without (exiges).';
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
  precedents uuid[] not null default '{}',
  moment timestamptz,
  fait_le timestamptz,
  depot_id uuid,
  recu_le timestamptz not null default clock_timestamp(),
  etat text not null default 'RECU'
    check (etat in ('RECU', 'EN_COURS', 'APPLIQUE', 'REFUSE', 'EN_ATTENTE', 'NON_TRAITE', 'ABANDONNE')),
  statut_http int,
  reponse jsonb,
  traite_le timestamptz,
  constraint actes_differes_pkey primary key (cle)
);
comment on table private.actes_differes is
  'Acts done without a line, by the key of each, whoever sends it: a telephone that changes hands brings nothing twice. '
  '60 days, twice as long as an act may be late, so that none is forgotten while it could still be sent again.';
comment on column private.actes_differes.user_id is
  'Who did it under this key while there was a line, else who sent it first; in whose name alone it is done.';
comment on column private.actes_differes.lot_id is 'Batch it first came in.';
comment on column private.actes_differes.acte is 'Address of its door, below functions/v1, as it was sent.';
comment on column private.actes_differes.empreinte is 'SHA-256 of address, moment, version read and body.';
comment on column private.actes_differes.precedents is
  'Keys of the acts it depends on, as its batch said them last.';
comment on column private.actes_differes.moment is 'When it was done, by the phone''s clock; null where unreadable.';
comment on column private.actes_differes.fait_le is
  'The same by the server''s clock: less the phone''s lead, where that is two minutes or more, and never to come.';
comment on column private.actes_differes.depot_id is
  'Depot of what it names where its author sees that, else theirs; null for who has none.';
comment on column private.actes_differes.recu_le is 'When it first came. Kept at every repetition, as fait_le is.';
comment on column private.actes_differes.reponse is
  'The row its door answered, or the problem; of one that was withdrawn, why.';
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
return sha256(convert_to((p_acte - '{cle,apres,exiges,lieu,precedents,probleme}'::text[])::text, 'UTF8'));
comment on function private.empreinte_d_acte(jsonb) is
  'What makes an act the same as another: its address, moment, version read and body.';

create function private.cles_dites(p_cles jsonb) returns uuid[]
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select coalesce(array_agg(c.cle::uuid order by c.rang), '{}')
        from jsonb_array_elements_text(p_cles) with ordinality c (cle, rang) $$;
comment on function private.cles_dites(jsonb) is 'Keys of a JSON list, in its order; none where there is no list.';

create function private.auteur_de_cle(p_cle uuid) returns uuid
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- Person by person, as the keys are kept: by the key alone all of thirty days would be read.
  select coalesce(
    (select p.user_id from public.profils p
      where exists (select from private.idempotence i
                     where i.user_id = p.user_id and i.cle = p_cle::text and i.statut_http < 400)
      order by p.user_id <> auth.uid() limit 1), auth.uid())
$$;
comment on function private.auteur_de_cle(uuid) is
  'Whose an act is that comes for the first time: of who did it under this key while there was a line, else the '
  'caller''s.';

create function private.ecrire_actes_differes(p_lot uuid, p_actes jsonb, p_recu_le timestamptz, p_avance interval)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_avenir_admis constant interval := interval '5 minutes';
  v_depots constant uuid[] := private.depots_visibles();
begin
  insert into private.actes_differes as d (user_id, cle, lot_id, acte, empreinte, precedents, moment, fait_le, depot_id,
    recu_le, etat, statut_http, reponse)
  select distinct on (a.acte ->> 'cle') private.auteur_de_cle((a.acte ->> 'cle')::uuid), (a.acte ->> 'cle')::uuid,
    p_lot,
    a.acte ->> 'acte', private.empreinte_d_acte(a.acte), private.cles_dites(a.acte -> 'precedents'), m.moment,
         case when m.moment - p_avance between p_recu_le and p_recu_le + c_avenir_admis then p_recu_le
              else m.moment - p_avance end,
         private.depot_du_lieu((a.acte ->> 'lieu')::uuid, v_depots), p_recu_le,
         case when a.acte ? 'probleme' then 'REFUSE' else 'RECU' end,
         (a.acte -> 'probleme' ->> 'status')::int, a.acte -> 'probleme'
    from jsonb_array_elements(p_actes) with ordinality a (acte, rang)
   cross join lateral (select case when not a.acte ? 'probleme' then (a.acte ->> 'moment')::timestamptz end as moment) m
   -- One order for everybody: two sendings of the same acts wait, and never for each other.
   order by a.acte ->> 'cle', a.rang
  on conflict (cle) do update set precedents = excluded.precedents
   where d.precedents <> excluded.precedents and d.etat <> 'APPLIQUE'
     and (d.user_id, d.empreinte) = (auth.uid(), excluded.empreinte);
end;
$$;
comment on function private.ecrire_actes_differes(uuid, jsonb, timestamptz, interval) is
  'Writes the acts of a batch that had not come before; of those that had, what they depend on. p_avance: the phone''s '
  'lead over the server.';

create function private.recevoir_lot(p_lot uuid, p_appareil text, p_maintenant timestamptz, p_actes jsonb)
  returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  c_horloge_juste constant interval := interval '2 minutes';
  c_horloge_fausse constant interval := interval '24 hours';
  v_recu_le constant timestamptz := clock_timestamp();
  v_ecart constant interval := p_maintenant - v_recu_le;
  v_envois int;
begin
  if v_ecart not between -c_horloge_fausse and c_horloge_fausse then
    perform private.refuser('HORLOGE_FAUSSE', jsonb_build_object('maintenant', p_maintenant, 'serveur', v_recu_le,
      'dit', private.heure_au_depot(null, p_maintenant), 'juste', private.heure_au_depot(null, v_recu_le)));
  end if;
  insert into private.lots_differes as l (user_id, id, appareil, actes, ecart_horloge, recu_le)
  select auth.uid(), p_lot, p_appareil, coalesce(jsonb_agg(jsonb_build_object('cle', a.acte ->> 'cle',
           'acte', a.acte ->> 'acte', 'exiges', a.acte -> 'exiges',
           'empreinte', encode(private.empreinte_d_acte(a.acte), 'hex')) order by a.rang),
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
  'Remembers a batch and its acts, each by its key: what came before stays as it was. p_maintenant: the phone''s '
  'clock; p_actes: [{cle, acte, moment, version, corps, lieu, precedents, exiges, probleme}], lieu the tank or depot '
  'it names, precedents the keys it depends on, exiges those of them it cannot be done without, probleme where its '
  'shape was refused already. Answers as lire_lot does. Logs SYNCHRONISATION_RECUE, once. Called by the door only. '
  'Raises HORLOGE_FAUSSE.';

-- Reading -------------------------------------------------------------------------------------------------------------

create function private.dit_de_l_abandon(p_acte private.actes_differes) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('moment', p_acte.moment, 'fait_le', p_acte.fait_le, 'traite_le', p_acte.traite_le,
    'etat', 'ABANDONNE', 'statut', null, 'reponse', null, 'motif', p_acte.reponse -> 'motif')
$$;
comment on function private.dit_de_l_abandon(private.actes_differes) is
  'What is answered of an act that was withdrawn: when, and why (motif).';

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
      select coalesce(jsonb_agg(jsonb_build_object('cle', a.cle, 'acte', d.dit ->> 'acte', 'recu_le', a.recu_le)
               || case when a.user_id <> v_lot.user_id then '{"contre": "CLE_D_AUTRUI"}'
                       when a.etat = 'ABANDONNE' then private.dit_de_l_abandon(a)
                       when encode(a.empreinte, 'hex') <> d.dit ->> 'empreinte' then '{"contre": "IDEMPOTENCE_CONFLIT"}'
                       else jsonb_build_object('moment', a.moment, 'fait_le', a.fait_le, 'traite_le', a.traite_le,
                         'etat', a.etat, 'statut', a.statut_http, 'reponse', a.reponse) end order by d.rang), '[]')
        from jsonb_array_elements(v_lot.actes) with ordinality d (dit, rang)
        join private.actes_differes a on a.cle = (d.dit ->> 'cle')::uuid));
end;
$$;
comment on function private.lire_lot(uuid) is
  'A batch of the caller''s own and how each of its acts ended, in the order sent; contre: the code that stands against '
  'one whose key was another act''s, or another person''s. Raises INTROUVABLE.';
grant execute on function private.recevoir_lot(uuid, text, timestamptz, jsonb), private.lire_lot(uuid)
  to authenticated;

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
