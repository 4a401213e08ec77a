// What a command carries from step to step, and gives back however it ends.
import type { Etape } from "../../ops/commun/deroulement.ts";
import { leave, onSignals, printError } from "../../ops/commun/execution.ts";
import type { FichierDecisions } from "./examen/decisions.ts";
import type { Cible } from "./cible.ts";
import { ouvrirCible } from "./cible.ts";
import type { Source } from "./ancienne/acces.ts";
import { ouvrirSource } from "./ancienne/source.ts";

export interface Contexte {
  source?: Source;
  cible?: Cible;
  decisions?: { fichier: FichierDecisions; empreinte: string };
  resultat?: unknown;
  suite?: string;
  /** Whether what was sent to the target came to be, nobody can say. */
  incertain?: true;
  /** Undone in reverse when the command ends, or is told to. */
  defaire: (() => Promise<unknown>)[];
}

export const contexteVide = (): Contexte => ({ defaire: [] });

async function defaire(contexte: Contexte): Promise<void> {
  for (const pas of contexte.defaire.splice(0).reverse()) await pas().catch(() => {});
}

const SIGNAUX = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** From now on a signal leaves nothing behind: the transaction is dropped, the throwaway server stopped. */
export function fermerAuSignal(contexte: Contexte): (contexte: Contexte) => Promise<void> {
  let interrompu: Promise<never> | undefined;
  const sourd = onSignals(SIGNAUX, () => {
    printError("✗ Interrompu : rien n'est resté dans la base d'arrivée.");
    interrompu ??= defaire(contexte).then(() => leave(130));
  });
  return async (contexte) => {
    // The step that lost its connection ends too: the signal is what the caller hears of.
    await interrompu;
    await defaire(contexte);
    sourd();
  };
}

export const ouvrirLaSource = (designation: string): Etape<Contexte> => ({
  titre: "Ouvrir l'ancienne base",
  faire: async (contexte, dire) => {
    contexte.source = await ouvrirSource(designation, dire);
    contexte.defaire.push(contexte.source.fermer);
    return contexte.source.nom;
  },
});

export const ouvrirLaCible = (designation: string): Etape<Contexte> => ({
  titre: "Ouvrir la base d'arrivée",
  faire: async (contexte) => {
    const cible = contexte.cible = await ouvrirCible(designation);
    contexte.defaire.push(() => cible.sql.end({ timeout: 0 }));
    return cible.nom;
  },
});
