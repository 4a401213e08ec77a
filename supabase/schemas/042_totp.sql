-- A factor of our own: a phone that shows six digits, another every thirty seconds (RFC 6238), for whoever the local
-- Auth, which has none, or a lost phone would leave outside.
--
--   proposed → confirmed by a code of it → proved by a code, each step once → replaced by another, in a raised session
--
-- The secret lies here encrypted under CLE_SECRETS, which the database never has: the door decrypts it, says which step
-- a code is of, and what is judged here is that step. These judges are the project's own: no client role executes them.

create table private.facteurs_totp (
  user_id uuid primary key references auth.users (id) on delete cascade,
  secret_chiffre text check (secret_chiffre ~ '^s1\.[0-9a-f]{16}\.'),
  confirme_le timestamptz,
  dernier_pas bigint not null default 0,
  propose_chiffre text check (propose_chiffre ~ '^s1\.[0-9a-f]{16}\.'),
  propose_le timestamptz,
  check ((secret_chiffre is null) = (confirme_le is null)),
  check ((propose_chiffre is null) = (propose_le is null))
);
comment on table private.facteurs_totp is
  'Second factors of our own, one a person: what was confirmed, and what is proposed until a code confirms it.';
comment on column private.facteurs_totp.secret_chiffre is
  'AES-256-GCM under CLE_SECRETS, bound to the person: s1.<which key>.<nonce>.<text>. Never in clear.';
comment on column private.facteurs_totp.dernier_pas is
  'Last step (thirty seconds since 1970) that was accepted: it and those before are over.';
alter table private.facteurs_totp enable row level security;

create table private.essais_facteur (
  user_id uuid not null references auth.users (id) on delete cascade,
  moyen text not null check (moyen in ('TOTP', 'SECOURS')),
  echecs int not null default 0,
  bloque_jusqu_au timestamptz,
  primary key (user_id, moyen)
);
comment on table private.essais_facteur is
  'Wrong codes of a person since the last good one, by kind. Apart from the factor, which another may replace: '
  'enrolling again forgives nothing. Its row is the lock of whatever is proved.';
comment on column private.essais_facteur.bloque_jusqu_au is 'Until when no code is even looked at.';
alter table private.essais_facteur enable row level security;

create function private.agir_pour(p_jeton text, p_requete text) returns uuid
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('request.jwt.claims', p_jeton, true), set_config('request.id', p_requete, true);
  perform private.exiger_profil();
  perform private.exiger('tenir_son_facteur');
  return auth.uid();
end;
$$;
comment on function private.agir_pour(text, text) is
  'For the judges, which are called by the project: until the end of the transaction it is this person, of these '
  'claims, who acts. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

create function private.ouvrir_essai(p_user_id uuid, p_moyen text) returns private.essais_facteur
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_essai private.essais_facteur;
begin
  insert into private.essais_facteur (user_id, moyen) values (p_user_id, 'SECOURS'), (p_user_id, 'TOTP')
  on conflict do nothing;
  perform from private.essais_facteur e where e.user_id = p_user_id order by e.moyen for update;
  select * into strict v_essai from private.essais_facteur e where (e.user_id, e.moyen) = (p_user_id, p_moyen);
  return v_essai;
end;
$$;
comment on function private.ouvrir_essai(uuid, text) is
  'The count of a person''s wrong codes, locked, of both kinds: proofs of one person are judged one after the other.';

create function private.essai_bloque(p_essai private.essais_facteur) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('code', 'TOTP_BLOQUE', 'valeurs', jsonb_build_object('attendre_s',
           ceil(extract(epoch from p_essai.bloque_jusqu_au - clock_timestamp()))::int, 'moyen', p_essai.moyen))
   where p_essai.bloque_jusqu_au > clock_timestamp()
$$;
comment on function private.essai_bloque(private.essais_facteur) is
  'The verdict on any code while this is blocked; null where it is not.';

create function private.compter_echec(p_essai private.essais_facteur, p_code text) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  c_echecs_max constant int := 5;
  c_blocage constant interval := interval '15 minutes';
