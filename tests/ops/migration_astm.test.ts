import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { REAL_TRUCKS } from "../../ops/demo_trucks.ts";
import { createUser } from "../../ops/stack/demo_users.ts";
import { asSuperuser } from "../support/base.ts";
import { test } from "../support/monde.ts";
import { DEPOT_DAIPN, environnement, GASOIL, opsJson } from "../support/ops.ts";

const TANK1 = "57da330a-1305-4582-be45-ceab0f1aa795";
const ADMIN = "admin@astm.test";
const OPERATEUR = ["--operateur", ADMIN];
const QUI = ["--confirme-par", "Valery Kalonga"];

const TABLES = ["stocks_journaliers", "sorties_produit", "receptions", "stocks_snapshot"].map((nom) =>
  `public.${nom}`
);

type Row = Record<string, unknown>;

interface Prod {
  base: postgres.Sql;
  dbUrl: string;
  env: Record<string, string>;
  dossier: string;
  admin: string;
  cuve: string;
  /** Does it as this user would through REST; takes it back where `retenir` is false. */
  comme<T>(qui: string, faire: (tx: postgres.TransactionSql) => Promise<T>): Promise<T>;
  /** `migration:astm …` as an operator types it, and its one JSON object. */
  astm(...args: string[]): Promise<{ code: number; compte: Compte }>;
}
type Compte = {
  statut: string;
  code?: string;
  erreur?: string;
  // deno-lint-ignore no-explicit-any
  resultat?: any;
  etapes: { titre: string; constat?: string }[];
};

/** A PROD of its own as it was before: eight réceptions of the old formula, two trucks waiting, older functions. */
async function prodDAvant(nom: string): Promise<Prod> {
  const dossier = await Deno.makeTempDir();
  const { dbUrl, env } = await environnement("prod", nom);
  const base = postgres(dbUrl, { max: 3, onnotice: () => {} });
  await createUser(base, {
    email: ADMIN,
    password: "un mot de passe",
    role: "admin",
    depotId: DEPOT_DAIPN,
    nom: "Admin",
  });
  await createUser(base, {
    email: "gerant@astm.test",
    password: "un mot de passe",
    role: "gerant",
    depotId: DEPOT_DAIPN,
    nom: "G",
  });
  const id = async (email: string) =>
    (await base`select id from auth.users where email = ${email}`)[0]!.id as string;
  const [admin, gerant] = [await id(ADMIN), await id("gerant@astm.test")];
  const comme: Prod["comme"] = (qui, faire) =>
    base.begin(async (tx) => {
      const sub = qui === "admin" ? admin : gerant;
      await tx`select set_config('request.jwt.claims', ${
        JSON.stringify({ sub, role: "authenticated" })
      }, true)`;
      await tx`set local role authenticated`;
      return await faire(tx);
    }) as ReturnType<Prod["comme"]> as never;

  const [{ cuve, fournisseur, client }] = await base<[Record<"cuve" | "fournisseur" | "client", string>]>`
    with c as (insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
               values (${DEPOT_DAIPN}, ${GASOIL}, 'CUVE ESSAI', 60000) returning id),
         f as (insert into public.fournisseurs (nom) values ('Moil') returning id),
         k as (insert into public.clients (nom) values ('Client') returning id)
    select c.id as cuve, f.id as fournisseur, k.id as client from c, f, k`;
  const camion = (tx: postgres.TransactionSql, plaque: string, volume: number) =>
    tx`insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
       values (${fournisseur}, ${DEPOT_DAIPN}, ${GASOIL}, ${plaque}, ${volume}) returning id`.then(
      async ([cdr]) => {
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`select public.changer_statut_cours_de_route(${cdr!.id}, ${statut})`;
        }
        return cdr!.id as string;
      },
    );
  await comme("admin", async (tx) => {
    for (const [rang, mesures] of REAL_TRUCKS.entries()) {
      const cours_de_route_id = await camion(tx, `AA${rang}BC`, mesures.volume_ambiant);
      await tx`insert into public.receptions ${
        tx({
          cours_de_route_id,
          citerne_id: TANK1,
          ...mesures,
          volume_corrige_15c: mesures.volume_ambiant - 200,
        })
      }`;
    }
    const [sortie] = await tx`
      insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
      values (${TANK1}, ${client}, 5000, 22) returning id`;
    await tx`select public.validate_sortie(${sortie!.id})`;
    await camion(tx, "ATTEND1", 39_000);
    await camion(tx, "ATTEND2", 38_000);
  });
  // What PROD has before: other bodies under the same names.
  const [ancienne] =
    await base`select pg_get_functiondef('public.validate_sortie(uuid)'::regprocedure) as definition`;
  await base.unsafe(ancienne!.definition.replace("begin", "begin\n  -- before ASTM 53B"));

  const variables = {
    ...env,
    INTERVENTIONS_DIR: join(dossier, "interventions"),
    BACKUP_DIR: join(dossier, "backups"),
    PROD_TEST_CITERNE_ID: cuve,
  };
  return {
    base,
    dbUrl,
    env: variables,
    dossier,
    admin,
    cuve,
    comme,
    astm: (...args) => opsJson(["migration:astm", ...args, "--env", "prod"], variables) as never,
  };
}

