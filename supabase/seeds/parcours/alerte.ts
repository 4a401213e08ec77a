// An alert from breach to resolved: a réception already invoiced is corrected, somebody takes that on, settles it, and
// each step is mailed.
import { join } from "node:path";
import { readSettings } from "../../../ops/commun/settings.ts";
import { printTable } from "../../../ops/commun/table.ts";
import type { Person, Row } from "../../../ops/pile/client.ts";
import type { StackStatus } from "../../../ops/pile/status.ts";

interface Alerte extends Row {
  check_code: string;
  status: string;
  message: string;
}
interface Envoi extends Row {
  objet_id: string | null;
  sujet: string;
  statut: string;
}

/** What the stack does each minute, now. */
async function passer(directeur: Person, { API_URL, SERVICE_ROLE_KEY }: StackStatus): Promise<void> {
  await directeur.call("POST", "alertes/controler", {});
  const reponse = await fetch(`${API_URL}/functions/v1/envois/vider`, {
    method: "POST",
    headers: { authorization: `Bearer ${SERVICE_ROLE_KEY}` },
  });
  if (!reponse.ok) throw new Error(`envois/vider répond ${reponse.status} : ${await reponse.text()}`);
  await reponse.body?.cancel();
}

/** The invoice of a lot, and one réception that it counts. */
async function facturee(admin: Person, lot: string): Promise<{ facture_id: string; reception_id: string }> {
  const facture = await admin.supabase.from("v_fournisseur_facture_lot").select("facture_id")
    .eq("fournisseur_lot_id", lot).single();
  if (facture.error) throw facture.error;
  const compte = await admin.supabase.from("factures_fournisseur_receptions").select(
    "facture_id, reception_id",
  )
    .eq("facture_id", facture.data.facture_id).limit(1).single();
  if (compte.error) throw compte.error;
  return compte.data;
}

/** The alert that stands for this invoice. */
async function lire(directeur: Person, facture: string): Promise<Alerte> {
  const { data } = await directeur.call<{ data: Alerte[] } & Row>(
    "GET",
    "alertes?check_code=FACTURE_MOUVEMENT_CORRIGE&limit=500",
  );
  const trouvee = data.find(({ entity_id }) => entity_id === facture);
  if (!trouvee) throw new Error("aucune alerte n'a été ouverte");
  return trouvee;
}

export async function alerter(
  status: StackStatus,
  { admin, directeur }: { admin: Person; directeur: Person },
  lot: string,
): Promise<void> {
  const { facture_id, reception_id } = await facturee(admin, lot);
  const lignes: string[][] = [];
  const noter = async (quoi: string) => {
    const { status: statut, message } = await lire(directeur, facture_id);
    lignes.push([quoi, statut, message]);
  };
  const ajuster = (litres: number) =>
    admin.call("POST", "stocks/ajustements", {
      mouvement_type: "RECEPTION",
      mouvement_id: reception_id,
      delta_ambiant: litres,
      delta_15c: litres,
      reason: "Démonstration : mesure relue après la facture",
    });
  await ajuster(-1);
  await passer(directeur, status);
  await noter("une réception facturée est corrigée (admin)");
  const { id } = await lire(directeur, facture_id);
  await directeur.call("POST", `alertes/${id}/acquitter`, { note: "Je vois avec le fournisseur" });
  await noter("prise en compte (directeur)");
  await ajuster(1);
  await directeur.call("POST", `alertes/${id}/resoudre`, { note: "Mesure rétablie, rien à demander" });
  await passer(directeur, status);
  await noter("résolue (directeur)");
  console.log("\nUne alerte, de la faute à sa résolution :");
  printTable(lignes, ["quoi", "statut", "message"]);

  const { data } = await admin.call<{ data: Envoi[] } & Row>("GET", "alertes/envois?limit=200");
  const courrier = join(readSettings().dataDir, "courrier");
  const envois = data.filter(({ objet_id }) => objet_id === id).slice(0, 4).reverse();
  console.log(`\nCe qui en est parti (courrier en fichiers : ${courrier}) :`);
  printTable(
    await Promise.all(envois.map(async ({ id, sujet, statut }) => {
      const fichier = `${id}.eml`;
      const la = await Deno.stat(join(courrier, fichier)).then(() => fichier, () => "remis par SMTP");
      return [sujet, statut, la];
    })),
    ["message", "statut", "où"],
  );
}
