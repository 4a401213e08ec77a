// What the base says of itself before and during the migration: read, never written.
import { createHash } from "node:crypto";
import type { Sql } from "../../ops/commun/connection.ts";
import { Refus } from "../../ops/commun/deroulement.ts";
import { type Gel, lireGel } from "../../ops/exploitation/gel/gel.ts";

/** The two functions production replaces by name (runbook 3.1 and 4.3). */
export const FONCTIONS = ["validate_sortie", "sorties_produit_block_update_delete"] as const;

export interface Fonction {
  nom: string;
  definition: string;
  sha256: string;
  security_definer: boolean;
  search_path: string | null;
}

export async function lireFonctions(sql: Sql): Promise<Fonction[]> {
  const lignes = await sql<{ nom: string; definition: string; prosecdef: boolean; chemin: string | null }[]>`
    select p.proname as nom, pg_get_functiondef(p.oid) as definition, p.prosecdef,
           (select substr(s, 13) from unnest(p.proconfig) s where s like 'search_path=%') as chemin
      from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.proname = any (${[...FONCTIONS]})
     order by p.proname desc`;
  return lignes.map(({ nom, definition, prosecdef, chemin }) => ({
    nom,
    definition,
    sha256: createHash("sha256").update(definition).digest("hex"),
    security_definer: prosecdef,
    search_path: chemin,
  }));
}

export interface Connecte {
  pid: number;
  utilisateur: string;
  application: string;
  adresse: string;
  depuis: string;
  etat: string | null;
}

/** Client sessions on this database but ours. */
export const lireConnectes = (sql: Sql) =>
  sql<Connecte[]>`
    select pid, usename as utilisateur, coalesce(nullif(application_name, ''), '—') as application,
           coalesce(host(client_addr), 'locale') as adresse, backend_start::text as depuis, state as etat
      from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
       and application_name is distinct from current_setting('application_name')
     order by backend_start`;

export const tableauConnectes = (connectes: readonly Connecte[]) => ({
  titre: "Connectés à la base",
  colonnes: ["pid", "utilisateur", "application", "adresse", "depuis", "état"],
  lignes: connectes.map(({ pid, utilisateur, application, adresse, depuis, etat }) => [
    pid,
    utilisateur,
    application,
    adresse,
    depuis,
    etat,
  ]),
});

/** People whose acts are in the log of the last half hour: the app's sessions all share the same few connections. */
export const lireActifs = (sql: Sql) =>
  sql<{ nom: string; role: string; derniere: string; action: string }[]>`
    select distinct on (l.user_id) coalesce(p.nom_complet, p.email, l.user_id::text) as nom, p.role,
           to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') as derniere, l.action
      from public.log_actions l join public.profils p on p.user_id = l.user_id
     where l.created_at > now() - interval '30 minutes'
     order by l.user_id, l.created_at desc`;

export const tableauActifs = (actifs: Awaited<ReturnType<typeof lireActifs>>) => ({
  titre: "Ont agi dans la dernière demi-heure",
  colonnes: ["qui", "rôle", "dernier acte", "à"],
  lignes: actifs.map(({ nom, role, action, derniere }) => [nom, role, action, derniere]),
});

/** The freeze that is on. Refuses with GEL_REQUIS where there is none. */
export async function exigerGel(sql: Sql, env: string): Promise<Gel> {
  const gel = await lireGel(sql);
  if (gel) return gel;
  throw new Refus(
    "GEL_REQUIS",
    `Les écritures ne sont pas gelées. À faire : npm run ops -- migration:astm freeze --env ${env}.`,
  );
}

export interface Drapeau {
  enabled: boolean;
  depots: string[];
  users: string[];
}

export async function lireDrapeau(sql: Sql): Promise<Drapeau> {
  const [ligne] = await sql<Drapeau[]>`
    select enabled, depots, users from public.feature_flags where key = 'astm_53b'`;
  return ligne ?? { enabled: false, depots: [], users: [] };
}

export const direDrapeau = ({ enabled, depots, users }: Drapeau) =>
  !enabled
    ? "astm_53b éteint"
    : `astm_53b allumé (${depots.length ? `${depots.length} dépôt(s)` : "tous les dépôts"}, ${
      users.length ? `${users.length} utilisateur(s)` : "tous les utilisateurs"
    })`;

/** Trucks that have arrived and are not received yet: runbook 3.3. */
export const lireCamionsEnAttente = (sql: Sql) =>
  sql<
    { id: string; plaque: string; volume: number | null; depot: string; produit: string; charge: string }[]
  >`
    select c.id, c.plaque_camion as plaque, c.volume::float8 as volume, d.nom as depot, p.nom as produit,
           c.date_chargement::text as charge
      from public.cours_de_route c
      join public.depots d on d.id = c.depot_destination_id
      join public.produits p on p.id = c.produit_id
     where c.statut = 'ARRIVE'
     order by c.created_at`;

export const lireReceptions = (sql: Sql) =>
  sql<{ methode: string; nombre: number; ambiant: number; a_15c: number }[]>`
    select r.methode_15c as methode, count(*)::int as nombre, sum(r.volume_ambiant)::float8 as ambiant,
           sum(r.volume_15c)::float8 as a_15c
      from public.receptions r where r.statut = 'validee'
     group by 1 order by 1`;

export async function desaccordsDeStock(sql: Sql): Promise<number> {
  const [ligne] = await sql<{ n: number }[]>`select count(*)::int as n from public.verifier_stocks()`;
  return ligne!.n;
}
