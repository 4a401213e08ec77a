/**
 * Rows per second of astm.calculer_15c on one core, beside an empty function of the same signature and the TypeScript
 * twin, in one run: absolute figures are this machine's, ratios travel.
 *
 *   npm run bench -- astm [rows, 1000000 unless told]
 *
 * Where the time goes (perf, 1980): two thirds in evaluating some 130 float operations, each a call; a quarter in handing
 * a row from one step to the next; 1 % in exp. What was tried, group B as a constant, 300 000 rows, µs a row:
 *
 *   4.2  PL/pgSQL returning a table, with set search_path (4.0 without): a tuplestore and 20 statements a row
 *   3.6  PL/pgSQL returning a composite, wrapped in an SQL function that PostgreSQL inlines
 *   2.5  one SQL query of steps, formulas inlined, three Newton steps always
 *   2.3  the same, the third step only where needed, fewer columns carried, no Append where the method is a constant
 *
 * An operation costs 8 to 10 ns, a PL/pgSQL statement 40 ns more, a step of the query about
 * as much as six operations. The standard's own fixed point needs more rounds than Newton, and hot, between 770 and
 * 787.5 kg/m³, never ends. Called from PL/pgSQL, one row at a time, a call costs some 35 µs (starting a query); in a
 * select list, where PostgreSQL does not inline it, 100 µs: join it laterally.
 */
import { calculer15c, type Demande, type Methode } from "../tests/domaine/astm/moteur.ts";
import type postgres from "postgres";
import { type Banc, type Chapitre, entier, fois, ouvrir } from "./mesure.ts";

const ROUNDS = 3;
const METHODS: Methode[] = ["MPMS_11_1_1980", "MPMS_11_1_2004"];

/** Seconds of the fastest of a few rounds: the others were disturbed. */
async function fastest(run: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    await run();
    best = Math.min(best, (performance.now() - began) / 1000);
  }
  return best;
}

const SIGNATURE = `(groupe text, densite_observee_kgm3 float8, temperature_echantillon_c float8,
    temperature_produit_c float8, volume_observe_l float8, methode text default 'MPMS_11_1_1980',
    correction_verre boolean default true, pression_kpa float8 default 0, arrondir boolean default true)
  returns table (densite_15c_kgm3 float8, vcf float8, volume_15c_l float8)
  language plpgsql immutable parallel safe rows 1`;

/** A gauge table of a point a centimetre, and every row's dip through it: heights, water, shell, factor, sediment. */
async function dips(sql: postgres.Sql): Promise<() => Promise<unknown>> {
  const bareme = crypto.randomUUID();
  // Its tank matters to no formula: the keys that ask for one are left aside, in a database that is thrown away.
  await sql.unsafe(`
    set session_replication_role = replica;
    insert into public.baremes_points (bareme_id, hauteur_mm, volume_l, depot_id)
      select '${bareme}', h * 10, h * 1000, '${bareme}' from generate_series(0, 1200) h;
    set session_replication_role = origin;
    analyze public.baremes_points;`);
  return () =>
    sql.unsafe(`select count(*), sum(j.volume_15c_l)
      from mesures m
     cross join lateral private.volume_au_bareme('${bareme}', (m.volume / 4)::numeric) t
     cross join lateral private.volume_au_bareme('${bareme}', 12) e
     cross join lateral astm.calculer_15c(m.groupe, m.densite, m.echantillon, m.produit, 1) c
     cross join lateral astm.jaugeage(t.volume_l::float8, e.volume_l::float8, astm.temperature_paroi(m.produit, 24), 20,
       0.0000112, null, null, c.densite_15c_kgm3, c.vcf, 0.05, true) j`);
}

export async function mesurer({ superuserUrl, arguments: [count] }: Banc): Promise<Chapitre[]> {
  const rows = Number(count ?? 1_000_000);
  const sql = ouvrir(superuserUrl);
  await sql.unsafe(`
    set max_parallel_workers_per_gather = 0;
    select setseed(0.15);
    create temporary table mesures as
      select g.groupe, r.rho * (1 - 0.0008 * (t.echantillon - 15)) as densite, t.echantillon, t.produit, t.volume
        from generate_series(1, ${rows}) as n,
             lateral (select (array['B','B','B','B','A','D'])[1 + floor(random() * 6 + 0 * n)::int] as groupe) g,
             lateral (select case g.groupe when 'B' then 690 + random() * 340 when 'A' then 680 + random() * 340
                                           else 840 + random() * 280 end as rho) r,
             lateral (select -10 + random() * 70 + 0 * n as echantillon, -10 + random() * 70 as produit,
                             1000 + random() * 40000 as volume) t;
    analyze mesures;
    create function pg_temp.vide${SIGNATURE} as 'begin return next; end';
    create function pg_temp.rien${SIGNATURE} as 'begin return; end';
  `);

  const call = (name: string, methode: string) =>
    sql.unsafe(`select count(*), sum(c.densite_15c_kgm3 + c.vcf + c.volume_15c_l)
      from mesures m, lateral ${name}(m.groupe, m.densite, m.echantillon, m.produit, m.volume, '${methode}') c`);

  const inputs = await sql.unsafe<Demande[]>(`select groupe, densite as densite_observee_kgm3,
      echantillon as temperature_echantillon_c, produit as temperature_produit_c, volume as volume_observe_l
    from mesures`);

  const scan = await fastest(() => sql`select sum(densite + echantillon + produit + volume) from mesures`);
  const empty = await fastest(() => call("pg_temp.vide", METHODS[0]!));
  const nothing = await fastest(() => call("pg_temp.rien", METHODS[0]!));

  const lignes: string[][] = [];
  const line = (name: string, seconds: number) =>
    lignes.push([
      name,
      entier(rows / seconds),
      (seconds / rows * 1e6).toFixed(2),
      fois(seconds / empty),
      fois(seconds / nothing),
    ]);
  line("reading the table only", scan);
  line("empty function, returns its row", empty);
  line("empty function, returns nothing", nothing);
  let sum = 0;
  for (const methode of METHODS) {
    line(`astm.calculer_15c ${methode}`, await fastest(() => call("astm.calculer_15c", methode)));
    const demandes = inputs.map((input) => ({ ...input, methode }));
    line(
      `TypeScript ${methode}`,
      await fastest(() => {
        for (const demande of demandes) sum += calculer15c(demande).volume_15c_l;
      }),
    );
  }
  line("a dip's whole chain (table, shell, 1980, NSV)", await fastest(await dips(sql)));
  await sql.end();
  if (!Number.isFinite(sum)) throw new Error("a volume was not a number");
  return [{
    titre: "Volumes at 15 °C",
    sens:
      `\`astm.calculer_15c\` over ${
        entier(rows)
      } rows, groups A, B and D, −10 to 60 °C, one connection, best of ` +
      `${ROUNDS}; beside a function of the same signature that does nothing, and the TypeScript twin. ` +
      "docs/volumetrie.md says what the engine does, bench/astm.ts where its time goes.",
    entetes: ["", "rows/s", "µs/row", "× empty", "× empty, no row"],
    lignes,
  }];
}
