// A server of ours that outlives whoever started it: how it is kept from that, and found where it happened.
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../commun/process.ts";

const STOP_POLL_MS = 20;

/** Command line of a process, empty where there is none or it only waits to be forgotten. */
async function commandLine(pid: number): Promise<string> {
  try {
    return await Deno.readTextFile(`/proc/${pid}/cmdline`);
  } catch {
    if (Deno.build.os === "linux") return "";
    return (await run("ps", ["-p", String(pid), "-o", "args="])).stdout;
  }
}

const pidFile = (dir: string) => join(dir, "postmaster.pid");

async function serverPid(dir: string): Promise<number | undefined> {
  const text = await Deno.readTextFile(pidFile(dir)).catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return pid && (await commandLine(pid)).includes("postgres") ? pid : undefined;
}

export async function untilGone(dir: string, every: number): Promise<void> {
  while (await serverPid(dir)) await pause(every);
}

/**
 * A stack killed with -9 may leave its server running, which still holds the data: stop it before starting ours.
 * Or it leaves the server's mark with nobody behind it, where the number now belongs to something else: take it away.
 */
export async function clearLeftover(dir: string): Promise<void> {
  const pid = await serverPid(dir);
  if (pid) {
    process.kill(pid, "SIGINT");
    await untilGone(dir, STOP_POLL_MS);
  } else {
    await Deno.remove(pidFile(dir)).catch(() => {});
  }
}

/** Waits for its input to end, which it does with the process that holds the other end, then for the server it stops. */
const GUARD = `
trap '' INT TERM HUP
cat >/dev/null
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) || exit 0
case "$( (tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -p "$pid" -o args=) 2>/dev/null)" in
  *"$1"*) kill -INT "$pid" ;;
esac`;

/** The server on this folder ends with this process, even one killed with -9. Resolves what takes the guard away. */
export function endWithParent(dir: string): () => Promise<void> {
  const guard = new Deno.Command("sh", {
    args: ["-c", GUARD, "sh", dir],
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
