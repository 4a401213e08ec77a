import { z } from "zod";
import { actePublic, type UnActe } from "../_shared/acte.ts";
import { COMMIT } from "../_shared/commit.ts";
import { etatDeLaBase } from "../_shared/database.ts";
import { direSchema, type EtatSchema } from "../_shared/etat_schema.ts";
import { etatLecture } from "../_shared/lecture.ts";
import { refuser } from "../_shared/problems.ts";
import { pretProduction } from "./preparation.ts";
import CATALOGUE from "../_shared/codes.json" with { type: "json" };
import { EMPREINTE_ATTENDUE } from "./empreinte.ts";

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

/** Reading the whole catalogue is a tenth of a second of the database: whoever asks again soon is told the same. */
const VALABLE_MS = 5_000;
let lu: { etat: EtatSchema | undefined; jusqu: number } | undefined;

async function lireEtat(): Promise<EtatSchema | undefined> {
  if (!lu || lu.jusqu < Date.now()) lu = { etat: await etatDeLaBase(), jusqu: Date.now() + VALABLE_MS };
  return lu.etat;
}

export const actes: UnActe[] = [
  pretProduction,
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
      schema: z.string().nullable().meta({
        description:
          "What the database is at beside what these functions expect, in words, by its fingerprint",
      }),
      empreinte: z.string().nullable(),
      empreinte_attendue: z.string(),
      commit: z.string().nullable().meta({ description: "Commit of the functions that answer, where known" }),
      lecture: z.object({
        secours: z.boolean().meta({ description: "Lists and reports are read from the standby now" }),
        constat: z.string(),
      }).nullable().meta({ description: "The standby (DATABASE_READ_URL); null where none is set" }),
    }),
    public: true,
    executer: async () => {
      const dit = { empreinte_attendue: EMPREINTE_ATTENDUE, commit: COMMIT };
      try {
        const [etat, lecture] = await Promise.all([lireEtat(), etatLecture()]);
        // Changed by hand since it was there: it has what these functions need, and says that it was touched.
        const suffit = etat?.connues.includes(EMPREINTE_ATTENDUE) ?? false;
        return {
          statut: suffit ? 200 as const : 503 as const,
          corps: {
            statut: suffit ? "pret" as const : "migrations_en_attente" as const,
            schema: direSchema(etat, EMPREINTE_ATTENDUE),
            empreinte: etat?.empreinte ?? null,
            lecture: lecture ?? null,
            ...dit,
          },
        };
      } catch {
        return {
          statut: 503,
          corps: {
            statut: "base_injoignable" as const,
            schema: null,
            empreinte: null,
            lecture: null,
            ...dit,
          },
        };
      }
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
      return Promise.resolve({ statut: 200, corps: ligne, page: `../../pages/codes/${ligne.code}` });
    },
  }),
];
