// Something dies or closes in the middle of a batch, on a server of this test's own: the base by kill -9, the function by
// SIGKILL, writes that are frozen. The same batch sent again ends it, and every answer is a sentence with a code.
import assert from "node:assert/strict";
import { startFonction } from "../../support/fonction.ts";
import { test } from "../../support/monde.ts";
import { startPaire } from "../../support/secours.ts";
import { tuer } from "../../support/serveur.ts";
import { cle, dites, ilYA, type Lot, lotDe } from "./telephone.ts";

const ACTES = 6;
/** At the door of which act of the batch it happens. */
const AU = 3;

test("a batch that is cut by a freeze, a dead function or a dead base is ended by sending it again", async (t) => {
  const paire = await startPaire();
  const [depot] = paire.depots;
  const gerant = await depot.comme("gerant");
  const porte = await paire.porte("sorties", {});
  let devant: () => Promise<unknown> = () => Promise.resolve();
  let derriere = devant;
  let demandes = 0;
  /** Key of the act whose door never answers. */
  let muette: string | undefined;
  // The project's address, where a test can stand between a batch and its doors.
  const adresse = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (demande) => {
    const ici = ++demandes === AU;
    if (demande.headers.get("idempotency-key") === muette) return new Response("", { status: 503 });
    if (ici) await devant();
    const { pathname, search } = new URL(demande.url);
    const reponse = await porte.demander(`${pathname.replace("/functions/v1/sorties", "")}${search}`, {
      method: demande.method,
      headers: demande.headers,
      body: await demande.text(),
    });
    if (ici) await derriere();
    return reponse;
  });
  const synchroniser = () =>
    startFonction("synchronisation", {
      SUPABASE_DB_URL: paire.serveur.urlProjet,
      SUPABASE_URL: `http://127.0.0.1:${adresse.addr.port}`,
    });
  let fonction = await synchroniser();
  const nouveau = () =>
    lotDe(Array.from({ length: ACTES }, () => ({
      cle: cle(),
      acte: "sorties?valider=true",
      moment: ilYA(0.1),
      corps: {
        citerne_id: depot.citerne,
        client_id: depot.client,
        volume_ambiant: 1,
        temperature_ambiante_c: 15,
      },
    })));
  const envoyer = async (lot: object): Promise<{ statut: number; dit: Lot & { code?: string } }> => {
    demandes = 0;
    const reponse = await fonction.demander("", {
      method: "POST",
      headers: gerant,
      body: JSON.stringify(lot),
    });
    return { statut: reponse.status, dit: await reponse.json() };
  };
  const relire = async (lot: string): Promise<Lot> =>
    await (await fonction.demander(`/${lot}`, { headers: gerant })).json();
  /** What is left has a sentence and what to do; each act that is done, and no other, is in the books, once. */
  const juger = async ({ actes, lot }: Lot, faits: number, code: string) => {
    const [avant, apres] = [actes.slice(0, faits), actes.slice(faits)];
    for (const { etat } of avant) assert.match(etat, /applique/, JSON.stringify(actes));
    for (const { etat, probleme } of apres) {
      assert.deepEqual([etat, probleme?.code], ["non_traite", code]);
      assert.ok(probleme!.detail && probleme!.conduite);
    }
    assert.equal(await faitsDe(lot), faits);
  };
  const faitsDe = async (lot: string) => {
    const [{ n }] = await paire.sql<[{ n: number }]>`
      select count(*)::int as n from public.log_actions
       where action = 'SORTIE_VALIDEE' and details -> 'synchronisation' ->> 'lot' = ${lot}`;
    return n;
  };
  const finir = async (lot: { lot: string }, deja: number) => {
    [devant, derriere] = [() => Promise.resolve(), () => Promise.resolve()];
    const { dit } = await envoyer(lot);
    assert.deepEqual(dites(dit), [
      ...Array(deja).fill("deja_applique"),
      ...Array(ACTES - deja).fill("applique"),
    ]);
    assert.deepEqual([dit.reste, await faitsDe(lot.lot)], [0, ACTES]);
    assert.deepEqual([...await paire.sql`select * from public.verifier_stocks()`], []);
  };

  try {
    await t.step(
      "a door that never answers for one act stops those behind it once, and for ever nobody",
      async () => {
        const lot = nouveau();
        muette = (lot.actes as { cle: string }[])[1]!.cle;
        const { dit: premier } = await envoyer(lot);
        const restent = Array(ACTES - 1).fill("ACTE_NON_TRAITE");
        assert.deepEqual(dites(premier), ["applique", ...restent]);
        const { dit: second } = await envoyer(lot);
        const faits = Array(ACTES - 2).fill("applique");
        assert.deepEqual(dites(second), ["deja_applique", "ACTE_NON_TRAITE", ...faits]);
        const abandon = await fonction.demander(`/${lot.lot}/abandonner`, {
          method: "POST",
          headers: gerant,
          body: JSON.stringify({ cle: muette, motif: "Saisie au bureau" }),
        });
        assert.equal((await abandon.json()).etat, "abandonne");
        const { dit: dernier } = await envoyer(lot);
        assert.deepEqual([dernier.reste, dites(dernier)[1]], [0, "abandonne"]);
        muette = undefined;
      },
    );

    await t.step("writes are frozen", async () => {
      const { authorization } = await depot.comme("admin");
      const admin = JSON.parse(atob(authorization!.split(".")[1]!)).sub;
      const geler = (quoi: string) =>
        paire.sql.begin(async (tx) => {
          await tx`select set_config('request.jwt.claims', ${
            JSON.stringify({ sub: admin, role: "authenticated" })
          }, true)`;
          await tx.unsafe(quoi);
        });
      devant = () => geler("select private.geler_ecritures('Migration de nuit')");
      const lot = nouveau();
      const { statut, dit } = await envoyer(lot);
      assert.equal(statut, 200);
      await juger(dit, AU - 1, "ECRITURES_GELEES");
      assert.match(dit.actes[AU]!.probleme!.detail, /Migration de nuit/);
      await geler("select private.degeler_ecritures()");
      await finir(lot, AU - 1);
    });

    for (
      const [quand, deja] of [["before its door is asked", AU - 1], [
        "once its door has answered",
        AU,
      ]] as const
    ) {
      await t.step(`the function dies ${quand}`, async () => {
        const mourir = async () => {
          await fonction.tuer();
        };
        [devant, derriere] = deja === AU ? [devant, mourir] : [mourir, derriere];
        // The door itself goes on: what it was asked, it does.
        const lot = nouveau();
        await assert.rejects(envoyer(lot));
        fonction = await synchroniser();
        const [relu, faits] = [await relire(lot.lot), await faitsDe(lot.lot)];
        assert.equal(relu.actes.filter(({ etat }) => etat === "applique").length, AU - 1);
        for (const { probleme } of relu.actes.slice(AU - 1)) assert.equal(probleme!.code, "ACTE_NON_TRAITE");
        await finir(lot, faits);
      });

      await t.step(`the base dies ${quand}`, async () => {
        const mourir = async () => tuer(await paire.serveur.processus());
        [devant, derriere] = deja === AU
          ? [() => Promise.resolve(), mourir]
          : [mourir, () => Promise.resolve()];
        const lot = nouveau();
        const { statut, dit } = await envoyer(lot);
        assert.equal(statut, 200);
        await paire.serveur.relancer();
        await juger(dit, deja, "SERVICE_INDISPONIBLE");
        await finir(lot, deja);
      });
    }
  } finally {
    await Promise.all([fonction.stop(), adresse.shutdown()]);
    await paire.fermer();
  }
});
