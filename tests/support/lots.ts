// What a run gives to Deno, an isolate each: long test files by themselves, the others in lots.
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../ops/commun/settings.ts";

/** A lot that takes as long as one of the long files. */
const FILES_OF_A_LOT = 10;

/** Test files of a folder and of those below, as paths from the root; a file is itself. */
async function testFiles(path: string): Promise<string[]> {
  if (path.endsWith(".ts")) return [path];
  const entries = await Array.fromAsync(Deno.readDir(join(ROOT, path)));
  const files = await Promise.all(
    entries.map(({ name, isDirectory }) =>
      isDirectory || name.endsWith(".test.ts") ? testFiles(join(path, name)) : []
    ),
  );
  return files.flat().sort();
}

/** Files that are asked for by a folder's name, in modules that import some each: what each needs is read once for them. */
async function writeLots(files: string[], jobs: number, folder: string): Promise<string[]> {
  const size = Math.min(FILES_OF_A_LOT, Math.ceil(files.length / jobs));
  const lots: string[] = [];
  for (let from = 0; from < files.length; from += size) {
    const lot = join(folder, `lot_${lots.length + 1}.test.ts`);
    const imports = files.slice(from, from + size).map((file) =>
      `import ${JSON.stringify(pathToFileURL(join(ROOT, file)).href)};\n`
    );
    await Deno.writeTextFile(lot, imports.join(""));
    lots.push(lot);
  }
  return lots;
}

/**
 * Modules that run the test files of these paths, in the order they are to begin in: those of `long`, those that are named
 * themselves, the lots, then those of `shorter`, which end a run evenly. Lots are written in `folder`.
 */
export async function modulesOf(
  paths: string[],
  { long, shorter, jobs, folder }: { long: string[]; shorter: string[]; jobs: number; folder: string },
): Promise<string[]> {
  const fromRoot = paths.map((path) => relative(ROOT, resolve(ROOT, path)));
  const files = [...new Set((await Promise.all(fromRoot.map(testFiles))).flat())];
  const asked = (file: string) => files.includes(file);
  const first = [...long.filter(asked), ...fromRoot.filter(asked)];
  const last = shorter.filter(asked);
  const others = files.filter((file) => !first.includes(file) && !last.includes(file));
  return [...new Set([...first, ...await writeLots(others, jobs, folder), ...last])];
}
