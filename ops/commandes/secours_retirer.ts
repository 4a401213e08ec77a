import { commande } from "../exploitation/cible/commande.ts";
import { etapesRetrait, type Retrait } from "../exploitation/secours/retrait.ts";

/** secours:retirer: the primary is alone again, and waits for nobody. */
export const enregistrer = commande<Retrait>("secours:retirer", {
  dit: "rend la principale à elle-même : plus rien n'attend, plus rien n'est retenu pour la base de secours",
  env: [],
  etapes: () => etapesRetrait,
});
