// What nobody can read is refused alike by a door, before it is sent, and by the database, whoever sends it.
import assert from "node:assert/strict";
import { lire, nomLisible } from "../../interventions/reprise/traduction/lisible.ts";
import { Texte } from "../../supabase/functions/_shared/schemas.ts";
import { sql, test } from "../support/monde.ts";

/** The planes where something is refused by either, and one where nothing is. */
const PLANS = [0x00000, 0x10000, 0xe0000];
const points = PLANS.flatMap((plan) => Array.from({ length: 0x10000 }, (_, rang) => plan + rang))
  // No text: a null byte, and halves of a pair.
  .filter((point) => point !== 0 && (point < 0xd800 || point > 0xdfff));

test("a door and the database refuse the same characters, and the takeover takes those out", async () => {
  const [{ refuses }] = await sql<[{ refuses: number[] }]>`
    select array_agg(n order by n) as refuses
      from unnest(${points}::int[]) n where not private.texte_lisible('a' || chr(n) || 'a', true)`;
  const aLaPorte = points.filter((point) => !Texte.safeParse(`a${String.fromCodePoint(point)}a`).success);
  assert.ok(refuses.length > 0);
  assert.deepEqual(aLaPorte, refuses);
  const otes = points.filter((point) => lire("note", String.fromCodePoint(point)) === "");
  assert.deepEqual(otes, refuses);
});

test("the takeover and the database take the same names", async () => {
  const [{ refuses }] = await sql<[{ refuses: number[] }]>`
    select array_agg(n order by n) as refuses
      from unnest(${points}::int[]) n where not private.nom_lisible('a' || chr(n) || 'a')`;
  assert.deepEqual(points.filter((point) => !nomLisible(`a${String.fromCodePoint(point)}a`)), refuses);
});

test("no two names that look alike: what is drawn as nothing, and letters that are drawn as Latin ones, stand in none", async () => {
  const points = PLANS.flatMap((plan) => Array.from({ length: 0x10000 }, (_, rang) => plan + rang)).filter((
    point,
  ) =>
    /\p{Default_Ignorable_Code_Point}|[\p{sc=Grek}\p{sc=Cyrl}\p{sc=Cher}\p{sc=Copt}\p{sc=Lisu}\p{sc=Cans}]/u
      .test(String.fromCodePoint(point))
  );
  const [{ admis }] = await sql<[{ admis: string[] | null }]>`
    select array_agg(to_hex(n)) as admis from unnest(${points}::int[]) n
     where private.nom_lisible('Mona' || chr(n) || 'luxe') and private.texte_lisible('Mona' || chr(n) || 'luxe')
       and normalize(chr(n), NFKC) = chr(n)`;
  assert.deepEqual(admis, null);
});
