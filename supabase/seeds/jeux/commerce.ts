// A month of trade: trucks, deliveries, counter sales, invoices and payments; a truck in litigation, a client who pays late.
import {
  cloturerCaisse,
  commander,
  confirmerBon,
  encaisser,
  factureFournisseur,
  facturer,
  jourDeCaisse,
  livrer,
  payerFournisseur,
  recevoir,
  traiterEcarts,
  vendreComptant,
} from "./actes.ts";
import { type Clients, poserClients, poserFournisseur, poserTarifGeneral, poserTaux } from "./decor.ts";
import { hasard, jour, type Lieu, type Scene } from "./scene.ts";

const JOURS = 30;
const CAMIONS = 10;
const CHARGE = 40_000;
const PRIX = 0.735;

interface Lots {
  paye: string;
  litige: string;
  fournisseur: string;
}

/** Every third day a truck; the last of the second lot comes short by far, and the supplier denies it. */
async function approvisionner(s: Scene, lieu: Lieu, recul: number, lots: Lots): Promise<void> {
  const rang = (JOURS - recul) / 3;
  const dernier = rang === CAMIONS - 1;
  await recevoir(s, lieu, {
    fournisseur: lots.fournisseur,
    lot: rang < CAMIONS / 2 ? lots.paye : lots.litige,
    citerne: lieu.citernes[rang % 4]!,
    charge: CHARGE,
    recu: dernier ? CHARGE - 940 : CHARGE - 25 - 7 * rang,
    date: jour(recul),
    plaque: `DEMO C${rang + 1}`,
  });
}

/** What leaves on a day: two or three trucks on credit, each with its note. */
async function vendreAuJour(
  s: Scene,
  lieu: Lieu,
  clients: Clients,
  recul: number,
  tirer: (min: number, max: number) => number,
): Promise<void> {
  const noms = ["kasai", "lualaba", "kasai", "hopital", "kisanga"] as const;
  for (let n = 0; n < 2 + recul % 2; n++) {
    const nom = noms[(recul * 2 + n) % noms.length]!;
    // Nothing more for who does not pay.
    if (nom === "kisanga" && recul < 12) continue;
    const litres = nom === "kisanga" || nom === "hopital" ? tirer(900, 2_400) : tirer(3_000, 7_500);
    const sortie = await livrer(s, lieu, {
      citerne: lieu.citernes[(recul + n) % 4]!,
      client: clients[nom],
      litres,
      date: jour(recul),
      plaque: `${1000 + tirer(0, 8999)}AB05`,
    });
    await confirmerBon(s, lieu, sortie, { recu_par: nom === "kasai" ? "Mme Ilunga" : "M. Mutombo" });
  }
}

/** Cash of each week, counted the same evening; once a note is missing. */
async function tenirLaCaisse(s: Scene, lieu: Lieu, clients: Clients): Promise<void> {
  for (const recul of [28, 21, 14, 7]) {
    const date = await jourDeCaisse(s, lieu, recul);
    for (const montant of [650, 1_240.5]) {
      await encaisser(s, lieu, clients.comptoir, {
        mode: "CASH",
        montant,
        recu_le: `${date}T15:00:00+02:00`,
      });
    }
    await cloturerCaisse(s, lieu, date, "USD", recul === 14 ? -50 : 0);
  }
}

