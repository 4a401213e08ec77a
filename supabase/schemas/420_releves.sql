-- Statements as reports: of an account in money, of a partner's fuel, of what a carrier brought.

create function private.id_du_parametre(p_parametres jsonb, p_nom text) returns uuid
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (p_parametres ->> p_nom)::uuid;
exception when invalid_text_representation then
  perform private.refuser('RAPPORT_PARAMETRE',
    jsonb_build_object('parametre', p_nom, 'quoi', 'ce n''est pas un identifiant'));
end;
$$;
comment on function private.id_du_parametre(jsonb, text) is
  'A parameter that names a row. Raises RAPPORT_PARAMETRE where it is no id.';

create function private.section_compte(
  p_type text, p_id uuid, p_nom text, p_devise text, p_du date, p_au date, p_connu_a timestamptz
) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_nom is null then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi',
      case p_type when 'CLIENT' then 'ce client' else 'ce fournisseur' end));
  end if;
  if p_devise not in ('USD', 'CDF') then
    perform private.refuser('RAPPORT_PARAMETRE', '{"parametre":"devise","quoi":"USD ou CDF"}');
  end if;
  return private.section('compte', format('Relevé de %s, en %s', private.nom_connu(p_id, p_nom, p_connu_a), p_devise),
    '{"jour": "date|Jour", "type": "texte|Écriture", "reference": "texte|Pièce", "libelle": "texte|Libellé",
      "devise": "texte|Devise", "debit": "montant|Débit", "credit": "montant|Crédit", "solde": "montant|Solde"}',
    (select jsonb_agg(jsonb_build_object('jour', r.date_valeur, 'type', private.mot(r.type), 'reference', r.reference,
      'libelle',
              r.libelle, 'devise', r.devise, 'debit', r.debit, 'credit', r.credit, 'solde', r.solde) order by r.rang)
       from public.releve_tiers(p_type, p_id, p_devise, p_du, p_au, p_connu_a) r),
    '{debit,credit}');
end;
$$;
comment on function private.section_compte(text, uuid, text, text, date, date, timestamptz) is
  'Statement of an account in a currency: the balance brought forward, each entry, the balance after it. Raises '
  'INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

