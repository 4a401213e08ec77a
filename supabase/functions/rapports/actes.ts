import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, avec, champ, fonction, ligne, nombre, objet, rangees, reserver } from "../_shared/appels.ts";
import type { Appel } from "../_shared/database.ts";
import { liste } from "../_shared/liste.ts";
import { Devise, Rapport } from "../_shared/rapport/forme.ts";
import { FORMATS, LIGNES_MAX, rendre, TYPES } from "../_shared/rapport/rendre.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "../_shared/schemas.ts";
import { ABONNEMENTS } from "./abonnements.ts";

const RapportPermis = z.object({
  nom: z.string(),
  titre: z.string(),
  periode: z.enum(["JOUR", "DATE", "MOIS", "PERIODE"]).meta({
    description:
      "JOUR: the day `du`, today without it; DATE: as things stand at the end of `au`, today without it; " +
      "MOIS: the whole month of `du`; PERIODE: from `du` to `au`",
  }),
  version: z.int(),
  finance: z.boolean().meta({ description: "Its export is logged as a WARNING" }),
  depots: z.enum(["UN", "UN_OU_TOUS", "VUS"]).meta({
    description:
      "UN: of `depot_id`, one's own without it; UN_OU_TOUS: who sees them all and leaves it out has them all; " +
      "VUS: of all that one sees, none is named",
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

const Archive = z.object({
  id: Id,
  nom: z.string(),
  titre: z.string(),
  depot_id: Id.nullable(),
  depot_nom: z.string().nullable(),
  du: Jour,
  au: Jour,
  parametres: z.record(z.string(), z.unknown()),
  version: z.int(),
  connu_a: Instant,
  lignes: z.int(),
  sha256: z.string(),
  finance: z.boolean(),
  genere_par: Id,
  genere_par_nom: z.string(),
  genere_le: Instant,
  created_at: Instant,
}).meta({ id: "RapportArchive" });
const ARCHIVES = fiche("v_rapports", Archive);
const DONNEES = fiche("rapports", z.object({ donnees: z.unknown() }), [
  ...["id", "nom", "depot_id", "du", "au", "parametres", "version", "connu_a", "sha256"] as const,
  ...["capacites", "finance", "genere_par", "genere_le", "created_at"] as const,
]);
const QUOI = "ce rapport";

const Format = z.enum(FORMATS).optional();
const enFichier = (
  rapport: Rapport,
  { query: { format } }: { query: { format?: (typeof FORMATS)[number] } },
) => format === undefined || format === "json" ? undefined : rendre(rapport, format);

/** Who had which figures out of the house, wherever they were read. */
const noterExport = (
  lu: Appel<z.input<typeof Rapport>>,
  { query: { format } }: { query: { format?: (typeof FORMATS)[number] } },
) => fonction("private.noter_export", { p_entete: champ(lu, "entete"), p_format: format ?? "json" });

/** What a report that was kept said. */
const donneesDe = (id: string) =>
  champ(ligne(DONNEES, id, QUOI) as Appel<{ donnees: z.input<typeof Rapport> }>, "donnees");

export const actes = [
  acte({
    methode: "GET",
    chemin: "/",
    resume: "List the reports that one may run, and what each takes",
    reponse: z.object({ rapports: z.array(RapportPermis) }).meta({ id: "RapportsPermis" }),
    statut: 200,
    appel: () =>
      objet({ rapports: rangees("private.rapports_permis", {}) as Appel<z.input<typeof RapportPermis>[]> }),
  }),
  ...ABONNEMENTS,
  liste({
    de: ARCHIVES,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    jour: "du",
    exacts: { nom: Texte.max(40).optional() },
  }, {
    chemin: "/archives",
    nom: "rapports",
    resume: "List the reports that were kept, latest first",
    avant: reserver("lire_rapports"),
  }),
  acte({
    methode: "GET",
    chemin: "/archives/:id",
    resume: "Read a report that was kept, as it was run: as JSON or as a file",
    params: ParId,
    query: z.strictObject({ format: Format }),
    reponse: Rapport,
    statut: 200,
    formats: Object.values(TYPES),
    enFichier,
    lecture: true,
    noter: noterExport,
    appel: ({ params, query: { format } }) =>
      avec(donneesDe(params.id), (lu) => {
        const entete = champ(lu, "entete");
        return apres(
          fonction("private.exiger_mesure", {
            p_maximum: LIGNES_MAX[format ?? "json"],
            p_lignes: nombre(champ(entete, "lignes")),
          }),
          lu,
        );
      }),
  }),
  acte({
    methode: "POST",
    chemin: "/archives",
    resume: "Run a report and keep it as it is said now",
    corps: z.strictObject({
      nom: z.string().max(40),
      depot_id: Id.nullish(),
      du: Jour.nullish(),
      au: Jour.nullish(),
      connu_a: Instant.nullish(),
      parametres: Parametres.nullish(),
    }).meta({ id: "NouvelleArchive" }),
    reponse: Archive,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        ARCHIVES,
        fonction("public.archiver_rapport", {
          p_nom: corps.nom,
          p_depot_id: corps.depot_id ?? null,
          p_du: corps.du ?? null,
          p_au: corps.au ?? null,
          p_connu_a: corps.connu_a ?? null,
          p_parametres: corps.parametres ?? {},
        }),
        QUOI,
      ),
  }),
  acte({
    methode: "GET",
    chemin: "/:nom",
    resume: "Run a report, as JSON or as a file: what its caller may read, and nothing else",
    params: z.strictObject({ nom: z.string().max(40) }),
    query: Demandee.extend({ format: Format }),
    reponse: Rapport,
    statut: 200,
    formats: Object.values(TYPES),
    enFichier,
    lecture: true,
    noter: noterExport,
    appel: ({ params, query }) => {
      const { format, depot_id, du, au, connu_a, ...parametres } = query;
      return fonction("private.rapport", {
        p_nom: params.nom,
        p_depot_id: depot_id ?? null,
        p_du: du ?? null,
        p_au: au ?? null,
        p_connu_a: connu_a ?? null,
        p_parametres: parametres,
        p_maximum: LIGNES_MAX[format ?? "json"],
      });
    },
  }),
];
