// What a control room costs: a hundred screens that ask every ten seconds, as the history grows.
import { fabriquerBases } from "./bases.ts";
import { type Banc, type Chapitre, commePersonne, entier, mediane, ms } from "./mesure.ts";

const TAILLES = [1_000, 100_000, 2_000_000];
const [TOURS, ECRANS, CADENCE_S] = [300, 100, 10];

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const bases = await fabriquerBases(
    banc,
    "tableau",
    banc.arguments.length ? banc.arguments.map(Number) : TAILLES,
  );
  const temps = bases.map(() => ({ entier: [] as number[], connu: [] as number[] }));
  const demander = (base: (typeof bases)[number], connue: string | null) =>
    commePersonne(base.sql, base.gerant, async (tx) => {
      const debut = performance.now();
      const [{ tableau }] = await tx<[{ tableau: { version: string } | null }]>`
        select private.tableau(null, ${connue}) as tableau`;
      return { mis: performance.now() - debut, tableau };
    });
  for (let tour = -20; tour < TOURS; tour++) {
    for (const [i, base] of bases.entries()) {
      const premier = await demander(base, null);
      const second = await demander(base, premier.tableau!.version);
      if (second.tableau !== null) throw new Error("le tableau change sans que rien n'ait bougé");
      if (tour < 0) continue;
      temps[i]!.entier.push(premier.mis);
      temps[i]!.connu.push(second.mis);
    }
  }
  const lignes = bases.map(({ mouvements }, i) => {
    const { entier: tout, connu } = temps[i]!;
    const part = (ECRANS / CADENCE_S) * mediane(connu) / 10;
    return [entier(mouvements), ms(mediane(tout)), ms(mediane(connu)), `${part.toFixed(2)} %`];
  });
  for (const { sql } of bases) await sql.end();
  return [{
    titre: "A control room's screens",
    sens:
      `Median milliseconds of \`private.tableau\` as a gérant under row-level security, ${TOURS} times each: the whole board, ` +
      `and the answer to whoever has it already (304). Last column: how much of one connection ${ECRANS} screens take that ` +
      `ask every ${CADENCE_S} seconds while nothing moves.`,
    entetes: ["movements", "whole", "unchanged", `${ECRANS} screens`],
    lignes,
  }];
}
