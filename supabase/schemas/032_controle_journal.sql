-- Verifying: whether the log is still what was sealed, line by line, and what its head is.

create function private.controler_temoin(p_bloc bigint, p_empreinte text)
returns table (probleme text, bloc bigint, ligne_id uuid, constat jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select case when d.numero is null or d.numero < p_bloc then 'BLOC_SUPPRIME' else 'CHAINE_REFAITE' end, p_bloc,
         null::uuid, jsonb_build_object('attendu', p_empreinte, 'dernier_bloc', d.numero)
           -- Restored since, it is the backup's chain: whoever compares a head is told so, by the log itself.
           || coalesce((select jsonb_build_object('restauree_le', l.created_at, 'restauration', l.details - 'perdus')
                          from public.log_actions l where l.action = 'BASE_RESTAUREE'
                         order by l.created_at desc limit 1), '{}')
    from (select max(b.numero) as numero from private.blocs_journal b) d
   where p_bloc is not null
     and not exists (select from private.blocs_journal b
                      where b.numero = p_bloc and encode(b.empreinte, 'hex') = lower(btrim(p_empreinte)))
$$;
comment on function private.controler_temoin(bigint, text) is
  'Whether a head that was noted elsewhere is no longer in the chain: BLOC_SUPPRIME, CHAINE_REFAITE. No row: it is, or '
  'none was given.';

create function private.controler_journal(p_bloc bigint default null, p_empreinte text default null)
returns table (probleme text, bloc bigint, ligne_id uuid, constat jsonb)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set work_mem = '128MB'
as $$
declare
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
begin
  -- Each depot has a chain of its own there.
  if private.au_siege() then
    return query execute
      'select v.probleme, v.bloc, v.ligne_id, jsonb_build_object(''base'', v.base) from siege.verifier_journal() v';
    return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;
    return;
  end if;
  v_dernier := private.dernier_bloc();

  return query
  select 'BLOC_ALTERE', b.numero, null::uuid,
    jsonb_build_object('scelle_le', b.scelle_le, 'lignes', cardinality(b.lignes))
    from private.blocs_journal b where b.empreinte <> private.empreinte_bloc(b)
  union all
  select case when c.manquants > 0 then 'BLOC_SUPPRIME' else 'CHAINE_ROMPUE' end, c.numero - sign(c.manquants)::int,
    null,
         jsonb_build_object('avant_le_bloc', c.numero, 'manquants', c.manquants)
    from (
      select b.numero, b.precedent, b.numero - 1 - coalesce(lag(b.numero) over chaine, 0) as manquants,
             lag(b.empreinte) over chaine as attendu
        from private.blocs_journal b window chaine as (order by b.numero)
    ) c
   where c.manquants > 0 or c.precedent is distinct from c.attendu;

  return query select t.* from private.controler_temoin(p_bloc, p_empreinte) t;

  -- What no block holds proves nothing: silence about it would read as proof.
  return query
  select case when e.bloc is null then 'JAMAIS_SCELLE' else 'SCELLEMENT_EN_RETARD' end, e.bloc, null::uuid,
         jsonb_build_object('lignes', e.lignes_en_attente, 'depuis', e.attend_depuis)
    from private.etat_scellement() e
   where e.lignes_en_attente > 0 and (e.bloc is null or e.attend_depuis < now() - private.patience_scellement());

  return query
  select case when s.id is null then 'LIGNE_INSEREE' when l.id is null then 'LIGNE_SUPPRIMEE' else 'LIGNE_ALTEREE' end,
         s.numero, coalesce(l.id, s.id),
         (select to_jsonb(t) from public.log_actions t where t.id = l.id)
    from (select b.numero, u.id, u.empreinte
            from private.blocs_journal b cross join unnest(b.lignes, b.empreintes) as u (id, empreinte)) s
    full join (select t.id, private.empreinte_ligne(t) as empreinte, private.ligne_recente(t, v_dernier, v_serveur) as
      recente
                 from public.log_actions t) l on l.id = s.id
   where l.id is null
      or (s.id is null and not l.recente)
      or s.empreinte <> l.empreinte;
end;
$$;
comment on function private.controler_journal(bigint, text) is
  'What public.verifier_journal answers, for the project itself: no user, no role. At the head office of a network, '
  'base by base (siege.verifier_journal; constat says which).';

create function public.verifier_journal(p_bloc bigint default null, p_empreinte text default null)
returns table (probleme text, bloc bigint, ligne_id uuid, constat jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('verifier_journal');
  return query select * from private.controler_journal(p_bloc, p_empreinte);
end;
$$;
comment on function public.verifier_journal(bigint, text) is
  'Every sign that the log was tampered with, or could be unseen (admin, directeur); no row: none. probleme: '
  'LIGNE_ALTEREE, LIGNE_SUPPRIMEE, LIGNE_INSEREE (ligne_id says which, constat what it is now), BLOC_ALTERE, '
  'BLOC_SUPPRIME, CHAINE_ROMPUE; and that it is not sealed as it should be: JAMAIS_SCELLE, SCELLEMENT_EN_RETARD (lines '
  'that wait for longer than private.patience_scellement; constat how many, since when). With a head noted elsewhere '
  '(number and hash of a block, see tete_journal), also whether that block is still in the chain: BLOC_SUPPRIME, '
  'CHAINE_REFAITE (constat says of a restore since, from what and why). Raises ROLE_FORBIDDEN.';

create function public.tete_journal() returns table (
  bloc bigint, empreinte text, scelle_le timestamptz, lignes_scellees bigint, lignes_en_attente bigint
)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger('verifier_journal');
  return query
  select e.bloc, e.empreinte, e.scelle_le,
         (select coalesce(sum(cardinality(b.lignes)), 0)::bigint from private.blocs_journal b), e.lignes_en_attente
    from private.etat_scellement() e;
end;
$$;
comment on function public.tete_journal() is
  'Head of the sealed log (admin, directeur): last block, its hash, how many lines are sealed and how many are not '
  'yet. Noted outside the database, number and hash prove later that nothing before them was touched. bloc is null '
  'before the first sealing. Raises ROLE_FORBIDDEN.';
revoke execute on function public.verifier_journal(bigint, text), public.tete_journal() from public, anon;
grant execute on function public.verifier_journal(bigint, text), public.tete_journal() to authenticated;
