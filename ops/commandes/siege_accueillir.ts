import type { Sql } from "../commun/connection.ts";
import { admettre } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import {
  basesRattachees,
  codeDeBase,
  duDepot,
  exigerSeule,
  fermerTout,
  nomDe,
  nomDuDepot,
  ouvrir,
  ouvrirConsolidee,
  variableDuDepot,
} from "../exploitation/siege/adresses.ts";
import { tenirDepots } from "../exploitation/siege/tables.ts";

interface Accueil {
  siege: Sql;
  depot: Sql;
  depots: string[];
  resultat?: unknown;
}

/** siege:accueillir: a depot opened since, into a base that is attached already. */
export const enregistrer = commande("siege:accueillir", {
  "<code>": { dit: "code de la base : KLZ", lire: codeDeBase },
  "<depot>": { dit: "code du dépôt ouvert à la référence : LIK", lire: codeDeBase },
})<Accueil>({
  dit: "fait d'une base rattachée celle d'un dépôt ouvert depuis : elle seule l'écrira",
  aide: "SIEGE_DB_URL, et DEPOT_<CODE>_DB_URL : la base rattachée.",
  env: [],
  etapes: ({ code, depot }) => ({
    "Ouvrir les bases": async (c) => {
      c.siege = await ouvrirConsolidee();
      c.depot = await ouvrir(variableDuDepot(code));
      return nomDe(duDepot(code));
    },
    "Vérifier que rien n'aura deux auteurs": async (c) => {
      const [connu] = await c.depot<{ id: string }[]>`select id from public.depots where code = ${depot}`;
      admettre(
        connu,
        "DEPOT_INCONNU",
        `Aucun dépôt n'a le code ${depot} dans cette base : ouvrez-le d'abord dans la base de référence. Rien n'a été fait.`,
      );
      const bases = await basesRattachees(c.siege);
      const sienne = bases.find(({ base }) => base === nomDuDepot(code));
      admettre(sienne, "BASE_NON_RATTACHEE", `${code} n'est pas rattaché. Rien n'a été fait.`);
      exigerSeule(
        bases.find((une) => une !== sienne && une.depots.includes(connu.id)),
        `${depot} est déjà un dépôt`,
      );
      c.depots = [...new Set([...sienne.depots, connu.id])];
      return `${c.depots.length} dépôt(s), que cette base seule écrit`;
    },
    "L'accueillir": async (c) => {
      await c.siege`update siege.bases set depots = ${c.depots} where base = ${nomDuDepot(code)}`;
      await tenirDepots(c.depot, c.depots);
      return "ses citernes et ses actes s'écrivent ici";
    },
  }),
  toujours: fermerTout,
});
