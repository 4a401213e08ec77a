import { Refus } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { type ContexteGel, degeler, lireGel, trouverOperateur } from "../exploitation/gel/gel.ts";
import { exigerAucuneOuverte } from "../exploitation/interventions/registre.ts";

/** degel: writes are open again, in an admin's name. */
export const enregistrer = commande("degel", {
  "--operateur <email ou id>": "l'admin qui rouvre (sans elle : celui qui a gelé)",
})<ContexteGel>({
  dit: "rouvre les écritures ; refusé tant qu'une intervention est ouverte, qui le fait elle-même",
  etapes: ({ operateur }) => ({
    "Vérifier que rien n'est en cours": async (contexte) => {
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
    "Rouvrir les écritures": async (contexte) => {
      const { gel, operateur } = contexte;
      if (gel) await degeler(contexte.sql, operateur!.user_id);
      contexte.resultat = { gel: gel ?? null, operateur: operateur ?? null };
      return gel ? "les saisies reprennent" : "rien à faire";
    },
  }),
});
