// The purchase behind the demo's trucks: their lot is closed, invoiced as received, and paid.
import { printTable } from "../commun/table.ts";
import type { Person, Row } from "./client.ts";

const PRIX_USD = 0.71;
const usd = (value: unknown) => Number(value).toLocaleString("fr-FR", { minimumFractionDigits: 2 });
const litres = (value: unknown) => Number(value).toLocaleString("fr-FR", { maximumFractionDigits: 3 });

export async function ouvrirLot(person: Person, fournisseur_id: string, produit_id: string): Promise<string> {
  const { data, error } = await person.supabase.from("fournisseur_lot")
    .insert({ fournisseur_id, produit_id, reference: `Démonstration ${crypto.randomUUID().slice(0, 6)}` })
    .select("id").single();
  if (error) throw error;
  return data.id;
}

/** From the trucks received to an account that owes nothing more of them. */
export async function acheter(
  directeur: Person,
  gerant: Person,
  lot: string,
  aujourdhui: string,
): Promise<void> {
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
  noter("validée", await gerant.call("POST", `${adresse}/valider`, {}));
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
}
