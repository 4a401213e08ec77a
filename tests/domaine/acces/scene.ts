// The matrix's stage for HTTP: the things of decor.ts at two depots, and everyone who may ask, signed in.
import type postgres from "postgres";
import { asPerson, newClient, type Person, signIn } from "../../../ops/pile/client.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { type Monde, monde, oneSceneAtATime, sql, status } from "../../support/monde.ts";
import { type Acteur, ACTEURS } from "./acteurs.ts";
import { type Chose, COMMUN, DU_DEPOT, duDepot, remplir, type Valeurs } from "./decor.ts";

/** Things of each kind: the first is looked at, the others are there to be used up. */
type Decor = Record<Chose, string[]>;
type Ou = "ici" | "ailleurs";

/** Everyone with everything, as `npm run test:long` does; else each at their turn. */
export const COMPLET = Deno.env.get("ACCES_COMPLET") === "1";

/** The one whose turn it is; nobody where there is none. */
export const aSonTour = <T>(tous: readonly T[], rang: number): T[] =>
  tous.length ? [tous[rang % tous.length]!] : [];

/** Through HTTP nothing is taken back: what an act uses up is made in as many copies. */
const COPIES = COMPLET ? 20 : 6;

export interface Scene {
  acteurs: Record<Acteur, Person>;
  /** Values as they are sent. `user`: takes a fresh copy of what an act uses up. `sauf`: one thing replaced by an id. */
  valeurs(
    valeurs: Valeurs,
    options?: { ou?: Ou; user?: boolean; sauf?: Partial<Record<Chose, string>> },
  ): Valeurs;
  /** The id of a thing of the other depot. */
  etranger(nom: Chose): string;
}

const PASSWORD = "un mot de passe de test";

/** An account, and its profile at this depot unless it is to have none. */
async function compte(depot: string, profil: boolean): Promise<{ email: string; id: string }> {
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  await createUser(sql, { email, password: PASSWORD, role: "lecture", depotId: depot, nom: email, cost: 4 });
  if (!profil) await sql`delete from public.profils where email = ${email}`;
  const [{ id }] = await sql<[{ id: string }]>`select id from auth.users where email = ${email}`;
  return { email, id };
}

