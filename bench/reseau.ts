// Head office: what a day of a depot costs its line, and how fast it is caught up.
import type postgres from "postgres";
import { claims, type Depot, faireArriver, ouvrirDepot } from "../tests/domaine/concurrence/depot.ts";
import { makeGrappe } from "../tests/support/grappe.ts";
import { ouvrirBase, ouvrirServeur } from "../tests/support/reseau.ts";
import { runWithin } from "../tests/support/execution.ts";
import { positionActuelle } from "../ops/exploitation/siege/replication.ts";
import { temporaryDataDir } from "../ops/pile/throwaway.ts";
import { lancer } from "../ops/programme.ts";
import { type Banc, type Chapitre, entier } from "./mesure.ts";

const PAR_DEFAUT = 2_000;
/** A truck in and so many sorties, one a transaction, made in the server: what is measured is what they leave. */
async function journee(sql: postgres.Sql, depot: Depot, sorties: number): Promise<void> {
  const camion = crypto.randomUUID();
  await faireArriver(sql, depot, [camion]);
  const reclamer = JSON.stringify(JSON.parse(claims(depot, "admin")));
  await sql.unsafe(`
    do $$ begin
      perform set_config('request.jwt.claims', '${reclamer}', true);
      insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
      values (15, '${camion}', '${depot.citernes[0]}', 30000);
    end $$`);
  // By itself: a block among others could not commit.
  await sql.unsafe(`
    do $$ begin
      for n in 1 .. ${sorties} loop
        perform set_config('request.jwt.claims', '${reclamer}', true);
        perform public.creer_et_valider_sortie(jsonb_build_object('citerne_id', '${
    depot.citernes[0]
  }', 'client_id',
          '${depot.client}', 'volume_ambiant', 1, 'temperature_ambiante_c', 15));
        commit;
      end loop;
    end $$`);
  await sql`select private.sceller_journal()`;
}

async function recu(sql: postgres.Sql): Promise<void> {
  const lsn = await positionActuelle(sql);
  for (;;) {
    const [{ fait }] = await sql<[{ fait: boolean }]>`
      select coalesce(bool_and(confirmed_flush_lsn >= ${lsn}::pg_lsn), false) as fait
        from pg_replication_slots where slot_name = 'depot_aaa'`;
    if (fait) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function mesurer(banc: Pick<Banc, "arguments">): Promise<Chapitre[]> {
  const sorties = Number(banc.arguments[0] ?? PAR_DEFAUT);
  const tournee = await temporaryDataDir("monaluxe-banc-");
  await makeGrappe(tournee);
  const [office, x] = await Promise.all([ouvrirServeur({ tournee }), ouvrirServeur({ tournee })]);
  await Deno.remove(tournee, { recursive: true });
  const adresses: Record<string, string> = {
    SIEGE_DB_URL: await office.creer("siege", "vierge"),
    REFERENCE_DB_URL: await x.creer("reference", "declare"),
    DEPOT_AAA_DB_URL: await x.creer("aaa", "declare"),
  };
  const [siege, sql] = [ouvrirBase(adresses.SIEGE_DB_URL!), ouvrirBase(adresses.DEPOT_AAA_DB_URL!)];
  try {
    const reference = ouvrirBase(adresses.REFERENCE_DB_URL!);
    await reference`insert into public.app_settings (key, value) values ('env', 'local')`;
    await reference.end();
    await sql`insert into public.app_settings (key, value) values ('env', 'local')`;
    const depot = await ouvrirDepot(sql);
    for (const mots of [["siege:preparer"], ["siege:rattacher", "AAA"]]) {
      const { code, stdout, stderr } = await runWithin(adresses, () => lancer(mots));
      if (code) throw new Error(stdout + stderr);
    }
    // The first pages of every index are made once.
    await journee(sql, depot, 200);
    await recu(sql);
    await siege`alter subscription depot_aaa disable`;
    const lire = async (base: postgres.Sql) =>
      (await base<[{ octets: string; lignes: string }]>`
        select pg_database_size(current_database()) as octets,
               (select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables) as lignes`)[0];
    const wal = async (depuis: string) =>
      Number((await sql<[{ n: string }]>`select pg_wal_lsn_diff(pg_current_wal_lsn(), ${depuis}) as n`)[0].n);
    const lsn = await positionActuelle(sql);
    const avant = await lire(sql);
    const debut = performance.now();
    await journee(sql, depot, sorties);
    const travail = (performance.now() - debut) / 1000;
    await sql`select pg_stat_force_next_flush()`;
    const apres = await lire(sql);
    const octetsWal = await wal(lsn);
    const [{ decode }] = await sql<[{ decode: string }]>`
      select sum(length(data)) as decode from pg_logical_slot_peek_binary_changes('depot_aaa', null, null,
        'proto_version', '4', 'publication_names', 'siege_depot')`;
    await siege`alter subscription depot_aaa enable`;
    const reprise = performance.now();
    await recu(sql);
    const rattrapage = (performance.now() - reprise) / 1000;
    const lignes = Number(apres.lignes) - Number(avant.lignes);
    const octets = Number(apres.octets) - Number(avant.octets);
    return [{
      titre: "Head office: a day without a line",
      sens:
        "One depot's database on one server, the consolidated one on another, both here. The subscription is stopped, " +
        "the depot does its day (a truck, then sorties in one call, a transaction each), the subscription starts again: " +
        "until the slot has confirmed everything. Bytes are those of the depot's database, log and indexes in them.",
      entetes: ["measure", "value"],
      lignes: [
        ["movements of the day", entier(sorties)],
        ["the depot's work, line cut", `${travail.toFixed(1)} s`],
        ["rows written a movement", (lignes / sorties).toFixed(1)],
        ["disk a movement", `${entier(octets / sorties)} bytes`],
        ["WAL a movement", `${entier(octetsWal / sorties)} bytes`],
        ["sent over the line a movement", `${entier(Number(decode) / sorties)} bytes`],
        ["catch-up", `${rattrapage.toFixed(1)} s`],
        ["movements caught up a second", entier(sorties / rattrapage)],
        ["rows caught up a second", entier(lignes / rattrapage)],
      ],
    }];
  } finally {
    await Promise.all([siege.end(), sql.end()]);
    await Promise.all([office.fermer(), x.fermer()]);
  }
}
