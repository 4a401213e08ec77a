import { porte } from "../_shared/porte.ts";
import { actes } from "./actes.ts";
import { metriques } from "./metriques.ts";

// No JSON, and no user: its token is a machine's.
Deno.serve(porte("ops", actes).get("/metrics", metriques).fetch);
