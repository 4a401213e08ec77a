import assert from "node:assert/strict";
import { signIn } from "../../ops/pile/client.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { test } from "../support/monde.ts";
import { DEPOT, dossierEnv, enStaging, GASOIL, ops, projet, RESET } from "../support/projets.ts";
import { command, newEnvironment, startPile } from "../support/pile.ts";
import { attendre } from "../support/attente.ts";

test("what serves a STAGING goes on serving it after a reset: the same accounts, the doors and REST as they now are", async () => {
  const cible = await projet("reset_servie", "staging");
  await cible.base`create table public.de_trop (id int primary key)`;
  const env = { ...await newEnvironment(), DATABASE_URL: cible.url };
  const pile = startPile(env);
  await pile.ready;
  const statut: StackStatus = JSON.parse((await command("ops/pile/print_status.ts", env)).stdout);
  const gerant = await signIn(statut, "gerant@demo.monaluxe.test", "monaluxe-demo");

  const { code, stderr } = await ops(["staging:reset"], {
    ...RESET,
    SEED_FILE: "seed_staging_prod_like.sql",
    OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }),
  });
  assert.equal(code, 0, stderr);

  const [fournisseur] = await cible.base`select id from public.fournisseurs`;
  const { id } = await gerant.call("POST", "cours-de-route", {
    fournisseur_id: fournisseur!.id,
    depot_destination_id: DEPOT,
    produit_id: GASOIL,
    plaque_camion: "APRES RESET",
    volume: 1000,
  });
  const { data, error } = await gerant.supabase.from("cours_de_route").select("id, plaque_camion");
  assert.deepEqual([error, data], [null, [{ id, plaque_camion: "APRES RESET" }]]);
  // Told at the commit, it reads the schema again in its own time: what was dropped is then no table of REST's any more.
  await attendre(
    "REST's new reading of the schema",
    async () => (await gerant.supabase.from("de_trop").select()).error?.code === "PGRST205",
  );
  assert.equal((await gerant.supabase.from("citernes").select("nom")).data?.length, 6);
  assert.equal(await pile.end("SIGTERM"), 0);
  await cible.base.end();
});
