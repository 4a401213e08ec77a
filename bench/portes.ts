// The doors under load: so many clients write a sortie and validate it, one after the other, as fast as they are answered.
import { brouillon, exigerStocksJustes, posteur, preparerDepot } from "./depot.ts";
import { type Banc, type Chapitre, DEMO_PASSWORD, entier, fois, mediane, ms, quantile } from "./mesure.ts";

const CLIENTS = [1, 8, 32, 100];
const [ECHAUFFEMENT_MS, MESURE_MS] = [2_000, 8_000];
const VISE: Record<number, string> = { 8: "both ≤ 12 ms", 100: "p99 ≤ 1.3 × p50" };

interface Temps {
  ecrire: number[];
  valider: number[];
}

export async function jeton({ API_URL, ANON_KEY }: Banc["stack"]["status"]): Promise<Record<string, string>> {
  const entetes = { "content-type": "application/json", apikey: ANON_KEY };
  const reponse = await fetch(`${API_URL}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: entetes,
    body: JSON.stringify({ email: "gerant@demo.monaluxe.test", password: DEMO_PASSWORD }),
  });
  return { ...entetes, authorization: `Bearer ${(await reponse.json()).access_token}` };
}

/** All clients at once, until the time is over; what was answered after the warming up is measured. */
async function charger(api: string, headers: Record<string, string>, clients: number): Promise<Temps> {
  const debut = performance.now();
  const temps: Temps = { ecrire: [], valider: [] };
  const poster = posteur(api, headers);
  const mesure = async (chemin: string, corps: unknown, mesures: number[]) => {
    const depart = performance.now();
    const rendu = await poster(chemin, corps);
    if (depart - debut > ECHAUFFEMENT_MS) mesures.push(performance.now() - depart);
    return rendu;
  };
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    for (let tour = client; performance.now() - debut < ECHAUFFEMENT_MS + MESURE_MS; tour++) {
      const { id } = await mesure("sorties", brouillon(tour, 1), temps.ecrire);
      await mesure(`sorties/${id}/valider`, {}, temps.valider);
    }
  }));
  return temps;
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const { status } = banc.stack;
  const gens = await preparerDepot(banc.superuserUrl, status.DB_URL);
  const headers = await jeton(status);
  const lignes: string[][] = [];
  for (const clients of banc.arguments.length ? banc.arguments.map(Number) : CLIENTS) {
    const { ecrire, valider } = await charger(status.API_URL, headers, clients);
    const toutes = [...ecrire, ...valider];
    lignes.push([
      String(clients),
      ...[ecrire, valider].flatMap((mesures) => [ms(mediane(mesures)), ms(quantile(mesures, 0.99))]),
      fois(quantile(toutes, 0.99) / mediane(toutes)),
      entier(toutes.length * 1000 / MESURE_MS),
      VISE[clients] ?? "",
    ]);
  }
  await exigerStocksJustes(status.DB_URL, gens.admin);
  return [{
    titre: "The doors under load",
    sens:
      "Milliseconds of `POST sorties`, then `POST sorties/:id/valider`, each client one after the other, " +
      `${MESURE_MS / 1000} s after ${
        ECHAUFFEMENT_MS / 1000
      } s of warming up, clients and server on the same two processors; every answer is ` +
      "whole. Afterwards `verifier_stocks()` finds nothing. Aim: 1 300 requests a second.",
    entetes: ["clients", "draft p50", "p99", "validate p50", "p99", "p99 / p50", "requests/s", "aim"],
    lignes,
  }];
}
