// The purchase chain under load: eight connections buy, receive, correct, invoice, pay and take back, some cut in
// mid-transaction; what must always be true is asked of the database afterwards. ACHATS_OPERATIONS, ACHATS_SEED.
import assert from "node:assert/strict";
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { generateur } from "../concurrence/operations.ts";
import { choisir, contracter, type Hasard, type Scene, type Une } from "./actes.ts";

const OPERATIONS = Number(Deno.env.get("ACHATS_OPERATIONS") || 320);
const GRAINE = Number(Deno.env.get("ACHATS_SEED") || crypto.getRandomValues(new Uint32Array(1))[0]);
const CONNEXIONS = 8;
const TOURS_MAX = 4;
const COUPEES = /CONNECTION|57P01|ECONNRESET/;
/** Anything else a rule may say is a bug of the rule: P0001, a constraint, a deadlock. */
const REFUS = /^PT\d{3}$/;

const claims = (sub: string) => JSON.stringify({ sub, role: "authenticated", aal: "aal2" });

async function preparer(chef: postgres.Sql): Promise<Scene> {
  const personne = crypto.randomUUID();
  await chef`insert into auth.users (id, email) values (${personne}, 'achats@test.monaluxe.test')`;
  const id = async (requete: Promise<{ id: string }[]>) => (await requete)[0]!.id;
  const depot = await id(chef`insert into public.depots (nom) values ('Achats') returning id`);
  await chef`insert into public.profils (user_id, role, depot_id) values (${personne}, 'admin', ${depot})`;
  const produit = await id(
    chef`insert into public.produits (nom, code) values ('Gasoil', 'G.O') returning id`,
  );
  const plusieurs = async (requete: Promise<{ id: string }[]>) => (await requete).map((une) => une.id);
  return {
    personne,
    depot,
    produit,
    fournisseurs: await plusieurs(chef`
      insert into public.fournisseurs (nom) select 'F' || n from generate_series(1, 3) n returning id`),
    citernes: await plusieurs(chef`
      insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
      select ${depot}, ${produit}, 'C' || n, 900000000 from generate_series(1, 4) n returning id`),
  };
}

interface Ouvrier {
  sql: postgres.Sql;
  une: Une;
}
async function embaucher(url: string): Promise<Ouvrier> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  return { sql, une: await sql.reserve() };
}

/** By hand: the library's own would send a rollback to a connection that was killed. */
async function agir({ une }: Ouvrier, scene: Scene, hasard: Hasard): Promise<void> {
  await une`begin`;
  try {
    await une`select set_config('request.jwt.claims', ${claims(scene.personne)}, true)`;
    await choisir(hasard)(une, scene, hasard);
    const fin = hasard();
    if (fin < 0.05) throw Object.assign(new Error("abandon"), { code: "PT000" });
    if (fin < 0.07) await une`select pg_terminate_backend(pg_backend_pid())`;
    await une`commit`;
  } catch (error) {
    if (!COUPEES.test((error as { code?: string }).code ?? "")) await une`rollback`;
    throw error;
  }
}

/** What must give no row, whatever was done. */
const TOUJOURS: Record<string, string> = {
  "S1 stock is the sum of its movements": "select * from public.verifier_stocks()",
  "S2 what is owed is validated invoices less credit notes and confirmed payments": `
    select f.id, coalesce(s.solde, 0), d.dette from public.fournisseurs f
      left join public.v_soldes_tiers s on s.fournisseur_id = f.id and s.devise = 'USD'
     cross join lateral (select
       coalesce((select sum(case i.type when 'AVOIR' then -i.montant_total_usd else i.montant_total_usd end)
                   from public.fournisseur_facture_lot_min i where i.fournisseur_id = f.id and i.validated_at is not null), 0)
       - coalesce((select sum(p.montant_paye_usd) from public.fournisseur_paiement_lot_min p
                     join public.fournisseur_facture_lot_min i on i.id = p.fournisseur_facture_id
                    where i.fournisseur_id = f.id and p.statut = 'CONFIRME'), 0) as dette) d
     where coalesce(s.solde, 0) <> d.dette`,
  "S3 paid and left are the whole, never less than nothing": `
    select facture_id from public.v_fournisseur_facture_lot
     where montant_regle_usd + solde_restant_usd <> montant_total_usd or solde_restant_usd < 0 or montant_regle_usd < 0`,
  "S4 a réception is in one live invoice at most": `
    select r.reception_id from public.factures_fournisseur_receptions r
      join public.fournisseur_facture_lot_min f on f.id = r.facture_id
     group by r.reception_id having count(*) > 1 or bool_or(f.statut = 'ANNULEE') or bool_or(r.volume_15c <= 0)`,
  "S6 no validated invoice has an untreated gap of before its validation": `
    select f.id, e.id from public.fournisseur_facture_lot_min f join public.ecarts e on e.fournisseur_lot_id = f.fournisseur_lot_id
     where f.type = 'FACTURE' and f.validated_at is not null and e.statut <> 'TRAITE' and e.ouvert_le < f.validated_at`,
  "S7 what an invoice counts is the sum of its réceptions": `
    select v.facture_id from public.v_fournisseur_facture_lot v
     cross join lateral (select coalesce(sum(r.volume_20c), 0) as v20, count(*) as n
                           from public.factures_fournisseur_receptions r where r.facture_id = v.facture_id) s
     where v.statut <> 'DRAFT' and (s.v20, s.n) is distinct from (v.total_volume_20c, v.nb_receptions::bigint)`,
  "a validated invoice counts every truck of its lot that was in": `
    select f.id, r.id from public.fournisseur_facture_lot_min f
      join public.cours_de_route c on c.fournisseur_lot_id = f.fournisseur_lot_id
      join public.receptions r on r.cours_de_route_id = c.id and r.created_at < f.validated_at
     where f.type = 'FACTURE' and f.validated_at is not null and r.proprietaire_type = 'MONALUXE'
       and (private.quantites_reception(r.id)).volume_15c > 0
       and not exists (select from public.factures_fournisseur_receptions s where s.reception_id = r.id)
       and not exists (select from public.stocks_adjustments a where a.mouvement_id = r.id)`,
  "a truck's gap is what its bill of lading and its réceptions say now": `
    select e.id, e.constate, (t).recu from public.ecarts e
     cross join lateral (select private.transit_du_camion(e.reference_id) as t) x
     where e.origine = 'AUTO' and e.reference_type = 'CDR' and e.type = 'QUANTITE'
       and e.constate <> (t).recu and (t).recu <> (t).charge`,
  "a proforma with a truck is being carried out, or closed": `
    select p.id from public.proformas p join public.fournisseur_lot l on l.proforma_id = p.id
      join public.cours_de_route c on c.fournisseur_lot_id = l.id where p.statut not in ('EN_EXECUTION', 'CLOTUREE')`,
  "numbers have no gap": "select * from private.verifier_series()",
  "accounts are whole": "select * from private.verifier_comptes()",
};

