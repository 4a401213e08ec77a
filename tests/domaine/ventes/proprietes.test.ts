// A depot's trade under load: eight connections sell, deliver, invoice, credit, collect, take back and correct, some cut
// in mid-transaction. VENTES_OPERATIONS sets how many; VENTES_SEED which.
import assert from "node:assert/strict";
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { test } from "../../support/monde.ts";
import { generateur } from "../concurrence/operations.ts";

const OPERATIONS = Number(Deno.env.get("VENTES_OPERATIONS") || 320);
const GRAINE = Number(Deno.env.get("VENTES_SEED") || crypto.getRandomValues(new Uint32Array(1))[0]);
const CONNEXIONS = 8;
const CLIENTS = 3;
const PLAFOND = 4000;
const COUPEES = /CONNECTION|57P01|ECONNRESET/;
/** Refusals that random acts meet; anything else is a fault. */
const REFUS = new RegExp(`^(${
  [
    "abandon",
    "AVOIR_EXCEDENTAIRE",
    "COMMANDE_DEPASSEE",
    "COMMANDE_ETAT",
    "COMMANDE_LIVREE",
    "CREDIT_DEPASSE",
    "ENCAISSEMENT_ETAT",
    "FACTURE_CLIENT_PERIMEE",
    "FACTURE_ETAT",
    "FACTURE_VIDE",
    "INTROUVABLE",
    "INVALID_ID_OR_STATE",
    "REMBOURSEMENT_EXCESSIF",
    "SORTIE_DEJA_COMMANDEE",
    "SORTIE_NON_FACTURABLE",
    "SORTIE_NON_LIVRABLE",
    "BL_EXISTANT",
    "BL_ETAT",
  ].join("|")
})$`);

interface Decor {
  admin: string;
  depot: string;
  citerne: string;
  clients: string[];
}

/** A depot with fuel, prices of odd cents, three clients with a limit. */
async function monter(sql: postgres.Sql): Promise<Decor> {
  const [decor] = await sql<[Decor]>`
    with d as (insert into public.depots (nom, code) values ('Essai', 'ESS') returning id),
    p as (insert into public.produits (nom, code) values ('Gasoil', 'G.O') returning id),
    c as (insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
          select d.id, p.id, 'Cuve', 900000000 from d, p returning id),
    u as (insert into auth.users (id, email) values (gen_random_uuid(), 'ventes@test.monaluxe.test') returning id),
    k as (insert into public.clients (nom) select 'Client ' || n from generate_series(1, ${CLIENTS}) n returning id)
    select (select id from u) as admin, (select id from d) as depot, (select id from c) as citerne,
           (select array_agg(id) from k) as clients`;
  await sql`insert into public.profils (user_id, role) values (${decor.admin}, 'admin')`;
  await sql`update public.feature_flags set enabled = true where key = 'credit_client_blocant'`;
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: decor.admin })}, true)`;
    await tx`select public.declarer_stock_initial(${decor.citerne}, 'MONALUXE', 800000000, 800000000, 'Stock de départ')`;
    await tx`select public.fixer_taux_change('USD', private.jour_au_depot(${decor.depot}, now()), 2847.37, 'MANUEL')`;
    await tx`
      select public.creer_tarif(c.produit_id, null, null, 'USD', 'L15', 1.0733, '2026-01-01', null, 'Prix d''essai')
        from public.citernes c where c.id = ${decor.citerne}`;
    for (const client of decor.clients) {
      await tx`select public.fixer_conditions_client(${client}, ${
        tx.json({ plafond: PLAFOND, delai_jours: 30 })
      })`;
    }
  });
  return decor;
}

/** A draft of an order, validated; an order taken, ended, or said of a sortie that has left. */
async function commander(
  tx: postgres.ReservedSql,
  d: Decor,
  hasard: () => number,
  client: string,
  volume: number,
) {
  const genre = hasard();
  const [ouverte] = await tx<{ id: string }[]>`
    select id from public.commandes where client_id = ${client} and statut = 'CONFIRMEE' order by random() limit 1`;
  if (!ouverte || genre < 0.1) {
    await tx`select public.confirmer_commande(public.passer_commande(jsonb_build_object('depot_id', ${d.depot}::uuid,
      'client_id', ${client}::uuid, 'produit_id', (select id from public.produits limit 1),
      'quantite', ${Math.ceil(volume) + 500}::numeric, 'prix_ht', 0.9871)))`;
  } else if (genre < 0.7) {
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
      values (${d.citerne}, ${client}, ${volume}, 15) returning id`;
    await tx`select public.rattacher_sortie(${ouverte.id}, ${id})`;
    await tx`select public.validate_sortie(${id})`;
  } else if (genre < 0.85) {
    const [une] = await tx<{ id: string }[]>`
      select id from public.sorties_produit where client_id = ${client} order by random() limit 1`;
    if (une) await tx`select public.rattacher_sortie(${ouverte.id}, ${une.id})`;
  } else if (genre < 0.9) {
    const [bon] = await tx<{ id: string }[]>`
      select id from public.bons_livraison where statut = 'CONFIRME' order by random() limit 1`;
    if (bon) await tx`select public.annuler_bl(${bon.id}, 'Essai des propriétés')`;
  } else if (genre < 0.95) {
    await tx`select public.solder_commande(${ouverte.id}, 'Essai des propriétés')`;
  } else {
    await tx`select public.annuler_commande(${ouverte.id}, 'Essai des propriétés')`;
  }
}

