import { Echec, exiger } from "../commun/failure.ts";

/** Throws Echec where nothing can listen on this port of 127.0.0.1: something else does, or it is root's alone. */
export function refuseTakenPort(name: string, port: number): void {
  const other = (free: number) =>
    `Rien n'a été démarré. Choisissez un autre port : ${name}=${free} npm start.`;
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new Echec(
        `Le port ${port} est déjà pris par un autre programme : arrêtez-le. ${other(port + 100)}`,
      );
    }
    if (error instanceof Deno.errors.PermissionDenied) {
      throw new Echec(`Le port ${port} est réservé à root (sous 1024). ${other(port + 54_000)}`);
    }
    throw error;
  }
}

/** Throws Echec where both would listen on one port. */
export function refuseSamePort(apiPort: number, dbPort: number): void {
  exiger(
    apiPort !== dbPort,
    `API_PORT et DB_PORT disent tous deux ${apiPort} : il en faut deux. Rien n'a été démarré. ` +
      `Par exemple : API_PORT=${apiPort} DB_PORT=${apiPort < 65_535 ? apiPort + 1 : apiPort - 1} npm start.`,
  );
}
