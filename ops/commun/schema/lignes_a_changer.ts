// The rows that are part of the schema: what must be written so that a database has those that schemas/donnees declares.
import { connect, type Sql } from "../connection.ts";
import { hasTable, isClosed, literal } from "../database.ts";
import { lireInsertions } from "./lignes.ts";

/** Rows of a reference table as JSON, by what each is called; a table that is not there has none. */
async function lireParCle(
  sql: Sql,
  nom: string,
  cle: string[],
  sans: string[],
): Promise<Map<string, string>> {
  if (!await hasTable(sql, nom)) return new Map();
  const lignes = await sql<{ ligne: Record<string, string | number> }[]>`
    select jsonb_strip_nulls(to_jsonb(t) - ${[...sans, "created_at", "updated_at"]}::text[]) as ligne from ${
    sql(nom)
  } t`;
  return new Map(lignes.map(({ ligne }) => [
    JSON.stringify(cle.map((colonne) => String(ligne[colonne]))),
    JSON.stringify(ligne),
  ]));
}

/** Of each insertion that has some of these rows: those alone, as the tree writes them. */
async function ecrire(nom: string, cle: string[], changees: Set<string>): Promise<string[]> {
  if (!changees.size) return [];
  return (await lireInsertions(nom)).flatMap(({ avant, apres, lignes }) => {
    const siennes = lignes.filter(({ valeur }) =>
      changees.has(JSON.stringify(cle.map((colonne) => String(valeur(colonne)))))
    );
    if (!siennes.length) return [];
    return [`${avant}\n  ${siennes.map(({ texte }) => texte).join(",\n  ")}${apres};`.trim(), ""];
  });
}

/** Statements, after those of the schema: what differs and no more. Of tables whose rows are all declared, the others go. */
export async function instructionsDesLignes(de: string, vers: string): Promise<string[]> {
  const [avant, apres] = [connect(de), connect(vers)];
  try {
    const tables = await apres<{ nom: string; cle: string[]; sans: string[]; propre: boolean }[]>`
      select nom, cle, sans, propre from private.referentiels()`;
    const instructions: string[] = [];
    for (const { nom, cle, sans, propre } of tables) {
      // Rows that come from head office come from there.
      if (await isClosed(avant, nom)) continue;
      const [la, ici] = [await lireParCle(avant, nom, cle, sans), await lireParCle(apres, nom, cle, sans)];
      const changees = [...ici].filter(([clef, ligne]) => la.get(clef) !== ligne).map(([clef]) => clef);
      instructions.push(...await ecrire(nom, cle, new Set(changees)));
      if (propre) continue;
      for (const clef of [...la.keys()].filter((clef) => !ici.has(clef))) {
        const valeurs = (JSON.parse(clef) as string[]).map(literal);
        instructions.push(`delete from ${nom} where (${cle.join(", ")}) = (${valeurs.join(", ")});`);
      }
    }
    return instructions;
  } finally {
    await Promise.all([avant.end(), apres.end()]);
  }
}
