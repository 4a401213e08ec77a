// Policies ask who the caller is once a statement, however many rows there are: read in PostgreSQL's own plans.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { monde, sql, test } from "../../support/monde.ts";
import { expliquer, type Noeud, noeuds } from "../../support/plans.ts";
import { sansSuite } from "../../support/sans_suite.ts";
import { RELATIONS } from "./matrice.ts";
import { nomComplet } from "./sql.ts";

const LIGNES = 100_000;

/**
 * Asks who the caller is: the functions of the policies, or what auth.uid() is once inlined. Four read by one key:
 * arrive_depuis a truck's log, facture_de_sortie a sortie's line, objet_vu and document_lie what a document is of.
 */
const DEMANDE =
  /private\.(?!(?:arrive_depuis|facture_de_sortie|objet_vu|document_lie)\()|auth\.|current_setting\(/;
/** A document is seen as what it is attached to, of any of twenty tables: that is asked document by document. */
const PAR_OBJET = /^v_documents(_objet)?$|^documents$/;

/** Conditions that ask it for each row: anything of a node but its output. */
const parLigne = (plan: Noeud, relation: string) =>
  noeuds(plan).flatMap((noeud) =>
    Object.entries(noeud)
      .filter(([cle, valeur]) => /Filter|Cond|Key/.test(cle) && DEMANDE.test(JSON.stringify(valeur)))
      .map(([cle, valeur]) => `${noeud["Node Type"]}, ${cle} : ${valeur}`)
      .concat(
        noeud["Parent Relationship"] === "SubPlan" && !PAR_OBJET.test(relation)
          ? `${noeud["Subplan Name"]}`
          : [],
      )
  );

const enTantQue = <T>(userId: string, travail: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> =>
  sansSuite(sql, async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: userId })}, true)`;
    return await travail(tx);
  });

const gerant = async (depot: string) => {
  const [{ id }] = await sql<[{ id: string }]>`
    select user_id as id from public.profils where role = 'gerant' and depot_id = ${depot}`;
  return id;
};

test("no policy asks who the caller is for each row, of any table or view, in reading, changing or deleting", async (t) => {
  const m = await monde();
  await m.personne("gerant");
  const id = await gerant(m.depot);
  for (const [nom, { ou, modifier, change, supprimer }] of Object.entries(RELATIONS)) {
    await t.step(nom, () =>
      enTantQue(id, async (tx) => {
        await tx`select set_config('role', 'authenticated', true)`;
        const table = nomComplet(nom);
        const colonne = Object.keys(change ?? ou)[0];
        const requetes = [`select count(*) from ${table}`];
        if (modifier.length) requetes.push(`update ${table} set ${colonne} = null`);
        if (supprimer.length) requetes.push(`delete from ${table}`);
        for (const requete of requetes) {
          assert.deepEqual(parLigne(await expliquer(tx, requete), nom), [], requete);
        }
      }));
  }
});

test(`among ${LIGNES} rows, half of them another depot's, who the caller is is asked once`, async (t) => {
  const [m, autre] = await Promise.all([monde(), monde()]);
  await Promise.all([m.recevoir(1_000), m.personne("gerant")]);
  const id = await gerant(m.depot);
  await enTantQue(id, async (tx) => {
    // As the server's own copies are written: no trigger runs. All of it is taken back.
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into public.stocks_journaliers (citerne_id, produit_id, proprietaire_type, depot_id, date_jour,
                                             stock_ambiant, stock_15c)
      select c.id, c.produit_id, 'MONALUXE', c.depot_id, date '1900-01-01' + n, 1, 1
        from public.citernes c, generate_series(1, ${LIGNES / 2}::int) n
       where c.id in (${m.citernes[1]}, ${autre.citernes[1]})`;
    await tx`set local session_replication_role = origin`;
    await tx`select set_config('role', 'authenticated', true)`;
    for (const table of ["stocks_journaliers", "stock_actuel"]) {
      await t.step(table, async () => {
        const plan = await expliquer(
          tx,
          `select * from public.${table}`,
          "analyze, timing off, summary off, verbose",
        );
        const tous = noeuds(plan);
        const lues = tous.reduce(
          (n, un) => n + Number(un["Rows Removed by Filter"] ?? 0) + Number(un["Actual Rows"]),
          0,
        );
        assert.ok(lues >= LIGNES / 2, `des lignes ont été lues : ${lues}`);
        const demandes = tous.filter(({ "Parent Relationship": lien }) => lien === "InitPlan");
        assert.ok(demandes.length > 0);
        for (const demande of demandes) assert.ok(demande["Actual Loops"]! <= 1, JSON.stringify(demande));
        assert.deepEqual(parLigne(plan, table), []);
        const [{ autres }] = await tx<[{ autres: number }]>`
          select count(*)::int as autres from ${
          tx(`public.${table}`)
        } where citerne_id <> all (${m.citernes})`;
        assert.equal(autres, 0);
      });
    }
  });
});
