// How many times a request waits for the database: a flight each, on a connection of its own and behind a pooler alike.
import assert from "node:assert/strict";
import { tendreFil } from "../support/coupure.ts";
import { startFonction } from "../support/fonction.ts";
import { porteur } from "../support/jetons.ts";
import { monde, status, test, token } from "../support/monde.ts";
import { startPooler } from "../support/pooler.ts";

/** Of so many requests the cheapest: another may have met the process saying its counts, and taken another connection. */
const ESSAIS = 6;

async function compter(databaseUrl: string, more: Record<string, string>): Promise<Record<string, number>> {
  const m = await monde();
  await m.recevoir(1000);
  const headers = porteur(await token(await m.personne("gerant")));
  const fil = await tendreFil(databaseUrl);
  const porte = await startFonction("sorties", { SUPABASE_DB_URL: fil.url, ...more });
  try {
    const vols = async (demander: () => Promise<Response>) => {
      const comptes: number[] = [];
      for (let essai = 0; essai < ESSAIS; essai++) {
        const avant = fil.vols().length;
        const answer = await demander();
        assert.ok(answer.ok, await answer.text());
        comptes.push(fil.vols().length - avant);
      }
      return Math.min(...comptes);
    };
    const poster = (adresse: string, corps: unknown, cle: boolean) =>
      porte.demander(adresse, {
        method: "POST",
        headers: { ...headers, ...(cle && { "idempotency-key": crypto.randomUUID() }) },
        body: JSON.stringify(corps),
      });
    const brouillon = {
      citerne_id: m.citernes[0],
      client_id: m.client,
      volume_ambiant: 1,
      temperature_ambiante_c: 15,
    };
    const valider = async (cle: boolean) => {
      const ids: string[] = [];
      for (let essai = 0; essai < ESSAIS; essai++) {
        ids.push((await (await poster("", brouillon, false)).json()).id);
      }
      return await vols(() => poster(`/${ids.pop()}/valider`, {}, cle));
    };
    return {
      ecrire: await vols(() => poster("", brouillon, false)),
      "ecrire avec sa clé": await vols(() => poster("", brouillon, true)),
      "ecrire et valider": await vols(() => poster("?valider=true", brouillon, true)),
      valider: await valider(false),
      "valider avec sa clé": await valider(true),
      lister: await vols(() => porte.demander("", { headers })),
    };
  } finally {
    await porte.stop();
    await fil.fermer();
  }
}

const ATTENDUS = {
  ecrire: 1,
  "ecrire avec sa clé": 1,
  "ecrire et valider": 1,
  valider: 1,
  "valider avec sa clé": 1,
  // BEGIN; who asks, with the list; COMMIT.
  lister: 3,
};

test("a sortie's act is one flight to the database, its Idempotency-Key and its answer included", async () => {
  assert.deepEqual(await compter(status.DB_URL, {}), ATTENDUS);
});

test("behind a transaction pooler, which keeps no statement, too", async () => {
  const pooler = await startPooler(status.DB_URL, 2);
  try {
    assert.deepEqual(await compter(pooler.url, { DB_POOLER: "transaction" }), ATTENDUS);
  } finally {
    await pooler.stop();
  }
});
