// go: every proof in one place, the depot's written word, and the decision. GO opens writes again; NO-GO leaves them frozen.
import { TOLERANCE_L } from "../../ops/commun/constantes.ts";
import { basename, extname } from "node:path";
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { Echec, NoGo } from "../../ops/commun/failure.ts";
import { sha256 } from "../../ops/exploitation/sauvegardes/dossier.ts";
import { exigerFonctionsAppliquees } from "./application.ts";
import { degeler } from "../../ops/exploitation/gel/gel.ts";
import { exigerComparaison } from "../../ops/exploitation/golden/comparaison.ts";
import { type ContexteAstm, exigerStocksAccordes } from "./etape.ts";
import { direDrapeau, exigerGel, lireCamionsEnAttente, lireDrapeau } from "./etat.ts";
import { exigerDump } from "./sauvegarde.ts";

export interface PieceJointe {
  fichier: string;
  sha256: string;
}

/** A document somebody gives: copied beside the facts, with its hash. Refuses with PIECE_REQUISE. */
export async function joindre(
  { dossier }: ContexteAstm,
  chemin: string | undefined,
  nom: string,
  quoi: string,
): Promise<PieceJointe> {
  const taille = chemin ? (await Deno.stat(chemin).catch(() => undefined))?.size : undefined;
  if (!chemin || !taille) {
    throw new Refus(
      "PIECE_REQUISE",
      chemin ? `${chemin} n'existe pas ou est vide : il faut ${quoi}.` : `Il manque ${quoi}, en fichier.`,
    );
  }
  const copie = dossier.annexe(`${nom}${extname(chemin)}`);
  await Deno.mkdir(dossier.dossier, { recursive: true });
  await Deno.copyFile(chemin, copie);
  return { fichier: basename(copie), sha256: await sha256(copie) };
}

interface Critere {
  titre: string;
  juger: (contexte: ContexteAstm) => Promise<string>;
}

const CRITERES: Critere[] = [
  { titre: "Fonctions", juger: exigerFonctionsAppliquees },
  { titre: "Sauvegarde d'avant", juger: exigerDump },
  {
    titre: "Comparaison ML_PP / SEP, refaite à l'instant",
    juger: async ({ sql }) => {
      const { ecarts } = await exigerComparaison(sql);
      return `${ecarts.cas} cas dans ±${TOLERANCE_L} L, plus grand écart ${ecarts.pire_ecart_l} L`;
    },
  },
  {
    titre: "Drapeau",
    juger: async ({ sql }) => {
      const drapeau = await lireDrapeau(sql);
      if (!drapeau.enabled) throw new NoGo("astm_53b est éteint.");
      return direDrapeau(drapeau);
    },
  },
  {
    titre: "Essai contrôlé",
    juger: ({ dossier }) => {
      const { faits, fin } = dossier.exiger("smoke");
      return Promise.resolve(`fait le ${fin.slice(0, 16)}Z, écart ${faits.ecart_camion_essai_l} L`);
    },
  },
  {
    titre: "Cohérence des stocks",
    juger: async ({ sql }) => {
      await exigerStocksAccordes(sql);
      return "aucun désaccord";
    },
  },
];

/** Every criterion, judged whatever the others say; throws NoGo naming those that fail. */
async function jugerTout(contexte: ContexteAstm): Promise<string> {
  const lignes: [string, string, string][] = [];
  for (const { titre, juger } of CRITERES) {
    try {
      lignes.push([titre, "oui", await juger(contexte)]);
    } catch (erreur) {
      if (!(erreur instanceof Echec)) throw erreur;
      lignes.push([titre, "NON", erreur.message]);
    }
  }
  contexte.tableaux.push({ titre: "Critères", colonnes: ["critère", "satisfait", "constat"], lignes });
  contexte.faits.criteres = lignes;
  const manques = lignes.filter(([, verdict]) => verdict === "NON");
  if (manques.length) {
    throw new NoGo(
      `${manques.map(([titre, , constat]) => `${titre} : ${constat}`).join(" ")} ` +
        (contexte.sansEffet
          ? "Le GO avait été prononcé : faut-il revenir en arrière ?"
          : "Les écritures restent gelées."),
    );
  }
  return `${lignes.length} critères sur ${lignes.length}`;
}

export function etapesDecision(options: { validation?: string }): Etape<ContexteAstm>[] {
  return [
    {
      titre: "Validation écrite du responsable du dépôt",
      faire: async (contexte) => {
        contexte.sansEffet = !!contexte.dossier.acquis("go");
        if (contexte.sansEffet) return "GO déjà prononcé";
        await exigerGel(contexte.sql, contexte.dossier.contenu.env);
        const piece = await joindre(
          contexte,
          options.validation,
          "validation-depot",
          "la validation écrite du responsable du dépôt (--validation)",
        );
        contexte.faits.validation = piece;
        return `${piece.fichier}, sha256 ${piece.sha256.slice(0, 12)}…`;
      },
    },
    { titre: "Réunir les preuves", faire: jugerTout },
    {
      titre: "Rouvrir les écritures",
      faire: async (contexte) => {
        if (contexte.sansEffet) return "déjà ouvertes";
        const { operateur } = await exigerGel(contexte.sql, contexte.dossier.contenu.env);
        await degeler(contexte.sql, operateur);
        contexte.faits.decision = "GO";
        const camions = await lireCamionsEnAttente(contexte.sql);
        return `GO — ${camions.length} camion(s) en attente peuvent être encodés` +
          (camions.length ? ` : ${camions.map(({ plaque }) => plaque).join(", ")}` : "");
      },
    },
  ];
}
