// A phone of a test's own: what an authenticator app would show.
import { Secret, TOTP } from "otpauth";
import { decodeJwt } from "jose";
import type { Person } from "../../../ops/pile/client.ts";
import { token } from "../../support/monde.ts";

export interface Facteur {
  secret: string;
  codes: string[];
}

/** The code of a step, counted from now. */
export const code = (secret: string, pas = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + pas * 30_000 });

/** Enrols a phone for this admin, which raises the session of the call; the code of the next step is left for the test. */
export async function inscrire(admin: Person): Promise<Facteur> {
  const { secret } = await admin.call<{ secret: string }>("POST", "securite/totp/inscrire", {});
  const { codes } = await admin.call<{ codes: string[] }>("POST", "securite/totp/confirmer", {
    code: code(secret),
  });
  return { secret, codes };
}

/** Who a person is, for the database. */
export const sub = async (personne: Person): Promise<string> => decodeJwt(await token(personne)).sub!;
