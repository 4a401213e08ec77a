/** What an engine says of a file: SAIN, INFECTE (something known) or REJETE (what could hide something). */
export interface Verdict {
  verdict: "SAIN" | "INFECTE" | "REJETE";
  /** What was found, by the engine's own name for it. */
  signature?: string;
}

export const SAIN: Verdict = { verdict: "SAIN" };
export const rejete = (signature: string): Verdict => ({ verdict: "REJETE", signature });
export const infecte = (signature: string): Verdict => ({ verdict: "INFECTE", signature });

/** Each byte as a letter: text is then searched without a copy a character. */
export const enLettres = (octets: Uint8Array) => new TextDecoder("latin1").decode(octets);
