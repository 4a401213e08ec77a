// How every step of the migration runs: the target, the step before, its own work, then the evidence and what is next.
import type { Environnement } from "../../ops/commun/environment.ts";
import { verifierCible } from "../../ops/exploitation/cible/cible.ts";
import type { ContexteGel } from "../../ops/exploitation/gel/gel.ts";
import { reserver } from "./registre.ts";
import { derouler, dit, type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { commitDeLArbre } from "../../ops/commun/commit.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { NoGo } from "../../ops/commun/failure.ts";
import { desaccordsDeStock } from "./etat.ts";
import {
  aReprendre,
  derniereIntervention,
  type Dossier,
  interventionEnCours,
  ouvrirIntervention,
} from "./intervention.ts";
import { type Acte, ETAPES, type Passage, type Tableau } from "./passage.ts";

/** Demands that movements, stock and journal agree; what it returns says so. */
export async function exigerStocksAccordes(sql: Sql): Promise<string> {
  const desaccords = await desaccordsDeStock(sql);
  if (desaccords) throw new NoGo(`verifier_stocks() trouve ${desaccords} désaccord(s).`);
  return "verifier_stocks() ne trouve aucun désaccord";
}

export interface ContexteAstm extends ContexteGel {
  dossier: Dossier;
  faits: Record<string, unknown>;
  tableaux: Tableau[];
  sansEffet?: boolean;
  /** Holds the interventions of this database until the command ends. */
  reservation?: { liberer(): Promise<void> };
  resultat?: unknown;
}

export interface OptionsCommunes {
  env: Environnement;
  json?: boolean;
  confirmePar?: string;
}

interface Definition {
  acte: Acte;
  /** Whose success it needs; refused before anything where it is missing. */
  apres: Acte[] | ((dossier: Dossier) => Acte[]);
  etapes: Etape<ContexteAstm>[];
  /** Opens an intervention where none is under way, or takes again the last one that was archived. */
  ouvre?: "neuve" | "archivee";
  /** Also allowed once the way back was taken. */
  apresRetour?: boolean;
  /** Also allowed once GO was said. */
  apresGo?: boolean;
  suite: string | ((contexte: ContexteAstm) => string);
}

/** Commit of the code that acts, with + where the tree has changes of its own. */
const commitDuCode = () => commitDeLArbre()?.replace(/-dirty$/, "+") ?? "inconnu (hors d'un dépôt git)";

export function exigerConfirmation(confirmePar: string | undefined, quoi: string): string {
  const nom = confirmePar?.trim();
  if (nom) return nom;
  throw new Refus(
    "CONFIRMATION_REQUISE",
    `Une personne doit répondre de ceci : ${quoi}. Ajoutez --confirme-par "Prénom Nom".`,
  );
}

/** Runs a step: checks, does, writes its evidence (of a failure too), says what is next. */
export function deroulerActe(options: OptionsCommunes, definition: Definition): Promise<void> {
  const { env, json, confirmePar } = options;
  const { acte } = definition;
  const debut = new Date().toISOString();
  const constats: Passage["constats"] = [];
  let git = "";

  const consigner = (contexte: ContexteAstm, statut: Passage["statut"], erreur?: string) =>
    contexte.dossier.consigner(contexte.sql, {
      etape: acte,
      statut,
      debut,
      fin: new Date().toISOString(),
      git,
      ...(confirmePar ? { confirme_par: confirmePar.trim() } : {}),
      ...(contexte.sansEffet ? { sans_effet: true } : {}),
      constats,
      faits: contexte.faits,
      ...(contexte.tableaux.length ? { tableaux: contexte.tableaux } : {}),
      ...(erreur ? { erreur } : {}),
    });

  const relire: Etape<ContexteAstm> = {
    titre: "Relire l'intervention",
    faire: async (contexte) => {
      const { sql, cible } = contexte;
      contexte.reservation = await reserver(cible.dbUrl);
      contexte.faits = {};
      contexte.tableaux = [];
      contexte.dossier = definition.ouvre === "neuve"
        ? await interventionEnCours(sql, cible) ?? await ouvrirIntervention(sql, cible)
        : definition.ouvre === "archivee"
        ? await aReprendre(sql, cible)
        : await derniereIntervention(sql, cible);
      if (contexte.dossier.annulee && !definition.apresRetour) {
        throw new Refus(
          "RETOUR_ARRIERE_FAIT",
          "Le retour arrière est commencé : terminez-le par " +
            `npm run ops -- migration:astm rollback --env ${env}, puis rollback --reprise.`,
        );
      }
      if (contexte.dossier.acquis("go") && !definition.apresGo) {
        throw new Refus(
          "GO_PRONONCE",
          "Le GO a été prononcé : il reste archive, ou le retour arrière (rollback).",
        );
      }
      const { apres } = definition;
      const avant = typeof apres === "function" ? apres(contexte.dossier) : apres;
      avant.forEach((acte) => contexte.dossier.exiger(acte));
      git = commitDuCode();
      return avant.length ? `« ${avant.join(" », « ")} » : acquis` : "";
    },
  };

  let echouee: { statut: "nogo" | "echec"; erreur: string } | undefined;
  const surveillees = definition.etapes.map((etape): Etape<ContexteAstm> => ({
    ...etape,
    faire: async (contexte, dire) => {
      try {
        const constat = await etape.faire(contexte, dire);
        if (constat) constats.push({ titre: etape.titre, constat });
        return constat;
      } catch (erreur) {
        // A refusal did nothing, so there is nothing to tell of it.
        if (!(erreur instanceof Refus)) {
          const { phrase } = dit(erreur);
          constats.push({ titre: etape.titre, constat: `**${phrase}**` });
          echouee ??= { statut: erreur instanceof NoGo ? "nogo" : "echec", erreur: phrase };
        }
        throw erreur;
      }
    },
  }));

  return derouler<ContexteAstm>(`migration:astm ${acte}`, {} as ContexteAstm, [
    verifierCible(env),
    relire,
    ...surveillees,
    {
      titre: "Consigner",
      malgreEchec: () => !!echouee,
      faire: async (contexte) => {
        await consigner(contexte, echouee?.statut ?? "faite", echouee?.erreur);
        contexte.resultat = {
          dossier: contexte.dossier.fichier,
          suite: ensuite(contexte),
          ...contexte.faits,
        };
        return contexte.dossier.fichier.replace(/\.json$/, ".md");
      },
    },
  ], {
    json,
    fin: (contexte) => `Ensuite : ${ensuite(contexte)}`,
    toujours: async ({ reservation }) => await reservation?.liberer(),
  });

  function ensuite(contexte: ContexteAstm): string {
    return typeof definition.suite === "string" ? definition.suite : definition.suite(contexte);
  }
}

/** The command after this step, as it is typed. */
export function commandeSuivante(env: Environnement, acte: typeof ETAPES[number], options = ""): string {
  const suivante = ETAPES[ETAPES.indexOf(acte) + 1];
  return `npm run ops -- migration:astm ${suivante} --env ${env}${options}`;
}
