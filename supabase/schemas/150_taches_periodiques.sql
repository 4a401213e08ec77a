-- What must be done from time to time, whoever has a clock: a hosted project's pg_cron, or the stack that npm start
-- runs.

create function private.taches_periodiques() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A year set wrong would make every key old at once, and what is sent again would be done again.
  if private.horloge_suivie() then
    perform private.purger_idempotence();
    -- What a depot purges, it purges at the head office too.
    if not private.au_siege() then
      perform private.purger_synchronisation();
    end if;
  end if;
  -- A load with the triggers off leaves tanks without their copy.
  if exists (select v.* from private.lieux_vrais v except select l.* from private.lieux l) then
    perform private.recopier_lieux();
  end if;
  perform private.resumer_sorties();
end;
$$;
comment on function private.taches_periodiques() is
  'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent '
  'requests, and old batches of synchronisation, unless the clock has just leapt; copies the tanks that have no copy '
  '(private.lieux); sums up the index of rare sorties.';

create function private.a_l_heure(
  p_nom text, p_quand text, p_instruction text, p_sinon text, variadic p_extensions text[]
) returns void
language plpgsql
-- Where an extension that names no schema goes is the first of these, as by hand.
set search_path = public, pg_catalog, pg_temp
as $$
declare
  v_extension text;
begin
  if exists (select from unnest(p_extensions) u (nom)
              where not exists (select from pg_available_extensions e where e.name = u.nom)) then
    return;
  end if;
  foreach v_extension in array p_extensions loop
    execute format('create extension if not exists %I', v_extension);
  end loop;
  execute 'select cron.schedule($1, $2, $3)' using p_nom, p_quand, p_instruction;
exception when others then
  raise warning '% ne peut pas servir ici (%) : %.', array_to_string(p_extensions, ' ou '), sqlerrm, p_sinon;
end;
$$;
comment on function private.a_l_heure(text, text, text, text, text[]) is
  'Has the server''s own clock run an instruction (p_quand: as cron says it), where it has one and what the instruction '
  'needs (p_extensions, pg_cron first): a hosted project. Elsewhere nothing, and where that fails a warning: what to do '
  'instead (p_sinon).';

create function private.regler_horloge() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The stack that npm start runs does the same by itself (ops/pile/scheduled.ts).
  perform private.a_l_heure('sceller_journal', '* * * * *', 'select private.sceller_journal()',
    'appelez private.sceller_journal() vous-même, chaque minute', 'pg_cron');
  perform private.a_l_heure('surveiller', '* * * * *', 'select private.surveiller()',
    'appelez private.surveiller() vous-même, chaque minute', 'pg_cron');
  perform private.a_l_heure('taches_periodiques', '7 * * * *', 'select private.taches_periodiques()',
    'appelez private.taches_periodiques() vous-même, chaque heure', 'pg_cron');
  perform private.a_l_heure('envois', '* * * * *', 'select private.appeler_ouvrier()',
    'appelez la fonction envois/vider vous-même, chaque minute', 'pg_cron', 'pg_net');
  perform private.a_l_heure('rapprochement', '23 * * * *', 'select private.appeler_rapprochement()',
    'faites npm run ops -- paiements:rapprocher vous-même, chaque jour', 'pg_cron', 'pg_net');
end;
$$;
comment on function private.regler_horloge() is
  'Tells the server''s own clock, where it has one, all that is to be done from time to time. Each migration ends with '
  'it (private.noter_etat): what is scheduled is no object that a migration could be made from. Run again it does no '
  'harm. Owner only.';
