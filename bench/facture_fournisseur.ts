// A supplier's invoice of a lot: calculated against what its trucks brought, then validated.
import { citerne, nouvelleBase } from "./depot.ts";
import {
  type Banc,
  type Chapitre,
  commePersonne,
  duree,
  entier,
  fois,
  mediane,
  ms,
  ouvrir,
} from "./mesure.ts";

const CAMIONS = [1, 20, 200];
const TOURS = 5;
/** What each truck announces and brings. */
const LITRES = 40_000;

type Sql = ReturnType<typeof ouvrir>;

/** A closed lot whose trucks have all been unloaded, through the rules, and its invoice as it was typed in. */
async function facture(sql: Sql, admin: string, camions: number): Promise<string> {
  return await commePersonne(sql, admin, async (tx) => {
    const [lot] = await tx<{ id: string }[]>`
      insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
      select f.id, c.produit_id, gen_random_uuid()
        from public.v_fournisseurs f, public.citernes c
       where f.nom = 'Fournisseur du banc' and c.id = ${citerne(1)} returning id`;
    const cdrs = (await tx<{ id: string }[]>`
      insert into public.cours_de_route
        (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume, fournisseur_lot_id)
      select l.fournisseur_id, c.depot_id, c.produit_id, 'BANC' || n || l.reference, ${LITRES}, l.id
        from public.fournisseur_lot l, public.citernes c, generate_series(1, ${camions}::int) n
       where l.id = ${lot!.id} and c.id = ${citerne(1)} returning id`).map(({ id }) => id);
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = any (${cdrs})`;
    }
    await tx`
      insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
      select 15, c, ${citerne(1)}, ${LITRES} from unnest(${cdrs}::uuid[]) c`;
    await tx`update public.fournisseur_lot set statut = 'cloture' where id = ${lot!.id}`;
    const [ligne] = await tx<{ id: string }[]>`
      insert into public.fournisseur_facture_lot_min
        (fournisseur_lot_id, invoice_no, date_facture, quantite_facturee_20c, prix_unitaire_usd)
      select ${lot!.id}, gen_random_uuid(), current_date, sum(v.volume_20c), 0.7
        from public.v_reception_20c v where v.cours_de_route_id = any (${cdrs}) returning id`;
    return ligne!.id;
  });
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : CAMIONS;
  const base = await nouvelleBase(banc, "facture_fournisseur");
  const sql = ouvrir(base.url);
  const lignes: string[][] = [];
  let premier: number | undefined;
  for (const camions of tailles) {
    const [calculer, valider]: [number[], number[]] = [[], []];
    for (let tour = 0; tour < TOURS; tour++) {
      const id = await facture(sql, base.gens.admin, camions);
      const agir = (acte: string) =>
        duree(() => commePersonne(sql, base.gens.admin, (tx) => tx`select ${tx(acte)}(${id})`));
      calculer.push(await agir("public.calculer_facture_fournisseur"));
      valider.push(await agir("public.valider_facture_fournisseur"));
      const [{ statut }] = await sql<[{ statut: string }]>`
        select statut from public.fournisseur_facture_lot_min where id = ${id}`;
      if (statut !== "VALIDEE") throw new Error(`facture ${statut} : le banc ne mesure rien de juste`);
    }
    const [calcul, validation] = [mediane(calculer), mediane(valider)];
    premier ??= calcul + validation;
    lignes.push([entier(camions), ms(calcul), ms(validation), fois((calcul + validation) / premier)]);
  }
  await sql.end();
  return [{
    titre: "A supplier's invoice",
    sens: "An invoice of a lot, median of " + TOURS + ": compared with what its trucks brought " +
      "(`calculer_facture_fournisseur`), then validated and booked (`valider_facture_fournisseur`).",
    entetes: ["trucks", "calculated, ms", "validated, ms", "both, against the first"],
    lignes,
  }];
}
