import { etape } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/etape.ts";
import { exigerConfirmation, PHRASE_MOUVEMENTS } from "../exploitation/staging/gardes.ts";
import {
  type ContexteMouvements,
  etapesMouvements,
  tableauMouvements,
} from "../exploitation/staging/mouvements.ts";
import { fermer, ouvrirTransaction, valider } from "../exploitation/staging/transaction.ts";

/** staging:reset-mouvements: every movement and all stock of STAGING gone, every CDR as it was. */
export const enregistrer = commande<ContexteMouvements>("staging:reset-mouvements", {
  dit: "purge les mouvements et le stock de STAGING, garde chaque cours de route tel quel",
  aide:
    `Vide réceptions, sorties, transferts, dilatations, ajustements, stocks initiaux, prises de hauteur, stocks_journaliers,
stocks_snapshot, leurs lignes de log_actions et les réponses gardées des clés d'idempotence. Un cours de route DECHARGE
le reste, bien que sa réception n'existe plus. Peut être relancée. PROD est toujours refusée.

Variables, à donner sur la ligne à chaque fois :
  ALLOW_STAGING_RESET=true
  CONFIRM_STAGING_RESET=${PHRASE_MOUVEMENTS}`,
  env: [],
  etapes: () => [
    verifierCible("staging"),
    etape(
      "Vérifier les confirmations",
      () => Promise.resolve(exigerConfirmation(PHRASE_MOUVEMENTS, "staging:reset-mouvements")),
    ),
    ouvrirTransaction(),
    ...etapesMouvements,
    valider(),
  ],
  toujours: fermer,
  fin: tableauMouvements,
});
