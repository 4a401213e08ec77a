import type { Command } from "commander";
import { commandeVersion } from "../exploitation/deploiement/version.ts";

/** deploy:app: the functions of a commit, once the database is known to suit them. */
export function enregistrer(programme: Command): void {
  commandeVersion(
    programme,
    "deploy:app",
    "déploie les fonctions d'un commit, après avoir vérifié que la base leur convient",
  ).option("--vers <commit>", "commit à déployer", "HEAD");
}
