import assert from "node:assert/strict";
import { test } from "../support/monde.ts";
import {
  DEPOT,
  dossierEnv,
  empreinte,
  enStaging,
  GASOIL,
  MOUVEMENTS,
  ops,
  projet,
  vivre,
  vivreEtProuver,
} from "../support/projets.ts";

test("reset-mouvements purges movements, stock and their lines of the log, keeps every truck to the byte, and can be run again", async (t) => {
  const cible = await projet("mouvements_staging", "staging");
  await vivreEtProuver(cible);
  const env = { ...MOUVEMENTS, OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }) };
  const camions = () => cible.base`select * from public.cours_de_route order by id`;
  const avant = await camions();
  await cible
    .base`insert into private.idempotence (user_id, cle, empreinte, role, depots)
          values (gen_random_uuid(), 'clé', '\\x00', 'gerant', '{}')`;

  // One without the sortie that would have shown it: what its purge takes is a row.
  await cible.base`set session_replication_role = replica`;
  await cible.base`
    insert into public.dilatations
      (mouvement_type, mouvement_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, date_jour)
    select 'SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, 1, s.date_jour
      from public.sorties_produit s where s.statut = 'validee' limit 1`;
  await cible.base`reset session_replication_role`;

  for (const fois of ["once", "again"]) {
    await t.step(fois, async () => {
      const { code, stdout, stderr } = await ops(["staging:reset-mouvements", "--json"], env);
      assert.equal(code, 0, stderr);
      const { resultat } = JSON.parse(stdout);
      assert.equal(resultat.avant.empreinte, resultat.apres.empreinte);
      const { cours_de_route, ...purgees } = resultat.apres.lignes;
      assert.equal(cours_de_route, 2);
      assert.deepEqual(Object.values(purgees).filter((n) => n !== 0), []);
      for (const [table, n] of Object.entries(resultat.avant.lignes)) {
        if (table !== "cours_de_route") assert.equal(Number(n) > 0, fois === "once", table);
      }
    });
  }
  assert.deepEqual([...await camions()], [...avant]);
  const restes = await cible.base`
    select (select count(*) from private.idempotence)::int as cles,
           (select count(*) from public.verifier_stocks())::int as ecarts,
           (select count(*) from public.log_actions where module in ('receptions', 'sorties', 'stocks'))::int as lignes,
           (select count(*) from public.log_actions where action = 'MOUVEMENTS_PURGES')::int as purges`;
  assert.deepEqual({ ...restes[0] }, { cles: 0, ecarts: 0, lignes: 0, purges: 2 });
  await t.step("and the rules are as strict as before", async () => {
    await assert.rejects(cible.base`delete from public.log_actions`, /ECRITURE_INTERDITE/);
  });
  await cible.base.end();
});

test("without its own confirmation, or where a row cannot leave, nothing is purged at all", async () => {
  const cible = await projet("mouvements_refus", "staging");
  await vivre(cible);
  const env = { ...MOUVEMENTS, OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }) };
  await cible.base`create table public.garde (id uuid references public.stocks_snapshot (id))`;
  await cible.base`insert into public.garde select id from public.stocks_snapshot limit 1`;
  const avant = await empreinte(cible);

  const sans = await ops(["staging:reset-mouvements"], {
    ...env,
    CONFIRM_STAGING_RESET: "I_UNDERSTAND_THIS_WILL_DROP_PUBLIC",
  });
  assert.equal(sans.code, 2);
  assert.match(
    sans.stderr,
    /CONFIRMATION_REQUISE : Il manque CONFIRM_STAGING_RESET=I_UNDERSTAND_THIS_WILL_DELETE_MOVEMENTS/,
  );
  const retenue = await ops(["staging:reset-mouvements"], env);
  assert.equal(retenue.code, 1);
  assert.match(retenue.stderr, /garde.*Tout est annulé : STAGING est exactement comme avant/);
  assert.equal(await empreinte(cible), avant);
  await cible.base.end();
});

test("hygiene removes phantom tanks and stock that no movement stands behind, says each, and leaves the rest", async (t) => {
  const cible = await projet("hygiene_staging", "staging");
  await vivre(cible);
  const { base } = cible;
  const env = { OPS_ENV_DIR: await dossierEnv({ staging: enStaging(cible) }) };
  const stocks = () => base`select citerne_id, stock_ambiant from public.stocks_snapshot order by 1, 2`;
  const vrais = await stocks();

  await t.step("nothing to remove", async () => {
    const avant = await empreinte(cible);
    const { code, stdout } = await ops(["staging:hygiene"], env);
    assert.equal(code, 0);
    assert.match(stdout, /Aucune citerne fantôme, aucun stock sans mouvement/);
    assert.equal(await empreinte(cible), avant);
  });

  // As a database that had them before they were refused.
  const fantome = async (nom: string, id: string = crypto.randomUUID()) => {
    await base.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale)
               values (${id}, ${DEPOT}, ${GASOIL}, ${nom}, 1000)`;
    });
    return id;
  };
  await t.step("phantoms by name and by id, and their stale stock", async () => {
    const ids = [
      await fantome("TANK TEST"),
      await fantome("TANK STAGING 1"),
      await fantome("Anodine", "33333333-3333-3333-3333-333333333333"),
    ];
    await base.begin(async (tx) => {
      await tx`set local role postgres`;
      await tx`set local app.stocks_journaliers_allow_write = '1'`;
      for (const id of ids) {
        await tx`insert into public.stocks_snapshot (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c, dernier_jour)
                 values (${id}, ${GASOIL}, 'MONALUXE', ${DEPOT}, 7, 7, '2026-01-01')`;
        await tx`insert into public.stocks_journaliers (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
                 values (${id}, ${GASOIL}, 'MONALUXE', ${DEPOT}, '2026-01-01', 7, 7)`;
      }
    });
    const { code, stdout } = await ops(["staging:hygiene"], env);
    assert.equal(code, 0);
    for (
      const dit of [
        /citerne fantôme, TANK TEST/,
        /TANK STAGING 1/,
        /33333333-3333/,
        /stocks_snapshot, MONALUXE/,
      ]
    ) {
      assert.match(stdout, dit);
    }
    const [{ n }] = await base`select count(*)::int as n from private.citernes_fantomes()` as unknown as [
      { n: number },
    ];
    assert.equal(n, 0);
    assert.deepEqual([...await stocks()], [...vrais]);
  });

  await t.step("a phantom that somebody has dipped stops it all, and says what to do", async () => {
    const id = await fantome("TANK TEST");
    await base`set session_replication_role = replica`;
    await base`insert into public.prises_de_hauteur
                 (citerne_id, produit_id, depot_id, volume_mesure, stock_comptable, tolerance_pour_mille, created_by)
               select ${id}, ${GASOIL}, ${DEPOT}, 1, 0, 5, user_id from public.profils limit 1`;
    const avant = await empreinte(cible);
    const { code, stderr } = await ops(["staging:hygiene"], env);
    assert.equal(code, 1);
    assert.match(stderr, /La citerne TANK TEST a 1 mouvements.*staging:reset-mouvements/);
    assert.equal(await empreinte(cible), avant);

    assert.equal((await ops(["staging:reset-mouvements"], { ...env, ...MOUVEMENTS })).code, 0);
    assert.equal((await ops(["staging:hygiene"], env)).code, 0);
  });
  await base.end();
});