begin
  update private.essais_facteur e
     set echecs = case when e.echecs + 1 < c_echecs_max then e.echecs + 1 else 0 end,
         bloque_jusqu_au = case when e.echecs + 1 >= c_echecs_max then clock_timestamp() + c_blocage end
   where (e.user_id, e.moyen) = (p_essai.user_id, p_essai.moyen) returning * into p_essai;
  perform private.journaliser('TOTP_REFUSE', 'securite', 'WARNING', p_essai.user_id, null,
    jsonb_build_object('moyen', p_essai.moyen, 'code', p_code));
  if p_essai.bloque_jusqu_au is null then
    return jsonb_build_object('code', p_code, 'valeurs',
      jsonb_build_object('essais_restants', c_echecs_max - p_essai.echecs));
  end if;
  perform private.journaliser('TOTP_BLOQUE', 'securite', 'WARNING', p_essai.user_id, null,
    jsonb_build_object('moyen', p_essai.moyen, 'jusqu_au', p_essai.bloque_jusqu_au));
  perform private.prevenir_admins(p_essai.user_id, 'second facteur bloqué',
    format('%s codes faux de suite pour {qui} : son second facteur est bloqué pendant 15 minutes. Si ce n''est pas '
      'cette personne, quelqu''un a son mot de passe : faites-le changer.', c_echecs_max));
  return private.essai_bloque(p_essai);
end;
$$;
comment on function private.compter_echec(private.essais_facteur, text) is
  'A wrong code more; the fifth of a row blocks for a quarter of an hour, and tells every admin. Answers the verdict: '
  'the code given, or TOTP_BLOQUE. Logs TOTP_REFUSE, TOTP_BLOQUE.';

create function private.elever_session() returns timestamptz
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_jusqu_au constant timestamptz := clock_timestamp() + interval '15 minutes';
begin
  update private.essais_facteur e set echecs = 0, bloque_jusqu_au = null where e.user_id = auth.uid();
  delete from private.sessions_elevees s where s.user_id = auth.uid() and s.jusqu_au <= now();
  insert into private.sessions_elevees as s (user_id, session, jusqu_au)
  values (auth.uid(), private.session_de(auth.jwt()), v_jusqu_au)
  on conflict (user_id, session) do update set jusqu_au = excluded.jusqu_au;
  return v_jusqu_au;
end;
$$;
comment on function private.elever_session() is
  'Raises the calling session for fifteen minutes, after a good code, which forgives those that were wrong: until '
  'when.';

-- What the doors ask -------------------------------------------------------------------------------------------------

