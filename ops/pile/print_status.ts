// npm run -s status: where the running stack is, as JSON; exit 1 when none runs.
import { readScript } from "./script.ts";
import { requireRunningStack } from "./status.ts";

await readScript(
  "status",
  "Dit en JSON où est la pile qui tourne, et ses clés ; sortie 1 s'il n'en tourne aucune.",
);
console.log(JSON.stringify(await requireRunningStack(), null, 2));
