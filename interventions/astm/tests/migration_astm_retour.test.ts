import assert from "node:assert/strict";
import { lireGel } from "../../../ops/exploitation/gel/gel.ts";
import { opsJson } from "../../../tests/support/ops.ts";
import { test } from "../../../tests/support/monde.ts";
import { definition, OPERATEUR, prodDAvant, QUI, TANK1 } from "./prod_astm.ts";

const TABLES = ["stocks_journaliers", "sorties_produit", "receptions", "stocks_snapshot"].map((nom) =>
  `public.${nom}`
);

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
    const [{ cause }] = await prod.base<[{ cause: string }]>`
      select details ->> 'cause' as cause from public.log_actions where action = 'RETOUR_ARRIERE_ASTM'`;
    assert.equal(cause, "encore une fois");
  });
  await t.step("another attempt the same day has a file of its own", async () => {
    const { compte } = await prod.astm("plan");
    assert.match(compte.resultat.dossier, /astm-prod-2\.json$/);
  });
  await t.step("given up before anything was replaced, it only opens writes again", async () => {
    assert.equal((await prod.astm("freeze", ...OPERATEUR, ...QUI)).code, 0);
    assert.equal((await prod.astm("rollback", "--reprise", ...QUI)).code, 0);
    assert.equal((await prod.astm("freeze", ...OPERATEUR, ...QUI)).compte.code, "ETAPE_MANQUANTE");
  });
  await t.step(
    "given up before it froze anything, it is over, and what another act froze stays so",
    async () => {
      const autre = async (...args: string[]) =>
        (await opsJson([...args, "--env", "prod"], prod.env)).compte.code ?? "fait";
      assert.equal((await prod.astm("plan")).code, 0);
      assert.equal(await autre("gel", "--motif", "Restauration de PROD", ...OPERATEUR), "fait");
      assert.equal(await autre("degel"), "INTERVENTION_OUVERTE");
      assert.equal((await prod.astm("rollback", "--reprise", ...QUI)).code, 0);
      assert.equal((await lireGel(prod.base))?.motif, "Restauration de PROD");
      assert.equal(await autre("degel"), "fait");
    },
  );
  await prod.base.end();
  await Deno.remove(prod.dossier, { recursive: true });
});
