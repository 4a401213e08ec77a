-- Sealing: what makes the log prove that nobody touched it, the owner of the tables included.
--
-- A pass takes the lines that no block holds yet, hashes each, and writes them as blocks, each bound to the one before
-- by its hash. Writers know nothing of it: they wait for no lock, share no counter and keep no index for it. Which
-- lines are new is told by the pass's own snapshot: a transaction that had ended then is sealed whole, one still open
-- is not, and its lines go to a later block whenever it commits.
--
-- What this cannot see: a line changed or removed before it was sealed (seal often), a line the owner adds today, and a
-- chain made again from end to end. The last is why the head of the chain is worth noting elsewhere.

create table private.blocs_journal (
  numero bigint primary key check (numero >= 1),
  passe bigint not null check (passe between 1 and numero),
  scelle_le timestamptz not null,
  serveur bigint not null,
  txid xid8 not null,
  instantane pg_snapshot not null,
  lignes uuid[] not null check (cardinality(lignes) between 1 and 10000),
  empreintes bytea[] not null check (cardinality(empreintes) = cardinality(lignes)),
  precedent bytea check ((precedent is null) = (numero = 1)),
  empreinte bytea not null
);
comment on table private.blocs_journal is
  'Sealed log: blocks of up to 10 000 lines of log_actions, chained. Written by private.sceller_journal only. '
  'Immutable.';
comment on column private.blocs_journal.numero is 'Place in the chain, from 1, without a gap.';
comment on column private.blocs_journal.passe is 'First block of the pass that wrote this one.';
comment on column private.blocs_journal.scelle_le is
  'Taken before the pass had its txid and looked: what it did not see and dates from before was still open.';
comment on column private.blocs_journal.serveur is
  'Identifier of the server: transaction numbers mean nothing on another, where a backup was restored.';
comment on column private.blocs_journal.txid is
  'Transaction of the pass: one with a lower number had begun to write before it, one with a higher number writes '
  'lines dated after scelle_le. The snapshot''s own end does not tell: it ends at the last transaction that had ended.';
comment on column private.blocs_journal.instantane is 'Which transactions had ended when the pass looked.';
comment on column private.blocs_journal.lignes is 'log_actions.id, in the order of the block.';
comment on column private.blocs_journal.empreintes is 'SHA-256 of each line, in the same order.';
comment on column private.blocs_journal.precedent is 'Hash of the block before; null for the first.';
comment on column private.blocs_journal.empreinte is
  'SHA-256 of everything above: the last one is the head of the chain.';
create index blocs_journal_scelle_le_idx on private.blocs_journal (scelle_le);
alter table private.blocs_journal enable row level security;
create trigger blocs_journal_block before update or delete or truncate on private.blocs_journal
  for each statement execute function private.interdire_ecriture();

-- No "set" on the next four: they are inlined into queries over the whole log.

create function private.tolerance_horloge() returns interval
language sql immutable parallel safe
return interval '2 minutes';
comment on function private.tolerance_horloge() is
  'How far back a server''s clock may be set between two passes, of which there is one a minute, without a line looking '
  'older than it is. Set back further, the next pass knows it: private.dernier_bloc().';

create function private.empreinte_ligne(p_ligne public.log_actions) returns bytea
language sql stable parallel safe
return sha256(convert_to(row(
  (p_ligne).id, (p_ligne).user_id, (p_ligne).action, (p_ligne).module, (p_ligne).niveau, (p_ligne).details,
  (p_ligne).cible_id, (p_ligne).depot_id, (p_ligne).request_id, (p_ligne).txid,
  extract(epoch from (p_ligne).created_at))::text || coalesce((p_ligne).trace_id, ''), 'UTF8'));
comment on function private.empreinte_ligne(public.log_actions) is
  'SHA-256 of a line: of all its columns as one record in PostgreSQL''s own text, the moment in seconds since 1970. '
  'The same whatever the session''s settings; the same as before there were traces, of a line without one.';

create function private.empreinte_bloc(p_bloc private.blocs_journal) returns bytea
language sql stable parallel safe
return sha256(convert_to(row(
    (p_bloc).numero, (p_bloc).passe, extract(epoch from (p_bloc).scelle_le), (p_bloc).serveur, (p_bloc).txid,
    (p_bloc).instantane,
    encode((p_bloc).precedent, 'hex'))::text, 'UTF8')
  || array_send((p_bloc).lignes) || array_send((p_bloc).empreintes));
comment on function private.empreinte_bloc(private.blocs_journal) is
  'SHA-256 of a block: its header, its lines, their hashes and the hash of the block before.';

create function private.ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint)
  returns boolean
language sql stable parallel safe
return (p_dernier).numero is null
  or ((p_serveur <> (p_dernier).serveur or not pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane)
       -- Once a subtransaction of its own has ended, a transaction may count itself among those its snapshot sees.
       or (p_ligne).txid = (p_dernier).txid)
      and ((p_ligne).created_at >= (p_dernier).scelle_le - private.tolerance_horloge()
           or ((p_ligne).txid < (p_dernier).txid
               and not pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane))));
comment on function private.ligne_recente(public.log_actions, private.blocs_journal, bigint) is
  'Whether the pass that wrote this block, the last, could not have seen the line: written since, or by a transaction '
  'that was still open. A line in no block that is not so was slipped in.';

create function private.dernier_bloc() returns private.blocs_journal
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_dernier private.blocs_journal;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  -- The clock was put back since: what was honestly written since then is dated before that block, and waits no longer
  -- than lines do. Whoever owns the tables dates lines, and never the server's clock.
  if v_dernier.scelle_le > clock_timestamp() then
    v_dernier.scelle_le := clock_timestamp() - private.patience_scellement();
  end if;
  return v_dernier;