async function agir(tx: postgres.ReservedSql, d: Decor, hasard: () => number, n: number): Promise<void> {
  const genre = hasard(), client = d.clients[n % CLIENTS]!;
  const volume = (1 + Math.floor(hasard() * 1_000_000)) / 1000;
  const sortie = {
    citerne_id: d.citerne,
    client_id: client,
    volume_ambiant: volume,
    temperature_ambiante_c: 15,
  };
  const unique = crypto.randomUUID();
  if (genre < 0.12) {
    await commander(tx, d, hasard, client, volume);
  } else if (genre < 0.25) {
    const [{ id }] = await tx<[{ id: string }]>`
      select (public.creer_et_valider_sortie(${tx.json(sortie)})).id as id`;
    const [{ encours }] = await tx<[{ encours: number }]>`
      select (e.solde + e.non_facture)::float8 as encours
        from public.clients_conditions c cross join lateral private.encours(c) e where c.client_id = ${client}`;
    const derogees = await tx`select from public.credits_derogations where sortie_id = ${id}`;
    assert.ok(encours <= PLAFOND || derogees.length, `V8 : encours ${encours}`);
  } else if (genre < 0.35) {
    await tx`select public.vendre_comptant(${
      tx.json({ sortie, paiement: hasard() < 0.5 ? { devise: "CDF" } : { devise: "USD" } })
    })`;
  } else if (genre < 0.4) {
    const [une] = await tx<{ id: string }[]>`
      select s.id from public.sorties_produit s where private.facture_de_sortie(s.id) is null order by random() limit 1`;
    if (une) {
      await tx`select public.confirmer_bl(public.etablir_bl(${une.id}, ${
        tx.json({ volume_livre_ambiant: Math.max(volume / 2, 0.5) })
      }))`;
    }
  } else if (genre < 0.5) {
    const lignes = await tx<{ code: string | null }[]>`
      select code from public.facturer_lot(${d.depot}, null, ${tx.array([client], 2950)}, ${hasard() < 0.5})`;
    for (const { code } of lignes) assert.match(code ?? "FACTURE_VIDE", REFUS);
  } else if (genre < 0.6) {
    const [une] = await tx<{ id: string; client_id: string }[]>`
      select s.id, s.client_id from public.sorties_produit s order by random() limit 1`;
    if (une) {
      await tx`select public.emettre_facture(public.preparer_facture(${une.client_id}, ${d.depot},
                 ${tx.array([une.id], 2950)}))`;
    }
  } else if (genre < 0.68) {
    const [une] = await tx<{ id: string; rang: number }[]>`
      select f.id, l.rang from public.factures_client f join public.factures_client_lignes l on l.facture_id = f.id
       where f.type = 'FACTURE' and f.statut = 'EMISE' order by random() limit 1`;
    const ligne = hasard() < 0.5 ? { quantite: volume / 3 } : { montant_ht: Math.ceil(volume) / 7 };
    if (une) {
      await tx`select public.emettre_avoir(${une.id}, ${hasard() < 0.3 ? "RAN" : "RRR"}, ${
        tx.json([{ rang: une.rang, ...ligne }])
      }, 'Essai des propriétés')`;
    }
  } else if (genre < 0.82) {
    const devise = hasard() < 0.5 ? "USD" : "CDF";
    await tx`select public.encaisser(${
      tx.json({
        depot_id: d.depot,
        client_id: client,
        mode: "VIREMENT",
        reference: unique,
        devise,
        montant: Math.ceil(volume * (devise === "USD" ? 100 : 284737)) / 100,
        statut: hasard() < 0.2 ? "EN_ATTENTE" : "CONFIRME",
      })
    })`;
  } else if (genre < 0.92) {
    const [une] = await tx<{ id: string; statut: string }[]>`
      select id, statut from public.encaissements order by random() limit 1`;
    if (une && une.statut === "EN_ATTENTE") await tx`select public.confirmer_encaissement(${une.id})`;
    else if (une && hasard() < 0.5) {
      await tx`select public.annuler_encaissement(${une.id}, 'Essai des propriétés')`;
    } else if (une) {
      await tx`select public.rembourser(${une.id}, ${
        Math.ceil(volume) / 10
      }, 'VIREMENT', ${unique}, 'Essai des propriétés')`;
    }
  } else if (genre < 0.97) {
    const [une] = await tx<{ id: string }[]>`select id from public.sorties_produit order by random() limit 1`;
    if (une) {
      await tx`insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
               values ('SORTIE', ${une.id}, -0.125, -0.125, 'Essai des propriétés')`;
    }
  } else {
    await tx`select public.deroger_credit(${client}, 500, now() + interval '1 day', 'Essai des propriétés')`;
  }
}

