import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { refuser } from "./problems.ts";

/** Who is asking: the claims of a verified user token. */
export type Identite = JWTPayload & { sub: string; role: "authenticated" };

const Claims = z.looseObject({ sub: z.guid(), role: z.literal("authenticated") });

const ASYMMETRIC = ["ES256", "RS256"];

const secret = Deno.env.get("JWT_SECRET");
const jwks = createRemoteJWKSet(new URL("/auth/v1/.well-known/jwks.json", Deno.env.get("SUPABASE_URL")));

/**
 * Checks a bearer token in process: ES256 and RS256 by the project's published keys, HS256 by the project's
 * secret where it has one. The algorithm picks the kind of key, so a public key can never serve as a secret.
 * Throws NON_AUTHENTIFIE.
 */
export async function identifier(authorization: string | undefined): Promise<Identite> {
  const token = authorization?.match(/^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i)?.[1];
  if (!token) throw refuser("NON_AUTHENTIFIE");
  try {
    const { alg } = decodeProtectedHeader(token);
    const options = { audience: "authenticated", requiredClaims: ["sub", "exp"] };
    const { payload } = alg === "HS256" && secret
      ? await jwtVerify(token, new TextEncoder().encode(secret), { ...options, algorithms: ["HS256"] })
      : await jwtVerify(token, jwks, { ...options, algorithms: ASYMMETRIC });
    return Claims.parse(payload) as Identite;
  } catch (cause) {
    throw refuser("NON_AUTHENTIFIE", undefined, cause);
  }
}
