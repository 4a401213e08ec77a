-- What of the deliveries may be sold, at what price, and the draft of an invoice that sells it.

create function private.facture_de_sortie(p_sortie_id uuid) returns uuid
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select f.facture_id from private.facturations_sortie f
           where f.sortie_id = p_sortie_id and f.libere_par is null);
end;
$$;
comment on function private.facture_de_sortie(uuid) is 'The invoice that sells a sortie; null: none yet.';
grant execute on function private.facture_de_sortie(uuid) to authenticated, service_role;

create type private.vendable as (
  sortie_id uuid, bl_id uuid, client_id uuid, depot_id uuid, produit_id uuid, produit text, tva_groupe text,
  jour date, plaque text, volume_ambiant numeric, volume_15c numeric, raison text, commande text, devise text,
  base text, prix_ht numeric
);
comment on type private.vendable is
  'A sortie as it may be sold: litres of its confirmed note, else its own with its adjustments; raison: why it may '
  'not; commande, devise, base, prix_ht: number, currency, litre and price of the order it delivers, if it does.';

create function private.vendables(p_sorties uuid[]) returns setof private.vendable
language sql stable
begin atomic
  select s.id as sortie_id, b.id as bl_id, s.client_id, s.depot_id, s.produit_id, p.nom as produit, p.tva_groupe,
         s.date_jour as jour, s.plaque_camion as plaque,
         coalesce(b.volume_livre_ambiant, s.volume_ambiant - a.ambiant) as volume_ambiant,
         coalesce(b.volume_livre_15c, s.volume_15c - a.quinze) as volume_15c,
         case when s.statut <> 'validee' then 'NON_VALIDEE' when s.proprietaire_type <> 'MONALUXE' then 'PARTENAIRE'
              when s.client_id is null then 'SANS_CLIENT'
              when a.compensee or s.volume_15c - a.quinze <= 0 then 'COMPENSEE'
              when exists (select from private.facturations_sortie f
                            where f.sortie_id = s.id and f.libere_par is null) then 'DEJA_FACTUREE' end as raison,
         k.numero as commande, k.devise, k.base, k.prix_ht
    from public.sorties_produit s
    join public.produits p on p.id = s.produit_id
    left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
    left join (public.sorties_commandes l join public.commandes k on k.id = l.commande_id) on l.sortie_id = s.id
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as ambiant, coalesce(sum(x.delta_15c), 0) as quinze,
            coalesce(bool_or(x.compensation), false) as compensee
       from public.stocks_adjustments x where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) a
   where s.id = any (p_sorties);
end;
comment on function private.vendables(uuid[]) is
  'Sorties as they may be sold now: litres, tax group, and why one may not. Inlined where it is used.';

create function private.prix_ou_rien_de(p_vendable private.vendable, p_conditions public.clients_conditions)
  returns numeric
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_vendable.commande is null then private.prix_ou_rien(p_vendable.produit_id, p_vendable.client_id,
      p_vendable.depot_id, p_vendable.jour, p_conditions.devise, p_conditions.base)
    when p_vendable.devise = p_conditions.devise then p_vendable.prix_ht end
$$;
comment on function private.prix_ou_rien_de(private.vendable, public.clients_conditions) is
  'Price of a litre of a sortie under these terms: its order''s, else the tarif of its day; null where there is none, '
  'or where its order is in another currency.';

create function private.prix_de(p_vendable private.vendable, p_conditions public.clients_conditions) returns numeric
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_prix numeric;
begin
  if p_vendable.commande is null then
    v_prix := private.prix_ou_rien(p_vendable.produit_id, p_vendable.client_id, p_vendable.depot_id, p_vendable.jour,
      p_conditions.devise, p_conditions.base);
    if v_prix is null then
      v_prix := private.prix(p_vendable.produit_id, p_vendable.client_id, p_vendable.depot_id, p_vendable.jour,
        p_conditions.devise, p_conditions.base);
    end if;
    return v_prix;
  end if;
  if p_vendable.devise <> p_conditions.devise then
    perform private.refuser('COMMANDE_DEVISE', jsonb_build_object('commande', p_vendable.commande,
      'devise', p_vendable.devise, 'devise_client', p_conditions.devise));
  end if;
  return p_vendable.prix_ht;
end;
$$;
comment on function private.prix_de(private.vendable, public.clients_conditions) is
  'The same, which must be: raises TARIF_ABSENT, COMMANDE_DEVISE.';

