// A form with one file, as multipart/form-data: read up to a bound and no further, whoever announces what.
import { Buffer } from "node:buffer";
import type { Televerse } from "./acte.ts";
import { corpsEntier } from "./arrivee.ts";
import { CHAMP } from "./messages.ts";
import { invalide } from "./problems.ts";

/** What was announced, or came, is more than an act takes. */
export class TropGros extends Error {
  constructor(readonly code: string, readonly maximum: number) {
    super(code);
  }
}

/** Around the file: its fields, names and boundaries. */
const AUTOUR = 64 * 1024;

/** Text fields by name, and the file; a field said twice could mean either, and is refused. */
export async function formulaire(
  request: Request,
  { maximum, trop }: { maximum: number; trop: string },
): Promise<{ champs: Record<string, string>; fichier: Televerse; empreinte: Record<string, string> }> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) throw invalide("", CHAMP.formulaire);
  const corps = await corpsEntier(request, maximum + AUTOUR);
  if (!corps) throw new TropGros(trop, maximum);
  const donnees = await new Response(corps, { headers: { "content-type": type } }).formData().catch(() => {
    throw invalide("", CHAMP.formulaire);
  });
  const dits = new Map<string, string>();
  let fichier: File | undefined;
  for (const [nom, valeur] of donnees) {
    if (dits.has(nom) || (nom === "fichier" && fichier)) throw invalide(nom, CHAMP.repete);
    if (typeof valeur === "string") dits.set(nom, valeur);
    else if (nom === "fichier") fichier = valeur;
    else throw invalide(nom, CHAMP.inconnu);
  }
  if (!fichier) throw invalide("fichier", CHAMP.requis);
  const champs = Object.fromEntries(dits);
  const octets = new Uint8Array(await fichier.arrayBuffer());
  return {
    champs,
    fichier: { nom: fichier.name, type: fichier.type, octets },
    // Tells a request from another without keeping the file.
    empreinte: {
      ...champs,
      fichier: Buffer.from(await crypto.subtle.digest("SHA-256", octets)).toString("hex"),
    },
  };
}
