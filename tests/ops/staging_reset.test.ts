import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../support/monde.ts";
import {
  attend,
  dort,
  dossierEnv,
  empreinte,
  enStaging,
  lancer,
  ops,
  personne,
  type Projet,
  projet,
  RESET,
  rienAPousser,
  vivre,
} from "../support/projets.ts";
import { copyTree } from "../support/pile.ts";

const graine = async (nom: string, texte: string) => {
  const fichier = join(await Deno.makeTempDir({ prefix: "monaluxe-graine-" }), nom);
  await Deno.writeTextFile(fichier, texte);
  return fichier;
};

/** A STAGING that has lived, with its file. */
async function staging(nom: string): Promise<{ cible: Projet; env: Record<string, string> }> {
  const cible = await projet(nom, "staging");
  await vivre(cible);
  return { cible, env: { ...RESET, OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }) } };
}

/** People of a STAGING with what proves who they are, before a reset; afterwards, who is who again. */
async function gensDe(cible: Projet) {
  const [depot] = await cible.base`insert into public.depots (nom) values ('Provisoire') returning id`;
  const gens = {
    gerant: await personne(cible, "gerant"),
    perdu: await personne(cible, "operateur", depot!.id),
    directeur: await personne(cible, "directeur", depot!.id),
  };
  for (const { id } of [gens.directeur, gens.perdu]) {
    await cible.base`
      insert into private.facteurs_totp (user_id, secret_chiffre, confirme_le, dernier_pas)
      values (${id}, 's1.0123456789abcdef.AAAA.AAAA', now(), 7)`;
    await cible.base`
      insert into private.codes_secours (user_id, empreinte) values (${id}, sha256('un code'::bytea))`;
  }
  for (const { sql } of Object.values(gens)) await sql.end();
  const facteurs = async () => [
    ...await cible.base`
      select f.user_id, f.secret_chiffre, f.confirme_le, f.dernier_pas, c.empreinte, c.utilise_le
        from private.facteurs_totp f join private.codes_secours c using (user_id) where f.user_id = ${gens.directeur.id}`,
  ];
  const profil = async ({ id }: { id: string }) =>
    (await cible.base`select role, depot_id from public.profils where user_id = ${id}`)[0];
  return { ...gens, facteurs, profil };
}

test("a reset gives back a project, says its checks and its time, and the CLI finds nothing to do", async (t) => {
  const { cible, env } = await staging("reset_staging");
  const gens = await gensDe(cible);
  const facteurs = await gens.facteurs();
  let dit = "";
  await cible.base`create table public.essai_oublie (id int primary key)`;
  await cible.base`create type public.humeur as enum ('bonne')`;
  await cible.base`create function public.oubliee() returns int language sql as 'select 1'`;
  await cible.base`drop function private.interdire_si_prod() cascade`;

  await t.step("by default it leaves the reference rows, and not a row more", async () => {
    const { code, stdout, stderr } = await ops(["staging:reset"], env);
    assert.equal(code, 0, stderr);
    dit = stdout;
    for (
      const phrase of [
        /seed_empty\.sql/,
        /Essence \(ESS\), Gasoil\/AGO \(G\.O\)/,
        /TANK1, TANK2, TANK3, TANK4, TANK5, TANK6$/m,
        /fantôme .*: aucune/,
        /CDR → réception → sortie.* partout, puis tout annulé/,
        /stocks_snapshot : 0 ligne/,
        /staging:reset : fait en [\d.]+ s/,
      ]
    ) assert.match(stdout, phrase);
    const lignes = await cible.base<{ t: string; n: number }[]>`
      select tablename as t, (xpath('/row/n/text()', query_to_xml('select count(*) as n from public.' || tablename, false, true, '')))[1]::text::int as n
        from pg_tables where schemaname = 'public' and tablename not in ('feature_flags', 'golden_cases', 'notifications_regles', 'taux_tva',
                                                              'profils', 'log_actions')`;
    assert.deepEqual(
      Object.fromEntries(lignes.filter(({ n }) => n > 0).map(({ t, n }) => [t, n])),
      { app_settings: 1, citernes: 6, depots: 1, produits: 2 },
    );
    await rienAPousser(cible.url);
  });

  await t.step(
    "accounts stay; a profile and its second factor come back where its depot does, and for those who see every depot",
    async () => {
      assert.deepEqual(await gens.facteurs(), facteurs, "and what proves who they are");
      assert.match(dit, new RegExp(`1 sans leur dépôt.*${gens.perdu.id}@`));
      assert.deepEqual({ ...await gens.profil(gens.gerant) }, {
        role: "gerant",
        depot_id: "11111111-1111-1111-1111-111111111111",
      });
      assert.deepEqual({ ...await gens.profil(gens.directeur) }, { role: "directeur", depot_id: null });
      assert.equal(await gens.profil(gens.perdu), undefined);
      const [compte] = await cible.base`select from auth.users where id = ${gens.perdu.id}`;
      assert.ok(compte);
    },
  );

  await t.step("the database still refuses drops if it becomes PROD", async () => {
    await cible.base`update public.app_settings set value = 'prod' where key = 'env'`;
    await assert.rejects(cible.base`drop view public.logs`, /ENV_INTERDIT/);
  });
  await cible.base.end();
});

