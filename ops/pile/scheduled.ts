import { connect } from "../commun/connection.ts";

const MINUTE_MS = 60 * 1000;

/** What a hosted project's own clock does, and how often. */
const TASKS = [
  { name: "sceller_journal", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "surveiller", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "taches_periodiques", everyMs: 60 * MINUTE_MS, again: "dans une heure" },
] as const;

/** Does each at the start and whenever it is due. Says what failed; the next time tries again. */
export function runScheduledTasks(databaseUrl: string): { stop(): Promise<void> } {
  const sql = connect(databaseUrl, "monaluxe taches_periodiques");
  const timers = TASKS.map(({ name, everyMs, again }) => {
    let running: Promise<void> | undefined;
    const run = () => {
      running ??= sql`select ${sql(`private.${name}`)}()`.then(() => {}, (error) => {
        console.error(`✗ private.${name}() n'a pas pu être fait (${error.message}) ; nouvel essai ${again}.`);
      }).finally(() => running = undefined);
    };
    run();
    return { timer: setInterval(run, everyMs), ended: () => running };
  });
  return {
    stop: async () => {
      for (const { timer, ended } of timers) {
        clearInterval(timer);
        await ended();
      }
      await sql.end();
    },
  };
}
