// On the shared stack: a depot where invoices may be paid online, at the simulated provider.
import type { Person, Row } from "../../../ops/pile/client.ts";
import { type Monde, sql } from "../../support/monde.ts";

/** The option at this depot and no other: what the matrix tries elsewhere finds it closed. */
export async function ouvrirOption({ depot }: Monde): Promise<void> {
  await sql`
    update public.feature_flags set enabled = true, depots = array_append(depots, ${depot}::uuid)
     where key = 'paiement_en_ligne'`;
  await sql`
    update public.depots set code = translate(upper(substr(md5(id::text), 1, 6)), '0123456789', 'GHIJKLMNOP')
     where id = ${depot} and code is null`;
}

/** An issued invoice of services, in dollars. */
export async function facturer(m: Monde, directeur: Person): Promise<string> {
  const jour = new Date().toLocaleDateString("sv-SE", { timeZone: "Africa/Lubumbashi" });
  await directeur.call("POST", "ventes/taux-change", {
    devise: "USD",
    jour,
    taux_cdf: 2800,
    source: "MANUEL",
  });
  const client = await directeur.supabase.from("clients").insert({ nom: crypto.randomUUID() }).select("id")
    .single();
  const { id } = await directeur.call<Row>("POST", "ventes/factures", {
    depot_id: m.depot,
    client_id: client.data!.id,
    services: [{ designation: "Stockage", quantite: 1, prix_ht: 100 }],
  });
  await directeur.call("POST", `ventes/factures/${id}/emettre`);
  return id;
}

export interface Session extends Row {
  url: string;
  statut: string;
  session_id: string;
  encaissement_id: string | null;
  montant: number;
}

/** Somebody does that on the simulator's page, as a program; what the event did. */
export async function jouer(url: string, acte: string, montant_minime?: number) {
  const reponse = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ acte, ...(montant_minime !== undefined && { montant_minime }) }),
  });
  const { resultat, code } = await reponse.json();
  return { statut: reponse.status, dit: resultat ?? code };
}
