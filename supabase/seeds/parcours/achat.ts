// The purchase behind the demo's trucks: their lot is closed, invoiced as received, and paid.
import { printTable } from "../../../ops/commun/table.ts";
import type { Person, Row } from "../../../ops/pile/client.ts";

const PRIX_USD = 0.71;
const usd = (value: unknown) => Number(value).toLocaleString("fr-FR", { minimumFractionDigits: 2 });
const litres = (value: unknown) => Number(value).toLocaleString("fr-FR", { maximumFractionDigits: 3 });

export interface Contrat {
  proforma: string;
  lot: string;
}

/** The bank guarantees the supplier, the proforma says what is bought and at what price: a lot is open to trucks. */
export async function contracter(
  directeur: Person,
  fournisseur_id: string,
  produit_id: string,
  aujourdhui: string,
): Promise<Contrat> {
  const poster = (adresse: string, corps: object = {}) =>
    directeur.call<{ id: string; numero?: string } & Row>("POST", `achats/${adresse}`, corps);
  const reference = `Démonstration ${crypto.randomUUID().slice(0, 6)}`;
  const sblc = await poster("sblc", {
    fournisseur_id,
    banque: "Banque de démonstration",
    reference,
    montant: 500_000,
    date_debut: aujourdhui,
    date_fin: `${Number(aujourdhui.slice(0, 4)) + 1}-12-31`,
  });
  const { id } = await poster("proformas", {
    fournisseur_id,
    produit_id,
    reference,
    date_proforma: aujourdhui,
    quantite: 300_000,
    prix_usd: PRIX_USD,
    sblc_id: sblc.id,
  });
  const { numero } = await poster(`proformas/${id}/activer`);
  const lot = await poster("lots", { fournisseur_id, produit_id, reference, proforma_id: id });
  console.log(
    `\nProforma ${numero} : 300 000 L à 20 °C à ${usd(PRIX_USD)} USD, garantie par une SBLC (directeur).`,
  );
  return { proforma: id, lot: lot.id };
}

/** Each truck's bill of lading beside what it brought: what the allowance does not cover is explained by somebody. */
async function comparer(gerant: Person, lot: string, aujourdhui: string): Promise<void> {
  const { camions } = await gerant.call<{ camions: { id: string; volume: number }[] } & Row>(
    "GET",
    `achats/lots/${lot}/cours-de-route`,
  );
  for (const { id, volume } of camions) {
    await gerant.call("PUT", `achats/chargements/${id}`, {
      bl_numero: `BL-${id.slice(-6)}`,
      date_bl: aujourdhui,
      base: "L15",
      quantite: volume,
    });
  }
  const lus = async (adresse: string) =>
    (await gerant.call<{ data: Row[] } & Row>("GET", `achats/${adresse}?fournisseur_lot_id=${lot}&limit=100`))
      .data;
  for (const { id, statut } of await lus("ecarts")) {
    if (statut === "TRAITE") continue;
    await gerant.call("POST", `achats/ecarts/${id}/traiter`, {
      cause: "DIFFERENCE_TEMPERATURE_DENSITE",
      decision: "ACCEPTE_AVEC_NOTE",
      justification: "Le bordereau compte des litres chauds",
    });
  }
  console.log("\nChargé et reçu de chaque camion, chaque écart traité (gérant) :");
  printTable(
    (await lus("ecarts-transit")).map((un) => [
      String(un.plaque_camion),
      ...[un.charge, un.recu, un.ecart, un.franchise, un.excedent].map(litres),
      usd(un.impact_usd),
      String(un.ecart_statut),
    ]),
    ["camion", "chargé L15", "reçu L15", "écart", "franchise", "au-delà", "USD", "écart"],
  );
}

/** From the trucks received to an account that owes nothing more of them, and a proforma closed. */
export async function acheter(
  directeur: Person,
  gerant: Person,
  { proforma, lot }: Contrat,
  aujourdhui: string,
): Promise<void> {
  await comparer(gerant, lot, aujourdhui);
  await directeur.call("POST", `achats/lots/${lot}/cloturer`, {});
  const camions = await gerant.supabase.from("cours_de_route").select("id").eq("fournisseur_lot_id", lot);
  if (camions.error) throw camions.error;
  const { data, error } = await gerant.supabase.from("v_reception_20c").select("volume_20c")
    .in("cours_de_route_id", camions.data.map(({ id }) => id));
  if (error) throw error;
  const recu = data.reduce((somme, { volume_20c }) => somme + volume_20c, 0);
  const { facture_id } = await gerant.call<{ facture_id: string } & Row>(
    "POST",
    "achats/factures-fournisseur",
    {
      fournisseur_lot_id: lot,
      invoice_no: `DEMO-${crypto.randomUUID().slice(0, 8)}`,
      date_facture: aujourdhui,
      quantite_facturee_20c: Math.round(recu),
      prix_unitaire_usd: PRIX_USD,
    },
  );
  const adresse = `achats/factures-fournisseur/${facture_id}`;
  const rows: string[][] = [];
  const noter = (quoi: string, f: Row) =>
    rows.push([
      quoi,
      String(f.nb_receptions),
      litres(f.total_volume_20c),
      litres(f.quantite_facturee_20c),
      String(f.statut_rapprochement),
      usd(f.montant_total_usd),
      usd(f.solde_restant_usd),
      String(f.statut_paiement),
    ]);
  noter("saisie", await gerant.call("GET", adresse));
  noter("calculée", await gerant.call("POST", `${adresse}/calculer`, {}));
  noter(
    "validée",
    await gerant.call("POST", `${adresse}/valider`, { justification: "Écarts de transport relus" }),
  );
  const { solde_restant_usd } = await gerant.call<{ solde_restant_usd: number } & Row>("GET", adresse);
  const moitie = Math.round(solde_restant_usd * 50) / 100;
  for (const montant_paye_usd of [moitie, Math.round((solde_restant_usd - moitie) * 100) / 100]) {
    await gerant.call("POST", `${adresse}/paiements`, {
      montant_paye_usd,
      reference_paiement: crypto.randomUUID().slice(0, 8),
    });
    noter("payée en partie", await gerant.call("GET", adresse));
  }
  rows.at(-1)![0] = "soldée";
  console.log("\nLe lot de ces camions, facturé comme reçu puis payé (gérant) :");
  const head = [
    "facture",
    "réc.",
    "reçu 20 °C L",
    "facturé 20 °C L",
    "rapprochement",
    "USD",
    "solde USD",
    "paiement",
  ];
  printTable(rows, head);
  await directeur.call("POST", `achats/proformas/${proforma}/cloturer`, {
    justification: "Fin de la démonstration : le reste ne sera pas livré",
  });
  const fin = await directeur.call<Row>("GET", `achats/proformas/${proforma}/avancement`);
  const { cout } = await directeur.call<{ cout: Row } & Row>("GET", `achats/lots/${lot}/couts`);
  console.log(
    `\nProforma ${fin.numero} clôturée : ${litres(fin.recu)} L reçus sur ${litres(fin.quantite)} ` +
      `(${litres(fin.pour_cent)} %), le litre à 15 °C revient à ${litres(cout.usd_par_l15)} USD (directeur).`,
  );
}
