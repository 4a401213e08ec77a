// What a page costs whoever opens it: how soon something is painted, and what comes over the wire, in a real browser.
import { type Navigateur, ouvrirNavigateur, VISITEUR } from "../tests/support/navigateur.ts";
import { type Banc, type Chapitre, DEMO_PASSWORD, mediane } from "./mesure.ts";

const PAGES = ["", "docs", "codes/INSUFFICIENT_STOCK", "tableau"];
const TOURS = 9;

interface Visite {
  peinte: number;
  octets: number;
  demandes: number;
}

/** Its first content painted, milliseconds after it was asked for; a background tab paints when it is looked at. */
const VISITER = `
  const peinte = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  for (const fin = Date.now() + 10_000; !peinte() && Date.now() < fin;) await new Promise((suite) => setTimeout(suite, 10));
  // What comes once it is there is of its weight too.
  await new Promise((suite) => setTimeout(suite, 500));
  const tout = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return {
    peinte: peinte() ?? NaN,
    octets: tout.reduce((somme, { transferSize }) => somme + transferSize, 0),
    demandes: tout.length,
  };`;

/** From the password to the tanks. */
const SE_CONNECTER = `${VISITEUR}
  await attendre(() => document.getElementById("connexion"));
  const debut = performance.now();
  entrer("gerant@demo.monaluxe.test", ${JSON.stringify(DEMO_PASSWORD)});
  await attendre(() => document.querySelector(".citerne") && !document.getElementById("tableau").hidden);
  const peinte = performance.now() - debut;
  const tout = performance.getEntriesByType("resource").filter(({ startTime }) => startTime >= debut);
  document.getElementById("sortir").click();
  await attendre(() => !document.getElementById("accueil").hidden);
  return {
    peinte,
    octets: tout.reduce((somme, { transferSize }) => somme + transferSize, 0),
    demandes: tout.length,
  };`;

const kio = (octets: number) => (octets / 1024).toFixed(1);

/** The first visit of a browser that has never been there, then the median of those that follow. */
async function mesurerPage(navigateur: Navigateur, adresse: string, corps: string): Promise<string[]> {
  const visites: Visite[] = [];
  for (let tour = 0; tour <= TOURS; tour++) visites.push(await navigateur.executer<Visite>(adresse, corps));
  const [premiere, ...suivantes] = visites as [Visite, ...Visite[]];
  return [
    premiere.peinte.toFixed(0),
    kio(premiere.octets),
    String(premiere.demandes),
    mediane(suivantes.map(({ peinte }) => peinte)).toFixed(0),
    kio(mediane(suivantes.map(({ octets }) => octets))),
  ];
}

export async function mesurer({ stack }: Banc): Promise<Chapitre[]> {
  const { API_URL } = stack.status;
  // A function starts at its first request: what is measured is the page.
  for (const page of PAGES) await (await fetch(`${API_URL}/${page}`)).arrayBuffer();
  const lignes: string[][] = [];
  const mesures = [
    ...PAGES.map((page) => [`/${page}`, page, VISITER]),
    ["/tableau, signing in", "tableau", SE_CONNECTER],
  ] as [string, string, string][];
  for (const [nom, page, corps] of mesures) {
    const navigateur = await ouvrirNavigateur();
    try {
      lignes.push([nom, ...await mesurerPage(navigateur, `${API_URL}/${page}`, corps)]);
    } finally {
      await navigateur.fermer();
    }
  }
  return [{
    titre: "Pages",
    sens: "Each page in headless Chromium, in a browser that has never seen it, then the median of the " +
      `${TOURS} visits that follow: milliseconds until its first content is painted, KiB over the wire with all it asks for ` +
      "by itself, and how many requests that is. Signing in: from the password to the tanks. What a hundred boards " +
      "cost the database is under « A control room's screens ».",
    entetes: ["page", "first visit (ms)", "KiB", "requests", "again (ms)", "KiB"],
    lignes,
  }];
}
