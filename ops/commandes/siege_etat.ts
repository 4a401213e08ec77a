import { commande } from "../exploitation/cible/commande.ts";
import { fermerTout } from "../exploitation/siege/adresses.ts";
import { etapesEtat } from "../exploitation/siege/etat.ts";
import type { Reseau } from "../exploitation/siege/rattachement.ts";

/** siege:etat: which lines are up, and whether what came is right. */
export const enregistrer = commande<Reseau>("siege:etat", {
  dit: "dit quels dépôts la base consolidée reçoit, et contrôle ce qui est arrivé",
  aide: "SIEGE_DB_URL : la base consolidée. Sortie 1 : une ligne est coupée, ou un contrôle dit non.",
  env: [],
  etapes: () => etapesEtat,
  toujours: fermerTout,
});
