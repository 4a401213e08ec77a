import { isAbsolute, join, resolve } from "node:path";
import { Echec } from "./failure.ts";

export const ROOT = resolve(import.meta.dirname!, "../..");
export const FUNCTIONS_DIR = join(ROOT, "supabase/functions");

export interface Settings {
  /** Where everything this stack keeps lives: database, keys, logs. */
  dataDir: string;
  apiPort: number;
  dbPort: number;
  /** An existing database to use instead of the embedded one. */
  databaseUrl?: string;
  demoPassword: string;
}

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

function port(name: string, fallback: number): number {
  const said = Deno.env.get(name);
  if (said === undefined || said === "") return fallback;
  const value = Number(said);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new Echec(`${name}=${said} n'est pas un port : indiquez un nombre entre 1 et 65535.`);
  }
  return value;
}

/** Reads the environment. Throws Echec where a value can't be used. */
export function readSettings(): Settings {
  const host = Deno.env.get("HOST");
  if (host && !LOOPBACK.includes(host)) {
    throw new Echec(
      `HOST=${host} est refusé : cette pile n'écoute que sur cette machine (127.0.0.1). Retirez HOST.`,
    );
  }
  const dataDir = Deno.env.get("DATA_DIR") || ".local";
  return {
    dataDir: isAbsolute(dataDir) ? dataDir : join(ROOT, dataDir),
    apiPort: port("API_PORT", 54321),
    dbPort: port("DB_PORT", 54322),
    databaseUrl: Deno.env.get("DATABASE_URL") || undefined,
    demoPassword: Deno.env.get("DEMO_PASSWORD") || "monaluxe-demo",
  };
}