/** What a reset needs to come to its seed: where it is to be cut, the rest would only be made to be undone. */
const COURTE = `
  create table public.app_settings (key text primary key, value text);
  create schema private;
  create function private.poser_referentiels() returns void language sql return null;`;

let copie: Promise<string> | undefined;
/** A tree with that migration, then this one where there is one, and no other. */
async function arbreCourt(suite = ""): Promise<string> {
  const arbre = await (copie ??= copyTree());
  const dossier = join(arbre, "supabase/migrations");
  await Deno.remove(dossier, { recursive: true });
  await Deno.mkdir(dossier);
  await Deno.writeTextFile(join(dossier, "20000101000000_courte.sql"), COURTE);
  if (suite) await Deno.writeTextFile(join(dossier, "29991231000000_suite.sql"), suite);
  return arbre;
}

/** One for all that leave it as it was. */
let intacte: ReturnType<typeof staging> | undefined;
const laMeme = () => intacte ??= staging("reset_intacte");

test("without both confirmations word for word, or with a seed that may not or cannot be sown whole, nothing is done", async (t) => {
  const { cible, env } = await laMeme();
  const avant = await empreinte(cible);
  const lien = join(await Deno.makeTempDir(), "seed_innocente.sql");
  await Deno.symlink(await graine("seed_minimal.sql", "select 1"), lien);
  const refus: Record<string, [Record<string, string>, RegExp]> = {
    "ALLOW_STAGING_RESET missing": [
      { ALLOW_STAGING_RESET: "" },
      /CONFIRMATION_REQUISE : Il manque ALLOW_STAGING_RESET=true\./,
    ],
    "ALLOW_STAGING_RESET not exactly true": [{ ALLOW_STAGING_RESET: "TRUE" }, /CONFIRMATION_REQUISE/],
    "CONFIRM_STAGING_RESET missing": [
      { CONFIRM_STAGING_RESET: "" },
      /Il manque CONFIRM_STAGING_RESET=I_UNDERSTAND/,
    ],
    "the sentence of the other command": [
      { CONFIRM_STAGING_RESET: "I_UNDERSTAND_THIS_WILL_DELETE_MOVEMENTS" },
      /CONFIRMATION_REQUISE/,
    ],
    "confirmations written in the file only": [
      {
        ALLOW_STAGING_RESET: "",
        CONFIRM_STAGING_RESET: "",
        OPS_ENV_DIR: await dossierEnv({ staging: { ...enStaging(cible), ...RESET } }),
      },
      /VARIABLE_REFUSEE.*ALLOW_STAGING_RESET se donne sur la ligne de la commande/,
    ],
    "a minimal seed": [
      { SEED_FILE: "staging/sql/seed_minimal.sql" },
      /Refusing SEED_FILE='staging\/sql\/seed_minimal\.sql' \(would pollute STAGING\)\.\s+Use default \(seed_empty\.sql\) ou explicitly run DB-tests workflow if needed\./,
    ],
    "a DISABLED seed": [{ SEED_FILE: "seed_x.DISABLED.sql" }, /Refusing SEED_FILE='seed_x\.DISABLED\.sql'/],
    "a link to a minimal seed": [{ SEED_FILE: lien }, /Refusing SEED_FILE/],
    "a seed that does not exist": [
      { SEED_FILE: "seed_absente.sql" },
      /n'existe pas. Graines de ce dépôt : seed_empty\.sql/,
    ],
    "a seed that commits": [
      { SEED_FILE: await graine("seed_valide.sql", "select 1; commit; select 1/0;") },
      /SCRIPT_REFUSE.*commence ou finit une transaction \(« commit »\)/,
    ],
    "a seed that is no SQL": [{ SEED_FILE: await graine("seed_psql.sql", "\\i autre.sql") }, /SCRIPT_REFUSE/],
  };
  for (const [nom, [variables, phrase]] of Object.entries(refus)) {
    await t.step(nom, async () => {
      const { code, stderr } = await ops(["staging:reset"], { ...env, ...variables });
      assert.match(stderr, phrase);
      assert.equal(code, 2);
    });
  }
  await t.step("nothing has changed", async () => assert.equal(await empreinte(cible), avant));
});

