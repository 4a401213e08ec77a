// What draws each paper is read when one is asked for, fonts and PDF included: half of what its function would weigh.
import type { BonImprime } from "./bon.ts";
import type { CommandeImprimee } from "./commande.ts";
import type { FactureImprimee } from "./facture.ts";
import type { RecuImprime } from "./recu.ts";
import type { ReleveImprime } from "./releve.ts";

export type { BonImprime, CommandeImprimee, FactureImprimee, RecuImprime, ReleveImprime };

export const imprimerBon = async (dit: BonImprime) => (await import("./bon.ts")).imprimerBon(dit);

export const imprimerCommande = async (dit: CommandeImprimee) =>
  (await import("./commande.ts")).imprimerCommande(dit);

export const imprimerFacture = async (dit: FactureImprimee) =>
  (await import("./facture.ts")).imprimerFacture(dit);

export const imprimerRecu = async (dit: RecuImprime) => (await import("./recu.ts")).imprimerRecu(dit);

export const imprimerReleve = async (dit: ReleveImprime) => (await import("./releve.ts")).imprimerReleve(dit);
