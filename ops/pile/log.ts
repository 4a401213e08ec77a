// Logs of the stack: what its processes say, line by line, appended to a file of its owner's, which turns over before it fills
// the disk.
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
  // Kept open: opening and closing it at each line would cost more than the line.
  let opened: { to: Deno.FsFile; size: number } | undefined;
  const open = () => {
    const to = Deno.openSync(file, { append: true, create: true, mode: 0o600 });
    // One that was there before, readable by all.
    Deno.chmodSync(file, 0o600);
    return { to, size: to.statSync().size };
  };
  return (line) => {
    try {
      const bytes = new TextEncoder().encode(`${line}\n`);
      opened ??= open();
      if (opened.size && opened.size + bytes.length > maxBytes) {
        opened.to.close();
        rotate(file);
        opened = open();
      }
      for (let written = 0; written < bytes.length;) written += opened.to.writeSync(bytes.subarray(written));
      opened.size += bytes.length;
    } catch {
      // See above.
    }
  };
}

/** As many lines at a time as have been said together: the text of one error is twenty. */
export async function eachLines(
  stream: ReadableStream<Uint8Array>,
  onLines: (lines: string[]) => void,
): Promise<void> {
  // Decoded here: a stream of text between would cost more than the lines.
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop()!;
    if (lines.length) onLines(lines);
  }
  if (rest) onLines([rest]);
}
