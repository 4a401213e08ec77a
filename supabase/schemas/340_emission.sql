-- Issuing: an invoice or credit note becomes what is owed.

create function private.dire_facture(
  p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[]
) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_build_object(
    'facture', to_jsonb(p_facture) - '{empreinte,precedent,emise_le,created_at}'::text[] || jsonb_build_object(
      'emise_le', to_char(p_facture.emise_le at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
    'lignes', to_jsonb(p_lignes), 'taxes', to_jsonb(p_taxes))::text;
end;
$$;
comment on function private.dire_facture(public.factures_client, public.factures_client_lignes[],
  public.factures_client_taxes[]) is
  'All that an invoice says, with its lines by rank and its taxes by group, the same for ever: what its hash is of.';

create function private.lignes_facture(p_facture_id uuid) returns public.factures_client_lignes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select array_agg(l order by l.rang) from public.factures_client_lignes l where l.facture_id = p_facture_id);
end;
$$;
comment on function private.lignes_facture(uuid) is 'Lines of an invoice, by rank; null for none.';

create function private.taxes_facture(p_facture_id uuid) returns public.factures_client_taxes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select array_agg(t order by t.groupe) from public.factures_client_taxes t where t.facture_id = p_facture_id);
end;
$$;
comment on function private.taxes_facture(uuid) is 'Taxes of an invoice, by group; null for none.';

create function private.dire_facture(p_facture public.factures_client) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.dire_facture(p_facture, private.lignes_facture(p_facture.id), private.taxes_facture(p_facture.id));
end;
$$;
comment on function private.dire_facture(public.factures_client) is
  'All that an invoice says, its lines and taxes as they are written.';

create function private.empreinte_suivante(p_precedent bytea, p_dit text) returns bytea
language sql stable
return sha256(coalesce(p_precedent, '') || convert_to(p_dit, 'UTF8'));
comment on function private.empreinte_suivante(bytea, text) is
  'SHA-256 of the hash before it and of what is said. Inlined where it is used.';

create function private.empreinte_facture(p_facture public.factures_client) returns bytea
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.empreinte_suivante(p_facture.precedent, private.dire_facture(p_facture));
end;
$$;
comment on function private.empreinte_facture(public.factures_client) is
  'SHA-256 of the hash before it and of all the invoice says: a byte changed in one breaks it and each after it.';

create function private.exiger_client_complet(p_client public.clients) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_champs text[];
begin
  v_champs := array_remove(array[
    case when p_client.type_fiscal in ('PM', 'PC', 'PL') and coalesce(btrim(p_client.nif), '') = '' then 'nif' end,
    case when p_client.type_fiscal = 'AO' and coalesce(btrim(p_client.ref_exoneration), '') = ''
      then 'ref_exoneration' end], null);
  if v_champs <> '{}' then
    perform private.refuser('CLIENT_INCOMPLET', jsonb_build_object('client', p_client.nom,
      'type_fiscal', p_client.type_fiscal, 'champs', array_to_string(v_champs, ', ')));
  end if;
end;
$$;
comment on function private.exiger_client_complet(public.clients) is
  'A client has what their class is invoiced with. Raises CLIENT_INCOMPLET.';

create function private.ecriture_facture_client(p_facture_id uuid) returns public.ecritures_tiers
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return (select e from public.ecritures_tiers e
           where e.source_type = 'factures_client' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR'));
end;
$$;
comment on function private.ecriture_facture_client(uuid) is
  'What an issued invoice or credit note wrote in the account; null before.';

create function private.jour_avant_elle(p_facture public.factures_client, p_annees int default 0) returns date
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select f.date_facture from public.factures_client f
     where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.sequence is not null
       and f.exercice between p_facture.exercice and p_facture.exercice + p_annees
       and not exists (select from private.dates_fausses x where x.facture_id = f.id)
     order by f.exercice desc, f.sequence desc limit 1);
end;
$$;
comment on function private.jour_avant_elle(public.factures_client, int) is
  'Day of the last of its series, and of the series of so many years after it, whose date nobody has said to be false; '
  'null for none.';

create function private.suivre_derniere(p_facture public.factures_client) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_toutes constant int := 1000;
  v_avant record;
  v_jour date;
