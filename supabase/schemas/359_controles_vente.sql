-- What sales say to the checks: each minute what an invoice sold and was corrected since; at night what waits for its
-- invoice, what is past due, who owes beyond their limit, and whether the chain of invoices holds.

create function private.facturee_a_nouveau(p_sortie_id uuid, p_facture_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select bool_and(r.quantite < l.quantite and r.quantite = case l.base when 'L15' then s.volume_15c - d.delta_15c
             else s.volume_ambiant - d.delta_ambiant end)
      from public.factures_client_lignes l
      join public.sorties_produit s on s.id = l.sortie_id
     cross join lateral private.reste_de_ligne(l) r
     cross join lateral (
       select sum(x.delta_15c) as delta_15c, sum(x.delta_ambiant) as delta_ambiant from public.stocks_adjustments x
        where x.mouvement_type = 'SORTIE' and x.mouvement_id = s.id) d
     where l.facture_id = p_facture_id and l.sortie_id = p_sortie_id);
end;
$$;
comment on function private.facturee_a_nouveau(uuid, uuid) is
  'Whether credit notes of quantity have brought what an invoice sells of a sortie to what the sortie is once '
  'corrected.';

create function private.factures_client_corrigees() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  -- By what had been corrected when it was invoiced, not by when: a correction that waited for the invoice to end is
  -- older than it by the clock.
  return query
    select 'FACTURE_MOUVEMENT_CORRIGE', 'FACTURE', f.id,
           format('Une sortie de la facture %s a été corrigée depuis son émission.', f.numero),
           jsonb_build_object('facture_id', f.id, 'numero', f.numero, 'sorties', jsonb_agg(jsonb_build_object(
             'sortie_id', s.sortie_id, 'delta_15c', a.delta - coalesce(s.ajuste_15c, 0)) order by s.sortie_id)),
           f.depot_id
      from (select x.mouvement_id, sum(x.delta_15c) as delta from public.stocks_adjustments x
             where x.mouvement_type = 'SORTIE' group by x.mouvement_id) a
      join private.facturations_sortie s on s.sortie_id = a.mouvement_id and s.libere_par is null
      join public.factures_client f on f.id = s.facture_id
     where a.delta <> coalesce(s.ajuste_15c, 0)
       and private.facturee_a_nouveau(s.sortie_id, f.id) is not true
     group by f.id;
end;
$$;
comment on function private.factures_client_corrigees() is
  'Invoices of clients whose sorties were corrected after they were issued (litres at 15 °C), until credit notes say '
  'the '
  'same.';

create function private.controles_ventes() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_a_facturer constant int := private.seuil('SORTIE_NON_FACTUREE')::int;
begin
  return query
    select 'SORTIE_NON_FACTUREE', 'SORTIE', s.id,
           format('Une sortie de %s L à 15 °C attend sa facture depuis le %s.', s.volume_15c,
             to_char(s.date_jour, 'DD/MM/YYYY')),
           jsonb_build_object('sortie_id', s.id, 'client_id', s.client_id, 'date_jour', s.date_jour,
             'volume_15c', s.volume_15c), s.depot_id
      from public.depots d
     cross join lateral private.sorties_a_facturer(d.id, null) s
      left join public.clients_conditions c on c.client_id = s.client_id
     where s.date_jour < private.jour_au_depot(d.id, now()) - c_a_facturer
       and (c.suivi_depuis is null or s.date_jour >= c.suivi_depuis);
  return query
    select 'FACTURE_ECHUE', 'FACTURE', f.id,
           format('La facture %s de %s est échue depuis le %s, reste %s %s à payer.', f.numero,
             f.client_fige ->> 'nom', to_char(f.date_echeance, 'DD/MM/YYYY'), r.debit, r.devise),
           jsonb_build_object('facture_id', f.id, 'client_id', f.client_id, 'date_echeance', f.date_echeance, 'solde',
             r.debit, 'devise', r.devise), f.depot_id
      from private.restes_clients r
      join public.ecritures_tiers e on e.id = r.ecriture_id and e.type = 'FACTURE'
                                   and e.source_type = 'factures_client'
      join public.factures_client f on f.id = e.source_id
     where r.debit > 0 and f.date_echeance < private.jour_au_depot(f.depot_id, now());
  return query
    select 'COMMANDE_DEPASSEE', 'COMMANDE', c.id,
           format('La commande %s de %s L a livré %s L.', c.numero, c.quantite, l.livre),
           jsonb_build_object('commande_id', c.id, 'numero', c.numero, 'quantite', c.quantite, 'livre', l.livre),
           c.depot_id
      from public.commandes c cross join lateral (select private.livre_de_commande(c.id) as livre) l
     where c.numero is not null and l.livre > private.plafond_commande(c.quantite);
  return query
    select 'FACTURE_CHAINE_ROMPUE', 'FACTURE', v.objet_id,
           format('Les ventes ne concordent pas (%s).', string_agg(distinct v.defaut, ', ')),
           jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null::uuid
      from private.verifier_factures() v group by v.objet_id;
end;
$$;
comment on function private.controles_ventes() is
  'Sorties that wait for their invoice (days), invoices past due, orders that a correction of stock has taken past '
  'their litres, and what private.verifier_factures finds.';

-- Apart: without the day's rate it cannot look, and says so, and the others have looked.
create function private.controles_credit() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select 'CREDIT_DEPASSE', 'CLIENT', c.client_id,
           format('%s doit %s %s pour un plafond de %s.', n.nom, e.solde + e.non_facture, c.devise, c.plafond),
           jsonb_build_object('client_id', c.client_id, 'encours', e.solde + e.non_facture, 'plafond', c.plafond,
             'devise', c.devise, 'sans_prix', e.sans_prix), null::uuid
      from public.clients_conditions c
      join public.clients n on n.id = c.client_id
     cross join lateral private.encours(c) e
     where c.plafond is not null and e.solde + e.non_facture > c.plafond;
end;
$$;
comment on function private.controles_credit() is
  'Clients who owe beyond their limit, in the currency of their terms, whether or not the limit stops what leaves. '
  'Raises TAUX_ABSENT, TVA_NON_FIXEE.';

create function private.controles_taux() returns setof private.fait_controle
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  c_jours constant int := private.seuil('TAUX_ABSENT')::int;
begin
  return query
    select 'TAUX_ABSENT', 'DEVISE', md5('USD')::uuid,
           case when t.jour is null then 'Aucun taux du dollar n''a été dit.'
                else
                  format(
                  'Aucun taux du dollar n''a été dit depuis le %s : après sept jours plus rien ne se vend en USD.',
                  to_char(t.jour, 'DD/MM/YYYY')) end,
           jsonb_build_object('devise', 'USD', 'dernier', t.jour), null::uuid
      from (select max(x.jour) as jour from public.taux_change x where x.devise = 'USD') t
     where exists (select from public.tarifs f where f.devise = 'USD')
       and (t.jour is null or t.jour < private.jour_local(private.fuseau_societe(), now()) - c_jours);
end;
$$;
comment on function private.controles_taux() is
  'Where something is sold in USD: a rate that nobody has said for days, before sales are refused for it.';
