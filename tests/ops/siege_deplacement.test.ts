// A depot moves from its server to another while it works, and the others with it: real servers, killed in the middle.
import assert from "node:assert/strict";
import { join } from "node:path";
import type postgres from "postgres";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { outilsPostgres, proprietaireDuServeur } from "../../ops/exploitation/outils/outils.ts";
import { arreter } from "../../ops/exploitation/secours/copie.ts";
import { ouvrirDepot } from "../domaine/concurrence/depot.ts";
import { attendre, retirerDossier } from "../support/attente.ts";
import { absents, commandesAvec, faireTravailler } from "../support/deplacement.ts";
import { test } from "../support/monde.ts";
import {
  type Base,
  lignes,
  ouvrirBase,
  ouvrirEnMaitre,
  ouvrirServeur,
  recevoir,
  sortir,
  travailler,
} from "../support/reseau.ts";

test("a depot moves to another server while it works and the others do: nothing is lost, refused or doubled", async (t) => {
  const [office, x, y] = await Promise.all([
    ouvrirServeur(),
    ouvrirServeur(),
    ouvrirServeur(),
  ]);
  const dataDir = await temporaryDataDir("monaluxe-arrivee-");
  const port = freePort();
  const adresses: Record<string, string> = {
    DATA_DIR: dataDir,
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    REFERENCE_DB_URL: await x.creer("reference", "declare"),
    DEPOT_BBB_DB_URL: await x.creer("bbb", "declare"),
    DEPOT_AAA_DB_URL: await y.creer("aaa", "declare"),
  };
  const enMaitre = (url: string) => Object.assign(new URL(url), { username: SUPERUSER }).href;
  adresses.SECOURS_SOURCE_URL = enMaitre(adresses.DEPOT_AAA_DB_URL!);
  const nouvelleUrl = Object.assign(new URL(adresses.DEPOT_AAA_DB_URL!), { port: String(port) }).href;
  const [siege, reference] = [ouvrirBase(adresses.SIEGE_DB_URL!), ouvrirBase(adresses.REFERENCE_DB_URL!)];
  const ouverte = async (code: string) => {
    const sql = ouvrirBase(adresses[`DEPOT_${code}_DB_URL`]!);
    await sql`insert into public.app_settings (key, value) values ('societe_code', ${code}), ('env', 'local')`;
    return { sql, depot: await ouvrirDepot(sql) };
  };
  await reference`insert into public.app_settings (key, value) values ('env', 'local'), ('societe_nom', 'Monaluxe')`;
  const [a, b] = [await ouverte("AAA"), await ouverte("BBB")];
  const nouvelle: Base = { sql: ouvrirBase(nouvelleUrl), depot: a.depot };
  const { ops, reussir, demarrer } = commandesAvec(adresses);
  const dossier = join(dataDir, "la place du dépôt");
  const deplacer = ["siege:deplacer", "AAA", "--hote", "localhost", "--port", String(port)]
    .concat("--dossier", dossier, "--operateur", a.depot.gens.admin, "--attente", "30");
  const etape = async (promesse: string, faire: () => Promise<void>) =>
    assert.ok(await t.step(promesse, faire), `arrêté à : ${promesse}`);

  try {
    await reussir("siege:preparer");
    for (const [code, base] of [["AAA", a], ["BBB", b]] as const) {
      await travailler(base, 3);
      await reussir("siege:rattacher", code);
    }
    for (const base of [a, b]) await recevoir(base, 20_000);
    const voisin = faireTravailler(b, { calme: true });

    await etape("a server that carries others of the network is not moved from under them", async () => {
      const { code, dit } = await ops("siege:deplacer", "BBB", "--operateur", b.depot.gens.admin);
      assert.equal(code, 2, dit);
      assert.match(dit, /AUTRE_SERVEUR/);
      adresses.SECOURS_SOURCE_URL = enMaitre(adresses.DEPOT_BBB_DB_URL!);
      assert.match(
        (await ops("siege:deplacer", "BBB", "--operateur", b.depot.gens.admin)).dit,
        /SERVEUR_PARTAGE/,
      );
      adresses.SECOURS_SOURCE_URL = enMaitre(adresses.DEPOT_AAA_DB_URL!);
    });

    await etape(
      "killed once the old one is frozen, it is given up, and the old one works as before",
      async () => {
        const tenue = await a.sql.reserve();
        await tenue`begin`;
        await tenue`select set_config('request.jwt.claims', '{}', true)`;
        await tenue`lock table public.citernes in row exclusive mode`;
        const commande = demarrer(...deplacer);
        await commande.attend(a.sql, tenue);
        await commande.tuer();
        await assert.rejects(sortir(a), { message: "ECRITURES_GELEES" });
        await tenue`rollback`;
        tenue.release();
        await reussir(...deplacer, "--abandonner");
        await sortir(a);
        assert.equal((await ops(...deplacer, "--abandonner")).code, 2, "nothing is left to give up");
        assert.deepEqual(
          [...await a.sql`select slot_name from pg_replication_slots where slot_type = 'physical'`],
          [],
        );
        await reussir("siege:etat");
      },
    );

    await etape("what a run that was killed over its copy left is taken again", async () => {
      const creneau = "deplacement_aaa";
      await Deno.mkdir(dossier);
      await Deno.writeTextFile(`${dossier}/PG_VERSION`, "17\n");
      await a.sql`select pg_create_physical_replication_slot(${creneau}, true)`;
      const principale = adresses.SECOURS_SOURCE_URL;
      const secours = enMaitre(nouvelleUrl);
      const fiche = {
        principale,
        secours,
        dossier,
        creneau,
        deplacement: { code: "AAA", hote: "localhost", port },
      };
      await Deno.writeTextFile(`${dataDir}/secours.json`, JSON.stringify(fiche));
    });

    await etape(
      "killed once the new one writes: the depot works there, and the same command ends the move",
      async () => {
        const travail = faireTravailler(a);
        await travail.jusqua(20);
        const [gel, lecture, tenue] = [await a.sql.reserve(), await siege.reserve(), await siege.reserve()];
        for (const une of [gel, lecture, tenue]) await une`begin`;
        await gel`lock table public.app_settings in share mode`;
        const commande = demarrer(...deplacer);
        // The head office reads no more, until the copy has the last byte; there it is held until its line is.
        await commande.attend(a.sql, gel);
        await travail.jusqua(travail.acquittes.length + 5);
        await lecture`lock table public.sorties_produit in exclusive mode`;
        await gel`rollback`;
        const [{ pid }] = await lecture<[{ pid: number }]>`select pg_backend_pid() as pid`;
        await attendre("the head office, that reads again", async () =>
          (await siege`
            select from pg_stat_subscription where subname = 'depot_aaa' and ${pid} = any (pg_blocking_pids(pid))`)
            .length);
        await tenue`alter subscription depot_aaa set (disable_on_error = false)`;
        await lecture`rollback`;
        await commande.attend(siege, tenue);
        await commande.tuer();
        await travail.arreter();
        for (const une of [gel, lecture]) une.release();
        assert.deepEqual(travail.refus, ["ECRITURES_GELEES"], "what was not acknowledged was told why");
        assert.equal(await absents(nouvelle.sql, travail.acquittes), 0, "what was is there");
        await sortir(nouvelle);
        await tenue`rollback`;
        tenue.release();
        assert.match((await ops(...deplacer, "--abandonner")).dit, /DEJA_PROMUE/);
        const ancienneUrl = adresses.DEPOT_AAA_DB_URL!;
        adresses.DEPOT_AAA_DB_URL = nouvelleUrl;
        for (const encore of [[], ["--abandonner"]]) {
          const { code, dit } = await ops(...deplacer, ...encore);
          assert.equal(code, 2, dit);
          assert.match(dit, /AUTRE_BASE : DEPOT_AAA_DB_URL mène déjà à la nouvelle base/);
        }
        adresses.DEPOT_AAA_DB_URL = ancienneUrl;
        const { resultat } = JSON.parse(await reussir(...deplacer, "--json"));
        assert.match((await ops(...deplacer)).dit, /AUTRE_BASE : Le déplacement de AAA est fini/);
        console.log(
          `déplacé : ${resultat.lignes} lignes, ${resultat.tables} tables, gel ${
            resultat.gel_s.toFixed(1)
          } s, ` +
            `rattrapage ${resultat.rattrapage_ms} ms, ${travail.acquittes.length} sorties acquittées jusqu'au gel`,
        );
      },
    );

    await etape("the new one works, the head office follows it, and has each row once", async () => {
      await travailler(nouvelle, 5);
      await reussir("siege:etat");
      const maitre = ouvrirEnMaitre(adresses.SIEGE_DB_URL!);
      const [{ ou }] = await maitre<[{ ou: string }]>`
        select subconninfo as ou from pg_subscription where subname = 'depot_aaa'`.finally(() =>
        maitre.end()
      );
      assert.match(ou, new RegExp(`host='localhost' port='${port}'`), "by the name that --hote said");
      const recues = async () => {
        const [envoyees, la] = [await lignes(nouvelle.sql), await lignes(siege)];
        return [...envoyees.difference(la)].length;
      };
      await attendre("what the new one wrote, at the head office", async () => await recues() === 0);
      const doubles = await siege`
        select l.id from public.log_actions l group by l.id having count(*) > 1`;
      assert.deepEqual([...doubles], []);
      assert.deepEqual([...await siege`select * from siege.verifier_journal()`], []);
      assert.deepEqual([...await nouvelle.sql`select * from public.verifier_stocks()`], []);
      assert.deepEqual([...await nouvelle.sql`select * from private.controler_journal(null, null)`], []);
    });

    await etape("the old one is read and writes no more, and says where the depot went", async () => {
      await assert.rejects(sortir(a), (erreur: postgres.PostgresError) => {
        assert.equal(erreur.message, "ECRITURES_GELEES");
        assert.match(erreur.hint ?? "", new RegExp(`a déménagé vers localhost:${port}`));
        return true;
      });
      await assert.rejects(a.sql`select private.sceller_journal()`, { message: "ECRITURES_GELEES" });
      assert.deepEqual([...await a.sql`select slot_name from pg_replication_slots`], []);
      assert.deepEqual([...await a.sql`select subname from pg_subscription`], []);
      const { code, dit } = await ops(...deplacer);
      assert.equal(code, 2, dit);
      assert.match(dit, /AUTRE_BASE/, "asked again with the old address, it moves nothing");
    });

    await etape("a client of the reference database reaches the new one", async () => {
      const [{ id }] = await reference<[{ id: string }]>`
        insert into public.clients (nom) values ('Client d''après') returning id`;
      await attendre(
        "the client, in the new one",
        async () => (await nouvelle.sql`select from public.clients where id = ${id}`).length,
      );
    });

    await etape(
      "its neighbour worked all along: nothing refused, nothing lost, all at the head office",
      async () => {
        await voisin.arreter();
        assert.deepEqual(voisin.refus, []);
        assert.equal(await absents(b.sql, voisin.acquittes), 0);
        console.log(`voisin : ${voisin.acquittes.length} sorties acquittées pendant le déplacement`);
        await attendre(
          "all of it at the head office",
          async () => await absents(siege, voisin.acquittes) === 0,
        );
      },
    );
  } finally {
    const bases = [siege, reference, a.sql, b.sql, nouvelle.sql];
    await Promise.all(bases.map((sql) => sql.end({ timeout: 1 })));
    await arreter(await outilsPostgres(), await proprietaireDuServeur(), dossier).catch(() => {});
    await Promise.all([office, x, y].map((serveur) => serveur.fermer()));
    await retirerDossier(dataDir);
  }
});
