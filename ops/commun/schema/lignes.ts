// The rows that supabase/schemas declares for a table: what is made from a list needs no database to read it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadModule, parseSync } from "libpg-query";
import { ROOT } from "../settings.ts";

const SCHEMAS = join(ROOT, "supabase/schemas");

/** Every file of the schema, as its text. */
export async function lireChapitres(): Promise<{ fichier: string; texte: string }[]> {
  const noms = (await readdir(SCHEMAS, { recursive: true })).filter((nom) => nom.endsWith(".sql")).sort();
  return await Promise.all(
    noms.map(async (fichier) => ({ fichier, texte: await readFile(join(SCHEMAS, fichier), "utf8") })),
  );
}

interface Constante {
  A_Const?: {
    isnull?: boolean;
    sval?: { sval?: string };
    boolval?: { boolval?: boolean };
    ival?: { ival?: number };
  };
}
interface Insertion {
  relation: { schemaname?: string; relname: string };
  cols: { ResTarget: { name: string } }[];
  selectStmt: { SelectStmt: { valuesLists?: { List: { items: Constante[] } }[] } };
}
export type Ligne = Record<string, string | number | boolean | null>;

function lireConstante(table: string, { A_Const: constante }: Constante): Ligne[string] {
  if (!constante) throw new Error(`${table} : une ligne du schéma a une valeur qui se calcule`);
  if (constante.isnull) return null;
  if (constante.sval) return constante.sval.sval ?? "";
  if (constante.boolval) return constante.boolval.boolval ?? false;
  return constante.ival?.ival ?? 0;
}

/** The rows that `insert into <table> (…) values …` writes, in the order of the schema; none at all is an error. */
export async function lireLignes(table: string): Promise<Ligne[]> {
  await loadModule();
  const lignes: Ligne[] = [];
  for (const { fichier, texte } of await lireChapitres()) {
    if (!texte.includes(`insert into ${table} `)) continue;
    for (const { stmt } of parseSync(texte).stmts as { stmt: { InsertStmt?: Insertion } }[]) {
      const insertion = stmt.InsertStmt;
      if (!insertion || `${insertion.relation.schemaname}.${insertion.relation.relname}` !== table) continue;
      const colonnes = insertion.cols.map(({ ResTarget }) => ResTarget.name);
      for (const { List } of insertion.selectStmt.SelectStmt.valuesLists ?? []) {
        if (List.items.length !== colonnes.length) {
          const clef = lireConstante(table, List.items[0]!);
          throw new Error(
            `supabase/schemas/${fichier} : la ligne « ${clef} » de ${table} a ${List.items.length} valeurs ` +
              `pour ${colonnes.length} colonnes (${colonnes.join(", ")})`,
          );
        }
        lignes.push(
          Object.fromEntries(colonnes.map((nom, i) => [nom, lireConstante(table, List.items[i]!)])),
        );
      }
    }
  }
  if (!lignes.length) throw new Error(`supabase/schemas n'écrit aucune ligne dans ${table}`);
  return lignes;
}
