// The operators' command line against projects of a test's own: databases that stand for STAGING and PROD.
import { CITERNES, DEPOT, GASOIL } from "../../ops/commun/referentiels.ts";
import { variablesDuCompte } from "../../ops/exploitation/cible/variables.ts";
import { demoEmail, type Role, ROLES } from "../../ops/pile/demo_users.ts";
import { labelDatabase } from "../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { runWithin } from "./execution.ts";
import type { Ended } from "../../ops/commun/process.ts";
import { supabaseCli } from "../../ops/pile/migrations.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { prouver } from "../../supabase/seeds/jeux/preuves.ts";
import { Scene } from "../../supabase/seeds/jeux/scene.ts";
import { lancer as commander } from "../../ops/programme.ts";
import { attendre } from "./attente.ts";
import { asSuperuser, declaredProject } from "./base.ts";

/** What a person types to let STAGING lose something; each command has a sentence of its own. */
export const RESET = {
  ALLOW_STAGING_RESET: "true",
  CONFIRM_STAGING_RESET: "I_UNDERSTAND_THIS_WILL_DROP_PUBLIC",
};
export const MOUVEMENTS = {
  ALLOW_STAGING_RESET: "true",
  CONFIRM_STAGING_RESET: "I_UNDERSTAND_THIS_WILL_DELETE_MOVEMENTS",
};

export interface Projet {
  /** Its reference: on this machine, the name of its database. */
  nom: string;
  url: string;
  /** As the superuser, to prepare and to check. */
  base: postgres.Sql;
}

/** A project at the declared schema, with the prod-like seed, that says it is `env`; null: that says nothing. */
export async function projet(nom: string, env: "local" | "staging" | "prod" | null): Promise<Projet> {
  const url = await declaredProject(nom, { seed: true });
  const base = postgres(asSuperuser(nom), { max: 3, onnotice: () => {} });
  if (env) await labelDatabase(base, env);
  else await base`delete from public.app_settings where key = 'env'`;
  return { nom, url, base };
}

/** Folder of .env.staging and .env.prod, with these variables. */
export async function dossierEnv(
  fichiers: { staging?: Record<string, string>; prod?: Record<string, string> },
) {
  const dossier = await Deno.makeTempDir({ prefix: "monaluxe-env-" });
  for (const [env, variables] of Object.entries(fichiers)) {
    const lignes = Object.entries(variables).map(([nom, valeur]) => `${nom}=${valeur}\n`);
    await Deno.writeTextFile(join(dossier, `.env.${env}`), lignes.join(""));
  }
  return dossier;
}

export const enStaging = ({ nom, url }: Projet) => ({ STAGING_DB_URL: url, STAGING_PROJECT_REF: nom });
/** The smoke accounts of an environment, as its file names them. */
export const comptesDeSmoke = (env: string, password: string, email: (role: Role) => string = demoEmail) =>
  Object.fromEntries(ROLES.flatMap((role) => {
    const noms = variablesDuCompte(env, role);
    return [[noms.email, email(role)], [noms.password, password]];
  }));
export const enProd = ({ nom, url }: Projet) => ({ PROD_DB_URL: url, PROD_PROJECT_REF: nom });

/** A command that has been started in a process of its own, as an operator would; `tree` where it is not this one. */
export function lancer(args: string[], env: Record<string, string>, tree = ROOT) {
  const processus = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(tree, "ops/ops.ts"), ...args],
    cwd: tree,
    env: { NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const fini: Promise<Ended> = processus.output().then(({ code, stdout, stderr }) => ({
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  }));
  return { processus, fini };
}

/** The same run to its end, without a process where it is of this tree. */
export const ops = (args: string[], env: Record<string, string>, tree?: string): Promise<Ended> =>
  tree ? lancer(args, env, tree).fini : runWithin(env, () => commander(args));

