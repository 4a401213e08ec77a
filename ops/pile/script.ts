// A script of package.json that is one act: asked for help, or told a word it does not know, it ends before it has begun.
import type { Command } from "commander";

/** What it was told, beside its name: options by their names, arguments in order. */
interface Told {
  options: Record<string, unknown>;
  words: string[];
}

/**
 * Ends this process after its help (0) or a word that is not its own (2). Without a word nothing is loaded: npm start
 * waits.
 */
export async function readScript(
  name: string,
  says: string,
  declare: (program: Command) => Command = (program) => program,
): Promise<Told> {
  if (!Deno.args.length) return { options: {}, words: [] };
  const { newProgram, runProgram } = await import("../commun/command_line.ts");
  let told: Told | undefined;
  const program = declare(newProgram(`npm run ${name} --`).description(says).helpCommand(false))
    .action(() => {
      told = { options: program.opts(), words: program.args };
    });
  const code = await runProgram(program, Deno.args);
  return told ?? Deno.exit(code);
}
