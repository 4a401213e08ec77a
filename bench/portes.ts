// The doors under load: so many clients write a sortie and validate it, one after the other, as fast as they are answered.
import { join } from "node:path";
import { brouillon, exigerStocksJustes, posteur, preparerDepot } from "./depot.ts";
import { type Banc, type Chapitre, DEMO_PASSWORD, entier, fois, mediane, ms, quantile } from "./mesure.ts";

const CLIENTS = [1, 8, 32, 100];
const [ECHAUFFEMENT_MS, MESURE_MS] = [2_000, 8_000];
const VISE: Record<number, string> = { 8: "both ≤ 12 ms", 100: "p99 ≤ 1.3 × p50" };

interface Demande {
  numero: string;
  ms: number;
  /** How many others were answered from when it was asked to when it was answered. */
  passees: number;
}

interface Demandes {
  ecrire: Demande[];
  valider: Demande[];
}

const durees = (demandes: Demande[]) => demandes.map(({ ms }) => ms);

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
async function charger(api: string, headers: Record<string, string>, clients: number): Promise<Demandes> {
  const debut = performance.now();
  const demandes: Demandes = { ecrire: [], valider: [] };
  const poster = posteur(api, headers);
  let repondues = 0;
  const mesure = async (chemin: string, corps: unknown, mesurees: Demande[]) => {
    const [depart, avant, numero] = [performance.now(), repondues, crypto.randomUUID()];
    const rendu = await poster(chemin, corps, numero);
    const passees = repondues++ - avant;
    if (depart - debut > ECHAUFFEMENT_MS) mesurees.push({ numero, ms: performance.now() - depart, passees });
    return rendu;
  };
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    for (let tour = client; performance.now() - debut < ECHAUFFEMENT_MS + MESURE_MS; tour++) {
      const { id } = await mesure("sorties", brouillon(tour, 1), demandes.ecrire);
      await mesure(`sorties/${id}/valider`, {}, demandes.valider);
    }
  }));
  return demandes;
}

/** What the functions' log says of a request. */
interface Ligne {
  request_id: string;
  ms: number;
  attente_ms: number;
  base_ms: number;
}

/** The lines of these requests, by their number: of the log as it is and as it was before it turned over. */
async function lignesDe(dossier: string, demandes: Demande[]): Promise<Map<string, Ligne>> {
  const voulues = new Set(demandes.map(({ numero }) => numero));
  const lues = new Map<string, Ligne>();
  for (const fin of ["", ".1", ".2", ".3"]) {
    const texte = await Deno.readTextFile(join(dossier, `logs/functions.log${fin}`)).catch(() => "");
    for (const ligne of texte.split("\n").filter((une) => une.includes('"base_ms"'))) {
      const lue: Ligne = JSON.parse(ligne);
      if (voulues.has(lue.request_id)) lues.set(lue.request_id, lue);
    }
  }
  return lues;
}

const moyenne = (valeurs: number[]) => valeurs.reduce((somme, une) => somme + une, 0) / valeurs.length;

/** Where the time of the usual request went, and that of the slowest. */
async function attentes(dossier: string, clients: number, demandes: Demande[]): Promise<Chapitre> {
  const lignes = await lignesDe(dossier, demandes);
  const triees = demandes.filter(({ numero }) => lignes.has(numero)).sort((a, b) => a.ms - b.ms);
  if (!triees.length) throw new Error("le journal des fonctions ne dit rien des demandes mesurées");
  const entre = (de: number, a: number) => triees.slice(de * triees.length, a * triees.length);
  const parts = (nom: string, tranche: Demande[]) => {
    const de = (figure: (ligne: Ligne, demande: Demande) => number) =>
      ms(moyenne(tranche.map((une) => figure(lignes.get(une.numero)!, une))));
    return [
      nom,
      de((_, { ms }) => ms),
      de((ligne, { ms }) => ms - ligne.ms),
      de((ligne) => ligne.attente_ms),
      de((ligne) => ligne.base_ms),
      de((ligne) => ligne.ms - ligne.attente_ms - ligne.base_ms),
      de((_, { passees }) => passees),
    ];
  };
  return {
    titre: `Where a request waits, ${clients} clients`,
    sens:
      "Milliseconds, means: client and gateway (one process here), the function's queue for a connection, the " +
      "database, the rest of the function. Last column: how many others were answered meanwhile; where each is served in its " +
      "turn it is the same for the slowest as for the usual one, and what is left of p99 / p50 is the machine's pace.",
    entetes: ["", "all", "client, gateway", "queue", "database", "function", "others answered"],
    lignes: [
      parts("the usual (p45 to p55)", entre(0.45, 0.55)),
      parts("the slowest (from p98)", entre(0.98, 1)),
    ],
  };
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const { status } = banc.stack;
  const gens = await preparerDepot(banc.superuserUrl, status.DB_URL);
  const headers = await jeton(status);
  const lignes: string[][] = [];
  let [toutes, servis]: [Demande[], number] = [[], 0];
  for (const clients of banc.arguments.length ? banc.arguments.map(Number) : CLIENTS) {
    const { ecrire, valider } = await charger(status.API_URL, headers, clients);
    toutes = [...ecrire, ...valider];
    servis = clients;
    const [passees, temps] = [toutes.map((une) => une.passees), durees(toutes)];
    lignes.push([
      String(clients),
      ...[ecrire, valider].map(durees).flatMap((
        mesures,
      ) => [ms(mediane(mesures)), ms(quantile(mesures, 0.99))]),
      fois(quantile(temps, 0.99) / mediane(temps)),
      // One client alone has nobody to wait behind.
      clients > 1 ? fois(quantile(passees, 0.99) / mediane(passees)) : "",
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
      "whole. Afterwards `verifier_stocks()` finds nothing. Then p99 / p50 again, of how many others were answered while a " +
      "request waited: of the order alone, whatever the machine's pace. Aim: 1 300 requests a second.",
    entetes: [
      ...[
        "clients",
        "draft p50",
        "p99",
        "validate p50",
        "p99",
        "p99 / p50",
        "of the order",
        "requests/s",
        "aim",
      ],
    ],
    lignes,
  }, await attentes(banc.dossier, servis, toutes)];
}
