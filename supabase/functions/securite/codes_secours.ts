// Recovery codes: eighty random bits each, in letters that nobody takes for another.
const LETTRES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const COMBIEN = 10;
const LONGUEUR = 16;

export const FORME_DE_CODE = new RegExp(`^[${LETTRES}]{${LONGUEUR}}$`);

/** As it is kept and compared: however it was copied from the paper, whatever dashes a keyboard makes of its own. */
export const normaliser = (code: string) =>
  code.normalize("NFKC").toUpperCase().replace(/[\s\p{P}]/gu, "").replace(/O/g, "0").replace(/[IL]/g, "1");

const unCode = () =>
  // A byte holds eight times the thirty-two letters: no letter is likelier.
  [...crypto.getRandomValues(new Uint8Array(LONGUEUR))].map((octet) => LETTRES[octet % LETTRES.length]).join(
    "",
  );

const enGroupes = (code: string) => code.match(/.{4}/g)!.join("-");

/** What is kept of a code: its SHA-256, in hexadecimal. */
export const empreinte = async (code: string): Promise<string> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(normaliser(code)))).toHex();

/** Ten, to be shown once, and what is kept of them. */
export async function dixCodes(): Promise<{ codes: string[]; empreintes: string[] }> {
  const codes = Array.from({ length: COMBIEN }, () => enGroupes(unCode()));
  return { codes, empreintes: await Promise.all(codes.map(empreinte)) };
}