create function private.ligne_de(
  p_vendable private.vendable, p_conditions public.clients_conditions, p_jour date, p_rang int
) returns public.factures_client_lignes
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne public.factures_client_lignes;
begin
  v_ligne.rang := p_rang;
  v_ligne.nature := 'CARBURANT';
  v_ligne.sortie_id := p_vendable.sortie_id;
  v_ligne.bl_id := p_vendable.bl_id;
  v_ligne.designation := concat_ws(', ', p_vendable.produit,
    'livraison du ' || to_char(p_vendable.jour, 'DD/MM/YYYY'), 'camion ' || p_vendable.plaque,
    'commande ' || p_vendable.commande);
  v_ligne.base := coalesce(p_vendable.base, p_conditions.base);
  v_ligne.quantite := case v_ligne.base when 'L15' then p_vendable.volume_15c else p_vendable.volume_ambiant end;
  v_ligne.prix_ht := private.prix_de(p_vendable, p_conditions);
  v_ligne.tva_groupe := p_vendable.tva_groupe;
  v_ligne.tva_taux := private.taux_tva_du(p_vendable.tva_groupe, p_jour);
  v_ligne.montant_ht := round(v_ligne.quantite * v_ligne.prix_ht, 2);
  return v_ligne;
end;
$$;
comment on function private.ligne_de(private.vendable, public.clients_conditions, date, int) is
  'The line of a sortie as it is invoiced on a day, at the price of its order or of its own day; its invoice is the '
  'caller''s to say. Raises TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

create function private.lignes_de(
  p_vendables private.vendable[], p_conditions public.clients_conditions, p_jour date
) returns public.factures_client_lignes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_vendable private.vendable;
begin
  foreach v_vendable in array p_vendables loop
    v_lignes := v_lignes || private.ligne_de(v_vendable, p_conditions, p_jour, cardinality(v_lignes) + 1);
  end loop;
  return v_lignes;
end;
$$;
comment on function private.lignes_de(private.vendable[], public.clients_conditions, date) is
  'Lines of sorties as they are invoiced on a day, in their order; their invoice is the caller''s to say. Raises '
  'TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

create function private.exiger_facturables(p_sorties uuid[], p_client_id uuid, p_depot_id uuid)
  returns private.vendable[]
language plpgsql
set search_path = pg_catalog, pg_temp
-- Rows by their keys, also where a plan was made when there were few.
set enable_seqscan = off
as $$
declare
  v_vendables private.vendable[] := array[]::private.vendable[];
  v_vendable private.vendable;
  v_refus jsonb;
begin
  -- Until this ends nobody corrects them, and nobody else invoices them. One, nearly always, has a plan that is kept:
  -- that of a list whose length nobody knows is made again at each call, ten times what reading one costs.
  if cardinality(p_sorties) = 1 then
    perform from public.sorties_produit s where s.id = p_sorties[1] for no key update;
    v_vendables := array(select v from private.vendables(array[p_sorties[1]]) v);
  elsif p_sorties <> '{}' then
    perform from public.sorties_produit s where s.id = any (p_sorties) order by s.id for no key update;
    v_vendables := array(select v from private.vendables(p_sorties) v order by v.jour, v.sortie_id);
  end if;
  foreach v_vendable in array v_vendables loop
    if v_vendable.raison is not null or v_vendable.client_id <> p_client_id or v_vendable.depot_id <> p_depot_id then
      v_refus := coalesce(v_refus, '[]') || jsonb_build_object('sortie_id', v_vendable.sortie_id,
        'raison', coalesce(v_vendable.raison,
          case when v_vendable.client_id <> p_client_id then 'AUTRE_CLIENT' else 'AUTRE_DEPOT' end));
    end if;
  end loop;
  if v_refus is not null then
    perform private.refuser('SORTIE_NON_FACTURABLE',
      jsonb_build_object('raison', v_refus -> 0 ->> 'raison', 'sorties', v_refus));
  end if;
  if cardinality(v_vendables) < cardinality(p_sorties) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'une de ces sorties'));
  end if;
  return v_vendables;
end;
$$;
comment on function private.exiger_facturables(uuid[], uuid, uuid) is
  'These sorties, locked, in the order of their lines: all may be sold to this client by this depot. Raises '
  'SORTIE_NON_FACTURABLE, INTROUVABLE.';

-- Draft ---------------------------------------------------------------------------------------------------------------

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
