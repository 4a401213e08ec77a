// npm run publier: keeps today's description as what the release that package.json names promises.
import { join } from "node:path";
import { contratDe, ecrireContrat, PUBLIE_DIR } from "./contrat.ts";
import { describeApi } from "./openapi.ts";

if (import.meta.main) {
  const contrat = contratDe(await describeApi());
  const fichier = join(PUBLIE_DIR, `${contrat.version}.json`);
  await Deno.writeTextFile(fichier, ecrireContrat(contrat), { createNew: true });
  console.log(`écrit : ${fichier}`);
}
