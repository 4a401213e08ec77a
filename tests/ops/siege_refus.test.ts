// What the commands of a network refuse before anything is done, on real servers: each refusal once, and nothing changed by it.
import assert from "node:assert/strict";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { ouvrirDepot } from "../domaine/concurrence/depot.ts";
import { retirerDossier } from "../support/attente.ts";
import { commandesAvec } from "../support/deplacement.ts";
import { test } from "../support/monde.ts";
import { ouvrirBase, ouvrirEnMaitre, ouvrirServeur, travailler } from "../support/reseau.ts";

/** As PostgreSQL comes: places for one database and the copy of it. */
const SANS_Y_TOUCHER = ["wal_level=replica", "wal_retrieve_retry_interval=200ms"];

test("the addresses of a network are asked for by name, and no password of theirs is said", async () => {
  const port = String(freePort());
  const { refuser } = commandesAvec({ SIEGE_DB_URL: "" });
  await refuser("ADRESSE_ABSENTE", "siege:etat");
  const { refuser: parLePooler } = commandesAvec({
    SIEGE_DB_URL: "postgresql://postgres:secret@127.0.0.1:6543/siege",
  });
  await parLePooler("ADRESSE_DE_POOLER", "siege:etat");
  const { ops } = commandesAvec({ SIEGE_DB_URL: `postgresql://postgres:secret@127.0.0.1:${port}/siege` });
  const { code, dit } = await ops("siege:etat");
  assert.equal(code, 1, dit);
  assert.match(dit, new RegExp(`SIEGE_DB_URL : la base 127\\.0\\.0\\.1:${port}/siege ne s'ouvre pas`));
  assert.doesNotMatch(dit, /secret/);
});

