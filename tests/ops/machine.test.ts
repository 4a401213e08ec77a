// What a machine or a server could not is said in words, by commands and by npm start, and ends them.
import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { connect, wholeOrNot } from "../../ops/commun/connection.ts";
import { Echec, Incertain } from "../../ops/commun/failure.ts";
import { derouler, dit, etape } from "../../ops/commun/deroulement.ts";
import { execution, onSignals, within } from "../../ops/commun/execution.ts";
import { semerSiJamais } from "../../ops/commun/schema/declare.ts";
import { fermer, rouvrir } from "../../ops/exploitation/siege/tables.ts";
import { prepareProject } from "../../ops/pile/database.ts";
import { createDemoUsers } from "../../ops/pile/demo_users.ts";
import type { Keys } from "../../ops/pile/keys.ts";
import { clearLeftover } from "../../ops/pile/leftover.ts";
import { labelDatabase } from "../../ops/commun/environment.ts";
import { attendre } from "../support/attente.ts";
import { asSuperuser, declaredProject } from "../support/base.ts";
import { runWithin } from "../support/execution.ts";
import { sql, status, test } from "../support/monde.ts";
import { newEnvironment, startPile } from "../support/pile.ts";
import { startServeur, tuer, vivant } from "../support/serveur.ts";

const phraseDe = (work: Promise<unknown>) => work.then(() => "", (error) => dit(error).phrase);

