// How often each person asks each door: counted here, said to the database about once a second, judged there at each
// request by what every process has said and by what this one has not said yet (private.exiger_demande).
import { auNomDuProjet } from "./database.ts";
import { soon } from "./soon.ts";

type Demandes = {
  user_id: string;
  route: string;
  nombre: number;
  minute: number;
};

/** Not said yet; those of a minute that is over count no more, and are said all the same. */
let comptees = new Map<string, Demandes>();

const dire = soon(async () => {
  const aDire = [...comptees.values()];
  comptees = new Map();
  try {
    await auNomDuProjet((sql) => sql`select private.compter_demandes(${sql.json(aDire)})`);
  } catch {
    // What could not be said waits for the next request.
    for (const demandes of aDire) ajouter(demandes);
  }
});

function ajouter({ user_id, route, nombre, minute }: Demandes): number {
  const cle = `${user_id} ${route}`;
  const deja = comptees.get(cle);
  const ici = nombre + (deja?.minute === minute ? deja.nombre : 0);
  comptees.set(cle, { user_id, route, nombre: ici, minute });
  return ici;
}

/** Counts a request, refused later or not; returns how many of this person's to this door are not said yet. */
export function compter(user_id: string, route: string): number {
  dire();
  return ajouter({ user_id, route, nombre: 1, minute: Math.floor(Date.now() / 60_000) });
}