test("what would make two authors, or stop half-way, is refused before it begins", async (t) => {
  const [office, y, x, dataDir] = await Promise.all([
    ouvrirServeur({ reglages: SANS_Y_TOUCHER }),
    ouvrirServeur(),
    ouvrirServeur(),
    temporaryDataDir("monaluxe-arrivee-"),
  ]);
  const adresses: Record<string, string> = {
    DATA_DIR: dataDir,
    SECOURS_SOURCE_URL: "",
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    // A company whose head office sits at its first depot.
    REFERENCE_DB_URL: await y.creer("aaa", "declare"),
    DEPOT_BBB_DB_URL: await x.creer("bbb", "declare"),
  };
  adresses.DEPOT_AAA_DB_URL = adresses.REFERENCE_DB_URL!;
  const { ops, reussir, refuser } = commandesAvec(adresses);
  const siege = ouvrirBase(adresses.SIEGE_DB_URL!);
  const ouvrir = async (code: string) => {
    const sql = ouvrirBase(adresses[`DEPOT_${code}_DB_URL`]!);
    await sql`insert into public.app_settings (key, value) values ('societe_code', 'AAA'), ('env', 'local')`;
    return { sql, depot: await ouvrirDepot(sql) };
  };
  const [a, b] = [await ouvrir("AAA"), await ouvrir("BBB")];
  const deplacer = (
    code: string,
    ...options: string[]
  ) => ["siege:deplacer", code, "--operateur", a.depot.gens.admin, ...options];
  const enMaitre = (url: string) => Object.assign(new URL(url), { username: SUPERUSER }).href;
  /** Each stands on the one before. */
  const etape = async (promesse: string, faire: () => Promise<void>) =>
    assert.ok(await t.step(promesse, faire), `arrêté à : ${promesse}`);

  try {
    await etape("a database that is not the consolidated one is not taken for it", async () => {
      for (const mots of [["siege:etat"], ["siege:rattacher", "AAA"], ["siege:accueillir", "AAA", "BBB"]]) {
        await refuser("BASE_NON_CONSOLIDEE", ...mots);
      }
      await refuser("BASE_NON_CONSOLIDEE", ...deplacer("AAA"));
    });

    await etape(
      "a reference that does not write what replication reads, and a base that is not bare",
      async () => {
        const { REFERENCE_DB_URL } = adresses;
        adresses.REFERENCE_DB_URL = adresses.SIEGE_DB_URL!;
        assert.match(await refuser("WAL_LEVEL", "siege:preparer"), /wal_level = 'logical'/);
        adresses.REFERENCE_DB_URL = REFERENCE_DB_URL!;
        await reussir("siege:preparer");
        await refuser("BASE_NON_VIERGE", "siege:preparer");
      },
    );

    await etape(
      "the base that is the reference too is attached, and goes on writing its clients",
      async () => {
        await travailler(a, 2);
        await reussir("siege:rattacher", "AAA");
        await a.sql`insert into public.clients (nom) values ('Client d''après')`;
        await refuser("BASE_DEJA_RATTACHEE", "siege:rattacher", "AAA");
        await reussir("siege:etat");
      },
    );

    await etape("a server without a place left says which settings, as PostgreSQL takes them", async () => {
      const dit = await refuser("PLACES", "siege:rattacher", "BBB");
      assert.match(dit, /\(max_logical_replication_workers 4, il en faut 5\)/);
      const [instruction] = dit.match(/alter system set [^;]*;/)!;
      const maitre = ouvrirEnMaitre(adresses.SIEGE_DB_URL!);
      await maitre.unsafe(instruction!);
      // What it said waits for a restart; the copy may as well take a process fewer.
      await maitre`alter system set max_sync_workers_per_subscription = 1`;
      await maitre`select pg_reload_conf()`.finally(() => maitre.end());
    });

    await etape(
      "numbers that another base begins alike, and a schema that is not the head office's",
      async () => {
        await refuser("SOCIETE_CODE_PRIS", "siege:rattacher", "BBB");
        await b.sql`update public.app_settings set value = 'BBB' where key = 'societe_code'`;
        await b.sql`alter table public.receptions add column de_plus int`;
        await refuser("SCHEMAS_DIFFERENTS", "siege:rattacher", "BBB");
        await b.sql`alter table public.receptions drop column de_plus`;
        const abonnements = await b.sql`select subname from pg_subscription`;
        assert.deepEqual([...abonnements], [], "nothing was begun by what was refused");
        await reussir("siege:rattacher", "BBB");
      },
    );

    await etape("a depot that nobody opened, and a base that is not of the network", async () => {
      await refuser("DEPOT_INCONNU", "siege:accueillir", "AAA", "NULLE");
      adresses.DEPOT_CCC_DB_URL = adresses.DEPOT_BBB_DB_URL!;
      const [{ code }] = await b.sql<
        [{ code: string }]
      >`select code from public.depots where id = ${b.depot.id}`;
      await refuser("BASE_NON_RATTACHEE", "siege:accueillir", "CCC", code);
      await refuser("BASE_NON_RATTACHEE", ...deplacer("CCC"));
    });

    await etape("a move: from where is asked, and the base that all the others follow stays", async () => {
      await refuser("SECOURS_SOURCE_URL", ...deplacer("BBB"));
      adresses.SECOURS_SOURCE_URL = enMaitre(adresses.DEPOT_AAA_DB_URL!);
      await refuser("BASE_DE_REFERENCE", ...deplacer("AAA"));
    });

    await etape("a move whose head office does not follow would leave rows behind", async () => {
      adresses.SECOURS_SOURCE_URL = enMaitre(adresses.DEPOT_BBB_DB_URL!);
      await siege`alter subscription depot_bbb disable`;
      assert.match(await refuser("LIGNE_COUPEE", ...deplacer("BBB")), /siege:etat dit pourquoi/);
      const { code, dit } = await ops("siege:etat");
      assert.equal(code, 1, dit);
      assert.match(dit, /depot_bbb arrêtée/);
      await siege`alter subscription depot_bbb enable`;
    });

    await etape("a move that nobody began is not given up, nor begun beside another", async () => {
      await refuser("RIEN_EN_COURS", ...deplacer("BBB", "--abandonner"));
      const commencee = {
        principale: "postgresql://a",
        secours: "postgresql://b",
        dossier: dataDir,
        creneau: "c",
        deplacement: { code: "CCC", hote: "127.0.0.1", port: 1 },
      };
      await Deno.writeTextFile(`${dataDir}/secours.json`, JSON.stringify(commencee));
      assert.match(
        await refuser("SECOURS_DEJA_LA", ...deplacer("BBB")),
        /le déplacement de CCC est déjà ici/,
      );
      const creneaux = await b.sql`select slot_name from pg_replication_slots where slot_type = 'physical'`;
      assert.deepEqual([...creneaux], [], "and no copy was begun");
    });
  } finally {
    await Promise.all([siege, a.sql, b.sql].map((sql) => sql.end()));
    await Promise.all([office, x, y].map((serveur) => serveur.fermer()));
    await retirerDossier(dataDir);
  }
});
