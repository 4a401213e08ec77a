-- What of the deliveries may be sold, and at what price.

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
