import assert from "node:assert/strict";
import { test } from "node:test";
import { tableText } from "../../ops/commun/table.ts";

const ROWS = [
  ["ok", "Service", "prêt, commit d628420b9e85e2e402684b177bd7420d6187ba29"],
  [
    "ALERTE",
    "Machine",
    `charge 9.1 pour 2 processeurs (5 min) ; ${"un mot de plus ".repeat(20)}; /mnt/${"x".repeat(90)}`,
  ],
];
const text = (table: string) => table.replaceAll(/[^\p{L}\p{N}/.]/gu, "");
const letters = (of: string) => [...of].sort().join("");

test("a table is as wide as its terminal at most, and says all of its words", () => {
  for (let columns = 60; columns <= 240; columns++) {
    const table = tableText(ROWS, ["état", "quoi", "constat"], columns);
    assert.ok(table.split("\n").every((line) => line.length <= columns), `${columns}\n${table}`);
    assert.equal(letters(text(table)), letters(text(["étatquoiconstat", ...ROWS.flat()].join(""))), table);
  }
});

test("where no terminal reads it, a row of a table is a line, no longer than what it says", () => {
  const lines = tableText(ROWS, [], Infinity).split("\n");
  assert.equal(lines.length, ROWS.length);
  for (const [rank, line] of lines.entries()) {
    assert.ok(line.endsWith(ROWS[rank]!.at(-1)!.trimEnd()));
    assert.equal(letters(text(line)), letters(text(ROWS[rank]!.join(""))));
  }
});
