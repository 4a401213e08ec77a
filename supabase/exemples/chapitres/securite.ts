import type { Exemple } from "../exemple.ts";

const CODES = ["7F3K-9QMD-2XHT-B6WN", "…"];
const TELEPHONE = {
  secret: "…",
  uri: "otpauth://totp/Monaluxe:admin%40demo.monaluxe.test?issuer=Monaluxe&secret=…",
  qr_svg: "<svg>…</svg>",
};

export const exemples: Exemple[] = [
  { porte: "GET /securite/facteur" },
  { porte: "POST /securite/totp/inscrire", corps: {}, nom: "telephone", tait: TELEPHONE },
  {
    porte: "POST /securite/totp/confirmer",
    corps: { code: "@totp(telephone.secret)" },
    nom: "secours",
    tait: { code: "123456", codes: CODES },
  },
  {
    porte: "POST /securite/codes-secours/prouver",
    corps: { code: "@secours.codes.0" },
    tait: { code: CODES[0]! },
  },
  { porte: "POST /securite/codes-secours", corps: {}, tait: { codes: CODES } },
  {
    porte: "POST /securite/totp/prouver",
    corps: { code: "@totp_suivant(telephone.secret)" },
    tait: { code: "654321" },
  },
];
