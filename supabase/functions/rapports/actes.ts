import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { Devise, Rapport } from "../_shared/rapport/forme.ts";
import { FORMATS, LIGNES_MAX, rendre, TYPES } from "../_shared/rapport/rendre.ts";
import { appeler, tirer } from "../_shared/relations.ts";
import { Id, Instant, Jour, Texte } from "../_shared/schemas.ts";
import { ABONNEMENTS } from "./abonnements.ts";

const RapportPermis = z.object({
  nom: z.string(),
  titre: z.string(),
  periode: z.enum(["JOUR", "MOIS", "PERIODE"]).meta({
    description: "JOUR: the day `du`, today without it; MOIS: its whole month; PERIODE: from `du` to `au`",
  }),
  version: z.int(),
  finance: z.boolean().meta({ description: "Its export is logged as a WARNING" }),
  par_depot: z.boolean().meta({
    description: "Of one depot; else who sees them all may leave `depot_id` out, and has them all",
  }),
  parametres: z.array(z.string()).meta({
    description: "What else it takes in its address; with ? where it may be left out",
  }),
  dit: z.string(),
}).meta({ id: "RapportPermis" });

/** What some reports are told besides whose and when. */
const Parametres = z.strictObject({
  fournisseur_id: Id.optional(),
  client_id: Id.optional(),
  partenaire_id: Id.optional(),
  produit_id: Id.optional(),
  transporteur: Texte.max(200).optional(),
  devise: Devise.optional(),
  forme: z.enum(["Z", "X", "A"]).optional().meta({
    description: "Of the sales: by day (Z), of the period (X), by article (A)",
  }),
});

const Demandee = Parametres.extend({
  depot_id: Id.optional(),
  du: Jour.optional().meta({ description: "First day, at the depot" }),
  au: Jour.optional().meta({ description: "Last day, included" }),
  connu_a: Instant.optional().meta({ description: "As it was known at this moment; now without it" }),
});

export const actes = [
  acte({
    methode: "GET",
    chemin: "/",
    resume: "List the reports that one may run, and what each takes",
    reponse: z.object({ rapports: z.array(RapportPermis) }).meta({ id: "RapportsPermis" }),
    statut: 200,
    executer: async (tx) => ({
      rapports: await tirer(tx, "private.rapports_permis", {}) as z.input<typeof RapportPermis>[],
    }),
  }),
  ...ABONNEMENTS,
  acte({
    methode: "GET",
    chemin: "/:nom",
    resume: "Run a report, as JSON or as a file: what its caller may read, and nothing else",
    params: z.strictObject({ nom: z.string().max(40) }),
    query: Demandee.extend({ format: z.enum(FORMATS).optional() }),
    reponse: Rapport,
    statut: 200,
    formats: Object.values(TYPES),
    enFichier: (rapport, { query: { format } }) =>
      format === undefined || format === "json" ? undefined : rendre(rapport, format),
    executer: async (tx, { params, query }) => {
      const { format, depot_id, du, au, connu_a, ...parametres } = query;
      return await appeler(tx, "private.exporter_rapport", {
        p_nom: params.nom,
        p_format: format ?? "json",
        p_depot_id: depot_id ?? null,
        p_du: du ?? null,
        p_au: au ?? null,
        p_connu_a: connu_a ?? null,
        p_parametres: parametres,
        p_maximum: LIGNES_MAX[format ?? "json"],
      }) as z.input<typeof Rapport>;
    },
  }),
];
