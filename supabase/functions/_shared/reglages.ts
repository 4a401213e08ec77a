// Settings of a service that is not ours: of the function's environment; of an operator's file, while a command runs.
import { AsyncLocalStorage } from "node:async_hooks";

const porteur = new AsyncLocalStorage<Record<string, string | undefined>>();

export const reglage = (nom: string): string | undefined =>
  (porteur.getStore() ?? { [nom]: Deno.env.get(nom) })[nom] || undefined;

/** Does this with these settings, and no other: two commands at once have each their own. */
export const avecReglages = <T>(
  reglages: Record<string, string | undefined>,
  faire: () => Promise<T>,
): Promise<T> => porteur.run(reglages, faire);
