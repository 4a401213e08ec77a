import { commandeVersion } from "../exploitation/deploiement/version.ts";

/** deploy:app: the functions of a commit, once the database is known to suit them. */
export const enregistrer = commandeVersion("deploy:app", { dit: "commit à déployer", defaut: "HEAD" }, {
  dit: "déploie les fonctions d'un commit, après avoir vérifié que la base leur convient",
});
