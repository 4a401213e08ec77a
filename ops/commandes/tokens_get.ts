import { Option } from "commander";
import { auChoix } from "../commun/command_line.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { type ContexteJeton, type DemandeDeJeton, etapesJeton } from "../exploitation/jetons/obtenir.ts";
import { ROLES } from "../pile/demo_users.ts";

/** tokens:get: a token of a test account, written where asked and shown nowhere. Never of PROD. */
export const enregistrer = commande<ContexteJeton, DemandeDeJeton>("tokens:get", {
  dit: "écrit dans un fichier un jeton d'un compte d'essai, second facteur prouvé ; jamais en PROD",
  aide: 'Ensuite : curl -H "authorization: Bearer $(cat <fichier>)" …/functions/v1/stocks/actuel\n' +
    "Comptes : <ENV>_SMOKE_<ROLE>_EMAIL et _PASSWORD ; second facteur de l'admin : <ENV>_SMOKE_ADMIN_TOTP.",
  env: ["local", "staging"],
  etapes: etapesJeton,
  options: (une) =>
    une
      .addOption(
        auChoix(new Option("--role <rôle>", "compte de smoke dont on veut le jeton"), ROLES).default(
          "lecture",
        ),
      )
      .requiredOption("--vers <fichier>", "où l'écrire (mode 600) ; un fichier qui s'y trouve est remplacé")
      .option("--par-cle", "signé par JWT_SECRET, au lieu du mot de passe du compte"),
});
