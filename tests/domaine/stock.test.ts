import assert from "node:assert/strict";
import fc from "fast-check";
import { type Monde, monde, sql, test } from "../support/monde.ts";

// Random histories, straight in SQL as an admin of the depot: the ledger must hold whatever comes, in whatever order.

const DAYS = 12;
const day = (offset: number) => `2026-09-${String(1 + offset).padStart(2, "0")}`;
const owner = fc.constantFrom("MONALUXE", "PARTENAIRE");
const litres = fc.integer({ min: 1, max: 40_000_000 }).map((millilitres) => millilitres / 1000);

const reception = fc.record({
  kind: fc.constant("reception" as const),
  owner,
  tank: fc.nat(1),
  litres,
  day: fc.nat(DAYS),
  celsius: fc.integer({ min: 5, max: 40 }),
});
const sortie = fc.record({
  kind: fc.constant("sortie" as const),
  owner,
  tank: fc.nat(1),
  litres,
  day: fc.nat(DAYS),
  celsius: fc.integer({ min: 5, max: 40 }),
});
const compensation = fc.record({ kind: fc.constant("compensation" as const), which: fc.nat(50) });
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Act = Drawn<typeof reception> | Drawn<typeof sortie> | Drawn<typeof compensation>;

const REFUSALS = [
  "INSUFFICIENT_STOCK",
  "STOCK_FUTUR_NEGATIF",
  "SNAPSHOT_VIDE",
  "SORTIE_STOCK_INTROUVABLE",
  "CITERNE_PLEINE",
]
  .concat("INVALID_ID_OR_STATE");

async function adminOf(m: Monde): Promise<string> {
  const { data } = await (await m.personne("admin")).supabase.auth.getUser();
  return data.user!.id;
}

/** Does one act as this admin; a refusal by a rule is an outcome, anything else an error. */
async function perform(m: Monde, admin: string, act: Act): Promise<void> {
  const partner = "owner" in act && act.owner === "PARTENAIRE" ? m.partenaire : null;
  try {
    await sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub: admin, role: "authenticated" })
      }, true),
                      set_config('role', 'authenticated', true)`;
      if (act.kind === "reception") {
        const [cdr] = await tx`
          insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
          values (${m.fournisseur}, ${m.depot}, ${m.produit}, gen_random_uuid(), ${act.litres}) returning id`;
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`update public.cours_de_route set statut = ${statut} where id = ${cdr!.id}`;
        }
        await tx`
          insert into public.receptions (cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant,
                                         temperature_ambiante_c, date_reception)
          values (${cdr!.id}, ${m
          .citernes[act.tank]!}, ${act.owner}, ${partner}, ${act.litres}, ${act.celsius}, ${day(act.day)})`;
      } else if (act.kind === "sortie") {
        const [draft] = await tx`
          insert into public.sorties_produit (citerne_id, client_id, proprietaire_type, partenaire_id, volume_ambiant,
                                              temperature_ambiante_c, date_sortie)
          values (${m
          .citernes[act.tank]!}, ${m.client}, ${act.owner}, ${partner}, ${act.litres}, ${act.celsius},
                  ${day(act.day)}::date + interval '12 hours') returning id`;
        await tx`select public.validate_sortie(${draft!.id})`;
      } else {
        const movements = await tx`
          select mouvement_type, mouvement_id from public.v_mouvements_stock
           where depot_id = ${m.depot} and mouvement_type <> 'AJUSTEMENT' order by mouvement_id`;
        const one = movements[act.which % (movements.length || 1)];
        if (one?.mouvement_type === "RECEPTION") {
          await tx`select public.admin_compensate_reception(${one.mouvement_id}, 'essai de compensation')`;
        } else if (one) {
          await tx`select public.admin_compensate_sortie(${one.mouvement_id}, 'essai de compensation')`;
        }
      }
    });
  } catch (error) {
    assert.ok(REFUSALS.includes((error as Error).message), (error as Error).message);
  }
}

/** Everything the stock is made of must say the same, and nothing may ever have been below zero. */
async function assertSound(m: Monde): Promise<void> {
  const wrong = await sql`
    select v.* from public.verifier_stocks() v join public.citernes c on c.id = v.citerne_id where c.depot_id = ${m.depot}`;
  assert.deepEqual([...wrong], []);
}

test("after any history, snapshot and days are the sum of the movements and nothing is below zero", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof({ arbitrary: reception, weight: 3 }, { arbitrary: sortie, weight: 3 }, compensation),
        {
          minLength: 10,
          maxLength: 40,
        },
      ),
      async (history) => {
        const m = await monde({ capacite: 200_000 });
        const admin = await adminOf(m);
        for (const act of history) await perform(m, admin, act);
        await assertSound(m);
        const days = () =>
          sql`select citerne_id, proprietaire_type, date_jour, stock_ambiant, stock_15c, source
                from public.stocks_journaliers where depot_id = ${m.depot} order by 1, 2, 3`;
        const maintained = await days();
        await sql.begin(async (tx) => {
          await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
          await tx`select public.rebuild_stocks_journaliers(${m.depot}, '2026-01-01', '2100-01-01')`;
        });
        assert.deepEqual([...await days()], [...maintained]);
      },
    ),
    { numRuns: 8 },
  );
});

test("stock does not depend on the order in which the same réceptions are entered", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(reception, { minLength: 2, maxLength: 8 }).chain((acts) =>
        fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length }))
      ),
      async ([acts, shuffled]) => {
        const journal = async (history: Act[]) => {
          const m = await monde({ capacite: 1_000_000 });
          const admin = await adminOf(m);
          for (const act of history) await perform(m, admin, act);
          const rows = await sql`
            select c.nom, j.proprietaire_type, j.date_jour::text, j.stock_ambiant, j.stock_15c
              from public.stocks_journaliers j join public.citernes c on c.id = j.citerne_id
             where j.depot_id = ${m.depot} order by 1, 2, 3`;
          return [...rows];
        };
        assert.deepEqual(await journal(acts), await journal(shuffled));
      },
    ),
    { numRuns: 5 },
  );
});

test("eight people writing into one tank at once leave it sound, and nobody sees a deadlock", async () => {
  const m = await monde({ capacite: 500_000 });
  const admin = await adminOf(m);
  const acts = fc.sample(fc.oneof(reception, sortie), { numRuns: 80, seed: 20261121 }) as Act[];
  const queues = Array.from({ length: 8 }, (_, i) => acts.filter((_, index) => index % 8 === i));
  await Promise.all(queues.map(async (queue) => {
    for (const act of queue) await perform(m, admin, act);
  }));
  await assertSound(m);
});