/** The month invoiced; who pays pays, who promised a cheque that the bank refused owes all of it. */
async function facturerLeMois(s: Scene, lieu: Lieu, clients: Clients): Promise<void> {
  const { kasai, lualaba, kisanga, hopital } = clients;
  const factures = await facturer(s, lieu, [kasai, lualaba, kisanga, hopital], jour(0));
  const de = (client: string) => factures.find(({ client_id }) => client_id === client)!;
  const payer = (client: string, part: number, paiement: Record<string, string>) =>
    encaisser(s, lieu, client, {
      montant: Math.round(de(client).total_ttc * part * 100) / 100,
      reference: `${paiement.mode}-${s.marque.slice(-6)}-${client.slice(-4)}`,
      devise: client === hopital ? "CDF" : "USD",
      ...paiement,
    });
  await payer(kasai, 1, { mode: "VIREMENT" });
  await payer(lualaba, 0.55, { mode: "MOBILE_MONEY", operateur_mobile: "AIRTEL" });
  await payer(hopital, 0.25, { mode: "VIREMENT" });
  const cheque = await payer(kisanga, 1, { mode: "CHEQUE", statut: "EN_ATTENTE" });
  await s.directeur();
  await s.tx`select public.annuler_encaissement(${cheque}, 'Chèque rejeté par la banque : sans provision')`;
  await s.tx`select public.fixer_conditions_client(${kisanga}, ${s.json({ suspendu: true })})`;
  await s.gerant(lieu);
  await s.tx`select public.emettre_avoir(${de(lualaba).facture_id}, 'RAM', ${
    s.json([{ rang: 1, quantite: 250 }])
  }, 'Retour accepté par le dépôt')`;
  for (const { facture_id } of factures) await s.tx`select public.imprimer_facture(${facture_id})`;
}

/** The first lot is settled; the second is disputed, its gap and its invoice both. */
async function reglerLesAchats(s: Scene, lieu: Lieu, lots: Lots): Promise<void> {
  const achat = (lettre: string) => ({
    fournisseur: lots.fournisseur,
    reference: `DEMO-C${lettre}-${s.marque.slice(-6)}`,
    date: jour(JOURS + 2),
    litres: CAMIONS / 2 * CHARGE,
    prix: PRIX,
    facturee: jour(2),
  });
  await traiterEcarts(s, lieu, lots.paye);
  const payee = await factureFournisseur(s, lieu, lots.paye, achat("A"));
  await payerFournisseur(s, lieu, payee, 1);

  await s.gerant(lieu);
  await s.tx`
    select public.contester_ecart(e.id, 'Le fournisseur nie le manquant, le transporteur aussi')
      from public.ecarts e join public.cours_de_route c on c.id = e.reference_id
     where c.fournisseur_lot_id = ${lots.litige} and e.statut in ('OUVERT', 'EN_REVUE') and e.excedent > 500`;
  const disputee = await factureFournisseur(s, lieu, lots.litige, achat("B"));
  await s.tx`select public.contester_facture_fournisseur(${disputee}, true,
               'Un camion est arrivé avec 940 L de moins que chargé')`;
}

export async function jouer(s: Scene, lieu: Lieu): Promise<void> {
  const tirer = hasard(2026);
  s.dire("référentiels, tarifs et taux");
  await poserTaux(s, JOURS + 2);
  const fournisseur = await poserFournisseur(s);
  const clients = await poserClients(s, jour(JOURS + 2));
  await poserTarifGeneral(s);
  const lot = async (lettre: string) =>
    (await commander(s, {
      fournisseur,
      reference: `DEMO-C${lettre}-${s.marque.slice(-6)}`,
      date: jour(JOURS + 2),
      litres: CAMIONS / 2 * CHARGE,
      prix: PRIX,
    })).lot;
  const lots: Lots = { fournisseur, paye: await lot("A"), litige: await lot("B") };
  for (let recul = JOURS; recul > 0; recul--) {
    s.dire(`jour ${JOURS - recul + 1} sur ${JOURS}`);
    if ((JOURS - recul) % 3 === 0 && JOURS - recul < 3 * CAMIONS) await approvisionner(s, lieu, recul, lots);
    // The first trucks fill each tank before anything leaves.
    if (recul <= JOURS - 10) await vendreAuJour(s, lieu, clients, recul, tirer);
  }
  s.dire("caisse et guichet");
  await tenirLaCaisse(s, lieu, clients);
  for (const litres of [120, 340, 75]) {
    await vendreComptant(s, lieu, {
      citerne: lieu.citernes[0]!,
      client: clients.comptoir,
      litres,
      date: jour(0),
    }, "USD");
  }
  s.dire("factures, paiements et litige");
  await facturerLeMois(s, lieu, clients);
  await reglerLesAchats(s, lieu, lots);
}
