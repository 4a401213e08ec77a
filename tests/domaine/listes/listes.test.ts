import assert from "node:assert/strict";
import { monde, refus, test } from "../../support/monde.ts";

interface Page {
  data: { id: string; date_jour?: string }[];
  next_cursor: string | null;
}

test("pages of any size give every row once, in order", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const made = await Promise.all(
    Array.from(
      { length: 11 },
      (_, i) => m.rediger(i + 1, { date_sortie: `2026-10-${String(1 + i % 4).padStart(2, "0")}T12:00:00Z` }),
    ),
  );
  for (const limit of [1, 3, 11, 50]) {
    const seen: Page["data"] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Page = await lecture.call(
        "GET",
        `sorties?depot_id=${m.depot}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
      );
      assert.ok(page.data.length <= limit);
      seen.push(...page.data);
      cursor = page.next_cursor;
    }
    assert.deepEqual(seen.map(({ id }) => id).sort(), made.map(({ id }) => id).sort(), `limit ${limit}`);
    assert.deepEqual(
      seen.map(({ date_jour }) => date_jour),
      seen.map(({ date_jour }) => date_jour).sort().reverse(),
    );
  }
});

test("lists keep to the tank, product and days they are asked for", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  for (
    const [citerne_id, day] of [[m.citernes[0], "01"], [m.citernes[0], "02"], [m.citernes[1], "02"]] as const
  ) {
    await m.recevoir(100, { citerne_id, date_reception: `2026-10-${day}` });
  }
  const count = async (query: string) =>
    (await lecture.call<Page>("GET", `receptions?depot_id=${m.depot}&${query}`)).data.length;
  assert.equal(await count(""), 3);
  assert.equal(await count(`citerne_id=${m.citernes[0]}`), 2);
  assert.equal(await count("du=2026-10-02"), 2);
  assert.equal(await count("au=2026-10-01"), 1);
  assert.equal(await count("du=2026-10-01&au=2026-10-02"), 3);
  assert.equal(await count(`produit_id=${m.produit}`), 3);
  assert.equal(await count(`produit_id=${crypto.randomUUID()}`), 0);
});

test("a query that is badly written is refused, naming the parameter", async (t) => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const bad = { limit: "0", cursor: "pas-un-curseur", depot_id: "1", du: "hier", inconnu: "x" };
  for (const [name, value] of Object.entries(bad)) {
    await t.step(name, async () => {
      const problem = await refus(lecture.call("GET", `sorties?${name}=${value}`));
      assert.equal(problem.code, "VALIDATION");
      assert.equal(problem.errors![0]!.path, name);
    });
  }
});
