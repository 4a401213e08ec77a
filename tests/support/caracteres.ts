import fc from "fast-check";

/** Halves of a pair, which are no characters by themselves. */
const HALVES = { first: 0xd800, count: 0x800 };

/** Any character of Unicode. fast-check's own « binary » first makes a map of all of them: half a second in each process. */
export const caractere: fc.Arbitrary<string> = fc.nat(0x10ffff - HALVES.count).map((rang) =>
  String.fromCodePoint(rang < HALVES.first ? rang : rang + HALVES.count)
);
