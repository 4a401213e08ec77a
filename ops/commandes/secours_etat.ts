import type { Command } from "commander";
import { derouler } from "../commun/deroulement.ts";
import { connect } from "../commun/connection.ts";
import { NoGo } from "../commun/failure.ts";
import { processVariables } from "../commun/settings.ts";
import { optionJson } from "../exploitation/cible/options.ts";
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
}

async function demander<T>(url: string, lire: (sql: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const sql = connect(url, "monaluxe secours", { max: 1 });
  return await lire(sql).finally(() => sql.end({ timeout: 1 }));
}

/** secours:etat: what the primary says of its standby, and what that says of itself. Exit 1 where an operator must act. */
export function enregistrer(programme: Command): void {
  programme.command("secours:etat")
    .description(
      "dit où en est la base de secours faite d'ici : retard, créneau, synchronisme ; sortie 1 s'il faut agir",
    )
    .addOption(optionJson())
    .action(({ json }: { json?: boolean }) =>
      derouler("secours:etat", {} as Contexte, [
        {
          titre: "La base de secours",
          faire: async (contexte) => {
            contexte.fiche = await exigerFiche();
            const { secours, dossier } = contexte.fiche;
            const suivi = await demander(secours, lireSuivi);
            contexte.suivi = suivi;
            const ou = `${sansMotDePasse(secours)}, ${dossier}`;
            if (!suivi.en_secours) return `${ou} : promue, elle écrit pour elle-même`;
            return `${ou} : ${
              suivi.source === "streaming" ? "reliée" : "PAS reliée à la principale"
            }, reçu ${suivi.recu}, ` +
              `rejoué ${suivi.rejoue}${suivi.suspendu ? " (suspendue)" : ""}, dernier acte ${
                suivi.dernier_acte ?? "inconnu"
              }`;
          },
        },
        {
          titre: "La principale",
          malgreEchec: ({ fiche }) => !!fiche && !fiche.promueLe,
          faire: async (contexte) => {
            if (
              contexte.fiche.promueLe
            ) return `remplacée le ${contexte.fiche.promueLe} : elle ne doit plus écrire`;
            contexte.principale = await demander(contexte.fiche.principale, lireEtat);
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
      ], { json })
    );
}
