import type { Command } from "commander";
import { derouler, Refus } from "../commun/deroulement.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { optionEnv, optionJson } from "../exploitation/cible/options.ts";
import { type ContexteGel, degeler, lireGel, trouverOperateur } from "../exploitation/gel/gel.ts";
import { exigerAucuneOuverte } from "../exploitation/interventions/registre.ts";

/** degel: writes are open again, in an admin's name. */
export function enregistrer(programme: Command): void {
  programme.command("degel")
    .description("rouvre les écritures ; refusé tant qu'une intervention est ouverte, qui le fait elle-même")
    .addOption(optionEnv())
    .option("--operateur <email ou id>", "l'admin qui rouvre (sans elle : celui qui a gelé)")
    .addOption(optionJson())
    .action(({ env, operateur, json }) =>
      derouler("degel", {} as ContexteGel, [
        verifierCible(env),
        {
          titre: "Vérifier que rien n'est en cours",
          faire: async (contexte) => {
            contexte.gel = await lireGel(contexte.sql);
            await exigerAucuneOuverte(contexte.sql);
            if (!contexte.gel) return "les écritures sont déjà ouvertes";
            contexte.operateur = await trouverOperateur(contexte.sql, operateur ?? contexte.gel.operateur)
              .catch((erreur) => {
                if (!(erreur instanceof Refus) || operateur) throw erreur;
                throw new Refus(
                  "OPERATEUR_INCONNU",
                  "L'admin qui a gelé n'en est plus un dans cette base : donnez-en un autre, --operateur <email ou id>.",
                );
              });
            return `gelées le ${contexte.gel.depuis} : ${contexte.gel.motif}`;
          },
        },
        {
          titre: "Rouvrir les écritures",
          faire: async (contexte) => {
            if (contexte.gel) await degeler(contexte.sql, contexte.operateur!.user_id);
            contexte.resultat = { gel: contexte.gel ?? null, operateur: contexte.operateur ?? null };
            await contexte.sql.end();
            return contexte.gel ? "les saisies reprennent" : "rien à faire";
          },
        },
      ], { json })
    );
}
