// What a door prepares on its connections, and what it must not: behind a transaction pooler, and as the schema changes.
import assert from "node:assert/strict";
import postgres from "postgres";
import { declaredProject } from "../support/base.ts";
import { startFonction } from "../support/fonction.ts";
import { porteur, signer } from "../support/jetons.ts";
import { monde, sql, status, stock, test, token } from "../support/monde.ts";
import { startPooler } from "../support/pooler.ts";

const SORTIES = 24;

test("behind a transaction pooler the doors act as on a connection of their own", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(1000);
  const headers = porteur(await token(gerant));
  const pooler = await startPooler(status.DB_URL, 2);
  const porte = await startFonction("sorties", { SUPABASE_DB_URL: pooler.url, DB_POOLER: "transaction" });
  try {
    const avant = await stock(gerant, m.citernes[0]!);
    const poster = async (adresse: string, corps: unknown) => {
      const answer = await porte.demander(adresse, {
        method: "POST",
        headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify(corps),
      });
      return { statut: answer.status, corps: await answer.json() as { id: string; statut: string } };
    };
    const faites = await Promise.all(Array.from({ length: SORTIES }, async () => {
      const { corps } = await poster("", {
        citerne_id: m.citernes[0],
        client_id: m.client,
        volume_ambiant: 10,
        temperature_ambiante_c: 15,
      });
      return await poster(`/${corps.id}/valider`, {});
    }));
    assert.deepEqual(
      faites.map(({ statut, corps }) => [statut, corps.statut]),
      Array(SORTIES).fill([200, "validee"]),
    );
    const apres = await stock(gerant, m.citernes[0]!);
    assert.equal(avant.MONALUXE!.stock_ambiant - apres.MONALUXE!.stock_ambiant, SORTIES * 10);
  } finally {
    await porte.stop();
    await pooler.stop();
  }
});

test("a schema that changes under a door that works is no fault to whoever asks next", async () => {
  const base = `pooler_${crypto.randomUUID().slice(0, 8)}`;
  const url = await declaredProject(base, { seed: true });
  const projet = postgres(url, { max: 1, onnotice: () => {} });
  const personne = crypto.randomUUID();
  const porte = await startFonction("astm", { SUPABASE_DB_URL: url });
  try {
    await projet`insert into auth.users (id, email) values (${personne}, 'pooler@test.monaluxe.test')`;
    await projet`insert into public.profils (user_id, role) values (${personne}, 'admin')`;
    const headers = porteur(await signer({ sub: personne }));
    const calculer = async () => {
      const answer = await porte.demander("/calculer", {
        method: "POST",
        headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({
          groupe: "B",
          densite_observee_kgm3: 837,
          temperature_echantillon_c: 20,
          temperature_produit_c: 20,
          volume_observe_l: 1000,
        }),
      });
      await answer.body?.cancel();
      return answer.status;
    };
    // So that every connection of the door has prepared it.
    assert.deepEqual(await Promise.all(Array.from({ length: 12 }, calculer)), Array(12).fill(200));
    const fonctions = await projet<{ nom: string; definition: string }[]>`
      select p.oid::regprocedure::text as nom, pg_get_functiondef(p.oid) as definition
        from pg_proc p where p.oid in ('private.premiere_reponse'::regproc, 'private.reponse_gardee'::regproc)`;
    assert.equal(fonctions.length, 2);
    // Their answer has another type: what was prepared no longer holds.
    await projet.begin(async (tx) => {
      for (const { nom, definition } of fonctions) {
        await tx.unsafe(`drop function ${nom}`);
        await tx.unsafe(
          definition.replace("RETURNS json", "RETURNS jsonb").replace("json_build", "jsonb_build"),
        );
        await tx.unsafe(`grant execute on function ${nom} to authenticated`);
      }
    });
    assert.deepEqual(await Promise.all(Array.from({ length: 12 }, calculer)), Array(12).fill(200));
  } finally {
    await porte.stop();
    await projet.end();
    await sql`drop database ${sql(base)} with (force)`;
  }
});
