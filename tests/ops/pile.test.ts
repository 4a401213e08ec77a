import assert from "node:assert/strict";
import { join } from "node:path";
import process from "node:process";
import postgres from "postgres";
import { ROOT } from "../../ops/commun/settings.ts";
import { createUser } from "../../ops/pile/demo_users.ts";
import { attendre } from "../support/attente.ts";
import { asSuperuser, declaredProject, emptyProject } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { command, descendants, inDatabase, newEnvironment, type Pile, startPile } from "../support/pile.ts";
import { ops, opsJson } from "../support/ops.ts";
import { tuerPile } from "../support/perte.ts";
import { empreinte, type Projet, projet } from "../support/projets.ts";
import { tuer, vivant } from "../support/serveur.ts";

const writeClient = (env: Record<string, string>) =>
  inDatabase(env, (sql) => sql`insert into public.clients (nom) values ('gardé')`);
const readClient = (env: Record<string, string>) =>
  inDatabase(env, async (sql) => (await sql`select nom from public.clients where nom = 'gardé'`).length);

const functionsOf = async (pid: number) =>
  (await descendants(pid)).filter((child) => {
    try {
      return Deno.readTextFileSync(`/proc/${child}/cmdline`).includes("run_with_parent");
    } catch {
      // One that went to rest between two looks.
      return false;
    }
  });

// Nothing tells when the last of them has ended but looking again.
const untilDead = (pids: number[]) => attendre("the end of these processes", () => !pids.some(vivant));

test("the life of a stack in its folder: served, killed in part, stopped, started again, killed whole", async (t) => {
  // A machine whose way out is a proxy, which does not know what is local: here one that answers nobody.
  const proxy = "http://127.0.0.1:1";
  const env = {
    ...await newEnvironment(),
    ...{ http_proxy: proxy, https_proxy: proxy, NO_PROXY: "", no_proxy: "" },
  };
  const start = async () => {
    const pile = startPile(env);
    await pile.ready;
    return pile;
  };
  const stopped = async (pile: Pile, signal: Deno.Signal) => {
    const family = await descendants(pile.pid);
    assert.ok(family.length > 7, "the server and the functions are its children");
    assert.equal(await pile.end(signal), 0);
    assert.deepEqual(family.filter(vivant), []);
    assert.equal((await command("ops/pile/print_status.ts", env)).code, 1);
  };
  // What a start leaves that is killed while it makes the database: its password lies there.
  await Deno.mkdir(join(env.DATA_DIR, "initdb-0"));
  await Deno.writeTextFile(join(env.DATA_DIR, "initdb-0/mot-de-passe"), "secret");
  let pile = await start();

  await t.step("a first start that was killed leaves nothing to the next", async () => {
    const names = (await Array.fromAsync(Deno.readDir(env.DATA_DIR))).map(({ name }) => name);
    assert.deepEqual(names.filter((name) => name.startsWith("initdb-")), []);
  });
  await t.step("the proxy that the machine names for the world stands between none of its own", async () => {
    const { code, stderr } = await command("ops/pile/print_status.ts", env);
    assert.equal(code, 0, stderr);
    const answer = await fetch(`${pile.apiUrl}/functions/v1/ops/live`);
    assert.deepEqual(await answer.json(), { statut: "vivant" });
  });
  await t.step("one folder serves one stack at a time", async () => {
    const second = startPile({ ...await newEnvironment(), DATA_DIR: env.DATA_DIR });
    assert.equal(await second.end(), 1);
    assert.match(second.said(), /Une pile tourne déjà/);
  });
  await t.step("its status has the names of the CLI's, and its demo runs twice", async () => {
    const status = JSON.parse((await command("ops/pile/print_status.ts", env)).stdout);
    assert.deepEqual(Object.keys(status), [
      "API_URL",
      "DB_URL",
      "ANON_KEY",
      "SERVICE_ROLE_KEY",
      "JWT_SECRET",
    ]);
    for (const run of ["first", "second"]) {
      const demo = await command("supabase/seeds/parcours/parcours.ts", env);
      assert.equal(demo.code, 0, `${run}: ${demo.stderr}`);
      assert.match(demo.stdout, /INSUFFICIENT_STOCK/);
      assert.doesNotMatch(demo.stdout, /DIFFÉRENT/);
    }
  });
  await t.step(
    "while writes are frozen, smoke looks at what can be looked at, and says what cannot",
    async () => {
      const admin = ["--operateur", "admin@demo.monaluxe.test"];
      assert.equal((await ops(["gel", ...admin, "--motif", "restauration"], env)).code, 0);
      const ecrit = await opsJson(["smoke"], env);
      assert.deepEqual([ecrit.code, ecrit.compte.code], [2, "ECRITURES_GELEES"]);
      const lu = await opsJson(["smoke", "--sans-ecriture"], env);
      assert.equal(lu.code, 0, lu.compte.erreur);
      assert.match(
        lu.compte.etapes.find(({ titre }) => titre === "Refus par rôle")!.constat!,
        /à refaire une fois rouvertes/,
      );
      assert.equal((await ops(["degel"], env)).code, 0);
    },
  );
  await t.step(
    "a function or a service that is killed answers the next reading as if nothing had happened",
    async () => {
      const children = await functionsOf(pile.pid);
      tuer(children);
      await untilDead(children);
      for (
        const address of ["functions/v1/ops/live", "functions/v1/ops/ready", "auth/v1/.well-known/jwks.json"]
      ) {
        const answer = await fetch(`${pile.apiUrl}/${address}`);
        assert.equal(answer.status, 200, address);
        await answer.body?.cancel();
      }
    },
  );
  await t.step("SIGINT stops every process it started", async () => {
    await writeClient(env);
    await stopped(pile, "SIGINT");
  });
  await t.step(
    "a second start finds the data of the first; killed with -9, it loses no committed row",
    async () => {
      pile = await start();
      assert.equal(await readClient(env), 1);
      await tuerPile(pile);
      pile = await start();
      assert.equal(await readClient(env), 1);
    },
  );
  await t.step(
    "the command only is killed: it leaves no process that matters, and its database to the next",
    async () => {
      const functions = await functionsOf(pile.pid);
      process.kill(pile.pid, "SIGKILL");
      await pile.end();
      await untilDead(functions);
      pile = await start();
      assert.equal(await readClient(env), 1);
    },
  );
  await t.step("SIGTERM stops every process it started", () => stopped(pile, "SIGTERM"));
  await Deno.remove(env.DATA_DIR, { recursive: true });
});

