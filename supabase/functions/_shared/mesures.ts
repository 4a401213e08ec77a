// What this process has answered, added to the database's count about once a second.
import type { Context } from "hono";
import { BORNES_S } from "./bornes.ts";
import { auNomDuProjet } from "./database.ts";
import { soon } from "./soon.ts";

/** What was answered by a door, of one class of status, since it was last said. */
export type Reponses = {
  fonction: string;
  route: string;
  classe: number;
  nombre: number;
  secondes: number;
  paniers: number[];
};

/** Of this process, not said yet: as many as there are doors, however long the database is away. */
let comptees = new Map<string, Reponses>();

function ajouter({ fonction, route, classe, nombre, secondes, paniers }: Reponses): void {
  const cle = `${fonction} ${route} ${classe}`;
  const deja = comptees.get(cle);
  if (!deja) return void comptees.set(cle, { fonction, route, classe, nombre, secondes, paniers });
  deja.nombre += nombre;
  deja.secondes += secondes;
  paniers.forEach((n, rang) => deja.paniers[rang]! += n);
}

/** Where the database cannot be told, what was to be said waits for the next answer. */
async function verser(): Promise<void> {
  const aDire = [...comptees.values()];
  comptees = new Map();
  if (!aDire.length) return;
  try {
    await auNomDuProjet((sql) => sql`select private.compter_reponses(${sql.json(aDire)})`);
  } catch {
    aDire.forEach(ajouter);
  }
}

const prevoir = soon(verser);

/** Counts every answer of a function: by the act that gave it, the class of its status, and its time. */
export const compterReponses =
  (fonction: string) =>
  async (c: Context<{ Variables: { route?: string } }>, next: () => Promise<void>): Promise<void> => {
    const debut = performance.now();
    await next();
    // A browser asking whether it may ask.
    if (c.req.method === "OPTIONS") return;
    const secondes = (performance.now() - debut) / 1000;
    const rang = BORNES_S.findIndex((borne) => secondes <= borne);
    const paniers = Array.from({ length: BORNES_S.length + 1 }, () => 0);
    paniers[rang === -1 ? BORNES_S.length : rang] = 1;
    const classe = Math.floor(c.res.status / 100);
    ajouter({ fonction, route: c.get("route") ?? "?", classe, nombre: 1, secondes, paniers });
    prevoir();
  };
