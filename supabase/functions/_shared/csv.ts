import { stringify } from "csv-stringify/sync";

/** A page of a list. */
export interface Page {
  data: Record<string, unknown>[];
  next_cursor: string | null;
}

/**
 * Rows as a file that Excel opens with a double click where French is spoken: semicolons, decimal commas, a byte order
 * mark, and no cell it would take for a formula (one that begins with = + - @ gets an apostrophe in front). JSON stays JSON.
 */
export function enCsv(rows: Page["data"], columns: string[]): string {
  return stringify(rows, {
    header: true,
    bom: true,
    delimiter: ";",
    record_delimiter: "windows",
    escape_formulas: true,
    cast: {
      number: (value) => String(value).replace(".", ","),
      boolean: (value) => value ? "oui" : "non",
    },
    columns,
  });
}
