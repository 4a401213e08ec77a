// Takes a backup: dump, separate exports, figures, all of one snapshot, written beside then named at once.
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import type postgres from "postgres";
import type { Cible } from "../cible/cible.ts";
import { Refus } from "../cli/deroulement.ts";
import { commitDe } from "../deploiement/commit.ts";
import { jourAuDepot } from "../horloge.ts";
import { executer, type Outils } from "../outils/programmes.ts";
import type { Sql } from "../stack/database.ts";
import { type Chiffres, lireChiffres, SCHEMAS } from "./chiffres.ts";
import { chiffreur, cleSauvegarde } from "./chiffrement.ts";
import { dossierSauvegardes, type Manifeste, type Sauvegarde, voisins } from "./dossier.ts";

/** Day 0 of PROD, where neither the settings of the database nor the file of the environment say another. */
const J0 = "2026-02-05";

/** What the ASTM runbook wants beside the dump: the two functions it replaces, the three tables it may touch. */
const FONCTIONS = ["public.validate_sortie", "public.sorties_produit_block_update_delete"];
const TABLES = ["public.stocks_journaliers", "public.sorties_produit", "public.receptions"];

/** Beginning of the name of what is being written, and of what an interruption leaves. */
export const EN_COURS = ".en_cours_";

export interface Demande {
  description: string;
  /** PROD's database on this very machine: accepted by whoever asked. */
  surCetteMachine?: boolean;
}

/** Refuses with SAUVEGARDE_MEME_MACHINE a backup of PROD that would stay on the machine of its database. */
export function refuserMemeMachine({ env, dbUrl }: Cible, accepte = false): boolean {
  const ici = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(dbUrl).hostname);
  if (env === "prod" && ici && !accepte) {
    throw new Refus(
      "SAUVEGARDE_MEME_MACHINE",
      "La base de PROD est sur cette machine : sa sauvegarde serait perdue avec elle. Lancez cette commande depuis une " +
        "autre machine, ou ajoutez --sur-cette-machine si ce dossier est copié ailleurs.",
    );
  }
  return ici;
}

/** Days at the depot since J0: the file's variable J0, else the database's setting j0, else the day PROD began. */
async function jourDepuisJ0(sql: Sql, { variables }: Cible): Promise<number> {
  const [reglage] = await sql<{ value: string }[]>`select value from public.app_settings where key = 'j0'`;
  const j0 = variables.J0 || reglage?.value || J0;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(j0) || Number.isNaN(Date.parse(j0))) {
    throw new Refus(
      "J0_INVALIDE",
      `J0 vaut « ${j0} » : une date AAAA-MM-JJ est attendue (variable J0 ou app_settings).`,
    );
  }
  return Math.round((Date.parse(jourAuDepot()) - Date.parse(j0)) / 86_400_000);
}

/** Name of the dump to be, which must be free. Refuses with DESCRIPTION_INVALIDE and NOM_DEJA_PRIS. */
export async function nommer(
  sql: Sql,
  cible: Cible,
  description: string,
): Promise<{ jour: number; dump: string }> {
  if (!/^[A-Za-z0-9_-]{1,60}$/.test(description)) {
    throw new Refus(
      "DESCRIPTION_INVALIDE",
      "La description ne prend que lettres sans accent, chiffres, _ et -.",
    );
  }
  const jour = await jourDepuisJ0(sql, cible);
  const suffixe = cleSauvegarde(cible.variables) ? ".age" : "";
  const dump = join(dossierSauvegardes(), `ml_pp_${cible.env}_J${jour}_${description}.dump${suffixe}`);
  const { manifeste } = voisins(dump);
  if (await Deno.lstat(manifeste).then(() => true, () => false)) {
    throw new Refus(
      "NOM_DEJA_PRIS",
      `${manifeste} existe déjà et n'est jamais remplacé : donnez une autre --description.`,
    );
  }
  return { jour, dump };
}

type Sortie = (flux: ReadableStream<Uint8Array>) => Promise<void>;

