// Where commands are: a file each in ops/commandes/; an intervention brings its own, and takes it away with its folder.
import type { Command } from "commander";

const commandes = new URL("./commandes/", import.meta.url);
const interventions = new URL("../interventions/", import.meta.url);

/** Registers every command on `programme`. */
export async function enregistrerCommandes(programme: Command): Promise<void> {
  const fichiers = [
    ...[...Deno.readDirSync(commandes)].map(({ name }) => new URL(name, commandes).href),
    ...[...Deno.readDirSync(interventions)].map(({ name }) =>
      new URL(`${name}/commande.ts`, interventions).href
    ),
  ];
  for (const fichier of fichiers.sort()) (await import(fichier)).enregistrer(programme);
}
