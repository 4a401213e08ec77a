// Who signed an event: Stripe's own scheme, checked by its own library, with today's secret or the one before.
import type { Prestataire } from "./prestataire.ts";

export type Version = "COURANT" | "PRECEDENT";
export interface Secret {
  version: Version;
  secret: string;
}

/** Seconds between the moment that is signed and ours, either way. */
export const TOLERANCE_S = 300;
/** One moment, then signatures: a header that was sent twice, or holds anything else, is none of Stripe's. */
const FORME = /^t=(\d{1,12})(?:,v\d=[\w+/=-]{1,200}){1,20}$/;

const hex = (octets: ArrayBuffer) =>
  Array.from(new Uint8Array(octets), (octet) => octet.toString(16).padStart(2, "0")).join("");

/** The simulated provider's secret, where none is set: this project's own, and of no use to sign anything else. */
export async function secretSimule(cleDuProjet: string): Promise<string> {
  const octets = new TextEncoder().encode(cleDuProjet);
  const cle = await crypto.subtle.importKey("raw", octets, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return `whsec_${hex(await crypto.subtle.sign("HMAC", cle, new TextEncoder().encode("paiements simulés")))}`;
}

/** Secrets that an event may be signed with. */
export async function secrets(nom: Prestataire["nom"]): Promise<Secret[]> {
  const regles =
    ([["STRIPE_WEBHOOK_SECRET", "COURANT"], ["STRIPE_WEBHOOK_SECRET_PRECEDENT", "PRECEDENT"]] as const)
      .flatMap(([variable, version]) => {
        const secret = Deno.env.get(variable);
        return secret ? [{ version, secret }] : [];
      });
  return regles.length || nom === "STRIPE"
    ? regles
    : [{ version: "COURANT", secret: await secretSimule(Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!) }];
}

/** The header of an event, as Stripe writes it. */
export async function signer(corps: string, secret: string, quand = new Date()): Promise<string> {
  const { default: Stripe } = await import("stripe");
  return await Stripe.webhooks.generateTestHeaderStringAsync({
    payload: corps,
    secret,
    timestamp: Math.floor(quand.getTime() / 1000),
  });
}

/** Which of these secrets signed these very bytes, lately; undefined: none. Compared in constant time. */
export async function signeePar(
  corps: string,
  entete: string | undefined,
  parmi: Secret[],
): Promise<Version | undefined> {
  const [, t] = entete?.match(FORME) ?? [];
  // The library knows what is too old, and not what is still to come.
  if (t === undefined || Math.abs(Date.now() / 1000 - Number(t)) > TOLERANCE_S) return undefined;
  const { default: Stripe } = await import("stripe");
  for (const { version, secret } of parmi) {
    try {
      await Stripe.webhooks.signature!.verifyHeaderAsync(corps, entete!, secret, TOLERANCE_S);
      return version;
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  return undefined;
}
