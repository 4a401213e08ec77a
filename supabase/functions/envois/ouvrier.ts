// Takes what is due, sends it, says what became of it, until nothing is due or the time is over. Killed anywhere, it
// leaves leases that end: what it had in hand goes again, under the same id.
import { auNomDuProjet } from "../_shared/database.ts";
import { analyserDocument } from "./analyse.ts";
import { courrier } from "./courriel.ts";
import type { Issue, Message } from "./message.ts";
import { envoyerWebhook } from "./webhook.ts";

/** Taken together, and sent together: a slow receiver holds up four others, and no more. */
const ENSEMBLE = 5;

export type Bilan = Record<"pris" | "envoyes" | "remis" | "morts", number>;

async function envoyer(message: Message, poster: ReturnType<typeof courrier>["poster"]): Promise<Issue> {
  try {
    if (!message.destinataires.length) return { issue: "MORT", code: "SANS_DESTINATAIRE" };
    switch (message.canal) {
      case "EMAIL":
        return await poster(message);
      case "WEBHOOK":
        return await envoyerWebhook(message);
      case "ANALYSE":
        return await analyserDocument(message);
    }
  } catch (error) {
    // Of ours, and no answer of the receiver's: another try may have been mended meanwhile.
    return {
      issue: "ECHEC",
      code: "OUVRIER",
      erreur: error instanceof Error ? error.message : String(error),
    };
  }
}

export async function vider(jusqua: number): Promise<Bilan> {
  const bilan: Bilan = { pris: 0, envoyes: 0, remis: 0, morts: 0 };
  const { poster, fermer } = courrier();
  try {
    while (Date.now() < jusqua) {
      const messages = await auNomDuProjet((sql) =>
        sql<Message[]>`
          select id, bail, canal, destinataires, secret_nom, sujet, contenu, cree_le::text, locale
            from private.prendre_envois(${ENSEMBLE})`
      );
      if (!messages.length) break;
      const faire = async (message: Message) => {
        const { issue, code, erreur, restants } = await envoyer(message, poster);
        const [{ statut }] = await auNomDuProjet((sql) =>
          sql<[{ statut: string }]>`
            select private.noter_envoi(${message.id}, ${message.bail}, ${issue}, ${code}, ${
            erreur ?? null
          }, ${restants ?? null}) as statut`
        );
        bilan.pris++;
        bilan[statut === "ENVOYE" ? "envoyes" : statut === "MORT" ? "morts" : "remis"]++;
      };
      const aAnalyser = messages.filter(({ canal }) => canal === "ANALYSE");
      await Promise.all([
        ...messages.filter(({ canal }) => canal !== "ANALYSE").map(faire),
        // One after the other: each is a whole file in memory.
        aAnalyser.reduce((avant, message) => avant.then(() => faire(message)), Promise.resolve()),
      ]);
    }
    return bilan;
  } finally {
    fermer();
  }
}
