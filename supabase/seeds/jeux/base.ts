// A document of each kind: what every screen, list and paper of the depot has to show.
import { Refus } from "../../../ops/commun/deroulement.ts";
import { GASOIL } from "../../../ops/commun/referentiels.ts";
import {
  cloturerCaisse,
  commander,
  confirmerBon,
  deposer,
  encaisser,
  factureFournisseur,
  facturer,
  jourDeCaisse,
  livrer,
  payerFournisseur,
  recevoir,
  traiterEcarts,
  transferer,
  vendreComptant,
} from "./actes.ts";
import {
  type Clients,
  depotKolwezi,
  poserClients,
  poserFournisseur,
  poserPartenaires,
  poserTarifGeneral,
  poserTaux,
} from "./decor.ts";
import { prouver } from "./preuves.ts";
import { jour, type Lieu, type Scene } from "./scene.ts";

const MOTIF = "Donnée de démonstration, un document de chaque sorte";

/** A purchase from its guarantee to a payment: two trucks, one short, one on its way. What was received. */
async function acheter(s: Scene, lieu: Lieu, fournisseur: string, citerne: string): Promise<string> {
  const achat = {
    fournisseur,
    reference: `DEMO-B-${s.marque.slice(-6)}`,
    date: jour(6),
    litres: 80_000,
    prix: 0.72,
  };
  const { lot } = await commander(s, achat);
  const court = { fournisseur, lot, citerne, charge: 40_000, recu: 39_640, date: jour(3), plaque: "DEMO B1" };
  const { cdr, reception } = await recevoir(s, lieu, court);
  await s.operateur(lieu);
  await s.inserer("cours_de_route", {
    fournisseur_id: fournisseur,
    depot_destination_id: lieu.depot,
    produit_id: GASOIL,
    plaque_camion: "DEMO B2",
    volume: 38_000,
    note: s.marque,
  });
  await s.tx`select public.enregistrer_analyse(${
    s.json({ objet_type: "RECEPTION", objet_id: reception, parametre: "Point d'éclair", valeur: 68 })
  })`;
  await s.tx`select public.declarer_ecart(${
    s.json({
      domaine: "TRANSPORTEUR",
      type: "LOGISTIQUE",
      reference_type: "CDR",
      reference_id: cdr,
      justification: "Arrivé avec un scellé cassé",
    })
  })`;
  await s.tx`select public.noter_ecart(e.id, 'Photographié à la barrière') from public.ecarts e
              where e.reference_id = ${cdr}`;
  await s.directeur();
  await s.tx`select public.ajouter_frais_lot(${lot}, ${
    s.json({ type: "FRET", montant: 2_400, devise: "USD", tiers: "Transports du Copperbelt" })
  })`;
  await traiterEcarts(s, lieu, lot);
  const facture = await factureFournisseur(s, lieu, lot, { ...achat, facturee: jour(2) });
  await payerFournisseur(s, lieu, facture, 0.4);
  await s.tx`select public.enregistrer_avoir_fournisseur(${facture}, ${`${achat.reference}-AV`}, ${
    jour(1)
  }, 200,
               'Manquant reconnu par le fournisseur')`;
  return reception;
}