begin
  -- Of a year that has begun too: a clock put back over a New Year would number in the old one again.
  select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
   where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice >= p_facture.exercice
     and f.sequence is not null
   order by f.exercice desc, f.sequence desc limit 1;
  if v_avant.date_facture > p_facture.date_facture then
    if private.jour_avant_elle(p_facture, c_toutes)
       > private.jour_au_depot(p_facture.depot_id, clock_timestamp()) then
      perform private.refuser('HORLOGE_RECULEE', jsonb_build_object('derniere', v_avant.date_facture,
        'aujourdhui', p_facture.date_facture, 'numero', v_avant.numero));
    end if;
    if v_avant.exercice > p_facture.exercice then
      select f.exercice, f.date_facture, f.numero, f.empreinte into v_avant from public.factures_client f
       where f.depot_id = p_facture.depot_id and f.type = p_facture.type and f.exercice = p_facture.exercice
         and f.sequence is not null
       order by f.sequence desc limit 1;
    end if;
    v_jour := private.jour_avant_elle(p_facture);
    if v_jour > p_facture.date_facture then
      -- Midnight passed while it waited for its number: it is of the day it has one.
      p_facture.date_echeance := p_facture.date_echeance + (v_jour - p_facture.date_facture);
      p_facture.date_facture := v_jour;
    end if;
  end if;
  p_facture.precedent := v_avant.empreinte;
  return p_facture;
end;
$$;
comment on function private.suivre_derniere(public.factures_client) is
  'An invoice that has just had its number, chained to the last of its series and of no earlier day than those whose '
  'date is true. Raises HORLOGE_RECULEE.';

