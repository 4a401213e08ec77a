// npm run fmt [-- --check]: TypeScript and the rest as deno fmt does it, then the SQL in its columns.
import { join, relative } from "node:path";
import { readScript } from "../ops/pile/script.ts";
import { ROOT } from "../ops/commun/settings.ts";
import { formatSql } from "./sql_columns.ts";

const FOLDERS = ["supabase/schemas", "supabase/seeds", "supabase/tests", "ops", "interventions"];
/** Written by a command from something else. */
const GENERATED = "supabase/tests/800_matrice.test.sql";

/** The SQL that people write; a migration that has landed is never touched again. */
async function* sqlFiles(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* sqlFiles(path);
    else if (name.endsWith(".sql") && relative(ROOT, path) !== GENERATED) yield path;
  }
}

const { options } = await readScript(
  "fmt",
  "Met en forme TypeScript, pages et SQL.",
  (program) => program.option("--check", "dit ce qui ne l'est pas, sans rien écrire"),
);
const check = options.check === true;
const { success } = await new Deno.Command(Deno.execPath(), {
  args: ["fmt", "--quiet", ...(check ? ["--check"] : [])],
  cwd: ROOT,
  stdout: "inherit",
  stderr: "inherit",
}).output();

let sound = success;
const refuse = (file: string, why: string) => {
  sound = false;
  console.error(`${relative(ROOT, file)}: ${why}`);
};
for (const folder of FOLDERS) {
  for await (const file of sqlFiles(join(ROOT, folder))) {
    const text = await Deno.readTextFile(file);
    try {
      const formatted = await formatSql(text);
      if (formatted === text) continue;
      if (!check) await Deno.writeTextFile(file, formatted);
      else refuse(file, "not formatted (npm run fmt)");
    } catch (error) {
      refuse(file, error instanceof Error ? error.message : String(error));
    }
  }
}
Deno.exit(sound ? 0 : 1);
