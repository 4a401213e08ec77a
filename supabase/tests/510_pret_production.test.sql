-- What a go-live asks of the database: each line says what was seen, and turns to NON where it must.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(11);

create function pg_temp.verdict(p_code text) returns text language sql as $$
  select e.verdict from private.etat_production() e where e.code = p_code
$$;
-- Whatever other rows there are: this database, by itself.
delete from private.passages;
delete from private.constats;
insert into private.passages (nom, le, duree) values ('alertes', now(), '0'), ('nuit', now(), '0'),
  ('sauvegarde', now(), '0');

select is(pg_temp.verdict('PASSAGES'), 'OUI', 'checks that ran are well');
update private.passages set le = now() - interval '1 hour' where nom = 'alertes';
select is(pg_temp.verdict('PASSAGES'), 'NON', 'checks that stopped are not');
select is(pg_temp.verdict('SAUVEGARDE'), 'OUI', 'a backup of today counts');
update private.passages set le = now() - interval '3 days' where nom = 'sauvegarde';
select isnt(pg_temp.verdict('SAUVEGARDE'), 'OUI', 'one of three days ago does not');
select is(pg_temp.verdict('INTEGRITE'), 'OUI', 'a night''s proof that found nothing is well');
insert into private.constats (check_code, entity_type, entity_id, severity, message, payload)
values ('STOCK_INCOHERENT', 'ESSAI', gen_random_uuid(), 'CRITICAL', 'essai', '{}');
select is(pg_temp.verdict('INTEGRITE'), 'NON', 'one that found a fault is not');
select is(pg_temp.verdict('SAISIES'), 'OUI', 'writes are open');

delete from public.app_settings where key = 'profils_prevenus';
select is(private.dire_sauvegarde(true, E'faite\npar nous'), null, 'outside PROD nobody is written to by themselves');
select is((select l.niveau || ' ' || (l.details ->> 'constat') from public.log_actions l
            where l.action = 'SAUVEGARDE_FAITE' order by l.created_at desc limit 1), 'INFO faite par nous',
  'the log keeps how a backup ended, on a line');
insert into public.app_settings (key, value) values ('profils_prevenus', private.env())
on conflict (key) do update set value = excluded.value;
select is(private.dire_sauvegarde(false, 'disque plein'), private.dire_sauvegarde(false, 'disque plein encore'),
  'the same failure of a day is one message');
select is((select array_to_string(e.roles, ',') || ' ' || (e.contenu ->> 'texte') from public.envois e
            where e.objet_type = 'SAUVEGARDE' and e.cle like '%/echouee'), 'admin disque plein',
              'to the administrators');

select * from finish();
rollback;
