// A machine lost in the middle of load: its base comes back as it was, and what was acknowledged is counted.
import assert from "node:assert/strict";
import { join } from "node:path";
import { connect } from "../../ops/commun/connection.ts";
import { exists } from "../../ops/commun/files.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { outilsPostgres, proprietaireDuServeur } from "../../ops/exploitation/outils/outils.ts";
import { arreter } from "../../ops/exploitation/secours/copie.ts";
import { freePort } from "../../ops/pile/throwaway.ts";
import { lireMoment } from "../../ops/exploitation/continuite/restaurer.ts";
import { archiveCommand } from "../../ops/exploitation/continuite/pgbackrest.ts";
import { signInAs } from "../../ops/pile/client.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { attendre } from "../support/attente.ts";
import { copyStarted } from "../support/grappe.ts";
import { MODELES } from "../support/modeles.ts";
import { test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";
import {
  type Acte,
  actesRendus,
  charger,
  MOT_DE_PASSE,
  perdre,
  preparerCharge,
  regarder,
  superutilisateur,
  tuerPile,
} from "../support/perte.ts";
import { descendants, newEnvironment, startPile } from "../support/pile.ts";
import { exigerAJour } from "../support/schema.ts";
import { tuer } from "../support/serveur.ts";
import { startS3 } from "../support/serveur_s3.ts";

/** Names of all files of a folder and below. */
async function fichiersDe(dossier: string): Promise<string[]> {
  const noms = await Array.fromAsync(Deno.readDir(dossier));
  return (await Promise.all(
    noms.map(({ name, isDirectory }) => isDirectory ? fichiersDe(join(dossier, name)) : [name]),
  )).flat();
}

/** Of a folder and of those below: without the right to write there, it takes no more than a disk that is full. */
async function permettre(dossier: string, mode: number): Promise<void> {
  await Deno.chmod(dossier, mode);
  for await (const { name, isDirectory } of Deno.readDir(dossier)) {
    if (isDirectory) await permettre(join(dossier, name), mode);
  }
}

interface Retour {
  dernierActe: string;
  ligne: number;
}

test("a base lost under load comes back to the second, or to its last archived act", async (t) => {
  const lieu = await Deno.makeTempDir({ prefix: "monaluxe essai " });
  if (Deno.uid() === 0) await Deno.chmod(lieu, 0o755);
  const env = await newEnvironment();
  await copyStarted(env.DATA_DIR);
  const archives = {
    CONTINUITE_DIR: join(lieu, "archives"),
    CONTINUITE_COPIE_DIR: join(lieu, "archives d'ailleurs"),
    CONTINUITE_CLE: "une clé de seize caractères au moins",
  };
  await Deno.mkdir(archives.CONTINUITE_COPIE_DIR);
  await using s3 = await startS3(join(lieu, "s3"));
  if (Deno.uid() === 0) await Deno.chmod(s3.variables.CONTINUITE_S3_CA!, 0o644);
  const lancer = <R = unknown>(...mots: string[]) =>
    opsJson<R>(mots, { ...env, ...archives, ...s3.variables });
  /** With no folder at all. */
  const lancerAuSeau = (...mots: string[]) =>
    opsJson(mots, { ...env, CONTINUITE_CLE: archives.CONTINUITE_CLE, ...s3.variables });
  const reussir = async <R = unknown>(...mots: string[]): Promise<R> => {
    const { code, compte } = await lancer<R>(...mots);
    assert.equal(code, 0, JSON.stringify(compte));
    return compte.resultat;
  };
  const statut = async (dataDir: string): Promise<StackStatus> =>
    JSON.parse(await Deno.readTextFile(join(dataDir, "status.json")));
  const verdicts = async (dataDir: string) => {
    const sql = connect((await statut(dataDir)).DB_URL);
    const lignes = await sql<{ code: string; verdict: string }[]>`
      select code, verdict from private.etat_continuite()`;
    await sql.end();
    return Object.fromEntries(lignes.map(({ code, verdict }) => [code, verdict]));
  };

  let pile = startPile(env);
  await pile.ready;

  await t.step(
    "nothing leaves without a key, a server that archives elsewhere is left alone, and one must start again",
    async () => {
      const sans = await opsJson(["continuite:installer"], {
        ...env,
        CONTINUITE_DIR: archives.CONTINUITE_DIR,
      });
      assert.deepEqual([sans.code, sans.compte.code], [2, "CONTINUITE_INCOMPLETE"]);
      const sql = superutilisateur((await statut(env.DATA_DIR)).DB_URL);
      // A depot has no templates of tests; whatever lies beside its base would be saved, and restored, with it.
      for (const modele of Object.values(MODELES)) {
        await sql`alter database ${sql(modele)} is_template false`;
        await sql`drop database ${sql(modele)}`;
      }
      await sql`alter system set archive_library = 'basic_archive'`;
      await sql`select pg_reload_conf()`;
      const regle = async () =>
        (await lancerAuSeau("continuite:installer")).compte.code === "ARCHIVAGE_DEJA_REGLE";
      await attendre("the server, that has read its settings again", regle);
      await sql`alter system reset archive_library`;
      await sql`select pg_reload_conf()`;
      await attendre("the server, that has read them once more", async () => !await regle());
      await sql.end();
      assert.equal((await lancer("continuite:sauver")).code, 1);
      assert.equal((await verdicts(env.DATA_DIR)).ARCHIVAGE, "SANS_OBJET");
      assert.equal(await pile.end("SIGTERM"), 0);
    },
  );

  await t.step("a bucket alone takes the log and a base backup, and the base knows", async () => {
    pile = startPile(env);
    await pile.ready;
    const { code, compte } = await lancerAuSeau("continuite:sauver");
    assert.equal(code, 0, JSON.stringify(compte));
    const { ARCHIVAGE, SAUVEGARDE_PHYSIQUE } = await verdicts(env.DATA_DIR);
    assert.deepEqual([ARCHIVAGE, SAUVEGARDE_PHYSIQUE], ["OUI", "OUI"]);
    await assert.rejects(Deno.stat(archives.CONTINUITE_DIR), Deno.errors.NotFound);
  });

  await t.step("folders beside it take them too, once they are given", async () => {
    await reussir("continuite:installer");
    await preparerCharge(await statut(env.DATA_DIR));
    await reussir("continuite:sauver");
    assert.deepEqual(await verdicts(env.DATA_DIR), {
      ARCHIVAGE: "OUI",
      SAUVEGARDE_PHYSIQUE: "OUI",
      EXERCICE: "SANS_OBJET",
    });
  });

  let avant: Acte[] = [];
  let partis: Acte[] = [];
  let coupes: Acte[] = [];
  let apres: Acte[] = [];
  let instant = "";
  await t.step(
    "a place that takes nothing is said, stops no other; then all is lost under load",
    async () => {
      const portes = await statut(env.DATA_DIR);
      const sql = superutilisateur(portes.DB_URL);
      avant = await charger(portes, ({ length }) => length >= 20);
      // Whole milliseconds: what was acknowledged within this one is before the next.
      instant = new Date(Date.now() + 1).toISOString();
      partis = await charger(portes, ({ length }) => length >= 10);
      const [{ segment }] = await sql<
        [{ segment: string }]
      >`select pg_walfile_name(pg_switch_wal()) as segment`;
      await attendre(
        "that segment, archived",
        async () =>
          (await sql`select from pg_stat_archiver where left(last_archived_wal, 24) >= ${segment}`).length,
      );
      await permettre(archives.CONTINUITE_DIR, 0o500);
      coupes = await charger(portes, ({ length }) => length >= 10);
      const [{ suivant }] = await sql<
        [{ suivant: string }]
      >`select pg_walfile_name(pg_switch_wal()) as suivant`;
      await attendre(
        "the other folder, that goes on",
        async () => (await fichiersDe(archives.CONTINUITE_COPIE_DIR)).some((nom) => nom.startsWith(suivant)),
      );
      await attendre(
        "the base, that says so",
        async () => (await verdicts(env.DATA_DIR)).ARCHIVAGE === "NON",
      );
      const { code, compte } = await lancer("continuite:sauver");
      assert.equal(code, 1);
      assert.match(compte.erreur!, /archives .*Ailleurs la sauvegarde du jour est prise/);
      await sql.end();
      apres = await charger(portes, ({ length }) => length >= 10);
      await perdre(pile, env.DATA_DIR);
    },
  );

  const vers = join(lieu, "rendue à l'instant");
  await t.step(
    "killed in the middle, a restore leaves a folder that nobody takes for a base, and that one which goes on there is not disturbed",
    async () => {
      const reste = vers;
      const demande = ["continuite:restaurer", "--vers", reste, "--fin"];
      const processus = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "ops/ops.ts", ...demande],
        cwd: ROOT,
        env: { ...env, ...archives, ...s3.variables },
        stdout: "null",
        stderr: "null",
      }).spawn();
      const finie = processus.status;
      await attendre("its first files", () => exists(join(reste, "postgres/global")));
      // Itself first: hearing of a child's end it would tidy up before its own.
      tuer([processus.pid, ...await descendants(processus.pid)]);
      await finie;
      await assert.rejects(startPile({ ...env, DATA_DIR: reste }).ready, /restauration interrompue/);
      using tenue = await Deno.open(join(reste, "restauration_inachevee"), { write: true });
      await tenue.lock(true);
      const { code, compte } = await lancer(...demande);
      assert.deepEqual([code, compte.code], [2, "DOSSIER_PRIS"]);
      assert.match(compte.erreur!, /Une restauration est en cours/);
    },
  );

  await t.step(
    "over what the killed one left: to the second, and to its last archived act from the bucket alone: two bases, two lines",
    async () => {
      const { dernierActe, ligne } = await reussir<Retour>(
        "continuite:restaurer",
        "--vers",
        vers,
        "--a",
        instant,
      );
      assert.ok(Date.parse(dernierActe) <= Date.parse(instant));
      const encore = await lancer("continuite:restaurer", "--vers", vers, "--fin");
      assert.deepEqual([encore.code, encore.compte.code], [2, "DOSSIER_PRIS"]);
      const fausse = await opsJson(["continuite:restaurer", "--vers", join(lieu, "fausse clé"), "--fin"], {
        ...env,
        ...archives,
        CONTINUITE_CLE: "une clé que personne n'a choisie",
      });
      assert.equal(fausse.code, 1);
      assert.match(fausse.compte.erreur!, /CONTINUITE_CLE est-elle celle/);
      assert.equal(await exists(join(lieu, "fausse clé")), false, "what came to nothing leaves nothing");
      assert.doesNotMatch(fausse.compte.erreur!, /\p{Cc}/u);
      const vide = join(lieu, "archives de personne");
      await Deno.mkdir(vide);
      const rien = await opsJson(["continuite:restaurer", "--vers", join(lieu, "de rien"), "--fin"], {
        ...env,
        CONTINUITE_DIR: vide,
        CONTINUITE_CLE: archives.CONTINUITE_CLE,
      });
      assert.match(rien.compte.erreur!, /Rien n'a encore été archivé là/);

      const autre = join(lieu, "rendue à la fin");
      const { code, compte } = await opsJson<Retour>(["continuite:restaurer", "--vers", autre, "--fin"], {
        ...env,
        ...s3.variables,
        CONTINUITE_CLE: archives.CONTINUITE_CLE,
      });
      assert.equal(code, 0, JSON.stringify(compte));
      const fin = compte.resultat;
      await permettre(archives.CONTINUITE_DIR, 0o700);
      const rendus = await regarder(autre, actesRendus);
      await regarder(autre, exigerAJour);
      assert.deepEqual([...avant, ...partis, ...coupes].filter(({ id }) => !rendus.has(id)), []);
      const perdus = apres.filter(({ id }) => !rendus.has(id));
      assert.ok(perdus.every(({ le }) => le > Date.parse(fin.dernierActe)));
      assert.notEqual(fin.ligne, ligne);
    },
  );

  await t.step(
    "all that was acknowledged before it, nothing of after; people work, and it archives",
    async () => {
      pile = startPile({ ...env, DATA_DIR: vers });
      await pile.ready;
      const portes = await statut(vers);
      const sql = superutilisateur(portes.DB_URL);
      const rendus = await actesRendus(sql);
      await sql.end();
      assert.deepEqual(avant.filter(({ id }) => !rendus.has(id)), []);
      assert.deepEqual([...partis, ...coupes, ...apres].filter(({ id }) => rendus.has(id)), []);
      await signInAs(portes, "gerant", MOT_DE_PASSE);
      assert.equal((await verdicts(vers)).ARCHIVAGE, "OUI");
      assert.match(pile.said(), /Schéma +│ à jour/);
    },
  );

  await t.step("a standby that takes over archives on, to every place, on a line of its own", async () => {
    const port = String(freePort());
    const ici = { ...env, ...archives, ...s3.variables, DATA_DIR: vers };
    const commander = async (...mots: string[]) => {
      const { code, compte } = await opsJson(mots, ici);
      assert.equal(code, 0, JSON.stringify(compte));
    };
    await commander("secours:creer", "--port", port);
    const { secours } = JSON.parse(await Deno.readTextFile(join(vers, "secours.json")));
    const promue = connect(secours);
    try {
      const [{ quittee }] = await promue<[{ quittee: number }]>`
        select timeline_id as quittee from pg_control_checkpoint()`;
      await tuerPile(pile);
      await commander("secours:promouvoir");
      await promue`create table public.ecrit_ensuite ()`;
      const [{ segment }] = await promue<[{ segment: string }]>`
        select pg_walfile_name(pg_switch_wal()) as segment`;
      assert.ok(parseInt(segment.slice(0, 8), 16) > quittee);
      await attendre(
        "the first segment of its line, in the other folder",
        async () => (await fichiersDe(archives.CONTINUITE_COPIE_DIR)).some((nom) => nom.startsWith(segment)),
      );
      const [{ verdict }] = await promue<[{ verdict: string }]>`
        select verdict from private.etat_continuite() where code = 'ARCHIVAGE'`;
      assert.equal(verdict, "OUI");
    } finally {
      await promue.end({ timeout: 1 });
      await arreter(await outilsPostgres(), await proprietaireDuServeur(), join(vers, "secours"));
    }
  });

  await Deno.remove(lieu, { recursive: true });
});

test("a moment is of the depot's clock unless it says another", () => {
  assert.equal(lireMoment("2026-01-05 14:03"), "2026-01-05 14:03:00+02:00");
  assert.equal(lireMoment("2026-01-05T12:03:20.5Z"), "2026-01-05 12:03:20.5+00:00");
  assert.equal(lireMoment("2026-01-05 14:03:20+0300"), "2026-01-05 14:03:20+03:00");
  for (const dit of ["hier", "2026-13-05 14:03", "2026-01-05", "2999-01-01 00:00"]) {
    assert.throws(() => lireMoment(dit), { code: "MOMENT_INVALIDE" }, dit);
  }
  return Promise.resolve();
});

test("a server runs what it is told from a folder of any name", () => {
  const commande = archiveCommand({ lanceur: "/a b/l'un 100%/pgbackrest" });
  assert.ok(commande.startsWith(`'/a b/l'\\''un 100%%/pgbackrest' `), commande);
  return Promise.resolve();
});
