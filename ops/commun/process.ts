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
