import assert from "node:assert/strict";
import { basename, join } from "node:path";
import postgres from "postgres";
import { type Chiffres, differences } from "../../ops/exploitation/sauvegardes/chiffres.ts";
import {
  lireSauvegarde,
  type Manifeste,
  type Sauvegarde,
} from "../../ops/exploitation/sauvegardes/dossier.ts";
import { ecritParLaRestauration } from "../../ops/exploitation/sauvegardes/restauration.ts";
import { PHRASE_PROD } from "../../ops/exploitation/sauvegardes/reprise.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { attendre } from "../support/attente.ts";
import { test } from "../support/monde.ts";
import { copier, type Depot, depot, falsifier, ICI, signataire } from "../support/sauvegardes.ts";

/** What a dump must give back besides rows, one line a thing. Rights are compared as what they allow. */
const CATALOGUE = `
  with espaces as (select oid from pg_namespace where nspname in ('public', 'private', 'astm')), acces as (
    select 'r' as sorte, c.oid::regclass::text as nom, c.relnamespace as espace, c.relacl as acl, c.relowner as proprietaire
      from pg_class c where c.relkind in ('r', 'v', 'S')
    union all
    select 'f', p.oid::regprocedure::text, p.pronamespace, p.proacl, p.proowner from pg_proc p
    union all
    select 'n', n.nspname, n.oid, n.nspacl, n.nspowner from pg_namespace n
  )
  select format('%s %s : %s à %s', a.sorte, a.nom, x.privilege_type, x.grantee::regrole) as ligne
    from acces a, aclexplode(coalesce(a.acl, acldefault(a.sorte::"char", a.proprietaire))) x
   where a.espace in (select oid from espaces)
  union all select format('défaut %s %s : %s à %s', d.defaclnamespace::regnamespace, d.defaclobjtype, x.privilege_type,
                          x.grantee::regrole) from pg_default_acl d, aclexplode(d.defaclacl) x
  union all select format('fonction %s', pg_get_functiondef(oid)) from pg_proc
   where pronamespace in (select oid from espaces) and prokind = 'f'
  union all select format('vue %s %s %s', oid::regclass, reloptions, pg_get_viewdef(oid)) from pg_class
   where relkind = 'v' and relnamespace in (select oid from espaces)
  union all select format('rls %s %s', oid::regclass, relrowsecurity) from pg_class
   where relkind = 'r' and relnamespace in (select oid from espaces)
  union all select format('politique %s', p) from pg_policies p
  union all select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
  union all select format('contrainte %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
   where connamespace in (select oid from espaces)
  union all select format('index %s', indexdef) from pg_indexes where schemaname in ('public', 'private', 'astm')`;
// PostgreSQL writes a parsed body back with other parentheses and labels once it has read its own text again.
const catalogue = async (base: postgres.Sql) =>
  (await base.unsafe(CATALOGUE)).map(({ ligne }) =>
    (ligne as string).replaceAll(/[()\s]+/g, " ").replaceAll(" AS text", "")
  );

/** Lines that only one of the two has. */
const ecarts = (a: string[], b: string[]) => [
  ...a.filter((ligne) => !b.includes(ligne)).map((ligne) => `- ${ligne}`),
  ...b.filter((ligne) => !a.includes(ligne)).map((ligne) => `+ ${ligne}`),
];

/** Holds that a restored database is what it was, but for its settings and one line of the log: that it was restored. */
async function exigerPareille(avant: Chiffres, cible: Depot, { manifeste }: Sauvegarde): Promise<void> {
  const [entiere, sans] = [await cible.chiffres(), await cible.chiffres(ecritParLaRestauration(manifeste))];
  assert.deepEqual(
    differences(avant, sans).filter((ecart) => !ecart.startsWith("public.app_settings")),
    [],
  );
  const lignes = ({ tables }: Chiffres) => tables["public.log_actions"]!.lignes;
  assert.equal(lignes(entiere), lignes(avant) + 1);
}
const env = async (base: postgres.Sql) =>
  (await base`select value from public.app_settings where key = 'env'`)[0]!.value as string;

