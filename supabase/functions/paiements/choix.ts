// Which provider answers to a name.
import type { Prestataire } from "./prestataire.ts";

/** A provider by its name; each is loaded when it is asked for. */
export async function prestataire(nom: Prestataire["nom"]): Promise<Prestataire> {
  return nom === "STRIPE"
    ? (await import("./stripe.ts")).ouvrirStripe()
    : (await import("./simule.ts")).SIMULE;
}
