// An invoice paid from afar, without internet: the simulated provider's page, its signed event, the receipt.
import { printTable } from "../../../ops/commun/table.ts";
import type { Person, Row } from "../../../ops/pile/client.ts";

interface Paiement extends Row {
  facture_numero: string;
  montant: number;
  statut: string;
  url: string;
  numero_recu: string | null;
  session_id: string;
}

const usd = (value: number) => value.toLocaleString("fr-FR", { minimumFractionDigits: 2 });

/** A rate that somebody has said these days; today's where nobody has. */
async function direLeTaux(directeur: Person, jour: string): Promise<void> {
  const { data, error } = await directeur.supabase.from("taux_change").select("jour").eq("jour", jour).limit(
    1,
  );
  if (error) throw error;
  if (data.length) return;
  await directeur.call("POST", "ventes/taux-change", {
    devise: "USD",
    jour,
    taux_cdf: 2800,
    source: "MANUEL",
  });
}

export async function payerEnLigne(
  { admin, directeur }: { admin: Person; directeur: Person },
  { depot_id, client_id, aujourdhui }: { depot_id: string; client_id: string; aujourdhui: string },
): Promise<void> {
  await admin.call("PUT", "flags/paiement_en_ligne", { enabled: true });
  await direLeTaux(directeur, aujourdhui);
  const { id } = await directeur.call("POST", "ventes/factures", {
    depot_id,
    client_id,
    services: [{ designation: "Stockage", quantite: 1, prix_ht: 250 }],
  });
  await directeur.call("POST", `ventes/factures/${id}/emettre`);
  const ouvert = await directeur.call<Paiement>("POST", `paiements/factures/${id}/session`, {});
  // What the client does on that page; the provider's event then comes through the public door.
  const reponse = await fetch(ouvert.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ acte: "payer" }),
  });
  const { resultat } = await reponse.json();
  if (resultat !== "APPLIQUE") throw new Error(`le paiement simulé a fait ${resultat ?? reponse.status}`);
  const paye = await directeur.call<Paiement>("GET", `paiements/en-ligne/${ouvert.id}`);
  const facture = await directeur.call<Row & { solde: number; statut_paiement: string }>(
    "GET",
    `ventes/factures/${id}`,
  );
  if (paye.statut !== "REUSSI" || facture.solde !== 0) {
    throw new Error(`la facture payée en ligne dit ${paye.statut}, reste ${facture.solde}`);
  }
  console.log("\nFacture payée en ligne, chez le prestataire simulé (directeur, puis le client) :");
  printTable([
    ["session ouverte", paye.facture_numero, `${usd(paye.montant)} USD`, ouvert.statut],
    ["événement signé", paye.session_id.slice(0, 22), "", resultat],
    ["reçu", paye.numero_recu!, `reste ${usd(facture.solde)} USD`, facture.statut_paiement],
  ], ["étape", "pièce", "montant", "état"]);
}
