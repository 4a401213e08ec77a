-- Accounts of third parties as they are read: balances, a statement as of a moment, and what must hold of them.

create view public.v_soldes_tiers with (security_invoker = true) as
  select e.tiers_type, e.tiers_id, e.fournisseur_id, e.client_id, e.devise,
         sum(e.debit) as debit, sum(e.credit) as credit,
         case e.tiers_type when 'CLIENT' then sum(e.debit) - sum(e.credit) else sum(e.credit) - sum(e.debit) end as
           solde,
         count(*) as ecritures, max(e.date_valeur) as derniere_date
    from public.ecritures_tiers e
   group by e.tiers_type, e.tiers_id, e.fournisseur_id, e.client_id, e.devise;
comment on view public.v_soldes_tiers is
  'Balance of each account and currency: of a client what is owed to us, of a supplier what we owe.';
grant select on public.v_soldes_tiers to authenticated, service_role;

create function public.releve_tiers(
  p_type text, p_id uuid, p_devise text, p_du date default null, p_au date default null,
  p_connu_a timestamptz default now()
) returns table (
  rang bigint, date_valeur date, type text, reference text, libelle text, debit numeric, credit numeric, solde numeric,
  devise text, source_type text, source_id uuid
)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_sens constant int := case p_type when 'CLIENT' then 1 else -1 end;
  v_report numeric;
begin
  if p_type = 'CLIENT' then
    perform private.exiger('lire_ventes');
  else
    perform private.exiger('lire_comptes');
  end if;
  -- Whoever is writing in this account has dated their entry, and not committed it yet: wait for them.
  if p_connu_a > clock_timestamp() - interval '1 minute' then
    perform private.attendre_tiers(p_type, p_id);
  end if;
  select v_sens * coalesce(sum(e.debit - e.credit), 0) into v_report from public.ecritures_tiers e
   where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
     and e.date_valeur < p_du and e.created_at <= p_connu_a;
  return query
    select 0::bigint, p_du, 'REPORT', null::text, 'Solde reporté', null::numeric, null::numeric, v_report, p_devise,
           null::text, null::uuid
    union all
    (select row_number() over w, e.date_valeur, e.type, e.reference, e.libelle, e.debit, e.credit,
            v_report + v_sens * sum(e.debit - e.credit) over w, e.devise, e.source_type, e.source_id
       from public.ecritures_tiers e
      where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
        and (p_du is null or e.date_valeur >= p_du) and (p_au is null or e.date_valeur <= p_au)
        and e.created_at <= p_connu_a
     window w as (order by e.date_valeur, e.ordre rows unbounded preceding)
      order by e.date_valeur, e.ordre);
end;
$$;
comment on function public.releve_tiers(text, uuid, text, date, date, timestamptz) is
  'Statement of an account: the balance before p_du, then each entry with the balance after it, as it was known at '
  'p_connu_a (what was written later is not in it). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

create function private.attendre_tiers(p_type text, p_id uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock_shared(private.cle_compte(p_type, p_id));
end;
$$;
comment on function private.attendre_tiers(text, uuid) is
  'Waits for whoever is writing in an account; readers do not wait for one another. Raises ISOLATION_INTERDITE.';
grant execute on function private.attendre_tiers(text, uuid) to authenticated;
revoke execute on function public.releve_tiers(text, uuid, text, date, date, timestamptz) from public, anon;
grant execute on function public.releve_tiers(text, uuid, text, date, date, timestamptz) to authenticated;

create function private.verifier_comptes()
returns table (tiers_type text, tiers_id uuid, ecriture_id uuid, defaut text, attendu numeric, trouve numeric)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select e.tiers_type, e.tiers_id, e.id, 'LETTRAGE', e.debit + e.credit, l.lettre
    from public.ecritures_tiers e
   cross join lateral (select private.montant_lettre(e.id) as lettre) l
   where l.lettre not between 0 and e.debit + e.credit
  union all
  select c.tiers_type, c.tiers_id, c.id, 'CONTREPASSATION', o.credit - o.debit, c.debit - c.credit
    from public.ecritures_tiers c join public.ecritures_tiers o on o.id = c.contrepasse_id
   where (c.tiers_type, c.tiers_id, c.devise, c.debit, c.credit)
         is distinct from (o.tiers_type, o.tiers_id, o.devise, o.credit, o.debit)
$$;
comment on function private.verifier_comptes() is
  'Entries settled for more than they are, and reversals that are not the opposite of theirs: no row, all is well.';
