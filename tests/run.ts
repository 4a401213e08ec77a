// npm test: every test, on a stack of its own (its own folder, ports and database), never touching a running one.
import { noterTests } from "../ops/exploitation/golive/tests.ts";
import { join } from "node:path";
import { readSettings, ROOT } from "../ops/commun/settings.ts";
import { startStack } from "../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../ops/pile/throwaway.ts";
import { makeModeles } from "./support/modeles.ts";
import { installPgtap } from "./support/pgtap.ts";

const began = performance.now();
const dataDir = await temporaryDataDir("monaluxe-test-");
const temporary = join(dataDir, "tmp");
await Deno.mkdir(temporary);

await installPgtap();
// As in the middle of a rotation: the functions accept it too.
Deno.env.set("JWT_SECRET_PRECEDENT", crypto.randomUUID());
const stack = await startStack({
  dataDir,
  apiPort: freePort(),
  dbPort: freePort(),
  demoPassword: "monaluxe-demo",
});
await makeModeles(stack.status, stack.superuserUrl!);

// A test that waits for ever would hold whoever runs it, and say nothing: past this, the run has failed.
const LIMIT_MINUTES = 25;
const limit = AbortSignal.timeout(LIMIT_MINUTES * 60_000);
limit.addEventListener("abort", () => console.log(`arrêté : pas fini en ${LIMIT_MINUTES} minutes`));

const run = new Deno.Command(Deno.execPath(), {
  signal: limit,
  args: [
    "test",
    "-A",
    "--no-check",
    "--parallel",
    ...(Deno.args.length ? Deno.args : ["tests/", "interventions/"]),
  ],
  cwd: ROOT,
  env: {
    NO_COLOR: "1",
    // What the tests put down goes with the rest.
    TMPDIR: temporary,
    TEST_STATUS: JSON.stringify(stack.status),
    TEST_SUPERUSER_URL: stack.superuserUrl!,
    TEST_LOGS: `${dataDir}/logs`,
    // Fetched once, by the first test that needs them, and kept for the next run.
    OUTILS_DIR: Deno.env.get("OUTILS_DIR") || join(readSettings().dataDir, "outils"),
  },
  stdout: "piped",
}).spawn();

let said = "";
for await (const text of run.stdout.pipeThrough(new TextDecoderStream())) {
  said += text;
  await Deno.stdout.write(new TextEncoder().encode(text));
}
const { success } = await run.status;
await stack.stop();
await Deno.remove(dataDir, { recursive: true });

// A test's steps are promises too: each counts.
const summary = said.match(/^(?:ok|FAILED) \| (.*)$/m)?.[1] ?? "";
const count = (word: string) => {
  const [, tests = "0", steps = "0"] = summary.match(new RegExp(`(\\d+) ${word}(?: \\((\\d+) steps?\\))?`)) ??
    [];
  return Number(tests) + Number(steps);
};
const failed = Math.max(count("failed"), success ? 0 : 1);
// golive asks whether every test has passed on the commit it is asked about.
if (!Deno.args.length) await noterTests({ passed: count("passed"), failed });
console.log(`durée : ${((performance.now() - began) / 1000).toFixed(1)} s`);
console.log(`${count("passed")} passed, ${failed} failed`);
Deno.exit(failed ? 1 : 0);
