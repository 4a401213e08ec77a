-- Series of numbers without a gap: what a document is called by, for people and for the law.
--
-- Never a sequence: a number is taken in the transaction that issues the document, on a row it locks last, so that a
-- rollback takes the number back. {code}-{série}-{année}-{000001}. The two functions below alone write them, from 1 on,
-- two to four capitals a series, a number beside its series: neither check nor key says so again, at every number.

create table private.series (
  depot_id uuid not null,
  serie text not null,
  exercice int not null,
  dernier bigint not null default 0,
  primary key (depot_id, serie, exercice)
);
comment on table private.series is 'Last number issued of each series, a depot and a year.';
comment on column private.series.depot_id is 'Depot whose series it is; the nil UUID: the company''s.';

create table private.numeros (
  depot_id uuid not null,
  serie text not null,
  exercice int not null,
  numero bigint not null,
  objet_id uuid not null,
  emis_le timestamptz not null default clock_timestamp(),
  primary key (depot_id, serie, exercice, numero)
);
comment on table private.numeros is 'Every number issued, and the document that has it. Immutable.';
create unique index numeros_objet_idx on private.numeros (objet_id, serie);

create table private.series_trous (
  depot_id uuid not null,
  serie text not null,
  exercice int not null,
  de bigint not null,
  a bigint not null,
  motif text not null,
  par uuid not null,
  le timestamptz not null default now(),
  primary key (depot_id, serie, exercice, de),
  foreign key (depot_id, serie, exercice) references private.series,
  check (0 < de and de <= a)
);
comment on table private.series_trous is
  'Numbers, from de to a, that this database has no document for, and why: those printed before it was restored from '
  'an older backup. Immutable.';

create trigger series_block before delete or truncate on private.series
  for each statement execute function private.interdire_ecriture();
create trigger numeros_block before update or delete or truncate on private.numeros
  for each statement execute function private.interdire_ecriture();
create trigger series_trous_block before update or delete or truncate on private.series_trous
  for each statement execute function private.interdire_ecriture();

create function private.societe() returns uuid
language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;
comment on function private.societe() is 'Whose series is no depot''s: the company''s.';

create function private.code_emetteur(p_depot_id uuid) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_code text;
begin
  if p_depot_id = private.societe() then
    return coalesce((select s.value from public.app_settings s where s.key = 'societe_code'), 'MLX');
  end if;
  select d.code into v_code from public.depots d where d.id = p_depot_id;
  if v_code is null then
    perform private.refuser('DEPOT_SANS_CODE');
  end if;
  return v_code;
end;
$$;
comment on function private.code_emetteur(uuid) is
  'What the numbers of a depot begin with; of the company (the nil UUID): the setting societe_code, else MLX. Raises '
  'DEPOT_SANS_CODE.';

create function private.prendre_numero(
  p_depot_id uuid, p_serie text, p_exercice int, p_objet_id uuid, p_code text default null
) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_code text := p_code;
  v_exercice int := p_exercice;
  v_numero bigint;
begin
  if p_code is null or p_exercice is null then
    select d.code, coalesce(p_exercice, extract(year from private.jour_local(d.fuseau, now()))::int)
      into v_code, v_exercice from public.depots d where d.id = p_depot_id;
    if v_code is null then
      -- The company, or a depot that may issue nothing.
      v_code := private.code_emetteur(p_depot_id);
      v_exercice := p_exercice;
    end if;
  end if;
  insert into private.series as s (depot_id, serie, exercice, dernier) values (p_depot_id, p_serie, v_exercice, 1)
  on conflict (depot_id, serie, exercice) do update set dernier = s.dernier + 1
  returning s.dernier into v_numero;
  insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
  values (p_depot_id, p_serie, v_exercice, v_numero, p_objet_id);
  return format('%s-%s-%s-%s', v_code, p_serie, v_exercice,
    case when v_numero < 1000000 then lpad(v_numero::text, 6, '0') else v_numero::text end);
end;
$$;
comment on function private.prendre_numero(uuid, text, int, uuid, text) is
  'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the '
  'end, so it is taken last. Without a year (p_exercice): of the one it is at the depot. p_code: the depot''s own, of '
  'whoever has just read it. Raises DEPOT_SANS_CODE.';

create function public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice int, p_dernier_connu bigint,
  p_motif text)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_depot_id constant uuid := coalesce(p_depot_id, private.societe());
  v_serie private.series;
begin
  perform private.exiger('avancer_series');
  perform private.exiger_motif(p_motif, 10);
  perform private.code_emetteur(v_depot_id);
  if not coalesce(p_serie ~ '^[A-Z]{2,4}$' and p_exercice between 2000 and 2999, false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette série'));
  end if;
  insert into private.series (depot_id, serie, exercice) values (v_depot_id, p_serie, p_exercice)
    on conflict do nothing;
  select * into strict v_serie from private.series s
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice for update;
  -- A million documents lost since the backup were mistyped.
  if not coalesce(p_dernier_connu > v_serie.dernier and p_dernier_connu <= v_serie.dernier + 1000000, false) then
    perform private.refuser('SERIE_AVANCEE', jsonb_build_object('serie', p_serie, 'dernier', v_serie.dernier));
  end if;
  insert into private.series_trous (depot_id, serie, exercice, de, a, motif, par)
  values (v_depot_id, p_serie, p_exercice, v_serie.dernier + 1, p_dernier_connu, private.texte_net(p_motif),
    auth.uid());
  update private.series s set dernier = p_dernier_connu
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice;
  perform private.journaliser('SERIE_AVANCEE', 'comptes', 'CRITICAL', null,
    nullif(v_depot_id, private.societe()), jsonb_build_object('serie', p_serie,
      'exercice', p_exercice, 'de', v_serie.dernier + 1, 'a', p_dernier_connu, 'motif', p_motif));
end;
$$;
comment on function public.avancer_serie(uuid, text, int, bigint, text) is
  'After a restore from an older backup: moves a series past the highest number known on paper, and writes the hole '
  'with its reason (admin; a null depot: the company). Logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, '
  'MOTIF_REQUIS, DEPOT_SANS_CODE, INTROUVABLE, SERIE_AVANCEE.';
revoke execute on function public.avancer_serie(uuid, text, int, bigint, text) from public, anon;
grant execute on function public.avancer_serie(uuid, text, int, bigint, text) to authenticated;

create function private.verifier_series()
returns table (depot_id uuid, serie text, exercice int, dernier bigint, emis bigint, expliques bigint)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select s.depot_id, s.serie, s.exercice, s.dernier, n.emis, t.expliques
    from private.series s
   cross join lateral (
     select count(*) as emis, coalesce(max(x.numero), 0) as plus_haut from private.numeros x
      where x.depot_id = s.depot_id and x.serie = s.serie and x.exercice = s.exercice) n
   cross join lateral (
     select coalesce(sum(h.a - h.de + 1), 0)::bigint as expliques from private.series_trous h
      where h.depot_id = s.depot_id and h.serie = s.serie and h.exercice = s.exercice) t
   where s.dernier <> n.emis + t.expliques or n.plus_haut > s.dernier
$$;
comment on function private.verifier_series() is
  'Series whose numbers issued and explained holes are not 1 to the last: no row, no gap.';
