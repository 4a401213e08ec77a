// What is left to say of a transaction that is over, or whose connection is gone, is said to nobody.
import assert from "node:assert/strict";
import postgres from "postgres";
import { alone, untilItLeaves } from "../../supabase/functions/_shared/connection.ts";
import { transaction } from "../../supabase/functions/_shared/transaction.ts";
import { sql, status, test } from "../support/monde.ts";

/** The role that a statement ran as, where it ran at all. */
const role = (tx: postgres.TransactionSql) => tx<[{ role: string }]>`select current_user as role`;
const devenirPersonne = (tx: postgres.TransactionSql) =>
  tx<[{ pid: number }]>`select set_config('role', 'authenticated', true), pg_backend_pid() as pid`;

test("a connection cut while the work is elsewhere: what the work says next reaches neither the project's role nor another's transaction", async () => {
  await using porte = Object.assign(postgres(status.DB_URL, { max: 1 }), {
    [Symbol.asyncDispose]: () => porte.end(),
  });
  const { promise: coupee, resolve: reprendre } = Promise.withResolvers<void>();
  const dites: string[] = [];
  const premiere = transaction(porte, async (tx) => {
    const [{ pid }] = await devenirPersonne(tx);
    await sql`select pg_terminate_backend(${pid})`;
    await coupee;
    dites.push((await role(tx))[0].role);
  });
  await assert.rejects(premiere, { code: "CONNECTION_CLOSED" });
  // The same connection, opened again for somebody else, who has written and not yet decided.
  const seconde = transaction(porte, async (tx) => {
    await tx`create temporary table ecrit (n int)`;
    reprendre();
    await tx`select 1`;
    await tx`select 1`;
    throw new Error("finalement non");
  });
  await assert.rejects(seconde, /finalement non/);
  const [{ garde }] = await porte<[{ garde: string | null }]>`select to_regclass('pg_temp.ecrit') as garde`;
  assert.deepEqual({ dites, garde }, { dites: [], garde: null });
});

test("what goes on beside a transaction that has ended is sent nowhere", async () => {
  await using porte = Object.assign(postgres(status.DB_URL, { max: 1 }), {
    [Symbol.asyncDispose]: () => porte.end(),
  });
  const { promise: finie, resolve: finir } = Promise.withResolvers<void>();
  let suite: Promise<unknown> | undefined;
  await transaction(porte, async (tx) => {
    await devenirPersonne(tx);
    suite = finie.then(() => role(tx));
  });
  finir();
  await assert.rejects(suite!, { message: /SERVICE_INDISPONIBLE/ });
});

test("those that waited in vain for a connection leave it to whoever comes next, each told that it was not served", async () => {
  await using porte = Object.assign(postgres(status.DB_URL, { max: 1 }), {
    [Symbol.asyncDispose]: () => porte.end({ timeout: 0 }),
  });
  const attendre = () => {
    const { query, giveUp } = untilItLeaves(
      porte,
      () => "dite",
      (valeur) => alone(porte`select ${valeur}::text`),
    );
    return { dite: query.execute().then(() => "servie", () => "refusée"), giveUp };
  };
  // The one that the connection is opened for, then one whose words the connection knows, then those that wait for it.
  for (const connue of [false, true]) {
    const tenue = connue ? alone(porte`select pg_sleep(0.2)`).execute() : undefined;
    const attendent = Array.from({ length: 5 }, attendre);
    // The driver queues what it is asked a moment later.
    await new Promise((resolve) => setTimeout(resolve));
    attendent.forEach(({ giveUp }) => giveUp());
    await tenue;
    assert.deepEqual(new Set(await Promise.all(attendent.map(({ dite }) => dite))), new Set(["refusée"]));
    const suivante = attendre();
    const trop = new Promise((resolve) => setTimeout(resolve, 5_000, "jamais"));
    assert.equal(await Promise.race([suivante.dite, trop]), "servie");
  }
});
