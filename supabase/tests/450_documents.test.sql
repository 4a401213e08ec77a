-- Documents below their doors: what each row keeps, who sees bytes, how long, what proves that all is there.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(46);

select tests.depot('depot'), tests.depot('ailleurs'), tests.equipe('depot'), tests.citerne('cuve'),
       tests.acteur('gerant', 'ailleurs', 'etranger'), tests.acteur('lecture', 'depot', 'comptable');
update public.profils set habilitations = '{finance}' where user_id = tests.id('comptable');
select tests.recevoir('cuve', 5000, p_nom => 'reception');

create function pg_temp.octets(p_dit text) returns bytea language sql as $$ select convert_to('a;b' || p_dit, 'UTF8')
  $$;
create function pg_temp.deposer(p_nom text, p_dit text, p_type text default null, p_objet text default null,
  p_categorie text default 'AUTRE') returns text language sql as $$
  select format('select tests.noter(%L, private.deposer_document(%L, %L))', p_nom, jsonb_build_object('categorie',
    p_categorie, 'nom', p_nom || '.csv', 'type_mime', 'text/csv', 'sha256',
    encode(sha256(pg_temp.octets(p_dit)), 'hex'),
    'objet_type', p_type, 'objet_id', tests.id(p_objet)), pg_temp.octets(p_dit)) $$;
create function pg_temp.etat(p_nom text) returns text language sql security definer as $$
  select d.statut || coalesce(' ' || d.moteur, '') || coalesce(' ' || d.signature, '')
    from public.documents d where d.id = tests.id(p_nom) $$;
create function pg_temp.juger(p_nom text, p_verdict text, p_moteur text default 'integre 1',
  p_signature text default null)
  returns text language sql as $$
  select format('select private.noter_analyse(%L, %L, %L, %L)', tests.id(p_nom), p_verdict, p_moteur, p_signature) $$;
create function pg_temp.ouvrir(p_nom text) returns text language sql as $$
  select format('select octets from private.ouvrir_document(%L)', tests.id(p_nom)) $$;

grant execute on all functions in schema pg_temp to authenticated;

-- In ------------------------------------------------------------------------------------------------------------------

select tests.agir_comme('operateur');
select lives_ok(pg_temp.deposer('bl', 'bl', 'RECEPTION', 'reception', 'BL'), 'who may receive keeps its papers');
select lives_ok(pg_temp.deposer('double', 'bl', 'RECEPTION', 'reception', 'BL'), 'twice, if they want');
select lives_ok(pg_temp.deposer('seul', 'seul'), 'and keeps what proves nothing yet');
select throws_ok(pg_temp.deposer('tarif', 't', 'CITERNE', 'cuve'), 'PT403', 'ROLE_FORBIDDEN',
  'not where they may not write');
select tests.agir_comme('etranger');
select throws_ok(pg_temp.deposer('vol', 'v', 'RECEPTION', 'reception'), 'PT404', 'INTROUVABLE',
  'nor what they do not see');
select tests.agir_comme('lecture');
select throws_ok(pg_temp.deposer('vol', 'v'), 'PT403', 'ROLE_FORBIDDEN', 'who only reads brings nothing');
select tests.agir_comme('pca');
select throws_ok(pg_temp.deposer('vol', 'v'), 'PT403', 'ROLE_FORBIDDEN', 'nor does the chairman');
select tests.redevenir_systeme();

select is((select count(*) from private.contenus c where c.sha256 = sha256(pg_temp.octets('bl'))), 1::bigint,
  'one copy a content');
select results_eq($$select canal, objet_type, statut from public.envois where objet_id = tests.id('bl')$$,
  $$values ('ANALYSE', 'DOCUMENT', 'A_ENVOYER')$$, 'its analysis is asked for in the same transaction');
select is((select d.depot_id from public.documents d where d.id = tests.id('bl')), tests.id('depot'),
  'its depot is its object''s');

-- Whole ---------------------------------------------------------------------------------------------------------------

select throws_ok($$insert into private.contenus (sha256, taille, octets) values (sha256('a'), 1, 'b')$$, '23514', null,
  'D1: bytes that are not what the hash says do not enter, by whatever hand');
select throws_ok($$update private.contenus set taille = taille + 1$$, 'PT403', 'ECRITURE_INTERDITE',
  'nor is a content changed');
select throws_ok(format('update public.documents set nom = %L where id = %L', 'autre', tests.id('bl')), 'PT403',
  'ECRITURE_INTERDITE', 'nor what a document is');
select throws_ok(format('delete from public.documents where id = %L', tests.id('bl')), 'PT403', 'ECRITURE_INTERDITE',
  'nor is one deleted');
select throws_ok('delete from public.documents_liens', 'PT403', 'ECRITURE_INTERDITE', 'nor what it proves');
select throws_ok(format('update public.documents set conserver_jusqu_au = %L where id = %L', '2026-01-01',
  tests.id('bl')), 'PT403', 'ECRITURE_INTERDITE', 'and its retention only grows');

-- Read ----------------------------------------------------------------------------------------------------------------

