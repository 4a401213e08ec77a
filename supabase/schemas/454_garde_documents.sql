-- How long documents are kept, what proves that they are whole, and what a rule may want of them.

create function private.tenir_gel_document(p_id uuid, p_gel boolean, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  perform private.exiger('geler_documents');
  perform private.exiger_motif(p_motif, 10);
  select * into strict v_document from public.documents d where d.id = p_id for update;
  if v_document.statut = 'PURGE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  update public.documents d set gel_juridique = p_gel where d.id = p_id;
  perform private.journaliser(case when p_gel then 'DOCUMENT_GELE' else 'DOCUMENT_DEGELE' end, 'documents', 'WARNING',
    p_id, v_document.depot_id, jsonb_build_object('motif', private.texte_net(p_motif)));
end;
$$;
comment on function private.tenir_gel_document(uuid, boolean, text) is
  'What geler_document does once the caller sees the document. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, '
  'DOCUMENT_NON_DISPONIBLE, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function public.geler_document(p_id uuid, p_gel boolean, p_motif text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('geler_documents');
  perform private.document_vu(p_id);
  perform private.tenir_gel_document(p_id, p_gel, p_motif);
end;
$$;
comment on function public.geler_document(uuid, boolean, text) is
  'Keeps a document whatever its age (p_gel), or no longer, with the reason. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'MOTIF_REQUIS, DOCUMENT_NON_DISPONIBLE, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';
revoke execute on function public.geler_document(uuid, boolean, text) from public, anon;
grant execute on function public.geler_document(uuid, boolean, text) to authenticated;
grant execute on function private.tenir_gel_document(uuid, boolean, text) to authenticated;

create function private.documents_a_purger() returns setof public.documents
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  -- What was refused or carries something proves nothing.
  select * from public.documents d
   where d.statut <> 'PURGE' and not d.gel_juridique
     and (d.conserver_jusqu_au < private.aujourdhui() or d.statut in ('INFECTE', 'REJETE'))
   order by d.id
$$;
comment on function private.documents_a_purger() is
  'Documents whose retention is over, and those refused or infected; none that is held.';

create function private.oter_contenu(p_sha256 bytea) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from private.contenus c
   where c.sha256 = p_sha256
     and not exists (select from public.documents d where d.sha256 = p_sha256 and d.statut <> 'PURGE');
  return found;
end;
$$;
comment on function private.oter_contenu(bytea) is
  'A content goes with the last document that has it. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.purger_document(p_id uuid) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  perform private.exiger('purger_documents');
  perform private.exiger_read_committed();
  perform private.verrouiller_contenu(d.sha256) from public.documents d where d.id = p_id;
  select * into v_document from public.documents d where d.id = p_id for update;
  if not exists (select from private.documents_a_purger() d where d.id = p_id) then
    perform private.refuser('DOCUMENT_CONSERVE', jsonb_build_object('nom', coalesce(v_document.nom, '—'),
      'conserver_jusqu_au', v_document.conserver_jusqu_au, 'gel_juridique', v_document.gel_juridique));
  end if;
  update public.documents d set statut = 'PURGE' where d.id = p_id;
  perform private.journaliser('DOCUMENT_PURGE', 'documents', 'WARNING', p_id, v_document.depot_id,
    jsonb_build_object('de', v_document.statut, 'nom', v_document.nom, 'sha256', encode(v_document.sha256, 'hex'),
      'conserver_jusqu_au', v_document.conserver_jusqu_au));
  return private.oter_contenu(v_document.sha256);
end;
$$;
comment on function private.purger_document(uuid) is
  'The bytes go, the row and its hash stay (admin). Answers whether the content itself has gone: another document may '
  'have it. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, ISOLATION_INTERDITE, DOCUMENT_CONSERVE, ECRITURES_GELEES, '
  'ECRITURE_INTERDITE.';

create function private.verifier_documents() returns table (regle text, sha256 text, document_id uuid, constat text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'D1', encode(c.sha256, 'hex'), null::uuid, 'le contenu n''est pas ce que dit son empreinte'
    from private.contenus c
   where c.octets is not null and (sha256(c.octets) <> c.sha256 or octet_length(c.octets) <> c.taille)
  union all
  select 'D3', encode(d.sha256, 'hex'), d.id, 'le document n''a pas son contenu'
    from public.documents d
   where d.statut <> 'PURGE' and not exists (select from private.contenus c
           where c.sha256 = d.sha256 and c.taille = d.taille)
  union all
  select 'D3', encode(c.sha256, 'hex'), null, 'le contenu n''est d''aucun document'
    from private.contenus c
   where not exists (select from public.documents d where d.sha256 = c.sha256 and d.statut <> 'PURGE')
$$;
comment on function private.verifier_documents() is
  'Hashes every content again, and looks for documents without one and for contents without a document: no row is '
  'what there should be. Owner only.';

create function private.chiffres_documents() returns table (contenus bigint, octets bigint, empreinte text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select count(*), coalesce(sum(c.taille), 0)::bigint,
         encode(sha256(convert_to(coalesce(string_agg(encode(c.sha256, 'hex'), E'\n' order by c.sha256), ''), 'UTF8')),
           'hex')
    from private.contenus c
$$;
comment on function private.chiffres_documents() is
  'What a backup''s manifest says of contents: how many, their bytes, and the SHA-256 of their hashes, in order.';

create function private.documents_durables() returns table (id uuid)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive gardes (id) as (
    select l.document_id from public.documents_liens l
     where l.objet_type in ('CDR', 'LOT', 'PROFORMA', 'SBLC', 'FRAIS_LOT', 'BAREME', 'COMPTEUR', 'CITERNE',
       'INTERVENTION')
    union
    select d.remplace_id from public.documents d join gardes g on g.id = d.id where d.remplace_id is not null
  )
  select g.id from gardes g
$$;
comment on function private.documents_durables() is
  'Documents of what a purge of movements keeps: trucks, lots, contracts, tanks; and those whose place they have '
  'taken.';

create function private.vider_documents() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.interdire_si_prod();
  delete from public.documents_liens l where private.objet(l.objet_type, l.objet_id) is null;
  delete from public.documents d where d.id not in (select g.id from private.documents_durables() g);
  delete from private.contenus c where not exists (select from public.documents d
    where d.sha256 = c.sha256 and d.statut <> 'PURGE');
end;
$$;
comment on function private.vider_documents() is
  'Part of private.vider_mouvements(): documents of what is no more go with it; those of trucks, lots, contracts and '
  'tanks stay. Raises ENV_INTERDIT, ECRITURE_INTERDITE.';

create function private.exiger_pieces(p_facture public.fournisseur_facture_lot_min, p_justification text)
  returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_manque text;
begin
  if p_facture.type <> 'FACTURE' or not private.flag_actif('pieces_requises', null) then
    return;
  end if;
  with camions as (
    select c.id from public.cours_de_route c where c.fournisseur_lot_id = p_facture.fournisseur_lot_id
  ), objets (objet_type, objet_id) as (
    values ('FACTURE_FOURNISSEUR', p_facture.id), ('LOT', p_facture.fournisseur_lot_id)
    union all select 'CDR', c.id from camions c
    union all select 'RECEPTION', r.id from public.receptions r join camions c on c.id = r.cours_de_route_id
    union all select 'ANALYSE', a.id from public.analyses a join camions c on c.id = a.cours_de_route_id
  )
  select string_agg(c.categorie, ' et ') into v_manque
    from unnest('{FACTURE,CERTIFICAT}'::text[]) c (categorie)
   where (c.categorie = 'FACTURE' or private.texte_net(p_justification) is null
          or private.texte_net(p_justification) = '')
     and not exists (
       select from objets o join public.documents_liens l using (objet_type, objet_id)
         join public.documents d on d.id = l.document_id
        where d.categorie = c.categorie and d.statut = 'DISPONIBLE');
  if v_manque is not null then
    perform private.refuser('PIECE_REQUISE', jsonb_build_object('pieces', v_manque));
  end if;
end;
$$;
comment on function private.exiger_pieces(public.fournisseur_facture_lot_min, text) is
  'Under the flag pieces_requises: a supplier''s invoice is validated with its own paper, and with a laboratory '
  'certificate or a note that says why there is none; attached to it, to its lot, to a truck of it, to what a truck '
  'brought or to an analysis of that. Raises PIECE_REQUISE.';
