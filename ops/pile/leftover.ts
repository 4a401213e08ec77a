// A server of ours that outlives whoever started it: how it is kept from that, and ended where it happened.
import { exiger } from "../commun/failure.ts";
import { run } from "../commun/process.ts";

/**
 * Ends the server on the folder $1, which is what its mark says where that process's command line holds $2; takes the mark away
 * where the number belongs to nobody, or to something else by now.
 */
const END = `
what=$2
runs() {
  case "$( (tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -p "$pid" -o args=) 2>/dev/null)" in
    *"$what"*) ;;
    *) return 1 ;;
  esac
}
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || exit 0
if runs; then
  kill -INT "$pid" || ! runs || exit 1
  while runs; do sleep 0.02; done
else
  rm -f "$1/postmaster.pid"
fi`;

/** A stack killed with -9 may leave its server running, which still holds the data: stopped before ours starts. */
export async function clearLeftover(dir: string): Promise<void> {
  const { code, stderr } = await run("sh", ["-c", END, "sh", dir, "postgres"]);
  exiger(
    code === 0,
    `Un serveur PostgreSQL tient encore ${dir}, et ne se laisse pas arrêter : ${stderr.trim()}. Rien n'a été démarré. ` +
      "Arrêtez-le sous le compte qui l'a démarré, puis relancez.",
  );
}

/** Waits for its input to end, which it does with the process that holds the other end. */
const GUARD = `
trap '' INT TERM HUP
cat >/dev/null
${END}`;

/** The server on this folder ends with this process, even one killed with -9. Resolves what takes the guard away. */
export function endWithParent(dir: string): () => Promise<void> {
  const guard = new Deno.Command("sh", {
    args: ["-c", GUARD, "sh", dir, dir],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  guard.unref();
  return async () => {
    guard.ref();
    try {
      guard.kill("SIGKILL");
    } catch {
      // Already gone.
    }
    await guard.stdin.close().catch(() => {});
    await guard.status;
  };
}
