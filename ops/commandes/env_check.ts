import { commande } from "../exploitation/cible/commande.ts";
import { type ContexteEnv, ETAPES_ETAT } from "../exploitation/environnement/services.ts";
import { etapesEnvCheck } from "../exploitation/environnement/controles.ts";

/**
 * env:check: every variable a deployment needs, the keys, certificates and clocks, the services it leans on; no secret
 * shown.
 */
export const enregistrer = commande("env:check", {
  "--details": "nomme aussi chaque variable facultative qui est absente",
})<ContexteEnv>({
  dit:
    "vérifie les variables d'un déploiement, les clés, les certificats, les horloges et les services dont il dépend",
  aide:
    "Une ligne par variable exigée ou donnée ; sortie 1 si l'une est mauvaise. Aucun secret n'est affiché.",
  sansCible: true,
  // A database to try things on answers for nothing.
  etapes: ({ env, details }) => [...etapesEnvCheck(env, details), ...(env === "local" ? [] : ETAPES_ETAT)],
});
