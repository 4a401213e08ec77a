// What a depot's morning meeting reads of the day before: how the tanks stand, what waits, what is late, in words.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { mode } from "../../../supabase/functions/_shared/papier/dire.ts";
import { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { monde, sql, test } from "../../support/monde.ts";
import { sansSuite } from "../../support/sans_suite.ts";

type Tx = postgres.TransactionSql;
type Citernes = [string, string];

/** To the microsecond: of a moment the driver itself keeps the milliseconds. */
async function tirer(tx: Tx, depot: string, jour: string | null = null, connuA: string | null = null) {
  const [{ rapport }] = await tx<[{ rapport: unknown }]>`
    select private.rapport('journalier', ${depot}, ${jour}, null, ${connuA}::text::timestamptz) as rapport`;
  const lu = Rapport.parse(rapport);
  return { entete: lu.entete, lignes: (cle: string) => lu.sections.find((une) => une.cle === cle)?.lignes };
}

async function enTantQueAdmin(tx: Tx) {
  const m = await monde();
  const [{ admin }] = await tx<[{ admin: string }]>`
    insert into auth.users (id, email, aud, role)
    values (gen_random_uuid(), gen_random_uuid() || '@test.monaluxe.test', 'authenticated', 'authenticated')
    returning id as admin`;
  await tx`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
  await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin, aal: "aal2" })}, true)`;
  return {
    depot: m.depot,
    client: m.client,
    produit: m.produit,
    citernes: m.citernes as unknown as Citernes,
  };
}

/** The codes that a column may hold, or that a view says of its rows. */
const CODES = [
  ...["encaissements.mode", "prises_de_hauteur.type", "cours_de_route.statut", "ecritures_tiers.type"],
  ...["ecarts.domaine", "ecarts.type", "ecarts.reference_type", "ecarts.cause", "ecarts.decision"],
  ...[
    "ecarts.statut",
    "factures_client.type",
    "factures_client_lignes.nature",
    "factures_client_lignes.base",
  ],
  "chargements.base",
];

test("no report says a code: each that its tables may hold has its French word, and papers say the same", async () => {
  const cherches: string[] = [...CODES, "v_mouvements_stock", "proprietaire", "niveau"];
  const dits = await sql<{ de: string; code: string; mot: string }[]>`
    with codes as (
      select c.conrelid::regclass::text || '.' || a.attname as de, x.m[1] as code
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and c.conkey = array[a.attnum]
       cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([A-Z][A-Z0-9_]+)''', 'g') x (m)
       where c.contype = 'c' and c.connamespace = 'public'::regnamespace
      union
      -- Of a table that asks its rows itself: the lists of its trigger.
      select t.tgrelid::regclass::text || '.' || l.m[1], x.m[1]
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       cross join (values ('new\\.(\\w+) not in \\(([^)]+)\\)'), ('case new\\.(\\w+)((\\s+when ''\\w+'' then [^'']+)+)'))
         as liste (forme)
       cross join lateral regexp_matches(p.prosrc, liste.forme, 'g') l (m)
       cross join lateral regexp_matches(l.m[2], '''([A-Z][A-Z0-9_]+)''', 'g') x (m)
       where t.tgname like '%\\_garder' and p.pronamespace = 'private'::regnamespace
      union
      select 'v_mouvements_stock', x.m[1]
        from regexp_matches(pg_get_viewdef('public.v_mouvements_stock'), '''([A-Z_]+)''::text AS mouvement_type', 'g') x (m)
      union select 'proprietaire', unnest('{MONALUXE,PARTENAIRE}'::text[])
      union select 'niveau', unnest('{AU_DESSUS,AU_DESSOUS,CRITIQUE}'::text[])
    )
    select c.de, c.code, private.mot(c.code) as mot from codes c
     where c.de in ${sql(cherches)}`;
  const trouves = new Set(dits.map(({ de }) => de));
  assert.deepEqual(CODES.filter((de) => !trouves.has(de)), [], "a column whose codes are not found");
  assert.deepEqual(dits.filter(({ code, mot }) => mot === code), []);
  assert.ok(dits.some(({ code }) => code === "STOCK_INITIAL"));
  for (const { de, code, mot } of dits.filter(({ de }) => de === "encaissements.mode")) {
    assert.equal(mode({ mode: code, operateur_mobile: null }), mot, de);
  }
});

test("an opening stock is no adjustment, and a tank is said as full, as free and as safe as it is", async () => {
  await sansSuite(sql, async (tx) => {
    const { depot, citernes } = await enTantQueAdmin(tx);
    const [pleine, vide] = citernes;
    await tx`update public.citernes set capacite_totale = 10000, capacite_securite = 6000 where depot_id = ${depot}`;
    await tx`select public.declarer_stock_initial(${pleine}, 'MONALUXE', 6000, 5950, 'un inventaire')`;
    await tx`insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c, densite_a_15_kgm3)
             values (${pleine}, 6000, 25, 840)`;
    const rapport = await tirer(tx, depot);
    const [stock] = rapport.lignes("stock_15c")!;
    assert.deepEqual([stock!.initiaux, stock!.ajustements, stock!.cloture], [5950, 0, 5950]);
    const noms = await tx<{ id: string; nom: string }[]>`select id, nom from public.citernes`;
    const dite = (id: string) =>
      rapport.lignes("citernes")!.find(({ citerne }) => citerne === noms.find((une) => une.id === id)!.nom)!;
    const { citerne: _une, produit: _p, ...a } = dite(pleine);
    assert.deepEqual(a, {
      capacite: 10_000,
      stock: 6_000,
      remplissage: 60,
      place: 4_000,
      securite: 6_000,
      niveau: "Au-dessus",
      jaugee: "oui",
    });
    const { niveau, jaugee } = dite(vide);
    assert.deepEqual([niveau, jaugee], ["Critique", "non"]);
    const [{ sous }] = await tx<[{ sous: { nom: string }[] }]>`
      select public.kpi_jour(${depot}) -> 'citernes_sous_seuil' as sous`;
    assert.deepEqual(
      new Set(
        rapport.lignes("citernes")!.filter(({ niveau }) => niveau !== "Au-dessus").map(({ citerne }) =>
          citerne
        ),
      ),
      new Set(sous.map(({ nom }) => nom)),
      "the first page's own tanks",
    );
  });
});

test("what waits is said: drafts, deliveries that no invoice sells, what is late; as it was then, once it is done", async () => {
  await sansSuite(sql, async (tx) => {
    const { depot, client, produit, citernes: [citerne] } = await enTantQueAdmin(tx);
    await tx.unsafe(await Deno.readTextFile(new URL("../../support/vente.sql", import.meta.url)));
    await tx`select pg_temp.vente_conditions(${depot}, ${client}, ${produit})`;
    await tx`select public.declarer_stock_initial(${citerne}, 'MONALUXE', 5000, 5000, 'un inventaire')`;
    await tx`select pg_temp.vente_facture(${depot}, ${citerne}, ${client}, 'EMISE')`;
    await tx`select pg_temp.vente_sortie(${citerne}, ${client})`;
    const [{ id }] = await tx<[{ id: string }]>`
      insert into public.sorties_produit (citerne_id, produit_id, client_id, volume_ambiant, temperature_ambiante_c,
        created_by)
      values (${citerne}, ${produit}, ${client}, 7, 15, auth.uid()) returning id`;
    const avant = await tirer(tx, depot);
    assert.deepEqual(avant.lignes("brouillons")!.map(({ volume_ambiant }) => volume_ambiant), [7]);
    const [{ vues }] = await tx<[{ vues: number }]>`
      select count(*)::int as vues from public.v_sorties_a_facturer where depot_id = ${depot}`;
    assert.deepEqual(avant.lignes("a_facturer")!.map(({ nombre }) => nombre), [vues]);
    assert.deepEqual(avant.lignes("creances"), [], "nothing is late yet");
    const [{ tard }] = await tx<[{ tard: string }]>`
      select (max(date_echeance) + 1)::text as tard from public.factures_client where depot_id = ${depot}`;
    const [echue] = (await tirer(tx, depot, tard)).lignes("creances")!;
    assert.deepEqual([echue!.devise, echue!.clients, echue!.echu], ["USD", 1, echue!.du]);

    await tx`update public.sorties_produit set volume_ambiant = 8 where id = ${id}`;
    await tx`select public.rejeter_sortie(${id}, 'une erreur de client')`;
    assert.deepEqual((await tirer(tx, depot)).lignes("brouillons"), []);
    const alors = await tirer(tx, depot, avant.entete.du, avant.entete.connu_a);
    assert.deepEqual(alors.lignes("brouillons"), avant.lignes("brouillons"));
    assert.equal(alors.entete.sha256, avant.entete.sha256);
  });
});
