import { type Sql, withDatabase } from "../commun/connection.ts";
import { dit, etape } from "../commun/deroulement.ts";
import { Echec, NoGo } from "../commun/failure.ts";
import { momentAuDepot } from "../commun/horloge.ts";
import { processVariables } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { seuilsDe } from "../exploitation/cible/variables.ts";
import {
  alertesDe,
  direActe,
  direEtat,
  type Etat,
  lireEtat,
  lireSuivi,
  type Suivi,
} from "../exploitation/secours/etat.ts";
import { exigerFiche, type Fiche, sansMotDePasse } from "../exploitation/secours/fiche.ts";

interface Contexte {
  fiche: Fiche;
  /** Why one of the two could not be asked. */
  muets: { principale?: string; secours?: string };
  principale?: Etat;
  suivi?: Suivi;
  resultat?: unknown;
}

/** What one of the two says of itself; notes why it says nothing. */
const demander = <T>(
  { fiche, muets }: Contexte,
  qui: "principale" | "secours",
  lire: (sql: Sql) => Promise<T>,
) =>
  withDatabase(fiche[qui], "monaluxe secours", lire).catch((erreur) => {
    muets[qui] = dit(erreur).phrase;
    throw new Echec(`${sansMotDePasse(fiche[qui])} ne répond pas (${muets[qui]})`);
  });

/** What is left, and what to do: said at two in the morning to somebody who has this command alone. */
function conduiteSansPrincipale({ synchrone, dossier }: Fiche, suivi: Suivi | undefined): string {
  const relever =
    "Si la machine de la principale vit, rallumez-la : elle se relève seule et rien n'est perdu.";
  if (!suivi) {
    return `ni la principale ni la base de secours ne répondent. ${relever} Sinon démarrez la base de secours (pg_ctl start ` +
      `--pgdata ${dossier}), puis secours:promouvoir ; sinon continuite:restaurer (docs/continuite.md)`;
  }
  const manque = synchrone
    ? "rien d'acquitté n'y manque si elle suivait quand la principale est morte (validations synchrones)"
    : "ce que la principale a acquitté sans l'avoir encore envoyé y manquerait (validations asynchrones)";
  const acte = direActe(suivi.dernier_acte, "d'avant son dernier démarrage");
  return `la principale ne répond pas. La base de secours a le journal jusqu'à ${
    suivi.recu ?? suivi.rejoue
  }, le dernier acte ` +
    `rejoué est de ${acte} ; ${manque}. ${relever} Sinon : npm run ops -- secours:promouvoir`;
}

/** secours:etat: what the primary says of its standby, and what that says of itself. Exit 1 where an operator must act. */
export const enregistrer = commande("secours:etat")<Contexte>({
  dit:
    "dit où en est la base de secours faite d'ici : retard, créneau, synchronisme ; sortie 1 s'il faut agir",
  env: [],
  contexte: () => ({ muets: {} }),
  etapes: () => [
    etape("La base de secours", async (contexte) => {
      contexte.fiche = await exigerFiche();
      const { secours, dossier } = contexte.fiche;
      const suivi = contexte.suivi = await demander(contexte, "secours", lireSuivi);
      const ou = `${sansMotDePasse(secours)}, ${dossier}`;
      if (!suivi.en_secours) return `${ou} : promue, elle écrit pour elle-même`;
      const { source, recu, rejoue, suspendu, dernier_acte } = suivi;
      return `${ou} : ${source === "streaming" ? "reliée" : "PAS reliée à la principale"}, reçu ${recu}, ` +
        `rejoué ${rejoue}${suspendu ? " (suspendue)" : ""}, dernier acte ${
          direActe(dernier_acte, "inconnu")
        }`;
    }),
    {
      titre: "La principale",
      malgreEchec: ({ fiche }) => !!fiche && !fiche.promueLe,
      faire: async (contexte) => {
        const { promueLe } = contexte.fiche;
        if (promueLe) return `remplacée le ${momentAuDepot(promueLe)} : elle ne doit plus écrire`;
        contexte.principale = await demander(contexte, "principale", lireEtat);
        return direEtat(contexte.principale);
      },
    },
    {
      titre: "Juger",
      malgreEchec: ({ fiche }) => !!fiche,
      faire: (contexte) => {
        const { fiche, muets, principale, suivi } = contexte;
        contexte.resultat = { ...principale, suivi, promue_le: fiche.promueLe ?? null };
        const alertes = principale ? alertesDe(principale, seuilsDe(processVariables()), true) : [];
        if (suivi?.suspendu) {
          alertes.push("la reprise du journal est suspendue : select pg_wal_replay_resume()");
        }
        if (muets.principale) alertes.unshift(conduiteSansPrincipale(fiche, suivi));
        else if (muets.secours) {
          alertes.unshift(
            `la base de secours ne tourne pas : pg_ctl start --pgdata ${fiche.dossier} (son journal : serveur.log, là) ; ` +
              "qui n'en veut plus : secours:retirer",
          );
        }
        if (alertes.length) throw new NoGo(alertes.join(" ; "));
        return Promise.resolve(
          fiche.promueLe ? "plus de secours : secours:creer en refait un" : "rien à faire",
        );
      },
    },
  ],
});
