// What a test needs and npm has, fetched once a machine: a hundred packages are nothing for npm ci to carry.
import { join } from "node:path";

/** Folder whose node_modules has this package, without its scripts having run. */
export async function deNpm(paquet: string, version: string): Promise<string> {
  const rangement = Deno.env.get("OUTILS_DIR")!;
  const dossier = join(rangement, `${paquet}-${version}`);
  await Deno.mkdir(dossier, { recursive: true });
  const verrou = await Deno.open(join(rangement, `verrou-${paquet}`), { create: true, write: true });
  try {
    await verrou.lock(true);
    if (await Deno.stat(join(dossier, "node_modules", paquet)).then(() => true, () => false)) return dossier;
    const { success, stderr } = await new Deno.Command("npm", {
      args: [
        "install",
        "--prefix",
        dossier,
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        `${paquet}@${version}`,
      ],
    }).output();
    if (!success) throw new Error(`${paquet} n'a pas pu être installé : ${new TextDecoder().decode(stderr)}`);
    return dossier;
  } finally {
    verrou.close();
  }
}
