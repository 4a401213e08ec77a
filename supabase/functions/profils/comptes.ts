import { type AuthError, createClient } from "@supabase/supabase-js";
import { CHAMP } from "../_shared/messages.ts";
import { invalide, refuser } from "../_shared/problems.ts";

/** How the person behind a new account comes by a password. */
export type Invitation = "envoyee" | "mot_de_passe_a_definir" | "compte_existant";

const PATIENCE_MS = 8_000;

// The only use of the service key: making an account, at Supabase Auth. The database never sees it.
const cleDeService = () => Deno.env.get("AUTH_ADMIN_KEY") || Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!;
const administration = () =>
  createClient(Deno.env.get("SUPABASE_URL")!, cleDeService(), {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }) },
  }).auth.admin;

const isBadAddress = ({ code }: AuthError) =>
  code === "email_address_invalid" || code === "email_address_not_authorized" || code === "validation_failed";

const isTaken = ({ code }: AuthError) => code === "email_exists" || code === "user_already_exists";

/**
 * Makes an account for this address and has the person invited; where no invitation can be sent, makes it all the same:
 * its owner then asks for a password as one who has forgotten theirs. An account without a profile opens nothing, so one
 * that is left behind by a failure does no harm, and the same request sent again takes it up. Null where somebody else
 * has just made it.
 * Throws VALIDATION for an address Auth refuses, SERVICE_INDISPONIBLE where Auth does not answer.
 */
export async function ouvrirCompte(email: string): Promise<Invitation | null> {
  const auth = administration();
  const invited = await auth.inviteUserByEmail(email);
  if (invited.data.user) return "envoyee";
  if (isBadAddress(invited.error!)) throw invalide("email", CHAMP.email);
  if (isTaken(invited.error!)) return null;
  const created = await auth.createUser({ email, email_confirm: true });
  if (created.data.user) return "mot_de_passe_a_definir";
  if (isBadAddress(created.error!)) throw invalide("email", CHAMP.email);
  if (isTaken(created.error!)) return null;
  throw refuser("SERVICE_INDISPONIBLE", undefined, created.error);
}
