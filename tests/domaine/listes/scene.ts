// One depot with rows in every list, as many as possible written in one transaction: one microsecond for all of them.
import { Instant } from "../../../supabase/functions/_shared/schemas.ts";
import type postgres from "postgres";
import type { Person, Row } from "../../../ops/pile/client.ts";
import { listDomains } from "../../../ops/pile/functions.ts";
import type { Acte, UnActe } from "../../../supabase/functions/_shared/acte.ts";
import { monde, oneSceneAtATime } from "../../support/monde.ts";

/** A list of the doors, and what tells its rows apart. */
export interface UneListe {
  adresse: string;
  acte: Acte & { liste: NonNullable<Acte["liste"]> };
  /** Parameters it documents, beside those that turn pages. */
  filtres: string[];
  /** Columns that tell a row apart, in JSON and in a file alike: moments are written otherwise there. */
  cles: string[];
}

const DE_PAGE = ["limit", "cursor", "format"];

const estPage = ({ reponse }: UnActe) => {
  const { shape } = reponse as unknown as { shape?: Record<string, unknown> };
  return shape !== undefined && "data" in shape && "next_cursor" in shape;
};

/** Every list there is, from the acts themselves. A page that is no list of ours could not be held to anything. */
export async function toutesLesListes(): Promise<UneListe[]> {
  const listes: UneListe[] = [];
  for (const nom of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../../supabase/functions/${nom}/actes.ts`);
    for (const acte of actes) {
      if (acte.methode !== "GET" || !estPage(acte)) continue;
      if ("public" in acte || !acte.liste) throw new Error(`${nom}${acte.chemin} : des pages sans liste()`);
      const { shape } = acte.query as unknown as { shape: Record<string, unknown> };
      listes.push({
        adresse: `${nom}${acte.chemin}`.replace(/\/$/, ""),
        acte: acte as UneListe["acte"],
        filtres: Object.keys(shape).filter((name) => !DE_PAGE.includes(name)),
        // A moment is written otherwise in a file.
        cles: (acte.liste.cles as string[]).filter((cle) => acte.liste!.de.ligne.shape[cle] !== Instant),
      });
    }
  }
  return listes;
}

export interface Scene {
  depot: string;
  fournisseur: string;
  /** What the names of its other suppliers have in common. */
  recherche: string;
  admin: Person;
  /** Writes one more row into every list. */
  ecrire(): Promise<void>;
}

/** Each with a product of its own: two of one day, a day without, another. */
const JOURS = ["2026-10-05", "2026-10-05", "2026-10-07"];

async function enTantQue(
  sub: string,
  travail: (tx: postgres.TransactionSql) => Promise<unknown>,
): Promise<void> {
  await oneSceneAtATime(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${
      JSON.stringify({ sub, role: "authenticated" })
    }, true)`;
    await travail(tx);
  });
}

const unique = () => crypto.randomUUID();

let clotures = 0;

/**
 * One delivery left to invoice, one sold, signed for, invoiced and paid, by a client of its own who has paid too much, has
 * terms, a dérogation, an order and a statement.
 */
