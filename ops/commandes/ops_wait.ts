import { Refus } from "../commun/deroulement.ts";
import { Echec } from "../commun/failure.ts";
import { lireCible, portesDe } from "../exploitation/cible/cible.ts";
import { commande, DELAI } from "../exploitation/cible/commande.ts";
import { attendrePret, direEtat } from "../exploitation/deploiement/etapes.ts";

/** ops:wait: returns once the service is ready, or says what it last answered. */
export const enregistrer = commande("ops:wait", {
  "--delai <secondes>": DELAI,
})<{ resultat?: unknown }>({
  dit: "attend que le service soit prêt (ops/ready), en redemandant de moins en moins souvent",
  sansCible: true,
  etapes: ({ env, delai }) => ({
    [`Attendre ${env}`]: async (contexte, dire) => {
      const portes = async () => {
        try {
          return portesDe(await lireCible(env));
        } catch (erreur) {
          // A local stack that is starting says nowhere where it is until it is ready.
          if (env === "local" && erreur instanceof Refus) throw new Echec(erreur.message);
          throw erreur;
        }
      };
      const etat = await attendrePret(portes, { delai, dire });
      contexte.resultat = etat;
      return direEtat(etat);
    },
  }),
});
