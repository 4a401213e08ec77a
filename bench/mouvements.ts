// The movements beside a sortie whose instructions are counted: a truck received, a transfer, an adjustment, sales at the
// counter and on credit, a payment, a credit note.
import type postgres from "postgres";
import { citerne, CLIENT, DEPOT, type Gens } from "./depot.ts";
import { ouvrir } from "./mesure.ts";

/** More than two backends of the count receive, or take back. */
const CAMIONS = 60;
const FACTURES = 60;

export const AUTRES_MOUVEMENTS = {
  "a truck received (its search included)": `
select id as cdr from public.cours_de_route where statut = 'ARRIVE'
 order by date_chargement desc, id desc limit 1 \\gset
insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c, confirmer)
values (':cdr', '${citerne(":citerne")}', 40000, 24.5, true);`,
  "vendre_comptant: sortie, note, invoice, payment, receipt": `
select public.vendre_comptant('{"sortie": {"citerne_id": "${citerne(":citerne")}", "client_id": "${CLIENT}",
  "volume_ambiant": :litres, "temperature_ambiante_c": 24.5}}');`,
  "a partner's fuel received, without a truck": `
insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c)
select '${citerne(":citerne")}', 'PARTENAIRE', p.id, 1000, 24.5 from public.partenaires p limit 1;`,
  "a transfer between two tanks": `
insert into public.transferts (citerne_source_id, citerne_destination_id, volume_ambiant, temperature_ambiante_c)
values ('${citerne(":citerne")}', ('${citerne("")}' || 1 + :citerne % 6)::uuid, :litres, 24.5);`,
  "sortie, invoice drafted and issued": `
select (public.creer_et_valider_sortie('{"citerne_id": "${citerne(":citerne")}", "client_id": "${CLIENT}",
  "volume_ambiant": :litres, "temperature_ambiante_c": 24.5}')).id as sortie \\gset
select public.preparer_facture('${CLIENT}', '${DEPOT}', array[':sortie']::uuid[]) as facture \\gset
select public.emettre_facture(':facture');`,
  "encaisser: a payment of what is due": `
select public.encaisser('{"depot_id": "${DEPOT}", "client_id": "${CLIENT}", "mode": "CASH", "montant": 1}');`,
  "a credit note (its search included)": `
select f.id as facture from public.factures_client f where f.statut = 'EMISE' and f.type = 'FACTURE'
   and not exists (select from public.factures_client a where a.facture_origine_id = f.id) limit 1 \\gset
select public.emettre_avoir(':facture', 'RRR', '[{"rang": 1, "montant_ht": 1}]', 'Remise du banc de mesure');`,
};

/** As an admin. */
export const ACTES_D_ADMIN = {
  "an adjustment of a réception": `
insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
select 'RECEPTION', r.id, -1, -1, 'Relevé du banc de mesure' from public.receptions r
 where r.citerne_id = '${citerne(":citerne")}' order by r.created_at limit 1;`,
};

/** Trucks at the gate, a partner, a price and terms for who buys, and what they owe already. */
export async function preparerAutresMouvements(
  { superuserUrl, gens }: { superuserUrl: string; gens: Gens },
): Promise<void> {
  const sql = ouvrir(superuserUrl);
  await sql.begin(async (tx: postgres.TransactionSql) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: gens.admin })}, true)`;
    const [lieu] = await tx<{ depot_id: string; produit_id: string }[]>`
      select depot_id, produit_id from public.citernes where id = ${citerne(1)}`;
    await tx`select public.fixer_taux_change('USD', private.jour_au_depot(${
      lieu!.depot_id
    }, now()), 2800, 'MANUEL'),
                    public.creer_tarif(${
      lieu!.produit_id
    }, null, null, 'USD', 'L15', 1.5, '2026-01-01', null, 'Prix du banc'),
                    public.fixer_conditions_client(${CLIENT}, '{"delai_jours": 30}')`;
    await tx`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      select f.id, ${lieu!.depot_id}, ${lieu!.produit_id}, 'RB' || n, 40000
        from public.fournisseurs f cross join generate_series(1, ${CAMIONS}::int) n
       where f.nom = 'Fournisseur du banc'`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where plaque_camion like 'RB%'`;
    }
    await tx`insert into public.partenaires (nom) values ('Partenaire du banc')`;
    // A depot has had trucks and clients before: tables of a few lines are read from end to end, which no depot's are.
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume,
                                         date_chargement, statut, motif_annulation)
      select f.id, ${lieu!.depot_id}, ${
      lieu!.produit_id
    }, 'AV' || n, 40000, '2025-01-01', 'ANNULE', 'Avant le banc'
        from public.fournisseurs f cross join generate_series(1, 2000) n where f.nom = 'Fournisseur du banc'`;
    await tx`set local session_replication_role = origin`;
    await tx`
      with ancien as (insert into public.clients (nom) values ('Client d''avant') returning id)
      insert into public.ecritures_tiers
        (tiers_type, client_id, devise, date_valeur, type, debit, credit, libelle, source_type, source_id)
      select 'CLIENT', a.id, 'USD', '2026-01-01', 'FACTURE', 10, 0, 'Facture d''avant', 'essai', gen_random_uuid()
        from ancien a cross join generate_series(1, 2000)`;
    for (let facture = 0; facture < FACTURES; facture++) {
      await tx`
        select public.emettre_facture(public.preparer_facture(${CLIENT}, ${lieu!.depot_id}, '{}',
          ${JSON.stringify([{ designation: "Pompage", quantite: 100, prix_ht: 10 }])}::text::jsonb))`;
    }
  });
  await sql.end();
}
