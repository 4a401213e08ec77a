-- Documents: certificates, bills of lading, contracts, photos and papers we drew, kept with what they prove.
--
--   RECU → DISPONIBLE | INFECTE | REJETE   by whoever analyses it (452), and by nobody else
--   DISPONIBLE → INFECTE                   what was not known at first
--   any → PURGE                            the bytes go, the row and its hash stay
--
-- One copy a content, by its SHA-256. One sees a document if one sees an object that it is attached to, and its bytes
-- only while it is DISPONIBLE (451).

create table public.documents (
  id uuid primary key default private.nouvel_id(),
  categorie text not null check (categorie in
    ('CERTIFICAT', 'BL', 'PROFORMA', 'SBLC', 'FACTURE', 'RECU', 'PHOTO', 'BAREME', 'RAPPORT', 'AUTRE')),
  nom text not null check (nom <> '' and char_length(nom) <= 200),
  type_mime text not null check (type_mime in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
  taille int not null check (taille between 1 and 10485760),
  sha256 bytea not null check (octet_length(sha256) = 32),
  statut text not null default 'RECU' check (statut in ('RECU', 'DISPONIBLE', 'INFECTE', 'REJETE', 'PURGE')),
  origine text not null default 'TELEVERSE' check (origine in ('TELEVERSE', 'GENERE')),
  depot_id uuid references public.depots (id),
  moteur text,
  signature text,
  analyse_le timestamptz,
  conserver_jusqu_au date not null,
  gel_juridique boolean not null default false,
  remplace_id uuid unique references public.documents (id),
  created_by uuid references auth.users (id),
  created_at timestamptz not null default now(),
  check (statut not in ('INFECTE', 'REJETE') or signature is not null),
  check ((moteur is null) = (analyse_le is null)),
  check (statut <> 'DISPONIBLE' or moteur is not null)
);
comment on table public.documents is
  'Papers and pictures, kept with what they prove. Written by rules only; once written, only its state, its analysis, '
  'its hold and its retention change.';
comment on column public.documents.taille is 'Bytes; ten mebibytes at most.';
comment on column public.documents.sha256 is 'Of its bytes: what it is, also once they are gone.';
comment on column public.documents.moteur is 'What analysed it, with its version; of a paper we drew, interne.';
comment on column public.documents.signature is 'What was found in it; null for nothing.';
comment on column public.documents.conserver_jusqu_au is 'Last day it must be kept: the longest of what it proves.';
comment on column public.documents.gel_juridique is 'Kept whatever its age, until somebody lifts it.';
comment on column public.documents.remplace_id is 'The document that this one takes the place of, which stays.';
comment on column public.documents.depot_id is 'Depot of the first object it was attached to; null: of none.';
create index documents_sha256_idx on public.documents (sha256);
create index documents_page_idx on public.documents (created_at desc, id desc);
create index documents_depot_id_idx on public.documents (depot_id);
create index documents_created_by_idx on public.documents (created_by, created_at);
create index documents_a_voir_idx on public.documents (id) where statut in ('RECU', 'INFECTE');
create index documents_a_purger_idx on public.documents (conserver_jusqu_au) where statut <> 'PURGE';

create table public.documents_liens (
  id uuid primary key default private.nouvel_id(),
  document_id uuid not null references public.documents (id),
  objet_type text not null check (objet_type in ('CDR', 'RECEPTION', 'SORTIE', 'LOT', 'FACTURE_FOURNISSEUR',
    'PAIEMENT_FOURNISSEUR', 'PROFORMA', 'SBLC', 'FRAIS_LOT', 'ECART', 'ANALYSE', 'FACTURE_CLIENT', 'ENCAISSEMENT',
    'BON_LIVRAISON', 'COMMANDE', 'TRANSFERT_DEPOT', 'PRISE', 'BAREME', 'COMPTEUR', 'CITERNE', 'INTERVENTION')),
  objet_id uuid not null,
  par uuid references auth.users (id),
  le timestamptz not null default now(),
  unique (document_id, objet_type, objet_id)
);
comment on table public.documents_liens is
  'What a document proves. Immutable: a link widens who sees the document, never who sees the object.';
create index documents_liens_objet_idx on public.documents_liens (objet_type, objet_id);
create index documents_liens_page_idx on public.documents_liens (le desc, id desc);
create index documents_liens_par_idx on public.documents_liens (par);

create table private.contenus (
  sha256 bytea primary key,
  taille int not null check (taille between 1 and 10485760),
  octets bytea,
  magasin text not null default 'BASE' check (magasin in ('BASE', 'S3')),
  created_at timestamptz not null default now(),
  check ((octets is not null) = (magasin = 'BASE')),
  constraint contenus_entiers check (octets is null or (sha256(octets) = sha256 and octet_length(octets) = taille))
);
comment on table private.contenus is
  'The bytes, one copy a content: here, or (S3) in a bucket under the hash. A restore checks each again: they are '
  'what their hash says or they do not enter.';
-- Most are compressed already.
alter table private.contenus alter column octets set storage external;

create trigger documents_gel before insert or update on public.documents
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger documents_liens_gel before insert on public.documents_liens
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger contenus_gel before insert or update or delete on private.contenus
  for each statement execute function private.exiger_ecritures_ouvertes();
create trigger documents_block before delete or truncate on public.documents
  for each statement execute function private.interdire_ecriture();
create trigger documents_liens_block before update or delete or truncate on public.documents_liens
  for each statement execute function private.interdire_ecriture();
create trigger contenus_block before truncate on private.contenus
  for each statement execute function private.interdire_ecriture();

create function private.contenus_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- From here to the bucket and back, nothing else.
  if (new.sha256, new.taille, new.created_at) is distinct from (old.sha256, old.taille, old.created_at) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.contenus_figer() is
  'A content changes the place where it lies, and nothing else. Raises ECRITURE_INTERDITE.';
create trigger contenus_figer before update on private.contenus
  for each row execute function private.contenus_figer();

create function private.documents_figer() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_changent constant text[] := array['statut', 'moteur', 'signature', 'analyse_le', 'conserver_jusqu_au',
    'gel_juridique'];
begin
  if to_jsonb(new) - c_changent <> to_jsonb(old) - c_changent
     or (new.statut <> old.statut and not (new.statut = 'PURGE'
         or (old.statut = 'RECU' and new.statut in ('DISPONIBLE', 'INFECTE', 'REJETE'))
         or (old.statut = 'DISPONIBLE' and new.statut = 'INFECTE')))
     or new.conserver_jusqu_au < old.conserver_jusqu_au
     or (old.statut = 'PURGE' and to_jsonb(new) <> to_jsonb(old)) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;
comment on function private.documents_figer() is
  'What a document is never changes; its state only as the chapter says, its retention only to later. Raises '
  'ECRITURE_INTERDITE.';
create trigger documents_figer before update on public.documents
  for each row execute function private.documents_figer();
