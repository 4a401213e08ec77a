// The one reading of the process's environment; what an environment's file adds to it is read in exploitation/cible.
import { join, resolve } from "node:path";
import { execution } from "./execution.ts";
import { Echec } from "./failure.ts";

export const ROOT = resolve(import.meta.dirname!, "../..");
export const FUNCTIONS_DIR = join(ROOT, "supabase/functions");

/** A variable of this run; empty counts as absent. */
export const variable = (name: string): string | undefined => execution().variable(name) || undefined;

/** All of them: what wins over an environment's file. */
export const processVariables = (): Record<string, string> => execution().variables();

export interface Settings {
  /** Where everything this stack keeps lives: database, keys, logs. */
  dataDir: string;
  apiPort: number;
  dbPort: number;
  /** An existing database to use instead of the embedded one. */
  databaseUrl?: string;
  demoPassword: string;
  /** Its folder goes away with it: a test's, which has nothing to keep. */
  throwaway?: boolean;
  /** More of the server's settings: they win over those of the folder. */
  serverSettings?: string[];
  /** Asked before what the tree no longer has is taken from the database, with the statements: never, unless said. */
  withLoss?(lost: string[]): boolean;
}

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

// A proxy that the machine names for the rest of the world never stands between two processes of this one.
const spared = [Deno.env.get("NO_PROXY") || Deno.env.get("no_proxy") || [], LOOPBACK].flat().join(",");
for (const name of ["NO_PROXY", "no_proxy"]) Deno.env.set(name, spared);

function port(name: string, fallback: number): number {
  const said = variable(name);
  if (said === undefined) return fallback;
  const value = Number(said);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new Echec(`${name}=${said} n'est pas un port : indiquez un nombre entre 1 et 65535.`);
  }
  return value;
}

/** Where the operators' evidence goes: docs/interventions, or INTERVENTIONS_DIR. */
export const interventionsDir = () => variable("INTERVENTIONS_DIR") ?? join(ROOT, "docs/interventions");

/** Reads the environment. Throws Echec where a value can't be used. */
export function readSettings(): Settings {
  const host = variable("HOST");
  if (host && !LOOPBACK.includes(host)) {
    throw new Echec(
      `HOST=${host} est refusé : cette pile n'écoute que sur cette machine (127.0.0.1). Retirez HOST.`,
    );
  }
  return {
    dataDir: resolve(ROOT, variable("DATA_DIR") ?? ".local"),
    apiPort: port("API_PORT", 54321),
    dbPort: port("DB_PORT", 54322),
    databaseUrl: variable("DATABASE_URL"),
    demoPassword: variable("DEMO_PASSWORD") ?? "monaluxe-demo",
  };
}
