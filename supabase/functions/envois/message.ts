// What is sent, and what became of it.

/** A paper to attach: what it says, from which it is drawn at each try, the same. */
export interface Papier {
  genre: "FACTURE" | "RECU" | "RELEVE" | "RAPPORT";
  nom: string;
  dit: unknown;
}

/** A message to send, and what PostgreSQL says of it. */
export interface Message {
  id: string;
  bail: string;
  canal: "EMAIL" | "WEBHOOK" | "ANALYSE";
  destinataires: string[];
  secret_nom: string | null;
  sujet: string | null;
  contenu: {
    texte?: string;
    papier?: Papier;
    corps?: { data: Record<string, unknown> };
    document_id?: string;
  };
  cree_le: string;
  /** Whether this machine itself may be written to. */
  locale: boolean;
}

/** ECHEC: worth another try. MORT: no other try would change anything. */
export interface Issue {
  issue: "ENVOYE" | "ECHEC" | "MORT";
  code: string;
  erreur?: string;
  /** Of an ECHEC: whom the next try is for, where others have it already. */
  restants?: string[];
}
