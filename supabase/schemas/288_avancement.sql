-- How far a proforma has come, and its closing: what was committed against what was received, frozen with its reason.

create function private.recu_de_proforma(p_proforma_id uuid)
returns table (nb_lots int, nb_camions int, nb_decharges int, nb_receptions int, volume_15c numeric, volume_20c numeric,
  tonnes_air numeric)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select (select count(*)::int from public.fournisseur_lot l where l.proforma_id = p_proforma_id),
         c.camions, c.decharges, r.receptions, r.v15, r.v20, r.tonnes
    from (select count(*) filter (where x.statut <> 'ANNULE')::int as camions,
                 count(*) filter (where x.statut = 'DECHARGE')::int as decharges
            from public.cours_de_route x join public.fournisseur_lot l on l.id = x.fournisseur_lot_id
           where l.proforma_id = p_proforma_id) c,
         (select count(*)::int as receptions, coalesce(sum(q.volume_15c), 0) as v15,
                 coalesce(sum(q.volume_20c), 0) as v20,
                 case when bool_and(q.tonnes_air is not null) then sum(q.tonnes_air) end as tonnes
            from private.receptions_de_proforma(p_proforma_id) q) r;
end;
$$;
comment on function private.recu_de_proforma(uuid) is
  'What the lots of a proforma have brought of Monaluxe''s fuel, adjustments counted: litres at 15 and 20 °C, tonnes in '
  'air (null where one réception has no density).';

