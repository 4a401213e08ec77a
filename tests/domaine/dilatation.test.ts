// Fuel comes and goes at its own temperature: whatever it does between −5 and 50 °C, the litre at 15 °C decides.
import assert from "node:assert/strict";
import fc from "fast-check";
import type postgres from "postgres";
import { connect } from "../../ops/commun/connection.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { sansSuite } from "../support/sans_suite.ts";

interface Depot {
  admin: string;
  citernes: [string, string];
  client: string;
  fournisseur: string;
  partenaire: string;
  depot: string;
  produit: string;
}
type Proprietaire = "MONALUXE" | "PARTENAIRE";
interface Acte {
  genre: "reception" | "sortie" | "transfert";
  citerne: 0 | 1;
  proprietaire: Proprietaire;
  /** Litres of a réception; of what is there, thousandths, for what leaves. */
  part: number;
  celsius: number;
  densite: number;
  jour: number;
}

const NOM = "essai_dilatation";

async function ouvrir(sql: postgres.Sql): Promise<Depot> {
  const insert = async (table: string, row: Record<string, string | number>): Promise<string> =>
    (await sql`insert into ${sql(`public.${table}`)} ${sql(row)} returning id`)[0]!.id;
  const depot = await insert("depots", { nom: "Essai" });
  const produit = await insert("produits", { nom: "Gasoil", code: "G.O" });
  const citerne = (nom: string) =>
    insert("citernes", { depot_id: depot, produit_id: produit, nom, capacite_totale: 10_000_000 });
  await createUser(sql, {
    email: "admin@essai.test",
    password: "x",
    role: "admin",
    depotId: depot,
    nom: "admin",
  });
  await sql`update public.feature_flags set enabled = true where key = 'astm_53b'`;
  return {
    depot,
    produit,
    citernes: [await citerne("A"), await citerne("B")],
    client: await insert("clients", { nom: "Client" }),
    fournisseur: await insert("fournisseurs", { nom: "Fournisseur" }),
    partenaire: await insert("partenaires", { nom: "Partenaire" }),
    admin: (await sql`select user_id from public.profils`)[0]!.user_id,
  };
}

const jour = (recul: number) => new Date(Date.now() - recul * 86_400_000).toISOString().slice(0, 10);

/** Litres to measure at this temperature so that they are `volume` at 15 °C, as the engine rounds them. */
async function aCharger(tx: postgres.TransactionSql, volume: number, { densite, celsius }: Acte) {
  const [{ litres }] = await tx<[{ litres: number }]>`
    select round((${volume} / vcf)::numeric, 3)::float8 as litres
      from astm.calculer_15c('B', ${densite}, 15, ${celsius}, 1, correction_verre => false)`;
  return litres;
}

async function sortir(tx: postgres.TransactionSql, d: Depot, acte: Acte, volume15: number): Promise<string> {
  const [{ id }] = await tx<[{ id: string }]>`
    insert into public.sorties_produit (citerne_id, proprietaire_type, client_id, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_sortie)
    values (${d.citernes[acte.citerne]}, ${acte.proprietaire}, ${d.client},
      ${acte.proprietaire === "PARTENAIRE" ? d.partenaire : null}, ${await aCharger(tx, volume15, acte)},
      ${acte.celsius}, ${acte.densite}, ${jour(acte.jour)}) returning id`;
  await tx`select public.validate_sortie(${id})`;
  return id;
}

async function recevoir(tx: postgres.TransactionSql, d: Depot, acte: Acte, litres: number): Promise<void> {
  let camion: string | null = null;
  if (acte.proprietaire === "MONALUXE") {
    [{ id: camion }] = await tx<[{ id: string }]>`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      values (${d.fournisseur}, ${d.depot}, ${d.produit}, ${crypto.randomUUID()}, ${litres}) returning id`;
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
      await tx`update public.cours_de_route set statut = ${statut} where id = ${camion}`;
    }
  }
  await tx`
    insert into public.receptions (cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
      temperature_ambiante_c, densite_a_15_kgm3, date_reception)
    values (${camion}, ${d.citernes[acte.citerne]}, ${acte.proprietaire},
      ${
    acte.proprietaire === "PARTENAIRE" ? d.partenaire : null
  }, ${litres}, ${acte.celsius}, ${acte.densite},
      ${jour(acte.jour)})`;
}

