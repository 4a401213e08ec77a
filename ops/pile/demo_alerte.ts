// An alert from breach to resolved: a tank is found too full, somebody takes it on, it is put right, and each is mailed.
import { join } from "node:path";
import { readSettings } from "../commun/settings.ts";
import { printTable } from "../commun/table.ts";
import type { Person, Row } from "./client.ts";
import type { StackStatus } from "./status.ts";

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

async function regler(directeur: Person, citerne: string, capacite_totale: number): Promise<number> {
  const { data, error } = await directeur.supabase.from("citernes").select("capacite_totale").eq(
    "id",
    citerne,
  )
    .single();
  if (error) throw error;
  const change = await directeur.supabase.from("citernes").update({ capacite_totale }).eq("id", citerne);
  if (change.error) throw change.error;
  return data.capacite_totale;
}

/** The alert that stands for this tank. */
async function lire(directeur: Person, citerne: string): Promise<Alerte> {
  const { data } = await directeur.call<{ data: Alerte[] } & Row>(
    "GET",
    "alertes?check_code=STOCK_OVER_CAPACITY&limit=500",
  );
  const trouvee = data.find(({ entity_id }) => entity_id === citerne);
  if (!trouvee) throw new Error("aucune alerte n'a été ouverte");
  return trouvee;
}

export async function alerter(
  status: StackStatus,
  { admin, directeur }: { admin: Person; directeur: Person },
  citerne: string,
): Promise<void> {
  const lignes: string[][] = [];
  const noter = async (quoi: string) => {
    const { status: statut, message } = await lire(directeur, citerne);
    lignes.push([quoi, statut, message]);
  };
  const capacite = await regler(directeur, citerne, 1_000);
  try {
    await passer(directeur, status);
    await noter("la capacité saisie est trop basse");
    const { id } = await lire(directeur, citerne);
    await directeur.call("POST", `alertes/${id}/acquitter`, { note: "Je corrige la fiche de la citerne" });
    await noter("prise en compte (directeur)");
  } finally {
    await regler(directeur, citerne, capacite);
  }
  await passer(directeur, status);
  await noter("corrigée : elle se résout d'elle-même");
  console.log("\nUne alerte, de la faute à sa résolution :");
  printTable(lignes, ["quoi", "statut", "message"]);

  const { id } = await lire(directeur, citerne);
  const { data } = await admin.call<{ data: Envoi[] } & Row>("GET", "alertes/envois?limit=200");
  const courrier = join(readSettings().dataDir, "courrier");
  const envois = data.filter(({ objet_id }) => objet_id === id).slice(0, 2).reverse();
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
