import { etape } from "../commun/deroulement.ts";
import { commande, nombrePositif } from "../exploitation/cible/commande.ts";
import { type ContexteGel, etapesGel } from "../exploitation/gel/gel.ts";

/** gel: nobody writes any more but an admin, for a restore or any other operation. */
export const enregistrer = commande("gel", {
  "--motif <phrase>": {
    dit: "ce que liront ceux qui essaient d'écrire (10 caractères au moins)",
    requis: true,
  },
  "--operateur <email ou id>": "l'admin qui pourra encore écrire",
  "--attente <secondes>": { dit: "au plus, pour les écritures en vol", lire: nombrePositif, defaut: 60 },
})<ContexteGel>({
  dit: "gèle les écritures pour tous sauf un admin, et attend celles en vol",
  aide: "Se relance sans risque. Les lectures continuent. Pour rouvrir : degel.",
  etapes: (demande) => [
    ...etapesGel<ContexteGel>(demande),
    etape("Vérifier", (contexte) => {
      contexte.resultat = { operateur: contexte.operateur, gel: contexte.gel };
      return Promise.resolve("plus rien ne peut être validé que par lui");
    }),
  ],
  fin: (_, { env }) => `Pour rouvrir : npm run ops -- degel --env ${env}`,
});
