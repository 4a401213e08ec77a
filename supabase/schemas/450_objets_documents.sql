-- What documents are attached to: which objects there are, who sees each, and so who sees its documents.

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
