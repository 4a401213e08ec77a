-- What is read of sales: what is left to invoice, to pay, to count.

create function private.regle_facture_client(p_facture_id uuid) returns numeric
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$ select coalesce(private.montant_lettre((private.ecriture_facture_client(p_facture_id)).id), 0) $$;
comment on function private.regle_facture_client(uuid) is
  'How much of an issued invoice is settled, credit notes counted; of a credit note, how much of it has settled.';
grant execute on function private.regle_facture_client(uuid) to authenticated, service_role;

create view public.v_factures_client with (security_invoker = true) as
  select f.id, f.depot_id, f.type, f.numero, f.client_id, c.nom as client_nom, f.devise, f.taux_cdf, f.date_facture,
         f.date_echeance, f.statut, f.facture_origine_id, f.nature, f.motif, f.total_ht, f.total_tva, f.total_ttc,
         f.total_tva_cdf, f.total_ttc_cdf, encode(f.empreinte, 'hex') as empreinte, f.created_by, f.emise_par,
         f.emise_le, f.created_at, r.regle, f.total_ttc - r.regle as solde,
         case when f.statut = 'BROUILLON' then 'BROUILLON' when r.regle = 0 then 'IMPAYEE'
              when r.regle < f.total_ttc then 'PARTIELLE' else 'PAYEE' end as statut_paiement,
         case when f.statut = 'EMISE' and f.type = 'FACTURE' and r.regle < f.total_ttc
              then greatest((now() at time zone private.fuseau_societe())::date - f.date_echeance, 0) else 0 end
           as jours_retard
    from public.factures_client f
    join public.clients c on c.id = f.client_id
   cross join lateral (select private.regle_facture_client(f.id) as regle) r;
comment on view public.v_factures_client is
  'Invoices and credit notes of clients: what is paid and left of each (devise), and how many days it is late.';

create view public.v_sorties_a_facturer with (security_invoker = true) as
  select s.id as sortie_id, s.depot_id, s.client_id, c.nom as client_nom, s.produit_id, p.nom as produit_nom,
         s.date_jour, s.volume_ambiant, s.volume_15c, s.plaque_camion, b.id as bl_id, b.numero as bl_numero
    from public.sorties_produit s
    join public.clients c on c.id = s.client_id
    join public.produits p on p.id = s.produit_id
    left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
   where s.statut = 'validee' and s.proprietaire_type = 'MONALUXE' and private.facture_de_sortie(s.id) is null
     and not exists (select from public.stocks_adjustments a
                      where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id and a.compensation);
comment on view public.v_sorties_a_facturer is
  'Deliveries of Monaluxe''s fuel to clients that no invoice sells yet; litres as measured and at 15 °C.';

create function private.encours_vu(p_conditions public.clients_conditions) returns private.encours
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.peut('lire_ventes') then
    return private.encours(p_conditions);
  end if;
  return null;
end;
$$;
comment on function private.encours_vu(public.clients_conditions) is
  'What a client owes, for who may read sales. Raises TAUX_ABSENT, TVA_NON_FIXEE.';
grant execute on function private.encours_vu(public.clients_conditions) to authenticated, service_role;

create view public.v_encours_client with (security_invoker = true) as
  select c.client_id, n.nom as client_nom, c.devise, c.base, c.delai_jours, c.plafond, c.suspendu, c.suivi_depuis,
         e.solde, e.non_facture, e.sans_prix, e.solde + e.non_facture as encours,
         c.plafond - e.solde - e.non_facture as disponible
    from public.clients_conditions c
    join public.clients n on n.id = c.client_id
   cross join lateral private.encours_vu(c) e;
comment on view public.v_encours_client is
  'Terms of each client who has some, and what they owe: account and deliveries not yet invoiced, in devise.';

