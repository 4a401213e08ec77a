// Accounts and series under load: eight connections write, settle, take back and number, some cut in mid-transaction.
// COMPTES_OPERATIONS sets how many; COMPTES_SEED which.
import assert from "node:assert/strict";
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { generateur } from "../concurrence/operations.ts";

const OPERATIONS = Number(Deno.env.get("COMPTES_OPERATIONS") || 640);
const GRAINE = Number(Deno.env.get("COMPTES_SEED") || crypto.getRandomValues(new Uint32Array(1))[0]);
const CONNEXIONS = 8;
const TIERS = 3;
const COUPEES = /CONNECTION|57P01|ECONNRESET/;

type Livre = { id: string; debit: string; credit: string };

interface Ouvrier {
  sql: postgres.Sql;
  une: postgres.ReservedSql;
}

async function embaucher(url: string): Promise<Ouvrier> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  return { sql, une: await sql.reserve() };
}

/** By hand: the library's own would send a rollback to a connection that was killed. */
async function enTransaction(une: postgres.ReservedSql, faire: (tx: postgres.ReservedSql) => Promise<void>) {
  await une`begin`;
  try {
    await faire(une);
    await une`commit`;
  } catch (error) {
    if (!COUPEES.test((error as { code?: string }).code ?? "")) await une`rollback`;
    throw error;
  }
}

/** One act: an entry with its number, a settlement, or a taking back; now and then given up before its end. */
async function agir(
  une: postgres.ReservedSql,
  hasard: () => number,
  tiers: string,
  essai: string,
): Promise<void> {
  const genre = hasard(), montant = (1 + Math.floor(hasard() * 100_000)) / 100;
  const jour = `2026-0${1 + Math.floor(hasard() * 8)}-1${Math.floor(hasard() * 9)}`;
  await enTransaction(une, async (tx) => {
    if (genre < 0.6) {
      const facture = genre < 0.3;
      const [{ id }] = await tx<[{ id: string }]>`
        select private.ecrire_compte(jsonb_populate_record(null::public.ecritures_tiers, jsonb_build_object(
          'tiers_type', 'FOURNISSEUR', 'fournisseur_id', ${tiers}::uuid, 'devise', 'USD', 'date_valeur', ${jour}::date,
          'type', ${facture ? "FACTURE" : "PAIEMENT"}::text, ${
        facture ? "credit" : "debit"
      }::text, ${montant}::numeric,
          'libelle', ${essai}::text, 'source_type', 'essai', 'source_id', gen_random_uuid()))) as id`;
      await tx`select private.prendre_numero('00000000-0000-0000-0000-000000000000',
                 ${facture ? "ZFA" : "ZPA"}, 2026, ${id})`;
    } else if (genre < 0.85) {
      await tx`select private.verrouiller_tiers('FOURNISSEUR', ${tiers})`;
      const ouvertes = await tx<Livre[]>`
        select id, debit - case when debit > 0 then private.montant_lettre(id) else 0 end as debit,
               credit - case when credit > 0 then private.montant_lettre(id) else 0 end as credit
          from public.ecritures_tiers where tiers_id = ${tiers} order by random() limit 40`;
      const debit = ouvertes.find((une) => Number(une.debit) > 0);
      const credit = ouvertes.find((une) => Number(une.credit) > 0);
      if (!debit || !credit) return;
      const reste = Math.min(Number(debit.debit), Number(credit.credit));
      // More than is left, as often as not.
      await tx`select private.lettrer(${debit.id}, ${credit.id}, ${
        (reste * (hasard() < 0.5 ? 1 : 2)).toFixed(2)
      })`;
    } else {
      const [une] = await tx<{ id: string }[]>`
        select id from public.ecritures_tiers where tiers_id = ${tiers} order by random() limit 1`;
      if (une) await tx`select private.contrepasser(${une.id}, '2026-09-01', ${essai})`;
    }
    const fin = hasard();
    if (fin < 0.1) throw new Error("abandon");
    // Killed in mid-transaction, its locks held and its number taken.
    if (fin < 0.13) await tx`select pg_terminate_backend(pg_backend_pid())`;
  });
}

