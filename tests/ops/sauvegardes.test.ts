import assert from "node:assert/strict";
import { basename, join } from "node:path";
import process from "node:process";
import { generateIdentity } from "age-encryption";
import postgres from "postgres";
import { exigerSauvegardeVerifiee } from "../../interventions/astm/sauvegarde.ts";
import {
  controlerSommes,
  lireSauvegarde,
  NOM_DUMP,
  sauvegardesVerifiees,
  voisins,
} from "../../ops/exploitation/sauvegardes/dossier.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { attendre, unMoment } from "../support/attente.ts";
import { asSuperuser } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";
import { copier, depot, falsifier, ICI } from "../support/sauvegardes.ts";

async function abimer(fichier: string, changer: (octets: Uint8Array) => Uint8Array): Promise<void> {
  await Deno.writeFile(fichier, changer(await Deno.readFile(fichier)));
}

test("backups of a depot at work", async (t) => {
  const prod = await depot("prod", "prod_sauvegardes");
  const { dossier, cible, base } = prod;
  const exiger = (variables = {}) =>
    exigerSauvegardeVerifiee({ ...cible, variables: { ...prod.variables, ...variables } }, base);
  const dumps = () =>
    [...Deno.readDirSync(dossier)].map(({ name }) => name).filter((nom) => NOM_DUMP.test(nom));
  await prod.recevoir();
  // A document, whose bytes must come back too.
  await base`
    with c as (
      insert into private.contenus (sha256, taille, octets)
      select sha256(x), octet_length(x), x from (select convert_to('a;b', 'UTF8')) v (x) returning sha256, taille)
    insert into public.documents (categorie, nom, type_mime, taille, sha256, conserver_jusqu_au)
    select 'AUTRE', 'a.csv', 'text/csv', taille, sha256, '2040-12-31' from c`;

  await t.step("PROD is not backed up onto its own machine, unless somebody accepts it", async () => {
    const { code, compte } = await prod.opsJson(["db:backup", "--env", "prod"]);
    assert.deepEqual([code, compte.code], [2, "SAUVEGARDE_MEME_MACHINE"]);
    assert.deepEqual(dumps(), []);
  });

  let sousCharge = "";
  await t.step("taken while others write, dump and manifest are of one instant", async () => {
    let fini = false;
    const ecrivains = [1, 2, 3].map(async () => {
      while (!fini) {
        await prod.recevoir(10);
        await unMoment();
      }
      await prod.recevoir(10);
    });
    sousCharge = await prod.sauvegarder("sous_charge").finally(() => fini = true);
    await Promise.all(ecrivains);
    assert.match(basename(sousCharge), /^ml_pp_prod_J\d+_sous_charge\.dump$/);
    const { manifeste: { chiffres } } = await lireSauvegarde(prod.coffre(), sousCharge);
    const [{ recus }] = await base<[{ recus: number }]>`select count(*)::int as recus from public.receptions`;
    assert.ok(chiffres.tables["public.receptions"]!.lignes < recus);
    const { contenus, octets } = chiffres.documents!;
    assert.deepEqual([contenus, octets], [1, 3]);
    await prod.verifier(sousCharge);
  });

  await t.step("the runbook's separate exports stand beside, and sha256sum agrees", async () => {
    const { exports, sha256 } = voisins(sousCharge);
    assert.deepEqual([...Deno.readDirSync(exports)].map(({ name }) => name).sort(), [
      "receptions.csv",
      "sorties_produit.csv",
      "sorties_produit_block_update_delete.sql",
      "stocks_journaliers.csv",
      "validate_sortie.sql",
    ]);
    const { code } = await new Deno.Command("sha256sum", { args: ["-c", sha256], cwd: dossier }).output();
    assert.equal(code, 0);
  });

  await t.step(
    "the day is counted from J0: of the database's settings, or of the file over them",
    async () => {
      const jour = async (description: string) =>
        Number(basename(await prod.sauvegarder(description)).match(/_J(-?\d+)_/)![1]);
      const depuis2000 = Math.round((Date.parse("2026-02-05") - Date.parse("2000-01-01")) / 86_400_000);
      const [parDefaut] = [await lireSauvegarde(prod.coffre(), sousCharge)].map(({ manifeste }) =>
        manifeste.jour
      );
      await base`insert into public.app_settings (key, value) values ('j0', '2000-01-01')`;
      // A day may begin between the two.
      assert.ok([0, 1].includes(await jour("reglage") - parDefaut! - depuis2000));
      await base`delete from public.app_settings where key = 'j0'`;
    },
  );

  await t.step(
    "what was written since is not in it: a PROD action is refused, but by an age accepted",
    async () => {
      await assert.rejects(exiger(), { code: "SAUVEGARDE_REQUISE", message: /receptions \(\+\d+\)/ });
      const constat = await exiger({ BACKUP_MAX_AGE_HOURS: "1" });
      assert.match(constat, /BACKUP_MAX_AGE_HOURS=1/);
    },
  );

  const calme = await prod.sauvegarder("calme");
  await t.step("a backup that was not verified does not count", async () => {
    await assert.rejects(exiger(), { code: "SAUVEGARDE_REQUISE" });
  });
  await t.step("verified, it lets a PROD action start, until the next act", async () => {
    await prod.verifier(calme);
    const constat = await exiger();
    assert.match(constat, /_calme\.dump.*vérifiée par essai.*rien d'écrit depuis/);
    await prod.recevoir();
    await assert.rejects(exiger(), { code: "SAUVEGARDE_REQUISE" });
  });

  await t.step("a name is never written over", async () => {
    const { code, compte } = await prod.opsJson([
      "db:backup",
      "--env",
      "prod",
      "--description",
      "calme",
      ICI,
    ]);
    assert.deepEqual([code, compte.code], [2, "NOM_DEJA_PRIS"]);
  });

  const dommages: Record<string, (dump: string) => Promise<void>> = {
    "one byte": (dump) =>
      abimer(dump, (octets) => octets.with(octets.length >> 1, octets[octets.length >> 1]! ^ 1)),
    "its end missing": (dump) => abimer(dump, (octets) => octets.slice(0, -100)),
    "another's manifest": (dump) => Deno.copyFile(voisins(sousCharge).manifeste, voisins(dump).manifeste),
    "an export": (dump) =>
      Deno.writeTextFile(join(voisins(dump).exports, "receptions.csv"), "\n", { append: true }),
  };
  for (const [quoi, endommager] of Object.entries(dommages)) {
    await t.step(
      `changed since (${quoi}): verify catches it, and its old verification counts no more`,
      async () => {
        const copie = await copier(dossier);
        const dump = join(copie, basename(calme));
        await endommager(dump);
        await assert.rejects(
          lireSauvegarde(prod.coffre(copie), dump).then(controlerSommes),
          /n'est pas le fichier|celui de/,
        );
        if (quoi !== "an export") {
          const comptees = await sauvegardesVerifiees(prod.coffre(copie), cible.reference);
          assert.deepEqual(comptees.map(({ nom }) => nom), [basename(sousCharge)]);
        }
      },
    );
  }

  await t.step(
    "a dump that does not give back what its manifest says is caught by restoring it",
    async () => {
      const copie = await copier(dossier);
      const dump = join(copie, basename(calme));
      await Deno.remove(voisins(dump).verification);
      await falsifier(dump, ({ chiffres }) => chiffres.tables["public.receptions"]!.lignes++, prod.coffre());
      const { code, compte } = await prod.opsJson(["db:backup:verify", dump]);
      assert.equal(code, 1);
      assert.match(compte.erreur!, /public\.receptions/);
      assert.deepEqual(
        await sauvegardesVerifiees(prod.coffre(copie), cible.reference).then((s) => s.length),
        1,
      );
    },
  );

  await t.step(
    "encrypted with a key, it opens with that key only, today's or the one before; one more role, and a migration ahead of this tree, are said",
    async () => {
      const superutilisateur = postgres(asSuperuser(prod.nom), { max: 1, onnotice: () => {} });
      await superutilisateur`create role comptable_de_passage nologin`;
      await superutilisateur`grant select on public.depots to comptable_de_passage`;
      await superutilisateur`insert into supabase_migrations.schema_migrations (version, name) values ('29990101000000', 'demain')`;
      await superutilisateur.end();
      const cle = { BACKUP_KEY: await generateIdentity() };
      const chiffree = await prod.sauvegarder("chiffree", cle);
      assert.match(chiffree, /\.dump\.age$/);
      assert.ok(!new TextDecoder("latin1").decode(await Deno.readFile(chiffree)).includes("PGDMP"));
      for (const mauvaise of [{ BACKUP_KEY: "" }, { BACKUP_KEY: await generateIdentity() }]) {
        const { code, compte } = await prod.opsJson(["db:backup:verify", chiffree], mauvaise);
        assert.equal(code, 1);
        assert.match(compte.erreur!, /BACKUP_KEY/);
      }
      const tournee = { BACKUP_KEY: await generateIdentity(), BACKUP_KEY_PRECEDENT: cle.BACKUP_KEY };
      const { code, compte } = await prod.opsJson(["db:backup:verify", chiffree], tournee);
      assert.equal(code, 0, JSON.stringify(compte));
      const constats = compte.etapes.map(({ constat }) => constat ?? "").join("\n");
      assert.match(constats, /rôles de cette base créés ici : comptable_de_passage/);
      assert.match(constats, /au-delà de ce dépôt \(29990101000000\) : restaurée, non migrée/);
    },
  );

  await t.step("interrupted, it leaves nothing that looks like a backup", async () => {
    const avant = dumps();
    // Nothing tells when pg_dump waits for a lock but asking; a command that ends instead ends the wait.
    const dumpQuiAttend = async (processus: Deno.ChildProcess) => {
      let fini = false;
      processus.status.then(() => fini = true);
      return await attendre("pg_dump, that waits for the lock", async () => {
        const [dump] = await base<{ pid: number }[]>`
          select pid from pg_stat_activity
           where datname = current_database() and application_name = 'monaluxe-ops' and wait_event_type = 'Lock'`;
        if (!dump && fini) throw new Error("la commande a fini sans attendre le verrou");
        return dump?.pid;
      });
    };
    const bloque = async (
      interrompre: (pidBase: number, processus: Deno.ChildProcess) => Promise<unknown>,
    ) => {
      const verrou = await base.reserve();
      await verrou`begin`;
      await verrou`lock table public.receptions in access exclusive mode`;
      const processus = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "ops/ops.ts", "db:backup", "--env", "prod", "--description", "coupee", ICI],
        cwd: ROOT,
        env: prod.variables,
        stdout: "null",
        stderr: "null",
      }).spawn();
      await interrompre(await dumpQuiAttend(processus), processus);
      const { code } = await processus.status;
      await verrou`rollback`;
      verrou.release();
      return code;
    };
    assert.equal(await bloque((pidBase) => base`select pg_terminate_backend(${pidBase})`), 1);
    assert.deepEqual([...Deno.readDirSync(dossier)].filter(({ name }) => /coupee|en_cours/.test(name)), []);
    await bloque((_, { pid }) => Promise.resolve(process.kill(pid, "SIGKILL")));
    assert.deepEqual(dumps(), avant);
    assert.deepEqual([...Deno.readDirSync(dossier)].filter(({ name }) => name.includes("coupee")), []);
    assert.equal((await opsJson(["db:backup:cleanup", "--env", "prod"], prod.variables)).code, 0);
    const reste = [...Deno.readDirSync(dossier)].filter(({ name }) => name.startsWith(".en_cours_"));
    assert.deepEqual(reste, [], "what a killed one leaves is in clear: nobody waits a day to remove it");
  });
  await prod.fermer();
});