/** Writes a stream to a new file nobody else may read, and gives what it weighs. */
async function ecrire(
  chemin: string,
  flux: ReadableStream<Uint8Array>,
): Promise<{ octets: number; sha256: string }> {
  const empreinte = createHash("sha256");
  let octets = 0;
  using fichier = await Deno.open(chemin, { write: true, createNew: true, mode: 0o600 });
  for await (const morceau of flux) {
    empreinte.update(morceau);
    octets += morceau.length;
    for (let ecrits = 0; ecrits < morceau.length;) ecrits += await fichier.write(morceau.subarray(ecrits));
  }
  // A name must never stand for what the disk does not hold yet.
  await fichier.sync();
  return { octets, sha256: empreinte.digest("hex") };
}

const flux = (texte: string) =>
  ReadableStream.from([new TextEncoder().encode(texte)]) as ReadableStream<Uint8Array>;

/** Definition of a function, every overload; undefined where the database has none of that name. */
async function definition(tx: postgres.TransactionSql, fonction: string): Promise<string | undefined> {
  const [ligne] = await tx<{ definition: string | null }[]>`
    select string_agg(pg_get_functiondef(p.oid) || E';\n', E'\n' order by p.oid) as definition
      from pg_proc p where p.pronamespace::regnamespace || '.' || p.proname = ${fonction}`;
  return ligne?.definition ?? undefined;
}

/** Rows of a table in the order they were written, as CSV, from a snapshot that another session holds. */
const lignesCsv = (outils: Outils, base: string, instantane: string, table: string, sortie: Sortie) =>
  executer(outils, "psql", [
    "--no-psqlrc",
    "--quiet",
    "--set=ON_ERROR_STOP=1",
    "--command=begin isolation level repeatable read read only",
    `--command=set transaction snapshot '${instantane}'`,
    `--command=copy (select * from ${table} order by created_at, id) to stdout with (format csv, header)`,
  ], { base, sortie });

/**
 * Schemas that belong to the platform: everything but ours, `auth`, and `extensions`, where a function of ours lives.
 * Leaving these out, rather than naming ours, keeps in the dump what has no schema: default privileges, event triggers.
 */
async function schemasExclus(tx: postgres.TransactionSql): Promise<string[]> {
  const lignes = await tx<{ nspname: string }[]>`
    select nspname from pg_namespace
     where nspname <> all (${[
    ...SCHEMAS,
    "auth",
    "extensions",
    "information_schema",
  ]}) and nspname !~ '^pg_' order by 1`;
  return lignes.map(({ nspname }) => `--exclude-schema="${nspname}"`);
}

async function tete(tx: postgres.TransactionSql): Promise<string | null> {
  const [la] = await tx`select to_regclass('supabase_migrations.schema_migrations') is not null as connue`;
  if (!la!.connue) return null;
  const [ligne] = await tx`select max(version) as version from supabase_migrations.schema_migrations`;
  return ligne!.version;
}

/**
 * Backs the target up. Dump, exports and figures are of one snapshot, whoever writes meanwhile. The name appears last
 * and only whole; an interruption leaves at most a folder `.en_cours_…`, that the cleanup removes.
 */
