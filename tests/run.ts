/**
 * npm test [domaine|ops|<file or folder> …]: on a stack of its own (its own folder, ports and database), never touching a
 * running one. Ends with the line `N passed, N failed`; interrupted, it leaves no process and no folder.
 *
 * Its folder is in memory where there is plenty of it; TMPDIR says where else.
 *
 * TEST_STATUS (what `supabase status -o json` prints) and TEST_SUPERUSER_URL: on that stack instead, e.g. Docker's.
 * TEST_ARTEFACTS: a folder to keep the logs and the report of a run that failed in.
 */
import { databaseEnvironment } from "../ops/commun/environment.ts";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { XMLParser } from "fast-xml-parser";
import { readScript } from "../ops/pile/script.ts";
import { readSettings, ROOT } from "../ops/commun/settings.ts";
import { noterTests } from "../ops/exploitation/golive/tests.ts";
import { connect } from "../ops/commun/connection.ts";
import { startStack } from "../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../ops/pile/throwaway.ts";
import { retirerDossier } from "./support/attente.ts";
import { folderInMemory } from "./support/en_memoire.ts";
import { makeGrappe, startRunFrom } from "./support/grappe.ts";
import { modulesOf } from "./support/lots.ts";
import { makeModeles } from "./support/modeles.ts";
import { installPgtap } from "./support/pgtap.ts";

const ROOMS: Record<string, string[]> = { domaine: ["tests/domaine"], ops: ["tests/ops", "interventions"] };
const LIMIT_MINUTES = 25;
/** Files that take longest, which begin first, and those that end a run: each in an isolate of its own, the others in lots. */
const LONG = [
  "tests/ops/siege_versions.test.ts",
  "tests/ops/siege.test.ts",
  "tests/ops/arbre.test.ts",
  "tests/ops/continuite.test.ts",
  "tests/ops/staging_reset.test.ts",
  "tests/ops/utilisateur_ordinaire.test.ts",
  "interventions/astm/tests/migration_astm_retour.test.ts",
  "interventions/astm/tests/migration_astm.test.ts",
  "tests/ops/pile.test.ts",
  "tests/ops/siege_lecture.test.ts",
  "tests/ops/siege_deplacement.test.ts",
  "tests/ops/restauration.test.ts",
  "tests/ops/sauvegardes.test.ts",
  "tests/ops/rollback_app.test.ts",
  "tests/ops/staging_pile.test.ts",
  "tests/ops/pile_arbre.test.ts",
  "tests/domaine/exemples/collection.test.ts",
  "tests/domaine/acces/rest.test.ts",
  "tests/ops/pousse.test.ts",
  "tests/ops/smoke.test.ts",
  "tests/domaine/pgtap.test.ts",
  "tests/domaine/lecture_secours.test.ts",
  "tests/domaine/listes/pages.test.ts",
  "tests/ops/siege_refus.test.ts",
  "tests/ops/siege_ancienne_perdue.test.ts",
  "tests/ops/machine.test.ts",
  "tests/domaine/saturation.test.ts",
  "tests/ops/secours_absent.test.ts",
  "tests/ops/schema.test.ts",
  "tests/domaine/synchronisation/proprietes.test.ts",
  "tests/domaine/acces/portes.test.ts",
  "tests/domaine/exemples/exemples.test.ts",
  "tests/ops/golive.test.ts",
  "tests/domaine/acces/vol_de_cle.test.ts",
  "tests/domaine/pages/pages.test.ts",
];
const SHORTER = [
  "tests/domaine/concurrence/lieux.test.ts",
  "tests/domaine/fuzz/fuzz.test.ts",
  "tests/domaine/pages/docs.test.ts",
  "tests/ops/secours.test.ts",
  "tests/domaine/vols.test.ts",
  "tests/domaine/types.test.ts",
  "interventions/reprise/tests/sources.test.ts",
  "tests/ops/continuite_hebergee.test.ts",
  "tests/domaine/application/rejeu.test.ts",
  "tests/ops/demo_donnees.test.ts",
  "tests/domaine/concurrence/histoire.test.ts",
  "tests/ops/staging_mouvements.test.ts",
  "tests/domaine/openapi.test.ts",
  "tests/domaine/rapports/proprietes.test.ts",
  "tests/domaine/documents/clamd.test.ts",
  "tests/domaine/concurrence/course.test.ts",
  "tests/domaine/application/embeds.test.ts",
  "tests/domaine/concurrence/panne.test.ts",
  "tests/ops/rotation.test.ts",
  "tests/domaine/partenaires/comptes.test.ts",
  "tests/domaine/connexion.test.ts",
  "tests/domaine/acces/plans.test.ts",
  "tests/domaine/ventes/proprietes.test.ts",
  "tests/ops/sauvegarde_quotidienne.test.ts",
  "tests/ops/postdeploy.test.ts",
];
/** Tests wait for servers they have asked: one process more than there are processors keeps these busy. */
const JOBS = navigator.hardwareConcurrency + 1;

