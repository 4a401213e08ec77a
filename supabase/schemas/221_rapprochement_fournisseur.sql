-- A supplier's invoice beside what came: calculated, validated, cancelled, disputed.

create function private.rapprochement(p_recu numeric, p_facture numeric) returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select case
    when abs(p_recu - p_facture) < 0.5 then 'OK'
    when abs(p_recu - p_facture) < greatest(50, p_facture * coalesce(
      (select s.value::numeric from public.app_settings s where s.key = 'facture_tolerance_pour_mille'),
      0) / 1000) then 'TOLERE'
    else 'LITIGE' end
$$;
comment on function private.rapprochement(numeric, numeric) is
  'OK, TOLERE or LITIGE: litres received against litres invoiced, within half a litre, or 50 L (or the setting '
  'facture_tolerance_pour_mille of what is invoiced).';
grant execute on function private.rapprochement(numeric, numeric) to authenticated, service_role;

create function public.calculer_facture_fournisseur(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_ecart public.ecarts;
  v_recu numeric;
  v_statut text;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  insert into public.factures_fournisseur_receptions (facture_id, reception_id, volume_15c, densite_15, volume_20c,
    tonnes_air)
  select p_id, r.reception_id, r.volume_15c, r.densite_15, r.volume_20c, r.tonnes_air
    from private.receptions_a_facturer(v_facture.fournisseur_lot_id, p_id) r;
  if not found then
    perform private.refuser('FACTURE_SANS_RECEPTION');
  end if;
  v_facture := private.facture_en_20c(v_facture);
  update public.fournisseur_facture_lot_min f
     set statut = 'CALCULEE', quantite_facturee_20c = v_facture.quantite_facturee_20c,
         prix_unitaire_usd = v_facture.prix_unitaire_usd, montant_total_usd = v_facture.montant_total_usd
   where f.id = p_id;
  select sum(r.volume_20c) into v_recu from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  v_statut := private.rapprochement(v_recu, v_facture.quantite_facturee_20c);
  if v_statut = 'LITIGE' then
    v_ecart.domaine := 'FOURNISSEUR';
    v_ecart.type := 'QUANTITE';
    v_ecart.fournisseur_lot_id := v_facture.fournisseur_lot_id;
    v_ecart.reference_type := 'FACTURE';
    v_ecart.reference_id := p_id;
    v_ecart.attendu := v_facture.quantite_facturee_20c;
    v_ecart.constate := v_recu;
    v_ecart.unite := 'L20';
    v_ecart.excedent := abs(v_recu - v_facture.quantite_facturee_20c);
    v_ecart.impact_usd := round((v_recu - v_facture.quantite_facturee_20c) * v_facture.prix_unitaire_usd, 2);
    perform private.ouvrir_ecart(v_ecart);
  else
    perform private.fermer_ecart_auto('QUANTITE', 'FACTURE', p_id, 'Le nouveau calcul est dans la tolérance.');
  end if;
  perform private.juger_prix(v_facture);
  perform private.journaliser('FACTURE_CALCULEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'volume_20c', v_recu, 'quantite_facturee_20c', v_facture.quantite_facturee_20c, 'rapprochement', v_statut));
end;
$$;
comment on function public.calculer_facture_fournisseur(uuid) is
  'Counts what the lot''s trucks brought and compares it with what is invoiced; again and again until it is validated. '
  'Beyond tolerance it opens a gap. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, '
  'ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT, '
  'FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

create function private.camion_excuse(p_cours_de_route_id uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from public.ecarts e where e.type = 'LOGISTIQUE' and e.reference_type = 'CDR'
                    and e.reference_id = p_cours_de_route_id and e.statut = 'TRAITE');
end;
$$;
comment on function private.camion_excuse(uuid) is
  'Whether a gap that somebody treated says why a truck has not come: its lot and its proforma do not wait for it.';

create function private.exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text)
  returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_lot_id constant uuid := p_facture.fournisseur_lot_id;
  v_ouverts jsonb;
  v_camions jsonb;
begin
  if exists (select from public.fournisseur_lot l where l.id = v_lot_id and l.statut = 'ouvert') then
    perform private.refuser('LOT_NON_CLOTURE');
  end if;
  select jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut',
    e.statut))
    into v_ouverts from public.ecarts e where e.fournisseur_lot_id = v_lot_id and e.statut <> 'TRAITE';
  if v_ouverts is not null then
    perform private.refuser('FACTURE_ECARTS_OUVERTS',
      jsonb_build_object('combien', jsonb_array_length(v_ouverts), 'ecarts', v_ouverts));
  end if;
  select jsonb_agg(c.plaque_camion order by c.plaque_camion) into v_camions
    from public.cours_de_route c
   where c.fournisseur_lot_id = v_lot_id and c.statut not in ('DECHARGE', 'ANNULE')
     and not private.camion_excuse(c.id);
  if v_camions is not null then
    perform private.refuser('FACTURE_CAMIONS_EN_ROUTE',
      jsonb_build_object('combien', jsonb_array_length(v_camions), 'camions', v_camions));
  end if;
  if exists (
    select from private.receptions_a_facturer(v_lot_id, p_facture.id) n
      full join (select * from public.factures_fournisseur_receptions r where r.facture_id = p_facture.id) s
        using (reception_id)
     where (n.volume_15c, n.volume_20c, n.densite_15) is distinct from (s.volume_15c, s.volume_20c, s.densite_15)) then
    perform private.refuser('FACTURE_PERIMEE');
  end if;
  if exists (select from public.ecarts e where e.fournisseur_lot_id = v_lot_id) then
    perform private.exiger_motif(p_justification, 10);
  end if;
