// A server of ours that outlives whoever started it: how it is kept from that, and ended where it happened.
import { exiger } from "../commun/failure.ts";
import { run } from "../commun/process.ts";

/** Beyond what any system numbers its processes by. */
const NOBODY = 99_999_999;

/**
 * Ends the server on the folder $1, which is what its mark says where that process's command line holds $2, then what a server
 * that was killed has left running there: a session at work goes on writing, which the next server must not meet. The mark
 * itself stays: it is how PostgreSQL knows of such a one by itself. Its number is made nobody's: something else may have it by
 * now, and would be taken for the server.
 */
const END = `
what=$2
mark=$1/postmaster.pid
runs() {
  case "$( (tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -p "$pid" -o args=) 2>/dev/null)" in
    *"$what"*) ;;
    *) return 1 ;;
  esac
}
orphans() {
  for one in /proc/[0-9]*; do
    [ "$one/cwd" -ef "$1" ] && [ "$(cat "$one/comm")" = postgres ] && echo "\${one#/proc/}"
  done 2>/dev/null
}
pid=$(head -n 1 "$mark" 2>/dev/null) || exit 0
if runs; then
  kill -INT "$pid" || ! runs || exit 1
  # One that was suspended hears it when it goes on.
  kill -CONT "$pid"
  while runs; do sleep 0.02; done
fi
left=$(orphans "$1")
if [ -n "$left" ]; then
  kill -KILL $left
  while [ -n "$(orphans "$1")" ]; do sleep 0.02; done
fi
if [ -f "$mark" ]; then
  cp -p "$mark" "$mark.new" && sed 1s/.*/${NOBODY}/ "$mark" >"$mark.new" && mv "$mark.new" "$mark"
fi
exit 0`;

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