create function private.receptions_de_proforma(p_proforma_id uuid)
returns table (reception_id uuid, fournisseur_lot_id uuid, cours_de_route_id uuid, volume_15c numeric,
  densite_15 numeric, volume_20c numeric, tonnes_air numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select r.id, c.fournisseur_lot_id, c.id, q.volume_15c, q.densite_15, q.volume_20c, q.tonnes_air
    from public.fournisseur_lot l
    join public.cours_de_route c on c.fournisseur_lot_id = l.id
    join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
   cross join lateral private.quantites_reception(r.id) q
   where l.proforma_id = p_proforma_id
$$;
comment on function private.receptions_de_proforma(uuid) is 'Each réception of Monaluxe''s fuel of a proforma''s lots.';
grant execute on function private.recu_de_proforma(uuid) to authenticated, service_role;

create view public.v_avancement_proforma with (security_invoker = true) as
  select p.id as proforma_id, p.numero, p.reference, p.fournisseur_id, p.produit_id, p.statut, p.base, p.quantite,
         p.prix_usd, r.nb_lots, r.nb_camions, r.nb_decharges, r.nb_receptions, r.volume_15c, r.volume_20c, r.tonnes_air,
         b.recu, b.recu - p.quantite as ecart, round(100 * b.recu / p.quantite, 2) as pour_cent,
         round(p.quantite * p.prix_usd, 2) as montant_prevu_usd, round(b.recu * p.prix_usd, 2) as montant_recu_usd,
         p.date_validite, p.created_at
    from public.proformas p
   cross join lateral private.recu_de_proforma(p.id) r
   cross join lateral (select private.en_base(row(r.volume_15c, r.volume_20c, null, coalesce(r.tonnes_air,
     case r.nb_receptions when 0 then 0 end))::private.quantites, p.base) as recu) b;
comment on view public.v_avancement_proforma is
  'Each proforma: what it commits to and what its lots have brought, in its base (recu is null where tonnes cannot be '
  'told for want of a density), and what that is worth (USD).';
grant select on public.v_avancement_proforma to authenticated, service_role;

create function private.exiger_camions_arrives(p_proforma_id uuid) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_camions jsonb;
begin
  select jsonb_agg(c.plaque_camion order by c.plaque_camion) into v_camions
    from public.fournisseur_lot l join public.cours_de_route c on c.fournisseur_lot_id = l.id
   where l.proforma_id = p_proforma_id and c.statut not in ('DECHARGE', 'ANNULE')
     and not private.camion_excuse(c.id);
  if v_camions is not null then
    perform private.refuser('PROFORMA_CAMIONS_EN_ROUTE',
      jsonb_build_object('combien', jsonb_array_length(v_camions), 'camions', v_camions));
  end if;
end;
$$;
comment on function private.exiger_camions_arrives(uuid) is
  'Every truck of the proforma is unloaded, cancelled or excused. Raises PROFORMA_CAMIONS_EN_ROUTE.';

create function public.cloturer_proforma(p_id uuid, p_justification text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
  v_avancement public.v_avancement_proforma;
  v_instantane jsonb;
begin
  perform private.exiger('ecrire_contrats');
  perform private.exiger_motif(p_justification, 10);
  v_proforma := private.proforma_a_changer(p_id, 'EN_EXECUTION');
  perform private.exiger_camions_arrives(p_id);
  select * into strict v_avancement from public.v_avancement_proforma v where v.proforma_id = p_id;
  v_instantane := to_jsonb(v_avancement) || jsonb_build_object(
    'volume_annonce', (select coalesce(sum(c.volume), 0) from public.cours_de_route c
                         join public.fournisseur_lot l on l.id = c.fournisseur_lot_id
                        where l.proforma_id = p_id and c.statut <> 'ANNULE'),
    'receptions', coalesce((select jsonb_agg(to_jsonb(r) order by r.reception_id)
                              from private.receptions_de_proforma(p_id) r), '[]'),
    'ecarts', coalesce((select jsonb_agg(to_jsonb(e) order by e.id) from public.ecarts e
                          join public.fournisseur_lot l on l.id = e.fournisseur_lot_id where l.proforma_id = p_id),
                            '[]'));
  update public.proformas p set statut = 'CLOTUREE' where p.id = p_id;
  insert into public.proforma_clotures (proforma_id, instantane, justification, par)
  values (p_id, v_instantane, private.texte_net(p_justification), auth.uid());
  perform private.noter_ecart_proforma(v_proforma, v_avancement.recu, p_justification);
  perform private.journaliser('PROFORMA_CLOTUREE', 'proformas', 'INFO', p_id, null,
    jsonb_build_object('justification', p_justification, 'recu', v_avancement.recu, 'quantite', v_proforma.quantite));
end;
$$;
comment on function public.cloturer_proforma(uuid, text) is
  'No truck joins a proforma any more: what it came to is frozen with the reason, and a difference is a gap treated '
  'by it. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, '
  'ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, PROFORMA_ETAT, '
  'PROFORMA_CAMIONS_EN_ROUTE.';

create function private.noter_ecart_proforma(p_proforma public.proformas, p_recu numeric, p_justification text)
  returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecart public.ecarts;
begin
  if p_recu = p_proforma.quantite then
    return;
  end if;
  v_ecart.domaine := 'FOURNISSEUR';
  v_ecart.type := 'QUANTITE';
  v_ecart.produit_id := p_proforma.produit_id;
  v_ecart.reference_type := 'PROFORMA';
  v_ecart.reference_id := p_proforma.id;
  v_ecart.attendu := p_proforma.quantite;
  v_ecart.constate := p_recu;
  v_ecart.unite := p_proforma.base;
  v_ecart.excedent := coalesce(abs(p_recu - p_proforma.quantite), 0);
  v_ecart.impact_usd := round((p_recu - p_proforma.quantite) * p_proforma.prix_usd, 2);
  v_ecart.cause := case when p_recu < p_proforma.quantite then 'LIVRAISON_PARTIELLE' else 'AUTRE' end;
  v_ecart.decision := 'ACCEPTE_AVEC_NOTE';
  v_ecart.justification := private.texte_net(p_justification);
  v_ecart.statut := 'TRAITE';
  v_ecart.traite_par := auth.uid();
  perform private.ouvrir_ecart(v_ecart);
end;
$$;
comment on function private.noter_ecart_proforma(public.proformas, numeric, text) is
  'What was received is not what was committed: a gap, treated by the reason of the closing. Raises ECRITURES_GELEES, '
  'ISOLATION_INTERDITE.';
revoke execute on function public.cloturer_proforma(uuid, text) from public, anon;
grant execute on function public.cloturer_proforma(uuid, text) to authenticated;

-- The price of an invoice ---------------------------------------------------------------------------------------------

create function private.juger_prix(p_facture public.fournisseur_facture_lot_min) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_proforma public.proformas;
  v_ecart public.ecarts;
  v_attendu numeric;
begin
  select p.* into v_proforma from public.proformas p join public.fournisseur_lot l on l.proforma_id = p.id
   where l.id = p_facture.fournisseur_lot_id;
  -- A price by another base is brought to the invoice's by what it counts.
  v_attendu := case when v_proforma.base = p_facture.base then v_proforma.prix_usd else (
    select round(v_proforma.prix_usd * private.en_base(t.total, v_proforma.base)
                 / nullif(private.en_base(t.total, p_facture.base), 0), 6)
      from (select row(sum(r.volume_15c), sum(r.volume_20c), null, sum(r.tonnes_air))::private.quantites as total
              from public.factures_fournisseur_receptions r where r.facture_id = p_facture.id) t) end;
  if v_attendu is null or v_attendu = p_facture.prix_base_usd then
    perform private.fermer_ecart_auto('PRIX', 'FACTURE', p_facture.id, 'Le prix est celui de la proforma.');
    return;
  end if;
  v_ecart.domaine := 'FOURNISSEUR';
  v_ecart.type := 'PRIX';
  v_ecart.produit_id := v_proforma.produit_id;
  v_ecart.fournisseur_lot_id := p_facture.fournisseur_lot_id;
  v_ecart.reference_type := 'FACTURE';
  v_ecart.reference_id := p_facture.id;
  v_ecart.attendu := v_attendu;
  v_ecart.constate := p_facture.prix_base_usd;
  v_ecart.unite := 'USD';
  v_ecart.excedent := abs(p_facture.prix_base_usd - v_attendu);
  v_ecart.impact_usd := round((v_attendu - p_facture.prix_base_usd) * p_facture.quantite_base, 2);
  perform private.ouvrir_ecart(v_ecart);
end;
$$;
comment on function private.juger_prix(public.fournisseur_facture_lot_min) is
  'A price that is not the proforma''s is a gap of the invoice (impact_usd negative: it costs more). Raises '
  'ECRITURES_GELEES, ISOLATION_INTERDITE.';
