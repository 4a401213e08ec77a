// No depot's chain touches another's: every act of the access matrix, at one depot, while the same is done at another.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { unMoment } from "../../support/attente.ts";
import { test } from "../../support/monde.ts";
import { type Acte, ACTES, horsDesActes } from "./actes.ts";
import { attendu, type Constat, constater, lireDepots, partage } from "./constat.ts";
import { type Cote, ouvrirScene, type Scene } from "./scene.ts";

const scene = ouvrirScene();
const QUI = { ici: "admin", ailleurs: "chef" } as const;

/** Begins at a depot as its admin; the act is asked for and its transaction left open. */
async function commencer(s: Scene, cote: Cote): Promise<{ tx: postgres.ReservedSql; pid: number }> {
  const tx = await s.base.reserve();
  await tx.unsafe("begin");
  const [{ pid }] = await tx`
    select pg_backend_pid() as pid, set_config('request.jwt.claims', ${
    JSON.stringify({ sub: s.ids[QUI[cote]], role: "authenticated", aal: "aal2" })
  }, true), set_config('role', 'authenticated', true)` as unknown as [{ pid: number }];
  return { tx, pid };
}

async function finir(tx: postgres.ReservedSql): Promise<void> {
  await tx.unsafe("rollback");
  tx.release();
}

/** The act done at one depot and judged, still open. */
async function faire(
  s: Scene,
  tx: postgres.ReservedSql,
  acte: Acte,
  depots: Map<string, string[]>,
): Promise<Constat> {
  await tx.unsafe(acte.dire(s.designer("ici")));
  await tx.unsafe("set local role none");
  return await constater(s, tx, { acte: acte.nom, depot: s.ids.depot!, personne: s.ids.admin!, depots });
}

/** The same act at the other depot: what it waited for of the first, undefined where it went through. */
async function fairePendant(
  s: Scene,
  pids: number[],
  acte: Acte,
): Promise<{ attente?: string; fin: Promise<void> }> {
  const { tx, pid } = await commencer(s, "ailleurs");
  let finie = false;
  const acteLance = tx.unsafe(acte.dire(s.designer("ailleurs"))).then(() => {}).finally(() => finie = true);
  acteLance.catch(() => {});
  const fin = acteLance.finally(() => finir(tx));
  fin.catch(() => {});
  while (!finie) {
    const [{ bloquee }] = await s.base<[{ bloquee: boolean }]>`
      select pg_blocking_pids(${pid}) && ${pids}::int[] as bloquee`;
    if (bloquee) return { attente: await attendu(s.base, pid), fin };
    await unMoment();
  }
  return { fin };
}

/** What each would be if a rule reached into another depot: the trial must see it. */
const FAUTES = {
  "writes a row": "update public.citernes set nom = nom where depot_id <> new.depot_id",
  "holds a row": "perform from public.citernes c where c.depot_id <> new.depot_id for no key update",
  "holds a tank's mutex":
    "perform private.verrouiller_citernes(c.id) from public.citernes c where c.depot_id <> new.depot_id limit 1",
  "holds a lock of all depots": "perform pg_advisory_xact_lock(hashtextextended('sorties', 0))",
  "holds a table": "lock public.sorties_produit in share row exclusive mode",
};
const SORTIE = ACTES.find(({ nom }) => nom === "public.creer_et_valider_sortie()")!;

for (const [quoi, corps] of Object.entries(FAUTES)) {
  test(`a rule that ${quoi} of another depot is seen`, async () => {
    const s = await scene;
    const depots = await lireDepots(s.base);
    await s.base.unsafe(`
      create or replace function essai.fautive() returns trigger language plpgsql security definer as $$
      begin ${corps}; return new; end $$;
      create trigger zz_fautive before insert on public.sorties_produit for each row execute function essai.fautive()`);
    const autre = await commencer(s, "ici");
    try {
      assert.notDeepEqual((await faire(s, autre.tx, SORTIE, depots)).fautes, []);
    } finally {
      await finir(autre.tx);
      await s.base`drop trigger zz_fautive on public.sorties_produit`;
    }
    const juste = await commencer(s, "ici");
    try {
      assert.deepEqual((await faire(s, juste.tx, SORTIE, depots)).fautes, []);
    } finally {
      await finir(juste.tx);
    }
  });
}

test("no act of a depot writes or holds what is another's, and the same act elsewhere does not wait for it", async (t) => {
  const s = await scene;
  const depots = await lireDepots(s.base);
  const inserees = new Set<string>();
  for (const acte of ACTES) {
    await t.step(acte.nom, async () => {
      if (acte.norme) await s.norme(true);
      const { tx, pid } = await commencer(s, "ici");
      let constat: Constat;
      let ailleurs: { attente?: string; fin: Promise<void> };
      try {
        constat = await faire(s, tx, acte, depots);
        ailleurs = await fairePendant(s, [pid], acte);
      } finally {
        await finir(tx);
      }
      await ailleurs.fin;
      if (acte.norme) await s.norme(false);
      constat.relationsInserees.forEach((relation) => inserees.add(relation));
      assert.deepEqual(constat.fautes, []);
      const { attente } = ailleurs;
      assert.ok(attente === undefined || partage(attente, acte.nom), `l'autre dépôt attend ${attente}`);
    });
  }
  await t.step("every kind of movement is among what was written", async () => {
    const traces = await s.base<{ relation: string }[]>`
      select dans::text as relation from private.mouvements_traces()`;
    const oubliees = traces.map(({ relation }) => relation.includes(".") ? relation : `public.${relation}`)
      .filter((relation) => !inserees.has(relation));
    assert.deepEqual(oubliees, []);
  });
  await t.step(
    "whatever a person may call that writes is an act above, or says why it is none of a depot",
    async () => assert.deepEqual(await horsDesActes(), []),
  );
});