for (
  const [quoi, faire, conclusion] of [
    [
      "done",
      () => "oui",
      /tout est fait, mais ce qui restait à ranger ne l'a pas été : le dossier ne s'efface pas/,
    ],
    ["failed", () => Promise.reject(new Echec("non")), /non\n {2}Et ce qui restait à ranger ne l'a pas été/],
  ] as const
) {
  test(`a command whose tidying fails says all the same what it has ${quoi}, and what is next`, async () => {
    const suite = () => "Ensuite : rien.";
    const toujours = () => Promise.reject(new Echec("le dossier ne s'efface pas"));
    const { code, stdout, stderr } = await runWithin({}, async () => {
      await derouler("essai", {}, [etape("Faire", faire)], { fin: suite, finEnEchec: suite, toujours });
      return execution().code;
    });
    assert.equal(code, 1);
    assert.match(stderr, /✗ essai : échec\./);
    assert.match(stderr, conclusion);
    assert.match(stdout, /Ensuite : rien\./);
  });
}

test("a base that ends a session in the middle of a command's transaction: a sentence, whatever else was to be said, and the command ends", async () => {
  const base = connect(status.DB_URL);
  const phrase = await phraseDe(base.begin(async (tx) => {
    const [{ pid }] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const coupee = tx`select pg_sleep(60)`.execute();
    await sql`select pg_terminate_backend(${pid})`;
    await coupee;
  }));
  assert.match(phrase, /^La base s'est arrêtée, ou la ligne .* n'avait pas validé est annulé/);
  await base.end();
});

test("a line that is cut while all of a transaction is committed leaves its end unknown, and it is said so; before, all of it is undone", async () => {
  const couper = async (aLaFin: boolean) => {
    const base = connect(status.DB_URL, "monaluxe", { max: 1 });
    return await wholeOrNot(base, async (tx) => {
      await tx.unsafe(`
        create temp table faite (un int);
        create function pg_temp.couper() returns trigger language plpgsql as
          'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
        create constraint trigger couper after insert on faite deferrable initially ${
        aLaFin ? "deferred" : "immediate"
      } for each row execute function pg_temp.couper();
        insert into faite values (1)`).simple();
    }).then(() => assert.fail("validée"), (erreur) => erreur)
      // The line is cut: the driver would wait for nothing.
      .finally(() => base.end({ timeout: 0 }));
  };
  const [pendant, avant] = [await couper(true), await couper(false)];
  assert.ok(pendant instanceof Incertain, String(pendant));
  assert.match(pendant.message, /soit comme avant, soit entièrement faite/);
  assert.ok(!(avant instanceof Incertain));
  assert.match(dit(avant).phrase, /^La base s'est arrêtée, ou la ligne/);
});

test("a signal is heard by whoever asked last, and by nobody else: of a step that says what it left, the command says no more", () => {
  const bus = new EventTarget();
  const entendus: string[] = [];
  within.run({
    ...execution(),
    onSignal: (signal, handler) => {
      bus.addEventListener(signal, handler);
      return () => bus.removeEventListener(signal, handler);
    },
  }, () => {
    const etape = onSignals(["SIGINT"], (signal) => entendus.push(`étape ${signal}`));
    const commande = onSignals(["SIGINT", "SIGTERM"], (signal) => entendus.push(`commande ${signal}`), {
      unlessHeard: true,
    });
    for (const signal of ["SIGINT", "SIGTERM"]) bus.dispatchEvent(new Event(signal));
    etape();
    bus.dispatchEvent(new Event("SIGINT"));
    commande();
    bus.dispatchEvent(new Event("SIGINT"));
  });
  assert.deepEqual(entendus, ["étape SIGINT", "commande SIGTERM", "commande SIGINT"]);
  return Promise.resolve();
});

test("a base that lacks room or memory, a machine's own disk: each is said, with what to do", async () => {
  const dite = (code: string) =>
    phraseDe(
      sql.unsafe(`do $$ begin raise exception 'dit par la machine' using errcode = '${code}'; end $$`),
    );
  assert.match(await dite("53100"), /^Le disque de la base est plein \(dit par la machine\).* relancez\.$/);
  assert.match(await dite("53200"), /^La base manque de mémoire/);
  assert.match(await dite("53300"), /^La base n'a plus de connexion libre/);
  const ecrire = Deno.writeTextFile("/dev/full", "un octet");
  assert.match(await phraseDe(ecrire), /^Le disque où l'on écrit est plein .* faites-y de la place/);
  // What is none of these is said as it was.
  assert.equal(await phraseDe(Promise.reject(new Error("tout autre chose"))), "tout autre chose");
});

test("a base that ends while npm start makes its schema, or once all is served: it says why, stops the rest and ends", async () => {
  const env = await newEnvironment();
  const postmaster = async () => {
    const file = join(env.DATA_DIR, "postgres/postmaster.pid");
    return Number((await Deno.readTextFile(file).catch(() => "")).split("\n")[0]);
  };
  const first = startPile(env);
  const keys = () => Deno.readTextFile(join(env.DATA_DIR, "keys.json")).then(JSON.parse);
  const { databasePassword } = await attendre("its keys", () => keys().catch(() => undefined));
  const project = postgres(`postgresql://postgres:${databasePassword}@127.0.0.1:${env.DB_PORT}/postgres`, {
    max: 1,
    onnotice: () => {},
    backoff: () => 0.02,
  });
  await attendre(
    "the schema's own transaction",
    () =>
      project`select from pg_stat_activity where backend_xid is not null`.then(
        ({ length }) => length > 0,
        () => false,
      ),
  );
  await project.end({ timeout: 0 });
  tuer([await postmaster()]);
  assert.equal(await first.end(), 1);
  assert.match(first.said(), /✗ La base s'est arrêtée d'elle-même : /);

  const second = startPile(env);
  await second.ready;
  tuer([await postmaster()]);
  assert.equal(await second.end(), 1);
  assert.match(second.said(), /✗ La base s'est arrêtée d'elle-même : [\s\S]*Relancez npm start/);
  await Deno.remove(env.DATA_DIR, { recursive: true });
});

test("a base that was killed before its seed is sown by the next start, once: not one that a person has emptied, nor one that head office fills", async () => {
  await using base = connect(await declaredProject("jamais_semee", { seed: false }), "monaluxe", { max: 1 });
  await labelDatabase(base, "local");
  const depots = () => base`select from public.depots`.then(({ length }) => length);
  await fermer(base, ["public.clients"]);
  assert.equal(await semerSiJamais(base), false);
  await rouvrir(base, ["public.clients"]);
  assert.equal(await semerSiJamais(base), true);
  assert.equal(await depots(), 1);
  await base`delete from public.citernes`;
  await base`delete from public.depots`;
  assert.equal(await semerSiJamais(base), false);
  await base`delete from supabase_migrations.seed_files`;
  assert.equal(await semerSiJamais(base), false, "son journal dit qu'elle a vécu");
});

test("a start finds what another was killed in the middle of: identity functions of one spelling are made whole; without a depot, whoever needs none has an account", async () => {
  const url = await declaredProject("interrompue", { seed: false });
  await using superuser = connect(asSuperuser("interrompue"), "monaluxe", { max: 1 });
  const [{ entiere }] = await superuser<[{ entiere: string }]>`
    select prosrc as entiere from pg_proc where oid = 'auth.uid()'::regprocedure`;
  await superuser`
    create or replace function auth.uid() returns uuid language sql stable as
      $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$`;
  await prepareProject(superuser, {
    databasePassword: new URL(status.DB_URL).password,
    jwtSecret: status.JWT_SECRET,
  } as Keys, url);
  const [{ faite }] = await superuser<[{ faite: string }]>`
    select prosrc as faite from pg_proc where oid = 'auth.uid()'::regprocedure`;
  assert.equal(faite, entiere);
  await createDemoUsers(superuser, "un mot de passe");
  const roles = (await superuser`select role from public.profils order by role`).map(({ role }) => role);
  assert.deepEqual(roles, ["admin", "directeur", "pca"]);
});

test("a session still at work after its server was killed with -9 writes no more once the next one starts", async () => {
  const serveur = await startServeur();
  const session = serveur.connecter(1);
  try {
    const [{ pid }] = await session<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const travail = session`select count(*) from generate_series(1, 1e12)`.catch(() => {});
    const chef = serveur.connecter(1);
    await attendre(
      "its work",
      async () =>
        (await chef`select from pg_stat_activity where pid = ${pid} and state = 'active'`).length > 0,
    );
    await chef.end();
    const [postmaster] = await serveur.processus();
    tuer([postmaster!]);
    await attendre("the server's end", () => !vivant(postmaster!));
    assert.ok(vivant(pid), "une session qui calcule n'entend pas la mort de son serveur");
    await clearLeftover(join(serveur.dataDir, "postgres"));
    assert.ok(!vivant(pid));
    await travail;
    await serveur.relancer();
    await serveur.pret();
  } finally {
    await session.end({ timeout: 0 });
    await serveur.fermer();
  }
});
