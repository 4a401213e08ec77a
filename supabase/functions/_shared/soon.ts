// What a process has gathered is said to the database about once a second: it is one of many, and goes.

const DELAI_MS = 1_000;

/** The hosted runtime keeps a process for what it was told to wait for, and says when it is about to go. */
const plateforme = (globalThis as { EdgeRuntime?: { waitUntil(work: Promise<unknown>): void } }).EdgeRuntime;

/** Asked as often as one likes, does this once, soon; and a last time before the process goes. */
export function soon(verser: () => Promise<void>): () => void {
  globalThis.addEventListener("beforeunload", () => plateforme?.waitUntil(verser()));
  let prevu: Promise<void> | undefined;
  return () => {
    if (prevu) return;
    prevu = new Promise<void>((resolve) => setTimeout(resolve, DELAI_MS)).then(verser).finally(() =>
      prevu = undefined
    );
    plateforme?.waitUntil(prevu);
  };
}
