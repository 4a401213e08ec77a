import { conditions } from "./conditions.ts";
import { encaissements } from "./encaissements.ts";
import { factures } from "./factures.ts";

export const actes = [...conditions, ...factures, ...encaissements];