const stock15 = async (tx: postgres.TransactionSql, d: Depot, citerne: 0 | 1, proprietaire: Proprietaire) => {
  const [compte] = await tx`
    select stock_15c::float8 as litres from public.stocks_snapshot
     where citerne_id = ${d.citernes[citerne]} and proprietaire_type = ${proprietaire}`;
  return (compte?.litres ?? 0) as number;
};

async function faire(tx: postgres.TransactionSql, d: Depot, acte: Acte): Promise<void> {
  if (acte.genre === "reception") return await recevoir(tx, d, acte, acte.part * 40);
  const volume15 = Math.floor(await stock15(tx, d, acte.citerne, acte.proprietaire) * acte.part / 1000);
  if (volume15 < 1) return;
  if (acte.genre === "sortie") {
    await sortir(tx, d, acte, volume15);
    return;
  }
  await tx`
    insert into public.transferts (citerne_source_id, citerne_destination_id, proprietaire_type, volume_ambiant,
      temperature_ambiante_c, date_jour)
    values (${d.citernes[acte.citerne]}, ${d.citernes[1 - acte.citerne]!}, ${acte.proprietaire},
      ${await aCharger(tx, volume15, acte)}, ${acte.celsius}, ${jour(acte.jour)})`;
}

const ACTE = fc.record<Acte>({
  genre: fc.constantFrom("reception", "reception", "sortie", "sortie", "transfert"),
  citerne: fc.constantFrom(0, 1),
  proprietaire: fc.constantFrom("MONALUXE", "PARTENAIRE"),
  part: fc.integer({ min: 1, max: 1000 }),
  celsius: fc.integer({ min: -50, max: 500 }).map((dixiemes) => dixiemes / 10),
  densite: fc.integer({ min: 8050, max: 8850 }).map((dixiemes) => dixiemes / 10),
  jour: fc.integer({ min: 0, max: 4 }),
});
const REFUS_D_UN_JOUR_PASSE = [
  "INSUFFICIENT_STOCK",
  "STOCK_FUTUR_NEGATIF",
  "SORTIE_STOCK_INTROUVABLE",
  "SNAPSHOT_VIDE",
];

