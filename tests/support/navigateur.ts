// A real browser, without a window: the machine's Chromium, or Debian's, fetched as a person without rights may.
import { join } from "node:path";
import { systeme, telecharger } from "../../ops/exploitation/outils/debian.ts";
import { temporaryDataDir } from "../../ops/pile/throwaway.ts";

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

interface Programme {
  commande: string;
  env: Record<string, string>;
}

const existe = (chemin: string) => Deno.stat(chemin).then(() => true, () => false);

/** What was fetched, with its own libraries before the system's; those of libc are the system's. */
async function telechargeDans(dossier: string): Promise<Programme | undefined> {
  const commande = join(dossier, "usr/lib/chromium/chromium");
  if (!await existe(commande)) return undefined;
  const architecture = Deno.build.arch === "aarch64" ? "aarch64" : "x86_64";
  const libs: string[] = [];
  for (const racine of ["usr/lib", "lib"].map((nom) => join(dossier, nom, `${architecture}-linux-gnu`))) {
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
  const { id, nom, code } = await systeme();
  const conseil =
    "Installez Chromium (sudo apt-get install chromium), ou dites où il est : CHROMIUM=/chemin.";
  if (id !== "debian") throw new Error(`Aucun navigateur sur cette machine (${nom}). ${conseil}`);
  const rangement = Deno.env.get("OUTILS_DIR")!;
  await Deno.mkdir(rangement, { recursive: true });
  const dossier = join(rangement, "chromium");
  const verrou = await Deno.open(join(rangement, "verrou-chromium"), { create: true, write: true });
  try {
    await verrou.lock(true);
    if (!await telechargeDans(dossier)) {
      // Of this system's own Debian: it runs on its libc.
      await telecharger(dossier, {
        paquets: ["chromium", "chromium-common"],
        suite: code,
        sans: ["libc6"],
      }, () => {});
    }
  } catch (error) {
    throw new Error(`Chromium n'a pas pu être téléchargé : ${(error as Error).message} ${conseil}`);
  } finally {
    verrou.close();
  }
  const trouve = await telechargeDans(dossier);
  if (!trouve) throw new Error(`Le paquet chromium de Debian n'a pas le programme attendu. ${conseil}`);
  return trouve;
}

export interface Navigateur {
  /** Opens this page and runs an async function's body in it; resolves with what it returns, as JSON. */
  executer<T>(adresse: string, corps: string): Promise<T>;
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

/** Asks a page through the DevTools protocol; `chargee` once it has loaded what it was sent to. */
async function parler<T>(
  url: string,
  echanges: (demander: Demander, chargee: Promise<void>) => Promise<T>,
): Promise<T> {
  const prise = new WebSocket(url);
  await new Promise((resolve, reject) => {
    prise.onopen = resolve;
    prise.onerror = () => reject(new Error("le navigateur ne répond pas"));
  });
  const attentes = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const chargee = Promise.withResolvers<void>();
  prise.onmessage = ({ data }) => {
    const { id, method, result, error } = JSON.parse(data);
    if (method === "Page.loadEventFired") chargee.resolve();
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
    return await echanges(demander, chargee.promise);
  } finally {
    prise.onclose = null;
    prise.close();
  }
}

interface Evaluation {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

async function executer<T>(origine: string, adresse: string, corps: string): Promise<T> {
  const page = await (await fetch(`${origine}/json/new`, { method: "PUT" })).json();
  return await parler(page.webSocketDebuggerUrl, async (demander, chargee) => {
    await demander("Page.enable");
    await demander("Page.navigate", { url: adresse });
    await chargee;
    const { result, exceptionDetails } = await demander("Runtime.evaluate", {
      expression: `(async () => { ${corps} })()`,
      awaitPromise: true,
      returnByValue: true,
    }) as unknown as Evaluation;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  });
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
    return { fermer, executer: (adresse, corps) => executer(origine, adresse, corps) };
  } catch (error) {
    await fermer();
    throw error;
  }
}