test("where a seed, a check or a migration fails in the middle, the person reads where, and STAGING is as before", async (t) => {
  const { cible, env } = await laMeme();
  const avant = await empreinte(cible);
  const echecs: Record<string, [Record<string, string>, RegExp, (() => Promise<string>)?]> = {
    "a seed that fails": [
      {
        SEED_FILE: await graine(
          "seed_fausse.sql",
          "insert into public.app_settings (key) values ('X');\nselect 1/0;",
        ),
      },
      /seed_fausse\.sql.* : division by zero/,
      arbreCourt,
    ],
    "a seed that brings a seventh tank": [
      {
        SEED_FILE: await graine(
          "seed_septieme.sql",
          "insert into public.citernes (depot_id, produit_id, nom, capacite_totale) select depot_id, produit_id, 'TANK7', 1 from public.citernes limit 1;",
        ),
      },
      /TANK1 à TANK6 uniquement » non conforme\. Trouvé : .*TANK7/,
    ],
    "a migration that fails": [
      {},
      /29991231000000_suite\.sql, ligne 3 : .*pas_la.* does not exist/,
      () => arbreCourt("create table public.a_moitie (id int);\n\nselect pas_la from public.app_settings;\n"),
    ],
  };
  for (const [nom, [variables, phrase, tree]] of Object.entries(echecs)) {
    await t.step(nom, async () => {
      const { code, stderr } = await ops(["staging:reset"], { ...env, ...variables }, await tree?.());
      assert.match(stderr, phrase);
      assert.match(stderr, /STAGING est exactement comme avant/);
      assert.equal(code, 1);
      assert.equal(await empreinte(cible), avant);
    });
  }
});

test("killed, interrupted or cut off at any point, STAGING is as before; a second reset meanwhile is refused", async (t) => {
  const { cible, env } = await laMeme();
  const avant = await empreinte(cible);
  const lente = { SEED_FILE: await graine("seed_lente.sql", "select pg_sleep(3600);") };
  const points: Record<string, [Record<string, string>, string?]> = {
    "in the seed": [lente],
    "in a migration": [{}, "create table public.a_moitie (id int); select pg_sleep(3600);"],
  };
  for (const [point, [variables, suite]] of Object.entries(points)) {
    const arbre = await arbreCourt(suite);
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      await t.step(`${signal} ${point}`, async () => {
        const { processus, fini } = lancer(["staging:reset"], { ...env, ...variables }, arbre);
        await dort(cible, fini);
        processus.kill(signal);
        const { code, stderr } = await fini;
        assert.notEqual(code, 0);
        if (signal === "SIGINT") assert.match(stderr, /Interrompu.*exactement comme avant/);
        // Waits for the server to have let go of what was dropped.
        assert.equal(await empreinte(cible), avant);
      });
    }
    await t.step(`connection cut ${point}`, async () => {
      const { fini } = lancer(["staging:reset"], { ...env, ...variables }, arbre);
      await cible.base`select pg_terminate_backend(${await dort(cible, fini)})`;
      const { code, stderr } = await fini;
      assert.equal(code, 1);
      assert.match(stderr, /STAGING est exactement comme avant/);
      assert.equal(await empreinte(cible), avant);
    });
  }
  await t.step("a second one waits for the first to be over, or is refused", async () => {
    const premier = lancer(["staging:reset"], { ...env, ...lente }, await arbreCourt());
    await dort(cible, premier.fini);
    // Come to its own seed, it has the database to itself.
    const fausse = { SEED_FILE: await graine("seed_fausse.sql", "select 1/0;") };
    const second = lancer(["staging:reset"], { ...env, ...fausse }, await arbreCourt());
    await attend(cible, second.fini);
    premier.processus.kill("SIGKILL");
    await premier.fini;
    const { stderr } = await second.fini;
    assert.match(stderr, /division by zero|OPERATION_EN_COURS/);
    assert.equal(await empreinte(cible), avant);
  });
  await t.step("while another command works on this STAGING, it is refused", async () => {
    const autre = await cible.base.reserve();
    await autre`select pg_advisory_lock(hashtextextended('ops:staging', 0))`;
    const { code, stderr } = await ops(["staging:reset"], env);
    assert.match(stderr, /refusé, rien n'a été fait.*\n.*OPERATION_EN_COURS/);
    assert.equal(code, 2);
    await autre`select pg_advisory_unlock_all()`;
    autre.release();
    assert.equal(await empreinte(cible), avant);
  });
  await Deno.remove(await arbreCourt(), { recursive: true });
  await cible.base.end();
});
