// Where commands are: a file each in ops/commandes/, named as the command; an intervention brings its own, and takes
// them away with its folder.
import type { Command } from "commander";

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
