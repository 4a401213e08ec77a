// Sessions at a depot, each a transaction of its admin, whose steps a test forces one at a time: no sleeping, each step
// waits to see the last.
import postgres from "postgres";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { claims, type Depot, faireArriver, fermerDepot, type Ouverture, ouvrirDepot } from "./depot.ts";

export interface Session {
  /** Sends a statement; the promise ends with it. */
  dire<T = postgres.Row>(texte: string, valeurs?: unknown[]): Promise<T[]>;
  /** Resolves once this session waits for another of them (true), or has its answer (false). */
  attend(): Promise<boolean>;
}
export type Ouvrir = (isolation?: string) => Promise<Session>;

/**
 * A database for these tests alone: elsewhere another test's passing lock would be taken for the awaited one, and the
 * order that the test forces would not be the one it means.
 */
const NAME = `verrous_${crypto.randomUUID().slice(0, 8)}`;

/** One client for them all: a session that has worked before knows the rules already, a new one would read them all anew. */
const base = declaredProject(NAME, { seed: false }).then(() =>
  postgres(asSuperuser(NAME), {
    max: 10,
    onnotice: () => {},
    // Should a forced order ever go wrong, a refusal: never a wait without end.
    connection: { lock_timeout: 30_000 },
  })
);

/** A depot with sessions at it, each a transaction of its admin on a connection of its own. */
export async function avecSessions(
  travail: (d: Depot, session: Ouvrir, camions: (combien: number) => Promise<string[]>) => Promise<void>,
  ouverture?: Ouverture,
): Promise<void> {
  const sql = await base;
  const depot = await ouvrirDepot(sql, ouverture);
  const ouvertes: postgres.ReservedSql[] = [];
  const pids: number[] = [];
  const session: Ouvrir = async (isolation = "read committed") => {
    const une = await sql.reserve();
    ouvertes.push(une);
    await une.unsafe(`begin isolation level ${isolation}`);
    const [{ pid }] = await une`
      select pg_backend_pid() as pid, set_config('request.jwt.claims', ${claims(depot, "admin")}, true),
             set_config('role', 'authenticated', true)` as unknown as [{ pid: number }];
    pids.push(pid);
    let enCours = false;
    return {
      dire: <T>(texte: string, valeurs: unknown[] = []) => {
        enCours = true;
        const answer = une.unsafe(texte, valeurs as never[]).then((rows) => [...rows] as T[])
          .finally(() => enCours = false);
        answer.catch(() => {});
        return answer;
      },
      attend: async () => {
        let bloquee = false;
        while (enCours && !bloquee) {
          const [row] = await sql`select pg_blocking_pids(${pid}) && ${pids}::int[] as bloquee`;
          bloquee = row!.bloquee;
        }
        return bloquee;
      },
    };
  };
  try {
    await travail(depot, session, async (combien) => {
      const ids = Array.from({ length: combien }, () => crypto.randomUUID());
      await faireArriver(sql, depot, ids);
      return ids;
    });
  } finally {
    for (const une of ouvertes) {
      await une.unsafe("rollback").catch(() => {});
      une.release();
    }
    await fermerDepot(sql, depot);
  }
}

/** Réceptions; like a statement's, its refusal may come before whoever waits for it looks. */
export function recevoir(
  s: Session,
  d: Depot,
  lignes: { camion: string; citerne: string; proprietaire?: string }[],
  litres = 1_000,
): Promise<string[]> {
  const ecrites = s.dire<{ id: string }>(
    `insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, proprietaire_type, partenaire_id, volume_ambiant)
     select 15, camion, citerne, proprietaire, case proprietaire when 'PARTENAIRE' then $4::uuid end, $5::numeric
       from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality as l (camion, citerne, proprietaire, rang)
      order by rang returning id`,
    [
      lignes.map((l) => l.camion),
      lignes.map((l) => l.citerne),
      lignes.map((l) => l.proprietaire ?? "MONALUXE"),
      d.partenaire,
      litres,
    ],
  ).then((rows) => rows.map(({ id }) => id));
  ecrites.catch(() => {});
  return ecrites;
}
