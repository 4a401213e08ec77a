import { type JWTHeaderParameters, SignJWT } from "jose";
import { status } from "./environnement.ts";

export const cle = (text: string) => new TextEncoder().encode(text);

/** A user token as the project's Auth would sign it, but for what a test says otherwise; undefined leaves a claim out. */
export function signer(
  claims: Record<string, unknown>,
  options: { cle?: Parameters<SignJWT["sign"]>[0]; entete?: JWTHeaderParameters } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ role: "authenticated", aud: "authenticated", iat: now, exp: now + 3600, ...claims })
    .setProtectedHeader(options.entete ?? { alg: "HS256", typ: "JWT" })
    .sign(options.cle ?? cle(status.JWT_SECRET));
}

export const porteur = (jeton: string) => ({ authorization: `Bearer ${jeton}` });
