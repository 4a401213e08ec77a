// Puts a dump into a database, all or nothing: one transaction, that checks itself against the manifest before it ends.
import { executer, type Outils } from "../outils/programmes.ts";
import { RENDU_STABLE, requeteEmpreintes, SCHEMAS, TABLES_AUTH } from "./chiffres.ts";
import type { Manifeste } from "./dossier.ts";

type Flux = ReadableStream<Uint8Array>;

export interface Destination {
  dbUrl: string;
  /** What the database must say it is, and will still say afterwards; `vierge`: one that has no auth tables yet. */
  env: "local" | "staging" | "prod" | "vierge";
  /** Writes must be frozen, and stay so. */
  gelRequis: boolean;
  /** Why, for the database's own log. */
  motif: string;
}

interface Entree {
  ligne: string;
  type: string;
  schema: string;
  objet: string;
  proprietaire: string;
}

/** Lines of `pg_restore --list`. */
function lireTable(texte: string): Entree[] {
  return texte.split("\n").flatMap((ligne) => {
    const [, type, schema, objet, proprietaire] =
      ligne.match(/^\d+; \d+ \d+ ([A-Z]+(?: [A-Z]+)*) (-|\S+) (.+?) (\S*)$/) ?? [];
    return type ? [{ ligne, type, schema: schema!, objet: objet!, proprietaire: proprietaire! }] : [];
  });
}

/** What of the dump goes into the database. Of the platform's `auth`, only who may sign in, unless it has none yet. */
function choisir(entrees: Entree[], vierge: boolean): Entree[] {
  const schemas = new Set(vierge ? [...SCHEMAS, "auth"] : SCHEMAS);
  // Before everything else, for profils refers to them; in this order, for they refer to each other.
  const comptes = vierge
    ? []
    : TABLES_AUTH.flatMap((table) =>
      entrees.filter(({ type, schema, objet }) =>
        type === "TABLE DATA" && schema === "auth" && objet === table
      )
    );
  const projet = entrees.filter(({ type, schema, objet, proprietaire }) => {
    if (type === "SCHEMA") return objet !== "public" && objet !== "auth" && schemas.has(objet);
    if (type === "DEFAULT ACL") return proprietaire === "postgres" && (schema === "-" || schemas.has(schema));
    if (type === "COMMENT" && objet === "SCHEMA public") return false;
    return schema === "-" ? schemas.has(objet.replace(/^SCHEMA /, "")) : schemas.has(schema);
  });
  return [...comptes, ...projet];
}

const lesNotres = ({ type, schema, proprietaire }: Entree) =>
  schema === "extensions" && proprietaire === "postgres" && ["FUNCTION", "ACL", "COMMENT"].includes(type);

const litteral = (texte: string) => `'${texte.replaceAll("'", "''")}'`;

const sql = (nom: string) => Deno.readTextFile(new URL(nom, import.meta.url));

// The dump says every right as a difference from PostgreSQL's own defaults: these must be what new objects get.
const DROITS_PAR_DEFAUT =
  ["tables", "sequences", "functions"].map((objets) =>
    `alter default privileges in schema public revoke all on ${objets} from anon, authenticated, service_role;\n`
  ).join("") + "alter default privileges grant execute on functions to public;\n";

async function debut({ env, gelRequis, motif }: Destination): Promise<string> {
  const ouvrir = (await sql("ouvrir.sql")).replaceAll("{env}", litteral(env)).replaceAll(
    "{gel}",
    String(gelRequis),
  )
    .replaceAll("{motif}", litteral(motif));
  const comptes = env === "vierge"
    ? "drop schema if exists auth cascade; create schema auth;\n"
    // Their identities, factors and sessions go with them.
    : "delete from auth.users;\n";
  return [
    ouvrir,
    await sql("../stack/vider_projet.sql"),
    "drop schema if exists supabase_migrations cascade;\n",
    DROITS_PAR_DEFAUT,
    comptes,
  ].join("\n");
}

/** The guard against drops outlives the schemas: it is made where it is missing and where this role may. */
const GARDE = `
do $$
begin
  if to_regprocedure('extensions.interdire_drop_en_prod()') is not null
     and not exists (select from pg_event_trigger where evtname = 'interdire_drop_en_prod') then
    create event trigger interdire_drop_en_prod on sql_drop execute function extensions.interdire_drop_en_prod();
  end if;
exception when insufficient_privilege then
  raise warning 'interdire_drop_en_prod not created: this role may not create event triggers';
end;
$$;
`;

