// A command, run in the process of who asks.
import { type Execution, within } from "../../ops/commun/execution.ts";
import type { Ended } from "../../ops/commun/process.ts";

/** Runs in this process what would else have one of its own, with these variables over the process's. */
export async function runWithin(
  variables: Record<string, string>,
  run: () => Promise<number>,
): Promise<Ended> {
  const all = { ...Deno.env.toObject(), ...variables };
  const said = { stdout: "", stderr: "" };
  const opened: NonNullable<Execution["opened"]> = [];
  const code = await within.run({
    variable: (name) => all[name],
    variables: () => ({ ...all }),
    print: (line) => void (said.stdout += `${line}\n`),
    printError: (line) => void (said.stderr += `${line}\n`),
    terminal: () => false,
    opened,
    code: 0,
  }, run);
  await Promise.all(opened.map((connection) => connection.end({ timeout: 0 })));
  return { code, ...said };
}
