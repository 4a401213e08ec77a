-- An invoice by e-mail: a message of the outbox, to its client's address, with its paper attached. The worker draws the
-- paper from what the message holds, so that each of its tries sends the same bytes.

create function private.clients_prevenus() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select private.env() = 'prod'
         or exists (select from public.app_settings s where s.key = 'clients_prevenus' and s.value = private.env())
$$;
comment on function private.clients_prevenus() is
  'Whether clients may be written to: in PROD; elsewhere they may be PROD''s, brought by a copy, and are told nothing '
  'until the setting clients_prevenus names this very environment.';

create function private.adresse_du_client(p_client_id uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_client public.clients;
  v_adresse text;
begin
  if not private.clients_prevenus() then
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

create function private.message_facture(p_facture public.factures_client, p_destination text, p_cle text)
  returns public.envois
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  v_envoi public.envois;
  v_quoi constant text := case p_facture.type when 'AVOIR' then 'l''avoir' else 'la facture' end;
begin
  v_envoi.canal := 'EMAIL';
  v_envoi.objet_type := 'FACTURE';
  v_envoi.objet_id := p_facture.id;
  v_envoi.depot_id := p_facture.depot_id;
  v_envoi.cle := p_cle;
  v_envoi.destination := p_destination;
  v_envoi.sujet := format('%s %s %s', private.enseigne(),
    case p_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end, p_facture.numero);
  v_envoi.contenu := jsonb_build_object('texte', concat_ws(E'\n\n', 'Bonjour,',
    format('Veuillez trouver ci-joint %s %s du %s, de %s %s toutes taxes comprises%s.', v_quoi, p_facture.numero,
      to_char(p_facture.date_facture, 'DD/MM/YYYY'), replace(p_facture.total_ttc::text, '.', ','), p_facture.devise,
      case when p_facture.type = 'FACTURE' then ', à payer au plus tard le '
        || to_char(p_facture.date_echeance, 'DD/MM/YYYY') end),
    concat_ws(E'\n', p_facture.vendeur_fige ->> 'nom', p_facture.vendeur_fige ->> 'telephone',
      p_facture.vendeur_fige ->> 'email')));
  return v_envoi;
end;
$$;
comment on function private.message_facture(public.factures_client, text, text) is
  'The message of an issued invoice or credit note, its paper not yet in it.';

create function public.envoyer_facture(p_id uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_acteur constant private.acteur := private.exiger('facturer');
  v_facture public.factures_client;
  v_envoi public.envois;
  v_destination text;
  v_cle text;
begin
  perform private.exiger_read_committed();
  -- Two who send it at once send it once.
  perform pg_advisory_xact_lock(hashtextextended('envoi:' || p_id, 0));
  select * into v_facture from public.factures_client f where f.id = p_id and f.depot_id = any (v_acteur.depots);
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  if v_facture.statut <> 'EMISE' then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  v_destination := private.adresse_du_client(v_facture.client_id);
  -- Asked again while it waits it is the same message; once it has arrived, or has been given up, another.
  select format('facture/%s/%s/%s', p_id, lower(v_destination), count(*) + 1) into v_cle
    from public.envois e
   where e.objet_type = 'FACTURE' and e.objet_id = p_id and lower(e.destination) = lower(v_destination)
     and e.statut in ('ENVOYE', 'MORT');
  select * into v_envoi from public.envois e where e.cle = v_cle;
  if not found then
    v_envoi := private.message_facture(v_facture, v_destination, v_cle);
    v_envoi.contenu := v_envoi.contenu || jsonb_build_object('papier', jsonb_build_object('genre', 'FACTURE', 'nom',
      v_facture.numero || '.pdf', 'dit', public.imprimer_facture(p_id)));
    v_envoi.id := private.deposer_envoi(v_envoi);
    select * into strict v_envoi from public.envois e where e.id = v_envoi.id;
    perform private.journaliser('FACTURE_ENVOYEE', 'ventes', 'INFO', p_id, v_facture.depot_id,
      jsonb_build_object('numero', v_facture.numero, 'destination', v_destination, 'envoi_id', v_envoi.id));
  end if;
  return jsonb_build_object('envoi_id', v_envoi.id, 'destination', v_envoi.destination, 'sujet', v_envoi.sujet,
    'statut', v_envoi.statut, 'exemplaire', v_envoi.contenu #> '{papier,dit,exemplaire}');
end;
$$;
comment on function public.envoyer_facture(uuid) is
  'Sends an issued invoice or credit note to its client by e-mail, its paper attached, which counts as a print. Asked '
  'again while the message waits, it is that message. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, INTROUVABLE, '
  'ENV_INTERDIT, FACTURE_ETAT, FACTURE_NON_CERTIFIEE, CLIENT_SANS_COURRIEL, ADRESSE_INTERDITE.';
revoke execute on function public.envoyer_facture(uuid) from public, anon;
grant execute on function public.envoyer_facture(uuid) to authenticated;
