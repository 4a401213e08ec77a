import type { Command } from "commander";
import { commande } from "../exploitation/cible/commande.ts";
import { ARRETER, LIBERER, OUBLIER, type Retrait } from "../exploitation/secours/retrait.ts";

/** secours:retirer: the primary is alone again, and waits for nobody. */
export function enregistrer(programme: Command): void {
  commande<Retrait>(programme, "secours:retirer", {
    dit:
      "rend la principale à elle-même : plus rien n'attend, plus rien n'est retenu pour la base de secours",
    env: [],
    etapes: () => [LIBERER, ARRETER, OUBLIER],
  });
}
