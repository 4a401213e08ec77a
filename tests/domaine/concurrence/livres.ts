// The database's own books, set beside the model's.
import assert from "node:assert/strict";
import type postgres from "postgres";
import { claims, type Depot, litres } from "./depot.ts";
import { cleCompte, type Modele, type Quantite } from "./modele.ts";
import type { Operation } from "./operations.ts";

/** The day each correction counted from: today's, and midnight may pass during a test. */
export async function joursDAjustement(sql: postgres.Sql, depot: Depot): Promise<(op: Operation) => string> {
  const rows = await sql`
    select case when compensation then mouvement_id else id end as cle, date_jour::text
      from public.stocks_adjustments where depot_id = ${depot.id}`;
  const jours = new Map(rows.map((row) => [row.cle, row.date_jour]));
  return (op) => jours.get(op.genre === "compensation" ? op.mouvement : op.id)!;
}

/** Says the few that differ instead of thousands that do not. */
function memes(quoi: string, trouve: string[], attendu: string[]): void {
  const compter = (liste: string[]) =>
    liste.reduce((n, x) => n.set(x, 1 + (n.get(x) ?? 0)), new Map<string, number>());
  const [a, b] = [compter(trouve), compter(attendu)];
  const differents = [...new Set([...trouve, ...attendu])].filter((x) => a.get(x) !== b.get(x));
  assert.deepEqual(
    differents.map((x) => `${x} : ${a.get(x) ?? 0} fois, attendu ${b.get(x) ?? 0}`),
    [],
    quoi,
  );
}

const dire = (cle: string, jour: string, { ambiant, a15 }: Quantite) =>
  `${cle} ${jour} ${litres(ambiant)} ${litres(a15)}`;

/** Stock, days, documents and log of this depot are those of the model, and the ledger is sound by its own account. */
export async function comparer(sql: postgres.Sql, depot: Depot, modele: Modele): Promise<void> {
  const cle = (row: postgres.Row) => cleCompte(depot.citernes.indexOf(row.citerne_id), row.proprietaire_type);
  const ids = (rows: postgres.RowList<postgres.Row[]>) => rows.map((row) => row.id as string);

  const stocks = await sql`select * from public.stocks_snapshot where depot_id = ${depot.id}`;
  memes(
    "stock",
    stocks.map((s) =>
      [cle(s), s.stock_ambiant, s.stock_15c, s.delta_ambiant_total, s.delta_15c_total].join(" ")
    ),
    [...modele.comptes].map(([c, { stock, ajuste }]) =>
      [c, ...[stock.ambiant, stock.a15, ajuste.ambiant, ajuste.a15].map(litres)].join(" ")
    ),
  );
  assert.deepEqual(stocks.filter((s) => Number(s.stock_ambiant) < 0 || Number(s.stock_15c) < 0), []);

  const jours =
    await sql`select *, date_jour::text as jour from public.stocks_journaliers where depot_id = ${depot.id}`;
  memes(
    "journal",
    jours.map((j) => [cle(j), j.jour, j.stock_ambiant, j.stock_15c].join(" ")),
    [...modele.comptes.keys()].flatMap((c) => modele.jours(c).map(([jour, stock]) => dire(c, jour, stock))),
  );
  assert.deepEqual(jours.filter((j) => Number(j.stock_ambiant) < 0 || Number(j.stock_15c) < 0), []);

  memes(
    "réceptions",
    ids(await sql`select cours_de_route_id as id from public.receptions where depot_id = ${depot.id}`),
    [...modele.camions].filter(([, statut]) => statut === "DECHARGE").map(([id]) => id),
  );
  memes(
    "cours de route",
    ids(
      await sql`
      select id || ' ' || statut as id from public.cours_de_route where depot_destination_id = ${depot.id}`,
    ),
    [...modele.camions].map(([id, statut]) => `${id} ${statut}`),
  );
  memes(
    "sorties",
    ids(await sql`select id || ' ' || statut as id from public.sorties_produit where depot_id = ${depot.id}`),
    [...modele.brouillons].map(([id, { statut }]) => `${id} ${statut}`),
  );
  memes(
    "ajustements",
    ids(
      await sql`
      select concat_ws(' ', mouvement_id, compensation::text, delta_ambiant, delta_15c) as id
        from public.stocks_adjustments where depot_id = ${depot.id}`,
    ),
    modele.ajustements,
  );
  memes(
    "transferts",
    ids(await sql`select id from public.transferts where depot_id = ${depot.id}`),
    modele.transferts,
  );
  memes(
    "journal des actes",
    ids(
      await sql`
      select concat_ws(' ', action, cible_id) as id from public.log_actions
       where depot_id = ${depot.id} and action not in ('CDR_CREE', 'CDR_STATUT')
         -- Reference data, and what the stack's own minute says of the depot, are no act of these people.
         and module not in ('depots', 'citernes', 'alertes')`,
    ),
    modele.journal,
  );

  // The project's own proof, as the admin of this depot would ask for it.
  const problemes = await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${claims(depot, "admin")}, true),
                    set_config('role', 'authenticated', true)`;
    return await tx`select * from public.verifier_stocks() where citerne_id = any (${depot.citernes}::uuid[])`;
  });
  assert.deepEqual([...problemes], []);

  // A6: while only rules write, no tank is below nothing, nor above what it holds.
  const bornes = await sql`
    select f.check_code, f.payload from private.controles_citernes() f
     where f.check_code in ('STOCK_NEGATIF', 'STOCK_OVER_CAPACITY') and f.entity_id = any (${depot.citernes}::uuid[])`;
  assert.deepEqual([...bornes], []);
}
