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
  c_changent constant text[] := '{statut,moteur,signature,analyse_le,conserver_jusqu_au,gel_juridique}';
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

-- Objects -------------------------------------------------------------------------------------------------------------

create function private.types_objets() returns table (objet_type text, relation text, annees int)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('CDR', 'public.cours_de_route', 0),
    ('RECEPTION', 'public.receptions', 0),
    ('SORTIE', 'public.sorties_produit', 0),
    ('LOT', 'public.fournisseur_lot', 0),
    ('FACTURE_FOURNISSEUR', 'public.fournisseur_facture_lot_min', 10),
    ('PAIEMENT_FOURNISSEUR', 'public.fournisseur_paiement_lot_min', 10),
    ('PROFORMA', 'public.proformas', 10),
    ('SBLC', 'public.sblc', 10),
    ('FRAIS_LOT', 'public.frais_lot', 10),
    ('ECART', 'public.ecarts', 0),
    ('ANALYSE', 'public.analyses', 0),
    ('FACTURE_CLIENT', 'public.factures_client', 10),
    ('ENCAISSEMENT', 'public.encaissements', 10),
    ('BON_LIVRAISON', 'public.bons_livraison', 10),
    ('COMMANDE', 'public.commandes', 10),
    ('TRANSFERT_DEPOT', 'public.transferts_depots', 0),
    ('PRISE', 'public.prises_de_hauteur', 0),
    ('BAREME', 'public.baremes', 0),
    ('COMPTEUR', 'public.compteurs', 0),
    ('CITERNE', 'public.citernes', 0),
    ('INTERVENTION', 'private.interventions', 10)
$$;
comment on function private.types_objets() is
  'What a document may be attached to: where it lies, and the years that the law wants its papers kept (0: as the '
  'document''s own category).';

create function private.objet_ecrit(p_type text) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(case
    when p_type in ('CDR', 'LOT') then private.peut('ecrire_cours_de_route')
    when p_type = 'RECEPTION' then private.peut('ecrire_reception')
    when p_type = 'SORTIE' then private.peut('ecrire_sortie')
    when p_type in ('FACTURE_FOURNISSEUR', 'PAIEMENT_FOURNISSEUR') then private.peut('ecrire_factures_fournisseur')
    when p_type = 'PROFORMA' then private.peut('ecrire_contrats')
    when p_type = 'SBLC' then private.peut('ecrire_sblc')
    when p_type = 'FRAIS_LOT' then private.peut('ecrire_frais_lot')
    when p_type = 'ECART' then private.peut('revoir_ecarts')
    when p_type = 'ANALYSE' then private.peut('ecrire_analyses')
    when p_type = 'FACTURE_CLIENT' then private.peut('facturer')
    when p_type = 'ENCAISSEMENT' then private.peut('encaisser')
    when p_type = 'BON_LIVRAISON' then private.peut('livrer')
    when p_type = 'COMMANDE' then private.peut('commander')
    when p_type = 'TRANSFERT_DEPOT' then private.peut('transferer_stock')
    when p_type = 'PRISE' then private.peut('mesurer_citerne')
    when p_type = 'BAREME' then private.peut('tenir_baremes')
    when p_type = 'COMPTEUR' then private.peut('tenir_compteurs')
    when p_type = 'CITERNE' then private.peut('ecrire_referentiels')
    when p_type = 'INTERVENTION' then private.peut('geler_ecritures') end, false);
end;
$$;
comment on function private.objet_ecrit(text) is 'Whether the caller may write such an object.';