create function private.rapport_releve_client(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(private.section_compte('CLIENT', i.id, c.nom, coalesce(p_parametres ->> 'devise', 'USD'),
           p_du, p_au, p_connu_a))
    from (select private.id_du_parametre(p_parametres, 'client_id') as id) i left join public.clients c on c.id = i.id
$$;
comment on function private.rapport_releve_client(uuid, date, date, timestamptz, jsonb) is
  'Relevé d''un client: what they owe, entry by entry. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

create function private.rapport_releve_fournisseur(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(private.section_compte('FOURNISSEUR', i.id, f.nom,
           coalesce(p_parametres ->> 'devise', 'USD'), p_du, p_au, p_connu_a))
    from (select private.id_du_parametre(p_parametres, 'fournisseur_id') as id) i
    left join public.fournisseurs f on f.id = i.id
$$;
comment on function private.rapport_releve_fournisseur(uuid, date, date, timestamptz, jsonb) is
  'Relevé d''un fournisseur: what we owe them, entry by entry. Raises INTROUVABLE, RAPPORT_PARAMETRE.';

create function private.rapport_releve_transporteur(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_array(
    private.section_transit(p_depot_id, p_du, p_au, p_connu_a, p_parametres ->> 'transporteur'))
$$;
comment on function private.rapport_releve_transporteur(uuid, date, date, timestamptz, jsonb) is
  'Relevé d''un transporteur: what each of their trucks was loaded with and what it brought.';

create function private.parts_apres(p_compte public.comptes_partenaires, p_connu_a timestamptz)
returns table (mouvement_id uuid)
language sql stable security definer rows 20
set search_path = pg_catalog, pg_temp
as $$
  select e.mouvement_id from private.ecrits_apres(p_compte.depot_id, p_connu_a) e
  union
  select a.id from public.attributions_partenaires a
   where a.depot_id = p_compte.depot_id and a.created_at > p_connu_a
  union
  -- A share of an opening stock bears its id where it is a partner's, its own where it leaves what is of none.
  select case when p_compte.partenaire_id is null then x.id else x.stock_initial_id end
    from public.stocks_initiaux_partenaires x join public.stocks_initiaux i on i.id = x.stock_initial_id
   where i.depot_id = p_compte.depot_id and x.created_at > p_connu_a
     and (p_compte.partenaire_id is null or x.partenaire_id = p_compte.partenaire_id)
$$;
comment on function private.parts_apres(public.comptes_partenaires, timestamptz) is
  'What moved a partner''s account and was only written after a moment.';

create function private.rapport_releve_partenaire(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_compte public.comptes_partenaires;
  v_noms record;
  v_lignes jsonb;
begin
  select * into v_compte from public.comptes_partenaires c
   where c.depot_id = p_depot_id and c.produit_id = private.id_du_parametre(p_parametres, 'produit_id')
     and c.partenaire_id is not distinct from private.id_du_parametre(p_parametres, 'partenaire_id');
  if not found then
    perform private.refuser('INTROUVABLE', '{"quoi":"ce compte"}');
  end if;
  select case when n.id is null then 'ce qui n''est à aucun partenaire' else private.nom_connu(n.id, n.nom, p_connu_a)
    end
           as partenaire, private.nom_connu(p.id, p.nom, p_connu_a) as produit
    into v_noms
    from public.produits p left join public.partenaires n on n.id = v_compte.partenaire_id
   where p.id = v_compte.produit_id;
  with releve as (
    select r.* from public.releve_partenaire(p_depot_id, v_compte.produit_id, v_compte.partenaire_id, p_du, p_au) r
  ), apres as (
    select x.mouvement_id from private.parts_apres(v_compte, p_connu_a) x
  ), report as (
    -- Brought forward, less what was written since of the days before.
    select r.solde_ambiant - coalesce(a.ambiant, 0) as ambiant, r.solde_15c - coalesce(a.a_15c, 0) as a_15c
      from releve r
     cross join lateral (
       select sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
         from apres x join public.v_mouvements_partenaires m on m.mouvement_id = x.mouvement_id
        where m.depot_id = p_depot_id and m.produit_id = v_compte.produit_id
          and m.partenaire_id is not distinct from v_compte.partenaire_id and m.date_jour < p_du) a
     where r.rang = 0
  ), connus as (
    select r.rang, r.date_jour, r.mouvement_type, r.delta_ambiant, r.delta_15c
      from releve r where r.rang > 0 and not exists (select from apres x where x.mouvement_id = r.mouvement_id)
    union all
    select 0, p_du, 'REPORT', null, null
  )
  select jsonb_agg(jsonb_build_object('jour', c.date_jour, 'mouvement', private.mot(c.mouvement_type), 'delta_ambiant',
           c.delta_ambiant, 'delta_15c', c.delta_15c, 'solde_ambiant', c.solde_ambiant, 'solde_15c', c.solde_15c)
           order by c.rang)
    into v_lignes
    from (select k.*, o.ambiant + sum(coalesce(k.delta_ambiant, 0)) over w as solde_ambiant,
                 o.a_15c + sum(coalesce(k.delta_15c, 0)) over w as solde_15c
            from connus k cross join report o window w as (order by k.rang rows unbounded preceding)) c;
  return jsonb_build_array(private.section('compte', format('Relevé de %s, %s', v_noms.partenaire, v_noms.produit),
    '{"jour": "date|Jour", "mouvement": "texte|Mouvement", "delta_ambiant": "litres|Litres ambiants",
      "delta_15c": "litres|Litres à 15 °C", "solde_ambiant": "litres|Solde ambiant",
      "solde_15c": "litres|Solde à 15 °C"}', v_lignes, '{delta_ambiant,delta_15c}'));
end;
$$;
comment on function private.rapport_releve_partenaire(uuid, date, date, timestamptz, jsonb) is
  'Relevé d''un partenaire: what is his (without one, of none) of a product at a depot, movement by movement, litres. '
  'Raises INTROUVABLE, RAPPORT_PARAMETRE, ROLE_FORBIDDEN.';

-- What clients owe, by how late it is ---------------------------------------------------------------------------------

create index lettrages_created_at_idx on private.lettrages (created_at desc);

create function private.restes_connus(p_depot_id uuid, p_au date, p_connu_a timestamptz)
returns table (client_id uuid, devise text, echeance date, debit numeric, credit numeric)
language sql stable security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  with candidates as (
    -- Open now, or settled since.
    select r.ecriture_id as id from private.restes_clients r
    union
    select unnest(array[l.debit_id, l.credit_id]) from private.lettrages l
     where l.created_at > least(p_connu_a, p_au::timestamp at time zone private.fuseau_societe())
  )
  select e.client_id, e.devise, coalesce(e.echeance, e.date_valeur),
         case when e.debit > 0 then r.reste else 0 end, case when e.debit > 0 then 0 else r.reste end
    from candidates k
    join public.ecritures_tiers e on e.id = k.id
   cross join lateral (
     select e.debit + e.credit - coalesce(sum(x.montant), 0) as reste
       from (select l.montant, o.date_valeur from private.lettrages l
               join public.ecritures_tiers o on o.id = l.credit_id
              where l.debit_id = e.id and l.created_at <= p_connu_a
             union all
             select l.montant, o.date_valeur from private.lettrages l
               join public.ecritures_tiers o on o.id = l.debit_id
              where l.credit_id = e.id and l.created_at <= p_connu_a) x
      where x.date_valeur <= p_au) r
   where e.tiers_type = 'CLIENT' and e.date_valeur <= p_au and e.created_at <= p_connu_a and r.reste <> 0
     and e.depot_id = any (private.depots_ou('lire_ventes')) and (p_depot_id is null or e.depot_id = p_depot_id)
$$;
comment on function private.restes_connus(uuid, date, timestamptz) is
  'What was open of clients'' accounts at the end of a day, as it was known at a moment, at the depots whose sales one '
  'reads; of one of them where it is named.';

create function private.rapport_balance_agee(
  p_depot_id uuid, p_du date, p_au date, p_connu_a timestamptz, p_parametres jsonb
) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with restes as (
    select r.*, p_au - r.echeance as retard from private.restes_connus(p_depot_id, p_au, p_connu_a) r
  ), clients as (
    select r.client_id, r.devise,
           coalesce(sum(r.debit) filter (where r.retard <= 0), 0) as non_echu,
           coalesce(sum(r.debit) filter (where r.retard between 1 and 30), 0) as de_1_a_30,
           coalesce(sum(r.debit) filter (where r.retard between 31 and 60), 0) as de_31_a_60,
           coalesce(sum(r.debit) filter (where r.retard between 61 and 90), 0) as de_61_a_90,
           coalesce(sum(r.debit) filter (where r.retard > 90), 0) as plus_de_90,
           sum(r.credit) as avances, sum(r.debit - r.credit) as solde
      from restes r group by r.client_id, r.devise
  )
  select jsonb_agg(private.section('balance_' || lower(d.devise), 'Balance âgée des clients, en ' || d.devise,
           format('{"client": "texte|Client", "non_echu": "montant:%1$s|Non échu", "de_1_a_30": "montant:%1$s|1 à 30 jours",
             "de_31_a_60": "montant:%1$s|31 à 60 jours", "de_61_a_90": "montant:%1$s|61 à 90 jours",
             "plus_de_90": "montant:%1$s|Plus de 90 jours", "avances": "montant:%1$s|Avances",
             "solde": "montant:%1$s|Solde"}', d.devise)::json,
           (select jsonb_agg(jsonb_build_object('client', n.nom, 'non_echu', c.non_echu, 'de_1_a_30', c.de_1_a_30,
                     'de_31_a_60', c.de_31_a_60, 'de_61_a_90', c.de_61_a_90, 'plus_de_90', c.plus_de_90, 'avances',
                     c.avances, 'solde', c.solde) order by c.solde desc, n.nom, c.client_id)
              from clients c
              join public.clients x on x.id = c.client_id
             cross join lateral (select private.nom_connu(x.id, x.nom, p_connu_a) as nom) n
             where c.devise = d.devise),
           '{non_echu,de_1_a_30,de_31_a_60,de_61_a_90,plus_de_90,avances,solde}') order by d.rang)
    from (values ('USD', 1), ('CDF', 2)) d (devise, rang)
$$;
comment on function private.rapport_balance_agee(uuid, date, date, timestamptz, jsonb) is
  'Balance âgée: what each client owed at the end of the last day, by how many days it was late, a section a currency.';

revoke execute on function
  private.id_du_parametre(jsonb, text), private.section_compte(text, uuid, text, text, date, date, timestamptz),
  private.rapport_releve_client(uuid, date, date, timestamptz, jsonb),
  private.rapport_releve_fournisseur(uuid, date, date, timestamptz, jsonb),
  private.rapport_releve_transporteur(uuid, date, date, timestamptz, jsonb),
  private.parts_apres(public.comptes_partenaires, timestamptz),
  private.rapport_releve_partenaire(uuid, date, date, timestamptz, jsonb),
  private.restes_connus(uuid, date, timestamptz), private.rapport_balance_agee(uuid, date, date, timestamptz, jsonb)
  from public;
grant execute on function
  private.id_du_parametre(jsonb, text), private.section_compte(text, uuid, text, text, date, date, timestamptz),
  private.rapport_releve_client(uuid, date, date, timestamptz, jsonb),
  private.rapport_releve_fournisseur(uuid, date, date, timestamptz, jsonb),
  private.rapport_releve_transporteur(uuid, date, date, timestamptz, jsonb),
  private.parts_apres(public.comptes_partenaires, timestamptz),
  private.rapport_releve_partenaire(uuid, date, date, timestamptz, jsonb),
  private.restes_connus(uuid, date, timestamptz), private.rapport_balance_agee(uuid, date, date, timestamptz, jsonb)
  to authenticated;
