// A real browser, without a window: the machine's Chromium, or Debian's, fetched as a person without rights may.
import { join } from "node:path";
import { temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { PATIENCE_MS } from "./attente.ts";
import { ARCHITECTURE, deDebian, existe, type Programme } from "./paquets.ts";

const CONNUS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];
const SANS_INTERFACE = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-port=0",
];

/** What was fetched, with its own libraries before the system's; those of libc are the system's. */
async function telechargeDans(dossier: string): Promise<Programme | undefined> {
  const commande = join(dossier, "usr/lib/chromium/chromium-headless-shell");
  if (!await existe(commande)) return undefined;
  const libs: string[] = [];
  for (const racine of ["usr/lib", "lib"].map((nom) => join(dossier, nom, ARCHITECTURE))) {
    if (!await existe(racine)) continue;
    libs.push(racine);
    // Some keep what is theirs alone in a folder below (nss, pulseaudio).
    for await (const { name, isDirectory } of Deno.readDir(racine)) {
      if (isDirectory) libs.push(join(racine, name));
    }
  }
  return { commande, env: { LD_LIBRARY_PATH: libs.join(":") } };
}

async function trouver(): Promise<Programme> {
  for (const commande of [Deno.env.get("CHROMIUM"), ...CONNUS]) {
    if (commande && await existe(commande)) return { commande, env: {} };
  }
  try {
    // Chromium without what only a window needs: half the packages to fetch.
    const paquets = ["chromium-headless-shell", "chromium-common"];
    return await deDebian("chromium-headless-shell", paquets, telechargeDans);
  } catch (error) {
    throw new Error(
      `${
        (error as Error).message
      } Installez Chromium (sudo apt-get install chromium), ou dites où il est : ` +
        "CHROMIUM=/chemin.",
    );
  }
}

/** How the page is seen: on which screen, by whom. */
export interface Vue {
  largeur?: number;
  hauteur?: number;
  sombre?: boolean;
}

/** What a page said to its console, or was forbidden by its own policy. */
export interface Visite<T> {
  resultat: T;
  plaintes: string[];
  /** A picture of the whole page, as PNG. */
  image(): Promise<Uint8Array>;
  /** The page as it is printed. */
  pdf(): Promise<Uint8Array>;
}

/** What a page's visitor does on every page that asks who they are: `attendre` what comes by itself, `entrer` by its form. */
export const VISITEUR = `
  const attendre = async (quoi) => {
    for (const fin = Date.now() + ${PATIENCE_MS}; !quoi();) {
      if (Date.now() > fin) throw new Error("n'arrive pas : " + quoi);
      await new Promise((suite) => setTimeout(suite, 20));
    }
    return quoi();
  };
  const entrer = (courriel, passe) => {
    const formulaire = document.getElementById("connexion");
    formulaire.elements.courriel.value = courriel;
    formulaire.elements.passe.value = passe;
    formulaire.requestSubmit();
    // On a busy machine the page gives an answer up; who is told to try again does.
    const dit = document.getElementById("refus");
    const encore = new MutationObserver(() => {
      if (!dit.textContent.startsWith("Le service ne répond pas")) return;
      encore.disconnect();
      entrer(courriel, passe);
    });
    encore.observe(dit, { childList: true });
  };`;

export interface Navigateur {
  /** Opens this page and runs an async function's body in it; resolves with what it returns, as JSON. */
  executer<T>(adresse: string, corps: string): Promise<T>;
  /** The same, seen so; `suite` may still look at it before it is closed. */
  visiter<T, R>(
    adresse: string,
    corps: string,
    vue: Vue,
    suite: (visite: Visite<T>) => Promise<R>,
  ): Promise<R>;
  fermer(): Promise<void>;
}

