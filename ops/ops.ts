// npm run ops -- <commande>: the operators' runbooks as commands.
import { Command } from "commander";
import { dit, SORTIES } from "./commun/deroulement.ts";
import { enregistrerCommandes } from "./programme.ts";
import { AIDE, MUET, terminer } from "./commun/francais.ts";

const programme = new Command("npm run ops --")
  .configureHelp(AIDE)
  .configureOutput(MUET)
  .exitOverride(terminer)
  .description("Les runbooks du dépôt, en commandes : chaque étape se fait, se vérifie ou se refuse.")
  .helpOption("-h, --help", "affiche cette aide")
  .helpCommand("help [commande]", "affiche l'aide d'une commande")
  .addHelpText(
    "after",
    "\nSorties : 0 fait (ou GO), 1 échec (ou NO-GO), 2 refusé sans rien faire. --json : un objet, pour un programme.",
  );

await enregistrerCommandes(programme, Deno.args[0]);

try {
  await programme.parseAsync(["node", "ops", ...Deno.args]);
} catch (erreur) {
  const { code, phrase } = dit(erreur);
  console.error(`✗ ${code ? `${code} : ` : ""}${phrase}`);
  Deno.exit(SORTIES.echec);
}
