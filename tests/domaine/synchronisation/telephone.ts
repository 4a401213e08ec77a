// A phone of the depot: what it did without a line, and how it tells.
import type { Monde } from "../../support/monde.ts";
import type { Person } from "../../../ops/pile/client.ts";

export interface Acte {
  cle: string;
  acte: string;
  moment?: unknown;
  corps?: unknown;
  version?: unknown;
  apres?: string[];
}

export interface Repondu {
  cle: string;
  acte: string;
  etat: "applique" | "deja_applique" | "refuse" | "en_attente" | "non_traite";
  fait_le: string | null;
  statut: number | null;
  // deno-lint-ignore no-explicit-any -- whatever its door answers
  reponse: any;
  probleme: {
    code: string;
    detail: string;
    conduite: string;
    status: number;
    errors?: { path: string; message: string }[];
  } | null;
  depend_de: string | null;
}

export interface Lot {
  lot: string;
  envois: number;
  reste: number;
  ecart_horloge_s: number;
  actes: Repondu[];
}

export const cle = () => crypto.randomUUID();
export const HEURE_MS = 3_600_000;
/** So many hours ago, as a phone says it. */
export const ilYA = (heures: number) => new Date(Date.now() - heures * HEURE_MS).toISOString();

/** Of a réception that was there when a phone's acts were done: an hour ago may be yesterday. */
export const AVANT = { date_reception: ilYA(48).slice(0, 10) };

export const lotDe = (actes: unknown, more: Record<string, unknown> = {}) => ({
  lot: cle(),
  maintenant: new Date().toISOString(),
  appareil: "Téléphone d'essai",
  actes,
  ...more,
});

/** Sends a batch; what it is refused with where it is refused whole. */
export const envoyer = (qui: Person, lot: object) => qui.call<Lot>("POST", "synchronisation", lot);

export const dites = ({ actes }: Lot) => actes.map(({ etat, probleme }) => probleme?.code ?? etat);

/** Fuel measured out of the first tank, drafted and validated at once. */
export const sortie = (m: Monde, volume_ambiant: unknown, more: Partial<Acte> = {}): Acte => ({
  cle: cle(),
  acte: "sorties?valider=true",
  moment: ilYA(1),
  corps: { citerne_id: m.citernes[0], client_id: m.client, volume_ambiant, temperature_ambiante_c: 15 },
  ...more,
});
