import { commande } from "../exploitation/cible/commande.ts";
import { codeDeBase, fermerTout } from "../exploitation/siege/adresses.ts";
import { etapesRattacher, type Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:rattacher: a depot's database, into the network. */
export const enregistrer = commande<Reseau, { code: string }>("siege:rattacher", {
  dit: "rattache la base d'un dépôt au siège, qui travaille pendant ce temps",
  aide:
    "SIEGE_DB_URL, REFERENCE_DB_URL, et DEPOT_<CODE>_DB_URL : la base du dépôt, sur un serveur en wal_level = logical.",
  env: [],
  etapes: ({ code }) => etapesRattacher(code),
  toujours: fermerTout,
  options: (une) =>
    une
      .argument("<code>", "code du dépôt : KLZ", codeDeBase),
});
