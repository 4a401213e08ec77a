// What row-level security costs the main reads: the same request, on the same rows, under the policies and without them.
import { actes as actesSorties } from "../supabase/functions/sorties/actes.ts";
import { actes as actesStocks } from "../supabase/functions/stocks/actes.ts";
import { type Base, fabriquerBases, jour, porte } from "./bases.ts";
import { citerne } from "./depot.ts";
import { type Banc, type Chapitre, commePersonne, duree, entier, fois, mediane, ms } from "./mesure.ts";

const MOUVEMENTS = 100_000;
const TOURS = 500;

type Role = "authenticated" | "postgres";

const prises = () => ({ instruction: [] as number[], demande: [] as number[] });

/** Milliseconds of a statement of REST's own, as the gérant. */
async function lire(base: Base, requete: string, role: Role): Promise<number> {
  let temps = 0;
  await commePersonne(base.sql, base.gerant, async (tx) => {
    let lignes: unknown[] = [];
    temps = await duree(async () => lignes = await tx.unsafe(requete));
    if (!lignes.length) throw new Error(`${requete} n'a rien rendu`);
  }, role);
  return temps;
}

const LECTURES: Record<string, (base: Base, role: Role) => Promise<number>> = {
  "v_stock_actuel (`GET stocks/actuel`)": (base, role) =>
    porte(base, actesStocks, "/actuel", { limit: 50 }, role),
  "a page of movements (`GET stocks/mouvements`)": (base, role) =>
    porte(base, actesStocks, "/mouvements", { limit: 50 }, role),
  "a month of journal (`GET stocks/journaliers`)": (base, role) =>
    porte(base, actesStocks, "/journaliers", { limit: 500, du: jour(30), au: jour(1) }, role),
  "a page of sorties (`GET sorties`)": (base, role) => porte(base, actesSorties, "/", { limit: 50 }, role),
  "a page of sorties of one tank": (base, role) =>
    porte(base, actesSorties, "/", { limit: 50, citerne_id: citerne(1) }, role),
  "a page of the log": (base, role) =>
    lire(base, "select * from public.log_actions order by created_at desc, id desc limit 50", role),
};

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const [base] = await fabriquerBases(banc, "acces", [Number(banc.arguments[0] ?? MOUVEMENTS)]);
  const lignes: string[][] = [];
  for (const [nom, lecture] of Object.entries(LECTURES)) {
    const temps = { authenticated: prises(), postgres: prises() };
    for (let tour = -30; tour < TOURS; tour++) {
      // In turn, and not always the same first: whoever comes second finds what the first left warm.
      const roles: Role[] = tour % 2 ? ["authenticated", "postgres"] : ["postgres", "authenticated"];
      for (const role of roles) {
        let seule = 0;
        const entiere = await duree(async () => seule = await lecture(base!, role));
        if (tour < 0) continue;
        temps[role].instruction.push(seule);
        temps[role].demande.push(entiere);
      }
    }
    const rapport = (de: "instruction" | "demande") => {
      const [sans, avec] = [mediane(temps.postgres[de]), mediane(temps.authenticated[de])];
      return [ms(sans), ms(avec), fois(avec / sans)];
    };
    lignes.push([nom, ...rapport("instruction"), ...rapport("demande")]);
  }
  await base!.sql.end();
  return [{
    titre: "What row-level security costs",
    sens:
      `Median milliseconds in the database, one connection, ${TOURS} times each, in turn, among ${
        entier(base!.mouvements)
      } movements of a depot: without policies (the owner of the tables) and under them (a gérant of that depot), who both get the same ` +
      "rows. First the statement alone, then the request: the door's whole transaction. Aim: a request at most 1.2 ×. A " +
      "policy costs a statement about the same for each table it reads, however many rows there are.",
    entetes: [
      "",
      "statement, without",
      "with",
      "with / without",
      "request, without",
      "with",
      "with / without",
    ],
    lignes,
  }];
}
