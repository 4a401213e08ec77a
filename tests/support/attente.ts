/** Longer than anything waited for here takes on the busiest machine. */
export const PATIENCE_MS = 120_000;

const [MOMENT_MS, LONG_MOMENT_MS] = [10, 1000];

/**
 * Between two looks at what nothing tells of but looking: a log that another process writes, a session that is to wait.
 * Looked at without a rest, it would be the look that takes the processor: it rests for longer than it took (`pris`, ms).
 */
export const unMoment = (pris = 0): Promise<void> =>
  new Promise((suite) => setTimeout(suite, Math.min(Math.max(MOMENT_MS, 2 * pris), LONG_MOMENT_MS)));

/** Looks until there is something, and gives it; where there never is, says what was waited for. */
export async function attendre<T>(quoi: string, voir: () => T | Promise<T>): Promise<NonNullable<T>> {
  const limite = performance.now() + PATIENCE_MS;
  for (;;) {
    const debut = performance.now();
    const vu = await voir();
    if (vu) return vu;
    if (performance.now() > limite) throw new Error(`attendu en vain ${PATIENCE_MS / 1000} s : ${quoi}`);
    await unMoment(performance.now() - debut);
  }
}

/**
 * Removes the folder of a server that was killed: a process that loses its parent ends a moment later, and writes until
 * then.
 */
export async function retirerDossier(path: string): Promise<void> {
  await attendre(
    `${path} without anybody who writes there`,
    () =>
      Deno.remove(path, { recursive: true }).then(() => true, (error: Error & { code?: string }) => {
        if (error.code !== "ENOTEMPTY") throw error;
        return false;
      }),
  );
}
