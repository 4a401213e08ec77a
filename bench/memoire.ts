// Memory and processor time of the whole stack, as npm start runs it: a stack beside the bench's own, process by process.
import { join } from "node:path";
import type { UnActe } from "../supabase/functions/_shared/acte.ts";
import { ROOT } from "../ops/commun/settings.ts";
import { listFunctions } from "../ops/pile/functions.ts";
import { freePort, temporaryDataDir } from "../ops/pile/throwaway.ts";
import { leverLesLimites } from "../tests/support/limites.ts";
import { brouillon, posteur, preparerDepot } from "./depot.ts";
import { type Banc, type Chapitre, DEMO_PASSWORD, entier } from "./mesure.ts";
import { jeton } from "./portes.ts";

const DEMANDES = 100_000;
/** As many times it is looked at. */
const TRANCHES = 10;
const CLIENTS = 8;
const VISE_MO = 400;
/** Clock ticks a second of /proc, on every Linux we run on. */
const TICKS = 100;

interface Processus {
  pid: number;
  parent: number;
  nom: string;
}

/** What a process is here, by how it was started. */
function nommer(commande: string): string {
  const fonction = commande.match(/functions\/([\w-]+)\/index\.ts/)?.[1];
  if (fonction) return "functions";
  if (commande.includes("serve_api.ts")) return "REST and auth";
  if (commande.includes("start.ts")) return "start, gateway";
  return "PostgreSQL";
}

/** A process and all it has started, as they are now. */
function famille(racine: number): Processus[] {
  const tous = [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).flatMap(({ name }) => {
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const commande = Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return [{ pid: Number(name), parent, nom: nommer(commande) }];
    } catch {
      return [];
    }
  });
  const deLa = (pid: number): Processus[] => {
    const enfants = tous.filter(({ parent }) => parent === pid);
    return [...enfants, ...enfants.flatMap((enfant) => deLa(enfant.pid))];
  };
  return [...tous.filter(({ pid }) => pid === racine), ...deLa(racine)];
}

const lu = (chemin: string): string => {
  try {
    return Deno.readTextFileSync(chemin);
  } catch {
    // Gone between two looks.
    return "";
  }
};
const pss = ({ pid }: Processus) =>
  Number(lu(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] ?? 0) / 1024;
const processeur = ({ pid }: Processus) => {
  const stat = lu(`/proc/${pid}/stat`);
  const champs = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(champs[11] ?? 0) + Number(champs[12] ?? 0)) * 1000 / TICKS;
};

/** By kind of process, a figure of each added up. */
function parNom(processus: Processus[], figure: (un: Processus) => number): Map<string, number> {
  const sommes = new Map<string, number>();
  for (const un of processus) sommes.set(un.nom, (sommes.get(un.nom) ?? 0) + figure(un));
  return sommes;
}

interface Pile {
  pid: number;
  secondes: number;
  API_URL: string;
  arreter(): Promise<void>;
}

/** How npm starts it. */
async function commandeDeNpm(): Promise<string[]> {
  const { scripts } = JSON.parse(await Deno.readTextFile(join(ROOT, "package.json")));
  return scripts.start.replace(/^exec deno /, "").split(" ");
}