end;
$$;
comment on function private.dernier_bloc() is
  'The last block; where the server''s clock has been put back since, dated as long ago by that clock as a line may '
  'wait. Its hash is not of that date.';

create function private.serveur() returns bigint
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select c.system_identifier from pg_control_system() c $$;
comment on function private.serveur() is 'Identifier of this database server, made once when it was created.';

create function private.borne_scellement(p_dernier private.blocs_journal) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- From the last pass that every transaction still open at the last one began to write after; the earliest since,
  -- where the clock was put back.
  select coalesce(min(least(b.scelle_le, (p_dernier).scelle_le)), '-infinity') - private.tolerance_horloge()
    from private.blocs_journal b
   where b.numero >= (select max(d.numero) from private.blocs_journal d
                       where d.serveur = (p_dernier).serveur and d.txid <= pg_snapshot_xmin((p_dernier).instantane))
$$;
comment on function private.borne_scellement(private.blocs_journal) is
  'The moment before which the last pass, the one that wrote this block, left no line to seal.';

create function private.patience_scellement() returns interval
language sql immutable
set search_path = pg_catalog, pg_temp
return interval '15 minutes';
comment on function private.patience_scellement() is
  'How long a line may wait for a pass, of which there is one a minute. What waits longer proves nothing.';

create function private.etat_scellement() returns table (
  bloc bigint, empreinte text, scelle_le timestamptz, lignes_en_attente bigint, attend_depuis timestamptz
)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
as $$
declare
  v_dernier private.blocs_journal;
  v_borne timestamptz;
begin
  -- The blocks of the head office are those of its depots: each has a head of its own.
  if private.au_siege() then
    return query select null::bigint, null::text, null::timestamptz, 0::bigint, null::timestamptz;
    return;
  end if;
  v_dernier := private.dernier_bloc();
  v_borne := private.borne_scellement(v_dernier);
  return query
  select v_dernier.numero, encode(v_dernier.empreinte, 'hex'),
         (select b.scelle_le from private.blocs_journal b where b.numero = v_dernier.numero), count(*),
         min(l.created_at)
    from public.log_actions l
   where l.created_at >= v_borne
     and private.ligne_recente(l, v_dernier, private.serveur())
     and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                       where b.scelle_le >= v_borne - private.tolerance_horloge());
end;
$$;
comment on function private.etat_scellement() is
  'Last block, its hash and moment (null: none was ever written), how many lines wait for the next pass, and the '
  'oldest of them. Always one row; at the head office of a network, where nothing is sealed, one that says nothing.';

create function private.sceller_journal() returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
set lock_timeout = '30s'
as $$
declare
  c_lignes_par_bloc constant int := 10000;
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
  v_bloc private.blocs_journal;
  v_borne timestamptz;
  v_tranche record;
  v_scellees bigint := 0;
begin
  if private.au_siege() then
    return 0;
  end if;
  -- An older snapshot than scelle_le would take what was committed in between for slipped in.
  perform private.exiger_read_committed();
  -- Writers never take this lock: it only keeps two passes from sealing the same lines. Waited for, or failed for: a
  -- pass that went away in silence would let whoever holds it keep the log unsealed.
  perform pg_advisory_xact_lock(hashtextextended('private.sceller_journal', 0));
  v_dernier := private.dernier_bloc();
  v_borne := private.borne_scellement(v_dernier);

  v_bloc.passe := coalesce(v_dernier.numero, 0) + 1;
  v_bloc.numero := v_dernier.numero;
  v_bloc.precedent := v_dernier.empreinte;
  v_bloc.serveur := v_serveur;
  -- In this order: whoever gets a number after ours dates what they write after scelle_le.
  v_bloc.scelle_le := clock_timestamp();
  v_bloc.txid := pg_current_xact_id();
  for v_tranche in
    with nouvelles as materialized (
      select l.id, l.created_at, private.empreinte_ligne(l) as empreinte
        from public.log_actions l
       where l.created_at >= v_borne
         and private.ligne_recente(l, v_dernier, v_serveur)
         and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                           where b.scelle_le >= v_borne - private.tolerance_horloge())
    ), rangees as (
      select n.*, (row_number() over (order by n.created_at, n.id) - 1) / c_lignes_par_bloc as tranche from nouvelles n
    )
    select array_agg(r.id order by r.created_at, r.id) as lignes,
           array_agg(r.empreinte order by r.created_at, r.id) as empreintes,
           -- Of this very statement: what it saw and what it says it saw are one.
           pg_current_snapshot() as instantane
      from rangees r group by r.tranche order by r.tranche
  loop
    v_bloc.numero := coalesce(v_bloc.numero, 0) + 1;
    v_bloc.lignes := v_tranche.lignes;
    v_bloc.empreintes := v_tranche.empreintes;
    v_bloc.instantane := v_tranche.instantane;
    v_bloc.empreinte := private.empreinte_bloc(v_bloc);
    insert into private.blocs_journal select v_bloc.*;
    v_bloc.precedent := v_bloc.empreinte;
    v_scellees := v_scellees + cardinality(v_bloc.lignes);
  end loop;
  return v_scellees;
end;
$$;
comment on function private.sceller_journal() is
  'Seals every line of the log that is in no block yet; answers how many. Waits up to 30 s for a pass that is still '
  'open, then fails with 55P03. Slows no writer down: takes no lock that one waits for. At the head office of a '
  'network seals nothing: its lines were sealed at the depots. Raises ISOLATION_INTERDITE outside read committed.';
grant execute on function private.sceller_journal() to authenticated, service_role;
