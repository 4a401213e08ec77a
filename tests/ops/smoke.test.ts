import assert from "node:assert/strict";
import type { ResultatSmoke } from "../../ops/exploitation/smoke/contexte.ts";
import { signInAs } from "../../ops/pile/client.ts";
import { sql, status, test } from "../support/monde.ts";
import { citerneDEssai, DEPOT_DAIPN, environnement, GASOIL, ops, opsJson } from "../support/ops.ts";
import { comptesDeSmoke } from "../support/projets.ts";

const smoke = (citerne: string, ...args: string[]) =>
  opsJson<ResultatSmoke>(["smoke", ...args], { LOCAL_TEST_CITERNE_ID: citerne });

async function mouvements(citerne: string) {
  const [comptes] = await sql`
    select (select count(*)::int from public.receptions where citerne_id = ${citerne}) as receptions,
           (select count(*)::int from public.sorties_produit where citerne_id = ${citerne}) as sorties,
           (select coalesce(sum(stock_ambiant), 0)::float8 from public.stocks_snapshot where citerne_id = ${citerne}) as stock`;
  return comptes;
}

test("smoke passes on a sound backend, and leaves the stock of the test tank as it was", async () => {
  const citerne = await citerneDEssai();
  const { code, compte } = await smoke(citerne);
  assert.equal(code, 0, JSON.stringify(compte));
  assert.ok(compte.etapes.every(({ statut }) => statut === "faite"));
  assert.deepEqual(await mouvements(citerne), { receptions: 1, sorties: 2, stock: 0 });
  const actions = await sql`
    select l.action from public.log_actions l
     where l.cible_id in (select id from public.receptions where citerne_id = ${citerne}
                          union all select id from public.sorties_produit where citerne_id = ${citerne})
       and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'SORTIE_COMPENSEE', 'RECEPTION_COMPENSEE')
     order by l.created_at`;
  assert.deepEqual(actions.map(({ action }) => action), [
    "RECEPTION_CREEE",
    "SORTIE_VALIDEE",
    "SORTIE_VALIDEE",
    "SORTIE_COMPENSEE",
    "SORTIE_COMPENSEE",
    "RECEPTION_COMPENSEE",
  ]);
  const laisse = compte.resultat.laisse.join(", ");
  for (
    const [quoi, combien] of Object.entries({
      "cours de route": 1,
      réception: 1,
      sortie: 2,
      facture: 2,
      reçu: 2,
      bon: 2,
    })
  ) {
    assert.equal(laisse.match(new RegExp(`${quoi} `, "g"))?.length, combien, `${quoi} : ${laisse}`);
  }
});

/** What sales have left of a tank that owes, is paid or stands as delivered. */
const ventes = async (citerne: string) => {
  const [reste] = await sql`
    with vendues as (select s.id from public.sorties_produit s where s.citerne_id = ${citerne}),
    factures as (select distinct l.facture_id as id from public.factures_client_lignes l
                  where l.sortie_id in (select id from vendues) and l.ligne_origine_id is null)
    select (select count(*)::int from factures) as factures,
           (select count(*)::int from public.factures_client a join factures f on f.id = a.facture_origine_id
             where a.nature = 'RAN') as avoirs,
           (select count(*)::int from public.bons_livraison b
             where b.sortie_id in (select id from vendues) and b.statut <> 'ANNULE') as bons,
           (select count(*)::int from private.restes_clients r join public.ecritures_tiers e on e.id = r.ecriture_id
             where e.source_id in (select id from factures)) as restes`;
  return reste;
};

test("what smoke sells is invoiced, paid and taken back: nothing is owed, each number is used", async () => {
  const citerne = await citerneDEssai();
  const { code, compte } = await smoke(citerne);
  assert.equal(code, 0, JSON.stringify(compte));
  const vente = compte.etapes.find(({ titre }) => titre.includes("Vente"));
  assert.match(vente!.constat!, /-FAC-\d+-\d+ au comptant \(.*-REC-.*\), .*-FAC-.* à crédit, payée/);
  assert.deepEqual(await ventes(citerne), { factures: 2, avoirs: 2, bons: 0, restes: 0 });
  const [{ payes }] = await sql<[{ payes: number }]>`
    select count(*)::int as payes from public.encaissements e
     where e.reference like 'smoke:%' and e.statut <> 'ANNULE' and e.created_at > now() - interval '15 minutes'`;
  assert.equal(payes, 0);
});

