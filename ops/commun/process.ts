/** How a program ended, and what it said. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; throws where there is none of that name. */
export async function run(
  command: string,
  args: string[],
  options: Omit<Deno.CommandOptions, "args"> = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(command, { stdin: "null", ...options, args })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const WITH_PARENT =
  'exec 3<&0 </dev/null; ( { read -r _ <&3 || kill $$; } >/dev/null 2>&1 & ); exec "$@" 3<&-';

/**
 * The words that end a program with whoever started it, killed with -9 among others: that one holds the other end of its
 * standard input, and says a line there once the program has ended (`hasEnded`). Left alone, it would go on where the next run
 * begins.
 */
export const withParent = (words: string[]): [string, string[]] => [
  "/bin/sh",
  ["-c", WITH_PARENT, "sh", ...words],
];

/** Told to what waits for the end of this process: there is nothing left to end. */
export const hasEnded = (child: Deno.ChildProcess): Promise<void> =>
  new Blob(["\n"]).stream().pipeTo(child.stdin).catch(() => {});

/** Runs a program that changes something elsewhere to its end, which is this process's too. */
export async function runWithParent(
  command: string,
  args: string[],
  options: Omit<Deno.CommandOptions, "args" | "stdin"> = {},
): Promise<Ended> {
  const [shell, words] = withParent([command, ...args]);
  const child = new Deno.Command(shell, {
    ...options,
    args: words,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  })
    .spawn();
  const [stdout, stderr, { code }] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.status,
  ]);
  await hasEnded(child);
  return { code, stdout, stderr };
}
