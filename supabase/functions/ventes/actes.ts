import { commandes } from "./commandes.ts";
import { conditions } from "./conditions.ts";
import { encaissements } from "./encaissements.ts";
import { factures } from "./factures.ts";
import { papiers } from "./papiers.ts";

export const actes = [...conditions, ...commandes, ...factures, ...encaissements, ...papiers];
