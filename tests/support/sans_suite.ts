// Work that is tried and taken back: the next one begins where it began.
import type postgres from "postgres";

class Defaite extends Error {}

/** What this finds out in a transaction that is undone at its end; its own failure is its caller's. */
export async function sansSuite<T>(
  sql: postgres.Sql,
  travail: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let fait: T;
  await sql.begin(async (tx) => {
    fait = await travail(tx);
    throw new Defaite();
  }).catch((error) => {
    if (!(error instanceof Defaite)) throw error;
  });
  return fait!;
}
