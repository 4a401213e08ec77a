// Every variable a deployment reads, and what makes a value of it a good one. Messages never repeat a value.
import { parseEnv } from "node:util";
import { join } from "node:path";
import { z } from "zod";
import type { Environnement } from "../cible/cible.ts";
import { variablesDuCompte } from "../smoke/comptes.ts";
import { ROLES } from "../stack/demo_users.ts";
import { ROOT } from "../stack/settings.ts";

export interface Variable {
  nom: string;
  forme: z.ZodType;
  requise: boolean;
}

const LOCALES = ["127.0.0.1", "localhost", "[::1]"];
const surCetteMachine = (url: string) => LOCALES.includes(new URL(url).hostname);

const baseDeDonnees = z.string()
  .refine((url) => URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol), {
    error: "une adresse postgresql://… est attendue",
    abort: true,
  })
  .refine((url) => new URL(url).username && new URL(url).password, "il manque le rôle ou le mot de passe")
  .refine(
    (url) =>
      surCetteMachine(url) ||
      /^(require|verify-ca|verify-full)$/.test(new URL(url).searchParams.get("sslmode") ?? ""),
    "ajoutez ?sslmode=require : sans lui, les mots de passe et les données voyagent en clair",
  );

const adressePublique = z.string()
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), {
    error: "une adresse https://… est attendue",
    abort: true,
  })
  .refine(
    (url) => new URL(url).protocol === "https:" || surCetteMachine(url),
    "https est attendu, et non http",
  )
  .refine(
    (url) => new URL(url).pathname === "/",
    "l'adresse du projet seule est attendue, sans /rest/v1 ni autre chemin",
  );

const cleDeProjet = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, "une clé JWT (trois parties) est attendue");
const motDePasse = z.string().min(10, "10 caractères au moins");
const courriel = z.email("une adresse e-mail est attendue");
const uuid = z.guid("un identifiant (UUID) est attendu");
const jours = z.string().regex(/^[1-9]\d{0,3}$/, "un nombre de jours est attendu");

/** What env:check looks at, for an environment. */
export function variablesDe(env: Environnement): Variable[] {
  const prefixe = env.toUpperCase();
  const hors = env !== "local";
  const une = (nom: string, forme: z.ZodType, requise = true) => ({ nom, forme, requise });
  return [
    une(`${prefixe}_DB_URL`, baseDeDonnees),
    une(
      `${prefixe}_PROJECT_REF`,
      z.string().regex(/^[a-z0-9_]{3,63}$/, "une référence de projet est attendue"),
    ),
    une(`${prefixe}_API_URL`, adressePublique),
    une(`${prefixe}_ANON_KEY`, cleDeProjet),
    une(`${prefixe}_SERVICE_ROLE_KEY`, cleDeProjet),
    une(
      "SUPABASE_ACCESS_TOKEN",
      z.string().regex(/^sbp_[0-9a-z_]{20,}$/, "un jeton sbp_… de supabase.com est attendu"),
      hors,
    ),
    ...ROLES.flatMap((role) => {
      const { email, password } = variablesDuCompte(env, role);
      return [une(email, courriel, hors), une(password, motDePasse, hors)];
    }),
    une(`${prefixe}_TEST_CITERNE_ID`, uuid, env === "prod"),
    une("BACKUP_DIR", z.string(), false),
    une("BACKUP_KEY", z.string().min(10, "10 caractères au moins"), false),
    une("BACKUP_RETENTION_DAYS", jours, false),
    une("J0", z.iso.date("une date AAAA-MM-JJ est attendue"), false),
  ];
}

/** Values that were never filled in: of the example, or what people write where they mean to come back. */
const A_REMPLIR =
  /CHANGE[_ -]?ME|<[^>]*>|x{6,}|votre[-_ ]|your[-_ ]|(?:^|[^a-z])(?:exemple|example)(?:[^a-z]|$)/i;
const CONNUES = ["monaluxe-demo", "postgres", "password", "motdepasse", "1234567890"];

/** Values of the environment's .example file: a secret equal to one of them was not changed. */
export async function valeursDExemple(env: Environnement): Promise<Record<string, string>> {
  const texte = await Deno.readTextFile(join(ROOT, `env/.env.${env}.example`)).catch(() => "");
  return parseEnv(texte) as Record<string, string>;
}

const motDePasseDe = (valeur: string) => {
  try {
    return decodeURIComponent(new URL(valeur).password);
  } catch {
    return "";
  }
};

/** Judges one value; answers what is wrong with it, undefined where nothing is. */
export function defaut(
  { nom, forme, requise }: Variable,
  valeur: string | undefined,
  exemple: string | undefined,
  env: Environnement,
): string | undefined {
  if (!valeur) return requise ? "absente" : undefined;
  if (A_REMPLIR.test(valeur) || (exemple && valeur === exemple && !nom.endsWith("_DAYS"))) {
    return "n'a pas été remplie : c'est la valeur de l'exemple";
  }
  const secrets = [valeur, motDePasseDe(valeur)];
  if (env !== "local" && secrets.some((secret) => CONNUES.includes(secret))) {
    return "mot de passe que tout le monde connaît";
  }
  const { success, error } = forme.safeParse(valeur);
  return success ? undefined : error.issues[0]!.message;
}
