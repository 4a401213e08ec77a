// What a test needs and Debian has, fetched once a machine, as a person without rights may.
import { join } from "node:path";
import { systeme, telecharger } from "../../ops/exploitation/outils/debian.ts";

/** What `lire` finds in the folder of these packages of this system's own Debian, fetched first where it is not there. */
export async function deDebian<T>(
  nom: string,
  paquets: string[],
  lire: (dossier: string) => Promise<T | undefined>,
): Promise<T> {
  const { id, nom: dit, code } = await systeme();
  if (id !== "debian") throw new Error(`${nom} se prend chez Debian, et cette machine est ${dit}.`);
  const rangement = Deno.env.get("OUTILS_DIR")!;
  await Deno.mkdir(rangement, { recursive: true });
  const dossier = join(rangement, nom);
  const verrou = await Deno.open(join(rangement, `verrou-${nom}`), { create: true, write: true });
  try {
    await verrou.lock(true);
    // It runs on the libc that is here.
    if (!await lire(dossier)) await telecharger(dossier, { paquets, suite: code, sans: ["libc6"] }, () => {});
  } catch (error) {
    throw new Error(`${nom} n'a pas pu être téléchargé : ${(error as Error).message}`);
  } finally {
    verrou.close();
  }
  const trouve = await lire(dossier);
  if (trouve === undefined) throw new Error(`Le paquet ${nom} de Debian n'a pas ce qui est attendu.`);
  return trouve;
}

/** Where Debian keeps this machine's libraries. */
export const ARCHITECTURE = `${Deno.build.arch === "aarch64" ? "aarch64" : "x86_64"}-linux-gnu`;