/** Holds that the Supabase CLI finds nothing to do there. */
export async function rienAPousser(url: string, ...options: string[]): Promise<void> {
  const { code, stdout, stderr } = await supabaseCli(["db", "push", ...options, "--yes", `--remote=${url}`]);
  assert.equal(code, 0, stderr);
  assert.match(stdout + stderr, /up to date/i);
}

/** Everything a command could have changed: objects with their numbers and definitions, rows with their places. */
export async function empreinte({ base }: Projet): Promise<string> {
  const [{ tout }] = await base<[{ tout: string }]>`
    select md5(concat_ws(E'\n',
      (select string_agg(concat_ws(' ', c.oid, c.relname, c.relkind, c.relacl), ',' order by c.oid) from pg_class c
        where c.relnamespace::regnamespace::text in ('public', 'private', 'astm', 'auth', 'extensions', 'supabase_migrations')),
      (select string_agg(p::text, ',' order by p.oid) from pg_proc p where p.pronamespace::regnamespace::text !~ '^(pg_|information)'),
      (select string_agg(t::text, ',' order by t.oid) from pg_trigger t),
      (select string_agg(p::text, ',' order by p.oid) from pg_policy p),
      (select string_agg(k::text, ',' order by k.oid) from pg_constraint k),
      (select string_agg(e::text, ',' order by e.oid) from pg_event_trigger e),
      (select string_agg(md5(query_to_xml(format('select ctid, t::text from %I.%I t order by ctid', schemaname, tablename), true, false, '')::text), ','
                         order by schemaname, tablename)
         from pg_tables where schemaname in ('public', 'private', 'astm', 'auth', 'supabase_migrations')))) as tout`;
  return tout;
}

export { DEPOT, GASOIL };
export const [TANK1, TANK2] = CITERNES.map(({ id }) => id) as [string, string];

/** An account with its profile, and a connection that acts in its name. */
export async function personne(
  { base, url }: Projet,
  role: string,
  depot: string | null = DEPOT,
): Promise<{ id: string; sql: postgres.Sql }> {
  const id = crypto.randomUUID();
  await base`insert into auth.users (id, aud, role, email)
             values (${id}, 'authenticated', 'authenticated', ${`${id}@test.monaluxe.test`})`;
  await base`insert into public.profils (user_id, role, depot_id, email)
             values (${id}, ${role}, ${depot}, ${`${id}@test.monaluxe.test`})`;
  const sql = postgres(url, { max: 1, prepare: false, onnotice: () => {} });
  await sql`select set_config('request.jwt.claims', ${
    JSON.stringify({ sub: id, role: "authenticated", aal: "aal2" })
  }, false)`;
  return { id, sql };
}

/** Ids of a truck, its lot and what was received of it. */
interface Recu {
  cdr: string;
  lot: string;
  reception: string;
}

/** What a depot does every day, the purchase behind its fuel included. */
export async function vivre(projet: Projet): Promise<{ id: string; reception: string; client: string }> {
  const { id, sql } = await personne(projet, "admin");
  const recu = await vivreLaChaine(sql);
  await acheter(projet, sql, recu);
  const client = await vendre(sql, recu);
  await partager(sql);
  await sql.end();
  return { id, reception: recu.reception, client };
}

/** The same, with what proves and what is told: a document, an invoice paid online, a report. Never in PROD. */
export async function vivreEtProuver(projet: Projet): Promise<void> {
  const { id, reception, client } = await vivre(projet);
  const lieu = { depot: DEPOT, citernes: [TANK1, TANK2], gerant: id, operateur: id };
  await projet.base.begin((tx) =>
    prouver(new Scene(tx, "un jour du dépôt", () => {}, { admin: id, directeur: id }), lieu, {
      reception,
      client,
    })
  );
}

/**
 * One movement of each kind, and two trucks: one unloaded, one on its way. In the words of the last release, which a
 * database of that time must understand: what came since has its own function.
 */
