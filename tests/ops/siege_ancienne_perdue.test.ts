// The server that a depot leaves dies before the promotion: what state is left, what each command then says, and the one that
// ends it. Real servers, killed.
import assert from "node:assert/strict";
import { outilsPostgres, proprietaireDuServeur } from "../../ops/exploitation/outils/outils.ts";
import { arreter } from "../../ops/exploitation/secours/copie.ts";
import { exists } from "../../ops/commun/files.ts";
import { SUPERUSER } from "../../ops/pile/postgres.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { ouvrirDepot } from "../domaine/concurrence/depot.ts";
import { attendre, retirerDossier } from "../support/attente.ts";
import { absents, commandesAvec } from "../support/deplacement.ts";
import { test } from "../support/monde.ts";
import { type Base, ouvrirBase, ouvrirServeur, recevoir, sortir, travailler } from "../support/reseau.ts";

test("the server that a depot leaves dies before the promotion: its copy takes its place, and the head office misses nothing of it", async (t) => {
  const [office, autre] = await Promise.all([ouvrirServeur(), ouvrirServeur()]);
  const dataDir = await temporaryDataDir("monaluxe-perdue-");
  const dossier = `${dataDir}/deplacement_aaa`;
  const port = freePort();
  const reglages: Record<string, string> = {
    DATA_DIR: dataDir,
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    REFERENCE_DB_URL: await office.creer("reference", "declare"),
    DEPOT_AAA_DB_URL: await autre.creer("aaa", "declare"),
  };
  const enMaitre = (url: string) => Object.assign(new URL(url), { username: SUPERUSER }).href;
  reglages.SECOURS_SOURCE_URL = enMaitre(reglages.DEPOT_AAA_DB_URL!);
  const nouvelleUrl = Object.assign(new URL(reglages.DEPOT_AAA_DB_URL!), { port: String(port) }).href;
  const siege = ouvrirBase(reglages.SIEGE_DB_URL!);
  const a: Base = await (async () => {
    const sql = ouvrirBase(reglages.DEPOT_AAA_DB_URL!);
    await sql`insert into public.app_settings (key, value) values ('societe_code', 'AAA'), ('env', 'local')`;
    return { sql, depot: await ouvrirDepot(sql) };
  })();
  const nouvelle: Base = { sql: ouvrirBase(nouvelleUrl), depot: a.depot };
  const { ops, reussir, demarrer } = commandesAvec(reglages);
  const deplacer = ["siege:deplacer", "AAA", "--port", String(port), "--operateur", a.depot.gens.admin];
  const etape = async (promesse: string, faire: () => Promise<void>) =>
    assert.ok(await t.step(promesse, faire), `arrêté à : ${promesse}`);
  /** Refused, or failed, with these words. */
  const dire = async (mots: string[], sortie: number, ...dites: RegExp[]) => {
    const { code, dit } = await ops(...mots);
    assert.equal(code, sortie, dit);
    for (const dite of dites) assert.match(dit, dite);
  };
  const acquittees: string[] = [];
  const sorties = async (n: number) => {
    for (let i = 0; i < n; i++) acquittees.push(await sortir(a));
  };

  try {
    const reference = ouvrirBase(reglages.REFERENCE_DB_URL!);
    await reference`
      insert into public.app_settings (key, value) values ('env', 'local'), ('societe_nom', 'Monaluxe')`;
    await reference.end();
    await reussir("siege:preparer");
    await travailler(a, 3);
    await reussir("siege:rattacher", "AAA");
    await recevoir(a, 20_000);

    await etape("while it lives nothing is done in its place", async () => {
      await dire([...deplacer, "--ancienne-perdue"], 2, /RIEN_EN_COURS/);
    });

    await etape(
      "dead over the copy: every command says what to do, and the copy is taken away without it",
      async () => {
        await Deno.mkdir(dossier, { recursive: true });
        await Deno.writeTextFile(`${dossier}/PG_VERSION`, "17\n");
        const fiche = {
          principale: reglages.SECOURS_SOURCE_URL,
          secours: enMaitre(nouvelleUrl),
          dossier,
          ...{ creneau: "deplacement_aaa", deplacement: { code: "AAA", hote: "127.0.0.1", port } },
        };
        await Deno.writeTextFile(`${dataDir}/secours.json`, JSON.stringify(fiche));
        await autre.tuer();
        await dire(deplacer, 1, /ne s'ouvre pas/, /n'était pas prête/, /--abandonner --ancienne-perdue/);
        await dire([...deplacer, "--ancienne-perdue"], 2, /COPIE_INCOMPLETE/);
        await dire(["secours:promouvoir"], 2, /DEPLACEMENT_EN_COURS/);
        await reussir(...deplacer, "--abandonner", "--ancienne-perdue");
        assert.deepEqual([await exists(dossier), await exists(`${dataDir}/secours.json`)], [false, false]);
        await autre.relancer();
        await attendre("the head office follows it again", async () => (await ops("siege:etat")).code === 0);
      },
    );

    await etape("killed before the freeze, the depot works on, and its copy has what it does", async () => {
      const tenue = await a.sql.reserve();
      await tenue`begin`;
      await tenue`lock table public.app_settings in share mode`;
      const commande = demarrer(...deplacer);
      await commande.attend(a.sql, tenue);
      await commande.tuer();
      await tenue`rollback`;
      tenue.release();
      await sorties(10);
      await dire([...deplacer, "--ancienne-perdue"], 2, /ANCIENNE_REPOND/);
      await attendre("all of it in the copy", async () => await absents(nouvelle.sql, acquittees) === 0);
    });

    let perdues: string[] = [];
    await etape("dead for good: what state, what next", async () => {
      const maitre = ouvrirBase(enMaitre(nouvelleUrl));
      // What the copy never receives: its line goes first.
      await maitre.unsafe("alter system set primary_conninfo = ''");
      await maitre`select pg_reload_conf()`;
      await attendre(
        "the copy receives no more",
        async () => !(await maitre`select from pg_stat_wal_receiver`).length,
      );
      await maitre.end();
      perdues = [await sortir(a), await sortir(a)];
      await a.sql`select private.sceller_journal()`;
      await autre.tuer();
      await dire(deplacer, 1, /ne s'ouvre pas/, /siege:deplacer AAA --ancienne-perdue/);
      await dire([...deplacer, "--abandonner"], 1, /siege:deplacer AAA --ancienne-perdue/);
      await dire(["secours:promouvoir"], 2, /DEPLACEMENT_EN_COURS/, /--ancienne-perdue/);
      await dire(["siege:etat"], 1, /un déplacement qui n'est pas fini/);
    });

    await etape(
      "one command ends it: all that the copy had is there, at the head office too, and what it had not in neither",
      async () => {
        const dit = await reussir(...deplacer, "--ancienne-perdue");
        assert.match(dit, /elle a tout jusqu'au \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/);
        assert.match(dit, /RALLUMÉE, ELLE ÉCRIRAIT/);
        assert.equal(await absents(nouvelle.sql, acquittees), 0);
        acquittees.push(await sortir(nouvelle));
        await nouvelle.sql`select private.sceller_journal()`;
        await attendre("all of it, at the head office", async () => await absents(siege, acquittees) === 0);
        assert.deepEqual([await absents(nouvelle.sql, perdues), await absents(siege, perdues)], [2, 2]);
        await reussir("siege:etat");
        assert.deepEqual([...await siege`select * from siege.verifier_journal()`], []);
        assert.deepEqual([...await nouvelle.sql`select * from public.verifier_stocks()`], []);
        await dire([...deplacer, "--abandonner"], 2, /RIEN_EN_COURS/);
      },
    );
  } finally {
    await Promise.all([siege, a.sql, nouvelle.sql].map((sql) => sql.end({ timeout: 1 })));
    await arreter(await outilsPostgres(), await proprietaireDuServeur(), dossier).catch(() => {});
    await Promise.all([office, autre].map((serveur) => serveur.fermer()));
    await retirerDossier(dataDir);
  }
});
