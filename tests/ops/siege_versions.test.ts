// A network whose bases go from one version to the next, each kind of change at once, whoever begins: nothing lost, nothing
// twice, and what stops meanwhile is said. The version before is made by taking from the declared one.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { planifier } from "../../ops/commun/schema/plan.ts";
import { seuilsDe } from "../../ops/exploitation/cible/variables.ts";
import { positionActuelle } from "../../ops/exploitation/siege/replication.ts";
import { reseau } from "../../ops/exploitation/surveillance/mesures.ts";
import { attendre } from "../support/attente.ts";
import { commandesAvec } from "../support/deplacement.ts";
import { test } from "../support/monde.ts";
import { lignes, ouvrirBase, ouvrirServeur, type Serveur } from "../support/reseau.ts";
import { exigerAJour } from "../support/schema.ts";

/**
 * The version before. By the migration: two tables more, one of them a reference; a column more, and one less that had to be
 * filled; a type that holds more, and another; a rule, a key and an obligation more; a key less.
 */
const AVANT = `
  drop table public.proforma_clotures cascade;
  drop table public.taux_change cascade;
  alter table public.specifications drop column unite cascade;
  alter table private.lots_differes drop column envois cascade, drop constraint lots_differes_appareil_check,
    add column ancienne text not null default 'x', alter column ecart_horloge drop not null;
  alter table private.lots_differes alter column ancienne drop default, alter column appareil type varchar(50);
  alter table private.impressions alter column objet_id type text, alter column exemplaire type smallint;`;
const CLES = `
  alter table private.impressions add constraint impressions_ancienne_key unique (objet, exemplaire);
  drop index private.numeros_objet_idx;`;

/** A network whose bases are all at the version before. */
async function monter(office: Serveur, x: Serveur) {
  const adresses: Record<string, string> = {
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    REFERENCE_DB_URL: await x.creer("reference", "declare"),
    DEPOT_AAA_DB_URL: await x.creer("aaa", "declare"),
    DEPOT_BBB_DB_URL: await x.creer("bbb", "declare"),
  };
  const temoin = await x.creer("temoin", "declare");
  const [siege, reference, aaa, bbb] = Object.values(adresses).map(ouvrirBase) as [Sql, Sql, Sql, Sql];
  const urls = new Map([
    [reference, adresses.REFERENCE_DB_URL!],
    [aaa, adresses.DEPOT_AAA_DB_URL!],
    [bbb, adresses.DEPOT_BBB_DB_URL!],
  ]);
  const commandes = commandesAvec(adresses);
  for (const [nom, sql] of Object.entries({ REF: reference, AAA: aaa, BBB: bbb })) {
    await sql`insert into public.app_settings (key, value) values ('societe_code', ${nom}), ('env', 'local')`;
  }
  await commandes.reussir("siege:preparer");
  for (const code of ["AAA", "BBB"]) await commandes.reussir("siege:rattacher", code);
  for (const sql of [reference, aaa, bbb]) await sql.unsafe(AVANT + CLES).simple();
  // It has no rule and no key to take away.
  await siege.unsafe(
    AVANT.replace(/, drop constraint \w+/, "").replace(/, alter column ecart_horloge drop not null/, ""),
  ).simple();
  let ecrite: Promise<string> | undefined;
  /** What `npm run schema` would write, once for all of them, run as `db push` would. */
  const migrer = async (base: Sql) => {
    ecrite ??= planifier(urls.get(base)!, temoin).then((plan) => plan.map(({ sql }) => sql).join(";\n"));
    const instructions = await ecrite;
    await base.begin(async (tx) => {
      await tx`set local check_function_bodies = off`;
      await tx.unsafe(instructions).simple();
      await tx`select private.noter_etat('supabase/schemas')`;
    });
  };
  return { siege, reference, aaa, bbb, migrer, commandes };
}
type Reseau = Awaited<ReturnType<typeof monter>>;
type Sql = postgres.Sql;

