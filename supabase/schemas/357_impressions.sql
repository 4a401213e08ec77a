-- Papers: what is printed of a document, and how many times. The first is the original, each other says DUPLICATA.

create table private.impressions (
  objet_id uuid not null,
  exemplaire int not null check (exemplaire > 0),
  objet text not null check (objet in ('FACTURE', 'RECU', 'BON', 'COMMANDE', 'RELEVE')),
  par uuid not null,
  le timestamptz not null default now(),
  primary key (objet_id, exemplaire)
);
comment on table private.impressions is
  'Each print of an invoice, receipt, delivery note, order or statement. Immutable.';
create trigger impressions_block before update or delete or truncate on private.impressions
  for each statement execute function private.interdire_ecriture();

create function private.compter_impression(p_objet text, p_id uuid, p_depot_id uuid) returns int
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_exemplaire int;
begin
  perform pg_advisory_xact_lock(hashtextextended('impression:' || p_id, 0));
  select coalesce(max(i.exemplaire), 0) + 1 into v_exemplaire from private.impressions i where i.objet_id = p_id;
  insert into private.impressions (objet_id, exemplaire, objet, par) values (p_id, v_exemplaire, p_objet, auth.uid());
  perform private.journaliser(p_objet || '_IMPRIMEE', 'ventes', 'INFO', p_id, p_depot_id,
    jsonb_build_object('exemplaire', v_exemplaire));
  return v_exemplaire;
end;
$$;
comment on function private.compter_impression(text, uuid, uuid) is 'Which print of a document this one is, from 1.';

create function private.paye_comptant(p_facture public.factures_client) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('mode', e.mode, 'operateur_mobile', e.operateur_mobile, 'numero_recu', e.numero_recu)
    from public.encaissements e
   where e.depot_id = p_facture.depot_id and e.jour_caisse = p_facture.date_facture
     and e.client_id = p_facture.client_id and e.statut = 'CONFIRME'
     and e.lettre @> jsonb_build_array(jsonb_build_object('facture_id', p_facture.id, 'reste', 0))
   order by e.numero_recu limit 1
$$;
comment on function private.paye_comptant(public.factures_client) is
  'How an invoice was closed on its own day, and the receipt that says it: {mode, operateur_mobile, numero_recu}; '
  'null where it was not.';