/** The address it listens on, said on its standard error; rejects with what it said where it ended instead. */
async function ecoute(processus: Deno.ChildProcess): Promise<string> {
  let dit = "";
  for await (const texte of processus.stderr.pipeThrough(new TextDecoderStream())) {
    dit += texte;
    const adresse = dit.match(/DevTools listening on ws:\/\/(\S+?)\//)?.[1];
    if (adresse) return `http://${adresse}`;
  }
  throw new Error(`Chromium ne démarre pas : ${dit.trim().split("\n").slice(-3).join(" ")}`);
}

type Demander = (method: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>;

interface Echanges {
  demander: Demander;
  /** Once it has loaded what it was sent to. */
  chargee: Promise<void>;
  plaintes: string[];
}

/** What a page complains of by itself: an error nobody caught, what its policy forbade, what could not be loaded. */
function plainte(method: string, params: Record<string, unknown>): string | undefined {
  if (method === "Runtime.exceptionThrown") {
    const { exceptionDetails } = params as { exceptionDetails: Evaluation["exceptionDetails"] };
    return exceptionDetails!.exception?.description ?? exceptionDetails!.text;
  }
  if (method !== "Log.entryAdded") return undefined;
  const { entry: { level, text, url } } = params as { entry: { level: string; text: string; url?: string } };
  return level === "error" ? `${text} ${url ?? ""}` : undefined;
}

/** Asks a page through the DevTools protocol. */
async function parler<T>(url: string, echanges: (avec: Echanges) => Promise<T>): Promise<T> {
  const prise = new WebSocket(url);
  await new Promise((resolve, reject) => {
    prise.onopen = resolve;
    prise.onerror = () => reject(new Error("le navigateur ne répond pas"));
  });
  const attentes = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const chargee = Promise.withResolvers<void>();
  const plaintes: string[] = [];
  prise.onmessage = ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(data);
    if (method === "Page.loadEventFired") chargee.resolve();
    const dite = method && plainte(method, params);
    if (dite) plaintes.push(dite);
    if (error) attentes.get(id)?.reject(new Error(error.message));
    else attentes.get(id)?.resolve(result);
  };
  prise.onclose = () => attentes.forEach(({ reject }) => reject(new Error("le navigateur s'est fermé")));
  let rang = 0;
  const demander: Demander = (method, params = {}) => {
    const attente = Promise.withResolvers<Record<string, unknown>>();
    attentes.set(++rang, attente);
    prise.send(JSON.stringify({ id: rang, method, params }));
    return attente.promise;
  };
  try {
    return await echanges({ demander, chargee: chargee.promise, plaintes });
  } finally {
    prise.onclose = null;
    prise.close();
  }
}

interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

async function regler(
  demander: Demander,
  { largeur = 1280, hauteur = 800, sombre = false }: Vue,
): Promise<void> {
  await demander("Emulation.setDeviceMetricsOverride", {
    width: largeur,
    height: hauteur,
    deviceScaleFactor: 1,
    mobile: largeur < 600,
  });
  await demander("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: sombre ? "dark" : "light" }],
  });
}

async function enImage(demander: Demander): Promise<Uint8Array> {
  const { data } = await demander("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
  return Uint8Array.fromBase64(data as string);
}

async function enPdf(demander: Demander): Promise<Uint8Array> {
  const { data } = await demander("Page.printToPDF", { preferCSSPageSize: true, printBackground: false });
  return Uint8Array.fromBase64(data as string);
}

async function visiter<T, R>(
  origine: string,
  adresse: string,
  corps: string,
  vue: Vue,
  suite: (visite: Visite<T>) => Promise<R>,
): Promise<R> {
  const page = await (await fetch(`${origine}/json/new`, { method: "PUT" })).json();
  return await parler(page.webSocketDebuggerUrl, async ({ demander, chargee, plaintes }) => {
    await demander("Page.enable");
    await demander("Runtime.enable");
    await demander("Log.enable");
    await regler(demander, vue);
    await demander("Page.navigate", { url: adresse });
    await chargee;
    const { result, exceptionDetails } = await demander("Runtime.evaluate", {
      expression: `(async () => { ${corps} })()`,
      awaitPromise: true,
      returnByValue: true,
    }) as unknown as Evaluation;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    const visite = { plaintes, image: () => enImage(demander), pdf: () => enPdf(demander) };
    return await suite({ ...visite, resultat: result.value as T });
  }).finally(() => fermerPage(origine, page.id));
}

/** One that is left open goes on: it asks, it draws. */
async function fermerPage(origine: string, id: string): Promise<void> {
  await fetch(`${origine}/json/close/${id}`).then((dit) => dit.body?.cancel(), () => {});
}

/** Starts one with a profile of its own, on a port of its own choosing. */
export async function ouvrirNavigateur(): Promise<Navigateur> {
  const { commande, env } = await trouver();
  const profil = await temporaryDataDir("monaluxe-navigateur-");
  const processus = new Deno.Command(commande, {
    args: [...SANS_INTERFACE, `--user-data-dir=${profil}`, "about:blank"],
    env: { ...env, HOME: profil },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const fermer = async () => {
    try {
      processus.kill("SIGTERM");
    } catch {
      // Already ended.
    }
    await processus.status;
    await Deno.remove(profil, { recursive: true }).catch(() => {});
  };
  try {
    const origine = await ecoute(processus);
    return {
      fermer,
      executer: <T>(adresse: string, corps: string) =>
        visiter<T, T>(origine, adresse, corps, {}, ({ resultat }) => Promise.resolve(resultat)),
      visiter: (adresse, corps, vue, suite) => visiter(origine, adresse, corps, vue, suite),
    };
  } catch (error) {
    await fermer();
    throw error;
  }
}
