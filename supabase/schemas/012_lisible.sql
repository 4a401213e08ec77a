-- What people read and write: texts, names, plates and days that a person can have meant.

create function private.illisibles() returns text
language sql immutable parallel safe
return '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e'
  '\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]';
comment on function private.illisibles() is
  'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of '
  'what follows; what stands for nothing, or for a byte that could not be read. Not the marks of a variant, which a '
  'telephone puts after many a sign.';

create function private.texte_lisible(p_texte text, p_lignes boolean default false) returns boolean
language sql immutable parallel safe
return translate(p_texte, case when p_lignes then E'\n\r\t' else '' end, '') !~ private.illisibles();
comment on function private.texte_lisible(text, boolean) is
  'Whether a text holds nothing but what people see: no control, invisible or direction character, in a log, a '
  'terminal or a report; line breaks and tabs where p_lignes. Null for null.';

create function private.cle_nom(p_nom text) returns text
language sql immutable parallel safe
return lower(btrim(regexp_replace(normalize(p_nom, NFKC) collate pg_c_utf8, '\s+', ' ', 'g')));
comment on function private.cle_nom(text) is
  'A name as people compare it: whatever its case, its blanks and the form its letters are written in.';

create function private.nom_lisible(p_nom text) returns boolean
language sql immutable parallel safe
return private.cle_nom(p_nom) <> ''
  and normalize(p_nom, NFKC) !~
    '[\u0370-\u058f\u13a0-\u167f\u18b0-\u18ff\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\u2c80-\u2cff\u2de0-\u2dff'
    '\ua4d0-\ua4ff\ua640-\ua69f\uab65\uab70-\uabbf\ufe00-\ufe0f\ufe2e\ufe2f\U00010000-\U00011fff'
    '\U0001d200-\U0001d24f\U0001e030-\U0001e08f]';
comment on function private.nom_lisible(text) is
  'Whether a name is one, has no letter of a script that looks like Latin (Greek, Cyrillic, Armenian, Cherokee, Coptic, '
  'Lisu, Canadian syllabics, scripts of antiquity), and no mark of a variant, by which two that look alike would '
  'differ.';

create function private.cle_plaque(p_plaque text) returns text
language sql immutable parallel safe
return regexp_replace(upper(normalize(p_plaque, NFKC) collate "C"), '[^A-Z0-9]', '', 'g');
comment on function private.cle_plaque(text) is 'A plate as it is compared: its letters and digits alone, upper case.';

create function private.cle_au_depot(p_depot_id uuid, p_cle text) returns text
language sql immutable parallel safe
return p_depot_id::text || ' ' || p_cle;
comment on function private.cle_au_depot(uuid, text) is
  'A key that is one of its depot only. One text, for the index to be of no column: one that begins with depot_id '
  'alone is read, by the local REST, as one row a depot.';

create function private.plaque_lisible(p_plaque text) returns boolean
language sql immutable parallel safe
return normalize(p_plaque, NFKC) collate "C" ~ '^[ -~·•‐‑‒–—―‘’°]*$';
comment on function private.plaque_lisible(text) is
  'Whether a plate has Latin letters and digits only, and what may stand between them. Null for null.';
grant execute on function private.illisibles(), private.texte_lisible(text, boolean), private.cle_nom(text),
  private.nom_lisible(text), private.cle_plaque(text), private.cle_au_depot(uuid, text),
  private.plaque_lisible(text) to authenticated, service_role;

create function private.date_possible(p_date date) returns boolean
language sql immutable parallel safe
return p_date >= '2000-01-01' and p_date < '2050-01-01';
comment on function private.date_possible(date) is
  'Whether a day is one that a depot can mean: finite, of this half century. Null for null.';

create function private.date_possible(p_moment timestamptz) returns boolean
language sql immutable parallel safe
return p_moment >= '2000-01-01 00:00+00' and p_moment < '2050-01-01 00:00+00';
comment on function private.date_possible(timestamptz) is 'The same of a moment.';
grant execute on function private.date_possible(date), private.date_possible(timestamptz) to authenticated,
  service_role;

create function private.refuser_valeur(p_code text, p_champ text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuser(p_code, jsonb_build_object('champ', p_champ));
  return false;
end;
$$;
comment on function private.refuser_valeur(text, text) is
  'For a check, where its condition does not hold: refuses the value of a column in words, without repeating it. '
  'Raises TEXTE_ILLISIBLE, NOM_INVALIDE, PLAQUE_INVALIDE, DATE_IMPOSSIBLE, FUSEAU_INCONNU.';
grant execute on function private.refuser_valeur(text, text) to authenticated, service_role;

create function private.refuser_ligne(p_table text, p_champ text) returns void
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  raise check_violation using message = format('value of column %I of %I is not one that the table holds', p_champ,
    p_table), table = p_table, column = p_champ;
end;
$$;
comment on function private.refuser_ligne(text, text) is
  'For the trigger of a table that asks its rows itself, because the text of each check is read again at every '
  'statement: what a check would say of this column. Raises 23514.';
grant execute on function private.refuser_ligne(text, text) to authenticated, service_role;

create function private.texte_admis(p_texte text, p_champ text, p_lignes boolean) returns boolean
language plpgsql stable strict
set search_path = pg_catalog, pg_temp
as $$
begin
  if private.texte_lisible(p_texte, p_lignes) then
    if char_length(p_texte) <= 2000 then
      return true;
    end if;
    raise check_violation using message = format('value of column %I is longer than a page', p_champ),
      column = p_champ;
  end if;
  return private.refuser_valeur('TEXTE_ILLISIBLE', p_champ);
end;
$$;
comment on function private.texte_admis(text, text, boolean) is
  'For the check of a text that people write: true where it is a page at most (2000 characters) and holds nothing but '
  'what they see, line breaks where p_lignes; null for null. One call, because each check''s text is read and planned '
  'again at every statement. Raises TEXTE_ILLISIBLE, 23514.';

create function private.ligne_admise(p_texte text) returns boolean
language sql immutable parallel safe
return char_length(p_texte) <= 2000 and private.texte_lisible(p_texte, false);
comment on function private.ligne_admise(text) is
  'Whether private.texte_admis takes a text of one line, of whoever asks several things in one condition; null for '
  'null. Inlined where it is used.';

create function private.date_admise(p_date date, p_champ text) returns boolean
language plpgsql stable strict
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.date_possible(p_date) or private.refuser_valeur('DATE_IMPOSSIBLE', p_champ);
end;
$$;
comment on function private.date_admise(date, text) is
  'For the check of a day: true where a depot can mean it, null for null. Raises DATE_IMPOSSIBLE.';

create function private.date_admise(p_moment timestamptz, p_champ text) returns boolean
language plpgsql stable strict
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.date_possible(p_moment) or private.refuser_valeur('DATE_IMPOSSIBLE', p_champ);
end;
$$;
comment on function private.date_admise(timestamptz, text) is 'The same of a moment. Raises DATE_IMPOSSIBLE.';
grant execute on function private.texte_admis(text, text, boolean), private.date_admise(date, text),
  private.date_admise(timestamptz, text) to authenticated, service_role;

create function private.plaque_admise(p_plaque text, p_champ text) returns boolean
language plpgsql stable strict
set search_path = pg_catalog, pg_temp
as $$
begin
  return private.plaque_lisible(p_plaque) or private.refuser_valeur('PLAQUE_INVALIDE', p_champ);
end;
$$;
comment on function private.plaque_admise(text, text) is
  'For the check of a plate: true where it can be read, null for null. Raises PLAQUE_INVALIDE.';
grant execute on function private.plaque_admise(text, text) to authenticated, service_role;
