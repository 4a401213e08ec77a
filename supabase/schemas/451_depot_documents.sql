-- How a document comes in: what is judged before a byte is kept.

create function private.nom_de_fichier(p_nom text, p_type_mime text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select left(n.nom, 200 - case when n.dit then 0 else length(x.fins[1]) end)
         || case when n.dit then '' else x.fins[1] end
    from (select case p_type_mime when 'application/pdf' then '{.pdf}' when 'image/jpeg' then '{.jpg,.jpeg}'
                   when 'image/png' then '{.png}' when 'image/webp' then '{.webp}' when 'text/csv' then '{.csv}'
                   else '{.xlsx}' end::text[]) x (fins)
   cross join lateral (select coalesce(nullif(btrim(regexp_replace(regexp_replace(regexp_replace(p_nom,
       '^.*[/\\]', ''), private.illisibles() || '|["<>:|?*\n\r\t]', '', 'g'), '\s+', ' ', 'g'), ' .'), ''),
       'document')) b (nom)
   cross join lateral (select b.nom, char_length(b.nom) <= 200
       and exists (select from unnest(x.fins) f where lower(b.nom) like '%_' || f)) n (nom, dit)
$$;
comment on function private.nom_de_fichier(text, text) is
  'What a file is called here: no folder, nothing that nobody sees or that a system would take for more, two hundred '
  'characters, and the ending of what it is.';

create function private.est_csv(p_octets bytea) returns boolean
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_texte text;
begin
  if position('\x00'::bytea in p_octets) > 0 then
    return false;
  end if;
  -- Whatever its encoding: each byte as a letter.
  v_texte := convert_from(p_octets, 'LATIN1');
  return v_texte !~ E'[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]'
         and left(v_texte, 1000) !~ E'^(\u00ef\u00bb\u00bf)?\\s*(<|#!|\\{)'
         and split_part(v_texte, E'\n', 1) ~ '[;,\t]';
end;
$$;
comment on function private.est_csv(bytea) is
  'Whether bytes are a table in text: no control character, a separator in the first line, and no page nor script.';

create function private.type_des_octets(p_octets bytea) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_tete constant bytea := substring(p_octets from 1 for 12);
begin
  return case
    when substring(v_tete from 1 for 5) = '\x255044462d' then 'application/pdf'
    when substring(v_tete from 1 for 3) = '\xffd8ff' then 'image/jpeg'
    when substring(v_tete from 1 for 8) = '\x89504e470d0a1a0a' then 'image/png'
    when substring(v_tete from 1 for 4) = '\x52494646' and substring(v_tete from 9 for 4) = '\x57454250'
      then 'image/webp'
    when substring(v_tete from 1 for 4) = '\x504b0304' then
      case when position('[Content_Types].xml'::bytea in p_octets) > 0
             and position('xl/workbook.xml'::bytea in p_octets) > 0
           then 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' end
    when private.est_csv(p_octets) then 'text/csv'
  end;
end;
$$;
comment on function private.type_des_octets(bytea) is
  'What bytes are by their own beginning, whatever they are said to be; null for what is not kept here.';

create function private.type_convient(p_dit text, p_trouve text) returns boolean
language sql immutable
set search_path = pg_catalog, pg_temp
-- As systems declare the same thing: Windows says of a table in text that it is Excel's.
return coalesce(lower(split_part(p_dit, ';', 1)) = any (case p_trouve
  when 'text/csv' then '{text/csv,application/csv,application/vnd.ms-excel}'
  when 'image/jpeg' then '{image/jpeg,image/jpg}' else array[p_trouve] end), false);
comment on function private.type_convient(text, text) is 'Whether what a client declares is what the bytes are.';

create function private.exiger_contenu(p_demande jsonb, p_octets bytea) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_maximum constant int := 10485760;
  v_trouve text;
begin
  if octet_length(p_octets) > c_maximum then
    perform private.refuser('DOCUMENT_TROP_GROS', jsonb_build_object('octets', octet_length(p_octets),
      'maximum', c_maximum));
  end if;
  if encode(sha256(p_octets), 'hex') is distinct from lower(p_demande ->> 'sha256') then
    perform private.refuser('DOCUMENT_ALTERE', jsonb_build_object('attendu', p_demande ->> 'sha256', 'recu',
      encode(sha256(p_octets), 'hex')));
  end if;
  v_trouve := private.type_des_octets(p_octets);
  if not private.type_convient(p_demande ->> 'type_mime', v_trouve) then
    perform private.refuser('DOCUMENT_TYPE', jsonb_build_object('declare', p_demande ->> 'type_mime', 'trouve',
      coalesce(v_trouve, 'autre')));
  end if;
  return v_trouve;
end;
$$;
comment on function private.exiger_contenu(jsonb, bytea) is
  'What a file is, once it is neither too large nor altered and is what it is said to be. Raises DOCUMENT_TROP_GROS, '
  'DOCUMENT_ALTERE, DOCUMENT_TYPE.';

create function private.exiger_quota(p_taille int) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_maximum constant bigint := 524288000;
  v_debut constant timestamptz := private.aujourdhui()::timestamp at time zone private.fuseau_societe();
  v_octets bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('quota:' || auth.uid(), 0));
  select coalesce(sum(d.taille), 0) into v_octets from public.documents d
   where d.created_by = auth.uid() and d.created_at >= v_debut and d.created_at < v_debut + interval '1 day'
     and d.origine = 'TELEVERSE';
  if v_octets + p_taille > c_maximum then
    perform private.refuser('DOCUMENT_QUOTA', jsonb_build_object('octets', v_octets, 'maximum', c_maximum,
      'attendre_s', greatest(1, ceil(extract(epoch from v_debut + interval '1 day' - now())))::int));
  end if;
