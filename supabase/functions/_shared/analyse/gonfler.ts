import { Inflate, Unzlib } from "fflate";

/** What one file may unfold to, in all, and how much more than it weighs a part of it may. */
export const GONFLE_MAX = 100 * 1024 * 1024;
const RAPPORT_MAX = 100;
/** Below this no ratio matters: a blank page is nothing, many times. */
const SANS_RAPPORT = 4 * 1024 * 1024;
const PAS = 16 * 1024;
/** So much of a piece is seen again with the next: what is looked for is not cut in two. */
const REPRISE = 256;

export class Bombe extends Error {}

/** What is left to unfold of one file. */
export interface Reste {
  octets: number;
}

/**
 * Unfolds compressed bytes piece by piece and shows each, never more than a piece at a time in memory. What does not
 * unfold to its end is shown as far as it goes: a reader would show it too. Answers whether it did; throws Bombe beyond
 * the bounds.
 */
export function gonfler(
  compresses: Uint8Array,
  format: "brut" | "zlib",
  reste: Reste,
  voir: (morceau: Uint8Array) => void,
): boolean {
  let total = 0;
  let fin: Uint8Array = new Uint8Array(0);
  const recevoir = (morceau: Uint8Array) => {
    total += morceau.length;
    reste.octets -= morceau.length;
    const trop = total > SANS_RAPPORT && total > RAPPORT_MAX * compresses.length;
    if (trop || reste.octets < 0) throw new Bombe();
    const vu = new Uint8Array(fin.length + morceau.length);
    vu.set(fin);
    vu.set(morceau, fin.length);
    voir(vu);
    fin = vu.slice(-REPRISE);
  };
  const flux = format === "zlib" ? new Unzlib(recevoir) : new Inflate(recevoir);
  try {
    for (let debut = 0; debut < compresses.length; debut += PAS) {
      flux.push(compresses.subarray(debut, debut + PAS), false);
    }
    // Said apart: a last piece that lacks its end would not be shown at all.
    flux.push(new Uint8Array(0), true);
    return true;
  } catch (error) {
    if (error instanceof Bombe) throw error;
    return false;
  }
}
