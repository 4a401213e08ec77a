import { commande, nombrePositif } from "../exploitation/cible/commande.ts";
import { codeDeBase, fermerTout, nomDe, variableDuDepot } from "../exploitation/siege/adresses.ts";
import { etapesAbandon, etapesBascule } from "../exploitation/siege/deplacement/bascule.ts";
import { etapesCopie, etapesPerte } from "../exploitation/siege/deplacement/copie.ts";
import {
  type Deplacement,
  nouvelleAdresse,
  REGARDER,
  RETOUR,
  SI_ELLE_MEURT,
} from "../exploitation/siege/deplacement/depart.ts";

function suite({ fiche, ancienne }: Deplacement): string | void {
  if (!fiche?.deplacement?.fini) return;
  const adresse = nomDe(nouvelleAdresse(fiche));
  return [
    "Ensuite :",
    `  1. Les fonctions et REST du dépôt : SUPABASE_DB_URL vers ${adresse} (même compte, même mot de passe), puis ` +
    `relancez-les. Ici : DATABASE_URL=… npm start. ${
      variableDuDepot(fiche.deplacement.code)
    } change de même.`,
    ancienne
      ? "  2. Ce qui tournait sur l'ancienne machine s'arrête : fonctions, REST, tâches. Elle reste lisible, et refuse d'écrire."
      : "  2. L'ancienne machine, si elle revient : standby.signal dans son dossier de données AVANT de démarrer sa base, ou " +
        "l'effacer ; ni fonctions, ni REST, ni tâches.",
    "  3. npm run ops -- siege:etat",
  ].join("\n");
}

/** Where a run that ended before its time has left the depot, and what there is to do. */
function reste({ fiche, ancienne, promue }: Deplacement, { abandonner }: { abandonner?: boolean }) {
  const { copiee, suivieLe, geleLe, ouverteLe, fini, code } = fiche?.deplacement ?? {};
  if (!code || fini) return;
  const suspendues = geleLe && !ouverteLe ? " Jusque-là, les saisies de ce dépôt restent suspendues." : "";
  if (promue) {
    return `${code} est déjà à sa nouvelle place : relancez la même commande, qui finit.${suspendues}`;
  }
  if (!copiee || !ancienne) return;
  if (abandonner) return `Rien n'est perdu : relancez la même commande, qui finit.${suspendues}`;
  return RETOUR + suspendues + (suivieLe ? ` Si sa machine est perdue : ${SI_ELLE_MEURT(code)}` : "");
}

/** siege:deplacer: a depot of the network, from its server to this machine. */
export const enregistrer = commande("siege:deplacer", {
  "<code>": { dit: "code du dépôt : KLZ", lire: codeDeBase },
  "--hote <nom>": { dit: "comment le siège et les fonctions joignent cette machine", defaut: "127.0.0.1" },
  "--port <n>": {
    dit: "où la base écoutera (sans elle : celui de l'ancienne, plus 10)",
    lire: nombrePositif,
  },
  "--dossier <chemin>": "où elle vivra (sans elle : dans DATA_DIR)",
  "--operateur <email ou id>": "l'admin au nom de qui les saisies sont suspendues",
  "--attente <secondes>": { dit: "au plus, pour les écritures en vol", lire: nombrePositif, defaut: 60 },
  "--abandonner": "rend l'ancienne base au travail et ôte la copie ; possible jusqu'à la promotion",
  "--ancienne-perdue":
    "l'ancienne machine est morte et ne reviendra pas : la copie prend sa place ; refuse tant qu'elle répond",
})<Deplacement>({
  dit: "déplace sur cette machine la base d'un dépôt rattaché, qui travaille pendant la copie",
  aide:
    "SIEGE_DB_URL ; DEPOT_<CODE>_DB_URL : la base à sa place d'avant ; SECOURS_SOURCE_URL : le même serveur, par un " +
    "compte qui a REPLICATION.\nTout ce serveur est copié : il ne porte que ce dépôt. Interrompue, la commande se relance.",
  env: [],
  etapes: (demande) => [
    REGARDER(demande),
    ...demande.abandonner ? etapesAbandon(demande) : [
      ...demande.anciennePerdue ? etapesPerte(demande) : etapesCopie(demande),
      ...etapesBascule(demande),
    ],
  ],
  fin: suite,
  finEnEchec: reste,
  finInterrompue: reste,
  toujours: fermerTout,
});
