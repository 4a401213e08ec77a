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

/** Run by a database that writes this table; one that receives it gets the rows with the others. */
const laOuElleSEcrit = (nom: string, instructions: string[]): string[] =>
  instructions.length
    ? [
      `do $lignes$\nbegin\n  if private.fermee('${nom}') then\n    return;\n  end if;`,
      ...instructions.filter((une) => une),
      "end;\n$lignes$;",
      "",
    ]
    : [];

/**
 * Statements, after those of the schema: what differs and no more. Of tables whose rows are all declared, the others go. Those
 * on tables that a network of depots receives ask first whether the database they run in writes them.
 */
export async function instructionsDesLignes(
  de: string,
  vers: string,
  recues: string[] = [],
): Promise<string[]> {
  await using avant = connect(de);
  await using apres = connect(vers);
  const tables = await apres<{ nom: string; cle: string[]; sans: string[]; propre: boolean }[]>`
    select nom, cle, sans, propre from private.referentiels()`;
  const instructions: string[] = [];
  for (const { nom, cle, sans, propre } of tables) {
    // Rows that come from head office come from there.
    if (await isClosed(avant, nom)) continue;
    const [la, ici] = [await lireParCle(avant, nom, cle, sans), await lireParCle(apres, nom, cle, sans)];
    const changees = [...ici].filter(([clef, ligne]) => la.get(clef) !== ligne).map(([clef]) => clef);
    const siennes = await ecrire(nom, cle, new Set(changees));
    for (const clef of propre ? [] : [...la.keys()].filter((clef) => !ici.has(clef))) {
      const valeurs = (JSON.parse(clef) as string[]).map(literal);
      siennes.push(`delete from ${nom} where (${cle.join(", ")}) = (${valeurs.join(", ")});`);
    }
    instructions.push(...recues.includes(nom) ? laOuElleSEcrit(nom, siennes) : siennes);
  }
  return instructions;
}
