-- Credit notes: what is taken back of an issued invoice, line by line, never more than the line. Tax and CDF are those
-- of all the credit notes so far less those before, so that whole they come to the invoice, to the cent.

create type private.reste_ligne as (montant_ht numeric, quantite numeric);
comment on type private.reste_ligne is 'What is left of a line of an invoice: amount before tax, and quantity.';

create function private.reste_de_ligne(p_ligne public.factures_client_lignes) returns private.reste_ligne
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reste private.reste_ligne;
begin
  select p_ligne.montant_ht - coalesce(sum(a.montant_ht), 0),
         p_ligne.quantite -
           coalesce(sum(a.quantite) filter (where a.base = p_ligne.base and a.prix_ht = p_ligne.prix_ht), 0)
    into v_reste
    from public.factures_client_lignes a
    join public.factures_client f on f.id = a.facture_id and f.statut = 'EMISE'
   where a.ligne_origine_id = p_ligne.id;
  return v_reste;
end;
$$;
comment on function private.reste_de_ligne(public.factures_client_lignes) is
  'What credit notes have left of a line.';

create function private.ligne_d_avoir(p_avoir public.factures_client, p_rang int,
  p_origine public.factures_client_lignes, p_demande jsonb) returns public.factures_client_lignes
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne public.factures_client_lignes := p_origine;
  v_reste constant private.reste_ligne := private.reste_de_ligne(p_origine);
  v_quantite numeric := round((p_demande ->> 'quantite')::numeric, 3);
  v_montant numeric := round((p_demande ->> 'montant_ht')::numeric, 2);
begin
  if v_quantite is null and v_montant is null then
    -- All that is left; of which no litre may be.
    if v_reste.quantite > 0 or p_avoir.nature <> 'RAN' then
      v_quantite := v_reste.quantite;
    else
      v_montant := v_reste.montant_ht;
    end if;
  end if;
  if v_quantite is not null then
    -- The last of a line takes the cents that rounding left.
    v_montant := case when v_quantite = v_reste.quantite then v_reste.montant_ht
      else round(v_quantite * p_origine.prix_ht, 2) end;
  end if;
  if not coalesce(v_montant > 0 and v_montant <= v_reste.montant_ht
       and (v_quantite is null or v_quantite between 0.001 and v_reste.quantite), false) then
    perform private.refuser('AVOIR_EXCEDENTAIRE', jsonb_build_object('rang', p_origine.rang, 'montant', v_montant,
      'quantite', v_quantite, 'reste', v_reste.montant_ht, 'reste_quantite', v_reste.quantite));
  end if;
  v_ligne.id := private.nouvel_id();
  v_ligne.facture_id := p_avoir.id;
  v_ligne.depot_id := p_avoir.depot_id;
  v_ligne.rang := p_rang;
  v_ligne.ligne_origine_id := p_origine.id;
  v_ligne.montant_ht := v_montant;
  v_ligne.quantite := coalesce(v_quantite, 1);
  if v_quantite is null then
    v_ligne.base := 'UNITE';
    v_ligne.prix_ht := v_montant;
  end if;
  return v_ligne;
end;
$$;
comment on function private.ligne_d_avoir(public.factures_client, int, public.factures_client_lignes, jsonb) is
  'A line of a credit note, not yet written: a quantity at the price of its line, or an amount before tax; what is '
  'left of it where neither is said. Raises AVOIR_EXCEDENTAIRE, and 22xxx.';

create function private.lignes_d_avoir(p_avoir public.factures_client, p_lignes jsonb)
  returns public.factures_client_lignes[]
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_origine public.factures_client_lignes;
  v_lignes public.factures_client_lignes[] := array[]::public.factures_client_lignes[];
  v_demande jsonb;
  v_fait text;
