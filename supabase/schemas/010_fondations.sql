-- Foundations: the rooms, who may enter them, and how a rule says no.
--
-- public   the contract: tables, views and RPCs a client may call
-- private  rules, triggers, idempotency: never exposed through REST
-- Everything below is granted by name; nothing is open by default.

create schema private;
comment on schema private is
  'Rules and machinery. Not exposed through REST; a client role may execute only what its policies and doors call.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;
revoke create on schema public from public;

-- A hosted project hands every new object in public to anon and authenticated: take that back, for good.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;

create function private.nouvel_id() returns uuid
language sql volatile parallel safe
return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
  substring(int8send((extract(epoch from clock_timestamp()) * 1000)::int8) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;
comment on function private.nouvel_id() is
  'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in time, whose indexes then grow at one end instead of being rewritten everywhere.';
grant execute on function private.nouvel_id() to authenticated, service_role;

-- The catalogue of refusals ---------------------------------------------------------------------------------------

create table private.refus (
  code text primary key,
  statut_http int not null check (statut_http between 400 and 499),
  phrase text not null
);
comment on table private.refus is
  'Every refusal of a rule: its code, its HTTP status and the sentence a clerk reads. {name} is replaced by the value of that name in the detail.';
comment on column private.refus.statut_http is 'HTTP status carried by the SQLSTATE PTnnn.';

insert into private.refus (code, statut_http, phrase) values
  ('ROLE_FORBIDDEN', 403, 'Votre rôle ne permet pas cette action.'),
  ('INVALID_ID_OR_STATE', 409, 'Cet enregistrement n''existe pas ou n''est plus dans l''état attendu : rechargez la page.'),
  ('BENEFICIAIRE_REQUIRED', 422, 'Indiquez le client ou le partenaire qui reçoit le carburant.'),
  ('CITERNE_INACTIVE_OR_INCOMPATIBLE', 422, 'Cette citerne est inactive, inconnue ou contient un autre produit.'),
  ('INDICES_MANQUANTS', 422, 'Indiquez le volume, ou les deux index du compteur (avant et après).'),
  ('INDEX_INCOHERENTS', 422, 'Les index du compteur ne concordent pas : vérifiez l''index avant, l''index après et le volume.'),
  ('VOLUME_AMBIANT_NON_POSITIF', 422, 'Le volume doit être supérieur à zéro.'),
  ('INSUFFICIENT_STOCK', 409, 'Stock insuffisant : {demande} L demandés, {disponible} L disponibles ({mesure}).'),
  ('SNAPSHOT_VIDE', 409, 'Aucun stock n''existe encore : enregistrez d''abord une réception.'),
  ('SORTIE_STOCK_INTROUVABLE', 409, 'Cette citerne n''a aucun stock pour ce propriétaire.'),
  ('SORTIE_CAPACITE_SECURITE', 409, 'Cette sortie ferait descendre la citerne sous sa capacité de sécurité ({capacite_securite} L) : il resterait {reste} L.'),
  ('STOCK_FUTUR_NEGATIF', 409, 'À cette date, le stock du {date_jour} deviendrait négatif.'),
  ('CITERNE_PLEINE', 409, 'La citerne n''a pas assez de place : {volume} L à recevoir, {libre} L libres.'),
  ('CDR_NON_ARRIVE', 409, 'Ce camion n''est pas au statut ARRIVE (statut actuel : {statut}).'),
  ('CDR_TRANSITION_INTERDITE', 409, 'Un cours de route ne peut pas passer de {de} à {vers}.'),
  ('CDR_RECU', 409, 'Une réception a déchargé ce camion : il ne peut pas être supprimé.'),
  ('CDR_DEJA_OUVERT', 409, 'Le camion {plaque_camion} a déjà un cours de route ouvert.'),
  ('PARTENAIRE_REQUIS', 422, 'Le carburant d''un partenaire exige d''indiquer ce partenaire.'),
  ('DENSITE_OBSERVEE_REQUISE', 422, 'Indiquez la densité observée.'),
  ('TEMPERATURE_REQUISE', 422, 'Indiquez la température.'),
  ('ASTM_HORS_DOMAINE', 422, 'Valeur hors du domaine de la norme : {borne}.'),
  ('SORTIE_VALIDATION_DIRECTE_INTERDITE', 409, 'Une sortie se crée en brouillon, puis se valide.'),
  ('VERSION_PERIMEE', 412, 'Ce brouillon a changé depuis que vous l''avez lu : relisez-le, puis validez de nouveau.'),
  ('ISOLATION_INTERDITE', 409, 'Cette écriture exige une transaction ordinaire (read committed).'),
  ('ECRITURE_INTERDITE', 403, 'Cet enregistrement ne peut plus être modifié ni supprimé.'),
  ('CHAMP_INCONNU', 422, 'Le champ {champ} n''existe pas : vérifiez son nom.'),
  ('MOTIF_REQUIS', 422, 'Indiquez un motif d''au moins {minimum} caractères.'),
  ('DATE_FUTURE', 422, 'La date est dans le futur : nous sommes le {aujourdhui} au dépôt.'),
  ('IDEMPOTENCE_CONFLIT', 409, 'Cette clé d''idempotence a déjà servi pour une autre demande.'),
  ('FLAG_INACTIF', 403, 'Cette fonction n''est pas encore ouverte pour vous.'),
  ('FLAG_INCONNU', 404, 'Cette option n''existe pas.'),
  ('INTROUVABLE', 404, 'Introuvable : {quoi}.'),
  ('COMPTE_DESACTIVE', 403, 'Votre compte est désactivé : adressez-vous à un administrateur.'),
  ('DEPOT_REQUIS', 422, 'Ce rôle travaille dans un dépôt : indiquez lequel.'),
  ('PROFIL_EXISTANT', 409, 'Cette personne a déjà un profil : modifiez-le.'),
  ('DERNIER_ADMIN', 409, 'Il doit rester un administrateur actif : nommez-en un autre d''abord.'),
  ('SECOND_FACTEUR_REQUIS', 403, 'Cette action demande votre second facteur : saisissez le code de votre application, puis recommencez.'),
  ('TROP_DE_DEMANDES', 429, 'Trop de demandes en peu de temps : réessayez dans {attendre_s} s.'),
  ('CAPACITE_SOUS_LE_STOCK', 409, 'La citerne contient {stock} L : sa capacité ne peut pas descendre à {capacite_totale} L.'),
  ('CITERNE_AVEC_MOUVEMENTS', 409, 'La citerne {nom} a {mouvements} mouvements : elle ne peut pas être retirée. Purgez d''abord les mouvements (staging:reset-mouvements).'),
  ('ENV_INTERDIT', 403, 'Cette opération est interdite dans cet environnement.');

create function private.nombre_fr(p_nombre numeric) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return translate(rtrim(rtrim(to_char(p_nombre, 'FM999,999,999,999,990.999'), '0'), '.'), ',.', ' ,');
comment on function private.nombre_fr(numeric) is
  'A number as a French reader writes it: 39296.5 gives "39 296,5". At most three decimals.';

-- Every function sets its search_path and looks at temporary objects last: what a caller brings along in pg_temp
-- stands in for nothing.

create function private.phrase_de_refus(p_code text, p_valeurs jsonb) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_phrase text;
  v_cle text;
  v_valeur jsonb;
begin
  select r.phrase into strict v_phrase from private.refus r where r.code = p_code;
  for v_cle, v_valeur in select key, value from jsonb_each(p_valeurs) loop
    v_phrase := replace(v_phrase, '{' || v_cle || '}',
      case jsonb_typeof(v_valeur)
        when 'number' then private.nombre_fr((v_valeur #>> '{}')::numeric)
        else coalesce(v_valeur #>> '{}', '—')
      end);
  end loop;
  return v_phrase;
end;
$$;
comment on function private.phrase_de_refus(text, jsonb) is
  'The sentence a clerk reads for this refusal, its values filled in. An unknown code is a bug and raises P0002.';

create function private.refuser(p_code text, p_valeurs jsonb default '{}', p_statut_http int default null) returns void
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    hint = private.phrase_de_refus(p_code, p_valeurs),
    errcode = 'PT' || coalesce(p_statut_http, (select r.statut_http from private.refus r where r.code = p_code)),
    message = p_code,
    detail = p_valeurs::text;
end;
$$;
comment on function private.refuser(text, jsonb, int) is
  'Raises a refusal: message = code, hint = French sentence, detail = values as JSON, SQLSTATE PTnnn = HTTP status. An unknown code is a bug and raises P0002.';
grant execute on function private.refuser(text, jsonb, int) to authenticated, service_role;

create function private.exiger_read_committed() returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.refuser('ISOLATION_INTERDITE');
  end if;
end;
$$;
comment on function private.exiger_read_committed() is
  'Refuses an older snapshot of the database, for rules that must see what others have just committed. Raises ISOLATION_INTERDITE.';
