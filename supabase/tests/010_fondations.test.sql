-- How a rule says no, and what nobody gets unless it is granted by name.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(22);

select bag_has(
  'select code from private.refus',
  $$select
    unnest(array['ROLE_FORBIDDEN', 'INVALID_ID_OR_STATE', 'BENEFICIAIRE_REQUIRED', 'CITERNE_INACTIVE_OR_INCOMPATIBLE',
    'INDICES_MANQUANTS', 'INDEX_INCOHERENTS', 'VOLUME_AMBIANT_NON_POSITIF', 'INSUFFICIENT_STOCK', 'SNAPSHOT_VIDE',
    'SORTIE_STOCK_INTROUVABLE', 'SORTIE_CAPACITE_SECURITE', 'STOCK_FUTUR_NEGATIF', 'CITERNE_PLEINE', 'CDR_NON_ARRIVE',
    'CDR_TRANSITION_INTERDITE', 'PARTENAIRE_REQUIS', 'DENSITE_OBSERVEE_REQUISE', 'TEMPERATURE_REQUISE',
    'ASTM_HORS_DOMAINE', 'SORTIE_VALIDATION_DIRECTE_INTERDITE', 'ECRITURE_INTERDITE', 'MOTIF_REQUIS',
    'IDEMPOTENCE_CONFLIT', 'FLAG_INCONNU', 'ENV_INTERDIT'])$$,
  'every refusal code of the contract has a sentence');
select is_empty(
  $$select code from private.refus where phrase !~ '^[A-ZÀÉÊÎÔ].*(\.|\{raison\})$'$$,
  -- A reason is a sentence of this catalogue itself.
  'every sentence begins with a capital and ends with a full stop');

-- A refusal carries all that its reader needs.
select throws_ok($$select private.refuser('MOTIF_REQUIS', '{"minimum": 10}')$$, 'PT422', 'MOTIF_REQUIS',
  'a refusal''s message is its code and its SQLSTATE the HTTP status');
select throws_ok($$select private.refuser('INVALID_ID_OR_STATE', '{}', 404)$$, 'PT404', 'INVALID_ID_OR_STATE',
  'a refusal can carry another HTTP status than its usual one');
select is(tests.essayer($$select private.refuser('MOTIF_REQUIS', '{"minimum": 10}')$$) ->> 'phrase',
  'Indiquez un motif d''au moins 10 caractères, avec des mots.', 'the hint is a French sentence with the values in it');
select is((tests.essayer($$select private.refuser('MOTIF_REQUIS', '{"minimum": 10}')$$) ->> 'valeurs')::jsonb,
  '{"minimum": 10}', 'the detail is the values, as JSON');
select is(
  tests.essayer($$select private.refuser('SORTIE_CAPACITE_SECURITE',
    '{"capacite_securite": 39296.5, "date_jour": "2026-11-18", "reste": -1200}')$$) ->> 'phrase',
  format(
    'Cette sortie ferait descendre la citerne sous sa capacité de sécurité (%s L) le 2026-11-18 : il resterait %s L.',
         private.nombre_fr(39296.5), private.nombre_fr(-1200)),
  'numbers in a sentence are written the French way');
select is(tests.essayer($$select private.refuser('CDR_TRANSITION_INTERDITE', '{"de": "ARRIVE", "vers": null}')$$) ->>
  'phrase',
  'Un cours de route ne peut pas passer de ARRIVE à —.', 'a missing value is a dash, never an empty sentence');
select throws_ok($$select private.refuser('CODE_QUI_N_EXISTE_PAS')$$, 'P0002', null,
  'a code that is not in the catalogue is a bug, not a refusal');

select is(regexp_replace(private.nombre_fr(n), '\s', ' ', 'g'), attendu, format('%s is written "%s"', n, attendu))
  from (values (0::numeric, '0'), (100, '100'), (0.5, '0,5'), (39296.5, '39 296,5'), (-1200.25, '-1 200,25'),
               (1000000, '1 000 000')) as t (n, attendu);

-- Nothing is open by default.
create table public.une_table_neuve (id int);
create function public.une_fonction_neuve() returns int language sql return 1;
create function private.une_fonction_neuve() returns int language sql return 1;
select is(has_table_privilege(r, 'public.une_table_neuve', 'select, insert, update, delete'), false,
  'a new table is closed to ' || r) from unnest('{anon,authenticated,service_role}'::text[]) as r;
select ok(not exists (
    select from unnest('{anon,authenticated,service_role}'::text[]) as r,
                unnest('{public.une_fonction_neuve(),private.une_fonction_neuve()}'::text[]) as f
     where has_function_privilege(r, f, 'execute')),
  'a new function can be executed by no client role');
select is(has_schema_privilege(r, 'public', 'create') or has_schema_privilege(r, 'private', 'create'), false,
  r || ' can create nothing in public or private') from unnest('{anon,authenticated,service_role}'::text[]) as r;

select * from finish();
rollback;
