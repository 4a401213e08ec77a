// What the matrix sells and owes, and what belongs to no depot.
import { type Monde, oneSceneAtATime, sql } from "../../support/monde.ts";
import { compte, COPIES, type Decor } from "./scene_communs.ts";
import { lointain } from "./scene_depot.ts";

/** What a depot sells, and what is paid to it. */
export async function ventes(m: Monde): Promise<Partial<Decor>> {
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

/** Money of lots whose trucks go to this depot. */
export async function argent(m: Monde): Promise<Partial<Decor>> {
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
export async function commun(m: Monde, autre: Monde): Promise<Partial<Decor>> {
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
