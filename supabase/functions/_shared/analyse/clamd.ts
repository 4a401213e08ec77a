// clamd over TCP (INSTREAM): the same daemon for a depot's own server and for a hosted one behind a private address.
import { reglage } from "../reglages.ts";
import { infecte, rejete, SAIN, type Verdict } from "./verdict.ts";

const DELAI_MS = 30_000;
const MORCEAU = 64 * 1024;
const REPONSE_MAX = 4 * 1024;

function adresse(): { hostname: string; port: number } {
  const hostname = reglage("CLAMD_HOST");
  if (!hostname) throw new Error("CLAMD_HOST n'est pas réglé, et la base veut clamd");
  return { hostname, port: Number(reglage("CLAMD_PORT") || 3310) };
}

async function ecrire(prise: Deno.Conn, octets: Uint8Array): Promise<void> {
  for (let ecrits = 0; ecrits < octets.length;) ecrits += await prise.write(octets.subarray(ecrits));
}

/** All it says before it ends its sentence or hangs up. */
async function ecouter(prise: Deno.Conn): Promise<string> {
  const morceau = new Uint8Array(REPONSE_MAX);
  let dit = "";
  for (;;) {
    const lus = await prise.read(morceau);
    if (lus === null) throw new Error(`clamd a raccroché${dit ? ` après « ${dit.slice(0, 100)} »` : ""}`);
    dit += new TextDecoder().decode(morceau.subarray(0, lus));
    if (dit.includes("\0")) return dit.slice(0, dit.indexOf("\0"));
    if (dit.length > REPONSE_MAX) throw new Error("clamd répond trop long");
  }
}

/** One command on a connection of its own, all of it within the delay: a daemon that is silent is one that is down. */
async function demander(commande: string, octets: Uint8Array | undefined, delai: number): Promise<string> {
  let prise: Deno.Conn | undefined;
  let fini = false;
  const conversation = (async () => {
    const ouverte = await Deno.connect(adresse());
    // The delay was over before it answered.
    if (fini) {
      ouverte.close();
      throw new Error("trop tard");
    }
    prise = ouverte;
    await ecrire(prise, new TextEncoder().encode(`z${commande}\0`));
    for (let debut = 0; octets && debut < octets.length; debut += MORCEAU) {
      const morceau = octets.subarray(debut, debut + MORCEAU);
      const cadre = new Uint8Array(4 + morceau.length);
      new DataView(cadre.buffer).setUint32(0, morceau.length);
      cadre.set(morceau, 4);
      await ecrire(prise, cadre);
    }
    if (octets) await ecrire(prise, new Uint8Array(4));
    return await ecouter(prise);
  })();
  conversation.catch(() => {});
  let minuterie: ReturnType<typeof setTimeout> | undefined;
  const trop = new Promise<never>((_, reject) => {
    minuterie = setTimeout(() => reject(new Error(`clamd ne répond pas en ${delai / 1000} s`)), delai);
  });
  try {
    return await Promise.race([conversation, trop]);
  } finally {
    fini = true;
    clearTimeout(minuterie);
    try {
      prise?.close();
    } catch {
      // It hung up first.
    }
  }
}

/** Only « stream: OK » is OK: whatever else it says, nothing has been judged. */
function lireReponse(reponse: string): Verdict {
  if (reponse === "stream: OK") return SAIN;
  const signature = reponse.match(/^stream: (.{1,200}) FOUND$/)?.[1];
  if (!signature) throw new Error(`clamd répond « ${reponse.slice(0, 200)} »`);
  // It did not look to the end: that is no clean bill.
  return /^Heuristics\.Limits\.Exceeded/.test(signature) ? rejete(signature) : infecte(signature);
}

/** Throws where it did not judge: the caller leaves the document as it was. */
export async function analyserParClamd(
  octets: Uint8Array,
  delai = DELAI_MS,
): Promise<{ moteur: string; verdict: Verdict }> {
  const version = await demander("VERSION", undefined, delai);
  return { moteur: `clamd ${version}`, verdict: lireReponse(await demander("INSTREAM", octets, delai)) };
}
