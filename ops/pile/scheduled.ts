import { connect } from "../commun/connection.ts";

const EVERY_MS = 60 * 60 * 1000;

/** Does at the start and every hour what a hosted project's own clock does. Says what failed; the next hour tries again. */
export function runScheduledTasks(databaseUrl: string): { stop(): Promise<void> } {
  const sql = connect(databaseUrl, "monaluxe taches_periodiques");
  const run = () =>
    sql`select private.taches_periodiques()`.then(() => {}, (error) => {
      console.error(
        `✗ Les tâches périodiques n'ont pas pu être faites (${error.message}) ; nouvel essai dans une heure.`,
      );
    });
  let running = run();
  const timer = setInterval(() => running = run(), EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await sql.end();
    },
  };
}
