-- Papers by e-mail: an invoice, a receipt, a statement is a message of the outbox, to its client's address, its paper
-- attached. The worker draws the paper from what the message holds, so that each of its tries sends the same bytes.

create function private.adresse_du_client(p_client_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_client public.clients;
  v_adresse text;
begin
  if not private.prevenus('clients_prevenus') then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', private.env()));
  end if;
  select * into strict v_client from public.clients c where c.id = p_client_id;
  v_adresse := nullif(private.texte_net(v_client.email), '');
  if v_adresse is null then
    perform private.refuser('CLIENT_SANS_COURRIEL', jsonb_build_object('client', v_client.nom));
  end if;
  perform private.destination_permise('EMAIL', v_adresse);
  return v_adresse;
end;
$$;
comment on function private.adresse_du_client(uuid) is
  'Where a client is written to, today. Raises ENV_INTERDIT, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';

create function private.lettre(p_phrase text, p_vendeur jsonb) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('texte', concat_ws(E'\n\n', 'Bonjour,', p_phrase,
    concat_ws(E'\n', p_vendeur ->> 'nom', p_vendeur ->> 'telephone', p_vendeur ->> 'email')))
$$;
comment on function private.lettre(text, jsonb) is 'What a message that carries a paper says, signed by the seller.';

create function private.adresser_envoi(
  p_type text, p_id uuid, p_depot_id uuid, p_client_id uuid, p_sujet text, p_lettre jsonb
) returns public.envois
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
  v_attend public.envois;
begin
  -- Two who send it at once send it once.
  perform pg_advisory_xact_lock(hashtextextended('envoi:' || p_id, 0));
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := p_type;
  v_envoi.objet_id := p_id;
  v_envoi.depot_id := p_depot_id;
  v_envoi.sujet := format('%s %s', private.enseigne(), p_sujet);
  v_envoi.contenu := p_lettre;
  v_envoi.destination := private.adresse_du_client(p_client_id);
  -- Asked again while it waits it is the same message; once it has arrived, or has been given up, another.
  select format('%s/%s/%s/%s', lower(p_type), p_id, lower(v_envoi.destination), count(*) + 1)
    into v_envoi.cle
    from public.envois e
   where e.objet_type = p_type and e.objet_id = p_id
     and lower(e.destination) = lower(v_envoi.destination) and e.statut in ('ENVOYE', 'MORT');
  select * into v_attend from public.envois e where e.cle = v_envoi.cle;
  if found then
    return v_attend;
  end if;
  return v_envoi;
end;
$$;
comment on function private.adresser_envoi(text, uuid, uuid, uuid, text, jsonb) is
  'A paper''s message to its client: the one that waits already, else one with its subject, letter, address and key, '
  'not yet written (no id). Raises what adresse_du_client does.';

create function private.poster_papier(p_envoi public.envois, p_nom text, p_dit jsonb) returns public.envois
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  p_envoi.contenu := p_envoi.contenu || jsonb_build_object('papier', jsonb_build_object('genre', p_envoi.objet_type,
    'nom', p_nom || '.pdf', 'dit', p_dit));
  p_envoi.id := private.deposer_envoi(p_envoi);
  select * into strict p_envoi from public.envois e where e.id = p_envoi.id;
  perform private.journaliser(p_envoi.objet_type || '_ENVOYEE', 'ventes', 'INFO', p_envoi.objet_id, p_envoi.depot_id,
    jsonb_build_object('papier', p_nom, 'destination', p_envoi.destination, 'envoi_id', p_envoi.id));
  return p_envoi;
end;
$$;
comment on function private.poster_papier(public.envois, text, jsonb) is
  'Writes a message with what its paper says, and its line of the log.';

create function private.dire_envoi(p_envoi public.envois) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('envoi_id', p_envoi.id, 'destination', p_envoi.destination, 'sujet', p_envoi.sujet,
    'statut', p_envoi.statut, 'exemplaire', p_envoi.contenu #> '{papier,dit,exemplaire}')
$$;
comment on function private.dire_envoi(public.envois) is
  '{envoi_id, destination, sujet, statut, exemplaire}: what who sends a paper is told.';

create function public.envoyer_facture(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  v_facture := private.facture_emise(p_id, v_acteur.depots);
  v_envoi := private.adresser_envoi('FACTURE', p_id, v_facture.depot_id, v_facture.client_id,
    format('%s %s', case v_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end, v_facture.numero),
    private.lettre(format('Veuillez trouver ci-joint %s %s du %s, de %s %s toutes taxes comprises%s.',
      case v_facture.type when 'AVOIR' then 'l''avoir' else 'la facture' end, v_facture.numero,
      to_char(v_facture.date_facture, 'DD/MM/YYYY'), replace(v_facture.total_ttc::text, '.', ','), v_facture.devise,
      case when v_facture.type = 'FACTURE' then ', à payer au plus tard le '
        || to_char(v_facture.date_echeance, 'DD/MM/YYYY') end),
    v_facture.vendeur_fige));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, v_facture.numero, public.imprimer_facture(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$$;
comment on function public.envoyer_facture(uuid) is
  'Sends an issued invoice or credit note to its client by e-mail, its paper attached, which counts as a print. Asked '
  'again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, '
  'ENV_INTERDIT, FACTURE_ETAT, FACTURE_NON_CERTIFIEE, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';

create function public.envoyer_recu(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('encaisser');
  v_enc public.encaissements;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  select * into v_enc from public.encaissements e where e.id = p_id and e.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet encaissement'));
  end if;
  if v_enc.statut <> 'CONFIRME' then
    perform private.refuser('ENCAISSEMENT_ETAT', jsonb_build_object('statut', v_enc.statut));
  end if;
  v_envoi := private.adresser_envoi('RECU', p_id, v_enc.depot_id, v_enc.client_id, 'Reçu ' || v_enc.numero_recu,
    private.lettre(format('Nous avons bien reçu votre paiement de %s %s. Veuillez en trouver ci-joint le reçu %s.',
      replace(v_enc.montant::text, '.', ','), v_enc.devise, v_enc.numero_recu),
    v_enc.vendeur_fige));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, v_enc.numero_recu, public.imprimer_recu(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$$;
comment on function public.envoyer_recu(uuid) is
  'Sends the receipt of a confirmed payment to its client by e-mail, its paper attached, which counts as a print. Asked '
  'again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, '
  'ENV_INTERDIT, ENCAISSEMENT_ETAT, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';

create function public.envoyer_releve(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_releve public.releves_clients;
  v_envoi public.envois;
begin
  perform private.exiger_read_committed();
  select * into v_releve from public.releves_clients r
   where r.id = p_id and (private.peut('voir_tous_depots') or r.depot_id = any (v_acteur.depots));
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce relevé'));
  end if;
  v_envoi := private.adresser_envoi('RELEVE', p_id, v_releve.depot_id, v_releve.client_id,
    'Relevé de compte au ' || to_char(v_releve.au, 'DD/MM/YYYY'),
    private.lettre(format('Veuillez trouver ci-joint le relevé de votre compte en %s au %s.', v_releve.devise,
      to_char(v_releve.au, 'DD/MM/YYYY')),
    v_releve.dit -> 'vendeur'));
  if v_envoi.id is null then
    v_envoi := private.poster_papier(v_envoi, 'releve-' || v_releve.au, public.imprimer_releve(p_id));
  end if;
  return private.dire_envoi(v_envoi);
end;
$$;
comment on function public.envoyer_releve(uuid) is
  'Sends a statement that was drawn up to its client by e-mail, its paper attached, which counts as a print. Asked '
  'again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, '
  'ENV_INTERDIT, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';
revoke execute on function public.envoyer_facture(uuid), public.envoyer_recu(uuid), public.envoyer_releve(uuid)
  from public, anon;
grant execute on function public.envoyer_facture(uuid), public.envoyer_recu(uuid), public.envoyer_releve(uuid)
  to authenticated;
