// reprise:charger: one transaction into an empty database, from one moment of the source, which must not have moved meanwhile.
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { wholeOrNot } from "../../ops/commun/connection.ts";
import { Echec, Incertain } from "../../ops/commun/failure.ts";
import { motDeCommande } from "../../ops/commun/command_line.ts";
import { nombre } from "../../ops/commun/francais.ts";
import { type Contexte, ouvrirLaCible, ouvrirLaSource } from "./contexte.ts";
import { decisionDe, exigerSignature, lireDecisions } from "./examen/decisions.ts";
import { type Acte, type Chargement, charger } from "./ecriture.ts";
import { lireAncienne } from "./ancienne/lecture.ts";
import { empreinteSource, lireSource } from "./ancienne/source.ts";
import { traduire, type Traduite } from "./traduire.ts";

interface Options {
  source: string;
  vers: string;
  decisions: string;
  aBlanc?: boolean;
}

interface ContexteChargement extends Contexte {
  lue?: { traduite: Traduite; empreinte: string };
  debut?: number;
}

/** Thrown to leave no trace of a rehearsal that went well. */
class Repetition extends Error {}

export const lireLesDecisions = (chemin: string): Etape<Contexte> => ({
  titre: "Lire les décisions",
  faire: async (contexte) => {
    contexte.decisions = await lireDecisions(chemin);
    exigerSignature(contexte.decisions.fichier);
    const { nom, le } = contexte.decisions.fichier.signature;
    return `signées par ${nom}, le ${le}`;
  },
});

/** Reads and translates the source by the decisions; refuses one that is not what was examined. */
export async function lireSelonDecisions(contexte: Contexte, dire: (progres: string) => void) {
  const { fichier } = contexte.decisions!;
  return await lireSource(contexte.source!, async (instantane) => {
    dire("empreinte");
    const empreinte = await empreinteSource(instantane);
    if (empreinte !== fichier.source.empreinte) {
      throw new Refus(
        "SOURCE_CHANGEE",
        "L'ancienne base n'est plus celle qui a été examinée : gelez-la, puis relancez reprise:examiner avec --decisions " +
          "(vos choix y sont repris), et signez de nouveau.",
      );
    }
    dire("lecture");
    const traduite = traduire(await lireAncienne(instantane), decisionDe(fichier));
    const [oubliee] = traduite.examen.sansDecision;
    if (oubliee) {
      throw new Refus(
        "DECISIONS_INCOMPLETES",
        `${traduite.examen.sansDecision.length} anomalies sans décision, dont ${oubliee.code} (${oubliee.table} ` +
          `${oubliee.ligne} : ${oubliee.constat}). Relancez reprise:examiner avec --decisions, relisez et signez.`,
      );
    }
    return { traduite, empreinte };
  });
}

async function exigerInchangee({ source, lue }: ContexteChargement): Promise<void> {
  const maintenant = await lireSource(source!, empreinteSource);
  if (maintenant === lue!.empreinte) return;
  throw new Refus(
    "SOURCE_CHANGEE",
    "Quelqu'un a écrit dans l'ancienne base pendant le chargement : tout est annulé. Gelez-la vraiment (runbook, section 3), " +
      "puis recommencez à reprise:examiner.",
  );
}

async function chargerDans(
  contexte: ContexteChargement,
  aBlanc: boolean,
  dire: (progres: string) => void,
): Promise<Chargement> {
  const { fichier, empreinte: decisions } = contexte.decisions!;
  const acte: Acte = {
    source: contexte.source!.nom,
    empreinte: contexte.lue!.empreinte,
    decisions,
    signature: fichier.signature,
  };
  let fait: Chargement | undefined;
  try {
    await wholeOrNot(contexte.cible!.sql, async (tx) => {
      fait = await charger(tx, contexte.lue!.traduite, acte, dire);
      dire("l'ancienne base a-t-elle changé ?");
      await exigerInchangee(contexte);
      if (aBlanc) throw new Repetition();
    });
  } catch (erreur) {
    if (erreur instanceof Incertain) {
      contexte.incertain = true;
      throw new Echec(`${erreur.message} Relancez : une base déjà chargée est refusée.`);
    }
    if (!(erreur instanceof Repetition)) throw erreur;
  }
  return fait!;
}

export function etapesChargement(options: Options): Etape<ContexteChargement>[] {
  return [
    lireLesDecisions(options.decisions),
    ouvrirLaSource(options.source),
    ouvrirLaCible(options.vers),
    {
      titre: "Lire l'ancienne base, en un instant",
      faire: async (contexte, dire) => {
        contexte.debut = performance.now();
        contexte.lue = await lireSelonDecisions(contexte, dire);
        const lignes = [...contexte.lue.traduite.traduction.tables.values()].reduce(
          (n, l) => n + l.length,
          0,
        );
        return `${nombre(lignes)} lignes à écrire`;
      },
    },
    {
      titre: options.aBlanc ? "Charger à blanc, contrôler, annuler" : "Charger, contrôler, valider",
      faire: async (contexte, dire) => {
        const { lignes, scellees } = await chargerDans(contexte, !!options.aBlanc, dire);
        const secondes = Math.round((performance.now() - contexte.debut!) / 100) / 10;
        contexte.resultat = { lignes, scellees, secondes, a_blanc: !!options.aBlanc };
        const gel = `Les écritures ont besoin d'être gelées ${
          nombre(secondes, 1)
        } s pour le chargement, puis le temps de la preuve.`;
        contexte.suite = options.aBlanc
          ? `${gel}\nRien n'est resté dans la base d'arrivée.`
          : `${gel}\nEnsuite : npm run ops -- reprise:prouver --source … --vers … --decisions ${
            motDeCommande(options.decisions)
          }`;
        return `${nombre(scellees)} lignes de journal scellées, verifier_stocks() vide, source inchangée`;
      },
    },
  ];
}