create function private.restes_vus() returns table (depot_id uuid, client_id uuid, devise text, echeance date,
  debit numeric, credit numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select e.depot_id, r.client_id, r.devise, r.echeance, r.debit, r.credit
    from private.restes_clients r join public.ecritures_tiers e on e.id = r.ecriture_id
   where e.depot_id = any ((select private.depots_ou('lire_ventes'))::uuid[])
$$;
comment on function private.restes_vus() is
  'What is open of clients'' accounts at the depots whose sales one may read.';
grant execute on function private.restes_vus() to authenticated, service_role;

create view public.v_balance_agee with (security_invoker = true) as
  select r.client_id, c.nom as client_nom, r.devise,
         coalesce(sum(r.debit) filter (where j.retard <= 0), 0) as non_echu,
         coalesce(sum(r.debit) filter (where j.retard between 1 and 30), 0) as de_1_a_30,
         coalesce(sum(r.debit) filter (where j.retard between 31 and 60), 0) as de_31_a_60,
         coalesce(sum(r.debit) filter (where j.retard between 61 and 90), 0) as de_61_a_90,
         coalesce(sum(r.debit) filter (where j.retard > 90), 0) as plus_de_90,
         sum(r.credit) as avances, sum(r.debit - r.credit) as solde
    from private.restes_vus() r
    join public.clients c on c.id = r.client_id
   cross join lateral (select (now() at time zone private.fuseau_societe())::date - r.echeance as retard) j
   group by r.client_id, c.nom, r.devise;
comment on view public.v_balance_agee is
  'What each client owes by how many days it is late, and what they have paid ahead, per currency.';

create view public.v_caisse_jour with (security_invoker = true) as
  select m.depot_id, m.jour, m.devise, sum(m.encaissements) as encaissements, sum(m.encaisse) as encaisse,
         private.caisse_theorique(m.depot_id, m.devise, m.jour) as theorique, k.compte, k.ecart, k.par
    from (
      select e.depot_id, e.jour_caisse as jour, e.devise, 1 as encaissements, e.montant as encaisse
        from public.encaissements e where e.mode = 'CASH' and e.statut = 'CONFIRME'
      union all
      select r.depot_id, r.jour_caisse, e.devise_compte, 0, 0
        from public.remboursements r join public.encaissements e on e.id = r.encaissement_id where r.mode = 'CASH'
      union all
      select c.depot_id, c.jour, c.devise, 0, 0 from public.clotures_caisse c) m
    left join public.clotures_caisse k on k.depot_id = m.depot_id and k.devise = m.devise and k.jour = m.jour
   group by m.depot_id, m.jour, m.devise, k.compte, k.ecart, k.par;
comment on view public.v_caisse_jour is
  'Cash of each day, depot and currency, where any was taken in, given back or counted: taken in, what the till should '
  'hold, what was counted at its closing.';
grant select on public.v_factures_client, public.v_sorties_a_facturer, public.v_encours_client, public.v_balance_agee,
  public.v_caisse_jour to authenticated, service_role;

-- Verification --------------------------------------------------------------------------------------------------------

create function private.verifier_factures() returns table (defaut text, objet_id uuid, attendu text, trouve text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select 'EMPREINTE', f.id, encode(private.empreinte_facture(f), 'hex'), encode(f.empreinte, 'hex')
    from public.factures_client f where f.statut = 'EMISE' and f.empreinte <> private.empreinte_facture(f)
  union all
  select 'CHAINE', f.id, encode(p.empreinte, 'hex'), encode(f.precedent, 'hex')
    from (select x.*, lag(x.empreinte) over w as avant,
                 max(case when y.facture_id is null then x.date_facture end)
                   over (w rows between unbounded preceding and 1 preceding) as jour_avant, row_number() over w as rang
            from public.factures_client x
            left join private.dates_fausses y on y.facture_id = x.id
           where x.statut = 'EMISE'
          window w as (partition by x.depot_id, x.type, x.exercice order by x.sequence)) f
   cross join lateral (select f.avant as empreinte) p
   where f.precedent is distinct from f.avant or f.jour_avant > f.date_facture
  union all
  select 'TOTAUX', f.id, f.total_ht::text, l.ht::text
    from public.factures_client f
   cross join lateral (select sum(x.montant_ht) as ht from public.factures_client_lignes x where x.facture_id = f.id) l
   cross join lateral (select sum(x.base_ht) as ht, sum(x.montant_tva) as tva
                         from public.factures_client_taxes x where x.facture_id = f.id) t
   where f.statut = 'EMISE' and (f.total_ht, f.total_ht, f.total_tva, f.total_ttc)
         is distinct from (l.ht, t.ht, t.tva, t.ht + t.tva)
  union all
  select 'AVOIRS', f.id, f.total_ttc::text, a.ttc::text
    from public.factures_client f
   cross join lateral (select sum(x.total_ttc) as ttc, sum(x.total_ttc_cdf) as cdf from public.factures_client x
                        where x.facture_origine_id = f.id and x.statut = 'EMISE') a
   where a.ttc > f.total_ttc or a.cdf > f.total_ttc_cdf
  union all
  select 'COMPTE', f.id, f.total_ttc::text, (e.debit + e.credit)::text
    from public.factures_client f cross join lateral private.ecriture_facture_client(f.id) e
   where f.statut = 'EMISE' and f.total_ttc is distinct from e.debit + e.credit
  union all
  select 'RECU', e.id, e.montant_compte::text, p.credit::text
    from public.encaissements e
    left join public.ecritures_tiers p
      on p.source_type = 'encaissements' and p.source_id = e.id and p.type = 'PAIEMENT'
   where e.numero_recu is not null and e.montant_compte is distinct from p.credit
  union all
  select 'RESTE', e.id, (e.debit + e.credit - private.montant_lettre(e.id))::text, (r.debit + r.credit)::text
    from public.ecritures_tiers e left join private.restes_clients r on r.ecriture_id = e.id
   where e.tiers_type = 'CLIENT'
     and coalesce(r.debit + r.credit, 0) <> e.debit + e.credit - private.montant_lettre(e.id)
  union all
  select 'FACTURATION', l.sortie_id, 'une facturation vive', 'aucune'
    from public.factures_client_lignes l join public.factures_client f on f.id = l.facture_id
   where f.statut = 'EMISE' and f.type = 'FACTURE' and l.sortie_id is not null
     and not exists (select from private.facturations_sortie s where s.sortie_id = l.sortie_id and s.facture_id = f.id)
$$;
comment on function private.verifier_factures() is
  'Invoices whose hash, chain, dates, totals, credit notes or account are not what they should be, receipts without '
  'their entry, and what is said to be open and is not: no row, all is well.';
