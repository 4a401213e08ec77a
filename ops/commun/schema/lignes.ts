// The rows that supabase/schemas declares for a table: what is made from a list needs no database to read it.
import { loadModule, parseSync } from "libpg-query";
import { lireChapitres } from "./declare.ts";

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

/** Literals, comments and parentheses, the rest left aside: what is needed to know where a row of values ends. */
const SIGNES = /'(?:[^']|'')*'|--[^\n]*|[()]/g;

/** Each row of « values (…), (…) » as it is written, with what stands before the first and behind the last. */
function decouper(instruction: string): { avant: string; lignes: string[]; apres: string } {
  const debut = instruction.search(/\bvalues\s*\(/i);
  const lignes: string[] = [];
  let [profondeur, depuis, fin] = [0, 0, debut];
  SIGNES.lastIndex = debut;
  for (let signe = SIGNES.exec(instruction); signe; signe = SIGNES.exec(instruction)) {
    // What comes next is no row: on conflict (…).
    if (profondeur === 0 && lignes.length && !/^[\s,]*(?:--|$)/.test(instruction.slice(fin, signe.index))) {
      break;
    }
    if (signe[0] === "(" && profondeur++ === 0) depuis = signe.index;
    if (signe[0] === ")" && --profondeur === 0) {
      fin = signe.index + 1;
      lignes.push(instruction.slice(depuis, fin));
    }
  }
  return {
    avant: instruction.slice(instruction.search(/^insert into/m), instruction.indexOf("(", debut)).trimEnd(),
    lignes,
    apres: instruction.slice(fin).trimEnd(),
  };
}

export interface LignesEcrites {
  fichier: string;
  /** Before its rows, and behind them: the insertion, and what it does with a row that is there. */
  avant: string;
  apres: string;
  lignes: { texte: string; valeur(colonne: string): Ligne[string]; colonnes: string[] }[];
}

/** The insertions of constants into a table, in the order of the schema, row by row. */
export async function lireInsertions(table: string): Promise<LignesEcrites[]> {
  await loadModule();
  const insertions: LignesEcrites[] = [];
  for (const { fichier, texte } of await lireChapitres()) {
    if (!texte.includes(`insert into ${table} `)) continue;
    const octets = new TextEncoder().encode(texte);
    const { stmts } = parseSync(texte) as {
      stmts: { stmt: { InsertStmt?: Insertion }; stmt_location?: number; stmt_len?: number }[];
    };
    for (const { stmt: { InsertStmt: insertion }, stmt_location = 0, stmt_len } of stmts) {
      if (!insertion || `${insertion.relation.schemaname}.${insertion.relation.relname}` !== table) continue;
      const listes = insertion.selectStmt.SelectStmt.valuesLists;
      if (!listes) continue;
      const colonnes = insertion.cols.map(({ ResTarget }) => ResTarget.name);
      const { avant, lignes, apres } = decouper(
        new TextDecoder().decode(octets.subarray(stmt_location, stmt_len && stmt_location + stmt_len)),
      );
      const ecrites = listes.map(({ List: { items } }, rang) => {
        if (items.length !== colonnes.length) {
          throw new Error(
            `supabase/schemas/${fichier} : la ligne « ${
              lireConstante(table, items[0]!)
            } » de ${table} a ${items.length} valeurs pour ${colonnes.length} colonnes (${
              colonnes.join(", ")
            })`,
          );
        }
        return {
          texte: lignes[rang]!,
          colonnes,
          valeur: (colonne: string) => lireConstante(table, items[colonnes.indexOf(colonne)]!),
        };
      });
      insertions.push({ fichier, avant, apres, lignes: ecrites });
    }
  }
  return insertions;
}

/** The rows that `insert into <table> (…) values …` writes; none at all is an error. */
export async function lireLignes(table: string): Promise<Ligne[]> {
  const lignes = (await lireInsertions(table)).flatMap(({ lignes }) => lignes).map(({ colonnes, valeur }) =>
    Object.fromEntries(colonnes.map((nom) => [nom, valeur(nom)]))
  );
  if (!lignes.length) throw new Error(`supabase/schemas n'écrit aucune ligne dans ${table}`);
  return lignes;
}
