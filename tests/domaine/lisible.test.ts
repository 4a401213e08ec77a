// What nobody can read is refused alike by a door, before it is sent, and by the database, whoever sends it.
import assert from "node:assert/strict";
import { Texte } from "../../supabase/functions/_shared/schemas.ts";
import { sql, test } from "../support/monde.ts";

/** The planes where something is refused by either, and one where nothing is. */
const PLANS = [0x00000, 0x10000, 0xe0000];
const points = PLANS.flatMap((plan) => Array.from({ length: 0x10000 }, (_, rang) => plan + rang))
  // No text: a null byte, and halves of a pair.
  .filter((point) => point !== 0 && (point < 0xd800 || point > 0xdfff));

test("a door and the database refuse the same characters", async () => {
  const [{ refuses }] = await sql<[{ refuses: number[] }]>`
    select array_agg(n order by n) as refuses
      from unnest(${points}::int[]) n where not private.texte_lisible('a' || chr(n) || 'a', true)`;
  const aLaPorte = points.filter((point) => !Texte.safeParse(`a${String.fromCodePoint(point)}a`).success);
  assert.ok(refuses.length > 0);
  assert.deepEqual(aLaPorte, refuses);
});
