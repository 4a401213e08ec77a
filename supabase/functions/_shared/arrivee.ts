// What a client sends, until all of it is there: bounded in length, in time and in all, so that those who send slowly, or
// nothing more, keep nobody else from being served.
import { refuser } from "./problems.ts";
import { enChemin } from "./saturation.ts";

/** A body has so long to come, and a millisecond more for each byte that has: a link of 1 KB/s brings any that a door takes. */
const PATIENCE_MS = 15_000;
/** Of a body that has begun: a line that has died says nothing, and what came before it is kept no longer for its sake. */
const SILENCE_MS = 60_000;
/** Of all the bodies on the way to a function, each counted as a short one at least. */
const OCTETS_MAX = 64 * 1024 * 1024;
/** Up to this a body is read at once, and not piece by piece. */
const COURT = 16 * 1024;

let enRoute = 0;

function prendre(octets: number): void {
  enRoute += octets;
  if (enRoute > OCTETS_MAX) throw refuser("SATURATION");
}

/** What is waited for, no longer than until `fin`; the sender is then told to stop. */
async function jusqua<T>(fin: number, attendu: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(refuser("DEMANDE_INCOMPLETE")), Math.max(0, fin - performance.now()));
  });
  try {
    return await Promise.race([attendu, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function parMorceaux(
  body: ReadableStream<Uint8Array>,
  maximum: number,
  fin: number,
  venu: (octets: number) => void,
  silence: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const morceaux: Uint8Array[] = [];
  let taille = 0;
  const lecteur = body.getReader();
  try {
    while (true) {
      const { done, value } = await jusqua(
        Math.min(fin + taille, performance.now() + silence),
        lecteur.read(),
      );
      if (done) break;
      taille += value.length;
      if (taille > maximum) return undefined;
      venu(value.length);
      morceaux.push(value);
    }
  } finally {
    // Where all was read, nothing; else tells the sender to stop.
    lecteur.cancel().catch(() => {});
  }
  const corps = new Uint8Array(taille);
  let place = 0;
  for (const morceau of morceaux) {
    corps.set(morceau, place);
    place += morceau.length;
  }
  return corps;
}

/**
 * The whole body of a request, or undefined where it is longer: nothing of what is too long is kept. Throws
 * DEMANDE_INCOMPLETE where it is cut or does not come, SATURATION where too much is on the way already.
 */
export async function corpsEntier(
  request: Request,
  maximum: number,
  silence = SILENCE_MS,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { headers } = request;
  const dite = headers.has("transfer-encoding") ? NaN : Number(headers.get("content-length") ?? NaN);
  if (dite > maximum) return undefined;
  // Asked for, a body becomes a stream, which costs a short one more than reading it does.
  const body = dite <= COURT ? undefined : request.body;
  if (body === null || dite === 0) return new Uint8Array();
  const fin = performance.now() + PATIENCE_MS;
  let reserve = 0;
  const venu = (octets: number) => {
    reserve += octets;
    prendre(octets);
  };
  try {
    venu(COURT);
    return await enChemin(
      body ? parMorceaux(body, maximum, fin, venu, silence) : jusqua(fin, request.bytes()),
    );
  } catch (error) {
    // Of what the server says where a client has left, nothing is a fault of ours.
    throw error instanceof Error && "problem" in error ? error : refuser("DEMANDE_INCOMPLETE");
  } finally {
    enRoute -= reserve;
  }
}