const comme = (sql: postgres.Sql, quoi: (tx: postgres.TransactionSql) => Promise<unknown>) =>
  sql.begin(async (tx) => {
    // Rows of these tables are made by doors that this test does not ask: no rule is asked either.
    await tx`set local session_replication_role = replica`;
    await quoi(tx);
  });

/** Rows as the version before writes them: the same at each depot, but for what is its own. */
const ecrireAvant = (sql: postgres.Sql) =>
  comme(sql, async (tx) => {
    await tx`insert into private.lots_differes (user_id, id, appareil, actes, ecart_horloge, ancienne)
             values (gen_random_uuid(), gen_random_uuid(), 'Quai 1', '[]', '0', 'dite')`;
    await tx`insert into private.impressions (objet_id, exemplaire, objet, par)
             values (gen_random_uuid()::text, (select count(*) + 1 from private.impressions), 'BON', gen_random_uuid())`;
  });

/** Rows that only the new version can hold. */
const ecrireApres = (sql: postgres.Sql) =>
  comme(sql, async (tx) => {
    await tx`insert into private.lots_differes (user_id, id, appareil, actes, ecart_horloge, envois)
             values (gen_random_uuid(), gen_random_uuid(), ${"Quai ".padEnd(150, "x")}, '[]', '0', 3)`;
    const id = crypto.randomUUID();
    await tx`insert into private.impressions (objet_id, exemplaire, objet, par)
             values (${id}, 70000, 'BON', gen_random_uuid()), (${id}, 70001, 'BON', gen_random_uuid())`;
    // One key for both depots, which is no key of the head office's.
    await tx`insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
             select gen_random_uuid(), 'S' || count(*), 2026, 1, '11111111-1111-4111-8111-111111111111' from private.numeros`;
    await tx`insert into public.proforma_clotures (proforma_id, instantane, justification)
             values (gen_random_uuid(), '{}', 'Close')`;
  });

const ecrireTaux = (reference: postgres.Sql, jour: string) =>
  comme(reference, (tx) =>
    tx`insert into public.taux_change (devise, jour, taux_cdf, source, par)
       values ('USD', ${jour}, 2800, 'MANUEL', gen_random_uuid())`);

/** Until a line has brought what its sender had written when this was asked. */
async function toutLu(sql: postgres.Sql, slot: string): Promise<void> {
  const lsn = await positionActuelle(sql);
  await attendre(`what ${slot} reads`, async () => {
    const [lu] = await sql`
      select from pg_replication_slots where slot_name = ${slot} and confirmed_flush_lsn >= ${lsn}::pg_lsn`;
    return lu;
  });
}

async function exigerEgales({ siege, reference, aaa, bbb }: Reseau): Promise<void> {
  for (const code of ["aaa", "bbb"]) await toutLu(reference, `referentiels_${code}`);
  await toutLu(reference, "referentiels_siege");
  await toutLu(aaa, "depot_aaa");
  await toutLu(bbb, "depot_bbb");
  const envoyees = await Promise.all([aaa, bbb].map(lignes));
  const recues = await lignes(siege);
  assert.deepEqual(envoyees.flatMap((une) => [...une.difference(recues)]), []);
  assert.equal(recues.size, envoyees.reduce((somme, { size }) => somme + size, 0), "each row once");
  for (const table of ["taux_change", "specifications"]) {
    const lues = async (
      sql: postgres.Sql,
    ) => [...await sql.unsafe(`select to_jsonb(t)::text as dit from public.${table} t order by 1`)];
    const dites = await lues(reference);
    assert.ok(dites.length >= 2, table);
    for (const sql of [siege, aaa, bbb]) assert.deepEqual(await lues(sql), dites);
  }
}

