import { connect, type Sql } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import type { StackStatus } from "./status.ts";

const MINUTE_MS = 60 * 1000;

/** What a hosted project's own clock does, and how often. */
const TASKS = [
  { name: "sceller_journal", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "surveiller", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "taches_periodiques", everyMs: 60 * MINUTE_MS, again: "dans une heure" },
] as const;

/** Doors that a hosted project's database calls where something is due there, and how it knows. */
const DOORS = [
  {
    // private.appeler_ouvrier
    door: "envois/vider",
    due: (sql: Sql) =>
      sql`select exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS')
                            and e.prochain_essai <= clock_timestamp())`,
    everyMs: MINUTE_MS,
    again: "dans une minute",
  },
  {
    // private.appeler_rapprochement
    door: "paiements/rapprocher",
    due: (sql: Sql) => sql`select private.rapprochement_du()`,
    everyMs: 60 * MINUTE_MS,
    again: "dans une heure",
  },
];

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
  const ask = (name: string) => async () => void await sql`select ${sql(`private.${name}`)}()`;
  const tasks = [
    ...TASKS.map((task) => ({ ...task, name: `private.${task.name}()`, work: ask(task.name) })),
    ...DOORS.map(({ door, due, ...often }) => ({
      ...often,
      name: door,
      work: async () => {
        if (await oneValue<boolean>(due(sql))) await callDoor(door, status);
      },
    })),
  ];
  const timers = tasks.map(({ name, everyMs, again, work }) => {
    let running: Promise<void> | undefined;
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
