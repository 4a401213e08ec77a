// Encryption at rest, in the age format (age-encryption.org): any `age` program opens these files with the same key.
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { Echec } from "../stack/failure.ts";

type Flux = ReadableStream<Uint8Array>;

const IDENTITE = /^AGE-SECRET-KEY-/;
const LONGUEUR_MINIMALE = 16;

/** Key of the environment: a passphrase, or an age identity (AGE-SECRET-KEY-1…); undefined where none is set. */
export function cleSauvegarde(variables: Record<string, string>): string | undefined {
  const cle = variables.BACKUP_KEY?.trim();
  if (!cle) return undefined;
  if (!IDENTITE.test(cle) && cle.length < LONGUEUR_MINIMALE) {
    throw new Echec(
      `BACKUP_KEY est trop courte : ${LONGUEUR_MINIMALE} caractères au moins, ou une identité age (age-keygen).`,
    );
  }
  return cle;
}

/** A function that encrypts streams with this key; without a key, that leaves them as they are. */
export async function chiffreur(cle: string | undefined): Promise<(clair: Flux) => Promise<Flux>> {
  if (!cle) return (clair) => Promise.resolve(clair);
  const age = new Encrypter();
  if (IDENTITE.test(cle)) age.addRecipient(await identityToRecipient(cle));
  else age.setPassphrase(cle);
  return (clair) => age.encrypt(clair);
}

/** The file's content in clear. Throws Echec where the key is missing or not the one it was encrypted with. */
export async function ouvrirFichier(fichier: string, cle: string | undefined): Promise<Flux> {
  const ouvert = await Deno.open(fichier);
  if (!fichier.endsWith(".age")) return ouvert.readable;
  try {
    if (!cle) throw new Echec(`${fichier} est chiffré : donnez sa clé dans BACKUP_KEY.`);
    const age = new Decrypter();
    if (IDENTITE.test(cle)) age.addIdentity(cle);
    else age.addPassphrase(cle);
    return await age.decrypt(ouvert.readable);
  } catch (erreur) {
    try {
      ouvert.close();
    } catch {
      // Its reader has closed it.
    }
    if (erreur instanceof Echec) throw erreur;
    throw new Echec(`${fichier} ne s'ouvre pas avec cette BACKUP_KEY : ce n'est pas la clé qui l'a chiffré.`);
  }
}
