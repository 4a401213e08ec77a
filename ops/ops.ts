// npm run ops -- <commande>: the operators' runbooks as commands. One file a command, or a family, in ops/commandes/.
import { Command } from "commander";
import { dit, SORTIES } from "./cli/deroulement.ts";
import { AIDE, ERREUR, sortieDe } from "./cli/francais.ts";

const programme = new Command("npm run ops --")
  .configureHelp(AIDE)
  .configureOutput(ERREUR)
  .exitOverride((fin) => Deno.exit(sortieDe(fin)))
  .description("Les runbooks du dépôt, en commandes : chaque étape se fait, se vérifie ou se refuse.")
  .helpOption("-h, --help", "affiche cette aide")
  .helpCommand("help [commande]", "affiche l'aide d'une commande")
  .addHelpText(
    "after",
    "\nSorties : 0 fait (ou GO), 1 échec (ou NO-GO), 2 refusé sans rien faire. --json : un objet, pour un programme.",
  );

const dossier = new URL("./commandes/", import.meta.url);
const fichiers = [...Deno.readDirSync(dossier)].map(({ name }) => name).filter((nom) => nom.endsWith(".ts"));
for (const fichier of fichiers.sort()) {
  const { enregistrer } = await import(new URL(fichier, dossier).href);
  enregistrer(programme);
}

try {
  await programme.parseAsync(["node", "ops", ...Deno.args]);
} catch (erreur) {
  const { code, phrase } = dit(erreur);
  console.error(`✗ ${code ? `${code} : ` : ""}${phrase}`);
  Deno.exit(SORTIES.echec);
}
