import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { appeler, fiche, lire } from "../_shared/relations.ts";
import { Id, Instant, ParId, Texte } from "../_shared/schemas.ts";

const Alerte = z.object({
  id: Id,
  check_code: z.string(),
  severity: z.enum(["CRITICAL", "WARN"]),
  entity_type: z.string(),
  entity_id: Id,
  message: z.string(),
  payload: z.record(z.string(), z.unknown()),
  status: z.enum(["OPEN", "ACK", "RESOLVED"]),
  first_detected_at: Instant,
  last_detected_at: Instant,
  acknowledged_by: Id.nullable(),
  acknowledged_at: Instant.nullable(),
  resolved_by: Id.nullable().meta({ description: "Null where it had gone by itself" }),
  resolved_at: Instant.nullable(),
  depot_id: Id.nullable(),
  presente: z.boolean().meta({ description: "Whether the last pass still found it" }),
  absente_depuis: Instant.nullable(),
  occurrences: z.int(),
  ouverte_le: Instant.meta({ description: "Since when it is open: what escalation counts from" }),
  niveau_escalade: z.int().meta({ description: "How far up it was told that nobody takes it on" }),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "Alerte" });

const ALERTES = fiche("system_alerts", Alerte);
const Note = z.strictObject({ note: Texte.nullish() });

const avancer = (
  chemin: string,
  resume: string,
  fonction: "public.acquitter_alerte" | "public.resoudre_alerte",
) =>
  acte({
    methode: "POST",
    chemin,
    resume,
    params: ParId,
    corps: Note,
    reponse: Alerte,
    statut: 200,
    executer: async (tx, { params, corps }) => {
      await appeler(tx, fonction, { p_id: params.id, p_note: corps.note ?? null });
      return lire(tx, ALERTES, params.id, "cette alerte");
    },
  });

export const actes = [
  avancer("/:id/acquitter", "Take an alert on (admin, directeur)", "public.acquitter_alerte"),
  avancer("/:id/resoudre", "Say that an alert is settled (admin, directeur)", "public.resoudre_alerte"),
];
