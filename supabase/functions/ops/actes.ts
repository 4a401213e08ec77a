import { html } from "hono/html";
import { z } from "zod";
import { type ActePublic, actePublic } from "../_shared/acte.ts";
import { COMMIT } from "../_shared/commit.ts";
import { derniereMigration } from "../_shared/database.ts";
import { refuser } from "../_shared/problems.ts";
import CATALOGUE from "./codes.json" with { type: "json" };
import { MIGRATION_ATTENDUE } from "./migration.ts";

const Code = z.object({
  code: z.string(),
  statut_http: z.int(),
  phrase: z.string().meta({
    description: "The sentence a person reads; {name} stands for a value of the refusal",
  }),
  sens: z.string().meta({ description: "What the code means" }),
  conduite: z.string().meta({ description: "What to do about it" }),
}).meta({ id: "CodeDeRefus" });

const CODES = new Map(CATALOGUE.map((ligne) => [ligne.code, ligne]));

/** For a person who followed the address of a refusal. */
const page = ({ code, statut_http, phrase, sens, conduite }: z.output<typeof Code>) =>
  String(html`
    <!doctype html>
    <html lang="fr">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>${code}</title>
      <style>body { font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
      <h1>${code}</h1>
      <p><strong>${phrase}</strong></p>
      <h2>Ce que cela veut dire</h2>
      <p>${sens}</p>
      <h2>Que faire</h2>
      <p>${conduite}</p>
      <p><small>Statut HTTP ${statut_http}</small></p>
    </html>
  `);

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
  actePublic({
    methode: "GET",
    chemin: "/codes",
    resume: "Every code that a refusal can carry, what it means and what to do",
    reponse: z.object({ data: z.array(Code) }),
    public: true,
    executer: () => Promise.resolve({ statut: 200, corps: { data: CATALOGUE } }),
  }),
  actePublic({
    methode: "GET",
    chemin: "/codes/:code",
    resume:
      "What a code means and what to do: the address that a refusal gives as its type; a page for a browser",
    params: z.object({ code: z.string() }),
    reponse: Code,
    public: true,
    executer: ({ params }) => {
      const ligne = CODES.get(params.code!);
      if (!ligne) throw refuser("CODE_INCONNU");
      return Promise.resolve({ statut: 200, corps: ligne, page: page(ligne) });
    },
  }),
];
