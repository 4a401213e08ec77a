import { Echec } from "../commun/failure.ts";

/** Throws Echec where something else already listens on this port of 127.0.0.1. */
export function refuseTakenPort(name: string, port: number): void {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new Echec(
      `Le port ${port} est déjà pris par un autre programme. Rien n'a été démarré. ` +
        `Arrêtez-le, ou choisissez un autre port : ${name}=${port + 100} npm start.`,
    );
  }
}
