// Secrets at rest: AES-256-GCM under CLE_SECRETS. What was written under the key before it is still read; what is
// written now is under the new one. A text says by which key it was made, so that those that remain can be counted.
import { Buffer } from "node:buffer";

export interface Cle {
  /** First half of the key's SHA-256: says which key, and nothing of it. */
  empreinte: string;
  cle: CryptoKey;
}

/** What a key looks like: 32 bytes in base64, as `openssl rand -base64 32` gives them. */
export const FORME_DE_CLE = /^[A-Za-z0-9+/]{43}=$/;

const MARQUE = "s1";
const octets = (texte: string) => new TextEncoder().encode(texte);

async function lireCle(texte: string): Promise<Cle> {
  if (!FORME_DE_CLE.test(texte)) throw new Error("une clé de secrets est faite de 32 octets en base64");
  const brute = Buffer.from(texte, "base64");
  const empreinte = Buffer.from(await crypto.subtle.digest("SHA-256", brute)).subarray(0, 8).toString("hex");
  const cle = await crypto.subtle.importKey("raw", brute, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { empreinte, cle };
}

/** Which key a text was encrypted under. */
export const cleDuTexte = (chiffre: string) => chiffre.split(".")[1] ?? "";

export interface Trousseau {
  /** Which key is written with. */
  courante: string;
  /** Encrypts under the first key; `pour` says whose it is, and what is put elsewhere is not read there. */
  chiffrer(clair: string, pour: string): Promise<string>;
  /** Decrypts under whichever key it was made with; undefined where none of these did, or it is somebody else's. */
  dechiffrer(chiffre: string, pour: string): Promise<string | undefined>;
}

/** Keys, the one to write with first. Throws where there is none, or one is no key. */
export async function trousseau(textes: (string | undefined)[]): Promise<Trousseau> {
  const cles = await Promise.all(
    textes.filter((texte) => texte !== undefined && texte !== "").map((t) => lireCle(t!)),
  );
  const [courante] = cles;
  if (!courante || !textes[0]) throw new Error("CLE_SECRETS n'est pas réglée");
  return {
    courante: courante.empreinte,
    chiffrer: async (clair, pour) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const texte = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv, additionalData: octets(pour) },
        courante.cle,
        octets(clair),
      );
      return [
        MARQUE,
        courante.empreinte,
        Buffer.from(iv).toString("base64url"),
        Buffer.from(texte).toString("base64url"),
      ]
        .join(".");
    },
    dechiffrer: async (chiffre, pour) => {
      const [marque, empreinte, iv, texte] = chiffre.split(".");
      const cle = cles.find((une) => une.empreinte === empreinte)?.cle;
      if (marque !== MARQUE || !cle || !iv || !texte) return undefined;
      try {
        const clair = await crypto.subtle.decrypt(
          { name: "AES-GCM", iv: Buffer.from(iv, "base64url"), additionalData: octets(pour) },
          cle,
          Buffer.from(texte, "base64url"),
        );
        return new TextDecoder().decode(clair);
      } catch {
        return undefined;
      }
    },
  };
}

let lu: Promise<Trousseau> | undefined;
/** That of this function's environment. */
export const trousseauDeLEnvironnement = (): Promise<Trousseau> =>
  lu ??= trousseau([Deno.env.get("CLE_SECRETS"), Deno.env.get("CLE_SECRETS_PRECEDENT")]);

/** Whose a factor's secret is. */
export const pourFacteur = (user_id: string) => `totp:${user_id}`;
