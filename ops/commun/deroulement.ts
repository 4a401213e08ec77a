// How every operators' command runs: its steps in order, each with its time, for a person or as JSON for a program.
import { Listr } from "listr2";
import { LigneParEtape } from "./francais.ts";
import { endWith, execution, leave, onSignals, print, printError } from "./execution.ts";
import { Echec, machineFault } from "./failure.ts";

/** 0: done, or GO. 1: a step failed, or NO-GO. 2: refused before anything was done. */
export const SORTIES = { fait: 0, echec: 1, refus: 2 } as const;

/** A command that will not start: wrong target, missing confirmation. Nothing has been done. */
export class Refus extends Echec {
  override name = "Refus";
  constructor(readonly code: string, phrase: string) {
    super(phrase);
  }
}

/** Throws Refus, with this code and sentence, where it is not so. */
export function admettre(vrai: unknown, code: string, sinon: string): asserts vrai {
  if (!vrai) throw new Refus(code, sinon);
}

/** Shows progress while a step lasts. */
export type Dire = (progres: string) => void;

export interface Etape<C> {
  titre: string;
  /** Does it; what it returns is shown as its evidence. */
  faire: (contexte: C, dire: Dire) => string | void | Promise<string | void>;
  /** Whether to run it although an earlier step failed: what cleans up, or judges something else. Default: no. */
  malgreEchec?: (contexte: C) => boolean;
  /** Whether there is nothing to say of it: then it is neither run nor shown. Asked when its turn comes. */
  sansLigne?: (contexte: C) => boolean;
}

/** A step that is not begun once another has failed. */
export const etape = <C>(titre: string, faire: Etape<C>["faire"]): Etape<C> => ({ titre, faire });

/** Steps in their order: each by its title, and what it does. */
export type Pas<C> = Record<string, Etape<C>["faire"] | Omit<Etape<C>, "titre">>;

export const etapes = <C>(pas: Pas<C>): Etape<C>[] =>
  Object.entries(pas).map(([titre, un]) => ({ titre, ...(typeof un === "function" ? { faire: un } : un) }));

export interface EtapeFaite {
  titre: string;
  statut: "faite" | "echouee" | "non_commencee";
  constat?: string;
  duree_ms?: number;
}

export interface Compte {
  commande: string;
  statut: "fait" | "echec" | "refus";
  etapes: EtapeFaite[];
  duree_ms: number;
  code?: string;
  erreur?: string;
  /** What the command found, for a program. */
  resultat?: unknown;
}

const NUMEROS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

const secondes = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

/** The sentence and the code of whatever was thrown: ours, PostgreSQL's, or the machine's. */
export function dit(erreur: unknown): { code?: string; phrase: string } {
  const { message, hint, code } = erreur as { message?: string; hint?: string; code?: string };
  if (erreur instanceof Refus) return { code: erreur.code, phrase: erreur.message };
  // A rule of the database: its message is the code, its hint the sentence.
  if (code?.startsWith("PT") && hint) return { code: message, phrase: hint };
  return { code, phrase: machineFault(erreur) ?? message ?? String(erreur) };
}

/** Runs one step, and writes what became of it beside its title; throws what it threw. */
async function faireUne<C>(
  { titre, faire }: Etape<C>,
  contexte: C,
  faite: EtapeFaite,
  dire: (progres: string) => void,
): Promise<void> {
  const depart = performance.now();
  try {
    const constat = await faire(contexte, dire);
    Object.assign(faite, { titre, statut: "faite", ...(constat ? { constat } : {}) });
  } catch (erreur) {
    Object.assign(faite, { titre, statut: "echouee", constat: dit(erreur).phrase });
    throw erreur;
  } finally {
    faite.duree_ms = Math.round(performance.now() - depart);
  }
}

const aFaire = <C>(etapes: Etape<C>[]): EtapeFaite[] =>
  etapes.map(({ titre }) => ({ titre, statut: "non_commencee" }));

const avecLigne = <C>(contexte: C, etapes: Etape<C>[], faites: EtapeFaite[]): EtapeFaite[] =>
  faites.filter((_, rang) => !etapes[rang]!.sansLigne?.(contexte));

/** Runs steps in silence, for a command that reads the outcome of another. Never throws. */
export async function passer<C>(contexte: C, etapes: Etape<C>[]): Promise<EtapeFaite[]> {
  const faites = aFaire(etapes);
  let echec = false;
  for (const [rang, etape] of etapes.entries()) {
    if (etape.sansLigne?.(contexte) || (echec && !etape.malgreEchec?.(contexte))) continue;
    await faireUne(etape, contexte, faites[rang]!, () => {}).catch(() => echec = true);
  }
  return avecLigne(contexte, etapes, faites);
}

/**
 * Runs the steps of a command, shows them, and says the exit code it ends with.
 * With `json`, says nothing but one JSON object on stdout at the end.
 */
