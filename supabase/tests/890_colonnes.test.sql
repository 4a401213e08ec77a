-- What every column holds, of the tables that are there and of those to come: texts that people can read, dates that
-- are days, names and plates that are told apart, one key to a tank, and so many rows a statement.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(86);

create view pg_temp.colonnes as
  select c.oid, c.relname, a.attname, a.attnum, a.atttypid,
         array(select pg_get_constraintdef(k.oid) from pg_constraint k
                where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)) as regles
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and (has_column_privilege('authenticated', c.oid, a.attnum, 'insert')
          or has_column_privilege('authenticated', c.oid, a.attnum, 'update'));

-- Texts ---------------------------------------------------------------------------------------------------------------

select is_empty($$select relname, attname from pg_temp.colonnes
   where atttypid in ('text'::regtype, 'varchar'::regtype)
     -- A sortie asks it of itself, below; so does a table that has a trigger for it.
     and relname <> 'sorties_produit'
     and not exists (select from pg_trigger t where t.tgrelid = colonnes.oid and t.tgname = relname || '_garder')
     and array_to_string(regles, ' ') !~ 'texte_(lisible|admis)\(|= ANY \(ARRAY\['$$,
  'every text that a client can write is one of a list, or refuses what people do not see');
select is_empty($$select relname, attname, atttypid::regtype from pg_temp.colonnes
   where atttypid in ('json'::regtype, 'jsonb'::regtype, 'bytea'::regtype, 'xml'::regtype, 'text[]'::regtype)
     and array_to_string(regles, ' ') !~ '<@'$$,
  'a client writes no column in which a text could hide');

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('neuve', 'lubumbashi');
select tests.cdr('cdr', 'lubumbashi');
select tests.brouillon('cuve', 10);
select tests.noter('client', tests.tiers('clients')), tests.noter('fournisseur', tests.tiers('fournisseurs')),
       tests.noter('partenaire', tests.tiers('partenaires'));

select throws_ok(format('update public.clients set adresse = %L where id = tests.id(''client'')',
  'Kipushi' || v || 'RDC'),
    'PT422', 'TEXTE_ILLISIBLE', format('a text with %s is refused', quoi))
  from (values (chr(7), 'a bell'), (chr(27) || '[2J', 'an escape to the terminal'), (chr(127), 'a delete'),
    (chr(155), 'a C1 control'),
               (chr(8206), 'a direction mark'), (chr(8238), 'letters turned around'), (chr(8297), 'an isolate'),
               (chr(8203), 'a space of no width'), (chr(65279), 'a byte order mark'),
               (chr(65533), 'a byte that was not read'),
               (chr(173), 'a hidden hyphen'), (chr(917569), 'a tag')) as t (v, quoi);
select lives_ok(format('update public.clients set adresse = %L where id = tests.id(''client'')', v),
  format('a text with %s is kept', quoi))
  from (values (E'12, route de Kipushi\nLubumbashi', 'two lines'),
    ('Élisabeth œuvre à Likasi — n° 3', 'French letters'),
               ('شركة النفط 石油', 'another script'), ('a 🚚', 'a picture')) as t (v, quoi);
select throws_ok($$update public.clients set telephone = E'+243\n99' where id = tests.id('client')$$, 'PT422',
  'TEXTE_ILLISIBLE',
  'what is written on one line has one');
