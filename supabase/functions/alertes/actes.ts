import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne, objet, rangees, reserver } from "../_shared/appels.ts";
import { consulter } from "../_shared/chose.ts";
import type { Appel } from "../_shared/database.ts";
import { liste } from "../_shared/liste.ts";
import type { Listing } from "../_shared/listing.ts";
import { OuiNon, ParId, Texte } from "../_shared/schemas.ts";
import { Alerte, ALERTES, Controle, ReglageDeControle } from "./formes.ts";
import { NOTIFICATIONS } from "./notifications.ts";

const Note = z.strictObject({ note: Texte.nullish() });
const Severity = z.enum(["CRITICAL", "WARN"]);
const LISTE = {
  de: ALERTES,
  cles: ["created_at", "id"],
  sens: "desc",
  depot: "depot_id",
  moment: "created_at",
  exacts: {
    status: z.enum(["OPEN", "ACK", "RESOLVED"]).optional(),
    severity: Severity.optional(),
    check_code: z.string().max(60).optional(),
    presente: OuiNon.optional(),
  },
} satisfies Listing<"system_alerts">;

/** Every check as it is now, of what was done before it in its statement too. */
const CONTROLES = objet({
  data: rangees("private.controles_lus", {}) as Appel<z.input<typeof Controle>[]>,
});

const avancer = (
  chemin: string,
  resume: string,
  rpc: "public.acquitter_alerte" | "public.resoudre_alerte",
) =>
  acte({
    methode: "POST",
    chemin,
    resume,
    params: ParId,
    corps: Note,
    reponse: Alerte,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction(rpc, { p_id: params.id, p_note: corps.note ?? null }),
        ligne(ALERTES, params.id, "cette alerte"),
      ),
  });

export const actes = [
  acte({
    methode: "GET",
    chemin: "/controles",
    resume: "Read the checks: what each says, its threshold, how many facts it finds now",
    reponse: z.object({ data: z.array(Controle) }),
    statut: 200,
    appel: () => CONTROLES,
  }),
  acte({
    methode: "POST",
    chemin: "/controler",
    resume: "Have the checks of each minute run now (admin, directeur)",
    corps: z.strictObject({}),
    reponse: z.object({ data: z.array(Controle) }),
    statut: 200,
    appel: () => apres(fonction("public.sync_system_alerts_from_integrity", {}), CONTROLES),
  }),
  acte({
    methode: "PUT",
    chemin: "/controles/:code",
    resume: "Switch a check on or off and set its threshold (admin)",
    params: z.strictObject({ code: z.string().max(60) }),
    corps: ReglageDeControle,
    reponse: z.object({ data: z.array(Controle) }),
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.regler_controle", {
          p_code: params.code,
          p_actif: corps.actif,
          p_seuil: corps.seuil ?? null,
        }),
        CONTROLES,
      ),
  }),
  ...NOTIFICATIONS,
  liste(LISTE, {
    nom: "alertes",
    resume: "List the alerts",
    avant: reserver("lire_alertes"),
  }),
  consulter({ reponse: Alerte, une: (id) => ligne(ALERTES, id, "cette alerte") }, "/:id", "Read one alert"),
  avancer("/:id/acquitter", "Take an alert on (admin, directeur)", "public.acquitter_alerte"),
  avancer("/:id/resoudre", "Say that an alert is settled (admin, directeur)", "public.resoudre_alerte"),
];
