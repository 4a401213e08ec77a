// Things of one depot, for the matrix through HTTP: trucks, movements, dips, transfers, partners' fuel.
import type postgres from "postgres";
import { type Monde, oneSceneAtATime, sql } from "../../support/monde.ts";
import { COPIES, type Decor } from "./scene_communs.ts";

/** As an admin and in a few statements: the rules make the things, in as many copies as the matrix uses up. */
export async function duDepotSeul(m: Monde): Promise<Partial<Decor>> {
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
export async function lointain(
  tx: postgres.Sql,
  produit: string,
): Promise<{ depot: string; citerne: string }> {
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
