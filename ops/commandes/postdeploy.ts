import { commande, COMMIT, DELAI } from "../exploitation/cible/commande.ts";
import { attente, fonctions, schemaALaPage } from "../exploitation/deploiement/etapes.ts";
import { type ContexteSmoke, nouveauContexte } from "../exploitation/smoke/contexte.ts";
import { etapesSmoke } from "../exploitation/smoke/smoke.ts";

/** postdeploy: what must be true after each deployment, in the order it would break. */
export const enregistrer = commande("postdeploy", {
  "--delai <secondes>": DELAI,
  "--commit <nom>": COMMIT,
  "--sans-ecriture": "smoke : lectures et refus seulement",
})<ContexteSmoke>({
  dit: "après un déploiement : service prêt, migrations, fonctions de ce commit, smoke",
  contexte: nouveauContexte,
  etapes: ({ delai, commit, sansEcriture }) => [
    attente(delai),
    schemaALaPage(),
    fonctions(commit),
    ...etapesSmoke({ ecritures: !sansEcriture }),
  ],
});