const definition = async ({ base }: Prod): Promise<string> =>
  (await base`select pg_get_functiondef('public.validate_sortie(uuid)'::regprocedure) as texte`)[0]!.texte;

test("the migration of PROD, in the runbook's order", async (t) => {
  const prod = await prodDAvant("prod_astm");
  const fait = async (...args: string[]) => {
    const { code, compte } = await prod.astm(...args);
    assert.equal(code, 0, JSON.stringify(compte, null, 1));
    return compte;
  };
  const refuse = async (attendu: string, ...args: string[]) => {
    const { code, compte } = await prod.astm(...args);
    assert.deepEqual([code, compte.code], [2, attendu], JSON.stringify(compte));
    return compte;
  };

  await t.step("nothing before the plan, and no decision without a name", async () => {
    assert.match(
      (await refuse("ETAPE_MANQUANTE", "freeze", ...OPERATEUR, ...QUI)).erreur!,
      /migration:astm plan/,
    );
    await refuse("CONFIRMATION_REQUISE", "freeze", ...OPERATEUR);
    await refuse("CONFIRMATION_REQUISE", "go");
    assert.deepEqual(await Array.fromAsync(Deno.readDir(prod.dossier)), []);
  });
  await t.step("plan reads the state and says what is next", async () => {
    const { resultat } = await fait("plan");
    assert.deepEqual(resultat.camions_en_attente.map(({ plaque }: { plaque: string }) => plaque), [
      "ATTEND1",
      "ATTEND2",
    ]);
    assert.deepEqual(resultat.receptions.map(({ nombre, methode }: never) => [nombre, methode]), [[
      8,
      "LEGACY",
    ]]);
    assert.equal(resultat.fonctions.length, 2);
    assert.match(resultat.suite, /migration:astm freeze --env prod/);
    await refuse("ETAPE_MANQUANTE", "apply", ...QUI);
  });
  await t.step("freeze waits for what was under way, then nobody but the operator writes", async () => {
    const { promise: aEcrit, resolve: ecrit } = Promise.withResolvers<void>();
    const { promise: laisser, resolve: finir } = Promise.withResolvers<void>();
    const enVol = prod.comme("gerant", async (tx) => {
      await tx`insert into public.sorties_produit (citerne_id, volume_ambiant) values (${TANK1}, 10)`;
      ecrit();
      await laisser;
    });
    await aEcrit;
    const { code, compte } = await prod.astm("freeze", ...OPERATEUR, ...QUI, "--attente", "1");
    assert.equal(code, 1);
    assert.match(compte.erreur!, /commencée\(s\) avant le gel ne finissent pas/);
    await refuse("ETAPE_MANQUANTE", "backup");
    finir();
    await enVol;
    await fait("freeze", ...OPERATEUR, ...QUI);
    const ecrire = (qui: string) =>
      prod.comme(qui, (tx) => tx`update public.sorties_produit set note = 'x' where statut = 'brouillon'`);
    await assert.rejects(ecrire("gerant"), { message: "ECRITURES_GELEES", code: "PT423" });
    await ecrire("admin");
    const [{ n }] = await prod.base<[{ n: number }]>`
      select count(*)::int as n from public.log_actions where action = 'ECRITURES_GELEES' and niveau = 'CRITICAL'`;
    assert.equal(n, 1);
    await fait("freeze", ...QUI);
  });
  await t.step("backup takes the frozen base, and proves it by restoring it elsewhere", async () => {
    await refuse("ETAPE_MANQUANTE", "apply", ...QUI);
    const { resultat } = await fait("backup", "--sur-cette-machine");
    assert.match(resultat.dump, /ml_pp_prod_J\d+_avant_astm_.*\.dump$/);
    assert.match(resultat.verification.sha256, /^[0-9a-f]{64}$/);
  });
  await t.step("apply is undone whole where anything but the two functions moves", async () => {
    // The server's superuser hangs a policy onto every replacement of a function.
    const saboteur = postgres(asSuperuser("prod_astm"), { max: 1, onnotice: () => {} });
    await saboteur.unsafe(`
      create function extensions.saboter() returns event_trigger language plpgsql as $$
      begin
        if not exists (select from pg_policies where policyname = 'sabotage') then
          create policy sabotage on public.prises_de_hauteur for update to authenticated using (true);
        end if;
      end $$;
      create event trigger sabotage on ddl_command_end when tag in ('CREATE FUNCTION') execute function extensions.saboter()`);
    const { code, compte } = await prod.astm("apply", ...QUI);
    await saboteur.unsafe("drop event trigger sabotage; drop function extensions.saboter()");
    await saboteur.end();
    assert.equal(code, 1);
    assert.match(compte.erreur!, /a changé \(policies\)\. Tout est annulé/);
    assert.match(await definition(prod), /before ASTM 53B/);
    await refuse("ETAPE_MANQUANTE", "verify");
  });
  await t.step("apply replaces both functions, and says what it proved", async () => {
    const { resultat } = await fait("apply", ...QUI);
    assert.doesNotMatch(await definition(prod), /before ASTM 53B/);
    assert.deepEqual(
      resultat.fonctions.map((
        { nom, security_definer, search_path }: Row,
      ) => [nom, security_definer, search_path]),
      [["validate_sortie", true, "public"], [
        "sorties_produit_block_update_delete",
        false,
        "pg_catalog, public, pg_temp",
      ]],
    );
    assert.deepEqual(Object.keys(resultat.catalogue), ["triggers", "policies", "tables", "fonctions"]);
  });
  await t.step("verify says NO-GO beyond 5 L, and then only the way back is left", async () => {
    await prod
      .base`update public.golden_cases set volume_15c_attendu_l = volume_15c_attendu_l + 6 where reference = '3'`;
    const { code, compte } = await prod.astm("verify");
    assert.equal(code, 1);
    assert.match(compte.erreur!, /1 cas sur 8 hors de ±5 L : SEP 3 \(-6 L\)/);
    assert.match(
      (await refuse("ETAPE_MANQUANTE", "activate", "--partout", ...QUI)).erreur!,
      /a conclu NO-GO.*rollback/,
    );
    await prod
      .base`update public.golden_cases set volume_15c_attendu_l = volume_15c_attendu_l - 6 where reference = '3'`;
    assert.deepEqual((await fait("verify")).resultat.ecarts, { cas: 8, dans_tolerance: 8, pire_ecart_l: 0 });
  });
  await t.step("activate and smoke: a SEP truck to the litre, then nothing left in the tank", async () => {
    await refuse("PORTEE_REQUISE", "activate", ...QUI);
    await fait("activate", "--depot", "Dépôt Daipn", ...QUI);
    assert.match(
      (await refuse("CITERNE_TEST_REQUISE", "smoke", "--citerne", TANK1)).erreur!,
      /TANK1 contient/,
    );
    const { resultat } = await fait("smoke");
    assert.equal(resultat.ecart_camion_essai_l, 0);
    const [reste] = await prod.base`
      select sum(stock_ambiant)::float8 as ambiant, sum(stock_15c)::float8 as a_15c,
             (select count(*)::int from public.receptions where citerne_id = ${prod.cuve}) as receptions
        from public.stocks_snapshot where citerne_id = ${prod.cuve}`;
    assert.deepEqual({ ...reste }, { ambiant: 0, a_15c: 0, receptions: 1 });
  });
  await t.step("the old réceptions are corrected only as somebody has read it, by adjustments", async () => {
    const { resultat } = await fait("rejeu", "plan");
    const fichier: string = resultat.fichier;
    const volumes = JSON.parse(await Deno.readTextFile(fichier)).lignes.map(({ nouveau_15c }: Row) =>
      nouveau_15c
    );
    assert.deepEqual(
      volumes.sort(),
      [33274, 36845, 37227, 38151, 39020, 39048, 39143, 39165],
      "SEP's, to the litre",
    );
    await refuse("ETAPE_MANQUANTE", "rejeu", "apply", fichier, ...QUI);
    const rejeu = JSON.parse(await Deno.readTextFile(fichier));
    const ecrire = () => Deno.writeTextFile(fichier, JSON.stringify(rejeu));
    rejeu.lignes[0].nouveau_15c += 1;
    await ecrire();
    await refuse("REJEU_PERIME", "rejeu", "relire", fichier, ...QUI);
    rejeu.lignes[0].nouveau_15c -= 1;
    rejeu.lignes[7].retenue = false;
    await ecrire();
    await fait("rejeu", "relire", fichier, ...QUI);
    // The controlled test has written since the backup.
    await refuse("SAUVEGARDE_REQUISE", "rejeu", "apply", fichier, ...QUI);
    prod.env.BACKUP_MAX_AGE_HOURS = "1";
    rejeu.lignes[6].retenue = false;
    await ecrire();
    await refuse("REJEU_MODIFIE", "rejeu", "apply", fichier, ...QUI);
    await fait("rejeu", "relire", fichier, ...QUI);
    await fait("rejeu", "apply", fichier, ...QUI);
    const lignes = await prod.base`
      select r.volume_15c::float8 as ancien, a.delta_15c::float8 as delta, a.delta_ambiant::float8 as ambiant
        from public.receptions r left join public.stocks_adjustments a on a.mouvement_id = r.id
       where r.citerne_id = ${TANK1} order by r.created_at, r.id`;
    const corriges = lignes.filter(({ delta }) => delta !== null);
    assert.equal(corriges.length, 6);
    assert.deepEqual(
      corriges.map(({ ancien, delta, ambiant }) => `${ancien + delta} ${ambiant}`).sort(),
      rejeu.lignes.slice(0, 6).map(({ nouveau_15c }: Row) => `${nouveau_15c} 0`).sort(),
    );
    await refuse("REJEU_PERIME", "rejeu", "apply", fichier, ...QUI);
  });
  await t.step("go wants the depot's written word, then opens writes again", async () => {
    await refuse("PIECE_REQUISE", "go", ...QUI);
    const validation = join(prod.dossier, "validation.txt");
    await Deno.writeTextFile(validation, "Bon pour GO. Le responsable du dépôt.");
    await prod.base`update public.feature_flags set enabled = false where key = 'astm_53b'`;
    const { code, compte } = await prod.astm("go", "--validation", validation, ...QUI);
    assert.equal(code, 1);
    assert.match(compte.erreur!, /astm_53b est éteint.*restent gelées/);
    await prod.base`update public.feature_flags set enabled = true where key = 'astm_53b'`;
    const { resultat } = await fait("go", "--validation", validation, ...QUI);
    assert.deepEqual([resultat.decision, resultat.criteres.length], ["GO", 6]);
    await prod.comme(
      "gerant",
      (tx) => tx`update public.sorties_produit set note = 'y' where statut = 'brouillon'`,
    );
    assert.equal((await fait("go", ...QUI)).resultat.decision, undefined, "GO is said once");
  });
  await t.step("archive names every piece that is missing, then writes the changelog once", async () => {
    const manque = await refuse("ARCHIVE_INCOMPLETE", "archive", ...QUI);
    assert.match(manque.erreur!, /commit Flutter.*confirmation terrain SEP/);
    const confirmation = join(prod.dossier, "whatsapp.txt");
    await Deno.writeTextFile(confirmation, "SEP : 39048 L, c'est bon.");
    const changelog = join(prod.dossier, "CHANGELOG.md");
    const pieces = [
      "--commit-flutter",
      "9b1c2d3",
      "--confirmation",
      confirmation,
      "--changelog",
      changelog,
      ...QUI,
    ];
    const { resultat } = await fait("archive", ...pieces);
    assert.match(
      await Deno.readTextFile(changelog),
      /## \[Unreleased\]\n\n### PROD\n\n- Migration ASTM 53B \(prod\)/,
    );
    const journal = await Deno.readTextFile(resultat.dossier.replace(/json$/, "md"));
    for (
      const dit of [
        /verify : NO-GO/,
        /apply : ÉCHEC/,
        /Confirmé par : \*\*Valery Kalonga\*\*/,
        /ATTEND1/,
        /sha256 [0-9a-f]{64}/,
      ]
    ) {
      assert.match(journal, dit);
    }
    await refuse("ETAPE_MANQUANTE", "rollback", "--cause", "trop tard", ...QUI);
  });
  await prod.base.end();
  await Deno.remove(prod.dossier, { recursive: true });
});

