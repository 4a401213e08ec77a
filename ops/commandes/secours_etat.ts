import { type Sql, withDatabase } from "../commun/connection.ts";
import { dit, etape } from "../commun/deroulement.ts";
import { Echec, NoGo } from "../commun/failure.ts";
import { momentAuDepot } from "../commun/horloge.ts";
import { processVariables } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { seuilsDe } from "../exploitation/cible/variables.ts";
import { ancienneRevenue, type Revenue } from "../exploitation/secours/ancienne.ts";
import {
  alertesDe,
  direActe,
  direEtat,
  type Etat,
  lireEtat,
  lireSuivi,
  type Suivi,
} from "../exploitation/secours/etat.ts";
import { derniereFaute } from "../exploitation/secours/copie.ts";
import { exigerSecours, type Fiche, sansMotDePasse } from "../exploitation/secours/fiche.ts";

interface Contexte {
  fiche: Fiche;
  /** Why one of the two could not be asked. */
  muets: { principale?: string; secours?: string };
  principale?: Etat;
  suivi?: Suivi;
  /** What became of the primary that was replaced. */
  revenue?: Revenue;
  resultat?: unknown;
}

const DITES: Record<Revenue, string> = {
  muette: "elle ne répond pas",
  lue: "elle ne se laisse que lire",
  ecrit: "ELLE EST REVENUE, ET ÉCRIT",
  autre: "une autre base répond à sa place, ou elle a été promue depuis",
};

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
    return `ni la principale ni la base de secours ne répondent. ${relever} Sinon secours:promouvoir, qui démarre d'abord ` +
      `celle-ci (${dossier}) ; sinon continuite:restaurer (docs/continuite.md)`;
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
      contexte.fiche = await exigerSecours();
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
        const { promueLe, secours, principale } = contexte.fiche;
        if (promueLe) {
          contexte.revenue = await withDatabase(
            secours,
            "monaluxe secours",
            (sql) => ancienneRevenue(sql, principale),
          );
          return `remplacée le ${momentAuDepot(promueLe)} : ${DITES[contexte.revenue]}`;
        }
        contexte.principale = await demander(contexte, "principale", lireEtat);
        return direEtat(contexte.principale);
      },
    },
    {
      titre: "Juger",
      malgreEchec: ({ fiche }) => !!fiche,
      faire: async (contexte) => {
        const { fiche, muets, principale, suivi } = contexte;
        contexte.resultat = { ...principale, suivi, promue_le: fiche.promueLe ?? null };
        const alertes = principale ? alertesDe(principale, seuilsDe(processVariables()), true) : [];
        if (suivi?.suspendu) {
          alertes.push("la reprise du journal est suspendue : select pg_wal_replay_resume()");
        }
        if (principale && suivi?.en_secours && suivi.source !== "streaming") {
          const faute = await derniereFaute(fiche.dossier);
          const pleine = faute && /no space left/i.test(faute);
          alertes.push(
            `${fiche.dossier}/serveur.log dit pourquoi elle n'est pas reliée${
              faute ? ` : « ${faute} »` : ""
            }` +
              (pleine ? " : son disque est plein, y faire de la place suffit" : ""),
          );
        }
        if (contexte.revenue === "ecrit") {
          alertes.unshift(
            `DEUX BASES ÉCRIVENT : l'ancienne principale (${
              sansMotDePasse(fiche.principale)
            }) est revenue. ` +
              "npm run ops -- secours:promouvoir l'empêche d'écrire ; arrêtez ce qui la joint encore (fonctions, REST, tâches)",
          );
        }
        if (muets.principale) alertes.unshift(conduiteSansPrincipale(fiche, suivi));
        else if (muets.secours) {
          alertes.unshift(
            `la base de secours ne tourne pas : la même commande secours:creer la redémarre (son journal : ${fiche.dossier}/serveur.log) ; ` +
              "qui n'en veut plus : secours:retirer",
          );
        }
        if (alertes.length) throw new NoGo(alertes.join(" ; "));
        return fiche.promueLe ? "plus de secours : secours:creer en refait un" : "rien à faire";
      },
    },
  ],
});
