/** Whether something of this name is there, that one may see. */
export const exists = (path: string): Promise<boolean> => Deno.stat(path).then(() => true, () => false);

/** Names of what is in a folder: none where it is not there. */
export const namesIn = (dir: string): Promise<string[]> =>
  Array.fromAsync(Deno.readDir(dir), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });

/** What is there goes, a folder whole; nothing there is as well. */
export async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/**
 * Writes beside and renames: nobody reads half of it, one that is killed leaves what was there, and a link that stands there is
 * replaced, not followed. `prepare` has it before it has its name.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, prepare }: { mode?: number; prepare?: (path: string) => Promise<void> } = {},
): Promise<void> {
  const beside = `${path}.new`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await removeIfThere(beside);
  try {
    await Deno.writeFile(beside, bytes, { mode, createNew: true });
    await prepare?.(beside);
    await Deno.rename(beside, path);
  } catch (error) {
    await removeIfThere(beside);
    throw error;
  }
}
