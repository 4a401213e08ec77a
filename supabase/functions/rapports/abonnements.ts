// Reports that come by themselves, at seven o'clock at the depot: a person's own subscriptions.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction, ligne } from "../_shared/appels.ts";
import { accomplir } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, OuiNon, Texte } from "../_shared/schemas.ts";

const Rythme = z.enum(["JOUR", "SEMAINE", "MOIS"]).meta({
  description: "JOUR: each morning, the day before; SEMAINE: on Mondays; MOIS: on the first",
});

const Abonnement = z.object({
  id: Id,
  nom: z.string().meta({ description: "Of the report" }),
  depot_id: Id.nullable().meta({ description: "null: all that its subscriber sees" }),
  rythme: Rythme,
  parametres: z.record(z.string(), z.string()).meta({ description: "What else the report takes" }),
  actif: z.boolean(),
  prochain: Instant.meta({ description: "When the next one is due: seven o'clock at the depot" }),
  dernier_envoi: Instant.nullable(),
  arrete_motif: z.string().nullable().meta({
    description: "Why it ended: ABONNE, as they asked; else the refusal that the report met",
  }),
  created_at: Instant,
}).meta({ id: "AbonnementRapport" });

const ABONNEMENTS_RAPPORTS = fiche("abonnements_rapports", Abonnement, ["user_id"]);

export const ABONNEMENTS = [
  liste({
    de: ABONNEMENTS_RAPPORTS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    exacts: { nom: Texte.max(40).optional(), actif: OuiNon.optional() },
  }, {
    chemin: "/abonnements",
    nom: "abonnements",
    resume: "List one's own subscriptions to reports, latest first",
  }),
  acte({
    methode: "POST",
    chemin: "/abonnements",
    resume: "Be sent a report that one may run, at seven o'clock at the depot, by e-mail, as a PDF",
    corps: z.strictObject({
      nom: Texte.max(40),
      depot_id: Id.nullish(),
      rythme: Rythme.default("JOUR"),
      parametres: z.record(Texte.max(40), Texte.max(200)).default({}),
    }),
    reponse: Abonnement,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        ABONNEMENTS_RAPPORTS,
        fonction("public.abonner_rapport", {
          p_nom: corps.nom,
          p_depot_id: corps.depot_id ?? null,
          p_rythme: corps.rythme,
          p_parametres: corps.parametres,
        }),
        "cet abonnement",
      ),
  }),
  accomplir(
    { reponse: Abonnement, une: (id) => ligne(ABONNEMENTS_RAPPORTS, id, "cet abonnement") },
    "/abonnements/:id/arreter",
    "Stop one's own subscription at once: what waits to be sent does not go either",
    z.strictObject({}),
    (id) => fonction("public.arreter_abonnement", { p_id: id }),
  ),
];
