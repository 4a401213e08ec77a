import type { Etape } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { readSettings } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import {
  type ContexteSecrets,
  jwt,
  metriques,
  smtp,
  stripe,
  webhooks,
} from "../exploitation/secrets/verification.ts";
import { cleSecrets } from "../exploitation/secrets/cle_secrets.ts";
import { loadKeys } from "../pile/keys.ts";
import { runningStack } from "../pile/status.ts";

/** Every secret that turns, in the order a rotation meets them. */
const VERIFICATIONS = [cleSecrets, jwt, smtp, webhooks, stripe, metriques];

/** On this machine the stack says its own, where nobody says otherwise. */
const variablesDeLaPile: Etape<ContexteSecrets> = {
  titre: "Lire les secrets donnés ici",
  faire: async ({ cible }) => {
    const pile = cible.env === "local" ? await runningStack() : undefined;
    if (pile) {
      const { cleSecrets: CLE_SECRETS } = await loadKeys(readSettings().dataDir);
      cible.variables = { CLE_SECRETS, JWT_SECRET: pile.JWT_SECRET, ...cible.variables };
    }
    const donnes = VERIFICATIONS.map(({ nom }) => nom.replace("…", "")).flatMap((nom) =>
      [nom, `${nom}_PRECEDENT`].filter((un) => cible.variables[un])
    );
    exiger(
      donnes.length,
      `Aucun secret n'est donné : rien n'a été éprouvé. Mettez-les dans env/.env.${cible.env} ou l'environnement, puis relancez.`,
    );
    return donnes.join(", ");
  },
};

const ETAPES: Etape<ContexteSecrets>[] = [
  variablesDeLaPile,
  ...VERIFICATIONS.map(({ nom, verifier }): Etape<ContexteSecrets> => ({
    titre: nom,
    malgreEchec: ({ cible }) => !!cible,
    faire: async (contexte, dire) => {
      const constat = await verifier(contexte, dire);
      if (typeof constat === "string") return constat;
      contexte.constats.push({ nom, ...constat });
      contexte.resultat = { secrets: contexte.constats };
      return constat.dit;
    },
  })),
];

/** secrets:verifier: each secret is proved, and the one before it, before that one goes. Shows none. */
export const enregistrer = commande("secrets:verifier", {
  "--rechiffrer": "passe sous CLE_SECRETS ce qui est encore sous CLE_SECRETS_PRECEDENT",
})<ContexteSecrets>({
  dit: "éprouve chaque secret et celui d'avant, pendant une rotation ; n'en affiche aucun",
  aide: "Le nouveau sous son nom, l'ancien sous <NOM>_PRECEDENT, dans env/.env.<env> ou l'environnement.\n" +
    "Sortie 1 : un nouveau secret ne marche pas, ou quelque chose ne se lit plus. Ne retirez rien.",
  contexte: ({ rechiffrer = false }) => ({ rechiffrer, constats: [] }),
  etapes: () => ETAPES,
  fin: ({ constats }) =>
    constats.filter(({ ancien, peut_partir }) => ancien !== "absent" && peut_partir)
      .map(({ nom }) => `${nom}_PRECEDENT peut partir.`).join("\n"),
});