export async function vivreLaChaine(sql: postgres.Sql): Promise<Recu> {
  await sql`select public.declarer_stock_initial(${TANK2}, 'MONALUXE', 5000, 4950, 'relevé de reprise du dépôt')`;
  const [{ fournisseur }] =
    await sql`select id as fournisseur from public.fournisseurs limit 1` as unknown as [
      { fournisseur: string },
    ];
  const camion = async (plaque: string) => {
    const [cdr] = await sql`
      insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
      values (${fournisseur}, ${DEPOT}, ${GASOIL}, ${plaque}, 30000) returning id`;
    return cdr!.id as string;
  };
  const recu = await camion("RECU");
  const [lot] = await sql`
    insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
    values (${fournisseur}, ${GASOIL}, 'Lot de la purge') returning id`;
  await sql`update public.cours_de_route set fournisseur_lot_id = ${lot!.id} where id = ${recu}`;
  await camion("EN ROUTE");
  for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
    await sql`select public.changer_statut_cours_de_route(${recu}, ${statut})`;
  }
  const [reception] = await sql`
    insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant)
    values (15, ${recu}, ${TANK1}, 30000) returning id`;
  const sortie = async (volume: number) => {
    const [ligne] = await sql`
      insert into public.sorties_produit (temperature_ambiante_c, citerne_id, client_id, volume_ambiant)
      values (15, ${TANK1}, (select id from public.clients limit 1), ${volume}) returning id`;
    return ligne!.id as string;
  };
  await sql`select public.validate_sortie(${await sortie(1000)})`;
  await sortie(500);
  await sql`insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
            values ('RECEPTION', ${reception!.id}, -10, -10, 'écart constaté à la jauge')`;
  await sql`insert into public.transferts (temperature_ambiante_c, citerne_source_id, citerne_destination_id, volume_ambiant)
            values (15, ${TANK1}, ${TANK2}, 100)`;
  await sql`insert into public.prises_de_hauteur (citerne_id, volume_mesure) values (${TANK1}, 28000)`;
  return { cdr: recu, lot: lot!.id, reception: reception!.id };
}

/** The lot of what was received, invoiced and paid in part; a gap. */
async function acheter(projet: Projet, sql: postgres.Sql, { cdr, lot, reception }: Recu): Promise<void> {
  await sql`update public.fournisseur_lot set statut = 'cloture' where id = ${lot}`;
  const [facture] = await sql`
    insert into public.fournisseur_facture_lot_min
      (fournisseur_lot_id, invoice_no, date_facture, quantite_facturee_20c, prix_unitaire_usd)
    select ${lot}, 'F1', current_date, v.volume_20c, 0.7
      from public.v_reception_20c v where v.reception_id = ${reception} returning id`;
  await sql`select public.calculer_facture_fournisseur(${facture!.id})`;
  await sql`select public.valider_facture_fournisseur(${facture!.id})`;
  await sql`insert into public.fournisseur_paiement_lot_min (fournisseur_facture_id, montant_paye_usd)
            values (${facture!.id}, 100)`;
  await projet.base`insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id)
                    values ('FOURNISSEUR', 'LOGISTIQUE', ${DEPOT}, 'CDR', ${cdr})`;
  await sql`select public.noter_ecart(e.id, 'vu avec le transporteur') from public.ecarts e`;
  await sql`select public.regler_specification(${GASOIL}, 'Soufre', null, 50, 'ppm')`;
  await sql`select public.enregistrer_analyse(${
    sql.json({ objet_type: "RECEPTION", objet_id: reception, parametre: "Soufre", valeur: 10 })
  })`;
}

