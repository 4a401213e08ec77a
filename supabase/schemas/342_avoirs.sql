-- Credit notes: what is taken back of an issued invoice, line by line, never more than the line. Tax and CDF are those
-- of all the credit notes so far less those before, so that whole they come to the invoice, to the cent.

create function private.reste_de_ligne(p_ligne public.factures_client_lignes)
returns table (montant_ht numeric, quantite numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select p_ligne.montant_ht - coalesce(sum(a.montant_ht), 0),
         p_ligne.quantite -
           coalesce(sum(a.quantite) filter (where a.base = p_ligne.base and a.prix_ht = p_ligne.prix_ht), 0)
    from public.factures_client_lignes a
    join public.factures_client f on f.id = a.facture_id and f.statut = 'EMISE'
   where a.ligne_origine_id = p_ligne.id
$$;
comment on function private.reste_de_ligne(public.factures_client_lignes) is
  'What credit notes have left of a line: amount before tax, and quantity.';

create function private.ecrire_ligne_avoir(p_avoir public.factures_client, p_rang int,
  p_ligne public.factures_client_lignes, p_demande jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_reste record;
  v_quantite numeric := round((p_demande ->> 'quantite')::numeric, 3);
  v_montant numeric := round((p_demande ->> 'montant_ht')::numeric, 2);
begin
  select * into v_reste from private.reste_de_ligne(p_ligne);
  if v_quantite is null and v_montant is null then
    v_quantite := v_reste.quantite;
  end if;
  if v_quantite is not null then
    -- The last of a line takes the cents that rounding left.
    v_montant := case when v_quantite = v_reste.quantite then v_reste.montant_ht
      else round(v_quantite * p_ligne.prix_ht, 2) end;
  end if;
  if not coalesce(v_montant > 0 and v_montant <= v_reste.montant_ht
       and (v_quantite is null or v_quantite between 0.001 and v_reste.quantite), false) then
    perform private.refuser('AVOIR_EXCEDENTAIRE', jsonb_build_object('rang', p_ligne.rang, 'montant', v_montant,
      'quantite', v_quantite, 'reste', v_reste.montant_ht, 'reste_quantite', v_reste.quantite));
  end if;
  insert into public.factures_client_lignes
    (facture_id, depot_id, rang, nature, sortie_id, bl_id, ligne_origine_id, designation, base, quantite, prix_ht,
     tva_groupe, tva_taux, montant_ht)
  values (p_avoir.id, p_avoir.depot_id, p_rang, p_ligne.nature, p_ligne.sortie_id, p_ligne.bl_id, p_ligne.id,
    p_ligne.designation, case when v_quantite is null then 'UNITE' else p_ligne.base end, coalesce(v_quantite, 1),
    case when v_quantite is null then v_montant else p_ligne.prix_ht end, p_ligne.tva_groupe, p_ligne.tva_taux,
    v_montant);
end;
$$;
comment on function private.ecrire_ligne_avoir(public.factures_client, int, public.factures_client_lignes, jsonb) is
  'A line of a credit note: a quantity at the price of its line, or an amount before tax; what is left of it where '
  'neither is said. Raises AVOIR_EXCEDENTAIRE, and 22xxx.';

create function private.ecrire_lignes_avoir(p_avoir public.factures_client, p_lignes jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ligne public.factures_client_lignes;
  v_demande jsonb;
  v_rang int := 0;
begin
  perform private.exiger_lignes(p_lignes);
  if p_avoir.nature = 'RAN' then
    for v_ligne in
      select l.* from public.factures_client_lignes l cross join lateral private.reste_de_ligne(l) r
       where l.facture_id = p_avoir.facture_origine_id and r.montant_ht > 0 order by l.rang
    loop
      v_rang := v_rang + 1;
      perform private.ecrire_ligne_avoir(p_avoir, v_rang, v_ligne, case
        when (select r.quantite from private.reste_de_ligne(v_ligne) r) > 0 then '{}'
        else (select jsonb_build_object('montant_ht', r.montant_ht) from private.reste_de_ligne(v_ligne) r) end);
    end loop;
  else
    for v_demande in select l from jsonb_array_elements(coalesce(p_lignes, '[]')) l loop
      select * into v_ligne from public.factures_client_lignes l
       where l.facture_id = p_avoir.facture_origine_id and l.rang = (v_demande ->> 'rang')::int;
      if not found then
        perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette ligne de la facture'));
      end if;
      v_rang := v_rang + 1;
      perform private.ecrire_ligne_avoir(p_avoir, v_rang, v_ligne, v_demande);
    end loop;
  end if;
  if v_rang = 0 then
    perform private.refuser('FACTURE_VIDE');
  end if;
  -- The same line said twice: each alone fits, not together.
  if exists (
    select from public.factures_client_lignes a join public.factures_client_lignes o on o.id = a.ligne_origine_id
     where a.facture_id = p_avoir.id group by o.id having count(*) > 1) then
    perform private.refuser('AVOIR_LIGNE_REPETEE');
  end if;
end;
$$;
comment on function private.ecrire_lignes_avoir(public.factures_client, jsonb) is
  'Lines of a credit note: those that are said, each once; of a cancelling one, all that is left. Raises INTROUVABLE, '
  'FACTURE_VIDE, AVOIR_EXCEDENTAIRE, AVOIR_LIGNE_REPETEE, and 22xxx.';

create function private.taxer_avoir(p_avoir public.factures_client, p_origine public.factures_client)
  returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_deja record;
begin
  insert into public.factures_client_taxes (facture_id, depot_id, groupe, taux, base_ht, montant_tva)
  select p_avoir.id, p_avoir.depot_id, l.tva_groupe, l.tva_taux, l.ht,
         round((l.ht + d.ht) * l.tva_taux / 100, 2) - d.tva
    from (select l.tva_groupe, l.tva_taux, sum(l.montant_ht) as ht from public.factures_client_lignes l
           where l.facture_id = p_avoir.id group by 1, 2) l
   cross join lateral (
     select coalesce(sum(t.base_ht), 0) as ht, coalesce(sum(t.montant_tva), 0) as tva
       from public.factures_client_taxes t join public.factures_client a on a.id = t.facture_id
      where a.facture_origine_id = p_origine.id and a.statut = 'EMISE' and t.groupe = l.tva_groupe) d;
  select sum(t.base_ht), sum(t.montant_tva) into p_avoir.total_ht, p_avoir.total_tva
    from public.factures_client_taxes t where t.facture_id = p_avoir.id;
  p_avoir.total_ttc := p_avoir.total_ht + p_avoir.total_tva;
  select coalesce(sum(a.total_ttc), 0) as ttc, coalesce(sum(a.total_tva), 0) as tva,
         coalesce(sum(a.total_ttc_cdf), 0) as ttc_cdf, coalesce(sum(a.total_tva_cdf), 0) as tva_cdf into v_deja
    from public.factures_client a where a.facture_origine_id = p_origine.id and a.statut = 'EMISE';
  p_avoir.total_ttc_cdf := round((v_deja.ttc + p_avoir.total_ttc) * p_avoir.taux_cdf, 2) - v_deja.ttc_cdf;
  p_avoir.total_tva_cdf := round((v_deja.tva + p_avoir.total_tva) * p_avoir.taux_cdf, 2) - v_deja.tva_cdf;
  return p_avoir;
end;
$$;
comment on function private.taxer_avoir(public.factures_client, public.factures_client) is
  'Taxes and totals of a credit note: those of all so far less those before.';

create function private.lettrer_avoirs(p_facture_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_facture_client(p_facture_id);
  v_reste numeric := v_facture.debit - private.montant_lettre(v_facture.id);
  v_avoir record;
begin
  for v_avoir in
    select r.ecriture_id, r.credit from public.factures_client a
      join private.restes_clients r on r.ecriture_id = (private.ecriture_facture_client(a.id)).id
     where a.facture_origine_id = p_facture_id and a.statut = 'EMISE' and r.credit > 0 order by r.ordre
  loop
    exit when v_reste <= 0;
    perform private.lettrer(v_facture.id, v_avoir.ecriture_id, least(v_reste, v_avoir.credit));
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
begin
  perform private.exiger_motif(p_motif, 10);
  perform private.exiger_read_committed();
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
  perform private.exiger_quatre_yeux(v_origine.emise_par);
  perform private.verrouiller_tiers('CLIENT', v_origine.client_id);
  insert into public.factures_client (depot_id, type, client_id, devise, facture_origine_id, nature, motif, created_by)
  values (v_origine.depot_id, 'AVOIR', v_origine.client_id, v_origine.devise, v_origine.id, p_nature,
    private.texte_net(p_motif), v_acteur.user_id)
  returning * into v_avoir;
  perform private.ecrire_lignes_avoir(v_avoir, p_lignes);
  v_avoir.client_fige := v_origine.client_fige;
  v_avoir.vendeur_fige := private.vendeur(v_origine.depot_id);
  v_avoir.taux_cdf := v_origine.taux_cdf;
  v_avoir.date_facture := private.jour_au_depot(v_origine.depot_id, clock_timestamp());
  v_avoir := private.taxer_avoir(v_avoir, v_origine);
  if p_nature = 'RAN' then
    update private.facturations_sortie s set libere_par = v_avoir.id
     where s.facture_id = v_origine.id and s.libere_par is null;
  end if;
  v_avoir := private.sceller_facture(v_avoir, private.lignes_facture(v_avoir.id), private.taxes_facture(v_avoir.id));
  perform private.lettrer_avoirs(v_origine.id);
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
