import type { Temps } from "./database.ts";
import type { Identite } from "./identity.ts";
import type { Trace } from "./trace.ts";

/** What is known of a request as it goes through the pipeline. */
export type Env = {
  Variables: {
    requestId: string;
    trace: Trace;
    identite?: Identite;
    code?: string;
    route?: string;
    temps?: Temps;
  };
};
