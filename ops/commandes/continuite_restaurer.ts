import { resolve } from "node:path";
import { motDeCommande } from "../commun/command_line.ts";
import { Refus } from "../commun/deroulement.ts";
import { ROOT } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { lireVariables } from "../exploitation/cible/variables.ts";
import { exigerDepots } from "../exploitation/continuite/serveur.ts";
import { lireMoment, Restauration } from "../exploitation/continuite/restaurer.ts";

interface Contexte {
  restauration: Restauration;
  debut: number;
  prete: boolean;
  resultat?: unknown;
}

/** continuite:restaurer: a base as it was, in a new folder, proved; who switches to it is whoever decides. */
export const enregistrer = commande("continuite:restaurer", {
  "--vers <dossier>": { dit: "dossier neuf, qui deviendra DATA_DIR", requis: true },
  "--a <moment>": "l'instant voulu, à l'heure du dépôt : \"2026-11-27 14:03:20\"",
  "--fin": "le dernier acte archivé : après la perte d'un disque",
  "--meme-ligne": "après être revenu à la base d'avant : ne suit pas celle qu'on a quittée",
})<Contexte>({
  dit: "rend, dans un dossier neuf, la base telle qu'à un instant ; ne touche à rien de ce qui tourne",
  aide:
    "Lit CONTINUITE_DIR, CONTINUITE_COPIE_DIR, CONTINUITE_S3_… et CONTINUITE_CLE, ceux qui restent ; la base d'avant n'a pas besoin d'exister encore.\n" +
    "Rien n'est remplacé : la base d'avant reste où elle est, et y revenir est la démarrer de nouveau.",
  sansCible: true,
  etapes: ({ env, a, fin, memeLigne, vers }) => ({
    "Vérifier ce qui est demandé": async (contexte, dire) => {
      if ((a === undefined) === !fin) {
        throw new Refus("MOMENT_INVALIDE", "Dites --a <moment>, ou --fin.");
      }
      contexte.debut = performance.now();
      const moment = a === undefined ? undefined : lireMoment(a);
      const depots = exigerDepots(env, await lireVariables(env));
      contexte.restauration = new Restauration(depots, resolve(ROOT, vers), moment, memeLigne);
      const depart = await contexte.restauration.preparer(dire);
      return `${moment ?? "le dernier acte archivé"}, à partir de ${depart}`;
    },
    "Rendre les fichiers": ({ restauration }) => restauration.poserFichiers(),
    "Rejouer le WAL": ({ restauration }) => restauration.rejouer(),
    "Prouver la base rendue": ({ restauration }) => restauration.prouver(),
    "La rendre prête": async (contexte) => {
      const dit = await contexte.restauration.rendreArchivable();
      contexte.prete = true;
      const { retour, dataDir } = contexte.restauration;
      contexte.resultat = { dossier: dataDir, ...retour, duree_ms: performance.now() - contexte.debut };
      return dit;
    },
  }),
  toujours: async ({ restauration, prete }) => {
    await restauration?.arreter();
    if (!prete) await restauration?.effacer();
  },
  fin: ({ restauration: { dataDir } }, { env }) =>
    [
      `La base est dans ${dataDir}, arrêtée. Pour y passer :`,
      "  1. arrêtez l'autre si elle tourne encore (Ctrl-C) : deux bases ne reçoivent pas les mêmes saisies ;",
      `  2. DATA_DIR=${motDeCommande(dataDir)} npm start, et gardez ce DATA_DIR pour toutes les commandes ;`,
      `  3. npm run ops -- continuite:sauver --env ${env}, puis npm run ops -- monitor --env ${env}.`,
      "Pour revenir : arrêtez-la, et démarrez l'ancienne sur son DATA_DIR, qui n'a pas été touché ; puis continuite:sauver.",
    ].join("\n"),
  finEnEchec: ({ restauration }) => restauration?.laisse,
  finInterrompue: ({ restauration }, { vers }) =>
    restauration &&
    `La base d'avant n'a pas été touchée. ${
        resolve(ROOT, vers)
      } contient celle-ci en clair, ni entière ni prouvée : la même ` +
      `commande l'ôte et recommence ; ou rm -r ${motDeCommande(resolve(ROOT, vers))}`,
});
