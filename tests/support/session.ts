import { createClient } from "@supabase/supabase-js";
import { asPerson, type Person } from "../../ops/pile/client.ts";
import { status } from "./environnement.ts";
import type { Fait } from "./gens.ts";
import { signer } from "./jetons.ts";

/**
 * Whoever this is, as signing in would have left the app: its client has a session, of the token that Auth would have
 * signed.
 */
export async function entrer({ id, email, session }: Fait): Promise<Person> {
  const access_token = await signer({ sub: id, email, session_id: session });
  const kept = JSON.stringify({
    access_token,
    refresh_token: crypto.randomUUID(),
    token_type: "bearer",
    expires_in: 3600,
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    user: { id, email, aud: "authenticated", role: "authenticated" },
  });
  const storage = { getItem: () => kept, setItem: () => {}, removeItem: () => {} };
  return asPerson(
    createClient(status.API_URL, status.ANON_KEY, {
      auth: { storage, persistSession: true, autoRefreshToken: false, storageKey: session },
    }),
  );
}