select tests.agir_comme('admin');
select throws_ok(pg_temp.ouvrir('bl'), 'PT409', 'DOCUMENT_NON_DISPONIBLE', 'D2: nobody reads before the analysis');
select throws_ok('select * from private.contenus', '42501', null, 'nor by any other way');
select tests.redevenir_systeme();
insert into public.app_settings (key, value) values ('analyse_documents', 'clamd');
select is(private.noter_analyse(tests.id('bl'), 'SAIN', 'integre 1', null), 'RECU',
  'where clamd decides, nothing less makes a document readable');
select is(private.noter_analyse(tests.id('bl'), 'SAIN', 'clamd ClamAV 1.4.3', null), 'DISPONIBLE', 'clamd does');
delete from public.app_settings where key = 'analyse_documents';
select is(pg_temp.etat('double'), 'RECU', 'each document is judged for itself');
select tests.agir_comme('lecture');
select results_eq(pg_temp.ouvrir('bl'), $$values (pg_temp.octets('bl'))$$, 'then who sees its object reads it');
select tests.agir_comme('etranger');
select throws_ok(pg_temp.ouvrir('bl'), 'PT404', 'INTROUVABLE', 'D4: who does not see the object reads nothing');
select is_empty('select id from public.documents union all select id from public.documents_liens',
  'and is told of nothing');
select tests.agir_comme('gerant');
select is_empty(format('select id from public.documents where id = %L', tests.id('seul')),
  'what proves nothing is its author''s');
select tests.redevenir_systeme();
select is(private.noter_analyse(tests.id('double'), 'INFECTE', 'clamd', 'Win.Essai'), 'INFECTE', 'once found');
select is(pg_temp.etat('bl'), 'INFECTE clamd Win.Essai', 'the same bytes are the same danger');
select tests.agir_comme('admin');
select throws_ok(pg_temp.ouvrir('bl'), 'PT403', 'DOCUMENT_INFECTE', 'for an administrator too');
select tests.redevenir_systeme();
select is((select array_agg(distinct check_code) from private.controles_documents()), '{DOCUMENT_INFECTE}',
  'and an alert says so');

-- Kept ----------------------------------------------------------------------------------------------------------------

select is(private.conserver_jusqu_au(c, t, tests.id('reception')),
  make_date(extract(year from tests.jour())::int + n, 12,
  31), format('%s of a réception: %s years', c, n))
  from (values ('PHOTO', 'RECEPTION', 2), ('CERTIFICAT', 'RECEPTION', 5), ('BL', 'RECEPTION', 10)) v (c, t, n);
select tests.agir_comme('admin');
select throws_ok(format('select private.purger_document(%L)', tests.id('seul')), '42501', null,
  'no role of a client purges');
select tests.agir_en_base('admin');
select throws_ok(format('select private.purger_document(%L)', tests.id('seul')), 'PT409', 'DOCUMENT_CONSERVE',
  'what must be kept is not purged');
select is(private.purger_document(tests.id('bl')), false, 'what is infected is; another document has its bytes');
select is(private.purger_document(tests.id('double')), true, 'with the last one, the bytes go');
select throws_ok(format('select private.purger_document(%L)', tests.id('bl')), 'PT409', 'DOCUMENT_CONSERVE', 'once');
select is((select encode(d.sha256, 'hex') from public.documents d where d.id = tests.id('bl')),
  encode(sha256(pg_temp.octets('bl')), 'hex'), 'the row and its hash stay');
select is_empty('select * from private.verifier_documents()',
  'D1, D3: every content is what it says, and of a document');
delete from private.contenus c where c.sha256 = sha256(pg_temp.octets('seul'));
select results_eq('select regle, document_id from private.verifier_documents()',
  $$values ('D3', tests.id('seul'))$$, 'a document without its content is found');

-- Wanted --------------------------------------------------------------------------------------------------------------

create function pg_temp.pieces(p_note text default null) returns text language sql as $$
  select format('select private.exiger_pieces(jsonb_populate_record(null::public.fournisseur_facture_lot_min, %L), %L)',
    jsonb_build_object('id', tests.id('facture'), 'type', 'FACTURE', 'fournisseur_lot_id', tests.id('lot')), p_note) $$;
select tests.noter('facture', gen_random_uuid());
with l as (insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
  values (tests.tiers('fournisseurs'), tests.produit('G.O'), 'LOT') returning id) select tests.noter('lot', id) from l;
select lives_ok(pg_temp.pieces(), 'nothing is wanted while the flag is off');
update public.feature_flags set enabled = true where key = 'pieces_requises';
select throws_ok(pg_temp.pieces(), 'PT409', 'PIECE_REQUISE', 'with it, an invoice wants its papers');
select tests.agir_comme('operateur');
select lives_ok(pg_temp.deposer('papier', 'papier', 'LOT', 'lot', 'FACTURE'), 'attached to its lot');
select tests.redevenir_systeme();
select throws_ok(pg_temp.pieces('Certificat resté au laboratoire'), 'PT409', 'PIECE_REQUISE',
  'a paper that nobody has analysed proves nothing');
select is(private.noter_analyse(tests.id('papier'), 'SAIN', 'integre 1', null), 'DISPONIBLE', 'then');
select lives_ok(pg_temp.pieces('Certificat resté au laboratoire'), 'a note stands for the certificate');

select * from finish();
rollback;
