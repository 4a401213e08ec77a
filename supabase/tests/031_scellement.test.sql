-- The sealed log: whoever changes it, the owner included, is found out, and what was done is named.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(49);

select tests.depot('lubumbashi');
select tests.equipe('lubumbashi');

create function pg_temp.ligne(p_nom text) returns uuid language sql as
  $$ select l.id from public.log_actions l where l.cible_id = tests.id(p_nom) and l.action = 'CDR_CREE' $$;
create function pg_temp.dernier() returns private.blocs_journal language sql as
  $$ select b from private.blocs_journal b order by b.numero desc limit 1 $$;
-- Somebody with the rights of the owner, who has turned the triggers off: does it, tells what a control finds, takes it
-- back.
create function pg_temp.constat(p_sql text, p_bloc bigint default null, p_empreinte text default null) returns text
  language plpgsql as $$
declare
  v_constat text;
begin
  alter table public.log_actions disable trigger user;
  alter table private.blocs_journal disable trigger user;
  execute p_sql;
  select string_agg(distinct concat_ws(' ', c.probleme, c.ligne_id), ', ') into v_constat
    from private.controler_journal(p_bloc, p_empreinte) c;
  raise exception using errcode = 'TT000', message = coalesce(v_constat, 'rien');
exception when sqlstate 'TT000' then
  return sqlerrm;
end;
$$;

-- Sealing -----------------------------------------------------------------------------------------------------------

select is(pg_temp.constat('select'), 'JAMAIS_SCELLE', 'a log that was never sealed is not intact');
select private.sceller_journal();
select tests.cdr(n, 'lubumbashi', p_statut => 'CHARGEMENT') from unnest(array['premier', 'deuxieme', 'troisieme']) n;

select ok(private.sceller_journal() >= 3, 'a pass seals the lines that are in no block');
select is(private.sceller_journal(), 0::bigint, 'a second pass finds nothing left');
select is((pg_temp.dernier()).precedent,
  (select b.empreinte from private.blocs_journal b where b.numero = (pg_temp.dernier()).numero - 1),
  'a block holds the hash of the one before');
select ok((pg_temp.dernier()).lignes @> array[pg_temp.ligne('premier'), pg_temp.ligne('troisieme')],
  'a block names its lines');
select is(pg_temp.constat('select'), 'rien', 'a log that nobody touched is intact');
select tests.cdr('quatrieme', 'lubumbashi', p_statut => 'CHARGEMENT');
select is(pg_temp.constat('select'), 'rien', 'a line that waits for the next pass is no anomaly');
select is((select (e.lignes_en_attente > 0, e.bloc) from private.etat_scellement() e),
  (true, (pg_temp.dernier()).numero),
  'what waits is counted, and the head named');