end;
$$;
comment on function private.exiger_facture_validable(public.fournisseur_facture_lot_min, text) is
  'Its lot is closed, every truck in or excused, every gap treated, what it counts is what stands now; a reason where '
  'there were gaps. Raises LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, '
  'MOTIF_REQUIS.';

create function private.passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture public.ecritures_tiers;
  v_numero text;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := p_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.invoice_no;
  v_ecriture.libelle := format('%s %s', case p_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end,
    p_facture.invoice_no);
  v_ecriture.source_type := 'fournisseur_facture_lot_min';
  v_ecriture.source_id := p_facture.id;
  if p_facture.type = 'AVOIR' then
    v_ecriture.debit := p_facture.montant_total_usd;
  else
    v_ecriture.credit := p_facture.montant_total_usd;
  end if;
  v_ecriture.id := private.ecrire_compte(v_ecriture);
  v_numero := private.prendre_numero(private.societe(), 'FFO', extract(year from private.aujourdhui())::int,
    p_facture.id);
  update public.fournisseur_facture_lot_min f
     set statut = 'VALIDEE', validated_by = auth.uid(), validated_at = now(), numero = v_numero,
         justification = private.texte_net(p_justification)
   where f.id = p_facture.id;
  return v_ecriture.id;
end;
$$;
comment on function private.passer_facture(public.fournisseur_facture_lot_min, text) is
  'The invoice or credit note enters the supplier''s account and gets its number. Raises DEPOT_SANS_CODE, '
  'ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function public.valider_facture_fournisseur(p_id uuid, p_justification text default null) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  -- Its trucks first, as whoever receives or moves one does: what they bring meanwhile is seen, or comes after.
  perform from public.cours_de_route c
   where c.fournisseur_lot_id = (select f.fournisseur_lot_id from public.fournisseur_facture_lot_min f
     where f.id = p_id)
   order by c.id for share;
  v_facture := private.facture_a_changer(p_id, 'CALCULEE');
  perform private.exiger_quatre_yeux(v_facture.created_by);
  -- Nobody corrects a réception between the comparison and the debt.
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  perform private.verrouiller_citernes(variadic array(
    select distinct r.citerne_id from public.receptions r join public.cours_de_route c on c.id = r.cours_de_route_id
     where c.fournisseur_lot_id = v_facture.fournisseur_lot_id));
  perform private.exiger_facture_validable(v_facture, p_justification);
  perform private.exiger_pieces(v_facture, p_justification);
  perform private.passer_facture(v_facture, p_justification);
  update public.fournisseur_lot l set statut = 'facture' where l.id = v_facture.fournisseur_lot_id
    and l.statut = 'cloture';
  perform private.journaliser('FACTURE_VALIDEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'montant_total_usd', v_facture.montant_total_usd, 'justification', p_justification));
end;
$$;
comment on function public.valider_facture_fournisseur(uuid, text) is
  'The invoice becomes a debt, and its closed lot invoiced. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, '
  'REFERENTIEL_INACTIF, '
  'DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, '
  'MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, '
  'LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, '
  'FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, PIECE_REQUISE, QUATRE_YEUX, LOT_INCOMPATIBLE, PROFORMA_ETAT.';

create function public.annuler_facture_fournisseur(p_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 3);
  perform private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  update public.fournisseur_facture_lot_min f set statut = 'ANNULEE', justification = private.texte_net(p_motif)
    where f.id = p_id;
  perform private.fermer_ecart_auto(t.type, 'FACTURE', p_id, 'La facture a été annulée.')
     from (values ('QUANTITE'), ('PRIX')) t (type);
  perform private.journaliser('FACTURE_ANNULEE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
end;
$$;
comment on function public.annuler_facture_fournisseur(uuid, text) is
  'A draft or calculated invoice is none; its number may be used again. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

create function public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  if p_en_litige then
    v_facture := private.facture_a_changer(p_id, 'CALCULEE', 'VALIDEE');
  else
    v_facture := private.facture_a_changer(p_id, 'LITIGE');
  end if;
  update public.fournisseur_facture_lot_min f
     set statut = case when p_en_litige then 'LITIGE' when f.validated_at is not null then 'VALIDEE' else 'CALCULEE' end
   where f.id = p_id;
  perform private.journaliser('FACTURE_LITIGE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('en_litige', p_en_litige, 'motif', p_motif));
end;
$$;
comment on function public.contester_facture_fournisseur(uuid, boolean, text) is
  'Opens (true) or closes (false) a dispute on an invoice: nothing is paid on it meanwhile. Raises ROLE_FORBIDDEN, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';
