import { ROOT } from "./settings.ts";

/** Runs git in this tree; undefined where there is no git, no repository, or it says no. */
export function git(args: string[], cwd = ROOT): string | undefined {
  try {
    const { success, stdout } = new Deno.Command("git", { args, cwd, stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined;
  }
}

/** Commit of this tree, followed by `-dirty` where files differ from it; undefined outside a repository. */
export const commitDeLArbre = (): string | undefined =>
  git(["describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"]);

/** Full name of a commit of this repository; undefined for none. */
export const commitDe = (nom: string): string | undefined =>
  git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${nom}^{commit}`]);
