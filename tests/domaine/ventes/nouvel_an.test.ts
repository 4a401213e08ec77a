// The last second of a year and the first of the next, and a clock that is put back: by a real clock, moved.
import assert from "node:assert/strict";
import { serveurALHeure } from "../../support/horloge.ts";
import { administrer } from "./administrer.ts";

interface Vue {
  numero: string;
  date: string;
  taux: number;
  recu: string;
  caisse: string;
}

Deno.test("the year turns at each depot's own midnight, and a clock put back numbers nothing", async (t) => {
  // In Lubumbashi (UTC+2) it is 23:59:59 on the 31st; in Kinshasa, an hour less.
  const serveur = await serveurALHeure("2026-12-31 21:59:59");
  const { sql, agir, depot, client } = await administrer(serveur.url);
  try {
    const [est, ouest] = [await depot("EST", "Africa/Lubumbashi"), await depot("OUEST", "Africa/Kinshasa")];
    const fixerTaux = (jour: string, taux: number) =>
      agir((tx) => tx`select public.fixer_taux_change('USD', ${jour}, ${taux}, 'MANUEL')`);
    await fixerTaux("2026-12-31", 2800);

    /** A service invoiced and paid in cash, there and now. */
    const vendre = async (ou: string): Promise<Vue> => {
      const [{ facture }] = await agir((tx) =>
        tx<[{ facture: string }]>`select public.preparer_facture(${client}, ${ou}, '{}',
          '[{"designation": "Stockage", "quantite": 1, "prix_ht": 10}]') as facture`
      );
      return await agir(async (tx) => {
        await tx`select public.emettre_facture(${facture})`;
        const [{ id }] = await tx<[{ id: string }]>`select public.encaisser(${
          tx.json({ depot_id: ou, client_id: client, mode: "CASH", devise: "CDF", montant: 28000 })
        }) as id`;
        const [vue] = await tx<[Vue]>`
          select f.numero, f.date_facture::text as date, f.taux_cdf::float8 as taux, e.numero_recu as recu,
                 e.jour_caisse::text as caisse
            from public.factures_client f, public.encaissements e where f.id = ${facture} and e.id = ${id}`;
        return vue;
      });
    };
    const vue = (ou: string, annee: number, rang: number, date: string, taux: number): Vue => ({
      numero: `${ou}-FAC-${annee}-${String(rang).padStart(6, "0")}`,
      recu: `${ou}-REC-${annee}-${String(rang).padStart(6, "0")}`,
      date,
      taux,
      caisse: date,
    });

    await t.step("in the last second of the year, number, date, rate and till are of that year", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2026, 1, "2026-12-31", 2800));
    });
    await serveur.mettreA("2026-12-31 22:00:00");
    await fixerTaux("2027-01-01", 2850);
    await t.step("in the next, of the next: its series begins at 1", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2027, 1, "2027-01-01", 2850));
    });
    await t.step("a depot an hour behind is still in the old year", async () => {
      assert.deepEqual(await vendre(ouest), vue("OUEST", 2026, 1, "2026-12-31", 2800));
    });
    await serveur.mettreA("2026-12-31 21:59:59");
    await t.step("where the clock went back over a year that has begun, nothing is numbered", async () => {
      await assert.rejects(vendre(est), { message: "HORLOGE_RECULEE" });
    });
    await serveur.mettreA("2027-01-01 08:00:00");
    await t.step("what was drafted at last year's tax is not issued at it this year", async () => {
      await sql`insert into public.taux_tva (groupe, valide_du, taux, libelle) values ('B', '2027-02-01', 18, 'Essai')`;
      await serveur.mettreA("2027-01-31 21:59:59");
      await fixerTaux("2027-01-31", 2850);
      await assert.rejects(
        agir(async (tx) => {
          const [{ facture }] = await tx<[{ facture: string }]>`
            select public.preparer_facture(${client}, ${est}, '{}',
              '[{"designation": "Stockage", "quantite": 1, "prix_ht": 10}]') as facture`;
          // Midnight passes within the transaction: it is dated the next day.
          await serveur.mettreA("2027-01-31 22:00:00");
          await tx`select public.emettre_facture(${facture})`;
        }),
        { message: "FACTURE_CLIENT_PERIMEE" },
      );
      await serveur.mettreA("2027-01-01 08:00:00");
    });
    await t.step("put right, the series go on, without a hole", async () => {
      assert.deepEqual(await vendre(est), vue("EST", 2027, 2, "2027-01-01", 2850));
      assert.deepEqual([
        ...await sql`select * from private.verifier_series()`,
        ...await sql`select * from private.verifier_factures()`,
      ], []);
    });
  } finally {
    await sql.end();
    await serveur.stop();
  }
});
