import assert from "node:assert/strict";
import { basename, join } from "node:path";
import postgres from "postgres";
import { differences } from "../../ops/sauvegardes/chiffres.ts";
import { lireSauvegarde, type Manifeste } from "../../ops/sauvegardes/dossier.ts";
import { PHRASE_PROD } from "../../ops/sauvegardes/reprise.ts";
import { test } from "../support/monde.ts";
import { copier, depot, falsifier, ICI } from "../support/sauvegardes.ts";

/** What a dump must give back besides rows, as text. */
const CATALOGUE = `
  select string_agg(ligne, E'\\n' order by ligne) as texte from (
    select format('%s %s %s', oid::regprocedure, proacl::text, md5(pg_get_functiondef(oid))) as ligne from pg_proc
     where pronamespace::regnamespace::text in ('public', 'private', 'astm') and prokind = 'f'
    union all select p::text from pg_policies p
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select format('%s %s %s', oid::regclass, relacl::text, relrowsecurity) from pg_class
     where relnamespace::regnamespace::text in ('public', 'private', 'astm')
    union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
     where connamespace::regnamespace::text in ('public', 'private', 'astm')
    union all select format('%s %s %s', defaclnamespace::regnamespace, defaclobjtype, defaclacl) from pg_default_acl
    union all select format('%s %s', nspname, nspacl::text) from pg_namespace where nspname in ('public', 'private', 'astm')
  ) lignes`;
const catalogue = async (base: postgres.Sql) => (await base.unsafe(CATALOGUE))[0]!.texte as string;

const sansReglages = (ecarts: string[]) => ecarts.filter((ecart) => !ecart.startsWith("public.app_settings"));
const env = async (base: postgres.Sql) =>
  (await base`select value from public.app_settings where key = 'env'`)[0]!.value as string;

test("a PROD and a STAGING restored from PROD's backup", async (t) => {
  const [prod, staging] = [await depot("prod", "prod_reprise"), await depot("staging", "staging_reprise")];
  await prod.recevoir(7_000);
  await prod.recevoir(3_000);
  const avant = await prod.chiffres();
  const dump = await prod.sauvegarder("avant");
  const restaurer = (
    cible: typeof prod,
    fichier: string,
    options: string[] = ["--remplacer", cible.nom],
    variables: Record<string, string> = {},
  ) => cible.opsJson(["db:restore", fichier, "--env", cible.env, ...options], variables);
  const refuse = async (code: string, ...demande: Parameters<typeof restaurer>) => {
    const { code: sortie, compte } = await restaurer(...demande);
    assert.deepEqual([sortie, compte.code], [2, code]);
  };

  await t.step("STAGING: refused until its name is typed, and nothing changes", async () => {
    const rien = await staging.chiffres();
    await refuse("CONFIRMATION_REQUISE", staging, dump, []);
    await refuse("CONFIRMATION_REQUISE", staging, dump, ["--remplacer", prod.nom]);
    assert.deepEqual(differences(rien, await staging.chiffres()), []);
  });

  await t.step("a restore that fails at its very end leaves the target as before", async () => {
    const autre = join(await copier(prod.dossier), basename(dump));
    await falsifier(autre, ({ chiffres }: Manifeste) => chiffres.tables["public.receptions"]!.lignes++);
    const rien = await staging.chiffres();
    const { code, compte } = await restaurer(staging, autre);
    assert.equal(code, 1);
    assert.match(compte.erreur!, /public\.receptions.*telle qu'avant/s);
    assert.deepEqual(differences(rien, await staging.chiffres()), []);
  });

  await t.step("STAGING gets PROD's tables, rights and rules, byte for byte, and stays STAGING", async () => {
    await staging.base`create table public.en_trop (depot_id uuid references public.depots (id))`;
    await staging.recevoir();
    const { code, compte } = await restaurer(staging, dump);
    assert.equal(code, 0, compte.erreur);
    assert.deepEqual(sansReglages(differences(avant, await staging.chiffres())), []);
    assert.equal(await catalogue(staging.base), await catalogue(prod.base));
    assert.equal(await env(staging.base), "staging");
    assert.deepEqual([...await staging.base`select * from public.verifier_stocks()`], []);
  });

  const oui = ["--remplacer", prod.nom, "--confirme-par", "Valery Kalonga", "--ecritures-perdues", "5", ICI];
  const phrase = { CONFIRM_PROD_RESTORE: PHRASE_PROD };
  await t.step("PROD: each missing condition of the rollback plan is a refusal", async () => {
    const etrangere = await staging.sauvegarder("etrangere");
    await prod.recevoir(500);
    await refuse("SAUVEGARDE_REQUISE", prod, dump, oui, phrase);
    await prod.verifier(dump);
    await refuse("GEL_REQUIS", prod, dump, oui, phrase);
    await prod.geler();
    await refuse("SAUVEGARDE_ETRANGERE", prod, etrangere, oui, phrase);
    await refuse("CONFIRMATION_REQUISE", prod, dump, oui, {});
    await refuse("CONFIRMATION_REQUISE", prod, dump, ["--remplacer", prod.nom, ICI], phrase);
    await refuse("ECRITURES_A_PERDRE", prod, dump, oui, phrase);
    await refuse(
      "SAUVEGARDE_MEME_MACHINE",
      prod,
      dump,
      (await accord()).filter((mot) => mot !== ICI),
      phrase,
    );
  });
  const accord = async () => {
    const [{ actes }] = await prod.base<
      [{ actes: number }]
    >`select count(*)::int as actes from public.log_actions`;
    const perdus = actes - avant.tables["public.log_actions"]!.lignes;
    return oui.map((mot) => mot === "5" ? String(perdus) : mot);
  };

  await t.step(
    "PROD is backed up, then its tables are the backup's to the byte; still frozen, still PROD",
    async () => {
      const regles = await catalogue(prod.base);
      const { code, compte } = await restaurer(prod, dump, await accord(), phrase);
      assert.equal(code, 0, compte.erreur);
      assert.deepEqual(sansReglages(differences(avant, await prod.chiffres())), []);
      assert.equal(await catalogue(prod.base), regles);
      assert.equal(await env(prod.base), "prod");
      await prod.base`select 1 from public.app_settings where key = 'gel_ecritures'`.then(({ count }) =>
        assert.equal(count, 1)
      );
      await assert.rejects(prod.base`drop table public.receptions cascade`, { message: "ENV_INTERDIT" });
      const { filet } = compte.resultat as { filet: string };
      const { manifeste } = await lireSauvegarde(join(prod.dossier, filet));
      const receptions = (c: typeof avant) => c.tables["public.receptions"]!.lignes;
      assert.equal(receptions(manifeste.chiffres), receptions(avant) + 1);
    },
  );
  await Promise.all([prod.fermer(), staging.fermer()]);
});
