// What the data say of themselves: writes that reached the journal, books that agree, sizes, backups, what waits for somebody.
import type { Cible } from "../cible/cible.ts";
import { sauvegardesVerifiees } from "../sauvegardes/dossier.ts";
import type { Sql } from "../stack/database.ts";
import type { Mesure } from "./mesures.ts";
import type { Seuils } from "./seuils.ts";

const FENETRE = "24 hours";

/** Every movement validated lately has its one log line and its day; every such line has its movement. */
export async function journal(sql: Sql, { journalRetardMaxS }: Seuils): Promise<Mesure> {
  const [compte] = await sql<
    [{ mouvements: number; sans_ligne: number; sans_jour: number; sans_mouvement: number; retard_s: number }]
  >`
    with mouvements as (
      select r.id, 'RECEPTION_CREEE' as action, r.citerne_id, r.produit_id, r.proprietaire_type,
             r.date_reception as date_jour, r.created_at
        from public.receptions r
       where r.statut = 'validee' and r.created_at > now() - ${FENETRE}::interval
      union all
      select s.id, 'SORTIE_VALIDEE', s.citerne_id, s.produit_id, s.proprietaire_type, s.date_jour, null
        from public.sorties_produit s
       where s.statut = 'validee' and s.created_at > now() - ${FENETRE}::interval
    ), suivis as (
      select m.*, l.lignes, l.ecrite_le,
             exists (select from public.stocks_journaliers j
                      where (j.citerne_id, j.produit_id, j.proprietaire_type, j.date_jour)
                            = (m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour)) as a_son_jour
        from mouvements m
       cross join lateral (select count(*) as lignes, max(l.created_at) as ecrite_le from public.log_actions l
                            where l.cible_id = m.id and l.action = m.action) l
    )
    select count(*)::int as mouvements,
           count(*) filter (where lignes <> 1)::int as sans_ligne,
           count(*) filter (where not a_son_jour)::int as sans_jour,
           coalesce(max(extract(epoch from ecrite_le - created_at)), 0)::float8 as retard_s,
           (select count(*) from public.log_actions l
             where l.created_at > now() - ${FENETRE}::interval and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE')
               and not exists (select from public.receptions r where r.id = l.cible_id)
               and not exists (select from public.sorties_produit s where s.id = l.cible_id))::int as sans_mouvement
      from suivis`;
  const { mouvements, sans_ligne, sans_jour, sans_mouvement, retard_s } = compte;
  return {
    nom: "Écritures au journal",
    constat: `${mouvements} mouvement(s) en 24 h, retard du journal ${retard_s.toFixed(2)} s au plus`,
    alertes: [
      sans_ligne && `${sans_ligne} mouvement(s) sans leur ligne (ou avec plusieurs) dans log_actions`,
      sans_jour && `${sans_jour} mouvement(s) sans leur jour dans stocks_journaliers`,
      sans_mouvement && `${sans_mouvement} ligne(s) du journal sans mouvement`,
      retard_s > journalRetardMaxS && `le journal a ${retard_s.toFixed(1)} s de retard`,
    ].filter((alerte) => typeof alerte === "string"),
    valeurs: compte,
  };
}

export async function stocks(sql: Sql): Promise<Mesure> {
  const ecarts = await sql`select * from public.verifier_stocks()`;
  return {
    nom: "verifier_stocks()",
    constat: ecarts.length ? `${ecarts.length} écart(s)` : "aucun écart",
    alertes: ecarts.length
      ? [`verifier_stocks : ${ecarts.length} écart(s), ${JSON.stringify(ecarts[0])}`]
      : [],
    valeurs: { ecarts: ecarts.length },
  };
}

const mo = (octets: number) => Math.round(octets / 1e5) / 10;

export async function tailles(sql: Sql, { tailleMaxMo }: Seuils): Promise<Mesure> {
  const [{ total }] = await sql<[{ total: number }]>`
    select pg_database_size(current_database())::float8 as total`;
  const tables = await sql<{ nom: string; octets: number }[]>`
    select c.oid::regclass::text as nom, pg_total_relation_size(c.oid)::float8 as octets
      from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'private')
     order by octets desc limit 5`;
  return {
    nom: "Tailles",
    constat: `base ${mo(total)} Mo ; ${tables.map(({ nom, octets }) => `${nom} ${mo(octets)}`).join(", ")}`,
    alertes: mo(total) > tailleMaxMo ? [`la base occupe ${mo(total)} Mo`] : [],
    valeurs: { base_mo: mo(total), tables: tables.map(({ nom, octets }) => ({ nom, mo: mo(octets) })) },
  };
}

/** Only PROD must have one: elsewhere its age is said, and alerts nobody. */
export async function sauvegarde({ env, reference }: Cible, { sauvegardeMaxH }: Seuils): Promise<Mesure> {
  const [derniere] = await sauvegardesVerifiees(reference);
  const heures = derniere && (Date.now() - Date.parse(derniere.manifeste.moment)) / 3_600_000;
  const trop = heures === undefined || heures > sauvegardeMaxH;
  return {
    nom: "Sauvegarde vérifiée",
    constat: derniere ? `${derniere.nom}, il y a ${heures!.toFixed(1)} h` : "aucune",
    alertes: env === "prod" && trop
      ? [
        derniere
          ? `la dernière sauvegarde vérifiée a ${heures!.toFixed(1)} h`
          : "aucune sauvegarde vérifiée : db:backup, puis db:backup:verify",
      ]
      : [],
    valeurs: { nom: derniere?.nom ?? null, heures: heures ?? null },
  };
}

/** What somebody must look at: a tank whose last dip is out of tolerance, a freeze that was forgotten. */
export async function alertesOuvertes(sql: Sql, { gelMaxH }: Seuils): Promise<Mesure> {
  const ecarts = await sql<{ citerne: string; ecart: number; jour: string }[]>`
    select citerne_nom as citerne, ecart_l::float8 as ecart, created_at::date::text as jour
      from (select distinct on (citerne_id) * from public.v_ecarts_inventaire order by citerne_id, created_at desc) e
     where hors_tolerance`;
  const gels = await sql<{ heures: number }[]>`
    select extract(epoch from now() - updated_at)::float8 / 3600 as heures
      from public.app_settings where key = 'gel_ecritures'`;
  return {
    nom: "Alertes ouvertes",
    constat: `${ecarts.length} citerne(s) hors tolérance d'inventaire, saisies ${
      gels.length ? "gelées" : "ouvertes"
    }`,
    alertes: [
      ...ecarts.map(({ citerne, ecart, jour }) =>
        `${citerne} : écart d'inventaire de ${ecart} L (prise de hauteur du ${jour})`
      ),
      ...gels.filter(({ heures }) => heures > gelMaxH).map(({ heures }) =>
        `les saisies sont gelées depuis ${heures.toFixed(1)} h`
      ),
    ],
    valeurs: { hors_tolerance: ecarts, gel: gels.length > 0 },
  };
}
