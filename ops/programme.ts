// The operators' commands: a file each in ops/commandes/, named as the command; an intervention brings its own, and takes
// them away with its folder.
import type { Command } from "commander";
import { newProgram, runProgram } from "./commun/command_line.ts";

const commandes = new URL("./commandes/", import.meta.url);
const interventions = new URL("../interventions/", import.meta.url);

const fichierDe = (commande: string) => `${commande.replaceAll(/[:-]/g, "_")}.ts`;

/** Registers every command on `programme`; where one is asked for by its name, only the file that has it. */
export async function enregistrerCommandes(programme: Command, demandee = ""): Promise<void> {
  const noms = [...Deno.readDirSync(commandes)].map(({ name }) => name).sort();
  const dossiers = [...Deno.readDirSync(interventions)].map(({ name }) => name).sort();
  const tous = [
    ...noms.map((nom) => ({ a: nom === fichierDe(demandee), fichier: new URL(nom, commandes) })),
    // The folder is a word of the command: migration:astm, reprise:examiner.
    ...dossiers.map((nom) => ({
      a: demandee.split(":").includes(nom),
      fichier: new URL(`${nom}/commande.ts`, interventions),
    })),
  ];
  const seul = tous.filter(({ a }) => a);
  for (const { fichier } of seul.length ? seul : tous) (await import(fichier.href)).enregistrer(programme);
}

/** `npm run ops -- …`: runs the command these words ask for; resolves with its exit code. */
export async function lancer(mots: string[]): Promise<number> {
  const programme = newProgram("npm run ops --")
    .description("Les runbooks du dépôt, en commandes : chaque étape se fait, se vérifie ou se refuse.")
    .addHelpText(
      "after",
      "\nSorties : 0 fait (ou GO), 1 échec (ou NO-GO), 2 refusé sans rien faire. --json : un objet, pour un programme.",
    );
  await enregistrerCommandes(programme, mots[0]);
  return await runProgram(programme, mots);
}
