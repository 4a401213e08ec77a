import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { lireVariables } from "../exploitation/cible/variables.ts";
import { nettoyer } from "../exploitation/sauvegardes/nettoyage.ts";

/** db:backup:cleanup: what is too old goes, what could still be needed stays. */
export function enregistrer(programme: Command): void {
  programme.command("db:backup:cleanup")
    .description(
      "retire les sauvegardes d'un environnement plus vieilles que BACKUP_RETENTION_DAYS, jamais la dernière vérifiée",
    )
    .addOption(optionEnv())
    .option("--simuler", "dit ce qui serait retiré, sans rien retirer")
    .addOption(optionJson())
    .addHelpText(
      "after",
      "\nBACKUP_DIR et BACKUP_RETENTION_DAYS sont ceux de env/.env.<env> ; seules les sauvegardes de cet environnement partent.",
    )
    .action(({ env, simuler, json }) =>
      derouler("db:backup:cleanup", {} as { resultat?: unknown }, [{
        titre: simuler ? "Chercher ce qui serait retiré" : "Retirer ce qui est trop vieux",
        faire: async (contexte) => {
          const { retires, gardes } = await nettoyer(env, await lireVariables(env), { simuler });
          contexte.resultat = { simule: !!simuler, retires, gardes };
          return `${retires.length} ${simuler ? "à retirer" : "retirées"}, ${gardes.length} gardées`;
        },
      }], {
        json,
        fin: ({ resultat }) => {
          const { retires, gardes } = resultat as Awaited<ReturnType<typeof nettoyer>>;
          return [
            ...retires.map(({ nom, raison }) => `- ${nom} : ${raison}`),
            ...gardes.map((nom) => `  ${nom} : gardée`),
          ]
            .join("\n");
        },
      })
    );
}
