// What a client is sent, until it has all of it: bounded in all and in time, so that those who read slowly, or no more, keep
// neither the function's memory nor others' files.
import { refuser } from "./problems.ts";

/** Of all the long answers on their way from a function. */
const OCTETS_MAX = 64 * 1024 * 1024;
/** Up to this an answer leaves at once; a longer one piece by piece, each of which a reader has so long to take (4 KB/s). */
const [MORCEAU, PATIENCE_MS] = [64 * 1024, 15_000];

let enRoute = 0;

/** A reader's time for one piece: the promise of its end, and what gives it up. */
type Echeance = () => { promise: Promise<void>; stop: () => void };

const echeance: Echeance = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  return { promise, stop: () => clearTimeout(timer) };
};

/**
 * The body of an answer, and its length where it leaves piece by piece. Throws SATURATION where too much is on its way
 * already, of an answer that may be asked for again (`relue`); cuts off a reader who has not taken a piece in its time.
 */
export function enPartance(
  dit: string | Uint8Array,
  relue: boolean,
  attendre = echeance,
): { corps: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>; taille?: number } {
  if (dit.length <= MORCEAU) return { corps: dit as string | Uint8Array<ArrayBuffer> };
  const octets = typeof dit === "string" ? new TextEncoder().encode(dit) : dit;
  // One alone leaves, however long.
  if (relue && enRoute > 0 && enRoute + octets.length > OCTETS_MAX) throw refuser("SATURATION");
  enRoute += octets.length;
  let place = 0;
  let patience: ReturnType<Echeance> | undefined;
  const finir = () => {
    patience?.stop();
    patience = undefined;
    enRoute -= octets.length;
  };
  const laisser = (sortie: ReadableStreamDefaultController<Uint8Array>) => {
    const une = patience = attendre();
    une.promise.then(() => {
      if (patience !== une) return;
      finir();
      sortie.error(new Error("le client ne lit plus"));
    });
  };
  const corps = new ReadableStream<Uint8Array>({
    start: laisser,
    pull(sortie) {
      patience?.stop();
      patience = undefined;
      sortie.enqueue(octets.subarray(place, place += MORCEAU));
      if (place < octets.length) return laisser(sortie);
      finir();
      sortie.close();
    },
    cancel: finir,
  }, { highWaterMark: 0 });
  return { corps, taille: octets.length };
}