create function private.etat_facteur() returns table (
  confirme_le timestamptz, propose_le timestamptz, codes_secours int, eleve_jusqu_au timestamptz,
  bloque_jusqu_au timestamptz
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('tenir_son_facteur');
  return query
    select f.confirme_le, f.propose_le,
           (select count(*)::int from private.codes_secours c
             where c.user_id = auth.uid() and c.utilise_le is null),
           (select s.jusqu_au from private.sessions_elevees s
             where s.user_id = auth.uid() and s.session = private.session_de(auth.jwt()) and s.jusqu_au > now()),
           (select e.bloque_jusqu_au from private.essais_facteur e
             where (e.user_id, e.moyen) = (auth.uid(), 'TOTP') and e.bloque_jusqu_au > now())
      from (select) un left join private.facteurs_totp f on f.user_id = auth.uid();
end;
$$;
comment on function private.etat_facteur() is
  'One''s own factor: confirmed and proposed since when, recovery codes left, until when this session is raised, and '
  'its codes blocked. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

create function private.proposer_facteur(p_chiffre text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('tenir_son_facteur');
  perform private.ouvrir_essai(auth.uid(), 'TOTP');
  -- A password that was stolen does not replace the phone.
  if exists (select from private.facteurs_totp f where f.user_id = auth.uid() and f.confirme_le is not null) then
    perform private.exiger_second_facteur(true);
  end if;
  insert into private.facteurs_totp as f (user_id, propose_chiffre, propose_le)
  values (auth.uid(), p_chiffre, now())
  on conflict (user_id) do update set (propose_chiffre, propose_le) = (excluded.propose_chiffre, excluded.propose_le);
end;
$$;
comment on function private.proposer_facteur(text) is
  'Proposes a factor, instead of one proposed before; who has one already proves it first. Raises ROLE_FORBIDDEN, '
  'SECOND_FACTEUR_REQUIS.';

create function private.facteur_a_prouver(p_user_id uuid, p_propose boolean)
  returns table (chiffre text, maintenant double precision)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when p_propose then f.propose_chiffre else f.secret_chiffre end, extract(epoch from clock_timestamp())
    from private.facteurs_totp f
   where f.user_id = p_user_id
     and case when p_propose then f.propose_le > now() - interval '1 hour' else f.confirme_le is not null end
$$;
comment on function private.facteur_a_prouver(uuid, boolean) is
  'What a code is judged by, and the one clock that says the step (seconds since 1970). A proposal lives an hour. No '
  'row where there is none.';

create function private.pas_possible(p_pas bigint) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$ select coalesce(abs(p_pas - floor(extract(epoch from clock_timestamp()) / 30)) <= 2, false) $$;
comment on function private.pas_possible(bigint) is
  'Whether a step may be accepted now: of the door''s own, one more, which what it asked in between took.';

create function private.juger_totp(p_jeton text, p_requete text, p_chiffre text, p_pas bigint,
  p_rechiffre text default null) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_essai.user_id for update;
  -- It was replaced, or encrypted anew, since the door read it.
  if v_facteur.secret_chiffre is distinct from p_chiffre then
    return jsonb_build_object('code', 'FACTEUR_CHANGE');
  end if;
  if not private.pas_possible(p_pas) then
    return private.compter_echec(v_essai, 'TOTP_REFUSE');
  end if;
  if p_pas <= v_facteur.dernier_pas then
    perform private.journaliser('TOTP_REFUSE', 'securite', 'WARNING', v_essai.user_id, null,
      jsonb_build_object('moyen', 'TOTP', 'code', 'TOTP_REJOUE'));
    return jsonb_build_object('code', 'TOTP_REJOUE', 'valeurs', '{}'::jsonb);
  end if;
  update private.facteurs_totp f set dernier_pas = p_pas, secret_chiffre = coalesce(p_rechiffre, f.secret_chiffre)
   where f.user_id = v_essai.user_id;
  perform private.journaliser('TOTP_REUSSI', 'securite', 'INFO', v_essai.user_id, null);
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
end;
$$;
comment on function private.juger_totp(text, text, text, bigint, text) is
  'A code of the confirmed factor, by its step (null: of none): raises the session once a step, counts what is wrong. '
  'p_rechiffre: the same secret under the key that replaces the one it lies under. '
  'Answers eleve_jusqu_au, or the refusal''s code and values, so that what was counted stays. Logs TOTP_REUSSI, '
  'TOTP_REFUSE, TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

create function private.confirmer_facteur(p_jeton text, p_requete text, p_chiffre text, p_pas bigint,
  p_empreintes text[]) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'TOTP');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_facteur private.facteurs_totp;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  select * into v_facteur from private.facteurs_totp f where f.user_id = v_essai.user_id for update;
  if v_facteur.propose_chiffre is distinct from p_chiffre then
    return jsonb_build_object('code', 'FACTEUR_CHANGE');
  end if;
  if v_facteur.confirme_le is not null then
    perform private.exiger_second_facteur(true);
  end if;
  if not private.pas_possible(p_pas) then
    return private.compter_echec(v_essai, 'TOTP_REFUSE');
  end if;
  update private.facteurs_totp f
     set secret_chiffre = f.propose_chiffre, confirme_le = now(), dernier_pas = p_pas, propose_chiffre = null,
         propose_le = null
   where f.user_id = v_essai.user_id;
  -- What the factor before had raised was raised by what is no factor any more.
  delete from private.sessions_elevees s where s.user_id = v_essai.user_id;
  perform private.remplacer_codes_secours(v_essai.user_id, p_empreintes);
  perform private.journaliser('TOTP_INSCRIT', 'securite', 'WARNING', v_essai.user_id, null,
    jsonb_build_object('remplace', v_facteur.confirme_le is not null));
  perform private.prevenir_admins(v_essai.user_id, 'second facteur inscrit',
    '{qui} vient d''inscrire un second facteur. Si vous ne savez pas pourquoi, demandez-le-lui de vive voix.');
  return jsonb_build_object('eleve_jusqu_au', private.elever_session());
end;
$$;
comment on function private.confirmer_facteur(text, text, text, bigint, text[]) is
  'A code of the proposed factor makes it the factor, with ten recovery codes (their SHA-256, in hexadecimal), raises '
  'this session and no other, and tells every admin. Answers as juger_totp does. Logs TOTP_INSCRIT, TOTP_REFUSE, '
  'TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, SECOND_FACTEUR_REQUIS.';

grant execute on function private.etat_facteur(), private.proposer_facteur(text) to authenticated;
