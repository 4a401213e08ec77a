// What is sent, and what became of it.

/** A message to send, and what PostgreSQL says of it. */
export interface Message {
  id: string;
  bail: string;
  canal: "EMAIL" | "WEBHOOK";
  destinataires: string[];
  secret_nom: string | null;
  sujet: string | null;
  contenu: { texte?: string; corps?: { data: Record<string, unknown> } };
  cree_le: string;
  /** Whether this machine itself may be written to. */
  locale: boolean;
}

/** ECHEC: worth another try. MORT: no other try would change anything. */
export interface Issue {
  issue: "ENVOYE" | "ECHEC" | "MORT";
  code: string;
  erreur?: string;
}
