// npm run verrou: writes supabase/functions.lock, what Deno resolves for the functions down to the last package.
import { join } from "node:path";
import { readScript } from "../ops/pile/script.ts";
import { FUNCTIONS_DIR, ROOT } from "../ops/commun/settings.ts";

/** Beside the functions and not among them: the hosted bundler reads a lock it finds there, and refuses this version. */
const FUNCTIONS_LOCK = join(ROOT, "supabase/functions.lock");

if (import.meta.main) {
  await readScript("verrou", "Écrit functions.lock : ce que Deno résout pour les fonctions.");
  const copy = await Deno.makeTempDir();
  try {
    // Away from this tree, whose own settings say that npm's lock is the one that counts.
    await new Deno.Command("cp", { args: ["-r", `${FUNCTIONS_DIR}/.`, copy] }).output();
    const entries = [...Deno.readDirSync(FUNCTIONS_DIR)]
      .filter(({ name, isDirectory }) => isDirectory && !name.startsWith("_"))
      .map(({ name }) => `${name}/index.ts`);
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: ["install", "--entrypoint", "--lock=functions.lock", "--frozen=false", ...entries.sort()],
      cwd: copy,
    }).spawn().status;
    if (code) Deno.exit(code);
    await Deno.copyFile(join(copy, "functions.lock"), FUNCTIONS_LOCK);
    console.log(`Écrit : ${FUNCTIONS_LOCK}`);
  } finally {
    await Deno.remove(copy, { recursive: true });
  }
}
