import { join } from "node:path";
import { readSettings } from "../commun/settings.ts";

/** What a client, a runbook or a test needs to reach a running stack: the names `supabase status -o env` uses. */
export interface StackStatus {
  API_URL: string;
  DB_URL: string;
  ANON_KEY: string;
  SERVICE_ROLE_KEY: string;
  JWT_SECRET: string;
}

export const statusFile = (dataDir: string) => join(dataDir, "status.json");

/** The stack that runs on this DATA_DIR, undefined where none answers. */
export async function runningStack(): Promise<StackStatus | undefined> {
  try {
    const status: StackStatus = JSON.parse(await Deno.readTextFile(statusFile(readSettings().dataDir)));
    // The file may be what a killed stack left: only an answer counts. What answers starts for it, on a machine that may be
    // busy; where nothing listens, that is known at once.
    const live = await fetch(`${status.API_URL}/functions/v1/ops/live`, {
      signal: AbortSignal.timeout(15_000),
    });
    await live.body?.cancel();
    return live.ok ? status : undefined;
  } catch {
    return undefined;
  }
}

/** The same, or the end of the program with a sentence. */
export async function requireRunningStack(): Promise<StackStatus> {
  const status = await runningStack();
  if (status) return status;
  console.error("✗ Aucune pile ne tourne ici. Démarrez-la avec npm start.");
  Deno.exit(1);
}
