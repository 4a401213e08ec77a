// What a test needs and this machine or Debian has: the machine's own, else fetched, as a person without rights may.
import { join } from "node:path";
import { prendreChezDebian } from "../../ops/exploitation/outils/debian.ts";

/** What `lire` finds in the folder of these packages of this system's own Debian, fetched first where it is not there. */
export const deDebian = <T>(
  nom: string,
  paquets: string[],
  lire: (dossier: string) => Promise<T | undefined>,
  suite?: string,
): Promise<T> =>
  // It runs on the libc that is here.
  prendreChezDebian(nom, { paquets, sans: ["libc6"], suite }, lire);

/** Where Debian keeps this machine's libraries. */
export const ARCHITECTURE = `${Deno.build.arch === "aarch64" ? "aarch64" : "x86_64"}-linux-gnu`;

export interface Programme {
  commande: string;
  env: Record<string, string>;
}

export const existe = (chemin: string) => Deno.stat(chemin).then(() => true, () => false);

/** Where a system, or Homebrew on either processor, keeps the servers that somebody installed. */
const DU_SYSTEME = [
  "/usr/sbin",
  "/opt/homebrew/sbin",
  "/opt/homebrew/bin",
  "/usr/local/sbin",
  "/usr/local/bin",
];

/** This server: the machine's own, else that of this package of Debian with its libraries. */
export async function serveur(nom: string, paquet: string): Promise<Programme> {
  for (const dossier of DU_SYSTEME) {
    const commande = join(dossier, nom);
    if (await existe(commande)) return { commande, env: {} };
  }
  return await deDebian(nom, [paquet], async (dossier) => {
    const commande = join(dossier, "usr/sbin", nom);
    const libs = ["usr/lib", "lib"].map((lieu) => join(dossier, lieu, ARCHITECTURE));
    return await existe(commande) ? { commande, env: { LD_LIBRARY_PATH: libs.join(":") } } : undefined;
  });
}