/** Same rows as the backup, or nothing at all; then the database is again what it was called. */
function fin({ env }: Destination, { chiffres }: Manifeste): string {
  const tables = Object.keys(chiffres.tables);
  // Two projects may be at different versions of the platform's auth: its rows are counted there, not compared.
  const ignoree = env === "vierge" ? "''" : "case when a.key like 'auth.%' then 'empreinte' else '' end";
  return `
    ${RENDU_STABLE}
    set local search_path = pg_catalog;
    do $controle$
    declare
      v_tables jsonb;
      v_ecart text;
    begin
      select tables into v_tables from (${requeteEmpreintes(tables)}) lues;
      select string_agg(a.key, ', ') into v_ecart
        from jsonb_each(${litteral(JSON.stringify(chiffres.tables))}::jsonb) a
       where (v_tables -> a.key) - ${ignoree} is distinct from a.value - ${ignoree};
      if v_ecart is not null then
        raise exception using errcode = 'PT409', message = 'RESTAURATION_DIFFERENTE',
          hint = 'Après restauration, ces tables ne sont pas celles de la sauvegarde : ' || v_ecart;
      end if;
    end;
    $controle$;
    ${GARDE}
    ${
    env === "vierge" ? "" : `
    -- What the target keeps of its own is no act of anybody's: the log stays the backup's.
    alter table public.app_settings disable trigger user;
    insert into public.app_settings as s (key, value) values ('env', ${litteral(env)})
      on conflict (key) do update set value = excluded.value where s.value <> excluded.value;
    delete from public.app_settings
     where key = 'gel_ecritures' and value <> coalesce(current_setting('restauration.gel', true), '');
    insert into public.app_settings (key, value)
      select 'gel_ecritures', current_setting('restauration.gel', true)
       where coalesce(current_setting('restauration.gel', true), '') <> ''
      on conflict (key) do nothing;
    alter table public.app_settings enable trigger user;`
  }
    notify pgrst, 'reload schema';
    commit;
  `;
}

const octets = (texte: string) => new TextEncoder().encode(texte);

/**
 * Replaces the content of a database by a dump's, in clear. In one transaction: a failure, a cut or a difference from
 * the manifest leaves the database as it was. `dossier` holds the lists given to pg_restore.
 */
export async function restaurer(
  outils: Outils,
  { dump, manifeste, dossier }: { dump: string; manifeste: Manifeste; dossier: string },
  destination: Destination,
): Promise<void> {
  const entrees = lireTable(await executer(outils, "pg_restore", ["--list", dump]));
  const script = async (choisies: Entree[], nom: string, lire: (flux: Flux) => Promise<void>) => {
    const liste = `${dossier}/${nom}.liste`;
    await Deno.writeTextFile(liste, choisies.map(({ ligne }) => ligne).join("\n") + "\n");
    await executer(outils, "pg_restore", ["--no-owner", "--file=-", `--use-list=${liste}`, dump], {
      sortie: lire,
    });
  };

  let gardes = "";
  await script(entrees.filter(lesNotres), "extensions", async (flux) => {
    gardes = (await new Response(flux).text()).replaceAll(/^CREATE FUNCTION/gm, "CREATE OR REPLACE FUNCTION");
  });

  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const ecrire = async (texte: string) => {
    const plume = writable.getWriter();
    await plume.write(octets(texte));
    plume.releaseLock();
  };
  const alimenter = async () => {
    try {
      await ecrire(await debut(destination));
      await script(
        choisir(entrees, destination.env === "vierge"),
        "projet",
        (flux) => flux.pipeTo(writable, { preventClose: true, preventAbort: true }),
      );
      await ecrire(gardes);
      await ecrire(fin(destination, manifeste));
      await writable.close();
    } catch (erreur) {
      // Without its "commit", whatever has been sent is undone.
      await writable.abort(erreur).catch(() => {});
      throw erreur;
    }
  };
  const [envoi, recu] = await Promise.allSettled([
    alimenter(),
    executer(outils, "psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"], {
      base: destination.dbUrl,
      entree: readable,
    }),
  ]);
  // The database's own words first: where it refuses, the sending breaks because of it.
  if (recu.status === "rejected") throw recu.reason;
  if (envoi.status === "rejected") throw envoi.reason;
}