export async function derouler<C extends { resultat?: unknown }>(
  commande: string,
  contexte: C,
  etapes: Etape<C>[],
  options: {
    json?: boolean;
    fin?: (contexte: C) => string | void;
    /** What is said last of a failure. */
    finEnEchec?: (contexte: C) => string | void;
    /** What is said last of one that a signal ended, where more is known than its steps say. */
    finInterrompue?: (contexte: C) => string | void;
    /** Runs when the steps are over, however they ended: gives back what the first of them took. */
    toujours?: (contexte: C) => Promise<void>;
  } = {},
): Promise<void> {
  const debut = performance.now();
  const faites = aFaire(etapes);
  let premiere: unknown;
  const liste = new Listr<C, "default", "simple">(
    etapes.map((etape, rang) => ({
      title: etape.titre,
      enabled: () => !etape.sansLigne?.(contexte),
      task: async (_, tache) => {
        if (premiere !== undefined && !etape.malgreEchec?.(contexte)) {
          tache.skip("non commencé");
          return;
        }
        const faite = faites[rang]!;
        try {
          // A log has a line a change, and not one each time it is asked.
          await faireUne(etape, contexte, faite, (progres) => {
            if (tache.output !== progres) tache.output = progres;
          });
          tache.title = `${etape.titre} (${secondes(faite.duree_ms!)})${
            faite.constat ? ` : ${faite.constat}` : ""
          }`;
        } catch (erreur) {
          premiere ??= erreur;
          // What is read beside the title is the sentence, and not a code.
          throw new Error(faite.constat, { cause: erreur });
        }
      },
    })),
    {
      renderer: "default",
      fallbackRenderer: "simple",
      // In CI, a pipe or a log file: one line a step.
      fallbackRendererCondition: () => !execution().terminal(),
      silentRendererCondition: () => !!options.json,
      // The steps after a failure decide by themselves whether they run.
      exitOnError: false,
      rendererOptions: { collapseSubtasks: false },
      fallbackRendererOptions: { logger: new LigneParEtape() },
      registerSignalListeners: false,
    },
  );
  const compte: Compte = { commande, statut: "fait", etapes: faites, duree_ms: 0 };
  const sourd = onSignals(["SIGINT", "SIGTERM", "SIGHUP"], (signal) => {
    const faite = faites.findIndex(({ statut }) => statut === "non_commencee");
    printError(
      `✗ ${commande} : interrompu (${signal})${
        faite < 0 ? "" : ` pendant « ${etapes[faite]!.titre} »`
      }. Ce qui est coché ` +
        "plus haut est fait ; de cette étape, ce que la base n'avait pas validé est annulé. Regardez, puis relancez.",
    );
    const dite = options.finInterrompue?.(contexte);
    if (dite) printError(`  ${dite}`);
    leave(128 + NUMEROS[signal as keyof typeof NUMEROS]);
  }, { unlessHeard: true });
  await liste.run(contexte);
  compte.etapes = avecLigne(contexte, etapes, faites);
  if (premiere !== undefined) {
    const { code, phrase } = dit(premiere);
    // A database that says what it is not, by the rule of its own SQL, has undone what it refused.
    const refuse = premiere instanceof Refus || code === "ENV_INTERDIT";
    const echouees = faites.filter(({ statut }) => statut === "echouee");
    const erreur = echouees.length > 1
      ? echouees.map(({ titre, constat }) => `${titre} : ${constat}`).join("\n  ")
      : phrase;
    Object.assign(compte, { statut: refuse ? "refus" : "echec", code, erreur });
  }
  const fin = premiere === undefined ? options.fin : options.finEnEchec;
  // Whatever becomes of its tidying, what the steps did is told.
  try {
    await options.toujours?.(contexte);
  } catch (erreur) {
    const reste = `ce qui restait à ranger ne l'a pas été : ${dit(erreur).phrase}`;
    const avant = compte.erreur === undefined ? "tout est fait, mais" : `${compte.erreur}\n  Et`;
    Object.assign(compte, { statut: "echec", erreur: `${avant} ${reste}` });
  }
  sourd();
  compte.duree_ms = Math.round(performance.now() - debut);
  compte.resultat = contexte.resultat;
  if (options.json) print(JSON.stringify(compte));
  else conclure(compte, fin?.(contexte));
  endWith(SORTIES[compte.statut]);
}

function conclure({ commande, statut, code, erreur, duree_ms, etapes }: Compte, fin: string | void): void {
  if (statut === "fait") {
    if (fin) print(fin);
    print(`✓ ${commande} : fait en ${secondes(duree_ms)}.`);
    return;
  }
  // What is done whatever failed before it, was done.
  const ratee = etapes.findIndex((une) => une.statut === "echouee");
  const rien = !etapes.slice(ratee + 1).some((une) => une.statut === "faite");
  const refus = rien ? "refusé, rien n'a été fait" : "refusé ; ce qui est coché plus haut est fait";
  printError(`✗ ${commande} : ${statut === "refus" ? refus : "échec"}.`);
  printError(`  ${code ? `${code} : ` : ""}${erreur}`);
  if (fin) print(fin);
}
