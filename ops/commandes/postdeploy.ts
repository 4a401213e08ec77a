import { commande, optionCommit, optionDelai } from "../exploitation/cible/commande.ts";
import { attente, fonctions, schemaALaPage } from "../exploitation/deploiement/etapes.ts";
import { type ContexteSmoke, nouveauContexte } from "../exploitation/smoke/contexte.ts";
import { etapesSmoke } from "../exploitation/smoke/smoke.ts";

interface Demande {
  delai: number;
  commit?: string;
  sansEcriture?: boolean;
}

/** postdeploy: what must be true after each deployment, in the order it would break. */
export const enregistrer = commande<ContexteSmoke, Demande>("postdeploy", {
  dit: "après un déploiement : service prêt, migrations, fonctions de ce commit, smoke",
  contexte: nouveauContexte,
  etapes: ({ delai, commit, sansEcriture }) => [
    attente(delai),
    schemaALaPage(),
    fonctions(commit),
    ...etapesSmoke({ ecritures: !sansEcriture }),
  ],
  options: (une) =>
    une
      .addOption(optionDelai())
      .addOption(optionCommit())
      .option("--sans-ecriture", "smoke : lectures et refus seulement"),
});