create function public.dire_date_fausse(p_facture_id uuid, p_motif text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client;
begin
  perform private.exiger('avancer_series');
  perform private.exiger_motif(p_motif, 10);
  select * into v_facture from public.factures_client f where f.id = p_facture_id;
  if v_facture.sequence is null
     or v_facture.date_facture < private.jour_au_depot(v_facture.depot_id, clock_timestamp()) then
    perform private.refuser('INTROUVABLE', '{"quoi":"une facture ou un avoir émis, daté d''un jour à venir"}');
  end if;
  insert into private.dates_fausses (facture_id, motif, par)
  values (v_facture.id, private.texte_net(p_motif), auth.uid()) on conflict do nothing;
  if found then
    perform private.journaliser('DATE_FAUSSE_DITE', 'ventes', 'CRITICAL', v_facture.id, v_facture.depot_id,
      jsonb_build_object('numero', v_facture.numero, 'date_facture', v_facture.date_facture, 'motif', p_motif));
  end if;
end;
$$;
comment on function public.dire_date_fausse(uuid, text) is
  'Says of an issued invoice or credit note that a clock running ahead has dated it (admin), in days to come: it '
  'stays as it is, and no longer holds back those of today. Said again, it changes nothing. Logged CRITICAL. Raises '
  'ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, INTROUVABLE.';
revoke execute on function public.dire_date_fausse(uuid, text) from public, anon;
grant execute on function public.dire_date_fausse(uuid, text) to authenticated;

create function private.numeroter_facture(
  p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[],
  p_neuve boolean, p_code text
) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_facture.total_ttc <= 0 then
    perform private.refuser('FACTURE_VIDE', jsonb_build_object('total_ttc', p_facture.total_ttc));
  end if;
  p_facture.statut := 'EMISE';
  p_facture.emise_par := auth.uid();
  p_facture.emise_le := clock_timestamp();
  p_facture.exercice := extract(year from p_facture.date_facture);
  -- From here to its end the transaction holds the series: nothing is looked for any more, it is only written.
  p_facture.numero := private.prendre_numero(p_facture.depot_id,
    case p_facture.type when 'AVOIR' then 'AVR' else 'FAC' end, p_facture.exercice, p_facture.id, p_code);
  p_facture.sequence := substring(p_facture.numero from '\d+$')::bigint;
  p_facture := private.suivre_derniere(p_facture);
  p_facture.empreinte := private.empreinte_suivante(p_facture.precedent,
    private.dire_facture(p_facture, p_lignes, p_taxes));
  if p_neuve then
    insert into public.factures_client select p_facture.*;
  else
    update public.factures_client f
     set (statut, emise_par, emise_le, exercice, sequence, numero, precedent, empreinte, client_fige, vendeur_fige,
          taux_cdf, date_facture, date_echeance, total_ht, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf)
         = (p_facture.statut, p_facture.emise_par, p_facture.emise_le, p_facture.exercice, p_facture.sequence,
            p_facture.numero, p_facture.precedent, p_facture.empreinte, p_facture.client_fige, p_facture.vendeur_fige,
            p_facture.taux_cdf, p_facture.date_facture, p_facture.date_echeance, p_facture.total_ht,
            p_facture.total_tva, p_facture.total_ttc, p_facture.total_tva_cdf, p_facture.total_ttc_cdf)
     where f.id = p_facture.id;
  end if;
  return p_facture;
end;
$$;
comment on function private.numeroter_facture(public.factures_client, public.factures_client_lignes[],
  public.factures_client_taxes[], boolean, text) is
  'An invoice with its number and its hash, written as issued, under the mutex of its client''s account; p_neuve: of '
  'it only lines and taxes were written; p_code: the depot''s own, of whoever has read it. Raises FACTURE_VIDE, '
  'DEPOT_SANS_CODE, HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.porter_facture(p_facture public.factures_client) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_ecriture public.ecritures_tiers;
  v_fait text;
begin
  v_ecriture.tiers_type := 'CLIENT';
  v_ecriture.client_id := p_facture.client_id;
  v_ecriture.depot_id := p_facture.depot_id;
  v_ecriture.devise := p_facture.devise;
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.numero;
  v_ecriture.source_type := 'factures_client';
  v_ecriture.source_id := p_facture.id;
  if p_facture.type = 'AVOIR' then
    v_ecriture.libelle := 'Avoir ' || p_facture.numero;
    v_ecriture.credit := p_facture.total_ttc;
  else
    v_ecriture.libelle := 'Facture ' || p_facture.numero;
    v_ecriture.debit := p_facture.total_ttc;
  end if;
  v_fait := private.ouvrir_dossier_fiscal(p_facture);
  return private.ecrire_compte(v_ecriture);
end;
$$;
comment on function private.porter_facture(public.factures_client) is
  'What an invoice just issued is owed: its entry, whose id it gives, and its fiscal file. Raises ISOLATION_INTERDITE, '
  'ECRITURES_GELEES.';

create function private.sceller_facture(
  p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_taxes public.factures_client_taxes[],
  p_neuve boolean
) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_fait text;
begin
  v_fait := private.verrouiller_tiers('CLIENT', p_facture.client_id);
  p_facture := private.numeroter_facture(p_facture, p_lignes, p_taxes, p_neuve, null);
  v_fait := private.porter_facture(p_facture);
  v_fait := private.journaliser(
    array[case p_facture.type when 'AVOIR' then 'AVOIR_EMIS' else 'FACTURE_CLIENT_EMISE' end], 'ventes', 'INFO',
    p_facture.id, p_facture.depot_id, private.details_facture(p_facture));
  return p_facture;
end;
$$;
comment on function private.sceller_facture(public.factures_client, public.factures_client_lignes[],
  public.factures_client_taxes[], boolean) is
  'The last of issuing: account, number, hash, entry, log; p_neuve as private.numeroter_facture has it. Raises '
  'FACTURE_VIDE, DEPOT_SANS_CODE, '
  'HORLOGE_RECULEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

create function private.details_facture(p_facture public.factures_client) returns jsonb
language sql stable
return jsonb_build_object('numero', p_facture.numero, 'client_id', p_facture.client_id, 'devise', p_facture.devise,
  'total_ttc', p_facture.total_ttc, 'empreinte', encode(p_facture.empreinte, 'hex'));
comment on function private.details_facture(public.factures_client) is
  'What the log keeps of an invoice just issued. Inlined where it is used.';

-- What an invoice comes to --------------------------------------------------------------------------------------------

create function private.tva(p_base_ht numeric, p_taux numeric) returns numeric
language sql immutable
return round(p_base_ht * p_taux / 100, 2);
comment on function private.tva(numeric, numeric) is 'Tax of an amount, to the cent. Inlined where it is used.';

create function private.taxe_de(p_facture public.factures_client, p_groupe text, p_taux numeric, p_base_ht numeric)
  returns public.factures_client_taxes
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_taxe public.factures_client_taxes;
begin
  v_taxe.facture_id := p_facture.id;
  v_taxe.depot_id := p_facture.depot_id;
  v_taxe.groupe := p_groupe;
  v_taxe.taux := p_taux;
  v_taxe.base_ht := p_base_ht;
  v_taxe.montant_tva := private.tva(p_base_ht, p_taux);
  return v_taxe;
end;
$$;
comment on function private.taxe_de(public.factures_client, text, numeric, numeric) is
  'Tax of an invoice for one group, of what is owed before it.';

create function private.taxes_de(p_facture public.factures_client, p_lignes public.factures_client_lignes[])
  returns public.factures_client_taxes[]
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if cardinality(p_lignes) > 1 then
    return array(
      select private.taxe_de(p_facture, l.tva_groupe, l.tva_taux, sum(l.montant_ht))
        from unnest(p_lignes) l group by l.tva_groupe, l.tva_taux order by l.tva_groupe);
  end if;
  -- One line, as at the counter: without a query.
  return array[private.taxe_de(p_facture, p_lignes[1].tva_groupe, p_lignes[1].tva_taux, p_lignes[1].montant_ht)];
end;
$$;
comment on function private.taxes_de(public.factures_client, public.factures_client_lignes[]) is
  'Tax of the lines of an invoice, group by group.';

create function private.taxer(p_facture public.factures_client, p_taxes public.factures_client_taxes[])
  returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_taxe public.factures_client_taxes;
begin
  p_facture.total_ht := 0;
  p_facture.total_tva := 0;
  foreach v_taxe in array p_taxes loop
    insert into public.factures_client_taxes select v_taxe.*;
    p_facture.total_ht := p_facture.total_ht + v_taxe.base_ht;
    p_facture.total_tva := p_facture.total_tva + v_taxe.montant_tva;
  end loop;
  p_facture.total_ttc := p_facture.total_ht + p_facture.total_tva;
  p_facture.total_ttc_cdf := round(p_facture.total_ttc * p_facture.taux_cdf, 2);
  p_facture.total_tva_cdf := round(p_facture.total_tva * p_facture.taux_cdf, 2);
  return p_facture;
end;
$$;
comment on function private.taxer(public.factures_client, public.factures_client_taxes[]) is
  'Writes the taxes of an invoice, and gives it its totals, in its currency and in francs.';

create function private.dater_facture(
  p_facture public.factures_client, p_client public.clients, p_delai_jours int, p_jour date
) returns public.factures_client
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_complet text;
begin
  v_complet := private.exiger_client_complet(p_client);
  p_facture.client_fige := jsonb_build_object('nom', p_client.nom, 'adresse', p_client.adresse, 'pays', p_client.pays,
    'telephone', p_client.telephone, 'type_fiscal', p_client.type_fiscal, 'nif', p_client.nif, 'rccm', p_client.rccm,
    'id_nat', p_client.id_nat, 'ref_exoneration', p_client.ref_exoneration);
  p_facture.date_facture := p_jour;
  p_facture.date_echeance := p_jour + p_delai_jours;
  p_facture.taux_cdf := private.taux_du_jour(p_facture.devise, p_jour);
  return p_facture;
end;
$$;
comment on function private.dater_facture(public.factures_client, public.clients, int, date) is
  'An invoice as of the day it is issued: its client as they are, its due day, the rate. Raises CLIENT_INCOMPLET, '
  'TAUX_ABSENT.';

create function private.emettre(
  p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_delai_jours int, p_jour date
) returns public.factures_client
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_client public.clients;
  v_taxes public.factures_client_taxes[];
begin
  select * into strict v_client from public.clients c where c.id = p_facture.client_id;
  p_facture := private.dater_facture(p_facture, v_client, p_delai_jours, p_jour);
  p_facture.vendeur_fige := private.vendeur(p_facture.depot_id);
  v_taxes := private.taxes_de(p_facture, p_lignes);
  p_facture := private.taxer(p_facture, v_taxes);
  insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c)
  select l.sortie_id, p_facture.id, (select coalesce(sum(a.delta_15c), 0) from public.stocks_adjustments a
           where a.mouvement_type = 'SORTIE' and a.mouvement_id = l.sortie_id)
    from unnest(p_lignes) l where l.sortie_id is not null;
  return private.sceller_facture(p_facture, p_lignes, v_taxes, false);
