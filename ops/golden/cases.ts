import { parse } from "csv-parse/sync";
import { z } from "zod";

const number = z.string().trim().regex(/^-?\d+([.,]\d+)?$/, "un nombre est attendu").transform((text) =>
  Number(text.replace(",", "."))
);
const optionalNumber = z.union([z.literal("").transform(() => null), number]).optional().transform((value) =>
  value ?? null
);
const text = z.string().trim().min(1, "champ obligatoire");
const optionalText = z.string().trim().optional().transform((value) => value || null);

/** One line of the file: the columns of public.golden_cases, by name. Litres, °C, kg/m³. */
const Case = z.strictObject({
  source: text,
  reference: text,
  date_mesure: z.union([z.literal(""), z.iso.date("une date AAAA-MM-JJ est attendue")]).optional()
    .transform((value) => value || null),
  produit_code: text,
  groupe_mpms: z.enum(["A", "B", "D"], "A, B ou D est attendu").default("B"),
  volume_observe_l: number,
  temperature_echantillon_c: number,
  temperature_produit_c: number,
  densite_observee_kgm3: number,
  densite_15c_attendue_kgm3: optionalNumber,
  vcf_attendu: optionalNumber,
  volume_15c_attendu_l: number,
  note: optionalText,
});

export type GoldenCase = z.output<typeof Case>;

export interface LineError {
  line: number;
  message: string;
}

/** Reads a CSV of cases, separated by commas or by semicolons (then with decimal commas, as a French Excel writes). */
export function readCases(
  csv: string,
): { cases: { line: number; values: GoldenCase }[]; errors: LineError[] } {
  const delimiter = (csv.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(csv, {
      columns: true,
      delimiter,
      bom: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    return { cases: [], errors: [{ line: lines ?? 1, message }] };
  }
  const cases: { line: number; values: GoldenCase }[] = [];
  const errors: LineError[] = [];
  for (const { record, info } of records) {
    const { success, data, error } = Case.safeParse(record);
    if (success) cases.push({ line: info.lines, values: data });
    else {
      for (const issue of error.issues) {
        const column = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : issue.path.join(".");
        const message = issue.code === "unrecognized_keys"
          ? "colonne inconnue"
          : issue.code === "invalid_type"
          ? "champ obligatoire"
          : issue.message;
        errors.push({ line: info.lines, message: `${column} : ${message}` });
      }
    }
  }
  return { cases, errors };
}
