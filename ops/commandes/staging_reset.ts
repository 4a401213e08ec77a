import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { type ContexteReset, etapesReset, lireDemande } from "../exploitation/staging/remise_a_zero.ts";
import { fermer, ouvrirTransaction, valider } from "../exploitation/staging/transaction.ts";

/** staging:reset: STAGING as new: everything dropped, every migration replayed, seeded and checked, or nothing at all. */
export const enregistrer = commande<ContexteReset>("staging:reset", {
  dit: "remet STAGING à zéro : tout ou rien, contrôles compris",
  aide:
    `Vide public, private et astm, rejoue toutes les migrations, pose les référentiels de PROD (dépôt, produits,
TANK1 à TANK6), sème, puis contrôle. Les comptes (auth) restent ; leur profil est rendu si leur dépôt existe encore.
Les options (feature_flags) et les réglages reprennent leur valeur de départ. PROD est toujours refusée.

Variables, à donner sur la ligne à chaque fois :
  ALLOW_STAGING_RESET=true
  CONFIRM_STAGING_RESET=I_UNDERSTAND_THIS_WILL_DROP_PUBLIC
  SEED_FILE=seed_staging_prod_like.sql   (facultatif ; seed_empty.sql par défaut)`,
  env: [],
  etapes: () => [verifierCible("staging"), lireDemande, ouvrirTransaction(), ...etapesReset, valider()],
  toujours: fermer,
  fin: () =>
    "STAGING est remise à zéro et contrôlée. L'application peut s'y connecter ; " +
    "suite : npm run ops -- smoke --env staging",
});
