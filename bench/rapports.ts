// What each report costs as the history before it grows: the same days, so many movements a day, whatever lies before them.
import { fabriquerBases, jour } from "./bases.ts";
import { type Banc, type Chapitre, commePersonne, entier, fois, mediane, ms } from "./mesure.ts";

const TAILLES = [1_000, 100_000, 2_000_000];
const PAR_JOUR = 30;
const TOURS = 25;

const RAPPORTS = [
  ...["journalier", "mensuel", "livre", "gains_pertes", "ecarts", "balance_agee", "ventes", "tva"],
];
const RELEVES = ["releve_transporteur", "releve_client", "releve_partenaire"];
const KPI = ["kpi_jour", "kpi_finance"];

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const tailles = banc.arguments.length ? banc.arguments.map(Number) : TAILLES;
  const bases = await fabriquerBases(banc, "rapports", tailles, PAR_JOUR);
  const quoi = [...RAPPORTS, ...RELEVES, "journalier, as known a day ago", ...KPI];
  const temps = bases.map(() => new Map(quoi.map((nom) => [nom, [] as number[]])));

  const demander = (base: (typeof bases)[number], nom: string) =>
    commePersonne(base.sql, base.admin, async (tx) => {
      const [qui] = await tx<{ depot: string; client: string; partenaire: string; produit: string }[]>`
        select c.depot_id as depot, c.produit_id as produit, (select partenaire_id from public.comptes_partenaires
                where depot_id = c.depot_id and partenaire_id is not null limit 1) as partenaire,
               (select id from public.clients where nom = 'Client du banc') as client
          from public.citernes c where c.nom = 'BANC 1'`;
      const [rapport] = nom.split(",");
      const parametres = {
        releve_transporteur: { transporteur: "aucun" },
        releve_client: { client_id: qui!.client },
        releve_partenaire: { partenaire_id: qui!.partenaire, produit_id: qui!.produit },
      }[rapport!] ?? {};
      const debut = performance.now();
      if (KPI.includes(nom)) {
        await tx`select ${tx(`public.${nom}`)}(${qui!.depot})`;
      } else {
        await tx`
          select private.rapport(${rapport!}, ${rapport === "releve_client" ? null : qui!.depot},
            ${jour(rapport === "journalier" || rapport === "mensuel" ? 1 : 30)}, ${jour(1)},
            ${nom === rapport ? null : `${jour(1)}T12:00:00Z`}, ${tx.json(parametres)})`;
      }
      return performance.now() - debut;
    });
  for (let tour = -3; tour < TOURS; tour++) {
    for (const [i, base] of bases.entries()) {
      for (const nom of quoi) {
        const mis = await demander(base, nom);
        if (tour >= 0) temps[i]!.get(nom)!.push(mis);
      }
    }
  }
  const lignes = quoi.map((nom) => {
    const medianes = temps.map((base) => mediane(base.get(nom)!));
    return [nom, ...medianes.map(ms), fois(medianes.at(-1)! / medianes[0]!)];
  });
  for (const { sql } of bases) await sql.end();
  return [{
    titre: "Reports",
    sens:
      `Median milliseconds of each report as its caller, under row-level security, ${TOURS} times each: the daily one of ` +
      `yesterday, the monthly one of its month, the others of 30 days. The last 31 days hold ${PAR_JOUR} movements each, ` +
      "whatever the size: what differs from a column to the next is what lies before them. Aimed at: the daily report and " +
      "the figures of the day within 1.15 ×, the monthly one within 2 ×.",
    entetes: [
      "report",
      ...bases.map(({ mouvements }) => `${entier(mouvements)} movements`),
      "last against first",
    ],
    lignes,
  }];
}
