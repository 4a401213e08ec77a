// A tank or a truck that changes while somebody else acts on it: each order forced, one step at a time.
import assert from "node:assert/strict";
import { test } from "../../support/monde.ts";
import { avecSessions, recevoir, type Session } from "./sessions.ts";
import type { Depot } from "./depot.ts";

const code = (essai: Promise<unknown>) => essai.then(() => "done", (error) => (error as Error).message);

const ACTES: Record<string, (s: Session, d: Depot, camion: string) => Promise<unknown>> = {
  "a réception": (s, d, camion) => recevoir(s, d, [{ camion, citerne: d.citernes[0]! }]),
  "an opening stock": (s, d) =>
    s.dire("select public.declarer_stock_initial($1, 'MONALUXE', 500, 500, 'Jaugeage du premier jour')", [
      d.citernes[0]!,
    ]),
  "a draft": (s, d) =>
    s.dire(
      "insert into public.sorties_produit (citerne_id, produit_id, client_id, volume_ambiant) values ($1, $2, $3, 10)",
      [d.citernes[0]!, d.produit, d.client],
    ),
  "a dip": (s, d) =>
    s.dire("insert into public.prises_de_hauteur (citerne_id, volume_mesure) values ($1, 10)", [
      d.citernes[0]!,
    ]),
};

const AUTRE_PRODUIT = `update public.citernes set produit_id =
  (select id from public.produits where id <> $2 limit 1) where id = $1 returning id`;
const INCOHERENCES = `
  select 'verifier_stocks' as ou from public.verifier_stocks()
  union all select 'draft' from public.sorties_produit s join public.citernes c on c.id = s.citerne_id
   where (s.produit_id, s.depot_id) <> (c.produit_id, c.depot_id)`;

const unAutreProduit = (s: Session) =>
  s.dire(
    "insert into public.produits (nom, code) values ('Autre ' || gen_random_uuid(), gen_random_uuid()::text)",
  );

for (const [quoi, agir] of Object.entries(ACTES)) {
  test(`a tank that changes its product while ${quoi} waits is read as it has become`, async () => {
    await avecSessions(async (d, session, camions) => {
      const [camion] = await camions(1);
      const [directeur, acteur] = [await session(), await session()];
      await unAutreProduit(directeur);
      assert.equal((await directeur.dire(AUTRE_PRODUIT, [d.citernes[0]!, d.produit])).length, 1);
      const acte = agir(acteur, d, camion!);
      acte.catch(() => {});
      await acteur.attend();
      await directeur.dire("commit");
      const dit = await code(acte);
      // What says no product of its own takes the tank's of now; what says another is refused.
      assert.ok(["done", "CITERNE_INACTIVE_OR_INCOMPATIBLE"].includes(dit), dit);
      if (dit === "done") await acteur.dire("commit");
      assert.deepEqual(await (await session()).dire(INCOHERENCES), []);
    });
  });

  test(`a tank keeps its product once ${quoi} has begun`, async () => {
    await avecSessions(async (d, session, camions) => {
      const [camion] = await camions(1);
      const [acteur, directeur] = [await session(), await session()];
      await unAutreProduit(directeur);
      await agir(acteur, d, camion!);
      const change = directeur.dire(AUTRE_PRODUIT, [d.citernes[0]!, d.produit]);
      await directeur.attend();
      await acteur.dire("commit");
      assert.equal(await code(change), "ECRITURE_INTERDITE");
      assert.deepEqual(await (await session()).dire(INCOHERENCES), []);
    });
  });
}

test("a tank that closes while a réception, an opening stock or a transfer waits for it takes nothing more", async () => {
  for (const quoi of ["a réception", "an opening stock"]) {
    await avecSessions(async (d, session, camions) => {
      const [camion] = await camions(1);
      const [directeur, acteur] = [await session(), await session()];
      await directeur.dire("update public.citernes set statut = 'maintenance' where id = $1", [
        d.citernes[0]!,
      ]);
      const acte = ACTES[quoi]!(acteur, d, camion!);
      acte.catch(() => {});
      await acteur.attend();
      await directeur.dire("commit");
      assert.equal(await code(acte), "CITERNE_INACTIVE_OR_INCOMPATIBLE", quoi);
    });
  }
});

test("réceptions of the same trucks in opposite orders wait for each other, and never in a circle: one has them all", async () => {
  for (const tenu of [0, 1]) {
    await avecSessions(async (d, session, camions) => {
      const deux = await camions(2);
      const lignes = deux.map((camion, i) => ({ camion, citerne: d.citernes[i]! }));
      const [milieu, aller, retour] = [await session(), await session(), await session()];
      await milieu.dire("update public.cours_de_route set note = 'vu' where id = $1", [deux[tenu]!]);
      const x = recevoir(aller, d, lignes);
      await aller.attend();
      const y = recevoir(retour, d, lignes.toReversed());
      await retour.attend();
      const fini = (s: Session, acte: Promise<unknown>) =>
        code(acte).then(async (dit) => (await s.dire(dit === "done" ? "commit" : "rollback"), dit));
      const [, ...dits] = await Promise.all([milieu.dire("commit"), fini(aller, x), fini(retour, y)]);
      assert.deepEqual(dits.toSorted(), ["CDR_NON_ARRIVE", "done"]);
    });
  }
});
