import { stringify } from "csv-stringify/sync";

/** A page of a list. */
export interface Page {
  data: Record<string, unknown>[];
  next_cursor: string | null;
}

/** How Excel opens it with a double click where French is spoken; no cell is one it would take for a formula. */
const COMME_EXCEL = {
  bom: true,
  delimiter: ";",
  record_delimiter: "windows",
  // Left alone, a line break in a note would begin a row of the file, and what follows it a cell of its own.
  quote_record_delimiter: true,
  escape_formulas: true,
  cast: {
    number: (value: number) => String(value).replace(".", ","),
    boolean: (value: boolean) => value ? "oui" : "non",
  },
} as const;

/**
 * Rows as a file that Excel opens with a double click where French is spoken: semicolons, decimal commas, a byte order
 * mark, and no cell it would take for a formula (one that begins with = + - @ gets an apostrophe in front). JSON stays JSON.
 */
export const enCsv = (rows: Page["data"], columns: string[]): string =>
  stringify(rows, { ...COMME_EXCEL, header: true, columns });

/** The same of lines of any length, without a head of columns; `bom` for the first of a file that is written in pieces. */
export const enLignesCsv = (lignes: unknown[][], bom = true): string =>
  stringify(lignes, { ...COMME_EXCEL, bom });
