-- What becomes of a document: seen, linked, replaced, kept as printed, read.

create function private.document_vu(p_id uuid) returns public.documents
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  select * into v_document from public.documents d where d.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce document'));
  end if;
  return v_document;
end;
$$;
comment on function private.document_vu(uuid) is 'A document that the caller sees. Raises INTROUVABLE.';

create function private.exiger_ecriture_document(p_document public.documents) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lien public.documents_liens;
begin
  -- Each object it proves, among those the caller sees: who may write one may.
  for v_lien in select * from public.documents_liens l where l.document_id = p_document.id loop
    if private.objet_ecrit(v_lien.objet_type) then
      return;
    end if;
  end loop;
  if p_document.created_by is distinct from auth.uid() then
    perform private.exiger('tenir_documents');
  end if;
end;
$$;
comment on function private.exiger_ecriture_document(public.documents) is
  'Who may write one of the objects it proves, who brought it, or who keeps documents. Raises ROLE_FORBIDDEN.';

create function private.relier_document(p_id uuid, p_type text, p_objet_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  perform private.exiger('deposer_documents');
  select * into strict v_document from public.documents d where d.id = p_id for update;
  if v_document.statut = 'PURGE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  perform private.attacher(v_document, p_type, p_objet_id);
end;
$$;
comment on function private.relier_document(uuid, text, uuid) is
  'What lier_document does once the caller may. Raises ROLE_FORBIDDEN, DOCUMENT_NON_DISPONIBLE, DOCUMENT_OBJET_PLEIN, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function public.lier_document(p_id uuid, p_objet_type text, p_objet_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_ecriture_document(private.document_vu(p_id));
  perform private.exiger_objet(p_objet_type, p_objet_id);
  perform private.relier_document(p_id, p_objet_type, p_objet_id);
end;
$$;
comment on function public.lier_document(uuid, text, uuid) is
  'A document proves another object too, of one who sees both and may write them. Raises INTROUVABLE, ROLE_FORBIDDEN, '
  'DOCUMENT_NON_DISPONIBLE, DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.succeder_document(p_id uuid, p_demande jsonb, p_octets bytea, p_liens uuid[]) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ancien public.documents;
  v_nouveau public.documents;
begin
  select * into strict v_ancien from public.documents d where d.id = p_id for update;
  if v_ancien.statut = 'PURGE' or exists (select from public.documents d where d.remplace_id = p_id) then
    perform private.refuser('DOCUMENT_REMPLACE');
  end if;
  -- It would stand for objects that they may not write, or do not even see.
  if exists (select from public.documents_liens l
              where l.document_id = p_id and l.id <> all (p_liens)
                and private.objet(l.objet_type, l.objet_id) is not null) then
    perform private.refuser('ROLE_FORBIDDEN');
  end if;
  v_nouveau.id := private.recevoir_document(p_demande || jsonb_build_object('categorie', v_ancien.categorie,
    'objet_type', null, 'objet_id', null), p_octets, p_id);
  select * into strict v_nouveau from public.documents d where d.id = v_nouveau.id;
  perform private.attacher(v_nouveau, l.objet_type, l.objet_id)
     from (select * from public.documents_liens l where l.document_id = p_id order by l.objet_type, l.objet_id) l;
  return v_nouveau.id;
end;
$$;
comment on function private.succeder_document(uuid, jsonb, bytea, uuid[]) is
  'What remplacer_document does once the caller may, who may write what these links are to: all of its links, or none '
  'is replaced. Raises DOCUMENT_REMPLACE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, '
  'DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.remplacer_document(p_id uuid, p_demande jsonb, p_octets bytea) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_ecriture_document(private.document_vu(p_id));
  return private.succeder_document(p_id, p_demande, p_octets, array(
    select l.id from public.documents_liens l where l.document_id = p_id and private.objet_ecrit(l.objet_type)));
end;
$$;
comment on function private.remplacer_document(uuid, jsonb, bytea) is
  'A better copy {nom, type_mime, sha256} takes the place of a document, with its category and all it proves; the '
  'former stays. Once, and by who may write all it proves. Raises INTROUVABLE, DOCUMENT_REMPLACE, ROLE_FORBIDDEN, '
  'SECOND_FACTEUR_REQUIS, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, '
  'DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.ranger_genere(p_demande jsonb, p_octets bytea) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents := private.document_lu(p_demande, p_octets);
begin
  v_document.statut := 'DISPONIBLE';
  v_document.origine := 'GENERE';
  v_document.moteur := 'interne';
  v_document.analyse_le := now();
  perform private.verrouiller_contenu(v_document.sha256);
  perform private.ranger_contenu(p_octets);
  return (private.inscrire_document(v_document, p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid)).id;
end;
$$;
comment on function private.ranger_genere(jsonb, bytea) is
  'What garder_impression does once the caller may. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, '
  'DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.garder_impression(p_demande jsonb, p_octets bytea) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_objet(p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  return private.ranger_genere(p_demande, p_octets);
end;
$$;
comment on function private.garder_impression(jsonb, bytea) is
  'Keeps a paper that the door has just drawn {categorie, nom, type_mime, sha256, objet_type, objet_id}, with what it '
  'prints: DISPONIBLE at once, nobody sent it. Raises INTROUVABLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

-- Reading -------------------------------------------------------------------------------------------------------------

create function private.lire_octets(p_id uuid) returns table (
  id uuid, nom text, type_mime text, taille int, sha256 text, magasin text, octets bytea
)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  select * into strict v_document from public.documents d where d.id = p_id;
  if v_document.statut = 'INFECTE' then
    perform private.refuser('DOCUMENT_INFECTE');
  end if;
  if v_document.statut <> 'DISPONIBLE' then
    perform private.refuser('DOCUMENT_NON_DISPONIBLE', jsonb_build_object('statut', v_document.statut));
  end if;
  if v_document.categorie in ('FACTURE', 'RECU', 'PROFORMA', 'SBLC') then
    perform private.journaliser('DOCUMENT_LU', 'documents', 'INFO', p_id, v_document.depot_id,
      jsonb_build_object('categorie', v_document.categorie, 'nom', v_document.nom));
  end if;
  return query
    select v_document.id, v_document.nom, v_document.type_mime, v_document.taille, encode(v_document.sha256, 'hex'),
           c.magasin, c.octets
      from private.contenus c where c.sha256 = v_document.sha256;
end;
$$;
comment on function private.lire_octets(uuid) is
  'What ouvrir_document does once the caller sees the document; who reads a paper of finance is logged. Raises '
  'DOCUMENT_INFECTE, DOCUMENT_NON_DISPONIBLE.';

create function private.ouvrir_document(p_id uuid) returns table (
  id uuid, nom text, type_mime text, taille int, sha256 text, magasin text, octets bytea
)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.document_vu(p_id);
  return query select * from private.lire_octets(p_id);
end;
$$;
comment on function private.ouvrir_document(uuid) is
  'The bytes of a document that the caller sees and that is DISPONIBLE; octets is null where they lie in the bucket. '
  'Raises INTROUVABLE, DOCUMENT_INFECTE, DOCUMENT_NON_DISPONIBLE.';

revoke execute on function public.lier_document(uuid, text, uuid) from public, anon;
grant execute on function public.lier_document(uuid, text, uuid) to authenticated;
grant execute on function private.objet_vu(text, uuid), private.objet(text, uuid), private.types_objets(),
  private.objet_ecrit(text), private.document_lie(uuid) to authenticated, service_role;
grant execute on function private.exiger_objet(text, uuid), private.document_vu(uuid),
  private.exiger_ecriture_document(public.documents), private.recevoir_document(jsonb, bytea, uuid),
  private.deposer_document(jsonb, bytea), private.relier_document(uuid, text, uuid),
  private.succeder_document(uuid, jsonb, bytea, uuid[]), private.remplacer_document(uuid, jsonb, bytea),
  private.ranger_genere(jsonb, bytea), private.garder_impression(jsonb, bytea),
  private.lire_octets(uuid), private.ouvrir_document(uuid), private.magasin_documents() to authenticated;
