// Which tables embed which: as hosted PostgREST, for every pair, and for each embed the app asks for.
import assert from "node:assert/strict";
import { createApi } from "../../../ops/pile/api.ts";
import { relations, type Schema } from "../../../ops/pile/embeds.ts";
import { connect } from "../../../ops/commun/connection.ts";
import { emptyProject } from "../../support/base.ts";
import { sql, status, test } from "../../support/monde.ts";

type Demander = (chemin: string) => Promise<{ statut: number; code?: string }>;

const enTetes = { apikey: status.SERVICE_ROLE_KEY, authorization: `Bearer ${status.SERVICE_ROLE_KEY}` };
const lire = async (answer: Response) => {
  const corps = await answer.json();
  return { statut: answer.status, ...(corps.code && { code: corps.code as string }) };
};
const parHttp: Demander = async (chemin) =>
  lire(await fetch(`${status.API_URL}/rest/v1/${chemin}`, { headers: enTetes }));

/**
 * From the catalogue, in PostgREST's own words: direct keys both ways, and junctions whose primary key holds both. Each part
 * is read once: whatever the server believes of the size of its catalogue, keys are not looked for anew for every pair.
 */
const RELATIONS = `
  with cles as materialized (
    select k.oid, k.conrelid, k.confrelid, k.conkey from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace),
  liens as materialized (
    select conrelid as a, confrelid as b from cles
    union all select confrelid, conrelid from cles
    union all
    select x.confrelid, y.confrelid from cles x join cles y on y.conrelid = x.conrelid and y.oid <> x.oid
      join pg_constraint p on p.conrelid = x.conrelid and p.contype = 'p' and x.conkey <@ p.conkey and y.conkey <@ p.conkey)
  select a.relname as de, b.relname as vers, count(l.a)::int as liens
    from pg_class a cross join pg_class b left join liens l on l.a = a.oid and l.b = b.oid
   where a.relkind = 'r' and b.relkind = 'r' and a.oid <> b.oid
     and a.relnamespace = 'public'::regnamespace and b.relnamespace = 'public'::regnamespace
   group by 1, 2`;

const attendu = (liens: number) =>
  liens === 1
    ? { statut: 200 }
    : liens
    ? { statut: 300, code: "PGRST201" }
    : { statut: 400, code: "PGRST200" };

async function verifier(paires: { de: string; vers: string; liens: number }[], demander: Demander) {
  assert.ok(paires.some(({ liens }) => liens === 1) && paires.some(({ liens }) => liens === 0));
  await Promise.all(paires.map(async ({ de, vers, liens }) => {
    for (const hint of ["", "!inner"]) {
      const chemin = `${de}?select=*,${vers}${hint}(*)&limit=0`;
      assert.deepEqual(await demander(chemin), attendu(liens), chemin);
    }
  }));
}

test("of our tables, each pair embeds as hosted PostgREST would have it", async () => {
  const paires = await sql<{ de: string; vers: string; liens: number }[]>`${sql.unsafe(RELATIONS)}`;
  const api = createApi(status.DB_URL, status.JWT_SECRET);
  const schema = await api.connection.introspect({ useCache: true }) as Schema;
  await api.connection.close();
  for (const { de, vers, liens } of paires) {
    assert.equal(relations(schema, de, vers).length, liens, `${de}, ${vers}`);
  }
  // What is found is what is answered: of each pair that is linked; and of each table with one that a third refers to as
  // well, where the local REST used to differ.
  const [reliees, autres] = [paires.filter(({ liens }) => liens), paires.filter(({ liens }) => !liens)];
  const referent = Map.groupBy(reliees, ({ vers }) => vers);
  const communes = autres.filter(({ de, vers }) =>
    referent.get(de)?.some((une) => referent.get(vers)?.some((autre) => autre.de === une.de))
  );
  const uneParTable = Map.groupBy(communes, ({ de }) => de).values().map(([premiere]) => premiere!);
  await verifier([...reliees, ...uneParTable], parHttp);
});

test("junctions, pairs with two keys, keys of two columns and tables that share a third embed as hosted", async () => {
  const url = await emptyProject(`embeds_${crypto.randomUUID().slice(0, 8)}`);
  const base = connect(url);
  await base.unsafe(`
    create table depots_a (id int primary key);
    create table clients_a (id int primary key);
    -- A junction, though it has a column of its own; and one that is none, its key being another.
    create table contrats (depot_id int references depots_a, client_id int references clients_a, note text,
                           primary key (depot_id, client_id));
    create table visites (id int primary key, depot_id int references depots_a, client_id int references clients_a);
    create table citernes_a (id int primary key, depot_id int references depots_a, depot_voisin_id int references depots_a);
    create table lots_a (annee int, rang int, primary key (annee, rang));
    create table camions_a (id int primary key, annee int, rang int, client_id int references clients_a,
                            foreign key (annee, rang) references lots_a);
    create table trajets_a (camion_id int references camions_a, annee int, rang int,
                            foreign key (annee, rang) references lots_a, primary key (camion_id, annee, rang));
    grant select on all tables in schema public to service_role;`);
  const paires = await base.unsafe(RELATIONS) as unknown as { de: string; vers: string; liens: number }[];
  await base.end();
  const api = createApi(url, status.JWT_SECRET);
  await api.init();
  try {
    await verifier(paires, async (chemin) =>
      lire(
        await api.fetch(new Request(`http://essai/rest/v1/${chemin}`, { headers: enTetes }), {
          peerAddress: null,
        }),
      ));
  } finally {
    await api.connection.close();
  }
});

test("an embed in another, an alias, a spread and a column's name find their way", async () => {
  for (
    const chemin of [
      "citernes?select=nom,depots(nom)",
      "citernes?select=nom,lieu:depots!inner(nom)&lieu.nom=not.is.null",
      "citernes?select=nom,...depots(depot:nom)",
      "cours_de_route?select=id,fournisseur_lot(reference,fournisseurs(nom),produits(nom))",
      "sorties_produit?select=id,produits:produit_id(nom),client:client_id(nom)",
      "receptions?select=id,produits:produit_id(nom)",
      "receptions?select=id,citernes!receptions_citerne_id_fkey(nom,depots(nom))",
      "depots?select=nom,citernes(nom,produits(nom))",
    ]
  ) assert.equal((await parHttp(`${chemin}&limit=1`)).statut, 200, chemin);
});

test("a column names a key only where it is the whole of one, as hosted PostgREST has it", async () => {
  assert.deepEqual(await parHttp("receptions?select=id,citernes:citerne_id(nom)"), {
    statut: 400,
    code: "PGRST200",
  });
});
