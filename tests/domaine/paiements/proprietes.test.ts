// P1: whatever the order, the repetitions and the delays of the provider's events, the account is that of each once in
// order. P2: what was collected online, less what went back, is what the provider says. PAIEMENTS_HISTOIRES sets how many.
import assert from "node:assert/strict";
import fc from "fast-check";
import { test } from "../../support/monde.ts";
import { type Caisse, compte, type Evenement, ouvrirCaisse } from "./caisse.ts";
import type { Acte } from "./faux_stripe.ts";

const HISTOIRES = Number(Deno.env.get("PAIEMENTS_HISTOIRES") || 12);
const TTC = [90, 37.05];

const acte: fc.Arbitrary<Acte> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Acte>({ quoi: "payer" }) },
  ...(["promettre", "tenir", "echouer", "expirer", "contester", "perdre", "gagner"] as const)
    .map((quoi) => ({ weight: 1, arbitrary: fc.constant<Acte>({ quoi }) })),
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 4000 }).map((montant): Acte => ({ quoi: "rembourser", montant })),
  },
);

/** What happens at the provider, to two sessions; then how what it tells of it arrives. */
const histoire = fc.record({
  actes: fc.array(fc.record({ rang: fc.nat(1), acte }), { minLength: 1, maxLength: 9 }),
  /** Of each event: when it arrives, each time, and whether the answer about its payment was as old as it. */
  arrivees: fc.infiniteStream(fc.record({
    quand: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 3 }),
    vieille: fc.boolean(),
  })),
  /** Cash that pays one of the invoices, before anything is told. */
  especes: fc.option(fc.integer({ min: 1, max: 90 })),
});

interface Scene {
  client: string;
  sessions: string[];
}

async function scene(c: Caisse, especes: number | null): Promise<Scene> {
  const { facture, client } = await c.facturer(TTC[0]);
  const { facture: autre } = await c.facturer(TTC[1], client);
  const sessions = [(await c.ouvrir(facture)).session_id, (await c.ouvrir(autre)).session_id];
  if (especes !== null) {
    await c.enAdmin((tx) =>
      tx`select public.encaisser(jsonb_build_object('depot_id', f.depot_id, 'client_id', f.client_id, 'mode', 'CASH',
           'montant', ${especes}::int, 'factures', jsonb_build_array(jsonb_build_object('facture_id', f.id))))
           from public.factures_client f where f.id = ${facture}`
    );
  }
  return { client, sessions };
}

/** Each event once, as it happens. */
async function enOrdre(c: Caisse, s: Scene, actes: { rang: number; acte: Acte }[]): Promise<void> {
  for (const { rang, acte } of actes) {
    for (const un of c.stripe.agir(s.sessions[rang]!, acte)) {
      assert.equal((await c.dire(un)).statut, 200);
    }
  }
}

interface Arrivee {
  quand: number;
  evenement: Evenement;
  session: string;
  /** How it stood there as it happened. */
  alors?: () => () => void;
}

async function enDesordre(
  c: Caisse,
  s: Scene,
  { actes, arrivees }: {
    actes: { rang: number; acte: Acte }[];
    arrivees: Iterable<{ quand: number[]; vieille: boolean }>;
  },
): Promise<void> {
  const comment = arrivees[Symbol.iterator]();
  const toutes: Arrivee[] = [];
  for (const { rang, acte } of actes) {
    const session = s.sessions[rang]!;
    for (const evenement of c.stripe.agir(session, acte)) {
      const { quand, vieille } = comment.next().value as { quand: number[]; vieille: boolean };
      const copie = structuredClone(c.stripe.sessions.get(session)!);
      const alors = vieille ? () => c.stripe.figer(session, copie) : undefined;
      toutes.push(...quand.map((quand, n) => ({ quand, evenement, session, alors: n ? undefined : alors })));
    }
  }
  // Some at once, as Stripe sends them; and each whose answer was old comes again, as an answer that was lost does.
  const instants = [...new Set(toutes.map(({ quand }) => quand))].sort((a, b) => a - b);
  for (const instant of instants) {
    const [vieilles, autres] = [true, false].map((vieille) =>
      toutes.filter(({ quand, alors }) => quand === instant && (alors !== undefined) === vieille)
    ) as [Arrivee[], Arrivee[]];
    for (const { evenement, alors } of vieilles) {
      const oublier = alors!();
      assert.equal((await c.dire(evenement)).statut, 200);
      oublier();
    }
    for (const { statut } of await Promise.all(autres.map(({ evenement }) => c.dire(evenement)))) {
      assert.equal(statut, 200);
    }
  }
}

/** P2, over all there is. */
async function p2(c: Caisse): Promise<void> {
  const [{ ici }] = await c.sql<[{ ici: number }]>`
    select round(100 * (coalesce((select sum(montant) from public.encaissements where mode = 'STRIPE'), 0)
                      - coalesce((select sum(montant) from public.remboursements where mode = 'STRIPE'), 0)))::float8 as ici`;
  const la = [...c.stripe.sessions.values()].filter(({ payment_status }) => payment_status === "paid")
    .reduce((somme, s) =>
      somme + s.amount_total -
      [...s.rendus, ...s.litiges.filter(({ status }) => status === "lost")]
        .reduce((rendu, { amount }) => rendu + amount, 0), 0);
  assert.equal(ici, la);
}

test("any order, repetition and delay of the provider's events leaves the account of each once in order (P1, P2)", async () => {
  const c = await ouvrirCaisse("proprietes_paiements");
  try {
    await fc.assert(
      fc.asyncProperty(histoire, async ({ actes, arrivees, especes }) => {
        const [droite, melee] = [await scene(c, especes), await scene(c, especes)];
        await enOrdre(c, droite, actes);
        await enDesordre(c, melee, { actes, arrivees });
        // What an old answer may have hidden, the next event of its session says; the last word here is reconciliation's.
        await c.rapprocher();
        assert.deepEqual(await compte(c.sql, melee.client), await compte(c.sql, droite.client));
        await p2(c);
      }),
      { numRuns: HISTOIRES },
    );
    assert.deepEqual([...await c.sql`select * from private.verifier_factures()`], []);
  } finally {
    await c.fermer();
  }
});
