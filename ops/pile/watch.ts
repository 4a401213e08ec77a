const QUIET_MS = 80;

/** Calls back, once things are quiet, after a file of this kind below a folder has changed. */
export function watchFiles(folder: string, kind: RegExp, onChange: () => void): { close(): void } {
  const watcher = Deno.watchFs(folder);
  let timer: ReturnType<typeof setTimeout> | undefined;
  (async () => {
    for await (const event of watcher) {
      if (event.kind === "access" || !event.paths.some((path) => kind.test(path))) continue;
      clearTimeout(timer);
      timer = setTimeout(onChange, QUIET_MS);
    }
  })();
  return {
    close: () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