/** As an admin and in a few statements: the rules make the things, in as many copies as the matrix uses up. */
async function duDepotSeul(m: Monde): Promise<Partial<Decor>> {
  const [{ admin }] = await sql<[{ admin: string }]>`
    select user_id as admin from public.profils where role = 'admin' and depot_id = ${m.depot}`;
  const [citerne, initiale] = m.citernes;
  return await oneSceneAtATime(async (tx) => {
    const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    const camions = await ids(tx`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      select ${m.fournisseur}, ${m.depot}, ${m.produit}, gen_random_uuid(), 1000 from generate_series(1, ${
      3 * COPIES
    })
      returning id`);
    const arrives = camions.slice(COPIES);
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = any (${arrives})`;
    }
    const reception = await ids(tx`
      insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant, proprietaire_type, partenaire_id)
      select 15, c, ${citerne}, 1000, 'MONALUXE', ${m.partenaire} from unnest(${
      arrives.slice(COPIES)
    }::uuid[]) c
      returning id`);
    const sorties = await ids(tx`
      insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant)
      select 15, ${citerne}, ${m.client}, 1 from generate_series(1, ${2 * COPIES}) returning id`);
    const sortie = sorties.slice(0, COPIES);
    for (const id of sortie) await tx`select public.validate_sortie(${id})`;
    await tx`
      select private.dilater('SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1),
             private.appliquer_mouvement(s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, s.date_jour, 1, 0)
        from public.sorties_produit s where s.id = ${sortie[0]!}`;
    await tx`
      select public.enregistrer_chargement(c, jsonb_build_object('bl_numero', 'Essai', 'date_bl', current_date,
               'quantite', 10)) from unnest(${[arrives[0]!]}::uuid[]) c`;
    await tx`select public.regler_specification(${m.produit}, 'Soufre', null, 50, 'ppm')`;
    const ecart = await ids(tx`
      insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, attendu, constate, created_at)
      select 'DEPOT', 'AUTRE', ${m.depot}, 'CDR', gen_random_uuid(), 1, 2, now() - interval '30 days'
        from generate_series(1, ${COPIES}) returning id`);
    await tx`select public.noter_ecart(${ecart[0]!}, 'Essai de la matrice')`;
    const citerne_vide = await ids(tx`
      insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
      select ${m.depot}, ${m.produit}, gen_random_uuid(), 1000 from generate_series(1, ${COPIES}) returning id`);
    return {
      depot: [m.depot],
      citerne: [citerne],
      citerne_vide,
      cdr: camions.slice(0, COPIES),
      cdr_arrive: arrives.slice(0, COPIES),
      reception,
      document: await documents(tx, reception[0]!),
      brouillon: sorties.slice(COPIES),
      sortie,
      ajustement: await ids(tx`
        insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
        values ('RECEPTION', ${reception[0]!}, 1, 1, 'Essai de la matrice') returning id`),
      transfert: await ids(tx`
        insert into public.transferts (temperature_ambiante_c, citerne_source_id, citerne_destination_id, volume_ambiant)
        values (15, ${citerne}, ${citerne_vide[0]!}, 1) returning id`),
      ...await transferts(tx, m, citerne),
      dilatation: await ids(tx`select id from public.dilatations where mouvement_id = ${sortie[0]!}`),
      prise: await ids(tx`
        insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (${citerne}, 990) returning id`),
      ...await jaugeage(tx, m, citerne),
      initial: await ids(tx`
        select public.declarer_stock_initial(${initiale}, 'MONALUXE', 10, 9, 'Essai de la matrice') as id`),
      ...await partenaires(tx, m, initiale, citerne),
      camion_decharge: [arrives[COPIES]!],
      periode: await ids(tx`select public.clore_periode(${m.depot}, p_jour => '2020-02-01') as id`),
      ecriture: await ids(tx`
        select private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
          'tiers_type', 'FOURNISSEUR', 'fournisseur_id', ${m.fournisseur}::uuid, 'depot_id', ${m.depot}::uuid,
          'devise', 'USD', 'date_valeur', current_date, 'type', 'FACTURE', 'credit', 100, 'libelle', 'Essai',
          'source_type', 'essai', 'source_id', gen_random_uuid()))) as id`),
      ecart,
      analyse: await ids(tx`
        select public.enregistrer_analyse(jsonb_build_object('objet_type', 'CITERNE', 'objet_id', ${citerne}::uuid,
          'parametre', 'Soufre', 'valeur', 1)) as id`),
      // Of something that is so, or the next pass would resolve it.
      alerte: await ids(tx`
        with e as (
          insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, created_at)
          select 'DEPOT', 'AUTRE', ${m.depot}, 'CDR', gen_random_uuid(), now() - interval '30 days'
            from generate_series(1, ${COPIES}) returning id)
        insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
        select 'ECART_ANCIEN', 'WARN', 'ECART', e.id, 'Essai', ${m.depot} from e returning id`),
    };
  });
}

/** Papers of a réception that may be read. */
async function documents(tx: postgres.TransactionSql, reception: string): Promise<string[]> {
  const deposes = await tx<{ id: string }[]>`
    select private.deposer_document(jsonb_build_object('categorie', 'AUTRE', 'nom', 'essai.csv', 'type_mime', 'text/csv',
             'sha256', encode(sha256(x), 'hex'), 'objet_type', 'RECEPTION', 'objet_id', ${reception}::uuid), x) as id
      from (select convert_to('a;b' || gen_random_uuid(), 'UTF8') from generate_series(1, ${COPIES})) v (x)`;
  const ids = deposes.map(({ id }) => id);
  await tx`select private.noter_analyse(d, 'SAIN', 'integre', null) from unnest(${ids}::uuid[]) d`;
  return ids;
}

/** A depot that nobody of a scene is of, with fuel of a product: what is sent to it, or comes from it. */
async function lointain(tx: postgres.Sql, produit: string): Promise<{ depot: string; citerne: string }> {
  const [{ depot }] = await tx<[{ depot: string }]>`
    insert into public.depots (nom) values (${crypto.randomUUID()}) returning id as depot`;
  const [{ citerne }] = await tx<[{ citerne: string }]>`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
    values (${depot}, ${produit}, 'A', 1000) returning id as citerne`;
  return { depot, citerne };
}

/** On its way from this depot, and to it. */
async function transferts(
  tx: postgres.TransactionSql,
  m: Monde,
  citerne: string,
): Promise<Pick<Decor, "transfert_depot" | "transfert_attendu">> {
  const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
  const loin = await lointain(tx as unknown as postgres.Sql, m.produit);
  await tx`select public.declarer_stock_initial(${loin.citerne}, 'MONALUXE', 1000, 990, 'Essai de la matrice')`;
  return {
    transfert_depot: await ids(tx`select public.expedier_transfert(${citerne}, ${loin.depot}, 1, 15) as id`),
    transfert_attendu: await ids(tx`
      select public.expedier_transfert(${loin.citerne}, ${m.depot}, 1, 15) as id
        from generate_series(1, ${COPIES})`),
  };
}

/** Dips whose gap may be booked, each of a tank of its own: one that is booked leaves the others as they were. */
async function jaugeage(
  tx: postgres.TransactionSql,
  m: Monde,
  citerne: string,
): Promise<Pick<Decor, "prise_a_regulariser" | "regularisation" | "bareme" | "compteur">> {
  const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
  const cuves = await ids(tx`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
    select ${m.depot}, ${m.produit}, gen_random_uuid(), 1000 from generate_series(0, ${COPIES}) returning id`);
  for (const cuve of cuves) {
    await tx`select public.declarer_stock_initial(${cuve}, 'MONALUXE', 10, 9, 'Essai de la matrice')`;
  }
  const [regularisee, ...prises] = await ids(tx`
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c)
    select c, 8, 15 from unnest(${cuves}::uuid[]) c returning id`);
  await tx`select public.regulariser(${regularisee!}, 'Essai de la matrice')`;
  const bareme = await ids(tx`
    insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm)
    select ${citerne}, 'Essai', current_date, 1000 from generate_series(1, ${COPIES}) returning id`);
  for (const id of bareme) {
    await tx`select public.importer_bareme(${id}, ${"hauteur_mm;volume_l\n0;0\n1000;1000"})`;
  }
  return {
    regularisation: await ids(tx`
      select id from public.regularisations where prise_de_hauteur_id = ${regularisee!}`),
    prise_a_regulariser: prises,
    bareme,
    compteur: await ids(tx`
      insert into public.compteurs (numero, citerne_id, facteur, valide_du, certificat)
      values ('Essai', ${citerne}, 1, current_date, 'Essai') returning id`),
  };
}

/** What a depot sells, and what is paid to it. */
async function ventes(m: Monde): Promise<Partial<Decor>> {
  const [{ admin }] = await sql<[{ admin: string }]>`
    select user_id as admin from public.profils where role = 'admin' and depot_id = ${m.depot}`;
  return await oneSceneAtATime(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    await tx.unsafe(await Deno.readTextFile(new URL("../../support/vente.sql", import.meta.url)));
    const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
    const [citerne] = m.citernes;
    const factures = (statut: string) =>
      ids(tx`
        select pg_temp.vente_facture(${m.depot}, ${citerne}, ${m.client}, ${statut}) as id
          from generate_series(1, ${COPIES})`);
    const encaissements = (statut: string) =>
      ids(tx`
        select pg_temp.vente_encaissement(${m.depot}, ${m.client}, ${statut}) as id
          from generate_series(1, ${COPIES})`);
    const bons = () =>
      ids(tx`select pg_temp.vente_bon(${citerne}, ${m.client}) as id from generate_series(1, ${COPIES})`);
    // Once there is a rate, and before there is a debt for it to settle.
    const tarif = await ids(tx`select pg_temp.vente_conditions(${m.depot}, ${m.client}, ${m.produit}) as id`);
    const commandes = (statut: string, copies: number) =>
      ids(tx`
        select pg_temp.vente_commande(${m.depot}, ${m.client}, ${m.produit}, ${statut}) as id
          from generate_series(1, ${copies})`);
    const [livree] = await commandes("CONFIRMEE", 1);
    const [avance] = await encaissements("CONFIRME");
    const facture_client = await factures("EMISE");
    await tx`select pg_temp.vente_evenement()`;
    return {
      rapprochement: await ids(tx`select pg_temp.vente_rapprochement() as id`),
      paiement_en_ligne: await ids(tx`select pg_temp.vente_paiement(${facture_client[0]!}) as id`),
      remboursement: await ids(tx`select pg_temp.vente_remboursement(${avance!}) as id`),
      tarif: [
        ...tarif,
        ...await ids(tx`
          select pg_temp.vente_tarif(${m.depot}, ${m.produit}) as id from generate_series(1, ${COPIES})`),
      ],
      commande: await commandes("CONFIRMEE", COPIES),
      commande_brouillon: await commandes("BROUILLON", COPIES),
      commande_livree: [livree!],
      sortie_commandee: await ids(tx`
        select pg_temp.vente_sortie_commandee(${livree!}, ${citerne}, ${m.client}) as id
          from generate_series(1, ${COPIES})`),
      sortie_a_livrer: await ids(tx`
        select pg_temp.vente_sortie(${citerne}, ${m.client}) as id from generate_series(1, ${COPIES})`),
      bon: await bons(),
      bon_brouillon: await bons(),
      bon_confirme: await ids(tx`select pg_temp.vente_bon_confirme(${citerne}, ${m.client}) as id`),
      facture_client,
      facture_client_brouillon: await factures("BROUILLON"),
      encaissement: await encaissements("CONFIRME"),
      encaissement_attente: await encaissements("EN_ATTENTE"),
      releve: await ids(tx`select pg_temp.vente_releve(${m.depot}, ${m.client}) as id`),
      archive: await ids(tx`select pg_temp.rapport_archive(${m.depot}) as id`),
      cloture: await ids(tx`select pg_temp.vente_cloture(${m.depot}) as id`),
      derogation: await ids(tx`select pg_temp.vente_derogation(${m.client}) as id`),
    };
  });
}

/** Fuel of the partners, and all that says whose it is. */
async function partenaires(
  tx: postgres.TransactionSql,
  m: Monde,
  initiale: string,
  citerne: string,
): Promise<Partial<Decor>> {
  const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
  const [reception] = await ids(tx`
    insert into public.receptions (citerne_id, proprietaire_type, partenaire_id, volume_ambiant, temperature_ambiante_c)
    values (${citerne}, 'PARTENAIRE', ${m.partenaire}, 1000, 15) returning id`);
  const [initial] = await ids(tx`
    select public.declarer_stock_initial(${initiale}, 'PARTENAIRE', 1000, 900, 'Essai de la matrice') as id`);
  const [autre] = await ids(
    tx`insert into public.partenaires (nom) values (${crypto.randomUUID()}) returning id`,
  );
  await tx`
    select public.repartir_stock_initial(${initial!}, jsonb_build_array(jsonb_build_object(
      'partenaire_id', ${autre!}::uuid, 'volume_ambiant', 10, 'volume_15c', 9)))`;
  return {
    reception_partenaire: [reception!],
    initial_partenaire: [initial!],
    ajustement_partenaire: await ids(tx`
      insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
      values ('STOCK_INITIAL', ${initial!}, 1, 1, 'Essai de la matrice') returning id`),
    attribution: await ids(tx`
      select public.attribuer_stock_partenaire(${m.depot}, ${m.produit}, ${m.partenaire}, 5, 'Essai de la matrice') as id`),
    ...await prets(tx, m, citerne),
    compte_partenaire: await ids(tx`
      select id from public.comptes_partenaires where depot_id = ${m.depot} and partenaire_id = ${m.partenaire}`),
  };
}

/** Fuel lent to the partner, in a cession, and by trucks that are still to be counted to the loan. */
async function prets(tx: postgres.TransactionSql, m: Monde, citerne: string): Promise<Partial<Decor>> {
  const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
  await tx`update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
            where id = ${m.depot} and code is null`;
  const pret = await ids(tx`
    select public.ouvrir_pret(${m.depot}, ${m.produit}, ${m.partenaire}, 'PRETE', 1000, '2035-01-01',
      'Essai de la matrice') as id`);
  return {
    pret,
    cession: await ids(tx`
      select public.ceder(${citerne}, ${m.partenaire}, 'VERS_PARTENAIRE', 'EMPRUNT', 20, 'Essai de la matrice',
        p_pret_id => ${pret[0]!}) as id`),
    sortie_pretee: await ids(tx`
      select (public.creer_et_valider_sortie(jsonb_build_object('citerne_id', ${citerne}::uuid,
        'partenaire_id', ${m.partenaire}::uuid, 'volume_ambiant', 1, 'temperature_ambiante_c', 15))).id
        from generate_series(1, ${COPIES})`),
  };
}

/** Money of lots whose trucks go to this depot. */
async function argent(m: Monde): Promise<Partial<Decor>> {
  const [{ admin }] = await sql<[{ admin: string }]>`
    select user_id as admin from public.profils where role = 'admin' and depot_id = ${m.depot}`;
  return await oneSceneAtATime(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
    await tx.unsafe(await Deno.readTextFile(new URL("facture.sql", import.meta.url)));
    const ids = async (requete: Promise<{ id: string }[]>) => (await requete).map(({ id }) => id);
    const factures = (statut: string, copies: number) =>
      ids(tx`
        select pg_temp.facture(${m.depot}, ${m.citernes[0]}, ${m.fournisseur}, ${m.produit}, ${statut}) as id
          from generate_series(1, ${copies})`);
    const facture = await factures("VALIDEE", 1);
    const proformas = (statut: string, copies: number) =>
      ids(tx`
        select pg_temp.proforma(${m.depot}, ${m.fournisseur}, ${m.produit}, ${statut}) as id
          from generate_series(1, ${copies})`);
    const brouillons = await proformas("DRAFT", 2 * COPIES);
    // A draft is seen by who wrote it, and by who sees every depot.
    await tx`
      update public.proformas set created_by = (
        select user_id from public.profils where role = 'gerant' and depot_id = ${m.depot})
       where id = any (${brouillons})`;
    const proforma = await proformas("ARRIVE", 1);
    const [{ sblc, frais }] = await tx<[{ sblc: string; frais: string }]>`
      select p.sblc_id as sblc, f.id as frais from public.proformas p
        join public.fournisseur_lot l on l.proforma_id = p.id join public.frais_lot f on f.lot_id = l.id
       where p.id = ${proforma[0]!}`;
    const paiements = (statut: string) =>
      ids(tx`select pg_temp.paiement(${facture[0]!}, ${statut}) as id from generate_series(1, ${COPIES})`);
    return {
      facture,
      facture_calculee: await factures("CALCULEE", COPIES),
      facture_brouillon: await factures("DRAFT", 1),
      lot_a_facturer: await factures("AUCUNE", COPIES),
      lot_cloture: await ids(tx`
        with ouverts as (
          insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
          select ${m.fournisseur}, ${m.produit}, gen_random_uuid() from generate_series(1, ${COPIES}) returning id)
        select id from ouverts`).then(async (ouverts) => {
        await tx`update public.fournisseur_lot set statut = 'cloture' where id = any (${ouverts})`;
        return ouverts;
      }),
      avoir: await ids(tx`
        select public.enregistrer_avoir_fournisseur(${facture[0]!}, gen_random_uuid()::text, current_date, 1,
                 'Essai de la matrice') as id`),
      proforma,
      proforma_brouillon: brouillons,
      proforma_a_clore: await proformas("EN_EXECUTION", COPIES),
      proforma_close: await proformas("CLOTUREE", 1),
      sblc: [
        sblc,
        ...await ids(tx`
          select pg_temp.sblc(${m.fournisseur}) as id from generate_series(1, ${COPIES})`),
      ],
      frais: [
        frais,
        ...await ids(tx`
          select public.ajouter_frais_lot(l.id, '{"type":"FRET","montant":1}') as id
            from public.fournisseur_lot l, generate_series(1, ${COPIES}) where l.proforma_id = ${proforma[
          0
        ]!}`),
      ],
      cdr_decharge: await ids(tx`
        select pg_temp.camion_recu(${m.depot}, ${m.citernes[0]}, ${m.fournisseur}, ${m.produit}) as id
          from generate_series(1, ${COPIES})`),
      paiement: await paiements("CONFIRME"),
      paiement_attente: await paiements("EN_ATTENTE"),
    };
  });
}

/** What belongs to no depot; each of them used by something, so that deleting it is refused for that, and not by chance. */
async function commun(m: Monde, autre: Monde): Promise<Partial<Decor>> {
  const cle = `essai_${crypto.randomUUID().replaceAll("-", "_")}`;
  await sql`insert into public.feature_flags (key, description) values (${cle}, 'Essai')`;
  await sql`insert into public.app_settings (key, value) values (${cle}, 'Essai')`;
  const [{ cas }] = await sql<[{ cas: string }]>`
    insert into public.golden_cases (source, reference, produit_code, volume_observe_l, temperature_echantillon_c,
                                     temperature_produit_c, densite_observee_kgm3, volume_15c_attendu_l)
    values (${cle}, '1', 'G.O', 1000, 20, 20, 837, 996) returning id as cas`;
  const [{ ami }] = await sql<[{ ami: string }]>`
    insert into public.depots_amis (nom) values (${cle}) returning id as ami`;
  await sql`insert into public.citernes (depot_id, produit_id, nom, capacite_totale, logique, depot_ami_id)
            values (${m.depot}, ${m.produit}, ${cle}, 1000, true, ${ami})`;
  const collegue = await compte(autre.depot, true);
  const [profil] = await sql<{ id: string }[]>`select id from public.profils where user_id = ${collegue.id}`;
  const lots = await sql<{ id: string }[]>`
    insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
    select ${m.fournisseur}, ${m.produit}, gen_random_uuid() from generate_series(1, ${COPIES}) returning id`;
  const [{ regle }] = await sql<[{ regle: string }]>`
    insert into public.notifications_regles (canal, destination, actif)
    values ('EMAIL', 'essai@exemple.cd', false) returning id as regle`;
  const envois = async (statut: string, copies: number) =>
    (await sql<{ id: string }[]>`
      insert into public.envois (canal, objet_type, regle_id, cle, destination, contenu, statut, envoye_le)
      select 'EMAIL', 'ESSAI', ${regle}, gen_random_uuid(), 'essai@exemple.cd', '{}', ${statut},
             case ${statut} when 'ENVOYE' then now() end
        from generate_series(1, ${copies}) returning id`).map(({ id }) => id);
  const [{ abonnement }] = await sql<[{ abonnement: string }]>`
    insert into public.abonnements_rapports (user_id, nom, rythme, prochain)
    values (${collegue.id}, 'journalier', 'JOUR', '2035-01-01') returning id as abonnement`;
  const sansRole = await Promise.all([1, 2].map(() => compte(m.depot, false)));
  return {
    depot_lointain: [(await lointain(sql, m.produit)).depot],
    produit: [m.produit],
    client: [m.client],
    fournisseur: [m.fournisseur],
    partenaire: [m.partenaire],
    depot_ami: [ami],
    lot: lots.map(({ id }) => id),
    collegue: [collegue.id],
    profil_collegue: [profil!.id],
    adresse: [`${crypto.randomUUID()}@test.monaluxe.test`],
    sans_role: [crypto.randomUUID(), ...sansRole.map(({ id }) => id)],
    flag: [cle],
    reglage: [cle],
    cas: [cas],
    regle: [regle],
    envoi: await envois("ENVOYE", 1),
    abonnement: [abonnement],
    envoi_mort: await envois("MORT", COPIES),
    client_neuf: (await sql<{ id: string }[]>`
      insert into public.clients (nom) select gen_random_uuid() from generate_series(1, ${COPIES}) returning id`)
      .map(({ id }) => id),
    jour_caisse: Array.from({ length: COPIES }, (_, i) => `2026-02-${String(i + 1).padStart(2, "0")}`),
  };
}

/** A few ask at a time: what is tried here is who may, not how many at once a service has connections for. */
export async function aQuelquesUns<T>(
  choses: T[],
  demander: (chose: T, rang: number) => Promise<void>,
): Promise<void> {
  const suite = choses.entries();
  await Promise.all(Array.from({ length: 12 }, async () => {
    for (const [rang, chose] of suite) await demander(chose, rang);
  }));
}

export async function monter(): Promise<Scene> {
  const [m, la_bas] = await Promise.all([monde(), monde()]);
  // One product in both: a tank elsewhere is to be refused for where it stands, not for what it holds.
  await sql`update public.citernes set produit_id = ${m.produit} where depot_id = ${la_bas.depot}`;
  const autre = { ...la_bas, produit: m.produit, partenaire: m.partenaire };
  await Promise.all([m.personne("admin"), m.personne("gerant"), autre.personne("admin")]);
  const nu = await compte(m.depot, false);
  const [ici, la, partage, dette, ...personnes] = await Promise.all([
    duDepotSeul(m),
    duDepotSeul(autre),
    commun(m, autre),
    argent(m),
    ...ACTEURS.map((acteur) => {
      if (acteur === "sans_profil") return signIn(status, nu.email, PASSWORD);
      if (acteur === "anon") return Promise.resolve(asPerson(newClient(status, status.ANON_KEY)));
      if (acteur === "service_role") {
        return Promise.resolve(asPerson(newClient(status, status.SERVICE_ROLE_KEY)));
      }
      return m.personne(acteur);
    }),
  ]);
  // Each has one of their own to look at.
  await sql`
    insert into public.abonnements_rapports (user_id, nom, depot_id, rythme, prochain)
    select p.user_id, 'livre', ${m.depot}, 'MOIS', '2035-01-01' from public.profils p where p.depot_id = ${m.depot}`;
  // Once there is fuel to sell.
  const [venduIci, venduLa] = [await ventes(m), await ventes(autre)];
  const decors = {
    ici: { ...partage, ...dette, ...ici, ...venduIci } as Decor,
    ailleurs: { ...partage, ...dette, ...la, ...venduLa } as Decor,
  };
  // Not through REST, but named in the matrix.
  for (const decor of Object.values(decors)) decor.profil_calcul ??= [crypto.randomUUID()];
  for (const nom of [...DU_DEPOT, ...COMMUN]) {
    if (!decors.ici[nom]?.length) throw new Error(`rien pour @${nom}`);
  }

  return {
    acteurs: Object.fromEntries(ACTEURS.map((acteur, i) => [acteur, personnes[i]!])) as Record<
      Acteur,
      Person
    >,
    etranger: (nom) => decors.ailleurs[nom][0]!,
    valeurs: (valeurs, { ou = "ici", user = false, sauf = {} } = {}) =>
      remplir(valeurs, (nom) => {
        if (nom === "neuf") return crypto.randomUUID().replaceAll("-", "_");
        if (sauf[nom]) return sauf[nom];
        const copies = decors[duDepot(nom) ? ou : "ici"][nom];
        return user && copies.length > 1 ? copies.pop()! : copies[0]!;
      }),
  };
}
