import { createRequire } from "node:module";
import { join } from "node:path";
import { NATIF } from "./natif.ts";

/** Puts pgTAP's files, which its npm package carries as an archive, where the embedded server looks for extensions. */
export async function installPgtap(): Promise<void> {
  const archive = join(
    createRequire(import.meta.url).resolve("@electric-sql/pglite-pgtap"),
    "../pgtap.tar.gz",
  );
  const { success, stderr } = await new Deno.Command("tar", {
    args: [
      "-xzf",
      archive,
      "-C",
      join(NATIF, "share/postgresql"),
      "--strip-components=2",
      "share/postgresql/extension",
    ],
  }).output();
  if (!success) throw new Error(`pgTAP n'a pas pu être installé : ${new TextDecoder().decode(stderr)}`);
}
