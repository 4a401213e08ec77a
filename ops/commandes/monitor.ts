import { momentAuDepot } from "../commun/horloge.ts";
import { setTimeout as pause } from "node:timers/promises";
import { type Command, Option } from "commander";
import { ouvrirCible } from "../exploitation/cible/cible.ts";
import type { Environnement } from "../commun/environment.ts";
import { dit, Refus, SORTIES } from "../commun/deroulement.ts";
import { endWith, onSignals, print, printError } from "../commun/execution.ts";
import { nombrePositif, optionEnv, optionJson } from "../exploitation/cible/commande.ts";
import { noter, type Releve } from "../exploitation/surveillance/releve.ts";
import { relever } from "../exploitation/surveillance/mesures.ts";
import { SEUILS, type Seuils, seuilsDe, type Variables } from "../exploitation/cible/variables.ts";
import { printTable } from "../commun/table.ts";

interface Options extends Record<string, unknown> {
  env: Environnement;
  toutesLes?: number;
  pendant?: number;
  continuer?: boolean;
  json?: boolean;
}

const camel = (option: string) => option.replace(/[-_](\w)/g, (_, lettre: string) => lettre.toUpperCase());

/** Thresholds as options, --connexions-max-pct and so on: one said there wins over its variable, which wins over the default. */
function avecSeuils(commande: Command): Command {
  for (const [seuil, [defaut, quoi]] of Object.entries(SEUILS)) {
    commande.addOption(
      new Option(`--${seuil.replaceAll("_", "-")} <n>`, `seuil : ${quoi} (sans elle : ${defaut})`).argParser(
        nombrePositif,
      ),
    );
  }
  return commande;
}

/** What was said, over what the environment says. */
function seuilsDits(options: Record<string, unknown>, variables: Variables): Seuils {
  const dits = Object.keys(SEUILS).flatMap((seuil) => {
    const dit = options[camel(seuil)];
    return dit === undefined ? [] : [[seuil, dit]];
  });
  return { ...seuilsDe(variables), ...Object.fromEntries(dits) };
}

function montrer({ moment, env, reference, mesures, alertes }: Releve): void {
  print(`${momentAuDepot(moment)} (heure du dépôt) — ${env}, projet ${reference}`);
  printTable(mesures.map((mesure) => [mesure.alertes.length ? "ALERTE" : "ok", mesure.nom, mesure.constat]));
  for (const alerte of alertes) printError(`✗ ${alerte}`);
  if (!alertes.length) print("✓ aucune alerte");
}

async function surveiller(options: Options): Promise<number> {
  const { cible, sql } = await ouvrirCible(options.env);
  const seuils = seuilsDits(options, cible.variables);
  const arret = new AbortController();
  onSignals(["SIGINT", "SIGTERM"], () => arret.abort());
  const fin = Date.now() + (options.pendant ?? Infinity) * 60_000;
  while (true) {
    const releve = await relever(cible, sql, seuils);
    if (options.json) print(JSON.stringify(releve));
    else montrer(releve);
    // After: a disk that is full must not hide what it is that fills.
    const tu = await noter(releve).then(() => undefined, (erreur: Error) => erreur.message);
    if (tu) printError(`✗ relevé non noté : ${tu}. golive ne le verra pas.`);
    const sortie = releve.alertes.length ? SORTIES.echec : SORTIES.fait;
    const { toutesLes } = options;
    if (!toutesLes || (sortie && !options.continuer) || Date.now() + toutesLes * 1000 > fin) return sortie;
    await pause(toutesLes * 1000, undefined, { signal: arret.signal }).catch(() => {});
    if (arret.signal.aborted) return sortie;
  }
}

/** monitor: what an operator, a cron or an uptime service looks at. Exit 1 on a threshold. */
export function enregistrer(programme: Command): void {
  avecSeuils(
    programme.command("monitor")
      .description("relève l'état de la base et du service ; sortie 1 dès qu'un seuil est franchi")
      .addOption(optionEnv())
      .option(
        "--toutes-les <secondes>",
        "relève encore et encore, jusqu'au premier seuil franchi",
        nombrePositif,
      )
      .option(
        "--continuer",
        "avec --toutes-les : continue après un seuil ; la sortie est celle du dernier relevé",
      )
      .option("--pendant <minutes>", "avec --toutes-les : s'arrête de lui-même", nombrePositif)
      .addOption(optionJson()),
  )
    .addHelpText(
      "after",
      "\nChaque seuil est aussi une variable, du fichier d'environnement ou de la ligne : MONITOR_CONNEXIONS_MAX_PCT.\nChaque relevé est noté " +
        "sous DATA_DIR/surveillance : golive y lit les dernières minutes (monitor --toutes-les 60 --pendant 20).",
    )
    .action(async (options: Options) => {
      try {
        endWith(await surveiller(options));
      } catch (erreur) {
        const { code, phrase } = dit(erreur);
        const statut = erreur instanceof Refus ? "refus" : "echec";
        if (options.json) print(JSON.stringify({ commande: "monitor", statut, code, erreur: phrase }));
        else printError(`✗ monitor : ${code ? `${code} : ` : ""}${phrase}`);
        endWith(SORTIES[statut]);
      }
    });
}
