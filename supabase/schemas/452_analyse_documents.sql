-- Who says that a document may be read: the engine that the setting names, through the outbox, and nobody else.
--
-- The setting analyse_documents names it: integre (what the worker knows by itself, without a network) or clamd, which
-- comes on top of it. Where clamd does not answer, a document stays RECU and is tried again: never judged by less.

alter table public.app_settings add constraint app_settings_analyse_check
  check (key <> 'analyse_documents' or value in ('integre', 'clamd'));

create function private.moteur_documents() returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select coalesce((select s.value from public.app_settings s where s.key = 'analyse_documents'), 'integre') $$;
comment on function private.moteur_documents() is 'Engine that decides: integre, or clamd on top of it.';

create function private.demander_analyse(p_document public.documents) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
begin
  v_envoi.canal := 'ANALYSE';
  v_envoi.objet_type := 'DOCUMENT';
  v_envoi.objet_id := p_document.id;
  v_envoi.depot_id := p_document.depot_id;
  v_envoi.cle := format('analyse/%s', p_document.id);
  v_envoi.destination := 'analyse';
  v_envoi.sujet := format('Analyse de %s', p_document.nom);
  v_envoi.contenu := jsonb_build_object('document_id', p_document.id);
  perform private.deposer_envoi(v_envoi);
end;
$$;
comment on function private.demander_analyse(public.documents) is
  'Asks the worker, in the transaction that brings the document: neither comes without the other.';

create function private.document_a_analyser(p_id uuid) returns table (
  id uuid, nom text, type_mime text, taille int, sha256 text, magasin text, octets bytea, moteur text
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select d.id, d.nom, d.type_mime, d.taille, encode(d.sha256, 'hex'), c.magasin, c.octets, private.moteur_documents()
    from public.documents d join private.contenus c on c.sha256 = d.sha256
   where d.id = p_id and d.statut in ('RECU', 'DISPONIBLE')
$$;
comment on function private.document_a_analyser(uuid) is
  'What the worker looks at, and by which engine; none where nothing is left to say of it.';

create function private.declarer_infecte(p_document public.documents, p_moteur text, p_signature text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  -- The same bytes are the same danger, whoever brought them.
  for v_document in
    select * from public.documents d
     where d.sha256 = p_document.sha256 and d.statut in ('RECU', 'DISPONIBLE') order by d.id for update
  loop
    update public.documents d
       set statut = 'INFECTE', moteur = p_moteur, signature = p_signature, analyse_le = now()
     where d.id = v_document.id;
    perform private.journaliser('DOCUMENT_INFECTE', 'documents', 'CRITICAL', v_document.id, v_document.depot_id,
      jsonb_build_object('de', v_document.statut, 'moteur', p_moteur, 'signature', p_signature, 'sha256',
        encode(v_document.sha256, 'hex')));
  end loop;
end;
$$;
comment on function private.declarer_infecte(public.documents, text, text) is
  'Every document of this content is INFECTE, those that could be read until now included. Raises ECRITURES_GELEES, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE.';

create function private.noter_analyse(p_id uuid, p_verdict text, p_moteur text, p_signature text) returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_moteur constant text := left(private.texte_sur_une_ligne(p_moteur), 100);
  v_signature constant text := left(private.texte_sur_une_ligne(p_signature), 200);
  v_document public.documents;
begin
  perform private.exiger_read_committed();
  perform private.verrouiller_contenu(d.sha256) from public.documents d where d.id = p_id;
  select * into v_document from public.documents d where d.id = p_id for update;
  if v_document.statut is null or v_document.statut not in ('RECU', 'DISPONIBLE') then
    return coalesce(v_document.statut, 'PURGE');
  end if;
  if p_verdict = 'INFECTE' then
    perform private.declarer_infecte(v_document, v_moteur, v_signature);
    return 'INFECTE';
  end if;
  if v_document.statut = 'RECU' and p_verdict = 'REJETE' then
    update public.documents d
       set statut = 'REJETE', moteur = v_moteur, signature = v_signature, analyse_le = now() where d.id = p_id;
    perform private.journaliser('DOCUMENT_REJETE', 'documents', 'WARNING', p_id, v_document.depot_id,
      jsonb_build_object('moteur', v_moteur, 'signature', v_signature));
    return 'REJETE';
  end if;
  -- Judged by less than is wanted now: it is judged again.
  if p_verdict = 'SAIN' and starts_with(lower(v_moteur), private.moteur_documents()) then
    update public.documents d
       set statut = 'DISPONIBLE', moteur = v_moteur, analyse_le = now() where d.id = p_id;
    if v_document.statut = 'RECU' then
      perform private.journaliser('DOCUMENT_DISPONIBLE', 'documents', 'INFO', p_id, v_document.depot_id,
        jsonb_build_object('moteur', v_moteur));
    end if;
    return 'DISPONIBLE';
  end if;
  return v_document.statut;
end;
$$;
comment on function private.noter_analyse(uuid, text, text, text) is
  'What an engine found: SAIN, INFECTE or REJETE, with what it calls it. Only the engine that the setting names makes '
  'a document readable. Answers what the document is now. Owner only. Raises ISOLATION_INTERDITE, ECRITURES_GELEES, '
  'ECRITURE_INTERDITE.';

create function private.controles_documents() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'DOCUMENT_INFECTE', 'DOCUMENT', d.id,
           format('Le document « %s » porte %s : personne ne peut le lire.', d.nom, d.signature),
           jsonb_build_object('document_id', d.id, 'signature', d.signature, 'sha256', encode(d.sha256, 'hex')),
           d.depot_id
      from public.documents d where d.statut = 'INFECTE';
  return query
    select 'DOCUMENT_NON_ANALYSE', 'DOCUMENT', d.id,
           format('Le document « %s » attend son analyse depuis plus de %s h.', d.nom,
             private.seuil('DOCUMENT_NON_ANALYSE')),
           jsonb_build_object('document_id', d.id, 'depuis', d.created_at), d.depot_id
      from public.documents d
     where d.statut = 'RECU' and d.created_at < now() - private.seuil('DOCUMENT_NON_ANALYSE') * interval '1 hour';
end;
$$;
comment on function private.controles_documents() is
  'Documents that carry something, until they are purged; documents that nobody has analysed (hours).';