/** What it does is taken back: each history begins at an empty depot. */
async function enReprenant(
  sql: postgres.Sql,
  d: Depot,
  histoire: (tx: postgres.TransactionSql) => Promise<void>,
) {
  await sansSuite(sql, async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: d.admin })}, true)`;
    await histoire(tx);
  });
}

test("whatever fuel does between −5 and 50 °C, a tank empties to the last litre at 15 °C and its ambient figure is never negative", async (t) => {
  await declaredProject(NOM, { seed: false });
  const sql = connect(asSuperuser(NOM));
  try {
    const d = await ouvrir(sql);

    await t.step(
      "any history of réceptions, sorties and transfers, back-dated ones included",
      () =>
        fc.assert(
          fc.asyncProperty(fc.array(ACTE, { minLength: 3, maxLength: 12 }), ACTE, async (actes, derniere) => {
            await enReprenant(sql, d, async (tx) => {
              for (const acte of actes) {
                await tx.savepoint((essai) => faire(essai, d, acte)).catch((error) => {
                  if (!REFUS_D_UN_JOUR_PASSE.includes(error.message)) throw error;
                });
              }
              for (const citerne of [0, 1] as const) {
                for (const proprietaire of ["MONALUXE", "PARTENAIRE"] as const) {
                  const reste = await stock15(tx, d, citerne, proprietaire);
                  if (reste) await sortir(tx, d, { ...derniere, citerne, proprietaire, jour: 0 }, reste);
                }
              }
              assert.deepEqual(
                [...await tx`select * from public.stocks_snapshot where stock_ambiant <> 0 or stock_15c <> 0`],
                [],
                "the tanks are empty, in both litres",
              );
              assert.deepEqual(
                [...await tx`select * from public.stocks_journaliers where stock_ambiant < 0 or stock_15c < 0`],
                [],
              );
              assert.deepEqual([...await tx`select * from public.verifier_stocks()`], []);
              const [connu] = await tx`
              select coalesce(sum(abs(stock_ambiant)), 0)::float8 as ecart
                from public.stock_connu_a(current_date + 1, clock_timestamp())`;
              assert.equal(connu!.ecart, 0, "and the log knows it");
            });
          }),
          { numRuns: 30 },
        ),
    );

    const charge: Acte = {
      genre: "reception",
      citerne: 0,
      proprietaire: "PARTENAIRE",
      part: 1000,
      celsius: 5,
      densite: 840,
      jour: 0,
    };
    const dilatations = (tx: postgres.TransactionSql, id: string) =>
      tx<{ delta: number; signe: number }[]>`
        select d.delta_ambiant::float8 as delta, sign(d.delta_ambiant)::int as signe
          from public.dilatations d where d.mouvement_type = 'SORTIE' and d.mouvement_id = ${id}`;

    await t.step(
      "warmer than it came: what more left than the books had is booked with the sortie",
      () =>
        enReprenant(sql, d, async (tx) => {
          await recevoir(tx, d, charge, 40_000);
          const id = await sortir(tx, d, { ...charge, celsius: 35 }, await stock15(tx, d, 0, "PARTENAIRE"));
          const [sortie] = await tx`
          select volume_ambiant::float8 as litres, dilatation_ambiant::float8 as dilatation
            from public.v_sorties where id = ${id}`;
          assert.ok(sortie!.litres > 40_000);
          assert.equal(sortie!.dilatation.toFixed(3), (sortie!.litres - 40_000).toFixed(3));
          const [mouvement] = await tx`
          select sum(delta_ambiant)::float8 as ambiant from public.v_mouvements_stock where citerne_id = ${
            d.citernes[0]
          }`;
          assert.equal(mouvement!.ambiant, 0);
          const [trace] = await tx`
          select details ->> 'delta_ambiant' as delta from public.log_actions
           where action = 'DILATATION' and cible_id = ${id}`;
          assert.equal(Number(trace!.delta).toFixed(3), sortie!.dilatation.toFixed(3));
        }),
    );

    await t.step(
      "colder than it came: the last litre at 15 °C leaves no ambient one behind",
      () =>
        enReprenant(sql, d, async (tx) => {
          await recevoir(tx, d, { ...charge, celsius: 35 }, 40_000);
          const id = await sortir(tx, d, { ...charge, celsius: 5 }, await stock15(tx, d, 0, "PARTENAIRE"));
          assert.deepEqual((await dilatations(tx, id)).map(({ signe }) => signe), [-1]);
        }),
    );

    await t.step(
      "one litre at 15 °C more than there is is refused, however cold it leaves",
      () =>
        enReprenant(sql, d, async (tx) => {
          await recevoir(tx, d, { ...charge, celsius: 35 }, 40_000);
          const reste = await stock15(tx, d, 0, "PARTENAIRE");
          await assert.rejects(sortir(tx, d, { ...charge, celsius: 5 }, reste + 1), {
            message: "INSUFFICIENT_STOCK",
          });
        }),
    );

    await t.step(
      "security capacity is read at the temperature the fuel leaves at",
      () =>
        enReprenant(sql, d, async (tx) => {
          await recevoir(tx, d, charge, 40_000);
          const reste = await stock15(tx, d, 0, "PARTENAIRE");
          const chaud = { ...charge, celsius: 35 };
          const laisse = await aCharger(tx, 10_000, chaud);
          await tx`update public.citernes set capacite_securite = ${Math.floor(laisse)} where id = ${
            d.citernes[0]
          }`;
          // 10 000 L at 15 °C are too few as the books count them, and enough as warm as they are.
          await sortir(tx, d, chaud, reste - 10_000);
          const refus = await tx.savepoint((essai) => sortir(essai, d, chaud, 5)).catch((error) =>
            error.message
          );
          assert.equal(refus, "SORTIE_CAPACITE_SECURITE");
        }),
    );

    await t.step("by the old formula both litres still bind", () =>
      enReprenant(sql, d, async (tx) => {
        await tx`update public.feature_flags set enabled = false where key = 'astm_53b'`;
        await recevoir(tx, d, charge, 40_000);
        const refus = await tx.savepoint((essai) => sortir(essai, d, { ...charge, celsius: 45 }, 39_900))
          .catch((error) => error.message);
        assert.equal(refus, "INSUFFICIENT_STOCK");
      }));
  } finally {
    await sql.end();
  }
});
