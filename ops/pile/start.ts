// npm start: the whole backend on this machine, until Ctrl-C.
import { demoEmail, ROLES } from "./demo_users.ts";
import { Echec } from "../commun/failure.ts";
import { readSettings, type Settings } from "../commun/settings.ts";
import { type Stack, startStack } from "./stack.ts";
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
function withLoss(lost: string[]): boolean {
  if (Deno.args.includes("--avec-perte")) return true;
  if (!Deno.stdin.isTerminal()) return false;
  console.log(`Cet arbre ne connaît plus :\n${lost.map((sql) => `  ${sql}`).join("\n")}`);
  return confirm("L'ôter de votre base, données comprises ?");
}

async function main(): Promise<number> {
  const began = performance.now();
  const settings = { ...readSettings(), withLoss };
  const { promise: asked, resolve: ask } = Promise.withResolvers<"signal">();
  // Listened to before anything starts: a Ctrl-C during the start stops what has started.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => ask("signal"));
  }

  console.log("Démarrage de Monaluxe…");
  const stack = await startStack(settings);
  show(stack, settings, ((performance.now() - began) / 1000).toFixed(1));
  const why = await Promise.race([asked, stack.databaseGone.then(() => "database" as const)]);
  console.log(why === "signal" ? "Arrêt…" : "La base s'est arrêtée d'elle-même : arrêt du reste.");
  await stack.stop();
  console.log("Arrêté. Les données sont gardées.");
  return why === "signal" ? 0 : 1;
}

try {
  Deno.exit(await main());
} catch (error) {
  console.error(error instanceof Echec ? `✗ ${error.message}` : error);
  Deno.exit(1);
}