/** The yard: opening stock, a partner's fuel, a transfer, a correction, a dip and its gap. */
async function tenirLesCiternes(s: Scene, lieu: Lieu, vierge: string, pleine: string): Promise<void> {
  const [partenaire] = await poserPartenaires(s);
  await s.admin();
  const initial = await s.un(s.tx`
    select public.declarer_stock_initial(${vierge}, 'PARTENAIRE', 6000, 5950, ${MOTIF}) as dit`);
  await s.tx`select public.declarer_stock_initial(${vierge}, 'MONALUXE', 12000, 11900, ${MOTIF})`;
  await s.tx`select public.repartir_stock_initial(${initial}, ${
    s.json([{ partenaire_id: partenaire, volume_ambiant: 5000, volume_15c: 4958 }])
  })`;
  await s
    .tx`select public.attribuer_stock_partenaire(${lieu.depot}, ${GASOIL}, ${partenaire!}, 500, ${MOTIF})`;
  await deposer(s, lieu, { citerne: vierge, partenaire: partenaire!, litres: 9_000, date: jour(0) });
  await livrer(s, lieu, { citerne: vierge, partenaire: partenaire!, litres: 3_500, date: jour(0) });
  await s.gerant(lieu);
  await s.inserer("transferts", {
    citerne_source_id: pleine,
    citerne_destination_id: vierge,
    volume_ambiant: 2_500,
    temperature_ambiante_c: 23,
    note: s.marque,
  });
  const kolwezi = await depotKolwezi(s);
  await transferer(s, lieu, kolwezi, {
    source: pleine,
    destination: kolwezi.citernes[0]!,
    envoye: 4_000,
    recu: 3_985,
    date: jour(1),
    arrivee: jour(0),
  });
  await s.gerant(lieu);
  const pret = await s.un(s.tx`
    select public.ouvrir_pret(${lieu.depot}, ${GASOIL}, ${partenaire!}, 'EMPRUNTE', 1000, ${
    jour(-30)
  }, ${MOTIF}) as dit`);
  for (
    const [sens, nature, litres, du] of [
      ["VERS_MONALUXE", "EMPRUNT", 1_000, pret],
      ["VERS_PARTENAIRE", "RESTITUTION", 400, pret],
      ["VERS_MONALUXE", "VENTE", 250, null],
    ] as const
  ) {
    await s
      .tx`select public.ceder(${vierge}, ${partenaire!}, ${sens}, ${nature}, ${litres}, ${MOTIF}, p_pret_id => ${du})`;
  }
  await s.admin();
  await s.tx`
    insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
    select 'RECEPTION', r.id, -12, -11.9, ${MOTIF} from public.receptions r
     where r.note = ${s.marque} and r.citerne_id = ${pleine}`;
  await s.operateur(lieu);
  const prise = await s.un(s.tx`
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c, note)
    select ${vierge}, sum(v.stock_ambiant) - 35, 23, ${s.marque} from public.v_stock_actuel v
     where v.citerne_id = ${vierge} returning id as dit`);
  await s.admin();
  await s.tx`select public.regulariser(${prise}, ${MOTIF})`;
}