end;
$$;
comment on function private.exiger_quota(int) is
  'What one person may send a day, by the days of Lubumbashi: 500 MiB. Two at once are counted one after the other. '
  'Raises DOCUMENT_QUOTA.';

create function private.verrouiller_contenu(p_sha256 bytea) returns void
language sql
set search_path = pg_catalog, pg_temp
as $$ select pg_advisory_xact_lock(hashtextextended('contenu:' || encode(p_sha256, 'hex'), 0)) $$;
comment on function private.verrouiller_contenu(bytea) is
  'Until the transaction ends nobody else brings, judges or takes away this very content.';

create function private.magasin_documents() returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select coalesce((select s.value from public.app_settings s where s.key = 'magasin_documents'), 'BASE') $$;
comment on function private.magasin_documents() is
  'Where new contents go: BASE, rows of this database; S3, a bucket that the doors are told of.';
alter table public.app_settings add constraint app_settings_magasin_check
  check (key <> 'magasin_documents' or value in ('BASE', 'S3'));

create function private.ranger_contenu(p_octets bytea) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_magasin constant text := private.magasin_documents();
begin
  insert into private.contenus (sha256, taille, octets, magasin)
  values (sha256(p_octets), octet_length(p_octets), case v_magasin when 'BASE' then p_octets end, v_magasin)
  on conflict (sha256) do nothing;
end;
$$;
comment on function private.ranger_contenu(bytea) is
  'Keeps a content, once. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.attacher(p_document public.documents, p_type text, p_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_maximum constant int := 50;
begin
  perform pg_advisory_xact_lock(hashtextextended('documents:' || p_type || p_id, 0));
  if (select count(*) from public.documents_liens l
       where (l.objet_type, l.objet_id) = (p_type, p_id) and l.document_id <> p_document.id) >= c_maximum then
    perform private.refuser('DOCUMENT_OBJET_PLEIN', jsonb_build_object('maximum', c_maximum));
  end if;
  insert into public.documents_liens (document_id, objet_type, objet_id, par)
  values (p_document.id, p_type, p_id, auth.uid()) on conflict do nothing;
  if not found then
    return;
  end if;
  update public.documents d
     set conserver_jusqu_au = greatest(d.conserver_jusqu_au, private.conserver_jusqu_au(d.categorie, p_type, p_id))
   where d.id = p_document.id;
  perform private.journaliser('DOCUMENT_LIE', 'documents', 'INFO', p_document.id, p_document.depot_id,
    jsonb_build_object('objet_type', p_type, 'objet_id', p_id));
