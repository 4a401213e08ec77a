import { commande } from "../exploitation/cible/commande.ts";
import { type Accueil, etapesAccueillir } from "../exploitation/siege/accueil.ts";
import { codeDeBase } from "../exploitation/siege/code.ts";
import { fermerTout } from "../exploitation/siege/rattachement.ts";

/** siege:accueillir: a depot opened since, into a base that is attached already. */
export const enregistrer = commande<Accueil, { code: string; depot: string }>("siege:accueillir", {
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