interface Report {
  passed: number;
  failed: number;
}

/** A test's steps are promises too: each counts. */
async function readReport(file: string): Promise<Report | undefined> {
  const text = await Deno.readTextFile(file).catch(() => undefined);
  if (text === undefined) return undefined;
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(text);
  const failed = Number(testsuites.failures) + Number(testsuites.errors);
  return { passed: Number(testsuites.tests) - failed, failed };
}

const { words: asked } = await readScript(
  "test",
  "Éprouve tout, ou ce qui est dit, sur une pile jetable ; finit par « N passed, N failed ».",
  (program) => program.argument("[quoi...]", "domaine, ops, un dossier ou un fichier de tests"),
);
const paths = asked.length ? asked.flatMap((one) => ROOMS[one] ?? [one]) : ["tests", "interventions"];
for (const path of paths) {
  if (existsSync(resolve(ROOT, path))) continue;
  console.error(`✗ ${path} n'existe pas : rien n'a été éprouvé.`);
  Deno.exit(2);
}
const began = performance.now();
const inMemory = Deno.env.get("TMPDIR") ? undefined : folderInMemory();
/** What functions write, which Deno lets nobody do below /dev whom it does not let do everything. */
const disk = await temporaryDataDir("monaluxe-test-");
if (inMemory) Deno.env.set("TMPDIR", inMemory);
const dataDir = inMemory ? await temporaryDataDir("monaluxe-test-") : disk;
if (inMemory) await Deno.symlink(disk, join(dataDir, "courrier"));
const [temporary, report] = [join(dataDir, "tmp"), join(dataDir, "report.xml")];
await Deno.mkdir(temporary);
const undo: (() => Promise<unknown>)[] = [...new Set([dataDir, disk])].map((folder) => () =>
  retirerDossier(folder)
);
const undoAll = async () => {
  for (const one of undo.splice(0).reverse()) await one();
};

let interrupted = false;
let child: Deno.ChildProcess | undefined;