test("where a check fails midway, smoke fails, still compensates, and says what it left", async () => {
  // No sortie may leave it below 9 000 L: the controlled one is refused.
  const citerne = await citerneDEssai({ securite: 9_000 });
  const { code, compte } = await smoke(citerne);
  assert.equal(code, 1);
  const [echouee] = compte.etapes.filter(({ statut }) => statut === "echouee");
  assert.match(`${echouee?.titre} ${echouee?.constat}`, /5\.4 .*SORTIE_CAPACITE_SECURITE/);
  assert.equal((await mouvements(citerne))!.stock, 0);
  assert.match(compte.resultat.laisse.join(", "), /sortie \S+ \(rejetée\), réception \S+ \(compensée\)/);
});

test("what a killed run left is taken back by the next one", async () => {
  const citerne = await citerneDEssai();
  await smoke(citerne);
  const admin = await signInAs(status, "admin", "monaluxe-demo");
  const [fournisseur] = await sql`select id from public.fournisseurs where nom like 'Essai%' limit 1`;
  const { id } = await admin.call("POST", "cours-de-route", {
    fournisseur_id: fournisseur!.id,
    depot_destination_id: DEPOT_DAIPN,
    produit_id: GASOIL,
    plaque_camion: crypto.randomUUID(),
    volume: 1000,
  });
  for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
    await admin.call("POST", `cours-de-route/${id}/statut`, { statut });
  }
  const laissee = await admin.call("POST", "receptions", {
    cours_de_route_id: id,
    citerne_id: citerne,
    volume_ambiant: 1000,
    temperature_ambiante_c: 20,
    note: "smoke:tué",
  });
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update public.receptions set created_at = now() - interval '1 hour' where id = ${laissee.id}`;
  });
  assert.equal((await mouvements(citerne))!.stock, 1000);
  const { code, compte } = await smoke(citerne);
  assert.equal(code, 0, JSON.stringify(compte));
  assert.equal((await mouvements(citerne))!.stock, 0);
});

test("without writing, smoke reads and checks refusals, and writes nothing", async () => {
  const citerne = await citerneDEssai();
  const { code, compte } = await smoke(citerne, "--sans-ecriture");
  assert.equal(code, 0, JSON.stringify(compte));
  assert.equal(compte.resultat.ecritures, false);
  assert.deepEqual(await mouvements(citerne), { receptions: 0, sorties: 0, stock: 0 });
});

test("an account whose profile is not the role it stands for stops smoke before it writes", async () => {
  const citerne = await citerneDEssai();
  const { code, compte } = await opsJson(["smoke"], {
    LOCAL_TEST_CITERNE_ID: citerne,
    LOCAL_SMOKE_LECTURE_EMAIL: "admin@demo.monaluxe.test",
  });
  assert.equal(code, 1);
  assert.match(compte.erreur!, /devait être lecture, son profil dit admin/);
  assert.deepEqual(await mouvements(citerne), { receptions: 0, sorties: 0, stock: 0 });
});

test("doors that stand before another database than the one that was named are refused before anything is written", async () => {
  const comptes = comptesDeSmoke("prod", "monaluxe-demo");
  const portes = { PROD_API_URL: status.API_URL, PROD_ANON_KEY: status.ANON_KEY };
  const { env } = await environnement("prod", "prod_smoke", { ...portes, ...comptes });
  const { code, compte } = await opsJson(["smoke", "--env", "prod"], env);
  assert.equal(code, 2);
  assert.equal(compte.code, "ENV_INTERDIT");
  assert.match(compte.erreur!, /dit être local, et non prod/);

  const sansComptes = await opsJson(["smoke", "--env", "prod"], {
    ...env,
    PROD_SMOKE_PCA_EMAIL: "",
  });
  assert.deepEqual([sansComptes.code, sansComptes.compte.code], [2, "COMPTES_REQUIS"]);
  assert.match(sansComptes.compte.erreur!, /PROD_SMOKE_PCA_EMAIL/);

  const ailleurs = await ops(["smoke", "--env", "prod"], {
    ...env,
    PROD_API_URL: "https://abcdefghijklmnopqrst.supabase.co",
  });
  assert.equal(ailleurs.code, 2);
  assert.match(ailleurs.stderr, /ENV_INTERDIT.*abcdefghijklmnopqrst/);
});