select throws_ok(format('update public.sorties_produit set %I = %L where id = tests.id(''sortie'')', c,
  'A' || chr(8238) || 'B'),
    'PT422', 'TEXTE_ILLISIBLE', format('a sortie whose %s turns letters around is refused', c))
  from unnest('{chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[]) c;
select
  is(tests.essayer($$select private.refuser('CHAMP_INCONNU',
  jsonb_build_object('champ', 'a' || chr(27) || chr(8238) || 'b'))$$)
    ->> 'phrase' ~ private.illisibles(), false, 'a refusal repeats nothing that people do not see');

-- Names ---------------------------------------------------------------------------------------------------------------

select is_empty($$select c.relname from pg_temp.colonnes c
   where c.attname = 'nom' and not exists (
     select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null
        and pg_get_indexdef(i.indexrelid) ~ 'private\.cle_nom\(nom\)')$$,
  'whatever has a name that a client writes has one of its own, as people compare names');
select is_empty($$select relname, attname from pg_temp.colonnes
   where attname in ('nom', 'code') and array_to_string(regles, ' ') !~ 'nom_lisible\(|\^\[A-Z\]'$$,
  'every name is refused where its letters only look like ours');
insert into public.clients (nom) values ('Société Minière');
select throws_ok(format('insert into public.clients (nom) values (%L)', v), etat, code,
  format('%s is the same name', quoi))
  from (values ('SOCIÉTÉ MINIÈRE', '23505', null, 'another case'),
    ('  société   minière ', '23505', null, 'other blanks'),
               (normalize('Société Minière', NFD), '23505', null, 'the same letters in another form'),
               ('Sосiété Minière', 'PT422', 'NOM_INVALIDE', 'letters that look the same')) as t (v, etat, code, quoi);
select
  throws_ok(format('insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (%L, %L, %L, 1000)',
    tests.id('lubumbashi'), tests.produit('G.O'), v), 'PT422', 'CITERNE_FANTOME', v || ' must never exist')
  from unnest('{TANK STAGING 1,tank  test}'::text[]) as v;

-- Plates --------------------------------------------------------------------------------------------------------------

create function pg_temp.envoyer(p_plaque text, p_depot text default 'lubumbashi') returns text language sql as $$
  select format('insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
                 values (%L, %L, %L, %L, 40000)', tests.id('fournisseur'), tests.id(p_depot), tests.produit('G.O'), p_plaque)
$$;
create function pg_temp.sorties(p_combien int) returns text language sql as $$
  select format('insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
                 select %L, %L, 1, 25 from generate_series(1, %s)', tests.id('cuve'), tests.id('client'), p_combien)
$$;
create function pg_temp.camions(p_combien int) returns text language sql as $$
  select format('insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
                 select %L, %L, %L, ''CONVOI '' || n, 40000 from generate_series(1, %s) n', tests.id('fournisseur'),
                tests.id('lubumbashi'), tests.produit('G.O'), p_combien)
$$;
create function pg_temp.receptions(p_combien int) returns text language sql as $$
  select format('insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
                                                temperature_ambiante_c)
                 select %L, ''PARTENAIRE'', %L, 1, 25 from generate_series(1, %s)', tests.id('cuve'),
                tests.id('partenaire'), p_combien)
$$;
grant execute on function pg_temp.envoyer, pg_temp.camions, pg_temp.sorties, pg_temp.receptions to authenticated;
select tests.agir_comme('admin');
select lives_ok(pg_temp.envoyer('1234 AB/05'), 'a truck sets out');
select throws_ok(pg_temp.envoyer(v), 'PT409', 'CDR_DEJA_OUVERT', format('%s is the same truck', v))
  from unnest(array['1234AB05', '1234-AB-05', ' 1234 ab 05 ', '1234.AB.05', '１２３４ＡＢ０５', '1234AB 0 5', '(1234) AB_05',
    '1234·AB·05', '1234—AB—05']) v;
select throws_ok(pg_temp.envoyer(v), 'PT422', 'PLAQUE_INVALIDE', format('%s only looks like a plate', quoi))
  from (values ('1234 АВ/05', 'Cyrillic'), ('1234 ΑΒ/05', 'Greek'), ('١٢٣٤', 'other digits'),
    ('---', 'no letter and no digit')) as t (v, quoi);
select throws_ok(pg_temp.envoyer('9999' || chr(8203) || 'AB05'), 'PT422', 'PLAQUE_INVALIDE',
  'a plate with a space of no width is refused');
select lives_ok(pg_temp.envoyer('1234 AB/05', 'goma'), 'another depot waits for a truck of its own');
select throws_ok($$update public.cours_de_route set depot_destination_id = tests.id('goma')
  where plaque_camion = '1234 AB/05'
    and depot_destination_id = tests.id('lubumbashi')$$, 'PT409', 'CDR_DEJA_OUVERT',
      'a truck does not go there beside itself');

-- Rows of a statement -------------------------------------------------------------------------------------------------

select throws_ok(pg_temp.camions(1001), 'PT413', 'TROP_DE_LIGNES', 'a thousand and one trucks at once are refused');
select set_config('tests.verrous', count(*)::text, true) from pg_locks l
 where l.locktype = 'advisory' and l.pid = pg_backend_pid();
select lives_ok(pg_temp.camions(1000), 'a thousand are not');
select cmp_ok((select count(*)::int from pg_locks l where l.locktype = 'advisory' and l.pid = pg_backend_pid()), '<=',
  current_setting('tests.verrous')::int + 1, 'and take one lock, not one each');
select lives_ok(pg_temp.sorties(1000 - (select count(*)::int from public.sorties_produit)),
  'a thousand sorties of one request are not refused');
select throws_ok(pg_temp.sorties(1), 'PT413', 'TROP_DE_LIGNES', 'one more is');
select tests.redevenir_systeme();
select is_empty($$select c.relname from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and has_any_column_privilege('authenticated', c.oid, 'insert')
     and not exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid where t.tgrelid = c.oid
       and f.prosrc ~ 'exiger_peu_de_lignes')$$,
  'whatever a client inserts into has a bound on the rows of a statement');

-- Dates ---------------------------------------------------------------------------------------------------------------

select is_empty($$select relname, attname from pg_temp.colonnes
   where atttypid in ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype)
     and relname <> 'sorties_produit'
     and not exists (select from pg_trigger t where t.tgrelid = colonnes.oid and t.tgname = relname || '_garder')
     and array_to_string(regles, ' ') !~ 'date_admise\('$$,
  'every date and moment that a client can write is finite, and of this half-century');
