import Table from "cli-table3";
import { print } from "./execution.ts";

/** A plain table for a terminal or a log: no colours, one line a row. */
export function printTable(rows: string[][], head: string[] = []): void {
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  table.push(...rows);
  print(table.toString());
}
