// npm start: the whole backend on this machine, until Ctrl-C.
import { demoEmail, ROLES } from "./demo_users.ts";
import { Echec } from "../commun/failure.ts";
import { readScript } from "./script.ts";
import { readSettings, type Settings } from "../commun/settings.ts";
import { type Stack, startStack, stopped } from "./stack.ts";
import { printTable } from "../commun/table.ts";

function show(stack: Stack, settings: Settings, seconds: string): void {
  const { status } = stack;
  printTable([
    ["Accueil", `${status.API_URL}/`],
    ["API", status.API_URL],
    ["REST, auth", "/rest/v1   /auth/v1"],
    ["Fonctions", stack.functionNames.map((name) => `/functions/v1/${name}`).join("\n")],
    ["Base", status.DB_URL],
    ["Clé publique", `${status.ANON_KEY.match(/.{1,72}/g)!.join("\n")}`],
    ["Autres clés", "npm run -s status"],
    ["Pages", "/tableau   /docs   /codes"],
    ["Comptes démo", ROLES.map(demoEmail).join("\n")],
    ["Mot de passe", settings.demoPassword],
    ["Données, journaux", settings.databaseUrl ? "base existante (DATABASE_URL)" : settings.dataDir],
    ["Schéma", stack.schema],
    ["Arrêter", "Ctrl-C"],
  ]);
  console.log(`Prêt en ${seconds} s.`);
}

/** Said on the line of the command, or by whoever sits in front of it. */
const withLoss = (said: boolean) => (lost: string[]): boolean => {
  if (said) return true;
  if (!Deno.stdin.isTerminal()) return false;
  console.log(`Cet arbre ne connaît plus :\n${lost.map((sql) => `  ${sql}`).join("\n")}`);
  return confirm("L'ôter de votre base, données comprises ?");
};

/** One Ctrl-C is heard twice: of the terminal, and of npm, which hands it on. */
const SAME_KEY_MS = 1_000;

async function main(): Promise<number> {
  const began = performance.now();
  const { options } = await readScript(
    "start",
    "Démarre toute la pile sur cette machine, jusqu'à Ctrl-C.",
    (program) =>
      program.option(
        "--avec-perte",
        "ôte de la base ce que cet arbre ne connaît plus, données comprises, sans le demander",
      ),
  );
  const settings = { ...readSettings(), withLoss: withLoss(options.avecPerte === true) };
  const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>();
  let first = Infinity;
  // Listened to before anything starts: a Ctrl-C during the start stops what has started. Whatever is waited for then, another
  // ends this process at once, and with it, as when it is killed, all that it started.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      const now = performance.now();
      if (now - first > SAME_KEY_MS) Deno.exit(130);
      first = Math.min(first, now);
      ask(undefined);
    });
  }

  console.log("Démarrage de Monaluxe…");
  const stack = await startStack(settings);
  show(stack, settings, ((performance.now() - began) / 1000).toFixed(1));
  const gone = await Promise.race([asked, stack.databaseGone]);
  if (gone === undefined) console.log("Arrêt…");
  else console.error(`✗ ${stopped(gone)}\nArrêt du reste.`);
  await stack.stop();
  console.log(
    `Arrêté. Les données sont gardées.${gone === undefined ? "" : " Relancez npm start : elles y seront."}`,
  );
  return gone === undefined ? 0 : 1;
}

try {
  Deno.exit(await main());
} catch (error) {
  console.error(error instanceof Echec ? `✗ ${error.message}` : error);
  Deno.exit(1);
}
