// One pass of the alerts over a depot's history, short and long: it must not grow with what lies behind.
import { nouvelleBase } from "./depot.ts";
import { ecrireHistoire } from "./histoire.ts";
import { type Banc, type Chapitre, duree, entier, fois, mediane, ms, ouvrir } from "./mesure.ts";

const TAILLES = [10_000, 2_000_000];
const TOURS = 9;

async function passer(url: string): Promise<number> {
  const sql = ouvrir(url);
  // The first one reads everything once, opens what there is, and is no pass of every minute.
  await sql`select private.surveiller()`;
  const mesures: number[] = [];
  for (let tour = 0; tour < TOURS; tour++) {
    mesures.push(await duree(() => sql`select public.sync_system_alerts_from_integrity()`));
  }
  await sql.end();
  return mediane(mesures);
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : TAILLES;
  const lignes: string[][] = [];
  let premiere: number | undefined;
  for (const mouvements of tailles) {
    const base = await nouvelleBase(banc, `alertes_${mouvements}`);
    await ecrireHistoire(base.superuserUrl, base.gens.admin, mouvements);
    const sql = ouvrir(base.superuserUrl);
    // As a depot's log is: sealed to the last minute.
    await sql`select private.sceller_journal()`;
    await sql`vacuum analyze`;
    // The night's proof is another figure: here it has run.
    await sql`insert into private.passages (nom, le, duree) values ('nuit', now(), '0') on conflict do nothing`;
    await sql.end();
    const median = await passer(base.url);
    premiere ??= median;
    lignes.push([entier(mouvements), ms(median), fois(median / premiere)]);
  }
  return [{
    titre: "One pass of the alerts",
    sens: "`sync_system_alerts_from_integrity()` on a database with nothing new, median of " + TOURS +
      ". Aim: under a second, flat with history. The log was sealed in one pass here, whose blocks are all read again to tell " +
      "which lines wait: a depot's, sealed each minute, has few.",
    entetes: ["movements behind", "ms", "against the first"],
    lignes,
  }];
}