test("a PROD and a STAGING restored from PROD's backup", async (t) => {
  const [prod, staging] = [await depot("prod", "prod_reprise"), await depot("staging", "staging_reprise")];
  await prod.recevoir(7_000);
  await prod.recevoir(3_000);
  const avant = await prod.chiffres();
  const dump = await prod.sauvegarder("avant");
  // Each was given a machine of its own: they know each other's signature.
  const signataires = {
    BACKUP_SIGNATAIRES: [await signataire(dump), await signataire(await staging.sauvegarder("a"))].join(),
  };
  const restaurer = (
    cible: typeof prod,
    fichier: string,
    options: string[] = ["--remplacer", cible.nom],
    variables: Record<string, string> = {},
  ) =>
    cible.opsJson(["db:restore", fichier, "--env", cible.env, ...options], { ...signataires, ...variables });
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
    await falsifier(
      autre,
      ({ chiffres }: Manifeste) => chiffres.tables["public.receptions"]!.lignes++,
      prod.coffre(),
    );
    const rien = await staging.chiffres();
    const { code, compte } = await restaurer(staging, autre);
    assert.equal(code, 1);
    assert.match(compte.erreur!, /public\.receptions.*telle qu'avant/s);
    assert.deepEqual(differences(rien, await staging.chiffres()), []);
  });

  await t.step("killed in the middle, it leaves the target as before", async () => {
    const rien = await staging.chiffres();
    const verrou = await staging.base.reserve();
    await verrou`begin`;
    await verrou`lock table public.receptions in access share mode`;
    const [{ pid }] = await verrou<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const processus = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "ops/ops.ts", "db:restore", dump, "--env", "staging", "--remplacer", staging.nom],
      cwd: ROOT,
      env: { ...staging.variables, ...signataires },
      stdout: "null",
      stderr: "null",
    }).spawn();
    let fini = false;
    processus.status.then(() => fini = true);
    const attend = async () => {
      const [bloque] = await staging.base<{ pid: number }[]>`
        select a.pid from pg_stat_activity a where ${pid} = any (pg_blocking_pids(a.pid))`;
      if (!bloque && fini) throw new Error("la commande a fini sans attendre le verrou");
      return bloque?.pid;
    };
    const sienne = await attendre("its transaction, that waits for a table", attend);
    processus.kill("SIGKILL");
    await processus.status;
    await verrou`rollback`;
    verrou.release();
    await attendre(
      "the end of its transaction",
      async () => !(await staging.base`select from pg_stat_activity where pid = ${sienne}`).length,
    );
    assert.deepEqual(differences(rien, await staging.chiffres()), []);
  });

  await t.step(
    "asked again, STAGING gets PROD's tables, rights and rules, byte for byte, and stays STAGING",
    async () => {
      await staging.base`create table public.en_trop (depot_id uuid references public.depots (id))`;
      await staging.recevoir();
      const { code, compte } = await restaurer(staging, dump);
      assert.equal(code, 0, compte.erreur);
      await exigerPareille(avant, staging, await lireSauvegarde(prod.coffre(), dump));
      assert.deepEqual(ecarts(await catalogue(prod.base), await catalogue(staging.base)), []);
      assert.equal(await env(staging.base), "staging");
      assert.deepEqual([...await staging.base`select * from public.verifier_stocks()`], []);
    },
  );

  await t.step(
    "the restored log says by whom, why, and lists the acts that are lost; a head noted before is told so",
    async () => {
      const [ligne] = await staging.base`
      select niveau, details from public.log_actions where action = 'BASE_RESTAUREE'`;
      const { details } = ligne!;
      assert.equal(ligne!.niveau, "CRITICAL");
      assert.ok(details.par && details.motif && details.sauvegarde && details.actes_perdus > 0);
      assert.equal(details.perdus.length, details.actes_perdus);
      assert.ok(details.perdus.some(({ action }: { action: string }) => action === "RECEPTION_CREEE"));
      const [constat] = await staging.base`
      select constat from private.controler_journal(999999, ${"0".repeat(64)}) where bloc = 999999`;
      assert.equal(constat!.constat.restauration.motif, details.motif);
    },
  );

  await t.step("two restores at once: one is refused, and says so", async () => {
    const rien = await staging.chiffres();
    await staging.base.begin(async (tx) => {
      // What a restore holds while it goes on.
      await tx`select pg_advisory_xact_lock(hashtextextended('ops:restauration', 0))`;
      await refuse("RESTAURATION_EN_COURS", staging, dump);
    });
    assert.deepEqual(differences(rien, await staging.chiffres()), []);
  });

  const oui = ["--remplacer", prod.nom, "--confirme-par", "Valery Kalonga", "--ecritures-perdues", "5", ICI];
  const phrase = { CONFIRM_PROD_RESTORE: PHRASE_PROD };
  const accord = async () => {
    const [{ actes }] = await prod.base<
      [{ actes: number }]
    >`select count(*)::int as actes from public.log_actions`;
    const perdus = actes - avant.tables["public.log_actions"]!.lignes;
    return oui.map((mot) => mot === "5" ? String(perdus) : mot);
  };
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
  await t.step(
    "PROD is backed up, then its tables are the backup's to the byte; still frozen, still PROD",
    async () => {
      const regles = await catalogue(prod.base);
      const { code, compte } = await restaurer(prod, dump, await accord(), phrase);
      assert.equal(code, 0, compte.erreur);
      await exigerPareille(avant, prod, await lireSauvegarde(prod.coffre(), dump));
      assert.deepEqual(ecarts(regles, await catalogue(prod.base)), []);
      assert.equal(await env(prod.base), "prod");
      await prod.base`select 1 from public.app_settings where key = 'gel_ecritures'`.then(({ count }) =>
        assert.equal(count, 1)
      );
      await assert.rejects(prod.base`drop table public.receptions cascade`, { message: "ENV_INTERDIT" });
      const { filet } = compte.resultat as { filet: string };
      const { manifeste } = await lireSauvegarde(prod.coffre(), join(prod.dossier, filet));
      const receptions = (c: typeof avant) => c.tables["public.receptions"]!.lignes;
      assert.equal(receptions(manifeste.chiffres), receptions(avant) + 1);
    },
  );
  await Promise.all([prod.fermer(), staging.fermer()]);
});
