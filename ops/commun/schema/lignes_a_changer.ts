// The rows that are part of the schema: what must be written so that a database has those that schemas/donnees declares.
import { join } from "node:path";
import { connect, type Sql } from "../connection.ts";
import { ROOT } from "../settings.ts";

const DONNEES = join(ROOT, "supabase/schemas/donnees");

/** Rows of a reference table, each as JSON; a table that is not there has none. */
async function lireLignes(sql: Sql, nom: string, sans: string[]): Promise<Set<string>> {
  const [{ connue }] = await sql<[{ connue: boolean }]>`select to_regclass(${nom}) is not null as connue`;
  if (!connue) return new Set();
  const lignes = await sql<{ ligne: Record<string, unknown> }[]>`
    select jsonb_strip_nulls(to_jsonb(t) - ${[...sans, "created_at", "updated_at"]}::text[]) as ligne from ${
    sql(nom)
  } t`;
  return new Set(lignes.map(({ ligne }) => JSON.stringify(ligne)));
}

/** Statements, after those of the schema. Of tables whose rows are all declared, the others go. */
export async function instructionsDesLignes(de: string, vers: string): Promise<string[]> {
  const [avant, apres] = [connect(de), connect(vers)];
  try {
    const tables = await apres<{ nom: string; cle: string[]; sans: string[]; propre: boolean }[]>`
      select nom, cle, sans, propre from private.referentiels()`;
    const fichiers = [...Deno.readDirSync(DONNEES)].map(({ name }) => name).sort();
    const ecrits = new Set<string>();
    const instructions: string[] = [];
    for (const { nom, cle, sans, propre } of tables) {
      const [la, ici] = [await lireLignes(avant, nom, sans), await lireLignes(apres, nom, sans)];
      if ([...ici].some((ligne) => !la.has(ligne))) {
        for (const fichier of fichiers) {
          const texte = await Deno.readTextFile(join(DONNEES, fichier));
          if (texte.includes(`insert into ${nom}`) && !ecrits.has(fichier)) {
            ecrits.add(fichier);
            instructions.push(texte.trim(), "");
          }
        }
      }
      if (propre) continue;
      const cleDe = (ligne: string) => cle.map((colonne) => JSON.parse(ligne)[colonne]).join(" ");
      const gardees = new Set([...ici].map(cleDe));
      for (const valeur of [...la].map(cleDe).filter((valeur) => !gardees.has(valeur))) {
        instructions.push(
          `delete from ${nom} where ${cle.join(" || ' ' || ")} = '${valeur.replaceAll("'", "''")}';`,
        );
      }
    }
    return instructions;
  } finally {
    await Promise.all([avant.end(), apres.end()]);
  }
}
