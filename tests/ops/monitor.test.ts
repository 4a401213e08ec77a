import assert from "node:assert/strict";
import postgres from "postgres";
import { seuilsDe } from "../../ops/exploitation/cible/variables.ts";
import { machine } from "../../ops/exploitation/surveillance/machine.ts";
import type { Releve } from "../../ops/exploitation/surveillance/releve.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { asSuperuser } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { DATA_DIR, environnement, ops, opsJson } from "../support/ops.ts";
import { attendre } from "../support/attente.ts";

test("monitor, on a database of its own", async (t) => {
  const nom = "staging_monitor";
  const { env, dbUrl } = await environnement("staging", nom);
  const base = postgres(dbUrl, { max: 3, onnotice: () => {} });
  const monitor = async (...args: string[]) => {
    const { code, stdout, stderr } = await ops(["monitor", "--env", "staging", "--json", ...args], env);
    const releves = stdout.trim().split("\n").map((ligne) => JSON.parse(ligne) as Releve);
    assert.ok(releves.length, stderr);
    return { code, releves, alertes: releves.at(-1)!.alertes.join("\n") };
  };

  await t.step("a log that was never sealed is an alert, until journal:sceller has run", async () => {
    const { code, alertes } = await monitor();
    assert.equal(code, 1);
    assert.match(alertes, /^le journal n'a jamais été scellé : npm run ops -- journal:sceller/);
    const { compte } = await opsJson<{ scellees: number; bloc: number }>(
      ["journal:sceller", "--env", "staging"],
      env,
    );
    const purge = await opsJson<{ reponses_gardees: number }>(
      ["taches:periodiques", "--env", "staging"],
      env,
    );
    assert.deepEqual([purge.compte.statut, purge.compte.resultat.reponses_gardees], ["fait", 0]);
    assert.ok(compte.statut === "fait" && compte.resultat.scellees > 0 && compte.resultat.bloc === 1);
  });

  await t.step("a quiet database: exit 0, every measure taken, the reading noted", async () => {
    const { code, releves } = await monitor();
    assert.equal(code, 0, JSON.stringify(releves));
    assert.equal(releves[0]!.mesures.length, 17);
    // What only PROD must have, and this one has not, alarms nobody and is not said to be well.
    const tolerees = releves[0]!.mesures.filter(({ tolere }) => tolere);
    assert.deepEqual(tolerees.map(({ nom, tolere }) => [nom, tolere]), [
      ["Sauvegarde vérifiée", "exigé de PROD, pas de staging"],
      ["Restauration à un instant", "exigé de PROD, pas de staging"],
    ]);
    const carnet = await Deno.readTextFile(`${DATA_DIR}/surveillance/${nom}.jsonl`);
    assert.deepEqual(JSON.parse(carnet.trim().split("\n").at(-1)!), {
      moment: releves[0]!.moment,
      alertes: [],
    });
  });

  await t.step("a threshold given as a variable is a threshold", async () => {
    const { code, stderr } = await ops(["monitor", "--env", "staging"], {
      ...env,
      MONITOR_TAILLE_MAX_MO: "0.1",
    });
    assert.equal(code, 1);
    assert.match(stderr, /la base occupe/);
  });

  await t.step(
    "the machine is read where it runs what is watched, each figure with its threshold; what cannot be read is said",
    async () => {
      const { releves } = await monitor();
      const dite = releves[0]!.mesures.find(({ nom }) => nom === "Machine")!;
      const lues = dite.valeurs as Record<string, number> & { illisibles: string[] };
      assert.ok(Object.keys(lues).some((nom) => nom.startsWith("disque ")));
      const { code, alertes } = await monitor("--disque-max-pct", "0.001");
      assert.equal(code, 1);
      assert.match(alertes, /% pris, [\d.]+ Go libres, plus que 0\.001 %/);
      // Hosted, it is another's.
      const ailleurs = await machine(
        { env: "prod", reference: "x", dbUrl: "postgresql://a:b@db.x.supabase.co/postgres", variables: {} },
        seuilsDe({}),
      );
      assert.deepEqual([ailleurs.alertes, ailleurs.valeurs], [[], null]);
    },
  );

  await t.step("faults and slowness of the doors since the last reading are alerts, said once", async () => {
    const compter = (classe: number, nombre: number, rang: number) =>
      base`select private.compter_reponses(${
        base.json([{
          fonction: "stocks",
          route: "GET stocks/actuel",
          classe,
          nombre,
          secondes: nombre,
          paniers: Array.from({ length: 12 }, (_, n) => n === rang ? nombre : 0),
        }])
      })`;
    await compter(2, 97, 1);
    assert.equal((await monitor()).code, 0);
    await compter(5, 3, 1);
    await compter(2, 27, 11);
    const { code, alertes } = await monitor();
    assert.equal(code, 1);
    assert.match(alertes, /10\.0 % des réponses des portes sont des 5xx \(3 sur 30\)/);
    assert.match(alertes, /95 réponses des portes sur 100 viennent en plus de 10 s/);
    assert.equal((await monitor()).code, 0);
    await base`truncate private.demandes_comptees`;
    await compter(2, 30, 0);
    const { releves } = await monitor();
    const anew = releves[0]!.mesures.find(({ nom }) => nom === "Portes")!.valeurs;
    assert.deepEqual(anew, { total: 30, fautes: 0, p95_s: 0.005 });
  });

  await t.step("who waits for whom is named, by both sides, and a loop ends there with exit 1", async () => {
    const bloquant = await base.reserve();
    const [{ pid }] = await bloquant<[{ pid: number }]>`select pg_backend_pid() as pid`;
    await bloquant`begin`;
    await bloquant`select from public.app_settings where key = 'env' for update`;
    const bloque = base`update public.app_settings set updated_at = now() where key = 'env'`.execute();
    // Nothing tells that a session waits but asking who blocks it.
    await attendre(
      "a session that waits for the first",
      async () =>
        (await base`select from pg_stat_activity where ${pid} = any (pg_blocking_pids(pid))`).length,
    );
    const { code, alertes } = await monitor("--toutes-les", "1", "--blocage-max-s", "0.001");
    assert.equal(code, 1);
    assert.match(
      alertes,
      new RegExp(`la session \\d+ .*update public\\.app_settings.* attend .* la session ${pid} .*`),
    );

    const longue = await monitor("--transaction-max-s", "0.001");
    assert.match(longue.alertes, new RegExp(`la session ${pid} .* garde une transaction`));
    await bloquant`rollback`;
    bloquant.release();
    await bloque;
  });

  await t.step("stopped by Ctrl-C while it goes on, its exit is that of the last reading", async () => {
    const enCours = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "ops/ops.ts",
        "monitor",
        "--env",
        "staging",
        "--json",
        "--toutes-les",
        "600",
        "--continuer",
      ],
      cwd: ROOT,
      env: { ...env, DATA_DIR, MONITOR_TAILLE_MAX_MO: "0.1" },
      stdout: "piped",
    }).spawn();
    const lecteur = enCours.stdout.getReader();
    await lecteur.read();
    enCours.kill("SIGINT");
    while (!(await lecteur.read()).done);
    assert.equal((await enCours.status).code, 1);
  });

  await t.step("a movement that never reached the journal, its day or the stock is found", async () => {
    const force = postgres(asSuperuser(nom), { max: 1, onnotice: () => {} });
    await force.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        insert into public.receptions (cours_de_route_id, citerne_id, produit_id, depot_id, volume_ambiant, volume_15c,
                                       volume_corrige_15c, methode_15c, parametres_15c, date_reception, created_by)
        select gen_random_uuid(), c.id, c.produit_id, c.depot_id, 10, 10, 10, 'LEGACY', '{}', current_date, gen_random_uuid()
          from public.citernes c limit 1`;
    });
    await force.end();
    const { code, alertes } = await monitor();
    assert.equal(code, 1);
    assert.match(alertes, /1 mouvement\(s\) sans leur ligne/);
    assert.match(alertes, /1 mouvement\(s\) sans leur jour/);
    assert.match(alertes, /verifier_stocks : \d+ écart/);
    assert.match(alertes, /verifier_mouvements : 1 écart.*SANS_LIGNE/);
  });

  await t.step("a database that is not what the file says is refused, with exit 2", async () => {
    const { code, stdout } = await ops(["monitor", "--env", "staging", "--json"], {
      ...env,
      STAGING_PROJECT_REF: "autre",
    });
    assert.deepEqual([code, JSON.parse(stdout).code], [2, "ENV_INTERDIT"]);
  });
  await base.end();
});