test("a network goes to the next version, whichever of its bases begins: nothing is lost or doubled, what stops is said", async (t) => {
  const [office, x] = await Promise.all([ouvrirServeur(), ouvrirServeur()]);
  const r = await monter(office, x);
  const { siege, reference, aaa, bbb, migrer, commandes: { ops, reussir } } = r;
  const alertes = async (sql: postgres.Sql) => (await reseau(sql, seuilsDe({}))).alertes.join();
  /** Each stands on the one before. */
  const etape = async (promesse: string, faire: () => Promise<void>) =>
    assert.ok(await t.step(promesse, faire), `arrêté à : ${promesse}`);
  try {
    await etape("a depot before the head office: its line waits, and siege:etat says so", async () => {
      for (const sql of [aaa, bbb]) await ecrireAvant(sql);
      await migrer(aaa);
      await ecrireApres(aaa);
      await attendre("the line that cannot be written, told", async () => {
        const { code, dit } = await ops("siege:etat");
        return code === 1 && /depot_aaa échoue à chaque reprise|depot_aaa coupée/.test(dit);
      });
      assert.match(
        (await ops("siege:etat")).dit,
        /ce qu'envoie depot_aaa : .*private\.lots_differes\.envois \(integer, absente/,
      );
    });

    await etape(
      "the head office before a depot and the reference: no line stops, and what they send is kept",
      async () => {
        const dit = await reussir("siege:actualiser");
        assert.match(
          dit,
          /gardé, car BBB envoie encore private\.\S+.*private\.lots_differes DROP COLUMN ancienne/,
        );
        await ecrireAvant(bbb);
        await toutLu(aaa, "depot_aaa");
        await toutLu(bbb, "depot_bbb");
        await exigerAJour(siege);
        assert.match((await ops("siege:etat")).dit, /✔ Regarder les lignes/);
      },
    );

    await etape(
      "the reference before a depot: that one's line of reference rows waits, and monitor says so",
      async () => {
        await migrer(reference);
        await comme(
          reference,
          (tx) =>
            tx`insert into public.specifications (produit_id, parametre, unite, minimum)
             select gen_random_uuid(), p, 'kg/m3', 1 from unnest(array['Densité', 'Soufre']) p`,
        );
        await ecrireTaux(reference, "2026-11-01");
        await attendre(
          "the line that waits, told",
          async () => /referentiels_bbb ne reçoit plus rien/.test(await alertes(bbb)),
        );
        await ecrireAvant(bbb);
        await toutLu(bbb, "depot_bbb");
        await migrer(bbb);
        await toutLu(reference, "referentiels_bbb");
        await ecrireApres(bbb);
      },
    );

    await etape("a table that no line brings is named, on both sides", async () => {
      assert.match(
        await alertes(bbb),
        /siege_depot n'envoie pas public\.proforma_clotures : npm run ops -- siege:actualiser/,
      );
      assert.match(await alertes(reference), /siege_referentiels n'envoie pas public\.taux_change/);
      const { code, dit } = await ops("siege:etat");
      assert.equal(code, 1, dit);
      assert.match(dit, /au siège, depot_bbb ne reçoit pas public\.proforma_clotures/);
      assert.match(dit, /à depot_bbb, siege_depot n'envoie pas public\.proforma_clotures/);
      assert.match(dit, /à la référence, siege_referentiels n'envoie pas public\.taux_change/);
    });

    await etape("the command brings what is missing, and takes away what nobody sends any more", async () => {
      assert.match(await reussir("siege:actualiser"), /plus aucune base n'envoie .*DROP COLUMN ancienne/);
      await ecrireTaux(reference, "2026-11-02");
      for (const sql of [aaa, bbb]) await ecrireApres(sql);
      await exigerEgales(r);
      assert.match(await reussir("siege:etat"), /aucune n'est oubliée \(regardé : le siège, .*depot_aaa/);
      for (const sql of [reference, aaa, bbb]) assert.equal(await alertes(sql), "");
      for (const sql of [siege, reference, aaa, bbb]) await exigerAJour(sql);
    });

    await etape("run again it does nothing", async () => {
      assert.match(await reussir("siege:actualiser"), /consolidée au schéma[^\n]* : 0 instruction/);
      await exigerEgales(r);
    });
  } finally {
    await Promise.all([siege, reference, aaa, bbb].map((sql) => sql.end()));
    await Promise.all([office, x].map((serveur) => serveur.fermer()));
  }
});
