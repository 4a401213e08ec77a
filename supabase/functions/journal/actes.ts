import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { CHAMP } from "../_shared/messages.ts";
import { appeler, fiche, tirer } from "../_shared/relations.ts";
import { Id, Instant } from "../_shared/schemas.ts";

const ANOMALIES = 100;

const Niveau = z.enum(["INFO", "WARNING", "CRITICAL"]);
const Nom = z.string().regex(/^[A-Za-z0-9_]{1,60}$/);

const LigneJournal = z.object({
  id: Id,
  created_at: Instant,
  user_id: Id.nullable(),
  action: z.string(),
  module: z.string(),
  niveau: Niveau,
  details: z.record(z.string(), z.unknown()),
  cible_id: Id.nullable(),
  depot_id: Id.nullable(),
  request_id: z.string().nullable(),
  trace_id: z.string().nullable().meta({ description: "Trace of the request (W3C traceparent)" }),
}).meta({ id: "LigneJournal" });

const Tete = z.object({
  bloc: z.int(),
  empreinte: z.string().meta({
    description: "SHA-256, hexadecimal: note it, with its block, outside the database",
  }),
  scelle_le: Instant,
});

const Anomalie = z.object({
  probleme: z.enum([
    ...["LIGNE_ALTEREE", "LIGNE_SUPPRIMEE", "LIGNE_INSEREE"] as const,
    ...["BLOC_ALTERE", "BLOC_SUPPRIME", "CHAINE_ROMPUE", "CHAINE_REFAITE"] as const,
    ...["JAMAIS_SCELLE", "SCELLEMENT_EN_RETARD"] as const,
  ]),
  bloc: z.int().nullable(),
  ligne_id: Id.nullable(),
  constat: z.record(z.string(), z.unknown()).nullable().meta({ description: "What is there now" }),
});

type Anomalies = z.input<typeof Anomalie>[];

const Verification = z.object({
  intact: z.boolean(),
  tete: Tete.nullable().meta({ description: "Last block; null while nothing was ever logged" }),
  lignes_scellees: z.int(),
  lignes_en_attente: z.int().meta({ description: "Written since the last sealing" }),
  nombre_anomalies: z.int(),
  anomalies: z.array(Anomalie).meta({ description: `The first ${ANOMALIES}` }),
}).meta({ id: "VerificationJournal" });

const Temoin = z.strictObject({
  bloc: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional()
    .meta({ description: "Block of a head noted earlier" }),
  empreinte: z.string().regex(/^[0-9a-f]{64}$/).optional().meta({ description: "Its hash" }),
}).refine(({ bloc, empreinte }) => (bloc === undefined) === (empreinte === undefined), {
  path: ["empreinte"],
  message: CHAMP.temoin,
});

export const actes = [
  liste({
    de: fiche("logs", LigneJournal),
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    moment: "created_at",
    exacts: {
      user_id: Id.optional().meta({ description: "Who acted" }),
      action: Nom.optional(),
      module: Nom.optional(),
      niveau: Niveau.optional(),
      cible_id: Id.optional().meta({ description: "Row the act was about" }),
    },
  }, {
    nom: "journal",
    resume: "Read the log, latest first (admin, directeur, pca; gerant: their depot)",
    avant: fonction("private.exiger_lecteur_journal", {}),
  }),
  acte({
    methode: "GET",
    chemin: "/verification",
    resume:
      "Look for any line altered, removed, slipped in or left unsealed, then seal the log (admin, directeur)",
    query: Temoin,
    reponse: Verification,
    statut: 200,
    executer: async (tx, { query }) => {
      // The whole log is read again: longer than any other act is given.
      await appeler(tx, "private.exiger", { p_capacite: "verifier_journal" });
      await tx`select set_config('statement_timeout', '120s', true)`;
      // Judged as it was found, and sealed last: a verification keeps no other pass waiting while it reads.
      const anomalies = await tirer(tx, "public.verifier_journal", {
        p_bloc: query.bloc,
        p_empreinte: query.empreinte,
      });
      await appeler(tx, "private.sceller_journal", {});
      const [etat] = await tirer(tx, "public.tete_journal", {});
      const { bloc, empreinte, scelle_le, lignes_scellees, lignes_en_attente } = etat!;
      return {
        intact: anomalies.length === 0,
        tete: bloc === null ? null : { bloc, empreinte, scelle_le },
        lignes_scellees,
        lignes_en_attente,
        nombre_anomalies: anomalies.length,
        anomalies: anomalies.slice(0, ANOMALIES) as Anomalies,
      };
    },
  }),
];