const figees = (chef: postgres.Sql) =>
  chef<{ id: string; tout: string }[]>`
    select f.id, md5((to_jsonb(f) - 'statut')::text || coalesce((
             select jsonb_agg(to_jsonb(r) order by r.id) from public.factures_fournisseur_receptions r where r.facture_id = f.id
           )::text, '')) as tout
      from public.fournisseur_facture_lot_min f where f.validated_at is not null`;

test(`eight connections buy, some cut: the supplier chain's invariants hold (ACHATS_SEED=${GRAINE})`, async (t) => {
  const nom = "achats_charge";
  await declaredProject(nom, { seed: false });
  const url = asSuperuser(nom);
  const chef = postgres(url, { max: 2, onnotice: () => {} });
  const scene = await preparer(chef);
  const tirage = generateur(GRAINE);
  const hasard = () => tirage.entre(0, 999_999) / 1_000_000;
  const ouvriers = await Promise.all(Array.from({ length: CONNEXIONS }, () => embaucher(url)));
  const vues = new Map<string, string>();
  let prises = 0, faites = 0, refusees = 0, coupees = 0;
  const travailler = async (rang: number) => {
    while (prises++ < OPERATIONS) {
      try {
        await agir(ouvriers[rang]!, scene, hasard);
        faites++;
      } catch (error) {
        const { code = "", message } = error as { code?: string; message: string };
        if (COUPEES.test(code)) {
          coupees++;
          await ouvriers[rang]!.sql.end({ timeout: 0 });
          ouvriers[rang] = await embaucher(url);
        } else {
          assert.match(code, REFUS, message);
          refusees++;
        }
      }
      if (prises % 64 === 0) {
        for (const { id, tout } of await figees(chef)) vues.set(id, vues.get(id) ?? tout);
      }
    }
  };
  try {
    let validees = 0;
    // A history in which no invoice came to its end proves little of them: it goes on.
    for (let tour = 0; tour < TOURS_MAX && !validees; tour++) {
      prises = 0;
      await Promise.all(ouvriers.map((_, rang) => travailler(rang)));
      [{ validees }] = await chef<[{ validees: number }]>`
        select count(*)::int as validees from public.fournisseur_facture_lot_min where validated_at is not null`;
    }
    assert.ok(faites > OPERATIONS / 3 && validees > 0, `${faites} faites, ${validees} factures validées`);
    for (const [promesse, requete] of Object.entries(TOUJOURS)) {
      await t.step(promesse, async () => assert.deepEqual([...await chef.unsafe(requete)], []));
    }
    await t.step("S5 a validated invoice and what it counts never change", async () => {
      const apres = new Map((await figees(chef)).map(({ id, tout }) => [id, tout]));
      for (const [id, tout] of vues) assert.equal(apres.get(id), tout, id);
    });
    await t.step("S1, S8 a purchase's own documents change no stock, no day and no balance", async () => {
      const etat = () =>
        chef`
          select (select md5(coalesce(string_agg(s::text, ',' order by s), '')) from public.stocks_snapshot s) as stock,
                 (select md5(coalesce(string_agg(j::text, ',' order by j), '')) from public.stocks_journaliers j) as jours,
                 (select coalesce(sum(e.credit - e.debit), 0) from public.ecritures_tiers e) as dette`;
      const avant = [...await etat()];
      await chef.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${claims(scene.personne)}, true)`;
        await contracter(tx as unknown as Une, scene, hasard);
        await tx`select public.ajouter_frais_lot(l.id, '{"type":"FRET","montant":5}') from public.fournisseur_lot l limit 1`;
        await tx`select public.enregistrer_analyse(jsonb_build_object('objet_type', 'CITERNE', 'objet_id',
                   ${scene.citernes[0]!}::uuid, 'parametre', 'Soufre', 'valeur', 1))`;
      });
      assert.deepEqual([...await etat()], avant);
    });
  } finally {
    await Promise.all(ouvriers.map(({ sql }) => sql.end({ timeout: 0 })));
    await chef.end();
  }
  console.log(
    `ACHATS_SEED=${GRAINE} : ${OPERATIONS} opérations, ${faites} faites, ${refusees} refusées ou abandonnées, ${coupees} coupées`,
  );
});
