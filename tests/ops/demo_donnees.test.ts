// The sets of demonstration: each from an empty base, by the people of a depot, and what must then be true of it.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { connect } from "../../ops/commun/connection.ts";
import { test } from "../support/monde.ts";
import { environnement, opsJson } from "../support/ops.ts";
import { DEPOT, empreinte, GASOIL, type Projet } from "../support/projets.ts";
import { asSuperuser } from "../support/base.ts";

interface Faite {
  jeu: string;
  lignes: Record<string, number>;
}
const demander = (jeu: string, vers: string, env: Record<string, string>) =>
  opsJson<Faite>(["demo:donnees", jeu, "--env", vers], env);

/** Tables that a demonstration has no document for: what an act writes beside others, where it needs to. */
const SANS_DOCUMENT = ["dilatations"];

/** Asked anew here, of a base that the command says is sound. */
async function exigerSaine(sql: postgres.Sql): Promise<void> {
  for (
    const controle of [
      "public.verifier_stocks",
      "public.verifier_mouvements",
      "public.verifier_comptes_partenaires",
      "private.verifier_factures",
      "private.verifier_series",
      "private.verifier_comptes",
    ]
  ) {
    assert.deepEqual([...await sql`select * from ${sql(controle)}()`], [], controle);
  }
  const stocks = await sql`
    select coalesce(s.citerne_id, m.citerne_id) as citerne_id, s.stock, m.somme
      from (select citerne_id, sum(stock_15c) as stock from public.v_stock_actuel group by 1) s
      full join (select citerne_id, sum(delta_15c) as somme from public.v_mouvements_stock group by 1) m using (citerne_id)
     where coalesce(s.stock, 0) <> coalesce(m.somme, 0)`;
  assert.deepEqual([...stocks], [], "stock = Σ mouvements");
  const comptes = await sql`
    select c.id from public.clients c
     where coalesce((select sum(s.solde) from public.v_soldes_tiers s where s.client_id = c.id), 0)
           <> coalesce((select sum(r.debit - r.credit) from private.restes_clients r where r.client_id = c.id), 0)`;
  assert.deepEqual([...comptes], [], "each account is what is open of it");
  const trous = await sql`
    select f.depot_id, f.type from public.factures_client f where f.statut = 'EMISE'
     group by 1, 2, f.exercice having count(*) <> max(f.sequence)`;
  assert.deepEqual([...trous], [], "numbers are 1 to the last");
  await sql`select private.sceller_journal()`;
  assert.deepEqual(
    [...await sql`select * from private.controler_journal(null, null)`],
    [],
    "the log is intact",
  );
}

/** A base of its own, played on once. */
async function jouer(
  jeu: string,
): Promise<{ sql: postgres.Sql; compte: Faite; projet: Projet; env: Record<string, string> }> {
  const nom = `demo_${jeu}`;
  const { dbUrl, env } = await environnement("staging", nom);
  const base = connect(asSuperuser(nom)) as postgres.Sql;
  // What a STAGING has beside the six: a tank to try on, first by its name and too small for what is played.
  await base`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale) values (${DEPOT}, ${GASOIL}, 'CUVE ESSAI', 60000)`;
  const { code, compte } = await demander(jeu, "staging", env);
  assert.equal(code, 0, JSON.stringify(compte));
  console.log(`demo:donnees ${jeu} : ${compte.duree_ms} ms`);
  const sql = connect(dbUrl);
  await exigerSaine(sql);
  return { sql, compte: compte.resultat, projet: { nom, url: dbUrl, base }, env };
}

const un = async <T>(requete: Promise<readonly postgres.Row[]>) => (await requete)[0] as T;

