import { verificateur } from "./identity.ts";

const url = Deno.env.get("SUPABASE_URL")!;

/** Who is asking of this project. */
export const identifier = verificateur({
  jwks: new URL("/auth/v1/.well-known/jwks.json", url),
  emetteur: Deno.env.get("JWT_ISSUER") || `${url}/auth/v1`,
  secrets: ["JWT_SECRET", "JWT_SECRET_PRECEDENT"].flatMap((name) => Deno.env.get(name) || []),
});
