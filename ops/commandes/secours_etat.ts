import { withDatabase } from "../commun/connection.ts";
import { NoGo } from "../commun/failure.ts";
import { processVariables } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { seuilsDe } from "../exploitation/cible/variables.ts";
import {
  alertesDe,
  direEtat,
  type Etat,
  lireEtat,
  lireSuivi,
  type Suivi,
} from "../exploitation/secours/etat.ts";
import { exigerFiche, type Fiche, sansMotDePasse } from "../exploitation/secours/fiche.ts";

interface Contexte {
  fiche: Fiche;
  principale?: Etat;
  suivi?: Suivi;
  resultat?: unknown;
  sql?: undefined;
}

/** secours:etat: what the primary says of its standby, and what that says of itself. Exit 1 where an operator must act. */
export const enregistrer = commande<Contexte>("secours:etat", {
  dit:
    "dit où en est la base de secours faite d'ici : retard, créneau, synchronisme ; sortie 1 s'il faut agir",
  env: [],
  etapes: () => [
    {
      titre: "La base de secours",
      faire: async (contexte) => {
        contexte.fiche = await exigerFiche();
        const { secours, dossier } = contexte.fiche;
        const suivi = contexte.suivi = await withDatabase(secours, "monaluxe secours", lireSuivi);
        const ou = `${sansMotDePasse(secours)}, ${dossier}`;
        if (!suivi.en_secours) return `${ou} : promue, elle écrit pour elle-même`;
        const { source, recu, rejoue, suspendu, dernier_acte } = suivi;
        return `${ou} : ${source === "streaming" ? "reliée" : "PAS reliée à la principale"}, reçu ${recu}, ` +
          `rejoué ${rejoue}${suspendu ? " (suspendue)" : ""}, dernier acte ${dernier_acte ?? "inconnu"}`;
      },
    },
    {
      titre: "La principale",
      malgreEchec: ({ fiche }) => !!fiche && !fiche.promueLe,
      faire: async (contexte) => {
        const { principale, promueLe } = contexte.fiche;
        if (promueLe) return `remplacée le ${promueLe} : elle ne doit plus écrire`;
        contexte.principale = await withDatabase(principale, "monaluxe secours", lireEtat);
        return direEtat(contexte.principale);
      },
    },
    {
      titre: "Juger",
      malgreEchec: ({ principale }) => !!principale,
      faire: (contexte) => {
        const { fiche, principale, suivi } = contexte;
        contexte.resultat = { ...principale, suivi, promue_le: fiche.promueLe ?? null };
        const alertes = principale ? alertesDe(principale, seuilsDe(processVariables()), true) : [];
        if (suivi?.suspendu) {
          alertes.push("la reprise du journal est suspendue : select pg_wal_replay_resume()");
        }
        if (alertes.length) throw new NoGo(alertes.join(" ; "));
        return Promise.resolve(
          fiche.promueLe ? "plus de secours : secours:creer en refait un" : "rien à faire",
        );
      },
    },
  ],
});
