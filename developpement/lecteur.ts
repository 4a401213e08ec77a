// npm run lecteur: writes supabase/functions/pages/lecteur.json, the API's viewer as swagger-ui-dist ships it, packed. A
// hosted function has no other way to carry a file than as a module.
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { readScript } from "../ops/pile/script.ts";
import { FUNCTIONS_DIR, ROOT } from "../ops/commun/settings.ts";

export const LECTEUR_FILE = join(FUNCTIONS_DIR, "pages/lecteur.json");
const PAQUET = join(ROOT, "node_modules/swagger-ui-dist");

export const FICHIERS = { js: "swagger-ui-bundle.js", css: "swagger-ui.css" } as const;

/** A file of the package, without the line that sends a browser after its source map. */
export const lireFichier = async (nom: keyof typeof FICHIERS) =>
  (await Deno.readTextFile(join(PAQUET, FICHIERS[nom]))).replace(
    /\n?(\/\/|\/\*)# sourceMappingURL=.*\s*$/,
    "\n",
  );

export const lireVersion = async (): Promise<string> =>
  JSON.parse(await Deno.readTextFile(join(PAQUET, "package.json"))).version;

if (import.meta.main) {
  await readScript("lecteur", "Écrit lecteur.json : le lecteur de la description, de swagger-ui-dist.");
  const emballer = async (nom: keyof typeof FICHIERS) =>
    gzipSync(await lireFichier(nom), { level: constants.Z_BEST_COMPRESSION }).toString("base64");
  const lecteur = { version: await lireVersion(), js: await emballer("js"), css: await emballer("css") };
  await Deno.writeTextFile(LECTEUR_FILE, `${JSON.stringify(lecteur)}\n`);
  console.log(`écrit : ${LECTEUR_FILE}`);
}
