// What a request is made of: values as a schema asks for them, and values that nobody should send.
import fc from "fast-check";
import { caractere } from "../../support/caracteres.ts";

// deno-lint-ignore no-explicit-any
export type Schema = any;

const UUID = "11111111-1111-1111-1111-111111111111";

const INJECTIONS = [
  "' or 1=1 --",
  "'; drop table public.log_actions; --",
  `"; select pg_sleep(10); --`,
  "1) union select null::text from auth.users --",
  "$$; set role postgres; $$",
  "%' and 1::text='1",
  "\\'; commit; --",
  "eq.1&select=*",
  "id=gt.0)&or=(true",
  "{1,2,NULL}",
  "../../ops/live",
  "..%2f..%2fetc%2fpasswd",
  "${7*7}",
  "<script>alert(1)</script>",
  '=HYPERLINK("http://exemple.test")',
];

const UNICODE = [
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff",
  "\ud83d",
  "é́̂̃",
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
  "\u202e\u2066trap\u2069",
  "‮abc",
  "\ufeff",
  "\uffff",
  "ﷺ",
  "𐍈".repeat(50),
  "ı̇İ",
  "\u2028\u2029",
];

const NOMBRES = [
  ...[0, -0, 1, -1, 0.1, 1e-300, -1e-300, 5e-324, 1e15, 1e21, 1e308, -1e308],
  ...[2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 999_999_999.9999],
];

/** Strings nobody should send. */
export const texteHostile = fc.oneof(
  fc.constantFrom(...INJECTIONS),
  fc.constantFrom(...UNICODE),
  fc.string({ unit: caractere, maxLength: 40 }),
  fc.constantFrom("", " ", "\t\n", "null", "undefined", "NaN", "Infinity", "true", "1e400", "0x10", "١٢٣"),
  fc.constantFrom(
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "-infinity",
    "now",
    "2026-13-01T00:00:00Z",
    "+275760-09-13",
  ),
  fc.constantFrom(
    UUID.toUpperCase(),
    `{${UUID}}`,
    UUID.replaceAll("-", ""),
    `${UUID} `,
    "00000000-0000-0000-0000-000000000000",
  ),
  fc.constantFrom(2_001, 70_000).map((length) => "x".repeat(length)),
);

const profond = (depth: number, list: boolean) =>
  list ? `${"[".repeat(depth)}${"]".repeat(depth)}` : `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** JSON text of anything, right type or wrong; some of it no JSON at all. */
export const jsonHostile: fc.Arbitrary<string> = fc.oneof(
  texteHostile.map((text) => JSON.stringify(text)),
  fc.constantFrom(...NOMBRES).map(String),
  fc.constantFrom(
    "1e400",
    "-1e400",
    "1e-400",
    `1${"0".repeat(400)}`,
    `0.${"0".repeat(300)}1`,
    "NaN",
    "Infinity",
    "01",
    "0x1",
  ),
  fc.constantFrom(
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[null]",
    '{"": ""}',
    '{"__proto__": {"role": "admin"}}',
    '{"then": 1}',
  ),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
  fc.record({ depth: fc.constantFrom(50, 1_000, 20_000), list: fc.boolean() }).map(({ depth, list }) =>
    profond(depth, list)
  ),
  fc.constantFrom("1", '"x"', "{}", `"${UUID}"`, "null").map((one) => `[${Array(10_000).fill(one).join()}]`),
);

/** Ids of rows that exist, by the field that names one. */
export type Ids = Record<string, string[]>;

/** JSON text of what a schema describes; most ids are those of rows that exist. */
export function selon(schema: Schema, racine: Schema, ids: Ids, nom = ""): fc.Arbitrary<string> {
  if (schema.$ref) {
    const cible = schema.$ref.slice(2).split("/").reduce((at: Schema, part: string) => at[part], racine);
    return selon(cible, racine, ids, nom);
  }
  const choix = schema.anyOf ?? schema.oneOf;
  if (choix) return fc.oneof(...(choix as Schema[]).map((one) => selon(one, racine, ids, nom)));
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
  if (schema.enum) return fc.constantFrom(...schema.enum.map((one: unknown) => JSON.stringify(one)));
  switch (schema.type) {
    case "null":
      return fc.constant("null");
    case "boolean":
      return fc.boolean().map(String);
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? -100, -1e9),
        max: Math.min(schema.maximum ?? 1000, 1e9),
      }).map(String);
    case "number":
      return fc.oneof(
        fc.integer({ min: 1, max: 3_000 }).map(String),
        fc.constantFrom("15", "20.5", "837", "0", "-5", "1e11"),
      );
    case "array":
      return fc.array(selon(schema.items, racine, ids, nom), { maxLength: Math.min(schema.maxItems ?? 3, 3) })
        .map((items) => `[${items.join()}]`);
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries<Schema>(schema.properties ?? {}).map((
            [key, one],
          ) => [key, selon(one, racine, ids, key)]),
        ),
        { requiredKeys: schema.required ?? [] },
      ).map((fields) => objet(Object.entries(fields)));
    case "string":
      return chaine(schema, ids[nom] ?? Object.values(ids).flat()).map((text) => JSON.stringify(text));
    default:
      return fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));
  }
}

/** JSON text of an object; a field may come twice. */
export const objet = (fields: [string, string | undefined][]) =>
  `{${
    fields.filter(([, text]) => text !== undefined).map(([key, text]) => `${JSON.stringify(key)}:${text}`)
      .join()
  }}`;

function chaine(schema: Schema, ids: string[]): fc.Arbitrary<string> {
  if (schema.format === "uuid") {
    return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() });
  }
  if (schema.format === "date") {
    return fc.constantFrom("2026-01-31", "2026-11-20", "2020-01-01", "2030-01-01");
  }
  if (schema.format === "date-time") {
    return fc.constantFrom("2026-11-20T08:00:00Z", "2026-01-31T23:59:59.999+02:00");
  }
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  return fc.constantFrom("un texte", "Réserve à jour du dépôt", "x", "KIN-1234");
}
