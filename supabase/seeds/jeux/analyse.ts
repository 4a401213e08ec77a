// A year, two depots, three partners: enough history for a report, a margin and a partner's account to say something.
import {
  commander,
  deposer,
  encaisser,
  factureFournisseur,
  facturer,
  livrer,
  payerFournisseur,
  recevoir,
  traiterEcarts,
  transferer,
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
import { hasard, jour, type Lieu, type Scene } from "./scene.ts";

const MOIS = 12;
const JOURS_DU_MOIS = 30;
const CAMIONS = 4;
const SORTIES = 12;
const CHARGE = 40_000;

type Tirer = (min: number, max: number) => number;
interface Annee {
  clients: Clients;
  fournisseur: string;
  partenaires: string[];
  tirer: Tirer;
}

/** How much is sold: more in the dry season, when trucks pass. */
const saison = (mois: number) => 1 + 0.25 * Math.sin((mois / MOIS) * 2 * Math.PI);

/** One month of a depot: its lot comes in the first days, deliveries follow, its invoices close it. */
async function vivreUnMois(s: Scene, lieu: Lieu, rang: number, mois: number, a: Annee): Promise<void> {
  const debut = (MOIS - mois) * JOURS_DU_MOIS;
  const achat = {
    fournisseur: a.fournisseur,
    reference: `DEMO-A${rang}-${mois + 1}-${s.marque.slice(-6)}`,
    date: jour(debut),
    litres: CAMIONS * CHARGE,
    prix: 0.7 + mois / 200,
  };
  const { lot } = await commander(s, achat);
  for (let n = 0; n < CAMIONS; n++) {
    await recevoir(s, lieu, {
      fournisseur: a.fournisseur,
      lot,
      citerne: lieu.citernes[n % 2]!,
      charge: CHARGE,
      recu: CHARGE - a.tirer(0, 160),
      date: jour(debut - n),
      plaque: `DEMO A${rang}${mois}${n}`,
    });
  }
  const partenaire = a.partenaires[mois % 3]!;
  const citerne = lieu.citernes[2]!;
  await deposer(s, lieu, { citerne, partenaire, litres: a.tirer(9_000, 15_000), date: jour(debut - 4) });

  const noms = ["kasai", "lualaba", "kasai", "hopital"] as const;
  for (let n = 0; n < SORTIES; n++) {
    await livrer(s, lieu, {
      citerne: lieu.citernes[n % 2]!,
      client: a.clients[noms[n % noms.length]!],
      litres: Math.round(a.tirer(8_000, 11_000) * saison(mois)),
      date: jour(debut - 5 - n),
      plaque: `${1000 + a.tirer(0, 8999)}AB05`,
    });
  }
  await livrer(s, lieu, { citerne, partenaire, litres: a.tirer(5_000, 8_500), date: jour(debut - 20) });
  await s.gerant(lieu);
  await s.inserer("transferts", {
    citerne_source_id: lieu.citernes[mois % 2]!,
    citerne_destination_id: lieu.citernes[(mois + 1) % 2]!,
    volume_ambiant: 1_500,
    temperature_ambiante_c: 23,
    date_jour: jour(debut - 21),
    note: s.marque,
  });
  await cloreLeMois(s, lieu, lot, { ...achat, facturee: jour(debut - 10) }, jour(debut - 24), mois, a);
}

/** Invoices are of today, whatever they sell: the law wants it. All but the last two months are paid. */
async function cloreLeMois(
  s: Scene,
  lieu: Lieu,
  lot: string,
  achat: Parameters<typeof factureFournisseur>[3],
  au: string,
  mois: number,
  { clients }: Annee,
): Promise<void> {
  await traiterEcarts(s, lieu, lot);
  const facture = await factureFournisseur(s, lieu, lot, achat);
  await payerFournisseur(s, lieu, facture, mois < MOIS - 2 ? 1 : 0.5);
  const dues = await facturer(s, lieu, [clients.kasai, clients.lualaba, clients.hopital], au);
  if (mois >= MOIS - 2) return;
  for (const { client_id, facture_id, total_ttc } of dues) {
    await encaisser(s, lieu, client_id, {
      mode: "VIREMENT",
      devise: client_id === clients.hopital ? "CDF" : "USD",
      montant: total_ttc,
      reference: `VIR-${facture_id.slice(-12)}`,
    });
  }
}

export async function jouer(s: Scene, daipn: Lieu): Promise<void> {
  s.dire("référentiels, tarifs et taux");
  const depots = [daipn, await depotKolwezi(s)];
  await poserTaux(s, MOIS * JOURS_DU_MOIS);
  const annee: Annee = {
    clients: await poserClients(s, jour(MOIS * JOURS_DU_MOIS)),
    fournisseur: await poserFournisseur(s),
    partenaires: await poserPartenaires(s),
    tirer: hasard(14),
  };
  await poserTarifGeneral(s);
  for (let mois = 0; mois < MOIS; mois++) {
    for (const [rang, lieu] of depots.entries()) {
      s.dire(`mois ${mois + 1} sur ${MOIS}, dépôt ${rang + 1} sur ${depots.length}`);
      await vivreUnMois(s, lieu, rang + 1, mois, annee);
    }
    const [de, vers] = depots as [Lieu, Lieu];
    await transferer(s, de, vers, {
      source: de.citernes[mois % 2]!,
      destination: vers.citernes[mois % 2]!,
      envoye: 5_000,
      recu: 5_000 - annee.tirer(0, 18),
      date: jour((MOIS - mois) * JOURS_DU_MOIS - 25),
      arrivee: jour((MOIS - mois) * JOURS_DU_MOIS - 26),
    });
  }
}
