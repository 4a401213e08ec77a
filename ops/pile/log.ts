// Logs of the stack: lines appended to a file of its owner's, which turns over before it fills the disk.
const MAX_BYTES = 10 * 1024 * 1024;
const KEPT = 3;

/** file becomes file.1, file.1 file.2, and so on: the oldest goes. */
function rotate(file: string): void {
  for (let n = KEPT; n > 0; n--) {
    try {
      Deno.renameSync(n === 1 ? file : `${file}.${n - 1}`, `${file}.${n}`);
    } catch {
      // Not that many yet.
    }
  }
}

const appenders = new Map<string, (line: string) => void>();

/** Appends lines to a file, whoever of this process writes there. */
export function appendTo(file: string): (line: string) => void {
  const append = appenders.get(file) ?? appender(file, MAX_BYTES);
  appenders.set(file, append);
  return append;
}

/** A disk too full for the log must not stop what is being logged. */
export function appender(file: string, maxBytes: number): (line: string) => void {
  let size: number | undefined;
  const open = () => {
    const { size } = Deno.statSync(file);
    // One that was there before, readable by all.
    Deno.chmodSync(file, 0o600);
    return size;
  };
  return (line) => {
    try {
      const bytes = new TextEncoder().encode(`${line}\n`);
      if (size !== undefined && size + bytes.length > maxBytes) {
        rotate(file);
        size = undefined;
      }
      Deno.writeFileSync(file, bytes, { append: true, mode: 0o600 });
      size = size === undefined ? open() : size + bytes.length;
    } catch {
      // See above.
    }
  };
}
