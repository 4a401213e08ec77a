import { attendre } from "../../../tests/support/attente.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { connect } from "../../../ops/commun/connection.ts";
import { executer, outilsPostgres } from "../../../ops/exploitation/outils/outils.ts";
import { emptyProject } from "../../../tests/support/base.ts";
import { test } from "../../../tests/support/monde.ts";
import { DATA_DIR } from "../../../tests/support/ops.ts";
import { lancer } from "../../../tests/support/projets.ts";
import { ancienneProd } from "./ancienne_prod.ts";
import { remplir } from "../ancienne/dump.ts";
import { baseVide, decider, reprise } from "./scene.ts";

const gel = (nom: string) => Deno.readTextFile(new URL(`../${nom}.sql`, import.meta.url));

test("a dump says what its database says, and none of it is run", async (t) => {
  const ancienne = await ancienneProd("reprise_dump");
  const dossier = await Deno.makeTempDir();
  const outils = await outilsPostgres();
  const dump = (...args: string[]) =>
    executer(outils, "pg_dump", ["--no-owner", ...args], { base: ancienne.url });
  const decisions = await decider(ancienne.url);
  const flux = (texte: string) => new Blob([texte]).stream();
  const texte = await dump();

  await t.step("an archive is taken over as its database is, by the same decisions", async () => {
    const archive = join(dossier, "prod.dump");
    await dump("-Fc", "-f", archive);
    const arrivee = await baseVide("reprise_dump_cible");
    const charge = await reprise("charger", { source: archive, vers: arrivee.url, decisions });
    assert.equal(charge.code, 0, JSON.stringify(charge.compte));
    await arrivee.base.end();
  });
  await t.step("a text gives its rows, and whatever somebody put between them is not run", async () => {
    const trace = join(dossier, "trace");
    const pieges =
      `\\! touch ${trace}\ncopy (select 1) to program 'touch ${trace}';\ndrop schema public cascade;\n`;
    const base = connect(await emptyProject("reprise_dump_texte"));
    await base`drop table auth.users, auth.identities cascade`;
    assert.ok(await remplir(base, flux(pieges + texte + pieges)) > 15);
    const compter = async (sql: postgres.Sql) =>
      (await sql`select count(*)::int as n, sum(length(t::text))::int as taille from public.receptions t`)[0];
    assert.deepEqual(await compter(base), await compter(ancienne.base));
    await assert.rejects(Deno.stat(trace));
    await base.end();
  });
  await t.step("one that was cut is refused", async () => {
    const base = connect(await emptyProject("reprise_dump_coupe"));
    await base`drop table auth.users, auth.identities cascade`;
    const coupe = texte.slice(0, texte.indexOf("COPY public.receptions") + 600);
    await assert.rejects(remplir(base, flux(coupe)), { code: "SOURCE_INCONNUE", message: /coupé/ });
    await base.end({ timeout: 0 });
  });
  await ancienne.base.end();
});

