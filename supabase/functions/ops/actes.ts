import { z } from "zod";
import { type ActePublic, actePublic } from "../_shared/acte.ts";
import { COMMIT } from "../_shared/commit.ts";
import { derniereMigration } from "../_shared/database.ts";
import { MIGRATION_ATTENDUE } from "./migration.ts";

export const actes: ActePublic[] = [
  actePublic({
    methode: "GET",
    chemin: "/live",
    resume: "The functions answer",
    reponse: z.object({ statut: z.literal("vivant") }),
    public: true,
    executer: () => Promise.resolve({ statut: 200, corps: { statut: "vivant" as const } }),
  }),
  actePublic({
    methode: "GET",
    chemin: "/ready",
    resume: "The database is reachable and migrated to what these functions expect",
    reponse: z.object({
      statut: z.enum(["pret", "base_injoignable", "migrations_en_attente"]),
      migration: z.string().nullable(),
      migration_attendue: z.string(),
      commit: z.string().nullable().meta({ description: "Commit of the functions that answer, where known" }),
    }),
    public: true,
    executer: async () => {
      const migration = await derniereMigration().catch(() => undefined) ?? null;
      const statut = migration === null
        ? "base_injoignable" as const
        : migration < MIGRATION_ATTENDUE
        ? "migrations_en_attente" as const
        : "pret" as const;
      return {
        statut: statut === "pret" ? 200 : 503,
        corps: { statut, migration, migration_attendue: MIGRATION_ATTENDUE, commit: COMMIT },
      };
    },
  }),
  actePublic({
    methode: "GET",
    chemin: "/openapi.json",
    resume: "This description",
    reponse: z.looseObject({ openapi: z.string() }),
    public: true,
    // Read when asked: most requests never need it.
    executer: async () => ({
      statut: 200,
      corps: (await import("./openapi.json", { with: { type: "json" } })).default,
    }),
  }),
];
