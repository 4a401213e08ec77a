// Which database a command speaks to. Three things must agree before anything is done: the project reference in the
// URL, the reference the file expects, and what the database itself says it is.
import { join } from "node:path";
import { parseEnv } from "node:util";
import { Refus } from "../cli/deroulement.ts";
import { connect, databaseEnvironment, type Sql } from "../stack/database.ts";
import { Echec } from "../stack/failure.ts";
import { ROOT } from "../stack/settings.ts";
import { runningStack } from "../stack/status.ts";

export const ENVIRONNEMENTS = ["local", "staging", "prod"] as const;
export type Environnement = (typeof ENVIRONNEMENTS)[number];

export interface Cible {
  env: Environnement;
  /** Project reference: whose database it is. */
  reference: string;
  dbUrl: string;
  /** Public address of REST, auth and functions; absent where the file gives none. */
  apiUrl?: string;
  anonKey?: string;
  /** Everything the file and the process's environment say; the process wins. */
  variables: Record<string, string>;
}

const LOCALES = ["127.0.0.1", "localhost", "[::1]"];

/** Project reference carried by a database URL: of a Supabase project, or, on this machine, the database's name. */
export function referenceDe(url: string): string {
  let lue: URL;
  try {
    lue = new URL(url);
  } catch {
    throw new Refus("ENV_INTERDIT", "L'adresse de la base n'est pas une URL : postgresql://… est attendu.");
  }
  const directe = lue.hostname.match(/^db\.([a-z0-9]+)\.supabase\.(?:co|com)$/)?.[1];
  const parPooler = lue.hostname.endsWith(".pooler.supabase.com") &&
    decodeURIComponent(lue.username).match(/^[^.]+\.([a-z0-9]+)$/)?.[1];
  if (directe || parPooler) return (directe || parPooler) as string;
  if (LOCALES.includes(lue.hostname)) return decodeURIComponent(lue.pathname.slice(1)) || "postgres";
  throw new Refus(
    "ENV_INTERDIT",
    `L'adresse ${lue.hostname} ne dit pas de quel projet elle est. Prenez celle que donne le tableau de bord Supabase.`,
  );
}

/** Folder of `.env.staging` and `.env.prod`; another one with OPS_ENV_DIR. */
const dossier = () => Deno.env.get("OPS_ENV_DIR") || join(ROOT, "env");

/** Variables of an environment: its file's, over which the process's own win. */
export async function lireVariables(env: Environnement): Promise<Record<string, string>> {
  const processus = Deno.env.toObject();
  if (env === "local") return processus;
  const fichier = join(dossier(), `.env.${env}`);
  const texte = await Deno.readTextFile(fichier).catch(() => {
    throw new Refus(
      "ENV_INTERDIT",
      `${fichier} n'existe pas : copiez ${`.env.${env}.example`} sous ce nom, puis remplissez-le.`,
    );
  });
  return { ...parseEnv(texte) as Record<string, string>, ...processus };
}

/** Refuses PROD's address pasted in the staging variables, reference and all, before any database is asked. */
async function refuserProjetDeProd(reference: string): Promise<void> {
  const prod = await lireVariables("prod").catch(() => Deno.env.toObject());
  const yMene = () => {
    try {
      return !!prod.PROD_DB_URL && referenceDe(prod.PROD_DB_URL) === reference;
    } catch {
      // Not an address of a project: it leads to none.
      return false;
    }
  };
  if (prod.PROD_PROJECT_REF === reference || yMene()) {
    throw new Refus(
      "ENV_INTERDIT",
      `Le projet « ${reference} » est celui de PROD : STAGING_DB_URL et STAGING_PROJECT_REF ne peuvent pas y mener. ` +
        "Rien n'a été fait. Remettez dans env/.env.staging l'adresse et la référence de STAGING.",
    );
  }
}

/** What the environment's file (or the stack that runs here) says of a target. The database has not been asked yet. */
export async function lireCible(env: Environnement): Promise<Cible> {
  const variables = await lireVariables(env);
  if (env === "local") {
    const pile = await runningStack();
    const dbUrl = variables.DATABASE_URL || pile?.DB_URL;
    if (!dbUrl) {
      throw new Refus(
        "ENV_INTERDIT",
        "Aucune pile ne tourne ici : démarrez-la avec npm start, ou donnez DATABASE_URL.",
      );
    }
    return {
      env,
      reference: referenceDe(dbUrl),
      dbUrl,
      apiUrl: pile?.API_URL,
      anonKey: pile?.ANON_KEY,
      variables,
    };
  }
  const prefixe = env.toUpperCase();
  const lire = (nom: string) => variables[`${prefixe}_${nom}`] || undefined;
  const dbUrl = lire("DB_URL");
  const attendue = lire("PROJECT_REF");
  if (!dbUrl || !attendue) {
    throw new Refus(
      "ENV_INTERDIT",
      `${prefixe}_DB_URL et ${prefixe}_PROJECT_REF doivent être remplis dans env/.env.${env}.`,
    );
  }
  const reference = referenceDe(dbUrl);
  if (reference !== attendue) {
    throw new Refus(
      "ENV_INTERDIT",
      `${prefixe}_DB_URL mène au projet « ${reference} », mais ${prefixe}_PROJECT_REF attend « ${attendue} ». ` +
        "L'une des deux est fausse : vérifiez avant toute chose.",
    );
  }
  if (env === "staging") await refuserProjetDeProd(reference);
  return { env, reference, dbUrl, apiUrl: lire("API_URL"), anonKey: lire("ANON_KEY"), variables };
}

/** A target whose database has confirmed what it is. Refuses with ENV_INTERDIT any disagreement, and does nothing. */
export async function ouvrirCible(env: Environnement): Promise<{ cible: Cible; sql: Sql }> {
  const cible = await lireCible(env);
  const sql = connect(cible.dbUrl, `monaluxe ops ${Deno.pid}`);
  try {
    // Not for ever: somebody may be dropping the very table that says it.
    const dite = await sql.begin("read only", async (tx) => {
      await tx.unsafe("set local lock_timeout = '10s'");
      return await databaseEnvironment(tx);
    });
    // A database that does not say what it is counts as PROD, as in private.env().
    if ((dite ?? "prod") !== env) {
      throw new Refus(
        "ENV_INTERDIT",
        `La base « ${cible.reference} » dit être ${dite ?? "sans nom, donc traitée comme prod"}, ` +
          `et non ${env} (app_settings.env). Rien n'a été fait.`,
      );
    }
    return { cible, sql };
  } catch (erreur) {
    await sql.end();
    const { code, message } = erreur as { code?: string; message: string };
    if (code === "55P03") {
      throw new Refus(
        "OPERATION_EN_COURS",
        `La base « ${cible.reference} » est prise par une autre opération. Attendez qu'elle finisse, puis relancez.`,
      );
    }
    // The network, a name, a time limit (no code of five characters), or PostgreSQL at the door: password, database.
    if (!(erreur instanceof Refus) && (code?.length !== 5 || /^(28|3D)/.test(code))) {
      throw new Echec(
        `La base « ${cible.reference} » n'a pas pu être ouverte (${message}). Rien n'a été fait. ` +
          "Vérifiez l'adresse, le mot de passe, le réseau, et que le projet n'est pas en pause.",
      );
    }
    throw erreur;
  }
}
