// What people wrote, in a file that a spreadsheet opens: it stays in its cell, and is text there.
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { enCsv } from "../../supabase/functions/_shared/csv.ts";
import { caractere } from "../support/caracteres.ts";

const texte = fc.string({ unit: fc.oneof(caractere, fc.constantFrom(..."\n\r\t;,\"'=+-@ ")), maxLength: 8 });

Deno.test("whatever a text holds it is one cell of one row, and none that a spreadsheet would take for a formula", () => {
  fc.assert(fc.property(texte, texte, (a, b) => {
    const lues: string[][] = parse(enCsv([{ a, b, c: "fin" }], ["a", "b", "c"]), {
      bom: true,
      delimiter: ";",
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
    });
    assert.equal(lues.length, 2);
    assert.equal(lues[1]!.length, 3);
    assert.deepEqual(lues.flat().filter((cellule) => /^[=+\-@\t\r]/.test(cellule)), []);
    for (const [dit, lu] of [[a, lues[1]![0]], [b, lues[1]![1]]]) assert.ok(lu === dit || lu === `'${dit}`);
  }));
});
