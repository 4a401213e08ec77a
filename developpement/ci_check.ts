// npm run ci:check: lint, types, every test, the first that fails ending it.
import { ROOT } from "../ops/commun/settings.ts";
import { readScript } from "../ops/pile/script.ts";

const { words } = await readScript(
  "ci:check",
  "lint, types, puis les tests (tous, ou ceux des dossiers et fichiers nommés)",
  (program) => program.argument("[tests...]", "dossiers ou fichiers de tests"),
);

for (const script of [["run", "-s", "lint"], ["run", "-s", "check"], ["test", "--", ...words]]) {
  const { code } = await new Deno.Command("npm", { args: script, cwd: ROOT }).spawn().status;
  if (code) Deno.exit(code);
}
