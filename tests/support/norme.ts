// The flag astm_53b is one row of the whole test database: who turns it on holds it alone, and leaves it off.
import type { Person } from "../../ops/pile/client.ts";
import { sql } from "./monde.ts";

/** Does this with the standard's litres for these depots or users only, turned on and off by the flag's own door. */
export function selonLaNorme(
  scope: { depots?: string[]; users?: string[] },
  admin: Person,
  work: () => Promise<void>,
): Promise<void> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('astm_53b', 0))`;
    await admin.call("PUT", "flags/astm_53b", { enabled: true, depots: [], users: [], ...scope });
    try {
      await work();
    } finally {
      await admin.call("PUT", "flags/astm_53b", { enabled: false, depots: [], users: [] });
    }
  }) as Promise<void>;
}
