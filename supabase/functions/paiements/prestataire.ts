// The provider of online payments as this depot needs it: two ways of being one, Stripe and its simulation.
import type { Json } from "../_shared/database.types.ts";

/** A session that is to be opened there: our row, and the number of its invoice. */
export interface AOuvrir {
  id: string;
  facture_id: string;
  numero: string;
  devise: string;
  montant_minime: number;
  expire_le: string;
}

export interface SessionOuverte {
  session_id: string;
  url: string;
  expire_le: string;
}

/** How a session stands there now: see private.etat_en_ligne. */
export type Etat = {
  session_id: string;
  paiement_id?: string | null;
  intention_id?: string | null;
  /** open, complete, expired. */
  session?: string | null;
  paiement?: "paid" | "unpaid";
  echec?: boolean;
  devise?: string | null;
  montant_minime?: number | null;
  paye_le?: string | null;
  retours?: { id: string; genre: "REMBOURSEMENT" | "LITIGE"; devise: string; montant_minime: number }[];
  revenus?: string[];
  litige?: "OUVERT" | "GAGNE" | "PERDU" | null;
};

/** What is read of an event; the rest is kept as it came. */
export type Evenement = {
  id: string;
  type: string;
  created: number;
  data: { object: Record<string, Json> };
};

export interface Prestataire {
  nom: "STRIPE" | "SIMULE";
  /** The same request, sent again, is the same session. */
  ouvrir(paiement: AOuvrir): Promise<SessionOuverte>;
  /** Nobody pays it any more; where it is over already, nothing. */
  fermer(session_id: string): Promise<void>;
  /** By the name of a session or of a payment; undefined where there is none of that name. */
  lire(nom: string): Promise<Etat | undefined>;
  /** Events that are followed, since a moment. */
  evenements(depuis: Date): AsyncIterable<Evenement>;
  /** Sessions of ours that were opened since a moment. */
  sessions(depuis: Date): AsyncIterable<Etat>;
}

/** Types that say something of a session; what any other says is kept, and means nothing. */
export const SUIVIS = [
  ...["completed", "async_payment_succeeded", "async_payment_failed", "expired"].map((quoi) =>
    `checkout.session.${quoi}`
  ),
  "payment_intent.succeeded",
  "charge.refunded",
  ...["created", "updated", "failed"].map((quoi) => `refund.${quoi}`),
  ...["created", "updated", "closed", "funds_withdrawn", "funds_reinstated"].map((quoi) =>
    `charge.dispute.${quoi}`
  ),
];

const lu = (nom: string) => Deno.env.get(nom) || undefined;

/** Which provider this depot has; without a word, the simulated one, which PROD refuses. */
export const nomDuPrestataire = (): Prestataire["nom"] =>
  lu("PAIEMENTS_PRESTATAIRE") === "STRIPE" ? "STRIPE" : "SIMULE";

/** Where this project's functions are, for whoever comes back from paying. */
export const adresse = (chemin: string) => `${lu("SUPABASE_URL")}/functions/v1/paiements/${chemin}`;
export const adresseDeRetour = () => lu("PAIEMENTS_RETOUR_URL") ?? adresse("retour");
