// The movements beside a sortie whose instructions are counted: a truck received, a counter sale.
import type postgres from "postgres";
import { citerne, CLIENT, type Gens } from "./depot.ts";
import { ouvrir } from "./mesure.ts";

/** More than two backends of the count receive. */
const CAMIONS = 60;

export const AUTRES_MOUVEMENTS = {
  "a truck received (its search included)": `
select id as cdr from public.cours_de_route where statut = 'ARRIVE' and plaque_camion like 'RB%' limit 1 \\gset
insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c, confirmer)
values (':cdr', '${citerne(":citerne")}', 40000, 24.5, true);`,
  "vendre_comptant: sortie, note, invoice, payment, receipt": `
select public.vendre_comptant('{"sortie": {"citerne_id": "${citerne(":citerne")}", "client_id": "${CLIENT}",
  "volume_ambiant": :litres, "temperature_ambiante_c": 24.5}}');`,
};

/** Trucks at the gate, a price and terms for who buys at the counter. */
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
  });
  await sql.end();
}
