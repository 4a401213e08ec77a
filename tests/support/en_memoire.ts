// Where a run puts its data: it is written to be thrown away, and a disk would be given thousands of files to forget.
import { statfsSync } from "node:fs";

const MEMORY = "/dev/shm";
const GIB = 2 ** 30;
/** What a whole run holds at its fullest, twice. */
const ROOM = 6 * GIB;

/** Linux's folder in memory, where there is room for a run in it and beside it; undefined elsewhere. */
export function folderInMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM && Deno.systemMemoryInfo().available >= 2 * ROOM ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}
