// The simulated provider: its sessions lie in private.sessions_simulees, its events are signed as Stripe signs.
import { auNomDuProjet } from "../_shared/database.ts";
import { fromDatabase } from "../_shared/problems.ts";
import { adresse, type Etat, type Evenement, type Prestataire } from "./prestataire.ts";

/** What can be done to a simulated session, and how its page says it. */
export const ACTES = {
  payer: "Payer",
  promettre: "Payer plus tard (virement)",
  echouer: "Le virement n'arrive pas",
  expirer: "Laisser expirer",
  rembourser: "Rembourser ce qui reste",
  contester: "Contester",
  perdre: "Litige perdu",
  gagner: "Litige gagné",
} as const;
export type ActeSimule = keyof typeof ACTES;

/** Acts there; answers the event that it then has to tell. */
export const agir = (session_id: string, acte: ActeSimule, montant_minime?: number): Promise<Evenement> =>
  auNomDuProjet(async (sql) => {
    const [{ evenement }] = await sql<[{ evenement: Evenement }]>`
      select private.simuler(${session_id}, ${acte}, ${montant_minime ?? null}) as evenement`;
    return evenement;
  });

const toutes = async <T>(quoi: "evenements" | "sessions", depuis: Date): Promise<T[]> =>
  await auNomDuProjet((sql) =>
    quoi === "evenements"
      ? sql<{ dit: T }[]>`
          select corps as dit from private.evenements_simules where created_at >= ${depuis} order by created_at`
      : sql<{ dit: T }[]>`
          select private.etat_simule(session_id) as dit from private.sessions_simulees where created_at >= ${depuis}`
  ).then((lignes) => lignes.map(({ dit }) => dit));

export const SIMULE: Prestataire = {
  nom: "SIMULE",
  ouvrir: (paiement) =>
    auNomDuProjet(async (sql) => {
      const [{ ouverte }] = await sql<[{ ouverte: { session_id: string; expire_le: string } }]>`
        select private.ouvrir_session_simulee(${sql.json({ ...paiement })}) as ouverte`;
      return { ...ouverte, url: adresse(`simulateur/${ouverte.session_id}`) };
    }),
  fermer: async (session_id) => {
    try {
      await agir(session_id, "expirer");
    } catch (error) {
      // It is paid or over: its state says so.
      if (fromDatabase(error).problem.code !== "PAIEMENT_EN_LIGNE_INDISPONIBLE") throw error;
    }
  },
  lire: (nom) =>
    auNomDuProjet(async (sql) => {
      const [{ etat }] = await sql<[{ etat: Etat | null }]>`select private.etat_simule(${nom}) as etat`;
      return etat ?? undefined;
    }),
  async *evenements(depuis) {
    yield* await toutes<Evenement>("evenements", depuis);
  },
  async *sessions(depuis) {
    yield* await toutes<Etat>("sessions", depuis);
  },
};
