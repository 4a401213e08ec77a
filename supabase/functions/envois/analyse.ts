// A document that waits to be looked at: judged, or left as it was and tried again later.
import { type AAnalyser, analyser, type Base } from "../_shared/analyse/analyser.ts";
import { auNomDuProjet } from "../_shared/database.ts";
import type { Issue, Message } from "./message.ts";

const BASE: Base = {
  lire: async (id) =>
    (await auNomDuProjet((sql) =>
      sql<AAnalyser[]>`
        select type_mime, sha256, magasin, octets, moteur from private.document_a_analyser(${id})`
    ))[0],
  noter: async (id, { verdict, signature }, moteur) => {
    const [{ statut }] = await auNomDuProjet((sql) =>
      sql<[{ statut: string }]>`
        select private.noter_analyse(${id}, ${verdict}, ${moteur}, ${signature ?? null}) as statut`
    );
    return statut;
  },
};

export async function analyserDocument({ contenu }: Message): Promise<Issue> {
  try {
    const statut = await analyser(contenu.document_id!, BASE);
    if (statut === "RECU") {
      return { issue: "ECHEC", code: "MOTEUR", erreur: "le moteur d'analyse a changé entre-temps" };
    }
    return { issue: "ENVOYE", code: statut ?? "SANS_OBJET" };
  } catch (error) {
    // Whatever kept it from being judged leaves it unreadable.
    return {
      issue: "ECHEC",
      code: "ANALYSE",
      erreur: error instanceof Error ? error.message : String(error),
    };
  }
}
