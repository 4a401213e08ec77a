import { commande } from "../exploitation/cible/commande.ts";
import type { ContexteSecrets } from "../exploitation/secrets/verification.ts";
import { etapesSecrets } from "../exploitation/secrets/etapes.ts";

/** secrets:verifier: each secret is proved, and the one before it, before that one goes. Shows none. */
export const enregistrer = commande<ContexteSecrets, { rechiffrer?: boolean }>("secrets:verifier", {
  dit: "éprouve chaque secret et celui d'avant, pendant une rotation ; n'en affiche aucun",
  aide: "Le nouveau sous son nom, l'ancien sous <NOM>_PRECEDENT, dans env/.env.<env> ou l'environnement.\n" +
    "Sortie 1 : un nouveau secret ne marche pas, ou quelque chose ne se lit plus. Ne retirez rien.",
  contexte: ({ rechiffrer = false }) => ({ rechiffrer, constats: [] }),
  etapes: () => etapesSecrets,
  fin: ({ constats }) =>
    constats.filter(({ ancien, peut_partir }) => ancien !== "absent" && peut_partir)
      .map(({ nom }) => `${nom}_PRECEDENT peut partir.`).join("\n"),
  options: (une) =>
    une
      .option("--rechiffrer", "passe sous CLE_SECRETS ce qui est encore sous CLE_SECRETS_PRECEDENT"),
});