test("a migration that goes wrong is rolled back to what was there before, to the byte", async (t) => {
  const prod = await prodDAvant("prod_astm_retour");
  const etat = async () => ({
    tables: await Promise.all(TABLES.map((table) => prod.base.unsafe(`select * from ${table} order by id`))),
    fonction: await definition(prod),
    drapeau: (await prod.base`select enabled from public.feature_flags where key = 'astm_53b'`)[0]!.enabled,
  });
  const avant = await etat();
  for (
    const args of [
      ["plan"],
      ["freeze", ...OPERATEUR, ...QUI],
      ["backup", "--sur-cette-machine"],
      ["apply", ...QUI],
      ["verify"],
      ["activate", "--partout", ...QUI],
    ]
  ) {
    const { code, compte } = await prod.astm(...args);
    assert.equal(code, 0, JSON.stringify(compte));
  }
  // Broken on purpose: a wrong body, a day that no movement explains, a movement of the new engine.
  await prod.base.unsafe(
    (await definition(prod)).replace("begin", "begin\n  raise exception 'P0001 : cassé';"),
  );
  await prod.base.begin(async (tx) => {
    await tx`select set_config('app.stocks_journaliers_allow_write', '1', true)`;
    await tx`update public.stocks_journaliers set stock_15c = stock_15c + 77`;
  });
  await prod.comme(
    "admin",
    (tx) => tx`insert into public.sorties_produit (citerne_id, volume_ambiant) values (${TANK1}, 5)`,
  );

  await t.step("smoke sees it: NO-GO, and go is out of reach", async () => {
    const { code, compte } = await prod.astm("smoke");
    assert.deepEqual([code, compte.statut], [1, "echec"]);
    assert.equal((await prod.astm("go", ...QUI)).compte.code, "ETAPE_MANQUANTE");
  });
  await t.step("rollback says why, restores, and proves the tables equal", async () => {
    assert.equal((await prod.astm("rollback", ...QUI)).compte.code, "MOTIF_REQUIS");
    const retour = ["rollback", "--cause", "P0001 à la validation", "--sur-cette-machine", ...QUI];
    assert.equal((await prod.astm(...retour)).compte.code, "CONFIRMATION_REQUISE");
    prod.env.CONFIRM_PROD_RESTORE = "JE_REMPLACE_LA_PROD_PAR_CETTE_SAUVEGARDE";
    const { code, compte } = await prod.astm(...retour);
    assert.equal(code, 0, JSON.stringify(compte));
    assert.deepEqual(await etat(), avant);
    assert.equal(compte.resultat.incident.cause, "P0001 à la validation");
    assert.ok(compte.resultat.a_ressaisir.length >= 1, "what is lost is told");
  });
  await t.step("writes stay frozen until somebody opens them, and run again it is the same", async () => {
    const ecrire = () =>
      prod.comme(
        "gerant",
        (tx) => tx`insert into public.sorties_produit (citerne_id, volume_ambiant) values (${TANK1}, 5)`,
      );
    await assert.rejects(ecrire(), { message: "ECRITURES_GELEES" });
    assert.equal((await prod.astm("apply", ...QUI)).compte.code, "RETOUR_ARRIERE_FAIT");
    assert.equal(
      (await prod.astm("rollback", "--cause", "encore une fois", "--sur-cette-machine", ...QUI)).code,
      0,
    );
    assert.deepEqual(await etat(), avant);
    assert.equal((await prod.astm("rollback", "--reprise", ...QUI)).code, 0);
    await ecrire();
  });
  await t.step("another attempt the same day has a file of its own", async () => {
    const { compte } = await prod.astm("plan");
    assert.match(compte.resultat.dossier, /astm-prod-2\.json$/);
  });
  await prod.base.end();
  await Deno.remove(prod.dossier, { recursive: true });
});