export async function sauvegarder(
  cible: Cible,
  sql: Sql,
  outils: Outils,
  { description, surCetteMachine }: Demande,
  progres: (phrase: string) => void = () => {},
): Promise<Sauvegarde> {
  const memeMachine = refuserMemeMachine(cible, surCetteMachine);
  const { jour, dump } = await nommer(sql, cible, description);
  const debut = performance.now();
  const nom = basename(dump);
  const cle = cleSauvegarde(cible.variables);
  const chiffrer = await chiffreur(cle);
  await Deno.mkdir(dossierSauvegardes(), { recursive: true, mode: 0o700 });
  const travail = await Deno.makeTempDir({ dir: dossierSauvegardes(), prefix: EN_COURS });
  try {
    const fichiers: Manifeste["fichiers"] = [];
    const ranger = async (nom: string, clair: ReadableStream<Uint8Array>) => {
      fichiers.push({ nom, ...await ecrire(join(travail, nom), await chiffrer(clair)) });
    };
    const exports = basename(voisins(dump).exports);
    await Deno.mkdir(join(travail, exports), { mode: 0o700 });

    const instantane = await sql.begin("isolation level repeatable read read only", async (tx) => {
      await tx`set local idle_in_transaction_session_timeout = 0`;
      await tx`set local statement_timeout = 0`;
      const [quand] = await tx<{ moment: string; instantane: string; serveur: string }[]>`
        select to_json(now()) #>> '{}' as moment, pg_export_snapshot() as instantane,
               current_setting('server_version') as serveur`;
      progres("dump");
      await executer(outils, "pg_dump", [
        "--format=custom",
        "--no-large-objects",
        "--no-publications",
        "--no-subscriptions",
        "--lock-wait-timeout=60000",
        `--snapshot=${quand!.instantane}`,
        ...await schemasExclus(tx),
      ], { base: cible.dbUrl, sortie: (flux) => ranger(nom, flux) });
      progres("exports séparés");
      const suffixe = cle ? ".age" : "";
      for (const fonction of FONCTIONS) {
        const texte = await definition(tx, fonction);
        if (texte) await ranger(join(exports, `${fonction.split(".")[1]}.sql${suffixe}`), flux(texte));
      }
      for (const table of TABLES) {
        const nom = join(exports, `${table.split(".")[1]}.csv${suffixe}`);
        await lignesCsv(outils, cible.dbUrl, quand!.instantane, table, (lignes) => ranger(nom, lignes));
      }
      progres("chiffres du manifeste");
      const chiffres: Chiffres = await lireChiffres(tx);
      return { ...quand!, chiffres, migration: await tete(tx) };
    }) as { moment: string; serveur: string; chiffres: Chiffres; migration: string | null };

    const manifeste: Manifeste = {
      format: 1,
      env: cible.env,
      reference: cible.reference,
      jour,
      description,
      moment: instantane.moment,
      serveur: instantane.serveur,
      outils: outils.version,
      migration: instantane.migration,
      // No git here: the manifest says so.
      commit: commitDe("HEAD") ?? null,
      sur_la_machine_de_la_base: memeMachine,
      chiffree: cle !== undefined,
      duree_ms: Math.round(performance.now() - debut),
      fichiers,
      chiffres: instantane.chiffres,
    };
    await publier(travail, dump, manifeste);
    return { dump, nom, manifeste };
  } finally {
    await Deno.remove(travail, { recursive: true }).catch(() => {});
  }
}

/** Gives every file its final name, the dump's last: until then there is no backup. Never over an existing name. */
async function publier(travail: string, dump: string, manifeste: Manifeste): Promise<void> {
  const { manifeste: fichierManifeste, sha256: fichierSha, exports } = voisins(dump);
  const nomManifeste = basename(fichierManifeste);
  const { sha256 } = await ecrire(
    join(travail, nomManifeste),
    flux(JSON.stringify(manifeste, null, 2) + "\n"),
  );
  const lignes = [...manifeste.fichiers, { nom: nomManifeste, sha256 }].map(({ nom, sha256 }) =>
    `${sha256}  ${nom}\n`
  );
  await ecrire(join(travail, basename(fichierSha)), flux(lignes.join("")));

  try {
    // Taking the manifest's name takes the others': each is a part of it, and nobody else writes them without it.
    (await Deno.open(fichierManifeste, { write: true, createNew: true })).close();
  } catch (erreur) {
    if (!(erreur instanceof Deno.errors.AlreadyExists)) throw erreur;
    throw new Refus(
      "NOM_DEJA_PRIS",
      `${fichierManifeste} existe déjà : rien n'a été remplacé. Donnez une autre --description.`,
    );
  }
  for (const chemin of [fichierManifeste, fichierSha, exports, dump]) {
    await Deno.rename(join(travail, basename(chemin)), chemin);
  }
}
