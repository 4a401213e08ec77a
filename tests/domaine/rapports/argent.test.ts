// The reports of money are those of the books, and stay so once more is written.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { monde, sql, test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";

type Tx = postgres.TransactionSql;
const REPRODUITS = ["balance_agee", "ventes", "tva", "releve_client", "journalier"];

interface Vente {
  depot: string;
  client: string;
  facture: string;
}

async function vendre(tx: Tx): Promise<Vente & { citerne: string }> {
  const m = await monde();
  await tx.unsafe(await Deno.readTextFile(new URL("../../support/vente.sql", import.meta.url)));
  const [{ admin }] = await tx<[{ admin: string }]>`
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), gen_random_uuid() || '@test.monaluxe.test', 'authenticated', 'authenticated')
    returning id as admin`;
  await tx`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
  await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin, aal: "aal2" })}, true)`;
  await tx`select pg_temp.vente_conditions(${m.depot}, ${m.client}, ${m.produit})`;
  await tx`select public.declarer_stock_initial(${m.citernes[0]}, 'MONALUXE', 5000, 5000, 'un inventaire')`;
  const [{ facture }] = await tx<[{ facture: string }]>`
    select pg_temp.vente_facture(${m.depot}, ${m.citernes[0]}, ${m.client}, 'EMISE') as facture`;
  return { depot: m.depot, client: m.client, facture, citerne: m.citernes[0] };
}

async function tirer(tx: Tx, nom: string, { depot, client }: Vente, connuA: string | null = null) {
  const releve = nom === "releve_client";
  const [{ rapport }] = await tx<[{ rapport: unknown }]>`
    select private.rapport(${nom}, ${releve ? null : depot}, p_connu_a => ${connuA},
      p_parametres => ${tx.json(releve ? { client_id: client } : {})}) as rapport`;
  return Rapport.parse(rapport);
}

/** What the aged balance says of a client, set beside what the list of the desk says. */
async function exigerBalance(tx: Tx, vente: Vente): Promise<number> {
  const balance = await tirer(tx, "balance_agee", vente);
  const usd = balance.sections.find(({ cle }) => cle === "balance_usd")!;
  const [vue] = await tx`
    select non_echu::float8, de_1_a_30::float8, de_31_a_60::float8, de_61_a_90::float8, plus_de_90::float8,
           avances::float8, solde::float8
      from public.v_balance_agee where client_id = ${vente.client} and devise = 'USD'`;
  const { client: _client, ...dite } = usd.lignes[0] ?? {};
  assert.deepEqual(usd.lignes.length ? dite : undefined, vue && { ...vue });
  return Number(usd.totaux!.solde ?? 0);
}

test("what clients owe is what the desk's list says, and what was owed then is said for ever", async () => {
  await sansSuite(sql, async (tx) => {
    const vente = await vendre(tx);
    const avant = new Map<string, Rapport>();
    for (const nom of REPRODUITS) avant.set(nom, await tirer(tx, nom, vente));
    const du = await exigerBalance(tx, vente);

    await tx`select public.annuler_encaissement(e.id, 'il n''a jamais été encaissé')
               from public.encaissements e where e.client_id = ${vente.client}`;
    assert.equal(await exigerBalance(tx, vente), du + 1, "what settled it is taken back");
    await tx`select pg_temp.vente_encaissement(${vente.depot}, ${vente.client}, 'CONFIRME')`;
    await tx`select pg_temp.vente_facture(${vente.depot}, ${vente.citerne}, ${vente.client}, 'EMISE')`;
    await tx`update public.clients set nom = nom || ' (renommé)' where id = ${vente.client}`;
    assert.ok(await exigerBalance(tx, vente) < du);

    for (const [nom, dit] of avant) {
      const alors = await tirer(tx, nom, vente, dit.entete.connu_a);
      assert.deepEqual(alors.sections, dit.sections, nom);
      assert.equal(alors.entete.sha256, dit.entete.sha256, nom);
      assert.notEqual((await tirer(tx, nom, vente)).entete.sha256, dit.entete.sha256, nom);
    }
  });
});

test("money's figures are the reports': what is owed, sold, and what an invoice in francs leaves in dollars", async () => {
  await sansSuite(sql, async (tx) => {
    const vente = await vendre(tx);
    const autre = await tx<
      { id: string }[]
    >`insert into public.clients (nom) values (gen_random_uuid()) returning id`;
    await tx`select public.fixer_conditions_client(${autre[0]!.id}, '{"devise": "CDF"}')`;
    await tx`
      select public.creer_tarif(c.produit_id, null, ${vente.depot}, 'CDF', 'L15', 5600, '2026-01-01', null, 'un essai')
        from public.citernes c where c.id = ${vente.citerne}`;
    const [{ francs }] = await tx<[{ francs: string }]>`
      select pg_temp.vente_facture(${vente.depot}, ${vente.citerne}, ${autre[0]!.id}, 'EMISE') as francs`;
    const [{ ventes }] = await tx<[{ ventes: { facture_id: string; vente_usd: number }[] }]>`
      select jsonb_agg(jsonb_build_object('facture_id', v.facture_id, 'vente_usd', v.vente_usd)) as ventes
        from public.v_marge_ventes v where v.depot_id = ${vente.depot}`;
    assert.equal(
      ventes.find(({ facture_id }) => facture_id === francs)!.vente_usd,
      2,
      "5 600 francs at 2 800",
    );
    const [{ kpi }] = await tx<
      [{ kpi: { creances: { devise: string; solde: number }[]; ventes: unknown[] } }]
    >`
      select public.kpi_finance(${vente.depot}) as kpi`;
    assert.equal(
      kpi.creances.find(({ devise }) => devise === "USD")!.solde,
      await exigerBalance(tx, vente),
    );
    assert.equal(kpi.ventes.length, 2);
  });
});