test("a source that is not the old database is refused, and says what it lacks", async (t) => {
  const dossier = await Deno.makeTempDir();
  const refus = async (source: string, dit: RegExp) => {
    const { code, compte } = await reprise("examiner", { source, dans: dossier });
    assert.equal(code, 2, JSON.stringify(compte));
    assert.equal(compte.code, "SOURCE_INCONNUE");
    assert.match(compte.erreur!, dit);
  };
  await t.step(
    "an empty project",
    async () => refus(await emptyProject("reprise_rien"), /Il manque : depots/),
  );
  await t.step("a database of this project", async () => {
    const notre = await baseVide("reprise_notre");
    await refus(notre.url, /déjà une base de ce projet/);
    await notre.base.end();
  });
  await t.step("the old database without one column", async () => {
    const ancienne = await ancienneProd("reprise_amputee");
    await ancienne.base`alter table public.receptions drop column volume_ambiant`;
    await refus(ancienne.url, /Il manque : receptions\.volume_ambiant\./);
    await ancienne.base.end();
  });
  await t.step("a file that is no dump", async () => {
    const fichier = join(dossier, "lettre.txt");
    await Deno.writeTextFile(fichier, "Cher Valery,\n");
    await refus(fichier, /aucune ligne à reprendre/);
  });
  await t.step("a file that does not exist", () => refus(join(dossier, "absent.dump"), /n'existe pas/));
});

test("a source written to while it loads is noticed, and nothing is loaded", async () => {
  const ancienne = await ancienneProd("reprise_vivante");
  const arrivee = await baseVide("reprise_vivante_cible");
  const decisions = await decider(ancienne.url);
  const vide = await arrivee.empreinte();
  // The load waits for this lock once it has read the source: that is when somebody writes.
  const verrou = await arrivee.base.reserve();
  await verrou`begin`;
  await verrou`lock table public.depots in share row exclusive mode`;
  const fini = reprise("charger", { source: ancienne.url, vers: arrivee.url, decisions });
  await attendre(
    "the load, that waits for the lock",
    async () =>
      (await arrivee.base`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'lock table%'`).length,
  );
  await ancienne.base`update public.sorties_produit set note = 'saisie pendant le chargement'
                       where id = (select id from public.sorties_produit limit 1)`;
  await verrou`rollback`;
  verrou.release();
  const { code, compte } = await fini;
  assert.deepEqual([code, compte.code], [2, "SOURCE_CHANGEE"], JSON.stringify(compte));
  assert.equal(await arrivee.empreinte(), vide);
  await ancienne.base.end();
  await arrivee.base.end();
});

test("a load that is interrupted leaves nothing in the target, nor of its own", async () => {
  const ancienne = await ancienneProd("reprise_interrompue");
  const arrivee = await baseVide("reprise_interrompue_cible");
  const decisions = await decider(ancienne.url);
  const vide = await arrivee.empreinte();
  // Held where the load has written everything but the log.
  const verrou = await arrivee.base.reserve();
  await verrou`begin`;
  await verrou`lock table private.blocs_journal in access exclusive mode`;
  const { processus, fini } = lancer(
    ["reprise:charger", "--source", ancienne.url, "--vers", arrivee.url, "--decisions", decisions],
    { DATA_DIR },
  );
  const observateur = connect(arrivee.url);
  await attendre(
    "the load, that waits for the lock",
    async () =>
      (await observateur`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`).length,
  );
  processus.kill("SIGINT");
  const { code, stderr } = await fini;
  await verrou`rollback`;
  verrou.release();
  assert.equal(code, 130);
  assert.match(stderr, /rien n'est resté dans la base d'arrivée/);
  assert.equal(await arrivee.empreinte(), vide);
  await observateur.end();
  await ancienne.base.end();
  await arrivee.base.end();
});

test("the freeze refuses every writing of the old database, and the thaw gives it back as it was", async () => {
  const ancienne = await ancienneProd("reprise_gelee");
  const avant = await ancienne.empreinte();
  const editeur = postgres(ancienne.url, { max: 1, onnotice: () => {} });
  // Pasted twice: whoever does not know whether it took pastes it again.
  for (let fois = 0; fois < 2; fois++) await editeur.unsafe(await gel("gel")).simple();
  const tables = await ancienne.base<{ nom: string }[]>`
    select tablename as nom from pg_tables where schemaname = 'public' order by 1`;
  for (const { nom } of tables) {
    for (
      const ordre of [
        `delete from public.${nom}`,
        `truncate public.${nom}`,
        `update public.${nom} set ctid = ctid`,
      ]
    ) {
      const dit = await ancienne.base.unsafe(ordre).then(
        () => "passé",
        (e: postgres.PostgresError) => e.message,
      );
      assert.match(dit, /saisies sont suspendues|system column/, ordre);
    }
  }
  await editeur.unsafe(await gel("degel")).simple();
  await editeur.end();
  assert.equal(await ancienne.empreinte(), avant);
  await ancienne.base.end();
});
