import assert from "node:assert/strict";
import { connect, reserve } from "../../ops/commun/connection.ts";
import { superuserUrl, test } from "../support/monde.ts";

test("a connection is reserved however long the process was busy with something else before", async () => {
  const sql = connect(superuserUrl, "essai", { idle_timeout: 0.02 });
  try {
    await sql`select 1`;
    // Longer than a connection may be idle: its time is over in the turn in which it is asked for.
    for (const fin = performance.now() + 100; performance.now() < fin;);
    await new Promise((suite) => setTimeout(suite, 0));
    const seul = await Promise.race([
      reserve(sql),
      new Promise<undefined>((rien) => setTimeout(() => rien(undefined), 30_000)),
    ]);
    assert.ok(seul, "nothing is answered to who reserves one");
    const [{ ici }] = await seul<[{ ici: number }]>`select 1 as ici`;
    assert.equal(ici, 1);
    seul.release();
  } finally {
    await sql.end({ timeout: 0 });
  }
});