/** A delivery invoiced, printed and paid, an advance given back, a limit passed by a decision, a till closed. */
async function vendre(sql: postgres.Sql, { reception }: Recu): Promise<string> {
  await sql.unsafe(await Deno.readTextFile(new URL("vente.sql", import.meta.url)));
  const [{ client }] = await sql<[{ client: string }]>`select id as client from public.clients limit 1`;
  await sql`select pg_temp.vente_conditions(${DEPOT}, ${client}, ${GASOIL})`;
  const [{ avance }] = await sql<[{ avance: string }]>`
    select pg_temp.vente_encaissement(${DEPOT}, ${client}, 'CONFIRME') as avance`;
  await sql`select pg_temp.vente_remboursement(${avance})`;
  await sql`select pg_temp.vente_bon_confirme(r.citerne_id, ${client}) from public.receptions r where r.id = ${reception}`;
  await sql`
    select public.imprimer_facture(pg_temp.vente_facture(${DEPOT}, r.citerne_id, ${client}, 'EMISE'))
      from public.receptions r where r.id = ${reception}`;
  await sql`
    select pg_temp.vente_sortie_commandee(pg_temp.vente_commande(${DEPOT}, ${client}, ${GASOIL}, 'CONFIRMEE'),
             r.citerne_id, ${client})
      from public.receptions r where r.id = ${reception}`;
  await sql`insert into public.releves_clients (client_id, devise) values (${client}, 'USD')`;
  await sql`select pg_temp.vente_cloture(${DEPOT})`;
  await sql`select pg_temp.vente_derogation(${client})`;
  return client;
}

/** Fuel of a partner, said whose it is, some lent to it, and a dip's gap shared among them; then a month closed. */
async function partager(sql: postgres.Sql): Promise<void> {
  const [{ partenaire }] = await sql<[{ partenaire: string }]>`
    select id as partenaire from public.partenaires limit 1`;
  const [{ initial }] = await sql<[{ initial: string }]>`
    select public.declarer_stock_initial(${TANK2}, 'PARTENAIRE', 1000, 990, 'relevé de reprise du dépôt') as initial`;
  await sql`select public.repartir_stock_initial(${initial}, ${
    sql.json([{ partenaire_id: partenaire, volume_ambiant: 900, volume_15c: 891 }])
  })`;
  await sql`select public.attribuer_stock_partenaire(${DEPOT}, ${GASOIL}, ${partenaire}, 5, 'vendu au dépôt')`;
  const [{ pret }] = await sql<[{ pret: string }]>`
    select public.ouvrir_pret(${DEPOT}, ${GASOIL}, ${partenaire}, 'PRETE', 100, '2035-01-01', 'le partenaire est à sec')
      as pret`;
  await sql`
    select public.ceder(${TANK2}, ${partenaire}, 'VERS_PARTENAIRE', 'EMPRUNT', 50, 'le partenaire est à sec',
      p_pret_id => ${pret})`;
  const [{ prise }] = await sql<[{ prise: string }]>`
    insert into public.prises_de_hauteur (citerne_id, volume_mesure, temperature_c) values (${TANK2}, 6000, 15)
    returning id as prise`;
  await sql`select public.regulariser(${prise}, 'écart de la jauge accepté')`;
  const [{ loin }] = await sql<[{ loin: string }]>`
    insert into public.depots (nom) values ('Dépôt lointain') returning id as loin`;
  await sql`insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
            values (${loin}, ${GASOIL}, 'A', 1000)`;
  await sql`select public.expedier_transfert(${TANK2}, ${loin}, 10, 15)`;
  await sql`select public.clore_periode(${DEPOT}, p_jour => '2020-02-01')`;
}

async function session({ base, nom }: Projet, attente: string, fini: Promise<Ended>): Promise<number> {
  let dit: Ended | undefined;
  fini.then((issue) => dit = issue);
  return await attendre(`a session of ${nom} in ${attente}`, async () => {
    const [vue] = await base<{ pid: number }[]>`
      select pid from pg_stat_activity where datname = ${nom} and (wait_event = ${attente} or wait_event_type = ${attente})`;
    if (!vue && dit) throw new Error(`la commande a fini avant : ${dit.stdout}${dit.stderr}`);
    return vue?.pid;
  });
}

/** Resolves once a session of this project is inside `pg_sleep`; rejects where the command ends first. */
export const dort = (projet: Projet, fini: Promise<Ended>) => session(projet, "PgSleep", fini);

/** The same, once one waits for a lock. */
export const attend = (projet: Projet, fini: Promise<Ended>) => session(projet, "Lock", fini);
