// A depot that has lived: something to read on every screen of the app.
import { type Monde, monde, sql, token } from "../../support/monde.ts";
import { type Role, ROLES } from "../../../ops/pile/demo_users.ts";

/** Who asks, and what a call may name. */
export interface Contexte {
  role: Role;
  jeton: string;
  user_id: string;
  /** user_id and profile of somebody else who did something here. */
  collegue: string;
  profil: string;
  depot: string;
  produit: string;
  produit_nom: string;
  produit_code: string;
  citerne: string;
  /** Another, with a partner's fuel: the app reads one row a tank. */
  citerne_partenaire: string;
  client: string;
  fournisseur: string;
  partenaire: string;
  cdr: string;
  lot: string;
  reception: string;
  sortie: string;
  /** A validated invoice, with a payment on it. */
  facture: string;
  /** Today at the depot, and the moments around it, as the app writes them. */
  jour: string;
  debut: string;
  fin: string;
  /** A text nobody has used. */
  neuf(): string;
  /** A truck of this depot, of its own for this call. */
  camion(statut: "CHARGEMENT" | "ARRIVE", lot?: string): Promise<string>;
  /** An open alert of this depot. */
  alerte(): Promise<string>;
  /** An open lot of the same supplier and product, empty; and one that is closed. */
  lotVide(): Promise<string>;
  lotClos(): Promise<string>;
  /** One whose truck is on its way, without an invoice. */
  lotAFacturer(): Promise<string>;
  /** A draft sortie that may be validated. */
  brouillon(): Promise<string>;
}

export interface Scene {
  contexte(role: Role): Contexte;
  m: Monde;
}

export async function monter(): Promise<Scene> {
  const m = await monde();
  const personnes = Object.fromEntries(
    await Promise.all(ROLES.map(async (role) => {
      const person = await m.personne(role);
      const { data } = await person.supabase.auth.getUser();
      return [role, { jeton: await token(person), user_id: data.user!.id }] as const;
    })),
  );
  const admin = personnes.admin!.user_id;
  const [{ nom: produit_nom, code: produit_code }] = await sql<[{ nom: string; code: string }]>`
    select nom, code from public.produits where id = ${m.produit}`;
  const commeAdmin = <T>(faire: (tx: typeof sql) => Promise<T>) =>
    sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
      return await faire(tx as unknown as typeof sql);
    }) as Promise<T>;
  const unId = async (requete: Promise<{ id: string }[]>) => (await requete)[0]!.id;

  const lotVide = () =>
    commeAdmin((tx) =>
      unId(tx`insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
              values (${m.fournisseur}, ${m.produit}, gen_random_uuid()) returning id`)
    );
  const camion = (statut: string, lot: string | null = null) =>
    commeAdmin(async (tx) => {
      const id = await unId(tx`
        insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume,
                                           chauffeur_nom, transporteur, depart_pays, fournisseur_lot_id)
        values (${m.fournisseur}, ${m.depot}, ${m.produit}, gen_random_uuid(), 40000, 'Ilunga', 'Kivu Trans', 'RDC', ${lot})
        returning id`);
      if (statut === "ARRIVE") {
        for (const pas of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`update public.cours_de_route set statut = ${pas} where id = ${id}`;
        }
      }
      return id;
    });

  const lot = await lotVide();
  const cdr = await camion("CHARGEMENT", lot);
  await camion("ARRIVE");
  const recu = await camion("ARRIVE", lot);
  const { reception, sortie } = await commeAdmin(async (tx) => {
    await tx`
      insert into public.receptions (citerne_id, produit_id, volume_ambiant, temperature_ambiante_c, proprietaire_type, partenaire_id)
      values (${m.citernes[1]}, ${m.produit}, 5000, 24, 'PARTENAIRE', ${m.partenaire})`;
    // As from the doors: no meter was read.
    const reception = await unId(tx`
      insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
      values (${recu}, ${m.citernes[0]}, 40000, 24) returning id`);
    const sortie = await unId(tx`
      insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c, plaque_camion)
      values (${m.citernes[0]}, ${m.client}, 500, 24, 'KIP 1') returning id`);
    await tx`select public.validate_sortie(${sortie})`;
    await tx`
      insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
      values ('RECEPTION', ${reception}, 2, 2, 'Relecture du compteur')`;
    return { reception, sortie };
  });
  const lotFacture = await lotVide();
  const facture = await commeAdmin(async (tx) => {
    await tx`
      insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c)
      values (${await camion("ARRIVE", lotFacture)}, ${m.citernes[0]}, 30000, 24)`;
    await tx`update public.fournisseur_lot set statut = 'cloture' where id = ${lotFacture}`;
    const id = await unId(tx`
      insert into public.fournisseur_facture_lot_min
        (fournisseur_lot_id, invoice_no, deal_reference, date_facture, quantite_facturee_20c, prix_unitaire_usd)
      select ${lotFacture}, gen_random_uuid(), 'DEAL 7', current_date, sum(r.volume_20c), 0.75
        from private.receptions_a_facturer(${lotFacture}, null) r returning id`);
    await tx`select public.calculer_facture_fournisseur(${id})`;
    await tx`select public.valider_facture_fournisseur(${id})`;
    await tx`
      insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd, mode_paiement)
      values (${id}, 100.5, 'Virement')`;
    return id;
  });
  const alerte = () =>
    // Of something that is so, or the next pass would resolve it.
    unId(sql`
      with e as (
        insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, created_at)
        values ('DEPOT', 'AUTRE', ${m.depot}, 'CDR', gen_random_uuid(), now() - interval '30 days') returning id)
      insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, payload, depot_id)
      select 'ECART_ANCIEN', 'WARN', 'ECART', e.id, 'Écart ancien', '{"type":"AUTRE"}', ${m.depot} from e
      returning id`);
  await alerte();
  const [{ jour }] = await sql<[{ jour: string }]>`
    select private.jour_au_depot(${m.depot}, now())::text as jour`;
  const [profil] = await sql<{ id: string }[]>`select id from public.profils where user_id = ${admin}`;

  const heure = 3_600_000;
  return {
    m,
    contexte: (role) => ({
      ...personnes[role]!,
      role,
      collegue: admin,
      profil: profil!.id,
      depot: m.depot,
      produit: m.produit,
      produit_nom,
      produit_code,
      citerne: m.citernes[0],
      citerne_partenaire: m.citernes[1],
      client: m.client,
      fournisseur: m.fournisseur,
      partenaire: m.partenaire,
      cdr,
      lot,
      reception,
      sortie,
      facture,
      jour,
      debut: new Date(Date.now() - 24 * heure).toISOString(),
      fin: new Date(Date.now() + 24 * heure).toISOString(),
      neuf: () => crypto.randomUUID(),
      camion: (statut, lot) => camion(statut, lot),
      alerte,
      lotVide,
      brouillon: () =>
        commeAdmin((tx) =>
          unId(tx`
            insert into public.sorties_produit (citerne_id, client_id, index_avant, index_apres, temperature_ambiante_c)
            values (${m.citernes[0]}, ${m.client}, 0, 5, 24) returning id`)
        ),
      lotAFacturer: async () => {
        const id = await lotVide();
        await camion("CHARGEMENT", id);
        return id;
      },
      lotClos: async () => {
        const id = await lotVide();
        await sql`update public.fournisseur_lot set statut = 'cloture' where id = ${id}`;
        return id;
      },
    }),
  };
}