select is(pg_temp.constat('create or replace function private.patience_scellement() returns interval language sql immutable parallel safe
    return interval ''-1 hour'' '), 'SCELLEMENT_EN_RETARD', 'one that has waited for longer than a pass is late makes the log not intact');
create function pg_temp.retard() returns text language sql as $$
  select f.message from private.controles_exploitation() f where f.check_code = 'SCELLEMENT_EN_RETARD'
$$;
select is(pg_temp.retard(), null, 'nobody is told of it before its time');
update private.controles set seuil = -1 where code = 'SCELLEMENT_EN_RETARD';
select matches(pg_temp.retard(), 'ligne\(s\) du journal attendent leur scellé depuis \d+ min',
  'past it who must know is told');
select ok(private.sceller_journal() >= 1, 'the next pass seals it');
select is(pg_temp.retard(), null, 'and it is told no more');
update private.controles set seuil = 15 where code = 'SCELLEMENT_EN_RETARD';
select is((select e.lignes_en_attente from private.etat_scellement() e), 0::bigint, 'and nothing waits any more');
select is((select count(*) from (select unnest(b.lignes) as id from private.blocs_journal b) s
            group by s.id order by 1 desc limit 1), 1::bigint, 'no line is in two blocks');

set local timezone = 'Asia/Tokyo';
set local datestyle = 'German';
set local bytea_output = 'escape';
set local extra_float_digits = -5;
select is(pg_temp.constat('select'), 'rien', 'the verdict is the same under any setting of the session');
reset timezone;
reset datestyle;
reset bytea_output;
reset extra_float_digits;

-- Found out ---------------------------------------------------------------------------------------------------------

select is(pg_temp.constat(format('update public.log_actions set %I = %s where id = %L', a.attname,
    case a.attname when 'niveau' then '''CRITICAL'''
      else case a.atttypid::regtype::text when 'uuid' then 'gen_random_uuid()' when 'jsonb' then '''{"faux": 1}'''
             when 'timestamp with time zone' then a.attname || ' + interval ''1 microsecond''' when 'xid8' then '''3'''
               else '''faux''' end end,
    pg_temp.ligne('deuxieme'))), 'LIGNE_ALTEREE ' || pg_temp.ligne('deuxieme'),
      format('a changed %s is found, and its line named', a.attname))
  from pg_attribute a where a.attrelid = 'public.log_actions'::regclass and a.attnum > 0 and not a.attisdropped
    and a.attname <> 'id';
select is(pg_temp.constat(format('delete from public.log_actions where id = %L', pg_temp.ligne('deuxieme'))),
  'LIGNE_SUPPRIMEE ' || pg_temp.ligne('deuxieme'), 'a removed line is found and named');
select is(pg_temp.constat($$insert into public.log_actions (id, action, module, created_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'FAUX', 'stocks', now() - interval '1 day')$$),
  'LIGNE_INSEREE aaaaaaaa-0000-4000-8000-000000000000',
  'a line slipped in with the date of yesterday is found and named');
select is(pg_temp.constat($$insert into public.log_actions (id, action, module, txid)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'FAUX', 'stocks', '3')$$),
  'LIGNE_INSEREE aaaaaaaa-0000-4000-8000-000000000000', 'so is one that claims a transaction that had ended');
select is(pg_temp.constat($$insert into public.log_actions (id, action, module, created_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'FAUX', 'stocks', now() - interval '1 day');
    select private.sceller_journal()$$),
  'LIGNE_INSEREE aaaaaaaa-0000-4000-8000-000000000000', 'sealing again does not launder it');
select is(pg_temp.constat(format($$update public.log_actions set action = 'FAUX' where id = %L;
    update private.blocs_journal b set empreintes[array_position(b.lignes, l.id)] = private.empreinte_ligne(l)
      from public.log_actions l where l.id = %1$L and l.id = any (b.lignes)$$, pg_temp.ligne('premier'))),
  'BLOC_ALTERE', 'the hash of a line cannot be replaced: its block no longer fits');
select is(pg_temp.constat(format($$update public.log_actions set action = 'FAUX' where id = %L;
    update private.blocs_journal b set empreintes[array_position(b.lignes, l.id)] = private.empreinte_ligne(l)
      from public.log_actions l where l.id = %1$L and l.id = any (b.lignes);
    update private.blocs_journal b set empreinte = private.empreinte_bloc(b) where %1$L = any (b.lignes)$$,
      pg_temp.ligne('premier'))),
  'CHAINE_ROMPUE', 'nor its block''s: the next one no longer follows');
select
  is(pg_temp.constat('update private.blocs_journal set scelle_le = scelle_le - interval ''1 hour'' where numero = 1'),
  'BLOC_ALTERE',
  'a block cannot be given another date');
select ok(pg_temp.constat('delete from private.blocs_journal where numero = (pg_temp.dernier()).numero - 1') ~
  '^BLOC_SUPPRIME',
  'a removed block is found');
select
  is(pg_temp.constat(format(
  'delete from private.blocs_journal where numero = %s; delete from public.log_actions where id = any (%L)',
    (pg_temp.dernier()).numero, (pg_temp.dernier()).lignes)), 'rien',
      'the end of the log, cut off, is missed by nobody who noted nothing');
select
  is(pg_temp.constat(format(
  'delete from private.blocs_journal where numero = %s; delete from public.log_actions where id = any (%L)',
    (pg_temp.dernier()).numero, (pg_temp.dernier()).lignes), (pg_temp.dernier()).numero,
      encode((pg_temp.dernier()).empreinte, 'hex')),
  'BLOC_SUPPRIME', 'whoever noted the head finds it cut off');
select is(pg_temp.constat(format('update private.blocs_journal b set scelle_le = clock_timestamp() where numero = %1$s;
    update private.blocs_journal b set empreinte = private.empreinte_bloc(b) where numero = %1$s', (pg_temp.dernier()).numero),
    (pg_temp.dernier()).numero, encode((pg_temp.dernier()).empreinte, 'hex')),
  'CHAINE_REFAITE', 'whoever noted the head finds a chain made again');

-- Restored elsewhere --------------------------------------------------------------------------------------------------

create or replace function private.serveur() returns bigint language sql stable as 'select 42::bigint';
insert into public.log_actions (action, module, cible_id, txid) values ('ESSAI', 'essai', tests.id('lubumbashi'), '4');
select is(pg_temp.constat('select'), 'rien',
  'on the server a backup was restored on, transactions count from anew: no line is suspect for it');
select ok(private.sceller_journal() >= 1, 'and the chain goes on');
select is(pg_temp.constat('select'), 'rien', 'intact as before');

-- Who may -----------------------------------------------------------------------------------------------------------

select throws_ok('update private.blocs_journal set passe = 1', 'PT403', 'ECRITURE_INTERDITE',
  'the owner changes no block');
select throws_ok('truncate private.blocs_journal', 'PT403', 'ECRITURE_INTERDITE', 'the owner empties no chain');
select is(tests.verdict(r, 'select * from public.tete_journal()'), attendu,
  format('the head of the log, for %s: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'))
    as t (r, attendu);
select is(tests.verdict(r, 'select * from public.verifier_journal()'), attendu,
  format('a verification, for %s: %s', r, attendu))
  from (values ('directeur', 'nothing'), ('lecture', 'ROLE_FORBIDDEN')) as t (r, attendu);

select * from finish();
rollback;
