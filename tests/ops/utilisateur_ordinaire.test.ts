// The README's commands for somebody who is not root, in a folder whose path has a space. Where root runs the tests,
// that somebody is the user who owns nothing.
import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "../../ops/commun/process.ts";
import { readSettings } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";
import { command, copyTree, type Identite, newEnvironment, startPile } from "../support/pile.ts";

async function ordinaire(): Promise<Identite> {
  if (Deno.uid() !== 0) return {};
  const id = async (flag: string) => {
    const { stdout } = await new Deno.Command("id", { args: [flag, "nobody"] }).output();
    return Number(new TextDecoder().decode(stdout));
  };
  return { uid: await id("-u"), gid: await id("-g") };
}

test("whoever is not root, on a path with a space, starts it, runs its day and proves a backup", async (t) => {
  const qui = await ordinaire();
  const arbre = await copyTree("monaluxe un dépôt ");
  const { API_PORT, DB_PORT, DATA_DIR } = await newEnvironment();
  await Deno.remove(DATA_DIR, { recursive: true });
  const env = {
    API_PORT,
    DB_PORT,
    HOME: arbre,
    TMPDIR: arbre,
    BACKUP_DIR: join(arbre, "sauvegardes"),
    OUTILS_DIR: Deno.env.get("OUTILS_DIR") || join(readSettings().dataDir, "outils"),
  };
  if (qui.uid) await new Deno.Command("chown", { args: ["-R", `${qui.uid}:${qui.gid}`, arbre] }).output();

  // Shared with the other tests, who may write there.
  const outils = await command(["ops/ops.ts", "outils"], { OUTILS_DIR: env.OUTILS_DIR });
  assert.equal(outils.code, 0, outils.stdout + outils.stderr);
  const pile = startPile(env, arbre, qui);
  try {
    await pile.ready;
    const faire = async (...args: string[]) => {
      const { code, stdout, stderr } = await command(args, env, arbre, qui);
      assert.equal(code, 0, stdout + stderr);
      return stdout;
    };
    await t.step("demo", async () => {
      await faire("supabase/seeds/parcours/parcours.ts");
    });
    await t.step("db:backup, and db:backup:verify, which starts a server of its own", async () => {
      const dit = await faire("ops/ops.ts", "db:backup", "--env", "local", "--description", "essai");
      // As it is pasted: a shell reads the path, space included.
      const [, suite] = dit.match(/npm run ops -- (.+)/)!;
      const { code, stdout, stderr } = await run("sh", ["-c", `printf '%s\\n' ${suite}`]);
      assert.equal(code, 0, stderr);
      await faire("ops/ops.ts", ...stdout.trim().split("\n"));
    });
    assert.equal(await pile.end("SIGINT"), 0);
    await t.step("everything it wrote is theirs, and nobody else reads the keys", async () => {
      const { mode, uid } = await Deno.stat(join(arbre, ".local/keys.json"));
      assert.deepEqual([mode! & 0o077, uid], [0, qui.uid ?? Deno.uid()]);
    });
  } finally {
    await pile.end("SIGKILL").catch(() => {});
    await Deno.remove(arbre, { recursive: true });
  }
});
