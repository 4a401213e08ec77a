// The interventions of a database, in the database: which is open, at what step, by whom. Whoever continues it on another
// machine finds it there; two people at once are refused by a lock of the database, that ends with their connection.
import { connect, type Sql } from "../../ops/commun/connection.ts";
import { hasTable } from "../../ops/commun/database.ts";
import { Refus } from "../../ops/commun/deroulement.ts";
import { exiger } from "../../ops/commun/failure.ts";
import { operateurIci } from "../../ops/exploitation/interventions/registre.ts";

/** One intervention; `contenu` is its own: what each step saw. */
export interface Fiche<T = unknown> {
  id: string;
  nom: string;
  reference: string;
  ouverte_le: string;
  close_le: string | null;
  etape: string | null;
  par: string | null;
  /** Of how many writings this is the state. */
  version: number;
  contenu: T;
}

/** Every intervention of this project, oldest first; none in a database that is older than the register. */
export async function lireFiches<T>(sql: Sql, reference: string, nom?: string): Promise<Fiche<T>[]> {
  if (!await hasTable(sql, "private.interventions")) return [];
  return await sql<Fiche<T>[]>`
    select id, nom, reference, ouverte_le::text, close_le::text, etape, par, version, contenu
      from private.interventions
     where reference = ${reference} and (${nom ?? null}::text is null or nom = ${nom ?? null})
     order by ouverte_le`;
}

/** Writes where an intervention is: the whole of it, or nothing. Throws Echec where somebody has written meanwhile. */
export async function consigner(sql: Sql, fiche: Fiche): Promise<void> {
  const { id, nom, reference, ouverte_le, close_le, etape, version } = fiche;
  const [ecrite] = await sql<{ version: number }[]>`
    insert into private.interventions as i (id, nom, reference, ouverte_le, close_le, etape, par, contenu)
    values (${id}, ${nom}, ${reference}, ${ouverte_le}, ${close_le}, ${etape}, ${operateurIci()}, ${
    sql.json(fiche.contenu as never)
  })
    on conflict (id) do update
       set close_le = excluded.close_le, etape = excluded.etape, par = excluded.par, contenu = excluded.contenu,
           version = i.version + 1
     where i.version = ${version}
    returning i.version`;
  exiger(
    ecrite,
    `L'intervention ${nom} a avancé entre-temps, ailleurs : rien n'est consigné ici. Relisez-la, puis relancez l'étape.`,
  );
  fiche.version = ecrite.version;
}

/**
 * Takes the interventions of this database for one command, until its connection ends. Refuses with
 * INTERVENTION_OCCUPEE, saying who has them.
 */
export async function reserver(dbUrl: string): Promise<{ liberer(): Promise<void> }> {
  const sql = connect(dbUrl, `monaluxe intervention ${operateurIci()}`.slice(0, 63), {
    idle_timeout: 0,
    max: 1,
  });
  const prise = await sql.reserve();
  const [{ pris }] = await prise<[{ pris: boolean }]>`
    select pg_try_advisory_lock(hashtextextended('ops:intervention', 0)) as pris`;
  // The driver would wait for a connection that is still reserved.
  const liberer = async () => {
    prise.release();
    await sql.end({ timeout: 1 });
  };
  if (pris) return { liberer };
  const [qui] = await prise<{ qui: string }[]>`
    select a.application_name as qui from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
       and a.application_name like 'monaluxe intervention %' and a.pid <> pg_backend_pid()`;
  await liberer();
  throw new Refus(
    "INTERVENTION_OCCUPEE",
    `Une étape d'une intervention est en cours sur cette base (${
      qui?.qui.replace("monaluxe intervention ", "") ?? "inconnu"
    }) : attendez qu'elle finisse.`,
  );
}
