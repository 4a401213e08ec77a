import Table from "cli-table3";
import { execution, print } from "./execution.ts";

/** Of a terminal; a log, or another program, has each row on one line, however long. */
const terminalWidth = () => execution().terminal() ? Deno.consoleSize().columns : Infinity;
/** A column is never made narrower: its words would be in pieces. */
const NARROWEST = 20;
/** A blank at each side of a cell, and the lines between cells. */
const PADDING = 2;

/** How wide each column is, for all of them to fit: the widest gives way. */
function widths(rows: string[][], columns: number): number[] {
  const natural = rows[0]!.map((_, i) =>
    PADDING + Math.max(...rows.flatMap((row) => row[i]!.split("\n").map((line) => line.length)))
  );
  const others = natural.reduce((sum, width) => sum + width + 1, 1) - Math.max(...natural);
  const widest = natural.indexOf(Math.max(...natural));
  return natural.with(widest, Math.min(natural[widest]!, Math.max(NARROWEST, columns - others)));
}

/** Where no terminal reads it: aligned, without a frame; its last column, where sentences stand, fills no line with blanks. */
function listText(rows: string[][]): string {
  const cells = rows.map((row) => row.map((cell) => cell.split("\n")));
  const wide = rows[0]?.map((_, i) =>
    Math.max(...cells.flatMap((row) => row[i]!.map((line) => line.length)))
  );
  return cells.flatMap((row) =>
    Array.from(
      { length: Math.max(...row.map((lines) => lines.length)) },
      (_, n) =>
        `│ ${row.map((lines, i) => (lines[n] ?? "").padEnd(i < row.length - 1 ? wide![i]! : 0)).join(" │ ")}`
          .trimEnd(),
    )
  ).join("\n");
}

/** A plain table for a terminal or a log: no colours; what is wider than the terminal goes on below itself, whole. */
export function tableText(rows: string[][], head: string[] = [], columns = terminalWidth()): string {
  const all = head.length ? [head, ...rows] : rows;
  if (columns === Infinity) return listText(all);
  const colWidths = all.length ? widths(all, columns) : [];
  const longestWord = (i: number) =>
    Math.max(...all.flatMap((row) => row[i]!.split(/\s/).map((word) => word.length)));
  const table = new Table({
    head,
    colWidths,
    wordWrap: true,
    // A word that has no room, a path, is cut where the line ends; else the library would leave its end out.
    wrapOnWordBoundary: colWidths.every((width, i) => longestWord(i) <= width - PADDING),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}

export const printTable = (rows: string[][], head: string[] = []): void => print(tableText(rows, head));
