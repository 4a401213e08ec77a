import assert from "node:assert/strict";
import { loadModule, parseSync } from "libpg-query";
import { COLUMNS, formatSql, inColumns } from "../../developpement/sql_columns.ts";
import { test } from "../support/monde.ts";

const MOTS = "ce qui entre dans la citerne, l''heure, le poids et la densité ".repeat(6).trim();
const LONGUES = {
  "a comment on an object": `comment on function private.jours_citerne(p_citerne_id uuid) is '${MOTS}';`,
  "a literal in pieces, one of which has grown": `select\n  '${MOTS} '\n  'et la suite, d''une ligne.';`,
  "a commented paragraph": `-- ${MOTS}\n-- and what follows it.\nselect 1;`,
  "a comment after code": `select 1; -- ${MOTS}`,
  "a condition": `select 1 where ${
    Array.from({ length: 12 }, (_, rang) => `colonne_${rang} > ${rang}`).join(" and ")
  };`,
  "the arguments of a call": `select fonction(${
    Array.from({ length: 9 }, (_, rang) => `argument(${rang}, 'mot ${rang}')`).join(", ")
  });`,
  "a body": `do $$ begin perform fonction('${MOTS}', ${
    Array.from({ length: 9 }, (_, rang) => `valeur_${rang}`).join(", ")
  }); end $$;`,
};
for (const [quoi, texte] of Object.entries(LONGUES)) {
  test(`SQL in ${COLUMNS} columns: ${quoi} is cut between words, and a second time changes nothing`, async () => {
    const coupe = await formatSql(texte);
    assert.ok(coupe.split("\n").every((ligne) => [...ligne].length <= COLUMNS), coupe);
    assert.equal(inColumns(coupe), coupe);
    const mots = (sql: string) => sql.replaceAll(/'\n\s*'|^ *-- |\s/gm, "");
    if (!texte.includes("--")) assert.equal(mots(coupe), mots(texte));
  });
}

test("SQL in columns: what a piece of a literal has no room for goes to the next, and leaves no word alone on a line", async () => {
  const coupe = await formatSql(LONGUES["a literal in pieces, one of which has grown"]);
  const lignes = coupe.split("\n").slice(1, -1);
  assert.ok(lignes.every((ligne) => ligne.length > COLUMNS / 2), lignes.join("\n"));
});

test("SQL in columns: the words of a literal are PostgreSQL's, to the blank", async () => {
  await loadModule();
  const comment = (sql: string) => parseSync(sql).stmts[0].stmt.CommentStmt.comment;
  const texte = LONGUES["a comment on an object"];
  assert.equal(comment(await formatSql(texte)), comment(texte));
});

test("SQL in columns: lines that fit, and literals and comments of several lines, stay as somebody laid them out", async () => {
  for (
    const texte of [
      "select  1,   2\n  from a;",
      `select '${MOTS}\n  fin';`,
      `/* ${MOTS}\n${MOTS} */ select 1;`,
    ]
  ) assert.equal(await formatSql(texte), texte);
});