test("what prevents a start is said in one sentence, with exit code 1", async (t) => {
  const env = await newEnvironment();
  const refused = async (changes: Record<string, string>, sentence: RegExp) => {
    const pile = startPile({ ...env, ...changes });
    assert.equal(await pile.end(), 1);
    const lines = pile.said().trim().split("\n").filter((line) => !line.startsWith("Démarrage"));
    assert.equal(lines.length, 1, pile.said());
    assert.match(lines[0]!, sentence);
    assert.deepEqual(await descendants(pile.pid), []);
  };
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String((taken.addr as Deno.NetAddr).port);
  const file = join(env.DATA_DIR, "un fichier");
  await Deno.writeTextFile(file, "");

  await t.step(
    "the API's port is taken",
    () => refused({ API_PORT: port }, new RegExp(`port ${port} est déjà pris`)),
  );
  await t.step(
    "both ports are one",
    () => refused({ API_PORT: env.DB_PORT! }, /API_PORT et DB_PORT disent tous deux/),
  );
  await t.step(
    "the database's port is taken",
    () => refused({ DB_PORT: port }, new RegExp(`port ${port} est déjà pris`)),
  );
  await t.step("a port that is none", () => refused({ API_PORT: "http" }, /API_PORT=http n'est pas un port/));
  await t.step(
    "DATA_DIR can't be written",
    () => refused({ DATA_DIR: join(file, "x") }, /n'est pas accessible en écriture/),
  );
  await t.step("keys that can't be read", async () => {
    const keys = join(env.DATA_DIR, "keys.json");
    await Deno.writeTextFile(keys, "{");
    await refused({}, /keys\.json ne se lit plus/);
    assert.equal(await Deno.readTextFile(keys), "{");
    await Deno.remove(keys);
  });
  await t.step("a folder in the database's place that is none", async () => {
    const postgres = join(env.DATA_DIR, "postgres");
    await Deno.mkdir(postgres);
    await Deno.writeTextFile(join(postgres, "à moi"), "");
    await refused({}, /n'est pas le dossier d'une base PostgreSQL/);
    assert.equal(await Deno.readTextFile(join(postgres, "à moi")), "");
    await Deno.remove(postgres, { recursive: true });
  });
  await t.step(
    "an address beyond this machine",
    () => refused({ HOST: "0.0.0.0" }, /n'écoute que sur cette machine/),
  );
  await t.step(
    "a database that isn't there",
    () =>
      refused(
        { DATABASE_URL: `postgresql://postgres@127.0.0.1:${env.DB_PORT}/x` },
        /Rien ne répond à cette adresse/,
      ),
  );
  await t.step("the demo and the status, with nothing running", async () => {
    for (const script of ["ops/pile/print_status.ts", "supabase/seeds/parcours/parcours.ts"]) {
      const { code, stderr } = await command(script, env);
      assert.equal(code, 1);
      assert.match(stderr, /Démarrez-la avec npm start/);
    }
  });
  taken.close();
  await Deno.remove(env.DATA_DIR, { recursive: true });
});

test("an existing database is used where it says it is for trying things out, and refused untouched otherwise", async (t) => {
  const existante = await projet("existante", "staging");
  const { base, url } = existante;
  await t.step("staging: it starts, and leaves the database its name", async () => {
    const pile = startPile({ ...await newEnvironment(), DATABASE_URL: url });
    await pile.ready;
    assert.equal((await fetch(`${pile.apiUrl}/functions/v1/ops/ready`)).status, 200);
    assert.equal(await pile.end("SIGTERM"), 0);
    const [row] = await base`select value from public.app_settings where key = 'env'`;
    assert.equal(row!.value, "staging");
  });
  const refuse = async (cible: Projet, phrase: RegExp) => {
    const avant = await empreinte(cible);
    const pile = startPile({ ...await newEnvironment(), DATABASE_URL: cible.url });
    assert.equal(await pile.end(), 1);
    assert.match(pile.said(), phrase);
    assert.equal(await empreinte(cible), avant, "not a row, not an object, not a password has changed");
  };
  await t.step("prod", async () => {
    await base`update public.app_settings set value = 'prod' where key = 'env'`;
    // A start would make the demo accounts again: all but the last admin, whom the rules keep.
    await base`delete from auth.users u where u.id not in (select user_id from public.profils where role = 'admin')`;
    await refuse(existante, /Cette base dit être prod .*npm start ne s'y connecte jamais/);
  });
  await t.step("one that does not say, with an admin in it", async () => {
    await base`delete from public.app_settings where key = 'env'`;
    await refuse(existante, /ne dit pas ce qu'elle est, et compte donc comme prod/);
  });
  await t.step("one where nobody is yet, and a bare project", async () => {
    for (const faire of [declaredProject("neuve", { seed: false }), emptyProject("vierge_donnee")]) {
      const url = await faire;
      const nom = new URL(url).pathname.slice(1);
      const base = postgres(asSuperuser(nom), { max: 1, onnotice: () => {} });
      await refuse({ nom, url, base }, /ne dit pas ce qu'elle est/);
      await base.end();
    }
  });
  await base.end();
});

test("a seed never says what a database is, and sows none where somebody works and nobody said", async () => {
  const { base } = await projet("graine_muette", null);
  const graine = await Deno.readTextFile(join(ROOT, "supabase/seeds/seed_staging_prod_like.sql"));
  const dit = async () => (await base`select value from public.app_settings where key = 'env'`).length;
  await base.unsafe(graine).simple();
  assert.equal(await dit(), 0, "a database that is only being made is sown, and still says nothing");
  await createUser(base, {
    email: "a@graine.test",
    password: "un mot de passe",
    role: "admin",
    depotId: null,
    nom: "A",
  });
  await assert.rejects(base.unsafe(graine).simple(), { message: "ENV_INTERDIT" });
  assert.equal(await dit(), 0);
  await base.end();
});