create function private.objet_vu(p_type text, p_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- As the caller, so that each table answers by its own policy.
  case p_type
    when 'CDR' then return exists (select from public.cours_de_route o where o.id = p_id);
    when 'RECEPTION' then return exists (select from public.receptions o where o.id = p_id);
    when 'SORTIE' then return exists (select from public.sorties_produit o where o.id = p_id);
    when 'LOT' then return exists (select from public.fournisseur_lot o where o.id = p_id);
    when 'FACTURE_FOURNISSEUR' then
      return exists (select from public.fournisseur_facture_lot_min o where o.id = p_id);
    when 'PAIEMENT_FOURNISSEUR' then
      return exists (select from public.fournisseur_paiement_lot_min o where o.id = p_id);
    when 'PROFORMA' then return exists (select from public.proformas o where o.id = p_id);
    when 'SBLC' then return exists (select from public.sblc o where o.id = p_id);
    when 'FRAIS_LOT' then return exists (select from public.frais_lot o where o.id = p_id);
    when 'ECART' then return exists (select from public.ecarts o where o.id = p_id);
    when 'ANALYSE' then return exists (select from public.analyses o where o.id = p_id);
    when 'FACTURE_CLIENT' then return exists (select from public.factures_client o where o.id = p_id);
    when 'ENCAISSEMENT' then return exists (select from public.encaissements o where o.id = p_id);
    when 'BON_LIVRAISON' then return exists (select from public.bons_livraison o where o.id = p_id);
    when 'COMMANDE' then return exists (select from public.commandes o where o.id = p_id);
    when 'TRANSFERT_DEPOT' then return exists (select from public.transferts_depots o where o.id = p_id);
    when 'PRISE' then return exists (select from public.prises_de_hauteur o where o.id = p_id);
    when 'BAREME' then return exists (select from public.baremes o where o.id = p_id);
    when 'COMPTEUR' then return exists (select from public.compteurs o where o.id = p_id);
    when 'CITERNE' then return exists (select from public.citernes o where o.id = p_id);
    -- Of the operators' own: a table that nobody reads through a door.
    when 'INTERVENTION' then return private.peut('geler_ecritures') and private.objet(p_type, p_id) is not null;
    else return false;
  end case;
end;
$$;
comment on function private.objet_vu(text, uuid) is
  'Whether the caller sees this object: its own table says, under its own policy.';

create function private.objet(p_type text, p_id uuid) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_relation text;
  v_objet jsonb;
begin
  select t.relation into v_relation from private.types_objets() t where t.objet_type = p_type;
  if v_relation is null or p_id is null then
    return null;
  end if;
  execute format('select to_jsonb(t) from %s t where t.id = $1', v_relation) into v_objet using p_id;
  return case when v_objet is not null then jsonb_build_object(
    'depot_id', coalesce(v_objet ->> 'depot_id', v_objet ->> 'depot_destination_id', v_objet ->> 'depot_source_id'),
    'annee', coalesce(left(coalesce(v_objet ->> 'date_facture', v_objet ->> 'date_reception',
        v_objet ->> 'date_paiement', v_objet ->> 'date_livraison', v_objet ->> 'date_fin',
        v_objet ->> 'date_proforma', v_objet ->> 'date_chargement', v_objet ->> 'date_lot'), 4)::int,
      extract(year from coalesce(v_objet ->> 'date_sortie', v_objet ->> 'recu_le', v_objet ->> 'created_at',
        v_objet ->> 'ouverte_le')::timestamptz at time zone private.fuseau_societe())::int)) end;
end;
$$;
comment on function private.objet(text, uuid) is
  'Depot and year of an object; null where there is none. Whoever asks: never shown, only counted with.';

create function private.document_lie(p_id uuid) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from public.documents_liens l
                  where l.document_id = p_id and private.objet(l.objet_type, l.objet_id) is not null);
end;
$$;
comment on function private.document_lie(uuid) is
  'Whether a document is attached to something that there still is, seen or not by the caller.';

create function private.conserver_jusqu_au(p_categorie text, p_type text, p_id uuid) returns date
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return make_date(
    coalesce((private.objet(p_type, p_id) ->> 'annee')::int, extract(year from private.aujourdhui())::int)
    + greatest(case p_categorie when 'PHOTO' then 2 when 'CERTIFICAT' then 5 when 'BAREME' then 5 else 10 end,
        (select t.annees from private.types_objets() t where t.objet_type = p_type)), 12, 31);
end;
$$;
comment on function private.conserver_jusqu_au(text, text, uuid) is
  'Last day a document of this category must be kept for this object, or for none: certificates five years, photos '
  'two, accounting papers and whatever proves an account ten, from the end of the object''s year.';

create function private.exiger_objet(p_type text, p_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- As the caller: what they do not see is not there.
  if private.objet_vu(p_type, p_id) is not true then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet objet'));
  end if;
  if not private.objet_ecrit(p_type) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('objet_type', p_type));
  end if;
end;
$$;
comment on function private.exiger_objet(text, uuid) is
  'Who attaches a document sees the object and may write it. Raises INTROUVABLE, ROLE_FORBIDDEN.';

-- What is seen --------------------------------------------------------------------------------------------------------

alter table public.documents enable row level security;
alter table public.documents_liens enable row level security;
alter table private.contenus enable row level security;
grant select on public.documents, public.documents_liens to authenticated, service_role;
create policy documents_liens_lecture on public.documents_liens for select to authenticated
  using (private.objet_vu(objet_type, objet_id));
create policy documents_lecture on public.documents for select to authenticated
  using (exists (select from public.documents_liens l where l.document_id = documents.id)
         or ((created_by = (select auth.uid()) or (select private.peut('tenir_documents')))
             and not private.document_lie(id)));

create view public.v_documents with (security_invoker = true) as
  select d.id, d.categorie, d.nom, d.type_mime, d.taille, encode(d.sha256, 'hex') as sha256, d.statut, d.origine,
         d.depot_id, d.moteur, d.signature, d.analyse_le, d.conserver_jusqu_au, d.gel_juridique, d.remplace_id,
         (select s.id from public.documents s where s.remplace_id = d.id) as remplace_par, d.created_by, d.created_at
    from public.documents d;
comment on view public.v_documents is
  'Documents as they are read: the hash in hexadecimal, and which one has taken its place.';

create view public.v_documents_objet with (security_invoker = true) as
  select l.id as lien_id, l.objet_type, l.objet_id, l.par, l.le, d.id as document_id, d.categorie, d.nom, d.type_mime,
         d.taille, encode(d.sha256, 'hex') as sha256, d.statut, d.origine, d.depot_id, d.conserver_jusqu_au,
         d.gel_juridique,
         (select s.id from public.documents s where s.remplace_id = d.id) as remplace_par, d.created_by, d.created_at
    from public.documents_liens l join public.documents d on d.id = l.document_id;
comment on view public.v_documents_objet is 'What is attached to what: one row a link.';
grant select on public.v_documents, public.v_documents_objet to authenticated, service_role;
