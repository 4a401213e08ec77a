// A copy of PROD restored as STAGING: nobody of PROD hears of it, by whatever way a message could have left.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { ouvrirBoite } from "./depot.ts";

const PERSONNE = "directeur@exemple.cd";

test("a copy of PROD tells nobody of PROD, until a setting names the copy itself", async (t) => {
  const boite = await ouvrirBoite("copie");
  const { sql } = boite;
  const prendre = async () => {
    await boite.avancer();
    return (await sql<{ destinataires: string[] }[]>`select destinataires from private.prendre_envois(100)`)
      .flatMap(({ destinataires }) => destinataires).sort();
  };
  const toutArrive = async () => {
    await boite.ouvrir("CRITICAL");
    await boite.ouvrir("WARN");
    await sql`update public.system_alerts set ouverte_le = now() - interval '30 days' where status = 'OPEN'`;
    await sql`select private.escalader()`;
  };
  try {
    await sql`delete from public.app_settings where key = 'profils_prevenus'`;
    await labelDatabase(sql, "prod");
    const [{ id: directeur }] = await sql<[{ id: string }]>`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), ${PERSONNE}, 'authenticated', 'authenticated') returning id`;
    const [{ id: admin }] = await sql<[{ id: string }]>`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), 'admin@exemple.cd', 'authenticated', 'authenticated') returning id`;
    await sql`insert into public.profils (user_id, role, email) values
      (${directeur}, 'directeur', ${PERSONNE}), (${admin}, 'admin', 'admin@exemple.cd')`;
    await boite.regle({ canal: "EMAIL", destination: "client@exemple.cd", severity_min: "WARN" });
    // As the default ones: of no environment, to whoever has the role.
    await boite.regle({ canal: "EMAIL", roles: ["directeur"], severity_min: "WARN", env: null });
    await toutArrive();
    const [mort] = await sql<[{ id: string }]>`
      update public.envois set statut = 'MORT' where id = (select id from public.envois limit 1) returning id`;
    assert.ok((await prendre()).includes(PERSONNE), "PROD tells its own");
    await toutArrive();
    await labelDatabase(sql, "staging");

    await t.step("neither what waited nor what comes is sent", async () => {
      assert.deepEqual(await prendre(), []);
      await toutArrive();
      assert.deepEqual(await prendre(), []);
    });
    await t.step("nothing waits for a worker that may not send it", async () => {
      assert.deepEqual([
        ...await sql`select check_code from private.controles_envois() where check_code = 'ENVOIS_EN_RETARD'`,
      ], []);
    });
    await t.step("a setting that names another environment opens nothing", async () => {
      await sql`insert into public.app_settings (key, value) values ('profils_prevenus', 'prod')`;
      await toutArrive();
      assert.deepEqual(await prendre(), []);
    });
    await t.step("a dead message of PROD is not sent again from the copy", async () => {
      await sql.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
        await assert.rejects(
          tx.savepoint((point) => point`select public.relancer_envoi(${mort.id})`),
          /ENV_INTERDIT/,
        );
      });
    });
    await t.step(
      "once it names the copy, what comes is told to its profiles, and to no other of PROD",
      async () => {
        await sql`update public.app_settings set value = 'staging' where key = 'profils_prevenus'`;
        await toutArrive();
        assert.deepEqual([...new Set(await prendre())], ["admin@exemple.cd", PERSONNE]);
      },
    );
    await t.step("withdrawn, what still waits for them waits on", async () => {
      await toutArrive();
      await sql`delete from public.app_settings where key = 'profils_prevenus'`;
      assert.deepEqual(await prendre(), []);
    });
  } finally {
    await boite.fermer();
  }
});