begin
  v_fait := private.exiger_lignes(p_lignes);
  if p_avoir.nature = 'RAN' then
    for v_origine in
      select l.* from public.factures_client_lignes l cross join lateral private.reste_de_ligne(l) r
       where l.facture_id = p_avoir.facture_origine_id and r.montant_ht > 0 order by l.rang
    loop
      v_lignes := v_lignes || private.ligne_d_avoir(p_avoir, cardinality(v_lignes) + 1, v_origine, '{}');
    end loop;
  else
    for v_demande in select l from jsonb_array_elements(coalesce(p_lignes, '[]')) l loop
      select * into v_origine from public.factures_client_lignes l
       where l.facture_id = p_avoir.facture_origine_id and l.rang = (v_demande ->> 'rang')::int;
      if not found then
        perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette ligne de la facture'));
      end if;
      v_lignes := v_lignes || private.ligne_d_avoir(p_avoir, cardinality(v_lignes) + 1, v_origine, v_demande);
    end loop;
  end if;
  if cardinality(v_lignes) = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  -- The same line said twice: each alone fits, not together.
  if cardinality(v_lignes) > 1 then
    if (select count(distinct l.ligne_origine_id) from unnest(v_lignes) l) < cardinality(v_lignes) then
      perform private.refuser('AVOIR_LIGNE_REPETEE');
    end if;
  end if;
  return v_lignes;
end;
$$;
comment on function private.lignes_d_avoir(public.factures_client, jsonb) is
  'Lines of a credit note, not yet written: those that are said, each once; of a cancelling one, all that is left. '
  'Raises INTROUVABLE, FORME_INATTENDUE, FACTURE_VIDE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx.';

create function private.taxes_d_avoir(p_avoir public.factures_client, p_lignes public.factures_client_lignes[])
  returns public.factures_client_taxes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_taxe public.factures_client_taxes;
  v_taxes public.factures_client_taxes[];
  v_ht numeric;
  v_tva numeric;
begin
  foreach v_taxe in array private.taxes_de(p_avoir, p_lignes) loop
    select coalesce(sum(t.base_ht), 0), coalesce(sum(t.montant_tva), 0) into v_ht, v_tva
      from public.factures_client_taxes t join public.factures_client a on a.id = t.facture_id
     where a.facture_origine_id = p_avoir.facture_origine_id and a.statut = 'EMISE' and t.groupe = v_taxe.groupe;
    v_taxe.montant_tva := private.tva(v_taxe.base_ht + v_ht, v_taxe.taux) - v_tva;
    v_taxes := v_taxes || v_taxe;
  end loop;
  return v_taxes;
end;
$$;
comment on function private.taxes_d_avoir(public.factures_client, public.factures_client_lignes[]) is
  'Tax of the lines of a credit note, group by group: that of all so far less those before.';

create function private.taxer_avoir(p_avoir public.factures_client, p_taxes public.factures_client_taxes[])
  returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ttc numeric;
  v_tva numeric;
  v_ttc_cdf numeric;
  v_tva_cdf numeric;
begin
  p_avoir := private.taxer(p_avoir, p_taxes);
  select coalesce(sum(a.total_ttc), 0), coalesce(sum(a.total_tva), 0), coalesce(sum(a.total_ttc_cdf), 0),
         coalesce(sum(a.total_tva_cdf), 0)
    into v_ttc, v_tva, v_ttc_cdf, v_tva_cdf
    from public.factures_client a where a.facture_origine_id = p_avoir.facture_origine_id and a.statut = 'EMISE';
  p_avoir.total_ttc_cdf := round((v_ttc + p_avoir.total_ttc) * p_avoir.taux_cdf, 2) - v_ttc_cdf;
  p_avoir.total_tva_cdf := round((v_tva + p_avoir.total_tva) * p_avoir.taux_cdf, 2) - v_tva_cdf;
  return p_avoir;
end;
$$;
comment on function private.taxer_avoir(public.factures_client, public.factures_client_taxes[]) is
  'Writes the taxes of a credit note and gives it its totals, in francs those of all so far less those before.';

