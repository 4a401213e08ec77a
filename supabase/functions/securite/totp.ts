// Six digits that change every thirty seconds (RFC 6238, SHA-1), as every authenticator app makes them.
import { Secret, TOTP } from "otpauth";
import qrcode from "qrcode-generator";

const PERIODE_S = 30;
const EMETTEUR = "Monaluxe";
/** Steps before and after now that are taken too: the clock of a phone. */
const ECART = 1;

const totp = (secret: string, compte = "") =>
  new TOTP({
    issuer: EMETTEUR,
    label: compte || EMETTEUR,
    algorithm: "SHA1",
    digits: 6,
    period: PERIODE_S,
    secret: Secret.fromBase32(secret),
  });

export const nouveauSecret = () => new Secret({ size: 20 }).base32;

/** Which step a code is of, at a moment in seconds since 1970; null where it is of none that is taken. */
export function pasDuCode(secret: string, code: string, maintenant: number): number | null {
  const ecart = totp(secret).validate({ token: code, timestamp: maintenant * 1000, window: ECART });
  return ecart === null ? null : Math.floor(maintenant / PERIODE_S) + ecart;
}

/** What a phone reads: the address, and its picture. */
export function aInscrire(secret: string, compte: string) {
  const uri = totp(secret, compte).toString();
  const dessin = qrcode(0, "M");
  dessin.addData(uri);
  dessin.make();
  return { secret, uri, qr_svg: dessin.createSvgTag({ scalable: true }) };
}
