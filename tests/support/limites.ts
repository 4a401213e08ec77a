import { connect } from "../../ops/commun/connection.ts";

/**
 * For who asks until something else has happened: how often they knock is not what is looked at, and it grows with each
 * door that becomes faster. `url` is of somebody who may write the limits.
 */
export async function leverLesLimites(url: string): Promise<void> {
  const sql = connect(url);
  try {
    await sql`update private.limites set par_minute = 1000000000`;
  } finally {
    await sql.end();
  }
}
