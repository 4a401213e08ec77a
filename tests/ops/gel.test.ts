import assert from "node:assert/strict";
import { startFonction } from "../support/fonction.ts";
import { porteur, signer } from "../support/jetons.ts";
import { test } from "../support/monde.ts";
import { personne, projet, TANK1 } from "../support/projets.ts";

// On a database of its own, and a door before it: a freeze is of the whole database.
test("while writes are frozen a door says 423, and the same request succeeds once they are open", async () => {
  const depot = await projet("gel", "staging");
  const porte = await startFonction("sorties", { SUPABASE_DB_URL: depot.url });
  const [admin, operateur] = [await personne(depot, "admin"), await personne(depot, "operateur")];
  const rediger = async ({ id }: typeof admin, cle: string) => {
    const answer = await porte.demander("", {
      method: "POST",
      headers: { ...porteur(await signer({ sub: id })), "idempotency-key": cle },
      body: JSON.stringify({ citerne_id: TANK1, volume_ambiant: 100, temperature_ambiante_c: 15 }),
    });
    return { statut: answer.status, dit: await answer.json() };
  };

  await admin.sql`select private.geler_ecritures('Migration ASTM 53B')`;
  const { statut, dit } = await rediger(operateur, "une-fois");
  assert.deepEqual([statut, dit.code], [423, "ECRITURES_GELEES"]);
  assert.match(dit.detail, /suspendues depuis le .* \(Migration ASTM 53B\)\. Rien n'a été enregistré/);
  assert.equal((await rediger(admin, "operateur-du-gel")).statut, 201);
  await admin.sql`select private.degeler_ecritures()`;
  const ecrite = await rediger(operateur, "une-fois");
  assert.equal(ecrite.statut, 201);
  assert.equal((await rediger(operateur, "une-fois")).dit.id, ecrite.dit.id);

  await porte.stop();
  await Promise.all([admin.sql, operateur.sql, depot.base].map((sql) => sql.end()));
});
