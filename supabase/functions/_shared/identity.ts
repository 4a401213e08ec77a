import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { ProblemError, refuser } from "./problems.ts";

/** Who is asking: the claims of a verified user token. */
export type Identite = JWTPayload & { sub: string; role: "authenticated" };

const Claims = z.looseObject({ sub: z.guid(), role: z.literal("authenticated") });

const ASYMMETRIC = ["ES256", "RS256"];
/** How far two clocks may differ, as PostgREST has it. */
const ECART_S = 30;
/** How many verified tokens are kept, and for how long: as long as the library keeps the keys that verify them. */
const [CONNUS_MAX, CONNU_MS] = [1_000, 10 * 60_000];

export interface Projet {
  /** Where the project's published keys are. */
  jwks: URL;
  /** `iss` of its tokens. */
  emetteur: string;
  /** Its HS256 secrets: today's and, while tokens it signed still live, the one before. None: HS256 is refused. */
  secrets: string[];
}

/** Whether Auth could not be asked for its keys, which says nothing about the token. */
const sansCles = (error: unknown) =>
  error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) ||
  error.code === errors.JOSEError.code;

/**
 * Checks bearer tokens of a project, in process: ES256 and RS256 by the keys it publishes, all of them, so that two
 * hold while one replaces the other; HS256 by its secrets. The algorithm picks the kind of key: a public key can never
 * serve as a secret. What it returns throws NON_AUTHENTIFIE, or SERVICE_INDISPONIBLE where the keys can't be fetched.
 */
export function verificateur({ jwks, emetteur, secrets }: Projet) {
  const publiees = createRemoteJWKSet(jwks);
  const attendu = { audience: "authenticated", requiredClaims: ["sub", "exp"] };

  async function parSecret(token: string): Promise<JWTPayload> {
    let refus: unknown;
    for (const secret of secrets) {
      try {
        const key = new TextEncoder().encode(secret);
        return (await jwtVerify(token, key, { ...attendu, algorithms: ["HS256"] })).payload;
      } catch (error) {
        refus = error;
      }
    }
    throw refus;
  }

  async function parCle(token: string): Promise<JWTPayload> {
    try {
      const options = { ...attendu, issuer: emetteur, algorithms: ASYMMETRIC };
      return (await jwtVerify(token, publiees, options)).payload;
    } catch (error) {
      throw sansCles(error) ? refuser("SERVICE_INDISPONIBLE", undefined, error) : error;
    }
  }

  async function lire(token: string): Promise<Identite> {
    const { alg } = decodeProtectedHeader(token);
    const payload = alg === "HS256" && secrets.length ? await parSecret(token) : await parCle(token);
    // The local Auth names no issuer; one that is named must be the project's.
    if (payload.iss !== undefined && payload.iss !== emetteur) throw new errors.JWTInvalid("iss");
    if ((payload.iat ?? 0) > Date.now() / 1000 + ECART_S) throw new errors.JWTInvalid("iat");
    return Claims.parse(payload) as Identite;
  }

  /** Verified tokens: each until it expires, none for longer than a published key is kept. */
  const connus = new Map<string, { identite: Identite; depuis: number; jusqua: number }>();

  function connaitre(token: string, identite: Identite): Identite {
    if (connus.size >= CONNUS_MAX) connus.delete(connus.keys().next().value!);
    const depuis = Date.now();
    connus.set(token, { identite, depuis, jusqua: Math.min(identite.exp! * 1000, depuis + CONNU_MS) });
    return identite;
  }

  return async (authorization: string | undefined): Promise<Identite> => {
    const token = authorization?.match(/^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i)?.[1];
    if (!token) throw refuser("NON_AUTHENTIFIE");
    const connu = connus.get(token);
    // Verified later than now: the clock was put back, and the token is of a day to come.
    if (connu && connu.depuis <= Date.now() && Date.now() < connu.jusqua) return connu.identite;
    connus.delete(token);
    try {
      return connaitre(token, await lire(token));
    } catch (cause) {
      throw cause instanceof ProblemError ? cause : refuser("NON_AUTHENTIFIE", undefined, cause);
    }
  };
}
