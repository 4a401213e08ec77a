// What the server is doing now: who is connected, who waits for whom, what has been going on for too long.
import type { Sql } from "../stack/database.ts";
import type { Mesure } from "./mesures.ts";
import type { Seuils } from "./seuils.ts";

const extrait = (requete: string | null) => (requete ?? "").replace(/\s+/g, " ").slice(0, 80);

export async function connexions(sql: Sql, { connexionsMaxPct }: Seuils): Promise<Mesure> {
  const [{ ouvertes, actives, en_attente, maximum }] = await sql<
    [{ ouvertes: number; actives: number; en_attente: number; maximum: number }]
  >`
    select count(*)::int as ouvertes, count(*) filter (where state = 'active')::int as actives,
           count(*) filter (where state like 'idle in transaction%')::int as en_attente,
           current_setting('max_connections')::int as maximum
      from pg_stat_activity where backend_type = 'client backend'`;
  const pct = Math.round(100 * ouvertes / maximum);
  return {
    nom: "Connexions",
    constat:
      `${ouvertes} sur ${maximum} (${pct} %), ${actives} actives, ${en_attente} en attente dans une transaction`,
    alertes: pct > connexionsMaxPct ? [`${pct} % des connexions sont prises`] : [],
    valeurs: { ouvertes, actives, en_attente, maximum },
  };
}

export async function blocages(sql: Sql, { blocageMaxS }: Seuils): Promise<Mesure> {
  const bloques = await sql<
    { pid: number; qui: string; par: number[]; secondes: number; requete: string | null }[]
  >`
    select a.pid, coalesce(a.usename, '?') as qui, pg_blocking_pids(a.pid) as par, a.query as requete,
           extract(epoch from clock_timestamp() - coalesce(l.depuis, a.query_start))::float8 as secondes
      from pg_stat_activity a
     cross join lateral (select min(l.waitstart) as depuis from pg_locks l where l.pid = a.pid and not l.granted) l
     where a.datname = current_database() and cardinality(pg_blocking_pids(a.pid)) > 0
     order by secondes desc`;
  const bloquants = await sql<{ pid: number; qui: string; etat: string; requete: string | null }[]>`
    select pid, coalesce(usename, '?') as qui, coalesce(state, '?') as etat, query as requete
      from pg_stat_activity where pid = any (${bloques.flatMap(({ par }) => par)}::int[])`;
  const dire = (pid: number) => {
    const un = bloquants.find((bloquant) => bloquant.pid === pid);
    return un ? `${pid} (${un.qui}, ${un.etat} : ${extrait(un.requete)})` : String(pid);
  };
  return {
    nom: "Verrous",
    constat: bloques.length ? `${bloques.length} session(s) en attente d'un verrou` : "personne n'attend",
    alertes: bloques.filter(({ secondes }) => secondes > blocageMaxS).map((
      { pid, qui, par, secondes, requete },
    ) =>
      `la session ${pid} (${qui} : ${extrait(requete)}) attend depuis ${Math.round(secondes)} s ` +
      `la session ${par.map(dire).join(", ")}`
    ),
    valeurs: { bloques: bloques.map(({ pid, par, secondes }) => ({ pid, par, secondes })) },
  };
}

export async function transactionsLongues(sql: Sql, { transactionMaxS }: Seuils): Promise<Mesure> {
  const ages = await sql<{ pid: number; qui: string; etat: string; secondes: number; requete: string }[]>`
    select pid, usename as qui, coalesce(state, '?') as etat, query as requete,
           extract(epoch from clock_timestamp() - xact_start)::float8 as secondes
      from pg_stat_activity
     where datname = current_database() and xact_start is not null and backend_type = 'client backend' and pid <> pg_backend_pid()
     order by xact_start`;
  const plus = ages[0]?.secondes ?? 0;
  return {
    nom: "Transactions",
    constat: ages.length
      ? `${ages.length} ouverte(s), la plus ancienne depuis ${Math.round(plus)} s`
      : "aucune ouverte",
    alertes: ages.filter(({ secondes }) => secondes > transactionMaxS).map((
      { pid, qui, etat, secondes, requete },
    ) =>
      `la session ${pid} (${qui}) garde une transaction depuis ${Math.round(secondes)} s (${etat} : ${
        extrait(requete)
      })`
    ),
    valeurs: { ouvertes: ages.length, plus_ancienne_s: plus },
  };
}

interface Moyenne {
  requete: string;
  appels: number;
  moyenne_ms: number;
}

/** Of the clients' statements, by the extension that counts them; undefined where it is not there or not readable. */
async function moyennes(sql: Sql): Promise<Moyenne[] | undefined> {
  const [ici] = await sql<{ schema: string }[]>`
    select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
     where e.extname = 'pg_stat_statements'`;
  if (!ici) return undefined;
  return await sql<Moyenne[]>`
    select s.query as requete, s.calls::int as appels, s.mean_exec_time as moyenne_ms
      from ${sql(`${ici.schema}.pg_stat_statements`)} s join pg_roles r on r.oid = s.userid
     where r.rolname in ('anon', 'authenticated', 'service_role') and s.calls >= 5
       and s.dbid = (select oid from pg_database where datname = current_database())
     order by s.mean_exec_time desc limit 5`.catch(() => undefined);
}

export async function requetesLentes(
  sql: Sql,
  { requeteMaxS, requeteMoyenneMaxMs }: Seuils,
): Promise<Mesure> {
  const enCours = await sql<{ pid: number; qui: string; secondes: number; requete: string }[]>`
    select pid, usename as qui, query as requete,
           extract(epoch from clock_timestamp() - query_start)::float8 as secondes
      from pg_stat_activity
     where datname = current_database() and state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()
       and clock_timestamp() - query_start > make_interval(secs => ${requeteMaxS})`;
  const comptees = await moyennes(sql);
  const lentes = comptees?.filter(({ moyenne_ms }) => moyenne_ms > requeteMoyenneMaxMs) ?? [];
  return {
    nom: "Requêtes lentes",
    constat: `${enCours.length} en cours depuis plus de ${requeteMaxS} s (pg_stat_activity) ; ` +
      (comptees
        ? `${lentes.length} de plus de ${requeteMoyenneMaxMs} ms en moyenne (pg_stat_statements)`
        : "moyennes inconnues, pg_stat_statements n'est pas là"),
    alertes: [
      ...enCours.map(({ pid, qui, secondes, requete }) =>
        `la session ${pid} (${qui}) calcule depuis ${Math.round(secondes)} s : ${extrait(requete)}`
      ),
      ...lentes.map(({ requete, appels, moyenne_ms }) =>
        `${Math.round(moyenne_ms)} ms en moyenne sur ${appels} appels : ${extrait(requete)}`
      ),
    ],
    valeurs: {
      source: comptees ? "pg_stat_statements" : "pg_stat_activity",
      en_cours: enCours.length,
      comptees,
    },
  };
}
