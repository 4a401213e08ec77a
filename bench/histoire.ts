// Years of movements written in a minute: the rows the rules would have written, without running the rules.
import { ouvrir } from "./mesure.ts";

const ANS_LONGS = 1600;
const ANS_COURTS = 60;
const PETITE = 10_000;
const RECENTS = 31;
/** Partners of the bench; thirty movements in a row are one's. */
const PARTENAIRES = 20;

/**
 * One réception of 40 000 L for four sorties of 9 900 L, on each of the six tanks in turn, spread evenly over the days that
 * end today; each with its line in the log. Every fifth thirty of them is a partner's fuel, which begins with a réception in
 * each tank. Snapshot, journal and the partners' accounts are then summed from them. Where `parJour` is said, the last 31
 * days hold so many a day whatever the size, and the rest lies before them: what a period costs may then be compared.
 */
export async function ecrireHistoire(
  superuserUrl: string,
  admin: string,
  mouvements: number,
  parJour?: number,
): Promise<void> {
  const jours = mouvements > PETITE ? ANS_LONGS : ANS_COURTS;
  const anciens = parJour ? mouvements - RECENTS * parJour : mouvements;
  if (anciens < 1) throw new Error(`${mouvements} mouvements : moins que ${RECENTS} jours de ${parJour}`);
  const sql = ouvrir(superuserUrl);
  await sql.begin(async (tx) => {
    // As the server's own copies are written: no trigger runs, and the superuser answers for what is written.
    await tx.unsafe("set local session_replication_role = replica; set local synchronous_commit = off");
    await tx.unsafe(`
      insert into public.partenaires (id, nom)
        select gen_random_uuid(), 'Partenaire du banc ' || p from generate_series(0, ${PARTENAIRES - 1}) p;

      create temporary table mouvements on commit drop as
        select n, gen_random_uuid() as id, n % 5 = 0 or n <= 6 or n between 151 and 156 as entree, c.id as citerne_id,
               case when p.id is null then gen_random_uuid() end as cdr_id, p.id as partenaire_id,
               case when p.id is null then 'MONALUXE' else 'PARTENAIRE' end as proprietaire_type,
               c.produit_id, c.depot_id,
               case when n > ${anciens} then now() - interval '1 day' * (${mouvements} - n) / ${parJour ?? 1}
                 else now() - interval '1 day' * (${parJour ? RECENTS : 0} + (${jours} - 1 - ${
      parJour ? RECENTS : 0
    }) * (1 - n::float8 / ${anciens})) end as moment
          from generate_series(1, ${mouvements}) n
          left join public.partenaires p on n > 150 and (n - 1) / 30 % 5 = 0
               and p.nom = 'Partenaire du banc ' || (n - 1) / 150 % ${PARTENAIRES}
          join lateral (select * from public.citernes c where c.nom = 'BANC ' || 1 + n % 6) c on true;

      insert into public.cours_de_route (id, fournisseur_id, depot_destination_id, produit_id, plaque_camion,
                                         date_chargement, volume, statut, created_by, created_at)
      select m.cdr_id, (select id from public.fournisseurs where nom = 'Fournisseur du banc'), m.depot_id, m.produit_id,
             'H' || m.n, (m.moment at time zone 'Africa/Lubumbashi')::date, 40000, 'DECHARGE', '${admin}', m.moment
        from mouvements m where m.entree and m.cdr_id is not null order by m.n;

      insert into public.receptions (id, cours_de_route_id, proprietaire_type, partenaire_id, citerne_id, produit_id,
                                     depot_id, temperature_ambiante_c, volume_ambiant, volume_observe, methode_15c,
                                     parametres_15c, volume_15c, volume_corrige_15c, vcf, date_reception, created_by,
                                     validated_by, created_at)
      select m.id, m.cdr_id, m.proprietaire_type, m.partenaire_id, m.citerne_id, m.produit_id, m.depot_id, 23.8, 40000,
             40000, 'LEGACY', '{"alpha": 0.00085}', 39700, 39700, 0.9925, (m.moment at time zone 'Africa/Lubumbashi')::date, '${admin}', '${admin}', m.moment
        from mouvements m where m.entree order by m.n;

      insert into public.sorties_produit (id, proprietaire_type, partenaire_id, citerne_id, produit_id, depot_id,
                                          client_id, volume_ambiant, temperature_ambiante_c, methode_15c,
                                          parametres_15c, volume_15c, volume_corrige_15c, vcf, date_sortie, date_jour,
                                          statut, created_by, validated_by, created_at)
      select m.id, m.proprietaire_type, m.partenaire_id, m.citerne_id, m.produit_id, m.depot_id,
             (select id from public.clients where nom = 'Client du banc'),
             9900, 24.5, 'LEGACY', '{"alpha": 0.00085}', 9820.06, 9820.06, 0.99192525, m.moment,
             (m.moment at time zone 'Africa/Lubumbashi')::date, 'validee', '${admin}', '${admin}', m.moment
        from mouvements m where not m.entree order by m.n;

      insert into public.log_actions (user_id, action, module, cible_id, depot_id, details, created_at)
      select '${admin}', case when m.entree then 'RECEPTION_CREEE' else 'SORTIE_VALIDEE' end, 'stocks', m.id, m.depot_id,
             jsonb_build_object('citerne_id', m.citerne_id, 'volume_ambiant', case when m.entree then 40000 else 9900 end),
             m.moment
        from mouvements m order by m.n;

      delete from public.stocks_journaliers;
      insert into public.stocks_journaliers
        (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
      select j.citerne_id, j.produit_id, j.proprietaire_type, j.depot_id, j.date_jour,
             sum(j.ambiant) over depuis_le_debut, sum(j.a_15c) over depuis_le_debut
        from (select m.citerne_id, m.produit_id, m.proprietaire_type, m.depot_id, m.date_jour,
                     sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c
                from public.v_mouvements_stock m group by 1, 2, 3, 4, 5) j
      window depuis_le_debut as (partition by j.citerne_id, j.produit_id, j.proprietaire_type order by j.date_jour);

      insert into public.stocks_snapshot (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c,
                                          dernier_jour)
      select distinct on (j.citerne_id, j.produit_id, j.proprietaire_type)
             j.citerne_id, j.produit_id, j.proprietaire_type, j.depot_id, j.stock_ambiant, j.stock_15c, j.date_jour
        from public.stocks_journaliers j
       order by j.citerne_id, j.produit_id, j.proprietaire_type, j.date_jour desc
          on conflict (citerne_id, produit_id, proprietaire_type)
          do update set stock_ambiant = excluded.stock_ambiant, stock_15c = excluded.stock_15c;
      update public.stocks_snapshot set densite_melange_kgm3 = 840;
      select private.recalculer_comptes_partenaires();`);
  });
  await sql`vacuum analyze`;
  await sql.end();
}