async function lancer(env: Record<string, string>, port: number): Promise<Pile> {
  const debut = performance.now();
  const processus = new Deno.Command(Deno.execPath(), {
    args: await commandeDeNpm(),
    cwd: ROOT,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lignes = processus.stdout.pipeThrough(new TextDecoderStream()).getReader();
  for (let dit = ""; !dit.includes("Prêt en");) {
    const { value, done } = await lignes.read();
    if (done) throw new Error(`npm start s'est arrêté : ${dit}`);
    dit += value;
  }
  const secondes = (performance.now() - debut) / 1000;
  // What it says later is read too, so that it never waits to say it.
  const reste = (async () => {
    while (!(await lignes.read()).done);
  })();
  return {
    pid: processus.pid,
    secondes,
    API_URL: `http://127.0.0.1:${port}`,
    arreter: async () => {
      processus.kill("SIGTERM");
      await Promise.all([processus.status, reste]);
    },
  };
}

/** So many requests of all clients together, each its own after the other; `poser` asks two. */
async function charger(demandes: number, poser: (tour: number) => Promise<unknown>): Promise<void> {
  let restent = demandes;
  await Promise.all(Array.from({ length: CLIENTS }, async (_, client) => {
    for (let tour = client; restent > 0; tour++) {
      restent -= 2;
      await poser(tour);
    }
  }));
}

/** Sorties written and validated; each answer is whole. */
const sorties = (api: string, headers: Record<string, string>) => {
  const poster = posteur(api, headers);
  return async (tour: number) => {
    const { id } = await poster("sorties", brouillon(tour, 0.1));
    await poster(`sorties/${id}/valider`, {});
  };
};

/** A function asked for what it lists, or for its root where it lists nothing: whatever it answers but a fault. */
async function lecture(api: string, headers: Record<string, string>, nom: string) {
  const actes: UnActe[] = await import(`../supabase/functions/${nom}/actes.ts`).then(
    (m) => m.actes,
    () => [],
  );
  const listee = actes.find((acte) => "liste" in acte && acte.liste);
  const adresse = `${api}/functions/v1/${nom}${listee?.chemin ?? ""}`;
  const lire = async () => {
    const reponse = await fetch(adresse, { headers });
    await reponse.body?.cancel();
    if (reponse.status >= 500) throw new Error(`${adresse} : ${reponse.status}`);
  };
  return async () => {
    await lire();
    await lire();
  };
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const demandes = Number(banc.arguments[0] ?? DEMANDES);
  const [apiPort, dbPort] = [freePort(), freePort()];
  const dossier = await temporaryDataDir("monaluxe-memoire-");
  const env = {
    DATA_DIR: dossier,
    API_PORT: String(apiPort),
    DB_PORT: String(dbPort),
    DEMO_PASSWORD,
  };
  const neuve = await lancer(env, apiPort);
  await neuve.arreter();
  const pile = await lancer(env, apiPort);
  let veille: ReturnType<typeof setInterval> | undefined;
  try {
    const status = JSON.parse(await Deno.readTextFile(join(dossier, "status.json")));
    await leverLesLimites(status.DB_URL);
    await preparerDepot(status.DB_URL, status.DB_URL);
    const memoire: [string, Map<string, number>, number, number][] = [];
    const toute = (par: Map<string, number>) => [...par.values()].reduce((somme, une) => somme + une, 0);
    let plusHaut = 0;
    const regarder = (quand?: string) => {
      const tous = famille(pile.pid);
      const par = parNom(tous, pss);
      plusHaut = Math.max(plusHaut, toute(par));
      if (quand === undefined) return;
      memoire.push([quand, par, tous.filter(({ nom }) => nom === "functions").length, plusHaut]);
      plusHaut = 0;
    };
    veille = setInterval(regarder, 1_000);
    regarder("started, no function asked");
    const noms = await listFunctions();
    for (const nom of noms) {
      await (await fetch(`${pile.API_URL}/functions/v1/${nom}`)).body?.cancel();
    }
    regarder("each function just asked, one after the other");
    // Those that were all being asked at once, and were too many, rest within seconds.
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    regarder("15 s later");
    const headers = await jeton(status);
    const couts = new Map<string, number>();
    const [lues, posees] = [demandes / 5 / noms.length, demandes / TRANCHES * 4 / 5];
    for (let tranche = 1; tranche <= TRANCHES; tranche++) {
      for (const nom of noms.filter((_, rang) => rang % TRANCHES === tranche - 1)) {
        await charger(lues, await lecture(pile.API_URL, headers, nom));
        regarder();
      }
      const avant = new Map(famille(pile.pid).map((un) => [un.pid, processeur(un)]));
      await charger(posees, sorties(pile.API_URL, headers));
      for (const un of famille(pile.pid)) {
        const cout = processeur(un) - (avant.get(un.pid) ?? 0);
        couts.set(un.nom, (couts.get(un.nom) ?? 0) + cout / posees / TRANCHES);
      }
      regarder(`after ${entier(tranche * demandes / TRANCHES)} requests`);
    }
    const sortes = ["start, gateway", "REST and auth", "functions", "PostgreSQL"];
    return [{
      titre: "Memory of the whole stack",
      sens:
        `MiB of PSS (memory shared by several processes counted once), as \`npm start\` runs it without npm's own process; ` +
        `${noms.length} functions. A function starts at its first request; it rests when nobody asks for it any more; before one ` +
        `more starts than may be awake, the longest unasked ends. Started from nothing in ${
          neuve.secondes.toFixed(1)
        } s, again in ${
          pile.secondes.toFixed(1)
        } s. Of requests by ${CLIENTS} clients, a fifth read what each function lists, one function after the other, the others ` +
        `write and validate sorties. Last column: the most of all, looked at each second. Aim: at most ${VISE_MO}, flat ` +
        `over 100 000 requests, a start under 3 s.`,
      entetes: ["", "functions awake", ...sortes, "all", "at most"],
      lignes: memoire.map(([quand, par, eveillees, plusHaut]) => [
        quand,
        String(eveillees),
        ...sortes.map((sorte) => entier(par.get(sorte) ?? 0)),
        entier(toute(par)),
        entier(plusHaut),
      ]),
    }, {
      titre: "Processor time of a request",
      sens:
        `Milliseconds of processor a request takes of each process, over ${
          entier(posees * TRANCHES)
        } requests of ${CLIENTS} clients: half ` +
        "drafts of sorties, half their validations (`utime` and `stime` of /proc).",
      entetes: ["", "ms a request"],
      lignes: sortes.map((sorte) => [sorte, (couts.get(sorte) ?? 0).toFixed(3)]),
    }];
  } finally {
    clearInterval(veille);
    await pile.arreter();
    await Deno.remove(dossier, { recursive: true });
  }
}
