import { connect, type Sql } from "../commun/connection.ts";
import type { StackStatus } from "./status.ts";

const MINUTE_MS = 60 * 1000;

/** What a hosted project's own clock does, and how often. */
const TASKS = [
  { name: "sceller_journal", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "surveiller", everyMs: MINUTE_MS, again: "dans une minute" },
  { name: "taches_periodiques", everyMs: 60 * MINUTE_MS, again: "dans une heure" },
] as const;

/** Has the worker called where something is due, as a hosted project's database does (private.appeler_ouvrier). */
async function sendLetters(sql: Sql, { API_URL, SERVICE_ROLE_KEY }: StackStatus): Promise<void> {
  const [{ due }] = await sql<[{ due: boolean }]>`
    select exists (select from public.envois e where e.statut in ('A_ENVOYER', 'EN_COURS')
                    and e.prochain_essai <= clock_timestamp()) as due`;
  if (!due) return;
  const answer = await fetch(`${API_URL}/functions/v1/envois/vider`, {
    method: "POST",
    headers: { authorization: `Bearer ${SERVICE_ROLE_KEY}` },
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`envois/vider répond ${answer.status}`);
}

/** Has the provider of payments asked where that is due, as a hosted project does (private.appeler_rapprochement). */
async function reconcile(sql: Sql, { API_URL, SERVICE_ROLE_KEY }: StackStatus): Promise<void> {
  const [{ due }] = await sql<[{ due: boolean }]>`select private.rapprochement_du() as due`;
  if (!due) return;
  const answer = await fetch(`${API_URL}/functions/v1/paiements/rapprocher`, {
    method: "POST",
    headers: { authorization: `Bearer ${SERVICE_ROLE_KEY}` },
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`paiements/rapprocher répond ${answer.status}`);
}

/** Does each at the start and whenever it is due. Says what failed; the next time tries again. */
export function runScheduledTasks(databaseUrl: string, status: StackStatus): { stop(): Promise<void> } {
  const sql = connect(databaseUrl, "monaluxe taches_periodiques");
  const ask = (name: string) => async () => void await sql`select ${sql(`private.${name}`)}()`;
  const tasks = [
    ...TASKS.map((task) => ({ ...task, name: `private.${task.name}()`, work: ask(task.name) })),
    {
      name: "envois/vider",
      everyMs: MINUTE_MS,
      again: "dans une minute",
      work: () => sendLetters(sql, status),
    },
    {
      name: "paiements/rapprocher",
      everyMs: 60 * MINUTE_MS,
      again: "dans une heure",
      work: () => reconcile(sql, status),
    },
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
