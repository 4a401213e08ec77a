// Who is told, and what became of each message.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction, ligne, reserver } from "../_shared/appels.ts";
import { accomplir } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { Id, OuiNon, ParId } from "../_shared/schemas.ts";
import { Envoi, ENVOIS, NouvelleRegle, Regle, REGLES } from "./formes.ts";

const tenir = reserver("tenir_notifications");

function definir(id: string | null, regle: z.output<typeof NouvelleRegle>) {
  const ecrite = fonction("public.definir_regle_notification", {
    p_id: id,
    p_canal: regle.canal,
    p_severity_min: regle.severity_min,
    p_codes: regle.codes ?? null,
    p_depots: regle.depots ?? null,
    p_evenements: regle.evenements,
    p_destination: regle.destination ?? null,
    p_roles: regle.roles ?? null,
    p_secret_nom: regle.secret_nom ?? null,
    p_actif: regle.actif,
  });
  return ligne(REGLES, ecrite, "cette règle");
}

export const NOTIFICATIONS = [
  liste({ de: REGLES, cles: ["created_at", "id"], sens: "asc", exacts: { actif: OuiNon.optional() } }, {
    chemin: "/notifications/regles",
    nom: "regles",
    resume: "List the rules of notification (admin)",
    avant: tenir,
  }),
  acte({
    methode: "POST",
    chemin: "/notifications/regles",
    resume: "Say who is told of what (admin)",
    corps: NouvelleRegle,
    reponse: Regle,
    statut: 201,
    appel: ({ corps }) => definir(null, corps),
  }),
  acte({
    methode: "PUT",
    chemin: "/notifications/regles/:id",
    resume: "Write a rule of notification again, whole (admin)",
    params: ParId,
    corps: NouvelleRegle,
    reponse: Regle,
    statut: 200,
    appel: ({ params, corps }) => definir(params.id, corps),
  }),
  liste({
    de: ENVOIS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    moment: "created_at",
    exacts: {
      statut: z.enum(["A_ENVOYER", "EN_COURS", "ENVOYE", "MORT"]).optional(),
      regle_id: Id.optional(),
    },
  }, {
    chemin: "/envois",
    nom: "envois",
    resume: "List the messages sent and to send (admin)",
    avant: tenir,
  }),
  accomplir(
    { reponse: Envoi, une: (id) => ligne(ENVOIS, id, "cet envoi") },
    "/envois/:id/relancer",
    "Try a dead message again, under the same id (admin)",
    z.strictObject({}),
    (id) => fonction("public.relancer_envoi", { p_id: id }),
  ),
];
