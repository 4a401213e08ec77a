import { join } from "node:path";
import { SignJWT } from "jose";
import { Echec } from "../commun/failure.ts";
import { writeWhole } from "../commun/files.ts";

/** What protects this stack. Made once, kept in DATA_DIR, never in the repository. */
export interface Keys {
  jwtSecret: string;
  databasePassword: string;
  anonKey: string;
  serviceRoleKey: string;
  /** CLE_SECRETS of the functions. */
  cleSecrets: string;
}

const TEN_YEARS = "3650d";

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)).toHex();

/** A project key, as a hosted project's legacy keys are: a JWT whose role is all it says. */
function projectKey(role: "anon" | "service_role", secret: string): Promise<string> {
  return new SignJWT({ role, iss: "supabase" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuedAt()
    .setExpirationTime(TEN_YEARS)
    .sign(new TextEncoder().encode(secret));
}

export async function loadKeys(dataDir: string): Promise<Keys> {
  const file = join(dataDir, "keys.json");
  let kept: Partial<Keys> = {};
  try {
    kept = JSON.parse(await Deno.readTextFile(file));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Echec(
        `${file} ne se lit plus. Il a le mot de passe de la base de ce dossier : remettez-le comme il était, ` +
          "ou choisissez un autre dossier avec DATA_DIR=…. Rien n'a été touché.",
      );
    }
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const jwtSecret = kept.jwtSecret ?? random(32);
  const keys: Keys = {
    jwtSecret,
    databasePassword: kept.databasePassword ?? random(16),
    anonKey: kept.anonKey ?? await projectKey("anon", jwtSecret),
    serviceRoleKey: kept.serviceRoleKey ?? await projectKey("service_role", jwtSecret),
    cleSecrets: kept.cleSecrets ?? crypto.getRandomValues(new Uint8Array(32)).toBase64(),
  };
  if (JSON.stringify(keys) === JSON.stringify(kept)) return keys;
  await writeWhole(file, JSON.stringify(keys, null, 2));
  return keys;
}
