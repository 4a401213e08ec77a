import assert from "node:assert/strict";
import { join } from "node:path";
import { comparer } from "../../ops/commun/schema/ecarts.ts";
import { lireMigrations } from "../../ops/commun/schema/scripts.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { signIn } from "../../ops/pile/client.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { test } from "../support/monde.ts";
import {
  DEPOT,
  dossierEnv,
  enStaging,
  GASOIL,
  ops,
  type Projet,
  projet,
  RESET,
  rienAPousser,
} from "../support/projets.ts";
import { command, newEnvironment, startPile } from "../support/pile.ts";
import { attendre } from "../support/attente.ts";

test("a STAGING is reset, with the seed that was asked for, to the very project the CLI makes; what serves it goes on: the same accounts, the doors and REST as they now are", async () => {
  const cible = await projet("reset_servie", "staging");
  await cible.base`create table public.de_trop (id int primary key)`;
  const env = { ...await newEnvironment(), DATABASE_URL: cible.url };
  const pile = startPile(env);
  await pile.ready;
  const statut: StackStatus = JSON.parse((await command("ops/pile/print_status.ts", env)).stdout);
  await cible.base`create type public.humeur as enum ('bonne')`;
  await cible.base`create function public.oubliee() returns int language sql as 'select 1'`;
  await cible.base`drop function private.interdire_si_prod() cascade`;
  const gerant = await signIn(statut, "gerant@demo.monaluxe.test", "monaluxe-demo");

  const { code, stdout, stderr } = await ops(["staging:reset", "--json"], {
    ...RESET,
    SEED_FILE: "staging/sql/seed_staging_prod_like.sql",
    OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }),
  });
  assert.equal(code, 0, stderr);
  assert.ok(JSON.parse(stdout).etapes.every(({ statut }: { statut: string }) => statut === "faite"));
  await rienAPousser(cible.url, "--include-seed");
  // As the CLI writes it down, statements included.
  const histoire = await cible.base`
    select version, name, statements from supabase_migrations.schema_migrations order by version`;
  const migrations = await lireMigrations(join(ROOT, "supabase/migrations"));
  assert.deepEqual(
    [...histoire],
    migrations.map(({ version, nom, instructions }) => ({ version, name: nom, statements: instructions })),
  );
  const poussee = await projet("reset_poussee", "staging");
  const graines = ({ base }: Projet) => base`select path, hash from supabase_migrations.seed_files`;
  assert.deepEqual([...await graines(cible)], [...await graines(poussee)]);
  assert.deepEqual(await comparer(cible.url, poussee.url), []);
  await poussee.base.end();

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
