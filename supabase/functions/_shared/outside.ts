import type { Acte } from "./acte.ts";
import { type Auteur, enTransaction } from "./database.ts";
import { type Identifiee, type Reponse, reprendre } from "./idempotency.ts";
import { fromDatabase } from "./problems.ts";
import type { DemandeLue } from "./requests.ts";

/** Carries what was verified out of a transaction that must leave nothing behind, a reserved key least of all. */
class Verifie extends Error {
  constructor(readonly valeur: unknown) {
    super("verified");
  }
}

/**
 * The part of an act that another service does, outside any transaction. Nothing where the act has none or its
 * verification refused: the act then refuses by itself. The first answer, where the request had one.
 */
export async function faireDehors(
  { dehors }: Acte,
  auteur: Auteur,
  demande: DemandeLue,
  identifiee: Identifiee | undefined,
): Promise<{ fait?: unknown; premiere?: Reponse }> {
  if (!dehors) return {};
  try {
    const premiere = await enTransaction({ ...auteur, ecrit: false }, async (tx) => {
      const premiere = identifiee && await reprendre(tx, identifiee);
      if (premiere) return premiere;
      throw new Verifie(await dehors.verifier(tx, demande));
    });
    return { premiere };
  } catch (error) {
    if (error instanceof Verifie) return { fait: await dehors.demander(error.valeur, demande) };
    if (fromDatabase(error).problem.status >= 500) throw error;
    return {};
  }
}
