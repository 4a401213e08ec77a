import { commande } from "../exploitation/cible/commande.ts";
import { codeDeBase, fermerTout } from "../exploitation/siege/adresses.ts";
import { etapesAccueillir, type Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:accueillir: a depot opened since, into a base that is attached already. */
export const enregistrer = commande<Reseau, { code: string; depot: string }>("siege:accueillir", {
  dit: "fait d'une base rattachée celle d'un dépôt ouvert depuis : elle seule l'écrira",
  aide: "SIEGE_DB_URL, et DEPOT_<CODE>_DB_URL : la base rattachée.",
  env: [],
  etapes: ({ code, depot }) => etapesAccueillir(code, depot),
  toujours: fermerTout,
  options: (une) =>
    une
      .argument("<code>", "code de la base : KLZ", codeDeBase)
      .argument("<depot>", "code du dépôt ouvert à la référence : LIK", codeDeBase),
});