end;
$$;
comment on function private.emettre(public.factures_client, public.factures_client_lignes[], int, date) is
  'Issues a draft whose lines are right on this day: client, day, rate, taxes, totals, then private.sceller_facture. '
  'Raises '
  'CLIENT_INCOMPLET, TAUX_ABSENT, and what private.sceller_facture raises.';

create function private.exiger_lignes_fraiches(
  p_facture public.factures_client, p_lignes public.factures_client_lignes[], p_conditions public.clients_conditions,
  p_jour date
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sorties uuid[] := array[]::uuid[];
  v_vendables private.vendable[];
  v_fraiche public.factures_client_lignes;
  v_ligne public.factures_client_lignes;
  v_perimee boolean := p_conditions.devise <> p_facture.devise;
begin
  foreach v_ligne in array p_lignes loop
    if v_ligne.sortie_id is not null then
      v_sorties := v_sorties || v_ligne.sortie_id;
    else
      v_perimee := v_perimee or v_ligne.tva_taux <> private.taux_tva_du(v_ligne.tva_groupe, p_jour);
    end if;
  end loop;
  v_vendables := private.exiger_facturables(v_sorties, p_facture.client_id, p_facture.depot_id);
  if not v_perimee then
    -- Fuel comes first, in one order, in the draft as now.
    foreach v_fraiche in array private.lignes_de(v_vendables, p_conditions, p_jour) loop
      v_ligne := p_lignes[v_fraiche.rang];
      v_perimee := v_perimee
        or (v_fraiche.sortie_id, v_fraiche.bl_id, v_fraiche.base, v_fraiche.quantite, v_fraiche.prix_ht,
            v_fraiche.tva_groupe, v_fraiche.tva_taux)
           is distinct from (v_ligne.sortie_id, v_ligne.bl_id, v_ligne.base, v_ligne.quantite, v_ligne.prix_ht,
                             v_ligne.tva_groupe, v_ligne.tva_taux);
    end loop;
  end if;
  if v_perimee then
    perform private.refuser('FACTURE_CLIENT_PERIMEE');
  end if;
end;
$$;
comment on function private.exiger_lignes_fraiches(public.factures_client, public.factures_client_lignes[],
  public.clients_conditions, date) is
  'What a draft says is what stands on the day it is issued: litres, notes, prices, taxes, terms. Raises '
  'FACTURE_CLIENT_PERIMEE, '
  'SORTIE_NON_FACTURABLE, INTROUVABLE, TARIF_ABSENT, COMMANDE_DEVISE, TVA_NON_FIXEE.';

create function public.emettre_facture(p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client;
  v_lignes public.factures_client_lignes[];
  v_conditions public.clients_conditions;
  v_jour date;
  v_fait text;
begin
  v_fait := private.exiger_read_committed();
  v_facture := private.brouillon_facture(p_id);
  v_fait := private.exiger_quatre_yeux(v_facture.created_by);
  v_lignes := private.lignes_facture(p_id);
  v_conditions := private.conditions_de(v_facture.client_id);
  -- Read once: what is taxed at the rate of a day is dated that day, also at midnight.
  v_jour := private.jour_au_depot(v_facture.depot_id, clock_timestamp());
  v_fait := private.exiger_lignes_fraiches(v_facture, v_lignes, v_conditions, v_jour);
  v_facture := private.emettre(v_facture, v_lignes, v_conditions.delai_jours, v_jour);
  v_fait := private.affecter_avances(v_facture.id);
end;
$$;
comment on function public.emettre_facture(uuid) is
  'Issues a draft: dated today at the depot, numbered, hashed, owed. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, '
  'ROLE_FORBIDDEN, ISOLATION_INTERDITE, '
  'ECRITURE_INTERDITE, INTROUVABLE, ENV_INTERDIT, ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, '
  'LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, QUATRE_YEUX, TVA_NON_FIXEE, TAUX_ABSENT, TARIF_ABSENT, COMMANDE_DEVISE, '
  'SORTIE_NON_FACTURABLE, FACTURE_VIDE, FACTURE_CLIENT_PERIMEE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

revoke execute on function public.emettre_facture(uuid) from public, anon;
grant execute on function public.emettre_facture(uuid) to authenticated;
