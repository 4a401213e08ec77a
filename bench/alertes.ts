// One pass of the alerts over a depot's history, short and long: it must not grow with what lies behind.
import type postgres from "postgres";
import { nouvelleBase } from "./depot.ts";
import { ecrireHistoire } from "./histoire.ts";
import { type Banc, type Chapitre, dureeMediane, entier, fois, ms, ouvrir } from "./mesure.ts";

const TAILLES = [10_000, 2_000_000];
const TOURS = 9;

async function passer(url: string): Promise<number> {
  const sql = ouvrir(url);
  // The first one reads everything once, opens what there is, and is no pass of every minute.
  await sql`select private.surveiller()`;
  const passe = await dureeMediane(TOURS, () => sql`select public.sync_system_alerts_from_integrity()`);
  await sql.end();
  return passe;
}

/** As a depot's log is: history sealed yesterday, and since then one pass a minute over what was new. */
async function scellerAChaqueMinute(sql: postgres.Sql): Promise<void> {
  await sql`select private.sceller_journal()`;
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update private.blocs_journal set scelle_le = scelle_le - interval '1 day'`;
    await tx`update public.log_actions set created_at = created_at - interval '1 day' where created_at > now() - interval '1 day'`;
  });
  for (let minute = 0; minute < 3; minute++) {
    await sql`select private.journaliser('BANC', 'banc', 'INFO', null, null, '{}')`;
    await sql`select private.sceller_journal()`;
  }
}

/** What each source of a minute's checks takes: which of them reads history shows here. */
async function parSource(url: string): Promise<Map<string, number>> {
  const sql = ouvrir(url);
  const sources = await sql<{ source: string }[]>`
    select distinct source from private.controles where actif and rythme = 'MINUTE' order by 1`;
  const durees = new Map<string, number>();
  for (const { source } of sources) {
    durees.set(
      source,
      await dureeMediane(TOURS, () => sql`select count(*) from ${sql(`private.${source}`)}()`),
    );
  }
  await sql.end();
  return durees;
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : TAILLES;
  const lignes: string[][] = [];
  const sources: Map<string, number>[] = [];
  let premiere: number | undefined;
  for (const mouvements of tailles) {
    const base = await nouvelleBase(banc, `alertes_${mouvements}`);
    await ecrireHistoire(base.superuserUrl, base.gens.admin, mouvements);
    const sql = ouvrir(base.superuserUrl);
    await scellerAChaqueMinute(sql);
    await sql`vacuum analyze`;
    // The night's proof is another figure: here it has run.
    await sql`insert into private.passages (nom, le, duree) values ('nuit', now(), '0') on conflict do nothing`;
    await sql.end();
    const median = await passer(base.url);
    premiere ??= median;
    sources.push(await parSource(base.url));
    lignes.push([entier(mouvements), ms(median), fois(median / premiere)]);
  }
  return [{
    titre: "One pass of the alerts",
    sens: "`sync_system_alerts_from_integrity()` on a database with nothing new, median of " + TOURS +
      ". Aim: under a second, flat with history. The log is sealed to the last minute, as a depot's is.",
    entetes: ["movements behind", "ms", "against the first"],
    lignes,
  }, {
    titre: "One pass of the alerts, source by source",
    sens: "Milliseconds of each function that answers the facts of every minute, median of " + TOURS +
      ". One that grows with history is the one to mend.",
    entetes: ["source", ...tailles.map((taille) => `${entier(taille)} movements`), "last against the first"],
    lignes: [...sources[0]!.keys()].map((source) => [
      source,
      ...sources.map((durees) => ms(durees.get(source)!)),
      fois(sources.at(-1)!.get(source)! / sources[0]!.get(source)!),
    ]),
  }];
}
