import { onSignals } from "../commun/execution.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { type ContexteSmoke, nouveauContexte } from "../exploitation/smoke/contexte.ts";
import { etapesSmoke } from "../exploitation/smoke/smoke.ts";

/** smoke: the backend as its users meet it, each role, reads, controlled movements, refusals. */
export const enregistrer = commande("smoke", {
  "--sans-ecriture": "lectures et refus seulement",
})<ContexteSmoke>({
  dit: "contrôle par les portes publiques, comme chaque rôle : lectures, réception, sortie, refus",
  aide:
    "Écrit une réception et une sortie dans la citerne d'essai (<ENV>_TEST_CITERNE_ID ; obligatoire en PROD),\n" +
    "puis les compense, même après un échec. Comptes : <ENV>_SMOKE_<ROLE>_EMAIL et _PASSWORD.",
  contexte: () => {
    const contexte = nouveauContexte();
    // Ctrl-C stops what is being written; what was written is still compensated.
    onSignals(["SIGINT"], () => contexte.interrompu = true);
    return contexte;
  },
  etapes: ({ sansEcriture }) => etapesSmoke({ ecritures: !sansEcriture }),
});
