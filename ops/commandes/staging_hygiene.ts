import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/cible.ts";
import {
  type ContexteTransaction,
  dedans,
  fermer,
  ouvrirTransaction,
  valider,
} from "../exploitation/staging/transaction.ts";

type ContexteHygiene = ContexteTransaction & { resultat?: { quoi: string; objet: string }[] };

/** staging:hygiene: no phantom tank, no stock that no movement stands behind. */
export const enregistrer = commande("staging:hygiene")<ContexteHygiene>({
  dit: "retire de STAGING les citernes fantômes et les stocks que nul mouvement ne justifie",
  aide:
    `Ne retire rien qu'un mouvement justifie : une citerne fantôme qui a reçu ou livré arrête tout, et se traite par
staging:reset-mouvements d'abord. Rien à confirmer : ce qui part n'aurait jamais dû exister. PROD est toujours refusée.`,
  env: [],
  etapes: () => [
    verifierCible("staging"),
    ouvrirTransaction(),
    dedans("Retirer citernes fantômes et stocks sans mouvement", async (contexte) => {
      contexte.resultat = await contexte.tx<{ quoi: string; objet: string }[]>`
          select quoi, objet from private.nettoyer_staging()`;
      return contexte.resultat.length ? `${contexte.resultat.length} retirés` : "rien à retirer";
    }),
    valider(),
  ],
  toujours: fermer,
  fin: ({ resultat = [] }) =>
    resultat.length
      ? resultat.map(({ quoi, objet }) => `  retiré : ${quoi}, ${objet}`).join("\n")
      : "Aucune citerne fantôme, aucun stock sans mouvement : STAGING est propre.",
});
