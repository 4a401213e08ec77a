-- Many at once: what a depot has delivered and not sold becomes drafts, issued each by itself.

create function public.facturer_lot(
  p_depot_id uuid, p_au date default null, p_clients uuid[] default null, p_une_par_sortie boolean default false
) returns table (client_id uuid, facture_id uuid, numero text, devise text, total_ttc numeric, sorties int, code text,
  phrase text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_jour constant date := private.jour_au_depot(p_depot_id, now());
  v_groupe record;
  v_vendables private.vendable[];
  v_prets public.factures_client[];
  v_facture public.factures_client;
begin
  perform private.depot_d_acteur(private.exiger('facturer'), p_depot_id);
  perform private.exiger_read_committed();
  -- First all that can be refused, client by client: one who cannot be invoiced stops nobody else.
  for v_groupe in
    select s.client_id, array_agg(s.id order by s.date_jour, s.id) as sorties
      from private.sorties_a_facturer(p_depot_id, p_clients) s
     where p_au is null or s.date_jour <= p_au
     group by s.client_id, case when p_une_par_sortie then s.id end
     order by s.client_id, min(s.date_jour)
  loop
    client_id := v_groupe.client_id;
    sorties := cardinality(v_groupe.sorties);
    begin
      v_vendables := private.exiger_facturables(v_groupe.sorties, v_groupe.client_id, p_depot_id);
      perform private.exiger_client_complet(c) from public.clients c where c.id = v_groupe.client_id;
      v_facture := private.rediger_facture(p_depot_id, v_groupe.client_id, v_vendables, '[]');
      perform private.exiger_quatre_yeux(v_facture.created_by);
      perform private.taux_du_jour(v_facture.devise, v_jour);
      v_prets := v_prets || v_facture;
    exception
      when sqlstate 'PT409' or sqlstate 'PT422' or sqlstate 'PT403' then
        get stacked diagnostics code = message_text, phrase = pg_exception_hint;
        return next;
        code := null;
        phrase := null;
    end;
  end loop;
  perform private.verrouiller_tiers('CLIENT', variadic array(select f.client_id from unnest(v_prets) f));
  -- Then their numbers, all in a row.
  foreach v_facture in array coalesce(v_prets, '{}') loop
    v_facture := private.emettre(v_facture, private.lignes_facture(v_facture.id),
      (private.conditions_de(v_facture.client_id)).delai_jours, v_jour);
    perform private.affecter_avances(v_facture.id);
    client_id := v_facture.client_id;
    facture_id := v_facture.id;
    numero := v_facture.numero;
    devise := v_facture.devise;
    total_ttc := v_facture.total_ttc;
    select count(*) into sorties from public.factures_client_lignes l where l.facture_id = v_facture.id;
    return next;
  end loop;
end;
$$;
comment on function public.facturer_lot(uuid, date, uuid[], boolean) is
  'Issues the invoices of all that a depot has delivered and not invoiced, up to a day, of these clients or all: one '
  'a client, or one a sortie. A client who cannot be invoiced has a row with the code and sentence why, and stops '
  'nobody else. Raises TEXTE_ILLISIBLE, DATE_IMPOSSIBLE, ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, '
  'INTROUVABLE, ENV_INTERDIT, '
  'ECRITURES_GELEES, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, QUATRE_YEUX, TVA_NON_FIXEE, '
  'TAUX_ABSENT, TARIF_ABSENT, COMMANDE_DEVISE, SORTIE_NON_FACTURABLE, FACTURE_VIDE, CLIENT_INCOMPLET, HORLOGE_RECULEE.';

create function private.sorties_a_facturer(p_depot_id uuid, p_clients uuid[]) returns setof public.sorties_produit
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.* from public.sorties_produit s
   where s.depot_id = p_depot_id and s.statut = 'validee' and s.proprietaire_type = 'MONALUXE'
     and s.client_id is not null and (p_clients is null or s.client_id = any (p_clients))
     and not exists (select from private.facturations_sortie f where f.sortie_id = s.id and f.libere_par is null)
     and not exists (select from public.stocks_adjustments a
                      where a.mouvement_type = 'SORTIE' and a.mouvement_id = s.id and a.compensation)
$$;
comment on function private.sorties_a_facturer(uuid, uuid[]) is
  'What a depot has delivered of Monaluxe''s fuel, to these clients or all, and no invoice sells yet.';

revoke execute on function public.facturer_lot(uuid, date, uuid[], boolean) from public, anon;
grant execute on function public.facturer_lot(uuid, date, uuid[], boolean) to authenticated;
