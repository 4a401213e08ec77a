// Postman's own runner.
import { join } from "node:path";
import { deNpm } from "./npm.ts";

const trouver = async () => join(await deNpm("newman", "6.2.2"), "node_modules/newman/bin/newman.js");

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
