// What a database is at, as the doors of this tree would say it.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { direSchema, lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";

/** At the schema that its functions expect, and no hand has changed it. */
export async function exigerAJour(sql: postgres.Sql): Promise<void> {
  assert.equal(direSchema(await lireEtatSchema(sql), EMPREINTE_ATTENDUE), "à jour");
}