async function vendre(
  tx: postgres.TransactionSql,
  depot: string,
  { produit, citerne, client }: Record<"produit" | "citerne" | "client", string>,
  jour: string,
): Promise<void> {
  await tx`update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
            where id = ${depot} and code is null`;
  await tx`select public.fixer_taux_change('USD', private.jour_au_depot(${depot}, now()), 2800, 'MANUEL')`;
  await tx`
    select public.creer_tarif(${produit}, null, ${depot}, 'USD', 'L15', 1.5, '2026-01-01', null, 'Prix d''essai')`;
  const [{ id: acheteur }] = await tx<
    [Row]
  >`insert into public.clients (nom) values (${unique()}) returning id`;
  for (const [qui, volume] of [[client, 1], [acheteur, 2]] as const) {
    const [{ id: sortie }] = await tx<[Row]>`
      select (public.creer_et_valider_sortie(jsonb_build_object('citerne_id', ${citerne}::text, 'client_id', ${qui}::text,
        'volume_ambiant', ${volume}::int, 'temperature_ambiante_c', 15, 'date_sortie', ${`${jour}T20:00:00Z`}::text))).id`;
    if (qui === client) continue;
    await tx`select public.confirmer_bl(public.etablir_bl(${sortie}))`;
    const [{ facture }] = await tx<[{ facture: string }]>`
      select public.preparer_facture(${qui}, ${depot}, array[${sortie}::uuid]) as facture`;
    await tx`select public.emettre_facture(${facture})`;
    await tx`
      insert into public.paiements_en_ligne (facture_id, depot_id, prestataire, devise, montant_minime, statut,
                                             expire_le, created_by)
      values (${facture}, ${depot}, 'SIMULE', 'USD', 300, 'EXPIRE', now(), auth.uid())`;
    await tx`
      insert into public.rapprochements (prestataire, du, au, lu, concordant, rejoues, ecarts)
      values ('SIMULE', now() - interval '7 days', now(), 0, 0, 0, '[]')`;
  }
  await tx`
    select public.encaisser(jsonb_build_object('depot_id', ${depot}::text, 'client_id', ${acheteur}::text, 'mode', 'CASH',
      'montant', 10, 'recu_le', ${`${jour}T20:00:00Z`}::text))`;
  await tx`select public.fixer_conditions_client(${acheteur}, '{"plafond": 1000}')`;
  await tx`select public.deroger_credit(${acheteur}, 10, now() + interval '1 day', 'Essai des listes')`;
  await tx`
    select public.confirmer_commande(public.passer_commande(jsonb_build_object('depot_id', ${depot}::text,
      'client_id', ${acheteur}::text, 'produit_id', ${produit}::text, 'quantite', 100)))`;
  await tx`insert into public.releves_clients (client_id, devise) values (${acheteur}, 'USD')`;
  await tx`select public.archiver_rapport('livre', ${depot}, ${jour}, ${jour})`;
  await tx`select public.cloturer_caisse(${depot}, 'CDF', '2021-01-01'::date + ${clotures++}::int, 0)`;
}

/** A supplier that something is owed to, a guarantee and a proforma in force; gives the lot that trucks may join. */
async function contracter(
  tx: postgres.TransactionSql,
  fournisseur: string,
  produit: string,
  recherche: string,
): Promise<string> {
  const [{ id: autre }] = await tx<[Row]>`
    insert into public.fournisseurs (nom, pays, contact_personne)
    values (${`${recherche} ${unique()}`}, 'Zambie', ${`Élise ${unique()}`}) returning id`;
  await tx`
    select private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
      'tiers_type', 'FOURNISSEUR', 'fournisseur_id', ${autre}::uuid, 'devise', 'USD', 'date_valeur', current_date,
      'type', 'FACTURE', 'credit', 100, 'libelle', 'Essai', 'source_type', 'essai', 'source_id', gen_random_uuid())))`;
  const [{ sblc }] = await tx<[{ sblc: string }]>`
    select public.ecrire_sblc(jsonb_build_object('fournisseur_id', ${fournisseur}::uuid, 'banque', 'Banque',
      'reference', gen_random_uuid(), 'montant', 1000, 'date_debut', '2026-01-01', 'date_fin', '2040-01-01')) as sblc`;
  const [{ proforma }] = await tx<[{ proforma: string }]>`
    select public.ecrire_proforma(jsonb_build_object('fournisseur_id', ${fournisseur}::uuid,
      'produit_id', ${produit}::uuid, 'reference', gen_random_uuid(), 'date_proforma', '2026-10-01', 'base', 'L15',
      'quantite', 2000, 'prix_usd', 1, 'sblc_id', ${sblc}::uuid)) as proforma`;
  await tx`select public.activer_proforma(${proforma})`;
  const [{ id: lot }] = await tx<[Row]>`
    insert into public.fournisseur_lot (fournisseur_id, produit_id, reference, proforma_id)
    values (${fournisseur}, ${produit}, ${unique()}, ${proforma}) returning id`;
  return lot;
}