test(`eight connections trade, some cut: numbers, hashes, totals, accounts, credit and litres all hold (VENTES_SEED=${GRAINE})`, async () => {
  const nom = "ventes_charge";
  await declaredProject(nom, { seed: false });
  const chef = postgres(asSuperuser(nom), { max: 2, onnotice: () => {} });
  const decor = await monter(chef);
  const tirage = generateur(GRAINE);
  const hasard = () => tirage.entre(0, 999_999) / 1_000_000;
  const embaucher = async () => {
    const sql = postgres(asSuperuser(nom), { max: 1, onnotice: () => {} });
    return { sql, une: await sql.reserve() };
  };
  const ouvriers = await Promise.all(Array.from({ length: CONNEXIONS }, embaucher));
  const refus = new Map<string, number>();
  let prises = 0, faites = 0, coupees = 0;
  const travailler = async (rang: number) => {
    while (prises < OPERATIONS) {
      const n = prises++;
      const { une } = ouvriers[rang]!;
      try {
        await une`begin`;
        await une`select set_config('request.jwt.claims', ${JSON.stringify({ sub: decor.admin })}, true)`;
        await agir(une, decor, hasard, n);
        const fin = hasard();
        if (fin < 0.05) throw new Error("abandon");
        // Killed in mid-transaction, its locks held and its number taken.
        if (fin < 0.07) await une`select pg_terminate_backend(pg_backend_pid())`;
        await une`commit`;
        faites++;
      } catch (error) {
        const { message, code = "" } = error as { message: string; code?: string };
        if (COUPEES.test(code)) {
          coupees++;
          await ouvriers[rang]!.sql.end({ timeout: 0 });
          ouvriers[rang] = await embaucher();
          continue;
        }
        await une`rollback`;
        if (error instanceof assert.AssertionError) throw error;
        assert.match(message, REFUS, message);
        refus.set(message, (refus.get(message) ?? 0) + 1);
      }
    }
  };
  try {
    await Promise.all(ouvriers.map((_, rang) => travailler(rang)));
    assert.ok(faites > OPERATIONS / 4, `${faites} faites`);
    for (const regle of ["verifier_factures", "verifier_series", "verifier_comptes"]) {
      assert.deepEqual([...await chef`select * from ${chef(`private.${regle}`)}()`], [], regle);
    }
    assert.deepEqual([...await chef`select * from public.verifier_stocks()`], [], "V9: no litre moved");
    assert.deepEqual(
      [
        ...await chef`
        select s.id from public.sorties_produit s
          left join private.facturations_sortie f on f.sortie_id = s.id and f.libere_par is null
         group by s.id having count(f.id) > 1`,
      ],
      [],
      "V3: sold once",
    );
    assert.deepEqual(
      [
        ...await chef`
        select c.numero, c.quantite, l.livre from public.commandes c
         cross join lateral (
           select sum(coalesce(b.volume_livre_15c, s.volume_15c)) as livre
             from public.sorties_commandes x
             join public.sorties_produit s on s.id = x.sortie_id and s.statut = 'validee'
             left join public.bons_livraison b on b.sortie_id = s.id and b.statut = 'CONFIRME'
            where x.commande_id = c.id) l
         where l.livre > round(c.quantite * 1.005, 3)`,
      ],
      [],
      "no order has left beyond its litres, whoever delivered at once",
    );
    const [{ livrees }] = await chef<[{ livrees: number }]>`
      select count(*)::int as livrees from public.sorties_commandes`;
    assert.ok(OPERATIONS < 300 || livrees > 0, "orders were delivered");
    const comptes = await chef`
      select c.id, coalesce((select s.solde from public.v_soldes_tiers s where s.tiers_id = c.id and s.devise = 'USD'), 0)
             - (select coalesce(sum(case f.type when 'FACTURE' then f.total_ttc else -f.total_ttc end), 0)
                  from public.factures_client f where f.client_id = c.id and f.statut = 'EMISE')
             + (select coalesce(sum(e.montant_compte), 0) from public.encaissements e
                 where e.client_id = c.id and e.statut = 'CONFIRME')
             - (select coalesce(sum(r.montant), 0) from public.remboursements r
                  join public.encaissements e on e.id = r.encaissement_id where e.client_id = c.id)
             + (select coalesce(sum(case a.type when 'ARRONDI' then a.credit else -a.debit end), 0)
                  from public.ecritures_tiers a where a.tiers_id = c.id and a.source_type = 'arrondis') as reste
        from public.clients c`;
    assert.deepEqual(
      comptes.filter(({ reste }) => Number(reste) !== 0),
      [],
      "V6: an account is what made it",
    );
    const desaccords = await chef.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: decor.admin })}, true)`;
      return await tx`
        select s.client_id, s.devise, s.solde, a.solde as agee, r.solde as releve
          from public.v_soldes_tiers s
          left join public.v_balance_agee a on a.client_id = s.client_id and a.devise = s.devise
         cross join lateral (select x.solde from public.releve_tiers('CLIENT', s.client_id, s.devise) x
                              order by x.rang desc limit 1) r
         where s.tiers_type = 'CLIENT' and (s.solde, s.solde, s.solde) is distinct from
               (coalesce(a.solde, 0), r.solde,
                coalesce(a.non_echu + a.de_1_a_30 + a.de_31_a_60 + a.de_61_a_90 + a.plus_de_90 - a.avances, 0))
        union all
        select null, 'marges', (select sum(m.vente_usd) from public.v_marge_ventes m), v.ht, null
          from (select sum(case f.type when 'AVOIR' then -l.montant_ht else l.montant_ht end) as ht
                  from public.factures_client f join public.factures_client_lignes l on l.facture_id = f.id
                 where f.statut = 'EMISE' and l.nature = 'CARBURANT') v
         where v.ht is distinct from (select sum(m.vente_usd) from public.v_marge_ventes m)`;
    });
    assert.deepEqual(
      [...desaccords],
      [],
      "balance, open items by age, statement's last line and margins agree",
    );
    const [{ recus, numeros }] = await chef<[{ recus: number; numeros: number }]>`
      select (select count(*)::int from public.encaissements where numero_recu is not null) as recus,
             (select coalesce(max(dernier), 0)::int from private.series where serie = 'REC') as numeros`;
    assert.equal(recus, numeros, "V7: each receipt has its number, each number its receipt");
  } finally {
    await Promise.all(ouvriers.map(({ sql }) => sql.end({ timeout: 0 })));
    await chef.end();
  }
  console.log(
    `VENTES_SEED=${GRAINE} : ${OPERATIONS} opérations, ${faites} faites, ${coupees} coupées, ` +
      [...refus].map(([code, combien]) => `${code} ${combien}`).join(", "),
  );
});