create function private.lettrer_avoirs(p_facture_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_facture.debit - private.montant_lettre(v_facture.id);
  v_avoir record;
  v_fait text;
begin
  for v_avoir in
    select r.ecriture_id, r.credit from public.factures_client a
      join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
     where a.facture_origine_id = p_facture_id and a.statut = 'EMISE' and r.credit > 0 order by r.ordre
  loop
    exit when v_reste <= 0;
    v_fait := private.lettrer(v_facture.id, v_avoir.ecriture_id, least(v_reste, v_avoir.credit));
    v_reste := v_reste - v_avoir.credit;
  end loop;
end;
$$;
comment on function private.lettrer_avoirs(uuid) is
  'What is due of an invoice is settled first by its own credit notes, as far as they settle nothing yet. Raises '
  'LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

create function private.liberer_par_avoirs(p_paiement_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lettrage record;
  v_reste numeric;
begin
  for v_lettrage in
    select l.*, d.source_id as facture_id, d.debit from private.lettrages l
      join public.ecritures_tiers d on d.id = l.debit_id and d.type = 'FACTURE'
     where l.credit_id = p_paiement_id and l.annule_id is null
       and not exists (select from private.lettrages a where a.annule_id = l.id)
       and exists (select from public.factures_client a
                     join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
                    where a.facture_origine_id = d.source_id and r.credit > 0)
     order by d.ordre, l.id
  loop
    insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
    values (v_lettrage.debit_id, p_paiement_id, -v_lettrage.montant, v_lettrage.id, auth.uid());
    perform private.lettrer_avoirs(v_lettrage.facture_id);
    v_reste := v_lettrage.debit - private.montant_lettre(v_lettrage.debit_id);
    if v_reste > 0 then
      perform private.lettrer(v_lettrage.debit_id, p_paiement_id, least(v_reste, v_lettrage.montant));
    end if;
  end loop;
end;
$$;
comment on function private.liberer_par_avoirs(uuid) is
  'Credit notes that settle nothing yet take the place of a payment (its entry) in what it settles of their invoices: '
  'so much of it may be given back. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

create function public.emettre_avoir(p_facture_id uuid, p_nature text, p_lignes jsonb, p_motif text) returns uuid
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_origine public.factures_client;
  v_avoir public.factures_client;
  v_lignes public.factures_client_lignes[];
  v_taxes public.factures_client_taxes[];
  v_fait text;
begin
  v_fait := private.exiger_motif(p_motif, 10);
  v_fait := private.exiger_read_committed();
  -- Credit notes of one invoice wait for one another here.
  select * into v_origine from public.factures_client f
   where f.id = p_facture_id and f.depot_id = any (v_acteur.depots) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_origine.statut <> 'EMISE' or v_origine.type <> 'FACTURE' then
    perform private.refuser('FACTURE_ETAT',
      jsonb_build_object('statut', case v_origine.type when 'AVOIR' then 'AVOIR' else v_origine.statut end));
  end if;
  v_fait := private.exiger_quatre_yeux(v_origine.emise_par);
  v_fait := private.verrouiller_tiers('CLIENT', v_origine.client_id);
  v_avoir := private.nouvelle_facture(v_origine.depot_id, v_origine.client_id, v_origine.devise);
  v_avoir.type := 'AVOIR';
  v_avoir.facture_origine_id := v_origine.id;
  v_avoir.nature := p_nature;
  v_avoir.motif := private.texte_net(p_motif);
  v_avoir.client_fige := v_origine.client_fige;
  v_avoir.vendeur_fige := private.vendeur(v_origine.depot_id);
  v_avoir.taux_cdf := v_origine.taux_cdf;
  v_avoir.date_facture := private.jour_au_depot(v_origine.depot_id, clock_timestamp());
  v_lignes := private.lignes_d_avoir(v_avoir, p_lignes);
  v_taxes := private.taxes_d_avoir(v_avoir, v_lignes);
  insert into public.factures_client_lignes select l.* from unnest(v_lignes) l;
  v_avoir := private.taxer_avoir(v_avoir, v_taxes);
  v_avoir := private.sceller_facture(v_avoir, v_lignes, v_taxes, true);
  if p_nature = 'RAN' then
    update private.facturations_sortie s set libere_par = v_avoir.id
     where s.facture_id = v_origine.id and s.libere_par is null;
  end if;
  v_fait := private.lettrer_avoirs(v_origine.id);
  return v_avoir.id;
end;
$$;
comment on function public.emettre_avoir(uuid, text, jsonb, text) is
  'Issues a credit note of an issued invoice at once: lines [{rang, quantite | montant_ht}], in its currency, at its '
  'rate and taxes; nature RAN takes all that is left and frees its sorties to be invoiced again. It settles its '
  'invoice first, the rest stays to the client''s credit. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, '
  'FORME_INATTENDUE, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, '
  'LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, FACTURE_VIDE, HORLOGE_RECULEE, AVOIR_EXCEDENTAIRE, '
  'AVOIR_LIGNE_REPETEE, and 22xxx, 23xxx.';
revoke execute on function public.emettre_avoir(uuid, text, jsonb, text) from public, anon;
grant execute on function public.emettre_avoir(uuid, text, jsonb, text) to authenticated;
