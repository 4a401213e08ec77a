// Invoices that a depot issued over years, written in a minute: the rows the rules leave, without running the rules.
import { ouvrir } from "./mesure.ts";

/**
 * So many issued and paid invoices of these clients at this depot, one line each, spread over the days of the year until
 * yesterday: number, hash, taxes, entries settled whole, fiscal row. Their sorties are not written, only what sells them.
 */
export async function ecrireFactures(
  superuserUrl: string,
  { depot, gerant, combien }: { depot: string; gerant: string; combien: number },
): Promise<void> {
  const sql = ouvrir(superuserUrl);
  await sql.begin(async (tx) => {
    // As the server's own copies are written: no trigger runs, and the superuser answers for what is written.
    await tx.unsafe("set local session_replication_role = replica; set local synchronous_commit = off");
    await tx`
      create temp table passees on commit drop as
      select n, private.nouvel_id() as id, private.nouvel_id() as debit, private.nouvel_id() as credit,
             (select array_agg(c.id) from public.clients c where c.nom like 'Client du banc %')[1 + n % 100] as client,
             extract(year from private.jour_au_depot(${depot}, now()))::int as exercice,
             greatest(private.jour_au_depot(${depot}, now()) - 1 - ((${combien}::bigint - n) * 300 / ${combien}::bigint)::int,
                      date_trunc('year', private.jour_au_depot(${depot}, now()))::date) as jour,
             round((10 + n % 990) * 1.5, 2) as ht
        from generate_series(1, ${combien}::int) n`;
    await tx`
      insert into public.factures_client
        (id, depot_id, exercice, sequence, numero, client_id, client_fige, vendeur_fige, devise, taux_cdf, date_facture,
         date_echeance, statut, total_ht, total_tva, total_ttc, total_tva_cdf, total_ttc_cdf, precedent, empreinte,
         created_by, emise_par, emise_le, created_at)
      select p.id, ${depot}, p.exercice, p.n, format('DAIPN-FAC-%s-%s', p.exercice, lpad(p.n::text, greatest(6, length(p.n::text)), '0')), p.client,
             '{"nom": "Client du banc", "type_fiscal": "PP"}', '{"nom": "Monaluxe"}', 'USD', 2800, p.jour, p.jour + 30,
             'EMISE', p.ht, round(p.ht * 0.16, 2), p.ht + round(p.ht * 0.16, 2), round(p.ht * 0.16, 2) * 2800,
             (p.ht + round(p.ht * 0.16, 2)) * 2800, sha256((p.n - 1)::text::bytea), sha256(p.n::text::bytea), ${gerant},
             ${gerant}, p.jour + time '10:00', p.jour + time '10:00'
        from passees p order by p.n`;
    await tx`
      insert into public.factures_client_lignes
        (facture_id, depot_id, rang, nature, sortie_id, designation, base, quantite, prix_ht, tva_groupe, tva_taux, montant_ht)
      select p.id, ${depot}, 1, 'CARBURANT', private.nouvel_id(), 'Gasoil, livraison', 'L15', 10 + p.n % 990, 1.5, 'B', 16,
             p.ht from passees p order by p.n`;
    await tx`insert into public.factures_client_taxes (facture_id, depot_id, groupe, taux, base_ht, montant_tva)
             select p.id, ${depot}, 'B', 16, p.ht, round(p.ht * 0.16, 2) from passees p order by p.n`;
    await tx`insert into private.facturations_sortie (sortie_id, facture_id, ajuste_15c)
             select l.sortie_id, l.facture_id, 0 from public.factures_client_lignes l`;
    await tx`insert into public.factures_fiscales (facture_id, depot_id, statut)
             select p.id, ${depot}, 'NON_RACCORDE' from passees p order by p.n`;
    await tx`insert into private.series (depot_id, serie, exercice, dernier)
             select ${depot}, 'FAC', max(p.exercice), max(p.n) from passees p`;
    await tx`insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
             select ${depot}, 'FAC', p.exercice, p.n, p.id from passees p order by p.n`;
    await tx`
      insert into public.ecritures_tiers
        (id, tiers_type, client_id, depot_id, devise, date_valeur, echeance, type, debit, credit, libelle, source_type,
         source_id, created_by)
      select e.id, 'CLIENT', p.client, ${depot}, 'USD', p.jour, e.echeance, e.type, e.debit, e.credit, 'Banc', e.source,
             p.id, ${gerant}
        from passees p
       cross join lateral (values
         (p.debit, 'FACTURE', p.ht + round(p.ht * 0.16, 2), 0, p.jour + 30, 'factures_client'),
         (p.credit, 'PAIEMENT', 0, p.ht + round(p.ht * 0.16, 2), null, 'encaissements')) e (id, type, debit, credit, echeance, source)
       order by p.n`;
    await tx`insert into private.lettrages (debit_id, credit_id, montant)
             select p.debit, p.credit, p.ht + round(p.ht * 0.16, 2) from passees p order by p.n`;
  });
  await sql`vacuum analyze`;
  await sql`checkpoint`;
  await sql.end();
}