/** The invoice of a lot, a payment and a credit note of it. */
async function facturer(tx: postgres.TransactionSql, lot: string, jour: string): Promise<void> {
  await tx`update public.fournisseur_lot set statut = 'cloture' where id = ${lot}`;
  const [{ id: facture }] = await tx<[Row]>`
    insert into public.fournisseur_facture_lot_min (fournisseur_lot_id, invoice_no, date_facture, base, quantite_base,
                                                    prix_base_usd)
    values (${lot}, ${unique()}, ${jour}, 'L15', 1998, 1) returning id`;
  await tx`select public.calculer_facture_fournisseur(${facture})`;
  await tx`
    select public.traiter_ecart(e.id, 'AUTRE', 'ACCEPTE_AVEC_NOTE', 'Relu avec le gérant')
      from public.ecarts e where e.fournisseur_lot_id = ${lot} and e.statut <> 'TRAITE'`;
  await tx`select public.valider_facture_fournisseur(${facture}, 'Relu avec le gérant')`;
  await tx`insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd, date_paiement)
           values (${facture}, 10, ${`${jour}T20:00:00Z`})`;
  await tx`select public.enregistrer_avoir_fournisseur(${facture}, ${unique()}, ${jour}, 5, 'Manquant reconnu')`;
}

/** Two tanks of a product, a truck and fuel for each, and all that can be done with it: one row a table and tank. */
async function remplir(
  tx: postgres.TransactionSql,
  { depot, fournisseur, client, recherche }: {
    depot: string;
    fournisseur: string;
    client: string;
    recherche: string;
  },
  jour: string,
): Promise<void> {
  const [{ id: produit }] = await tx<[Row]>`
    insert into public.produits (nom, code) values (${unique()}, ${unique()}) returning id`;
  const citernes = await tx<Row[]>`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale, capacite_securite)
    select ${depot}, ${produit}, n || ${unique()}, 100000, 0 from unnest(array['A', 'B']) n returning id`;
  const lot = await contracter(tx, fournisseur, produit, recherche);
  const [source, destination] = citernes.map(({ id }) => id) as [string, string];
  for (const citerne of [source, destination]) {
    const [{ id: camion }] = await tx<[Row]>`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume,
                                         date_chargement)
      values (${fournisseur}, ${depot}, ${produit}, ${unique()}, 1000, '2026-10-01') returning id`;
    await tx`update public.cours_de_route set fournisseur_lot_id = ${lot} where id = ${camion}`;
    await tx`select public.enregistrer_chargement(${camion},
      '{"bl_numero":"BL","date_bl":"2026-10-01","base":"L15","quantite":1100}')`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`select public.changer_statut_cours_de_route(${camion}, ${statut})`;
    }
    const [{ id: reception }] = await tx<[Row]>`
      insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant, date_reception)
      values (15, ${camion}, ${citerne}, 1000, ${jour}) returning id`;
    await tx`
      insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
      values ('RECEPTION', ${reception}, -1, -1, 'une mesure relue par le gérant')`;
    await tx`insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant, date_sortie)
             values (15, ${citerne}, ${client}, 10, ${`${jour}T20:00:00Z`})`;
    const [{ id: prise }] = await tx<[Row]>`
      insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c) values (${citerne}, 990, 15)
      returning id`;
    await tx`select public.regulariser(${prise}, 'une perte constatée au jaugeage')`;
    await tx`insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
             values (${unique()}, ${citerne}, 0.9985, ${jour}, 'OCC 12')`;
    const [{ id: bareme }] = await tx<[Row]>`
      insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm)
      values (${citerne}, 'OCC 12', ${jour}, 1000) returning id`;
    await tx`select public.importer_bareme(${bareme}, ${"hauteur_mm;volume_l\n0;0\n1000;1000"})`;
    await tx`
      select private.deposer_document(jsonb_build_object('categorie', 'BAREME', 'nom', 'bareme.csv', 'type_mime',
               'text/csv', 'sha256', encode(sha256(x), 'hex'), 'objet_type', 'CITERNE', 'objet_id', ${citerne}::uuid), x)
        from (select convert_to('a;b' || gen_random_uuid(), 'UTF8')) v (x)`;
    await tx`
      insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
      values ('JOURNAL_ALTERE', 'WARN', 'ESSAI', gen_random_uuid(), 'Essai', ${depot})`;
    await tx`
      insert into public.envois (canal, objet_type, depot_id, regle_id, cle, destination, contenu, statut, envoye_le)
      select 'EMAIL', 'ESSAI', ${depot}, r.id, gen_random_uuid(), 'essai@exemple.cd', '{}', 'ENVOYE', now()
        from public.notifications_regles r limit 1`;
    await tx`select public.enregistrer_analyse(jsonb_build_object('objet_type', 'CITERNE', 'objet_id', ${citerne}::uuid,
               'parametre', 'Soufre', 'valeur', 1))`;
  }
  await tx`
    insert into public.transferts (temperature_ambiante_c, citerne_source_id, citerne_destination_id, volume_ambiant, date_jour)
    values (15, ${source}, ${destination}, 5, ${jour})`;
  const [{ id: ailleurs }] = await tx<
    [Row]
  >`insert into public.depots (nom) values (${unique()}) returning id`;
  await tx`insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
           values (${ailleurs}, ${produit}, 'A', 1000)`;
  await tx`select public.expedier_transfert(${source}, ${ailleurs}, 5, 15, p_date_jour => ${jour})`;
  await vendre(tx, depot, { produit, citerne: source, client }, jour);
  await facturer(tx, lot, jour);
  await tx`
    select public.clore_periode(${depot}, p_jour => coalesce(max(au), '2020-01-01') + 1)
      from public.periodes_closes where depot_id = ${depot}`;
  await tx`
    insert into public.abonnements_rapports (user_id, nom, depot_id, rythme, prochain)
    values (auth.uid(), ${unique()}, ${depot}, 'JOUR', '2035-01-01')`;
  await tx`insert into public.depots_amis (nom) values (${unique()})`;
  const [{ id: partenaire }] = await tx<[Row]>`
    insert into public.partenaires (nom) values (${unique()}) returning id`;
  await tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c,
                                   date_reception)
    values (${source}, 'PARTENAIRE', ${partenaire}, 100, 15, ${jour})`;
  const [{ pret }] = await tx<[{ pret: string }]>`
    select public.ouvrir_pret(${depot}, ${produit}, ${partenaire}, 'PRETE', 100, '2035-01-01', 'Essai des listes') as pret`;
  await tx`
    select public.ceder(${source}, ${partenaire}, 'VERS_PARTENAIRE', 'EMPRUNT', 5, 'Essai des listes',
      p_pret_id => ${pret}, p_date_jour => ${jour})`;
  const [{ id: compte }] = await tx<[Row]>`
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), ${`${unique()}@test.monaluxe.test`}, 'authenticated', 'authenticated') returning id`;
  await tx`insert into public.profils (user_id, role, depot_id, nom_complet)
           values (${compte}, 'lecture', ${depot}, 'Quelqu''un')`;
}

export async function scene(): Promise<Scene> {
  const m = await monde();
  const admin = await m.personne("admin");
  const { data } = await admin.supabase.auth.getUser();
  const recherche = unique();
  const ecrire = (jours: string[]) =>
    enTantQue(data.user!.id, async (tx) => {
      for (const jour of jours) await remplir(tx, { ...m, recherche }, jour);
    });
  await ecrire(JOURS);
  return {
    depot: m.depot,
    fournisseur: m.fournisseur,
    recherche,
    admin,
    ecrire: () => ecrire(["2026-10-08"]),
  };
}
