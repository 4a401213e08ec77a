import { momentAuDepot } from "../commun/horloge.ts";
import { setTimeout as pause } from "node:timers/promises";
import { ouvrirCible } from "../exploitation/cible/cible.ts";
import type { Environnement } from "../commun/environment.ts";
import { dit, Refus, SORTIES } from "../commun/deroulement.ts";
import { endWith, onSignals, print, printError } from "../commun/execution.ts";
import { commande, nombrePositif } from "../exploitation/cible/commande.ts";
import { noter, type Releve } from "../exploitation/surveillance/releve.ts";
import { relever } from "../exploitation/surveillance/mesures.ts";
import { SEUILS, type Seuils, seuilsDe, type Variables } from "../exploitation/cible/variables.ts";
import { printTable } from "../commun/table.ts";

interface Demande {
  env: Environnement;
  toutesLes?: number;
  pendant?: number;
  continuer?: boolean;
  json?: boolean;
}

/**
 * Thresholds as options, --connexions-max-pct and so on: one said there wins over its variable, which wins over the
 * default.
 */
const SEUILS_EN_OPTIONS = Object.fromEntries(
  Object.entries(SEUILS).map(([seuil, [defaut, quoi]]) => [
    `--${seuil.replaceAll("_", "-")} <n>`,
    { dit: `seuil : ${quoi} (sans elle : ${defaut})`, lire: nombrePositif },
  ]),
);

const camel = (seuil: string) => seuil.replace(/_(\w)/g, (_, lettre: string) => lettre.toUpperCase());

/** What was said, over what the environment says. */
const seuilsDits = (demande: object, variables: Variables): Seuils => {
  const dits: Partial<Record<string, number>> = { ...demande };
  const regles = Object.entries(seuilsDe(variables));
  return Object.fromEntries(regles.map(([seuil, regle]) => [seuil, dits[camel(seuil)] ?? regle])) as Seuils;
};

/** What is not well is never green: it alarms, or the line says why nobody is alarmed here. */
const enLigne = ({ nom, constat, alertes, tolere }: Releve["mesures"][number]): string[] => {
  if (alertes.length) return ["ALERTE", nom, constat];
  return tolere ? ["toléré", nom, `${tolere} : ${constat}`] : ["ok", nom, constat];
};

const aucune = (tolerees: number) =>
  `✓ aucune alerte${tolerees ? ` ; ${tolerees} ligne(s) tolérée(s) ici, qui en seraient en PROD` : ""}`;

function montrer({ moment, env, reference, mesures, alertes }: Releve): void {
  print(`${momentAuDepot(moment)} (heure du dépôt) — ${env}, projet ${reference}`);
  printTable(mesures.map(enLigne));
  for (const alerte of alertes) printError(`✗ ${alerte}`);
  if (!alertes.length) print(aucune(mesures.filter(({ tolere }) => tolere).length));
}

async function surveiller(demande: Demande): Promise<number> {
  const { toutesLes, pendant = Infinity, continuer, json } = demande;
  const { cible, sql } = await ouvrirCible(demande.env);
  const seuils = seuilsDits(demande, cible.variables);
  const arret = new AbortController();
  onSignals(["SIGINT", "SIGTERM"], () => arret.abort());
  const fin = Date.now() + pendant * 60_000;
  while (true) {
    const releve = await relever(cible, sql, seuils);
    if (json) print(JSON.stringify(releve));
    else montrer(releve);
    // After: a disk that is full must not hide what it is that fills.
    const tu = await noter(releve).then(() => undefined, (erreur: Error) => erreur.message);
    if (tu) printError(`✗ relevé non noté : ${tu}. golive ne le verra pas.`);
    const sortie = releve.alertes.length ? SORTIES.echec : SORTIES.fait;
    if (!toutesLes || (sortie && !continuer) || Date.now() + toutesLes * 1000 > fin) return sortie;
    await pause(toutesLes * 1000, undefined, { signal: arret.signal }).catch(() => {});
    if (arret.signal.aborted) return sortie;
  }
}

/** monitor: what an operator, a cron or an uptime service looks at. Exit 1 on a threshold. */
export const enregistrer = commande("monitor", {
  "--toutes-les <secondes>": {
    dit: "relève encore et encore, jusqu'au premier seuil franchi",
    lire: nombrePositif,
  },
  "--continuer": "avec --toutes-les : continue après un seuil ; la sortie est celle du dernier relevé",
  "--pendant <minutes>": { dit: "avec --toutes-les : s'arrête de lui-même", lire: nombrePositif },
  ...SEUILS_EN_OPTIONS,
})({
  dit: "relève l'état de la base et du service ; sortie 1 dès qu'un seuil est franchi",
  aide:
    "Chaque seuil est aussi une variable, du fichier d'environnement ou de la ligne : MONITOR_CONNEXIONS_MAX_PCT.\nChaque relevé est noté " +
    "sous DATA_DIR/surveillance : golive y lit les dernières minutes (monitor --toutes-les 60 --pendant 20).",
  plutot: (demande) =>
    surveiller(demande).catch((erreur) => {
      const { code, phrase } = dit(erreur);
      const statut = erreur instanceof Refus ? "refus" : "echec";
      if (demande.json) print(JSON.stringify({ commande: "monitor", statut, code, erreur: phrase }));
      else printError(`✗ monitor : ${code ? `${code} : ` : ""}${phrase}`);
      return SORTIES[statut];
    }).then(endWith),
  etapes: () => [],
});
