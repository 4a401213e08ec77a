// Postman's own runner, fetched from npm once a machine: a hundred and fifty packages are nothing for npm ci to carry.
import { join } from "node:path";

const VERSION = "6.2.2";

async function trouver(): Promise<string> {
  const rangement = Deno.env.get("OUTILS_DIR")!;
  const dossier = join(rangement, `newman-${VERSION}`);
  const programme = join(dossier, "node_modules/newman/bin/newman.js");
  await Deno.mkdir(dossier, { recursive: true });
  const verrou = await Deno.open(join(rangement, "verrou-newman"), { create: true, write: true });
  try {
    await verrou.lock(true);
    if (await Deno.stat(programme).then(() => true, () => false)) return programme;
    const { success, stderr } = await new Deno.Command("npm", {
      args: [
        "install",
        "--prefix",
        dossier,
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        `newman@${VERSION}`,
      ],
    }).output();
    if (!success) throw new Error(`newman n'a pas pu être installé : ${new TextDecoder().decode(stderr)}`);
    return programme;
  } finally {
    verrou.close();
  }
}

export interface Passage {
  run: {
    stats: Record<"requests" | "assertions", { total: number; failed: number }>;
    failures: { source?: { name: string }; error: { name: string; message: string } }[];
  };
}

/** Runs a collection from its first request to its last; `variables` are the environment's. */
export async function newman(collection: string, variables: Record<string, string>): Promise<Passage> {
  const rapport = await Deno.makeTempFile({ suffix: ".json" });
  const programme = await trouver();
  const { stdout, stderr } = await new Deno.Command("node", {
    args: [
      programme,
      "run",
      collection,
      ...Object.entries(variables).flatMap(([nom, valeur]) => ["--env-var", `${nom}=${valeur}`]),
      ...["--reporters", "json", "--reporter-json-export", rapport, "--timeout-request", "60000"],
    ],
  }).output();
  const dit = await Deno.readTextFile(rapport);
  await Deno.remove(rapport);
  if (!dit) throw new Error(new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
  return JSON.parse(dit);
}