interface Releve {
  tiers: string;
  connu: string;
  lignes: string;
}

test(`eight connections, some cut: series without a gap, settlements within their entries, statements that never change (COMPTES_SEED=${GRAINE})`, async () => {
  const nom = "comptes_charge";
  await declaredProject(nom, { seed: false });
  const chef = postgres(asSuperuser(nom), { max: 2, onnotice: () => {} });
  const tirage = generateur(GRAINE);
  const hasard = () => tirage.entre(0, 999_999) / 1_000_000;
  const personne = crypto.randomUUID();
  await chef`insert into auth.users (id, email) values (${personne}, 'comptes@test.monaluxe.test')`;
  await chef`insert into public.profils (user_id, role) values (${personne}, 'admin')`;
  const tiers = (await chef<{ id: string }[]>`
    insert into public.fournisseurs (nom) select gen_random_uuid() from generate_series(1, ${TIERS}) returning id`)
    .map(({ id }) => id);
  const releve = (id: string, connu: string) =>
    chef.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: personne })}, true)`;
      const [{ lignes }] = await tx<[{ lignes: string }]>`
        select jsonb_agg(to_jsonb(r) order by r.rang)::text as lignes
          from public.releve_tiers('FOURNISSEUR', ${id}, 'USD', null, null, ${connu}::text::timestamptz) r`;
      return { tiers: id, connu, lignes };
    });

  const ouvriers = await Promise.all(
    Array.from({ length: CONNEXIONS }, () => embaucher(asSuperuser(nom))),
  );
  const passes: Releve[] = [];
  let faites = 0, coupees = 0, refusees = 0, prises = 0;
  const travailler = async (rang: number) => {
    while (prises < OPERATIONS) {
      const operation = prises++;
      try {
        await agir(ouvriers[rang]!.une, hasard, tiers[operation % TIERS]!, `opération ${operation}`);
        faites++;
      } catch (error) {
        const { message, code = "" } = error as { message: string; code?: string };
        if (COUPEES.test(code)) {
          coupees++;
          await ouvriers[rang]!.sql.end({ timeout: 0 });
          ouvriers[rang] = await embaucher(asSuperuser(nom));
        } else {
          assert.match(message, /^(abandon|LETTRAGE_EXCESSIF|ECRITURE_CONTREPASSEE)$/);
          refusees++;
        }
      }
      if (operation % 80 === 50) {
        const [{ connu }] = await chef<[{ connu: string }]>`select clock_timestamp()::text as connu`;
        passes.push(await releve(tiers[operation % TIERS]!, connu));
      }
    }
  };
  try {
    await Promise.all(ouvriers.map((_, rang) => travailler(rang)));
    assert.ok(faites > OPERATIONS / 4 && coupees > 0, `${faites} faites, ${coupees} coupées`);
    assert.deepEqual([...await chef`select * from private.verifier_series()`], [], "1…n, no gap");
    assert.deepEqual([...await chef`select * from private.verifier_comptes()`], [], "0 ≤ settled ≤ entry");
    for (const passe of passes) {
      assert.equal((await releve(passe.tiers, passe.connu)).lignes, passe.lignes, passe.connu);
    }
    for (const id of tiers) {
      const { lignes } = await releve(id, "infinity");
      const [solde] = await chef<{ solde: number }[]>`
        select solde::float8 from public.v_soldes_tiers where tiers_id = ${id} and devise = 'USD'`;
      assert.equal(JSON.parse(lignes).at(-1).solde, solde!.solde, "a statement ends at the balance");
    }
  } finally {
    await Promise.all(ouvriers.map(({ sql }) => sql.end({ timeout: 0 })));
    await chef.end();
  }
  console.log(
    `COMPTES_SEED=${GRAINE} : ${OPERATIONS} opérations, ${faites} faites, ${refusees} refusées ou abandonnées, ` +
      `${coupees} coupées, ${passes.length} relevés relus`,
  );
});