/** Everything the tests started is of their process group. */
function killGroup({ pid }: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
/** One that listens to nobody any more is not waited for. */
const PATIENCE_MS = 3_000;

function endTests(tests: Deno.ChildProcess): void {
  killGroup(tests, "SIGTERM");
  setTimeout(() => killGroup(tests, "SIGKILL"), PATIENCE_MS);
}

/** What a start or a stop takes at most; a start whose server went away with the same Ctrl-C may wait for it for ever. */
const LAST_PATIENCE_MS = 30_000;

function interrupt(): void {
  if (!interrupted) setTimeout(() => undoAll().finally(() => Deno.exit(1)), LAST_PATIENCE_MS);
  interrupted = true;
  if (child) endTests(child);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, interrupt);
// What is in hand loses its server by the same Ctrl-C, and may throw where nobody waits for it.
globalThis.addEventListener("error", (event) => interrupted && event.preventDefault());
// npm does not hand on the end of its terminal, nor its own: whoever asked for the tests is not there any more.
const asker = Deno.ppid;
Deno.unrefTimer(setInterval(() => Deno.ppid === asker || interrupted || interrupt(), 1_000));

async function stackEnvironment(): Promise<Record<string, string>> {
  const given = Deno.env.get("TEST_STATUS");
  if (given) {
    const superuser = Deno.env.get("TEST_SUPERUSER_URL");
    if (!superuser) throw new Error("TEST_STATUS va avec TEST_SUPERUSER_URL");
    const sql = connect(superuser);
    const { env, sentence } = await databaseEnvironment(sql).finally(() => sql.end());
    if (env === "prod") throw new Error(`Cette base ${sentence} : les tests n'y écrivent pas.`);
    await makeModeles(JSON.parse(given), superuser);
    // Servers of a test's own are this machine's, whosever the stack is.
    await makeGrappe(dataDir);
    return { TEST_STATUS: given, TEST_SUPERUSER_URL: superuser };
  }
  await installPgtap();
  // As in the middle of a rotation: the functions accept it too.
  Deno.env.set("JWT_SECRET_PRECEDENT", crypto.randomUUID());
  await makeGrappe(dataDir);
  await startRunFrom(dataDir);
  const stack = await startStack({
    dataDir,
    apiPort: freePort(),
    dbPort: freePort(),
    demoPassword: "monaluxe-demo",
    throwaway: true,
  });
  undo.push(() => stack.stop());
  return { TEST_STATUS: JSON.stringify(stack.status), TEST_SUPERUSER_URL: stack.superuserUrl! };
}

async function runTests(environment: Record<string, string>): Promise<Report> {
  const jobs = Number(Deno.env.get("DENO_JOBS")) || JOBS;
  const modules = await modulesOf(paths, { long: LONG, shorter: SHORTER, jobs, folder: temporary });
  child = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-check", "--parallel", `--junit-path=${report}`, ...modules],
    cwd: ROOT,
    detached: true,
    env: {
      NO_COLOR: "1",
      DENO_JOBS: String(jobs),
      // What the tests put down goes with the rest.
      TMPDIR: temporary,
      TEST_LOGS: join(dataDir, "logs"),
      TEST_DISQUE: disk,
      // Fetched once, by the first test that needs them, and kept for the next run.
      OUTILS_DIR: Deno.env.get("OUTILS_DIR") || join(readSettings().dataDir, "outils"),
      ...environment,
    },
  }).spawn();
  // A test that waits for ever would hold whoever runs it, and say nothing.
  const tests = child;
  const limit = setTimeout(() => {
    console.log(`arrêté : pas fini en ${LIMIT_MINUTES} minutes`);
    endTests(tests);
  }, LIMIT_MINUTES * 60_000);
  const { success } = await child.status;
  clearTimeout(limit);
  // Whatever a test that was stopped in the middle had started.
  killGroup(child, "SIGKILL");
  const { passed, failed } = await readReport(report) ?? { passed: 0, failed: 1 };
  return { passed, failed: Math.max(failed, success ? 0 : 1) };
}

async function keepArtefacts(): Promise<void> {
  const folder = Deno.env.get("TEST_ARTEFACTS");
  if (!folder) return;
  await Deno.mkdir(folder, { recursive: true });
  await new Deno.Command("cp", { args: ["-r", join(dataDir, "logs"), report, folder] }).output();
}

let result: Report = { passed: 0, failed: 1 };
try {
  const environment = await stackEnvironment();
  if (!interrupted) result = await runTests(environment);
} catch (error) {
  // Told to stop in the middle of its start, the server was too.
  if (!interrupted) throw error;
} finally {
  if (result.failed) await keepArtefacts();
  await undoAll();
}
// golive asks whether every test has passed on the commit it is asked about.
if (!asked.length && !interrupted) await noterTests(result);
console.log(`durée : ${((performance.now() - began) / 1000).toFixed(1)} s`);
console.log(`${result.passed} passed, ${result.failed} failed`);
Deno.exit(result.failed || interrupted ? 1 : 0);
