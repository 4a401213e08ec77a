// What functions of SQL declare for good, for what runs where no database is: read where it is said, never said again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Echec } from "./failure.ts";
import { ROOT } from "./settings.ts";

/** The literal that this function of a chapter returns, without its quotes. */
function constante(chapitre: string, fonction: string): string {
  const source = readFileSync(join(ROOT, "supabase/schemas", chapitre), "utf8");
  const corps = source.split(`create function ${fonction}()`)[1]?.split(";")[0];
  const dit = corps?.match(/^return ('?)(.+)\1$/m)?.[2];
  if (dit === undefined) throw new Echec(`${chapitre} ne déclare pas ${fonction}() par une valeur.`);
  return dit;
}

/** Litres at 15 °C that the field accepts between its own application's and ours. */
export const TOLERANCE_L = Number(constante("082_comparaison.sql", "astm.tolerance_l"));

/** Where the depot's clock hangs. */
export const FUSEAU = constante("020_identite.sql", "private.fuseau_societe");