select tests.agir_comme('admin');
select throws_ok(format('update public.cours_de_route set date_chargement = %L where id = tests.id(''cdr'')', v),
  'PT422', 'DATE_IMPOSSIBLE',
    v || ' is no day of loading')
  from unnest('{infinity,-infinity,10000-01-01,2062-03-01,0026-11-26,"0001-01-01 BC"}'::text[]) as v;
select throws_ok($$insert into public.clients (nom, created_at) values ('Sans fin', 'infinity')$$, 'PT422',
  'DATE_IMPOSSIBLE',
  'nor is infinity a moment that sorts a list');
select throws_ok(format('insert into public.sorties_produit (citerne_id, date_sortie) values (tests.id(''cuve''), %L)',
  v),
  code, null, v || ' is no moment of a sortie')
  from (values ('infinity', 'PT422'), ('-infinity', '23514'), ('2062-03-01', 'PT422'), ('2019-12-31', '23514')) t
    (v, code);
update public.cours_de_route set date_chargement = tests.jour(-2) where id = tests.id('cdr');
create function pg_temp.recevoir(p_jour int) returns text language sql as $$
  select format('insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c, date_reception)
                 values (%L, %L, 1000, 15, %L)', tests.id('cdr'), tests.id('cuve'), tests.jour(p_jour))
$$;
grant execute on function pg_temp.recevoir to authenticated;
select throws_ok(pg_temp.recevoir(-3), 'PT422', 'RECEPTION_AVANT_CHARGEMENT',
  'a truck is not received before it was loaded');
select lives_ok(pg_temp.recevoir(-2), 'but the same day it may be');
select tests.redevenir_systeme();
select tests.cdr('sans_date', 'lubumbashi');
select tests.recevoir('cuve', 100, -5);
select is_empty($$select r.id from public.receptions r join public.cours_de_route c on c.id = r.cours_de_route_id
   where r.date_reception < c.date_chargement$$, 'a day of loading that nobody said gives way to the réception');

-- One key to a tank ---------------------------------------------------------------------------------------------------

select is_empty($$select k.conrelid::regclass, k.conname from pg_constraint k
   where k.contype = 'f' and k.confrelid = 'public.citernes'::regclass
     and k.conrelid <> 'public.sorties_produit'::regclass
     and array(select a.attname::text from unnest(k.confkey) n join pg_attribute a on a.attrelid = k.confrelid
       and a.attnum = n order by 1)
      <> '{depot_id,id,produit_id}'$$,
      'whatever refers to a tank says its product and depot by the same key; a sortie, which the app embeds by '
      'citerne_id, by its stock''s');
select is_empty($$select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid
  and a.attname ~ '^citerne_' and not a.attisdropped
   where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r' and not exists (
     select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
       and k.confrelid = 'public.citernes'::regclass and a.attnum = any (k.conkey))$$,
  'and every column that names one refers to it');
select tests.agir_comme('directeur');
select throws_ok(format('update public.citernes set produit_id = %L where id = tests.id(''cuve'')',
  tests.produit('ESS')), 'PT403', 'ECRITURE_INTERDITE',
  'a tank that has served keeps its product');
select lives_ok(format('update public.citernes set produit_id = %L where id = tests.id(''neuve'')',
  tests.produit('ESS')),
  'one that has not may change it');
select tests.redevenir_systeme();

-- Settings that move litres or days -----------------------------------------------------------------------------------

select is(tests.verdict('directeur', c), 'ROLE_FORBIDDEN', c || ': not for a directeur')
  from unnest(array['update public.depots set fuseau = ''Africa/Kinshasa'' where id = tests.id(''lubumbashi'')',
    'update public.depots set temperature_max_c = 50 where id = tests.id(''lubumbashi'')',
    'update public.citernes set tolerance_inventaire_pour_mille = 9 where id = tests.id(''cuve'')',
    'update public.produits set groupe_mpms = ''D''']) as c;
select throws_ok(format('update public.depots set fuseau = %L where id = tests.id(''lubumbashi'')', v), 'PT422',
  'FUSEAU_INCONNU',
    v || ' is no zone by its name') from unnest('{UTC+2,UTC-2,<+02>-2,CAT-2,Foo2,africa/kinshasa}'::text[]) as v;

-- Last: those that it wrote, and were undone, count until the transaction ends.
select tests.agir_comme('admin');
select throws_ok(pg_temp.receptions(1001), 'PT413', 'TROP_DE_LIGNES', 'a thousand and one réceptions are refused');
select tests.redevenir_systeme();

select * from finish();
rollback;
