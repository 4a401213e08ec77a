// npm run -s status: where the running stack is, as JSON; exit 1 when none runs.
import { requireRunningStack } from "./status.ts";

console.log(JSON.stringify(await requireRunningStack(), null, 2));