test("base has a document of each kind, and a second time is refused with nothing changed", async () => {
  const { sql, compte, projet, env } = await jouer("base");
  const vides = Object.entries(compte.lignes).filter(([quoi, n]) => n === 0 && !SANS_DOCUMENT.includes(quoi));
  assert.deepEqual(vides, []);
  const avant = await empreinte(projet);
  const encore = await demander("base", "staging", env);
  assert.deepEqual([encore.code, encore.compte.code], [2, "DEMO_DEJA_FAITE"]);
  assert.match(encore.compte.erreur!, /est dans cette base depuis le/);
  assert.equal(await empreinte(projet), avant);
  await projet.base.end();
  await sql.end();
});

test("commerce is a month with a truck in litigation and a client who does not pay", async () => {
  const { sql, projet } = await jouer("commerce");
  const { jours, litiges, disputees } = await un<{ jours: number; litiges: number; disputees: number }>(sql`
    select (select max(date_jour) - min(date_jour) from public.sorties_produit) as jours,
           (select count(*)::int from public.ecarts where statut = 'LITIGE') as litiges,
           (select count(*)::int from public.fournisseur_facture_lot_min where statut = 'LITIGE') as disputees`);
  assert.ok(jours >= 19, `${jours} jours de ventes`);
  assert.deepEqual([litiges, disputees], [1, 1]);
  const mauvais = await un<{ suspendu: boolean; du: string; rejetes: number }>(sql`
    select c.suspendu, sum(r.debit) as du,
           (select count(*)::int from public.encaissements e where e.client_id = c.client_id and e.mode = 'CHEQUE'
               and e.statut = 'ANNULE') as rejetes
      from public.clients_conditions c join private.restes_clients r on r.client_id = c.client_id
     where r.echeance <= private.jour_local('Africa/Lubumbashi', now()) and r.debit > 0
     group by c.client_id`);
  assert.deepEqual([mauvais.suspendu, mauvais.rejetes, Number(mauvais.du) > 0], [true, 1, true]);
  await projet.base.end();
  await sql.end();
});

test("analyse is a year of two depots and three partners", async () => {
  const { sql, projet } = await jouer("analyse");
  const dit = await un<Record<string, number>>(sql`
    select count(distinct s.depot_id)::int as depots, count(distinct date_trunc('month', s.date_jour))::int as mois,
           count(distinct s.partenaire_id) filter (where s.proprietaire_type = 'PARTENAIRE')::int as partenaires
      from public.sorties_produit s`);
  assert.deepEqual([dit.depots, dit.partenaires], [2, 3]);
  assert.ok(dit.mois! >= 12, `${dit.mois} mois`);
  await projet.base.end();
  await sql.end();
});

test("a set that meets a refusal midway leaves nothing", async () => {
  const { dbUrl, env } = await environnement("staging", "demo_refus");
  const sql = connect(dbUrl);
  // Every tank has served: none may still declare an opening stock.
  await sql`update public.citernes set statut = 'maintenance' where nom = 'TANK1'`;
  await sql`update public.depots set code = null`;
  const projet = { nom: "demo_refus", url: dbUrl, base: connect(asSuperuser("demo_refus")) as postgres.Sql };
  const avant = await empreinte(projet);
  const { code, compte } = await demander("base", "staging", env);
  assert.equal(code, 1);
  assert.match(compte.erreur!, /DEPOT_SANS_CODE.*la base est comme avant/);
  assert.equal(await empreinte(projet), avant);
  await projet.base.end();
  await sql.end();
});

test("PROD is refused, by its name and by what the database says it is", async () => {
  const { dbUrl, env } = await environnement("prod", "demo_prod");
  for (const vers of ["prod", "local"]) {
    const { code, compte } = await demander("base", vers, { ...env, DATABASE_URL: dbUrl });
    assert.deepEqual([code, compte.code], [2, "ENV_INTERDIT"], vers);
  }
  const sql = connect(dbUrl);
  const [{ lignes }] = await sql<[{ lignes: number }]>`
    select sum(lignes)::int as lignes from private.compter_mouvements()`;
  assert.equal(lignes, 0);
  await sql.end();
});
