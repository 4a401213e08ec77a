import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { lister, type Listing, page, Recherche } from "../_shared/liste.ts";
import { CHAMP } from "../_shared/messages.ts";
import { invalide } from "../_shared/problems.ts";
import { Id, Instant } from "../_shared/schemas.ts";

const LIGNES_JSON = 500;
const LIGNES_CSV = 10_000;
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
}).meta({ id: "LigneJournal" });

const RechercheJournal = Recherche.omit({ citerne_id: true, produit_id: true }).extend({
  limit: z.coerce.number().int().min(1).max(LIGNES_CSV).optional()
    .meta({
      description: `Lines of a page: 50, at most ${LIGNES_JSON}; as CSV ${LIGNES_CSV}, at most as many`,
    }),
  user_id: Id.optional().meta({ description: "Who acted" }),
  action: Nom.optional(),
  module: Nom.optional(),
  niveau: Niveau.optional(),
  cible_id: Id.optional().meta({ description: "Row the act was about" }),
  format: z.enum(["json", "csv"]).optional().meta({ description: "csv: as with `Accept: text/csv`" }),
});

const PAGES: Listing = {
  relation: "logs",
  cles: ["created_at", "id"],
  sens: "desc",
  depot: "depot_id",
  moment: "created_at",
  exacts: ["user_id", "action", "module", "niveau", "cible_id"],
};

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
  ]),
  bloc: z.int().nullable(),
  ligne_id: Id.nullable(),
  constat: z.record(z.string(), z.unknown()).nullable().meta({ description: "What is there now" }),
});

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
  acte({
    methode: "GET",
    chemin: "/",
    resume: "Read the log, latest first (admin, directeur, pca; gerant: their depot), as JSON or CSV",
    query: RechercheJournal,
    reponse: page(LigneJournal),
    statut: 200,
    csv: { nom: "journal", colonnes: Object.keys(LigneJournal.shape) },
    executer: async (tx, { query, csv }) => {
      const limit = query.limit ?? (csv ? LIGNES_CSV : 50);
      if (!csv && limit > LIGNES_JSON) throw invalide("limit", CHAMP.valeur);
      await tx`select private.exiger_lecteur_journal()`;
      return lister(tx, PAGES, { ...query, limit });
    },
  }),
  acte({
    methode: "GET",
    chemin: "/verification",
    resume: "Seal the log, then look for any line altered, removed or slipped in (admin, directeur)",
    query: Temoin,
    reponse: Verification,
    statut: 200,
    executer: async (tx, { query }) => {
      // The whole log is read again: longer than any other act is given.
      await tx`select set_config('statement_timeout', '120s', true), private.exiger_lecteur_journal()`;
      await tx`select private.sceller_journal()`;
      const [etat] = await tx`select to_jsonb(t) as ligne from public.tete_journal() t`;
      const { bloc, empreinte, scelle_le, ...lignes } = etat!.ligne;
      const anomalies = await tx`
        select to_jsonb(v) as ligne, count(*) over () as nombre
          from public.verifier_journal(${query.bloc ?? null}, ${
        query.empreinte ?? null
      }) v limit ${ANOMALIES}`;
      return {
        intact: anomalies.length === 0,
        tete: bloc === null ? null : { bloc, empreinte, scelle_le },
        ...lignes,
        nombre_anomalies: Number(anomalies[0]?.nombre ?? 0),
        anomalies: anomalies.map(({ ligne }) => ligne),
      };
    },
  }),
];
