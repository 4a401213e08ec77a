// An edge function of a test's own, as npm start runs it, on the database and the Auth that the test gives it.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FUNCTIONS_DIR, ROOT } from "../../ops/commun/settings.ts";
import { startChild } from "../../ops/pile/child.ts";
import { status } from "./monde.ts";

export interface Fonction {
  /** Asks it, its name left out of the address. */
  demander(address: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
  /** Ends it by SIGKILL, whatever it has in hand. */
  tuer(): Promise<void>;
}

export async function startFonction(
  nom: string,
  more: Record<string, string> = {},
  permissions: string[] = [],
  log: (lines: string) => void = () => {},
): Promise<Fonction> {
  const environment = {
    SUPABASE_URL: status.API_URL,
    SUPABASE_SERVICE_ROLE_KEY: status.SERVICE_ROLE_KEY,
    SUPABASE_DB_URL: status.DB_URL,
    JWT_SECRET: status.JWT_SECRET,
    ...more,
  };
  const child = startChild({
    name: nom,
    module: pathToFileURL(join(FUNCTIONS_DIR, nom, "index.ts")).href,
    permissions: [
      "--allow-net",
      "--allow-env",
      `--allow-read=${[
        FUNCTIONS_DIR,
        join(ROOT, "node_modules"),
        ...(more.COURRIER_DIR ? [more.COURRIER_DIR] : []),
      ]}`,
      ...permissions,
    ],
    environment,
    log,
  });
  const origin = await child.origin;
  return {
    demander: (address, init = {}) => fetch(`${origin}/${nom}${address}`, init),
    stop: () => child.stop(),
    tuer: () => child.stop(0),
  };
}
