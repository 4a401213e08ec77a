-- The draft of an invoice: the deliveries that it sells, and services.

create function private.depot_d_acteur(p_acteur private.acteur, p_depot_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not coalesce(p_depot_id = any (p_acteur.depots), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
end;
$$;
comment on function private.depot_d_acteur(private.acteur, uuid) is
  'A depot that this person sees. Raises INTROUVABLE.';

create function private.lignes_de_services(p_services jsonb, p_apres int, p_jour date)
  returns public.factures_client_lignes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_ligne public.factures_client_lignes;
  v_service jsonb;
begin
  for v_service in select s.ligne from jsonb_array_elements(p_services) with ordinality s (ligne, rang) order by s.rang
  loop
    v_ligne.rang := p_apres + cardinality(v_lignes) + 1;
    v_ligne.nature := 'SERVICE';
    v_ligne.designation := v_service ->> 'designation';
    v_ligne.base := 'UNITE';
    v_ligne.quantite := (v_service ->> 'quantite')::numeric;
    v_ligne.prix_ht := (v_service ->> 'prix_ht')::numeric;
    v_ligne.tva_groupe := coalesce(v_service ->> 'tva_groupe', 'B');
    v_ligne.tva_taux := private.taux_tva_du(v_ligne.tva_groupe, p_jour);
    v_ligne.montant_ht := round(v_ligne.quantite * v_ligne.prix_ht, 2);
    v_lignes := v_lignes || v_ligne;
  end loop;
  return v_lignes;
end;
$$;
comment on function private.lignes_de_services(jsonb, int, date) is
  'Lines of services [{designation, quantite, prix_ht, tva_groupe}], after so many others. Raises TVA_NON_FIXEE, and '
  '22xxx.';

create function private.ecrire_lignes_facture(
  p_facture public.factures_client, p_conditions public.clients_conditions, p_vendables private.vendable[],
  p_services jsonb
) returns numeric
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_jour constant date := private.jour_au_depot(p_facture.depot_id, now());
  v_lignes public.factures_client_lignes[] := private.lignes_de(p_vendables, p_conditions, v_jour);
  v_total numeric := 0;
begin
  if p_services <> '[]' then
    v_lignes := v_lignes || private.lignes_de_services(p_services, cardinality(v_lignes), v_jour);
  end if;
  if cardinality(v_lignes) = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  for v_rang in 1 .. cardinality(v_lignes) loop
    v_lignes[v_rang].id := private.nouvel_id();
    v_lignes[v_rang].facture_id := p_facture.id;
    v_lignes[v_rang].depot_id := p_facture.depot_id;
    v_total := v_total + v_lignes[v_rang].montant_ht;
  end loop;
  -- As the table has its columns: one that migrations made has them in another order than its chapter.
  insert into public.factures_client_lignes select l.* from unnest(v_lignes) l;
  return v_total;
end;
$$;
comment on function private.ecrire_lignes_facture(public.factures_client, public.clients_conditions,
  private.vendable[], jsonb) is
  'Writes the lines of an invoice that is not written yet, at these terms and the prices of each day, and gives their '
  'sum before tax. Raises FACTURE_VIDE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, and 22xxx, 23xxx.';

create function private.nouvelle_facture(p_depot_id uuid, p_client_id uuid, p_devise text)
  returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client;
begin
  v_facture.id := private.nouvel_id();
  v_facture.depot_id := p_depot_id;
  v_facture.client_id := p_client_id;
  v_facture.type := 'FACTURE';
  v_facture.statut := 'BROUILLON';
  v_facture.devise := p_devise;
  v_facture.created_by := auth.uid();
  v_facture.created_at := now();
  return v_facture;
end;
$$;
comment on function private.nouvelle_facture(uuid, uuid, text) is
  'The draft of an invoice in a currency, not yet written and without lines.';

create function private.rediger_facture(
  p_depot_id uuid, p_client_id uuid, p_vendables private.vendable[], p_services jsonb
) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_conditions constant public.clients_conditions := private.conditions_de(p_client_id);
  v_facture public.factures_client := private.nouvelle_facture(p_depot_id, p_client_id, v_conditions.devise);
begin
  v_facture.total_ht := private.ecrire_lignes_facture(v_facture, v_conditions, p_vendables, p_services);
  insert into public.factures_client select v_facture.*;
  return v_facture;
end;
$$;
comment on function private.rediger_facture(uuid, uuid, private.vendable[], jsonb) is
  'Writes the draft of an invoice, at the terms of its client and the prices of each day. Raises FACTURE_VIDE, '
  'TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE, ECRITURES_GELEES, ISOLATION_INTERDITE, and 22xxx, 23xxx.';

create function public.preparer_facture(
  p_client_id uuid, p_depot_id uuid, p_sorties uuid[] default '{}', p_services jsonb default '[]'
) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_sorties uuid[] := coalesce(p_sorties, '{}');
  v_vendables private.vendable[];
  v_id uuid;
  v_fait text;
begin
  v_fait := private.depot_d_acteur(v_acteur, p_depot_id);
  if not exists (select from public.clients c where c.id = p_client_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  if cardinality(v_sorties) > 1 then
    v_sorties := array(select distinct s from unnest(v_sorties) s);
  end if;
  v_vendables := private.exiger_facturables(v_sorties, p_client_id, p_depot_id);
  v_fait := private.exiger_lignes(p_services);
  v_id := (private.rediger_facture(p_depot_id, p_client_id, v_vendables, p_services)).id;
  v_fait := private.journaliser('FACTURE_CLIENT_PREPAREE', 'ventes', 'INFO', v_id, p_depot_id,
    jsonb_build_object('client_id', p_client_id, 'sorties', v_sorties, 'services', p_services));
  return v_id;
end;
$$;
comment on function public.preparer_facture(uuid, uuid, uuid[], jsonb) is
  'Drafts an invoice of deliveries of one client at one depot, and of services [{designation, quantite, prix_ht, '
  'tva_groupe}]. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, FORME_INATTENDUE, ISOLATION_INTERDITE, '
  'INTROUVABLE, ECRITURES_GELEES, '
  'TVA_NON_FIXEE, '
  'TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, and 22xxx, 23xxx.';

create function private.brouillon_facture(p_id uuid) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
begin
  select * into v_facture from public.factures_client f
   where f.id = p_id and f.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'BROUILLON' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;
comment on function private.brouillon_facture(uuid) is
  'A draft, locked, of somebody who may issue it. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT.';

create function public.supprimer_facture(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture constant public.factures_client := private.brouillon_facture(p_id);
begin
  delete from public.factures_client f where f.id = p_id;
  perform private.journaliser('FACTURE_CLIENT_SUPPRIMEE', 'ventes', 'INFO', p_id, v_facture.depot_id,
    to_jsonb(v_facture));
end;
$$;
comment on function public.supprimer_facture(uuid) is
  'Deletes a draft; what is issued stays. Raises ROLE_FORBIDDEN, ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, '
  'FACTURE_ETAT.';

revoke execute on function public.preparer_facture(uuid, uuid, uuid[], jsonb), public.supprimer_facture(uuid)
  from public, anon;
grant execute on function public.preparer_facture(uuid, uuid, uuid[], jsonb), public.supprimer_facture(uuid)
  to authenticated;
