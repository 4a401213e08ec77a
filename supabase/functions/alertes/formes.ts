import { z } from "zod";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Texte } from "../_shared/schemas.ts";

const Severity = z.enum(["CRITICAL", "WARN"]);

export const Alerte = z.object({
  id: Id,
  check_code: z.string(),
  severity: Severity,
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
export const ALERTES = fiche("system_alerts", Alerte);

export const Controle = z.object({
  code: z.string(),
  severity: Severity,
  actif: z.boolean(),
  seuil: z.number().nullable().meta({ description: "In the unit that `dit` says" }),
  rythme: z.enum(["MINUTE", "NUIT"]),
  dit: z.string(),
  presentes: z.int().meta({ description: "Facts it finds now, among what the caller sees" }),
}).meta({ id: "Controle" });
export const ReglageDeControle = z.strictObject({
  actif: z.boolean(),
  seuil: z.number().nullish(),
}).meta({ id: "ReglageDeControle" });

const Evenement = z.enum(["OPEN", "ACK", "RESOLVED", "REOPEN", "ESCALADE"]);
const Role = z.enum(["admin", "directeur", "gerant", "operateur", "pca", "lecture"]);
const Canal = z.enum(["EMAIL", "WEBHOOK"]);

export const NouvelleRegle = z.strictObject({
  canal: Canal,
  severity_min: Severity.default("CRITICAL").meta({ description: "WARN: both; CRITICAL: that only" }),
  codes: z.array(z.string().max(60)).min(1).max(100).nullish().meta({ description: "Checks; absent: all" }),
  depots: z.array(Id).min(1).max(1000).nullish().meta({ description: "Depots; absent: all" }),
  evenements: z.array(Evenement).min(1).max(5).default(["OPEN", "REOPEN", "RESOLVED"]),
  destination: Texte.nullish().meta({ description: "E-mail address, or https address of a webhook" }),
  roles: z.array(Role).min(1).max(6).nullish().meta({
    description: "Instead of an address: who has one of these roles",
  }),
  secret_nom: z.string().max(60).regex(/^WEBHOOK_SECRET(_[A-Z0-9]+)*$/).refine((nom) =>
    !nom.endsWith("_PRECEDENT")
  )
    .nullish().meta({
      description: "Of a webhook: name of the variable that holds its secret, never the secret",
    }),
  actif: z.boolean().default(true),
}).meta({ id: "NouvelleRegle" });

export const Regle = z.object({
  id: Id,
  canal: Canal,
  severity_min: Severity,
  codes: z.array(z.string()).nullable(),
  depots: z.array(Id).nullable(),
  evenements: z.array(Evenement),
  destination: z.string().nullable(),
  roles: z.array(Role).nullable(),
  secret_nom: z.string().nullable(),
  actif: z.boolean(),
  env: z.string().nullable().meta({ description: "Environment it tells of; null: wherever the database is" }),
  created_by: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "Regle" });
export const REGLES = fiche("notifications_regles", Regle);

export const Envoi = z.object({
  id: Id,
  canal: z.enum([...Canal.options, "ANALYSE"]).meta({
    description: "ANALYSE: a document that waits to be looked at",
  }),
  objet_type: z.string(),
  objet_id: Id.nullable(),
  depot_id: Id.nullable(),
  regle_id: Id.nullable(),
  cle: z.string(),
  destination: z.string().nullable(),
  roles: z.array(z.string()).nullable(),
  secret_nom: z.string().nullable(),
  sujet: z.string().nullable(),
  contenu: z.record(z.string(), z.unknown()).nullable(),
  statut: z.enum(["A_ENVOYER", "EN_COURS", "ENVOYE", "MORT"]),
  essais: z.int().meta({ description: "Times it was taken to be sent" }),
  prochain_essai: Instant,
  bail: Id.nullable(),
  bail_jusqu_au: Instant.nullable(),
  dernier_code: z.string().nullable(),
  derniere_erreur: z.string().nullable(),
  envoye_le: Instant.nullable(),
  env: z.string(),
  created_at: Instant,
  restants: z.array(z.string()).nullable().meta({
    description: "Of an e-mail that a server put off for some: whom it has not reached yet",
  }),
}).meta({ id: "Envoi" });
export const ENVOIS = fiche("envois", Envoi);