end;
$$;
comment on function private.attacher(public.documents, text, uuid) is
  'The document proves this object too, and is kept as long as it wants; already so, nothing changes. Raises '
  'DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.inscrire_document(p_document public.documents, p_objet_type text, p_objet_id uuid)
  returns public.documents
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents := p_document;
begin
  v_document.depot_id := (private.objet(p_objet_type, p_objet_id) ->> 'depot_id')::uuid;
  insert into public.documents (categorie, nom, type_mime, taille, sha256, statut, origine, depot_id, moteur,
    analyse_le, conserver_jusqu_au, remplace_id, created_by)
  values (v_document.categorie, v_document.nom, v_document.type_mime, v_document.taille, v_document.sha256,
    v_document.statut, v_document.origine, v_document.depot_id, v_document.moteur, v_document.analyse_le,
    private.conserver_jusqu_au(v_document.categorie, p_objet_type, p_objet_id), v_document.remplace_id, auth.uid())
  returning * into v_document;
  perform private.journaliser('DOCUMENT_RECU', 'documents', 'INFO', v_document.id, v_document.depot_id,
    jsonb_build_object('categorie', v_document.categorie, 'nom', v_document.nom, 'taille', v_document.taille,
      'type_mime', v_document.type_mime, 'sha256', encode(v_document.sha256, 'hex'), 'origine', v_document.origine,
      'remplace_id', v_document.remplace_id));
  if p_objet_type is not null then
    perform private.attacher(v_document, p_objet_type, p_objet_id);
  end if;
  return v_document;
end;
$$;
comment on function private.inscrire_document(public.documents, text, uuid) is
  'Writes the row of a document whose content is kept, and attaches it to its first object. Raises '
  'DOCUMENT_OBJET_PLEIN, ISOLATION_INTERDITE, ECRITURES_GELEES, ECRITURE_INTERDITE.';

create function private.document_lu(p_demande jsonb, p_octets bytea) returns public.documents
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents;
begin
  perform private.exiger('deposer_documents');
  perform private.exiger_read_committed();
  v_document.type_mime := private.exiger_contenu(p_demande, p_octets);
  v_document.categorie := p_demande ->> 'categorie';
  v_document.nom := private.nom_de_fichier(p_demande ->> 'nom', v_document.type_mime);
  v_document.taille := octet_length(p_octets);
  v_document.sha256 := sha256(p_octets);
  return v_document;
end;
$$;
comment on function private.document_lu(jsonb, bytea) is
  'What a file says of itself once its bytes were read: type, name, size, hash; nothing is written. Raises '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, DOCUMENT_TYPE.';

create function private.recevoir_document(p_demande jsonb, p_octets bytea, p_remplace_id uuid default null)
  returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_document public.documents := private.document_lu(p_demande, p_octets);
begin
  v_document.statut := 'RECU';
  v_document.origine := 'TELEVERSE';
  v_document.remplace_id := p_remplace_id;
  perform private.exiger_quota(v_document.taille);
  perform private.verrouiller_contenu(v_document.sha256);
  perform private.ranger_contenu(p_octets);
  v_document := private.inscrire_document(v_document, p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  perform private.demander_analyse(v_document);
  return v_document.id;
end;
$$;
comment on function private.recevoir_document(jsonb, bytea, uuid) is
  'What the three functions below do once the caller may: content, row, link, and the analysis that is asked for, in '
  'one transaction. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, '
  'DOCUMENT_ALTERE, DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';

-- As the caller, so that what they attach to is what they see; in private, so that bytes come by the door only.
create function private.deposer_document(p_demande jsonb, p_octets bytea) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('deposer_documents');
  if p_demande ->> 'objet_type' is not null then
    perform private.exiger_objet(p_demande ->> 'objet_type', (p_demande ->> 'objet_id')::uuid);
  end if;
  return private.recevoir_document(p_demande, p_octets);
end;
$$;
comment on function private.deposer_document(jsonb, bytea) is
  'Keeps a file {categorie, nom, type_mime, sha256, objet_type, objet_id}: RECU until it is analysed. Raises '
  'ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE, DOCUMENT_TROP_GROS, DOCUMENT_ALTERE, '
  'DOCUMENT_TYPE, DOCUMENT_QUOTA, DOCUMENT_OBJET_PLEIN, ECRITURES_GELEES, ECRITURE_INTERDITE.';
