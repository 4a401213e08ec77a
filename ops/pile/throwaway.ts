import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeIfThere } from "../commun/files.ts";
import { clearLeftover } from "./leftover.ts";

const PREFIX = "monaluxe-";
/** Held for as long as the process lives that made the folder: the kernel gives it back however that ends. */
const HELD = "en_cours";
/** A folder just made may not be held yet. */
const NEW_MS = 60_000;

/** Below those that a system gives to who calls out: else one of these calls takes a port between its choice and its use. */
const PORTS = { first: 15_000, count: 15_000 };

/** A port of 127.0.0.1 that nothing listens on. */
export function freePort(): number {
  const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return port;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return freePort();
  }
}

/** Whether nobody holds this folder any more. */
async function abandoned(dir: string): Promise<boolean> {
  try {
    const { mtime, uid } = await Deno.stat(join(dir, HELD));
    if (uid !== Deno.uid() || Date.now() - (mtime?.getTime() ?? 0) < NEW_MS) return false;
    using held = await Deno.open(join(dir, HELD), { write: true });
    return await held.tryLock(true);
  } catch {
    return false;
  }
}

/** Stops the servers and removes the folders of processes that were killed: they may hold PROD's rows in clear. */
export async function clearAbandoned({ simulate = false } = {}): Promise<string[]> {
  const cleared: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(tmpdir())) {
    const dir = join(tmpdir(), name);
    if (!isDirectory || !name.startsWith(PREFIX) || !await abandoned(dir)) continue;
    cleared.push(name);
    if (simulate) continue;
    await clearLeftover(join(dir, "postgres"));
    // Another start may be clearing it at the same moment.
    await removeIfThere(dir);
  }
  return cleared;
}

/** A data folder to throw away. As root the server runs as another user, who may pass through but not look around. */
export async function temporaryDataDir(prefix: string): Promise<string> {
  await clearAbandoned();
  const dataDir = await Deno.makeTempDir({ dir: tmpdir(), prefix });
  const held = await Deno.open(join(dataDir, HELD), { createNew: true, write: true, mode: 0o600 });
  await held.lock(true);
  if (Deno.uid() === 0) await Deno.chmod(dataDir, 0o711);
  return dataDir;
}
