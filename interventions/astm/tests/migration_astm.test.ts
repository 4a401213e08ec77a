import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { reserver } from "../registre.ts";
import { opsJson } from "../../../tests/support/ops.ts";
import { asSuperuser } from "../../../tests/support/base.ts";
import { test } from "../../../tests/support/monde.ts";
import { definition, OPERATEUR, prodDAvant, QUI, type Row, TANK1 } from "./prod_astm.ts";

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
  });
  await t.step("a colleague continues on a machine that has none of its files, one at a time", async () => {
    // From here on: another folder of evidence. What was done is read in the database.
    prod.env.INTERVENTIONS_DIR = join(prod.dossier, "chez-un-collegue");
    prod.env.CONFIRM_PROD_RESTORE = "JE_REMPLACE_LA_PROD_PAR_CETTE_SAUVEGARDE";
    const occupee = await reserver(prod.url);
    await refuse("INTERVENTION_OCCUPEE", "plan");
    await occupee.liberer();
    assert.match((await fait("plan")).resultat.dossier, /chez-un-collegue.*astm-prod-2\.json$/);
  });
  const retour = ["rollback", "--cause", "réclamation du terrain", "--sur-cette-machine", ...QUI];
  await t.step("a backup taken after the migration is no way back, and is refused by name", async () => {
    await fait("freeze", ...OPERATEUR, ...QUI);
    const { resultat: { dump } } = await fait("backup", "--sur-cette-machine");
    const { erreur } = await refuse("SAUVEGARDE_D_APRES", ...retour);
    assert.ok(erreur!.includes(dump.split("/").at(-1)), erreur);
    assert.doesNotMatch(await definition(prod), /before ASTM 53B/);
    const { code, compte } = await opsJson(["degel", "--env", "prod"], prod.env);
    assert.deepEqual([code, compte.code], [2, "INTERVENTION_OUVERTE"]);
    await fait("rollback", "--reprise", ...QUI);
  });
  await t.step("rollback takes again the migration that was archived, to what was before it", async () => {
    const { erreur } = await refuse("ECRITURES_A_PERDRE", ...retour);
    const perdues = erreur!.match(/--ecritures-perdues (\d+)/)![1]!;
    const { resultat } = await fait(...retour, "--ecritures-perdues", perdues);
    assert.match(resultat.dossier, /astm-prod\.json$/);
    assert.match(await definition(prod), /before ASTM 53B/);
    await fait("rollback", "--reprise", ...QUI);
    await refuse("ETAPE_MANQUANTE", ...retour);
  });
  await prod.base.end();
  await Deno.remove(prod.dossier, { recursive: true });
});