create function private.facture_emise(p_id uuid, p_depots uuid[]) returns public.factures_client
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_facture public.factures_client;
begin
  select * into v_facture from public.factures_client f where f.id = p_id and f.depot_id = any (p_depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'EMISE' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;
comment on function private.facture_emise(uuid, uuid[]) is
  'An issued invoice or credit note of one of these depots: what may be shown or sent. Raises INTROUVABLE, '
  'FACTURE_ETAT.';

create function public.imprimer_facture(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('lire_ventes');
  v_facture constant public.factures_client := private.facture_emise(p_id, v_acteur.depots);
  v_fiscal public.factures_fiscales;
begin
  select * into strict v_fiscal from public.factures_fiscales f where f.facture_id = p_id;
  if v_fiscal.statut not in ('NON_RACCORDE', 'CERTIFIEE') then
    perform private.refuser('FACTURE_NON_CERTIFIEE', jsonb_build_object('statut', v_fiscal.statut));
  end if;
  return private.dire_facture(v_facture)::jsonb || jsonb_build_object(
    'empreinte', encode(v_facture.empreinte, 'hex'),
    'origine', (select jsonb_build_object('numero', o.numero, 'date_facture', o.date_facture)
                  from public.factures_client o where o.id = v_facture.facture_origine_id),
    'fiscal', jsonb_build_object('statut', v_fiscal.statut, 'nid', v_fiscal.nid, 'code_dgi', v_fiscal.code_dgi,
      'horodatage', to_char(v_fiscal.horodatage at time zone 'UTC', 'DD/MM/YYYY HH24:MI:SS'), 'qr', v_fiscal.qr),
    'comptant', private.paye_comptant(v_facture),
    'exemplaire', private.compter_impression('FACTURE', p_id, v_facture.depot_id));
end;
$$;
comment on function public.imprimer_facture(uuid) is
  'What the paper of an issued invoice or credit note says, and which print it is; counted. Raises ROLE_FORBIDDEN, '
  'INTROUVABLE, FACTURE_ETAT, FACTURE_NON_CERTIFIEE.';

create function public.imprimer_recu(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('lire_caisse');
  v_enc public.encaissements;
  v_recu jsonb;
begin
  select * into v_enc from public.encaissements e where e.id = p_id and e.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if v_enc.numero_recu is null then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  v_recu := to_jsonb(v_enc) - '{recu_le,created_at}'::text[] || jsonb_build_object('heure', (
    select to_char(v_enc.recu_le at time zone d.fuseau, 'DD/MM/YYYY HH24:MI') from public.depots d
     where d.id = v_enc.depot_id));
  return jsonb_build_object('recu', v_recu,
    'empreinte', encode(sha256(convert_to((v_recu - '{statut,motif_annulation,annule_par}'::text[])::text, 'UTF8')),
      'hex'),
    'exemplaire', private.compter_impression('RECU', p_id, v_enc.depot_id));
end;
$$;
comment on function public.imprimer_recu(uuid) is
  'What a receipt says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'ENCAISSEMENT_ETAT.';

create function public.imprimer_bl(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('livrer');
  v_bon public.bons_livraison;
  v_dit jsonb;
begin
  select * into v_bon from public.bons_livraison b where b.id = p_id and b.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce bon de livraison'));
  end if;
  if v_bon.numero is null then
    perform private.refuser('BL_ETAT', jsonb_build_object('statut', v_bon.statut));
  end if;
  -- A note of before notes kept what they say is printed as things stand.
  v_dit := jsonb_build_object('bon', to_jsonb(v_bon) - '{created_at,confirme_le,dit}'::text[])
    || coalesce(v_bon.dit, (select private.dit_du_bon(s) from public.sorties_produit s where s.id = v_bon.sortie_id));
  return v_dit || jsonb_build_object('empreinte', encode(sha256(convert_to(
      (v_dit #- '{bon,statut}' #- '{bon,motif_annulation}')::text, 'UTF8')), 'hex'),
    'exemplaire', private.compter_impression('BON', p_id, v_bon.depot_id));
end;
$$;
comment on function public.imprimer_bl(uuid) is
  'What a confirmed delivery note says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE, '
  'BL_ETAT.';

create function public.imprimer_commande(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('lire_ventes');
  v_commande public.commandes;
  v_dit jsonb;
begin
  select * into v_commande from public.commandes c where c.id = p_id and c.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette commande'));
  end if;
  if v_commande.numero is null then
    perform private.refuser('COMMANDE_ETAT', jsonb_build_object('statut', v_commande.statut));
  end if;
  -- How far it is delivered is no part of what was ordered; that it was taken back must be read on any copy.
  v_dit := v_commande.dit || jsonb_build_object('commande', to_jsonb(v_commande)
    - '{dit,created_at,confirmee_le,statut,motif_fin,terminee_par,terminee_le}'::text[]);
  return v_dit || jsonb_build_object('annulee', v_commande.statut = 'ANNULEE',
    'empreinte', encode(sha256(convert_to(v_dit::text, 'UTF8')), 'hex'),
    'exemplaire', private.compter_impression('COMMANDE', p_id, v_commande.depot_id));
end;
$$;
comment on function public.imprimer_commande(uuid) is
  'What the paper of a confirmed order says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, '
  'INTROUVABLE, COMMANDE_ETAT.';

create function public.releve_a_imprimer(
  p_client_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamptz default now()
) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_client public.clients;
begin
  select * into v_client from public.clients c where c.id = p_client_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce client'));
  end if;
  return jsonb_build_object('vendeur', private.vendeur(null), 'devise', p_devise, 'du', p_du,
    'au', coalesce(p_au, (p_connu_a at time zone private.fuseau_societe())::date),
    'connu_a', to_char(p_connu_a at time zone private.fuseau_societe(), 'DD/MM/YYYY HH24:MI'),
    'depot', (select d.nom from public.depots d
               where not private.peut('voir_tous_depots') and d.id = (private.depots_ou('lire_ventes'))[1]),
    'client', jsonb_build_object('nom', v_client.nom, 'adresse', v_client.adresse, 'telephone', v_client.telephone,
      'nif', v_client.nif),
    'lignes', (select coalesce(jsonb_agg(to_jsonb(r) order by r.rang), '[]')
                 from public.releve_tiers('CLIENT', p_client_id, p_devise, p_du, p_au, p_connu_a) r));
end;
$$;
comment on function public.releve_a_imprimer(uuid, text, date, date, timestamptz) is
  'What the paper of a client''s statement says, as it was known at a moment; depot: the one whose entries alone it '
  'holds, where its reader sees no other. Raises ROLE_FORBIDDEN, INTROUVABLE, ISOLATION_INTERDITE.';

create function public.imprimer_releve(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('lire_ventes');
  v_releve public.releves_clients;
begin
  select * into v_releve from public.releves_clients r
   where r.id = p_id and (private.peut('voir_tous_depots') or r.depot_id = any (v_acteur.depots));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce relevé'));
  end if;
  return v_releve.dit || jsonb_build_object('empreinte', encode(sha256(convert_to(v_releve.dit::text, 'UTF8')), 'hex'),
    'exemplaire', private.compter_impression('RELEVE', p_id, v_releve.depot_id));
end;
$$;
comment on function public.imprimer_releve(uuid) is
  'What a statement that was kept says, its hash, and which print it is; counted. Raises ROLE_FORBIDDEN, INTROUVABLE.';

revoke execute on function public.imprimer_facture(uuid), public.imprimer_recu(uuid), public.imprimer_bl(uuid),
  public.imprimer_commande(uuid), public.imprimer_releve(uuid),
  public.releve_a_imprimer(uuid, text, date, date, timestamptz) from public, anon;
grant execute on function public.imprimer_facture(uuid), public.imprimer_recu(uuid), public.imprimer_bl(uuid),
  public.imprimer_commande(uuid), public.imprimer_releve(uuid),
  public.releve_a_imprimer(uuid, text, date, date, timestamptz) to authenticated;
