// What a test needs and Debian has, fetched once a machine, as a person without rights may.
import { prendreChezDebian } from "../../ops/exploitation/outils/debian.ts";

/** What `lire` finds in the folder of these packages of this system's own Debian, fetched first where it is not there. */
export const deDebian = <T>(
  nom: string,
  paquets: string[],
  lire: (dossier: string) => Promise<T | undefined>,
): Promise<T> =>
  // It runs on the libc that is here.
  prendreChezDebian(nom, { paquets, sans: ["libc6"] }, lire);

/** Where Debian keeps this machine's libraries. */
export const ARCHITECTURE = `${Deno.build.arch === "aarch64" ? "aarch64" : "x86_64"}-linux-gnu`;