/** A sale from a price to a receipt, and what is taken back of it. */
async function vendre(
  s: Scene,
  lieu: Lieu,
  citerne: string,
  clients: Clients,
): Promise<void> {
  await poserTarifGeneral(s);
  for (const devise of ["USD", "CDF"] as const) {
    const faite = await vendreComptant(
      s,
      lieu,
      {
        citerne,
        client: clients.comptoir,
        litres: devise === "USD" ? 250 : 180,
        date: jour(0),
        plaque: "1234AB05",
      },
      devise,
    );
    await s.tx`select public.imprimer_recu(${faite.encaissement_id})`;
  }
  const depart = { citerne, client: clients.kasai, litres: 18_000, date: jour(1), plaque: "5678CD05" };
  await s.gerant(lieu);
  const commande = await s.un(s.tx`
    select public.passer_commande(${
    s.json({
      depot_id: lieu.depot,
      client_id: clients.kasai,
      produit_id: GASOIL,
      quantite: 40_000,
      prix_ht: 1.35,
      reference_client: "BC-2044",
    })
  }) as dit`);
  // At another price than the tarif: by who sets prices.
  await s.directeur();
  await s.tx`select public.confirmer_commande(${commande})`;
  const sortie = await livrer(s, lieu, depart);
  await s.tx`select public.rattacher_sortie(${commande}, ${sortie})`;
  await confirmerBon(s, lieu, sortie, { lieu: "Mine de Kolwezi", recu_par: "Mme Ilunga" });
  await s.gerant(lieu);
  const service = [{ designation: "Passage au dépôt", quantite: 18, prix_ht: 4.5, tva_groupe: "B" }];
  const facture = await s.un(s.tx`
    select public.preparer_facture(${clients.kasai}, ${lieu.depot}, ${[sortie]}::uuid[], ${
    s.json(service)
  }) as dit`);
  await s.directeur();
  await s.tx`select public.emettre_facture(${facture})`;
  await s.gerant(lieu);
  await s.tx`select public.imprimer_facture(${facture})`;
  await s.tx`select public.emettre_avoir(${facture}, 'RRR', ${
    s.json([{ rang: 1, quantite: 500 }])
  }, 'Rabais convenu avec le client')`;
  await encaisser(s, lieu, clients.kasai, {
    mode: "MOBILE_MONEY",
    operateur_mobile: "MPESA",
    devise: "CDF",
    montant: 14_000_000,
    reference: `MP-${s.marque.slice(-6)}`,
  });
  await encaisser(s, lieu, clients.kasai, {
    mode: "VIREMENT",
    montant: 5_000,
    reference: `VIR-${s.marque.slice(-6)}`,
    statut: "EN_ATTENTE",
  });
  const avance = await encaisser(s, lieu, clients.comptoir, { mode: "CASH", montant: 300 });
  await s.directeur();
  await s.tx`select public.rembourser(${avance}, 120, 'CASH', ${`RMB-${
    s.marque.slice(-6)
  }`}, 'Trop perçu au guichet')`;
  await s.inserer("releves_clients", { client_id: clients.kasai, devise: "USD" });
  await s.tx`select public.deroger_credit(${clients.lualaba}, 2500, now() + interval '3 days',
               'Accord de la direction pour une livraison')`;
  await livrer(s, lieu, {
    citerne,
    client: clients.lualaba,
    litres: 9_000,
    date: jour(0),
    plaque: "9012EF05",
  });
  await livrer(s, lieu, { citerne, client: clients.hopital, litres: 3_000, date: jour(0) });
  await facturer(s, lieu, [clients.hopital], jour(0));
  await s.operateur(lieu);
  await s.inserer("sorties_produit", {
    citerne_id: citerne,
    client_id: clients.kisanga,
    volume_ambiant: 1_500,
    temperature_ambiante_c: 23,
    note: s.marque,
  });
  // A day that is over: today's till stays open to who is selling.
  const caisse = await jourDeCaisse(s, lieu, 1);
  await encaisser(s, lieu, clients.kisanga, {
    mode: "CASH",
    montant: 480,
    recu_le: `${caisse}T16:00:00+02:00`,
  });
  await cloturerCaisse(s, lieu, caisse, "USD", -20);
  await s.tx`select public.clore_periode(${lieu.depot}, p_jour => ${jour(400)})`;
}

export async function jouer(s: Scene, lieu: Lieu): Promise<void> {
  await s.oublier();
  const [vierge] = await s.tx<{ id: string }[]>`
    select c.id from public.citernes c where c.id = any (${lieu.citernes})
       and not exists (select from public.stocks_journaliers j where j.citerne_id = c.id) order by c.nom desc limit 1`;
  if (!vierge) {
    throw new Refus(
      "CITERNES_TOUTES_SERVIES",
      "Un stock initial ne se déclare que dans une citerne qui n'a rien vu, et toutes celles du dépôt ont déjà servi.",
    );
  }
  const pleine = lieu.citernes.find((id) => id !== vierge.id)!;
  s.dire("taux, fournisseur et achat");
  await poserTaux(s, 7);
  const reception = await acheter(s, lieu, await poserFournisseur(s), pleine);
  s.dire("citernes et partenaires");
  await tenirLesCiternes(s, lieu, vierge.id, pleine);
  s.dire("ventes et caisse");
  const clients = await poserClients(s, jour(7));
  await vendre(s, lieu, pleine, clients);
  s.dire("documents, paiement en ligne et rapports");
  await prouver(s, lieu, { reception, client: clients.lualaba });
}
