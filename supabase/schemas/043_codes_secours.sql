-- Recovery codes: for the night the phone is lost. Ten of eighty bits, shown once, each good once.

create table private.codes_secours (
  user_id uuid not null references auth.users (id) on delete cascade,
  empreinte bytea not null check (octet_length(empreinte) = 32),
  cree_le timestamptz not null default now(),
  utilise_le timestamptz,
  primary key (user_id, empreinte)
);
comment on table private.codes_secours is 'Recovery codes of a person, ten at a time: the last ten that were made.';
comment on column private.codes_secours.empreinte is
  'SHA-256 of the code. Of eighty random bits, none is found by trying.';
comment on column private.codes_secours.utilise_le is 'When it was used: it is good no more.';
alter table private.codes_secours enable row level security;

create function private.remplacer_codes_secours(p_user_id uuid, p_empreintes text[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.ouvrir_essai(p_user_id, 'SECOURS');
  delete from private.codes_secours c where c.user_id = p_user_id;
  insert into private.codes_secours (user_id, empreinte) select p_user_id, decode(e, 'hex') from unnest(p_empreintes) e;
end;
$$;
comment on function private.remplacer_codes_secours(uuid, text[]) is
  'These codes instead of all those before, used or not; two at once, the last.';

create function private.poser_codes_secours(p_empreintes text[]) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('tenir_son_facteur');
  perform private.exiger_second_facteur(true);
  perform private.remplacer_codes_secours(auth.uid(), p_empreintes);
  perform private.journaliser('CODES_SECOURS_REFAITS', 'securite', 'WARNING', auth.uid(), null,
    jsonb_build_object('codes', cardinality(p_empreintes)));
end;
$$;
comment on function private.poser_codes_secours(text[]) is
  'New recovery codes for oneself, in a raised session: those before are good no more. Logs CODES_SECOURS_REFAITS. '
  'Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';
grant execute on function private.poser_codes_secours(text[]) to authenticated;

create function private.juger_code_secours(p_jeton text, p_requete text, p_empreinte text) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_essai constant private.essais_facteur := private.ouvrir_essai(private.agir_pour(p_jeton, p_requete), 'SECOURS');
  v_bloque constant jsonb := private.essai_bloque(v_essai);
  v_restants int;
begin
  if v_bloque is not null then
    return v_bloque;
  end if;
  update private.codes_secours c set utilise_le = clock_timestamp()
   where (c.user_id, c.empreinte) = (v_essai.user_id, decode(p_empreinte, 'hex')) and c.utilise_le is null;
  if not found then
    return private.compter_echec(v_essai, 'CODE_SECOURS_REFUSE');
  end if;
  v_restants := (select count(*) from private.codes_secours c
                  where c.user_id = v_essai.user_id and c.utilise_le is null);
  perform private.journaliser('CODE_SECOURS_UTILISE', 'securite', 'WARNING', v_essai.user_id, null,
    jsonb_build_object('restants', v_restants));
  perform private.prevenir_admins(v_essai.user_id, 'code de secours utilisé',
    format('{qui} est entré avec un code de secours ; il en reste %s. Si ce n''est pas cette personne, fermez-lui '
      'l''accès.', v_restants));
  return jsonb_build_object('eleve_jusqu_au', private.elever_session(), 'codes_restants', v_restants);
end;
$$;
comment on function private.juger_code_secours(text, text, text) is
  'A recovery code, by its SHA-256: raises the session once, tells every admin, counts what is wrong. A phone whose '
  'codes are blocked blocks none of these. Answers eleve_jusqu_au and codes_restants, or the refusal''s code and '
  'values. Logs CODE_SECOURS_UTILISE, TOTP_REFUSE, TOTP_BLOQUE. Raises ROLE_FORBIDDEN, COMPTE_DESACTIVE, '
  'SECOND_FACTEUR_REQUIS.';
