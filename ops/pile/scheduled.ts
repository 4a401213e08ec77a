// What a hosted project's own clock does, and how often: tasks of its database, and doors that this calls where
// something is due.
import { connect } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import type { StackStatus } from "./status.ts";

const EACH_MINUTE = { everyMs: 60_000, again: "dans une minute" };
const EACH_HOUR = { everyMs: 60 * 60_000, again: "dans une heure" };

async function callDoor(door: string, { API_URL, SERVICE_ROLE_KEY }: StackStatus): Promise<void> {
  const answer = await fetch(`${API_URL}/functions/v1/${door}`, {
    method: "POST",
    headers: { authorization: `Bearer ${SERVICE_ROLE_KEY}` },
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${door} répond ${answer.status}`);
}

/** Does each at the start and whenever it is due. Says what failed; the next time tries again. */
export function runScheduledTasks(databaseUrl: string, status: StackStatus): { stop(): Promise<void> } {
  const sql = connect(databaseUrl, "monaluxe taches_periodiques");
  const task = (name: string) => ({ name: `${name}()`, work: () => sql`select ${sql(name)}()` });
  const door = (name: string, isDue: () => Promise<boolean>) => ({
    name,
    work: async () => await isDue() && await callDoor(name, status),
  });
  const tasks = [
    { ...EACH_MINUTE, ...task("private.sceller_journal") },
    { ...EACH_MINUTE, ...task("private.surveiller") },
    { ...EACH_HOUR, ...task("private.taches_periodiques") },
    {
      ...EACH_MINUTE,
      // As private.appeler_ouvrier.
      ...door("envois/vider", () =>
        oneValue(sql`
          select exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS')
                            and e.prochain_essai <= clock_timestamp())`)),
    },
    {
      ...EACH_HOUR,
      // As private.appeler_rapprochement.
      ...door("paiements/rapprocher", () => oneValue(sql`select private.rapprochement_du()`)),
    },
  ];
  const timers = tasks.map(({ name, everyMs, again, work }) => {
    let running: Promise<unknown> | undefined;
    const run = () => {
      running ??= work().catch((error) => {
        console.error(`✗ ${name} n'a pas pu être fait (${error.message}) ; nouvel essai ${again}.`);
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
