// The demo's second factor: an admin's phone, which this folder stands for, from one run to the next.
import { join } from "node:path";
import { FUSEAU } from "../../../ops/commun/constantes.ts";
import { readSettings } from "../../../ops/commun/settings.ts";
import { printTable } from "../../../ops/commun/table.ts";
import type { Person } from "../../../ops/pile/client.ts";
import { codeDuPas, PERIODE_MS, prouverFacteur } from "../../../ops/pile/second_facteur.ts";

interface Etat {
  confirme_le: string | null;
  codes_secours: number;
}

const telephone = () => join(readSettings().dataDir, "telephone_demo");

/** Enrols the phone, as the page of the second factor says. */
async function inscrire(admin: Person): Promise<string> {
  const { secret } = await admin.call<{ secret: string }>("POST", "securite/totp/inscrire", {});
  const { eleve_jusqu_au } = await admin.call<{ eleve_jusqu_au: string }>("POST", "securite/totp/confirmer", {
    code: codeDuPas(secret, Math.floor(Date.now() / PERIODE_MS)),
  });
  await Deno.writeTextFile(telephone(), secret, { mode: 0o600 });
  return eleve_jusqu_au;
}

/** An admin proves who they are, and does what a password alone may not. */
export async function prouver(admin: Person): Promise<void> {
  const avant = await admin.call<Etat>("GET", "securite/facteur");
  const secret = await Deno.readTextFile(telephone()).catch(() => undefined);
  if (avant.confirme_le && !secret) {
    console.log(
      "\nSecond facteur : l'administrateur de démonstration a déjà le sien, sur un autre téléphone.",
    );
    return;
  }
  const eleve_jusqu_au = avant.confirme_le ? await prouverFacteur(admin, secret!) : await inscrire(admin);
  const { codes } = await admin.call<{ codes: string[] }>("POST", "securite/codes-secours", {});
  console.log("\nSecond facteur de l'administrateur :");
  printTable([
    [
      avant.confirme_le ? "prouvé" : "inscrit",
      new Date(eleve_jusqu_au).toLocaleTimeString("fr-FR", { timeZone: FUSEAU }),
      `${codes.length} neufs`,
    ],
  ], ["téléphone", "session élevée jusqu'à", "codes de secours"]);
}
