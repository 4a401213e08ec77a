// The database as the tree declares it: supabase/schemas/ in order, then its reference rows, schemas/donnees/.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type postgres from "postgres";
import { isClosed, oneValue } from "../database.ts";
import { Echec, machineFault } from "../failure.ts";
import { namesIn } from "../files.ts";
import { ROOT } from "../settings.ts";
import { enBref, instructionsDe, type Migration, nomsDesMigrations } from "./scripts.ts";

const GRAINE = "supabase/seeds/seed_staging_prod_like.sql";
const CHAPITRES = "supabase/schemas";
/** Those that are the project's. */
export const SCHEMAS = ["public", "private", "astm"];

/** Every file that declares the schema, by its path below it, in the order it is applied. */
export async function lireChapitres(): Promise<{ fichier: string; texte: string }[]> {
  const dossiers = ["", "donnees"];
  const noms = await Promise.all(
    dossiers.map(async (dossier) =>
      (await namesIn(join(ROOT, CHAPITRES, dossier))).filter((nom) => nom.endsWith(".sql")).sort()
        .map((nom) => join(dossier, nom))
    ),
  );
  return await Promise.all(
    noms.flat().map(async (fichier) => ({
      fichier,
      texte: await Deno.readTextFile(join(ROOT, CHAPITRES, fichier)),
    })),
  );
}

/** A Supabase project in which nothing of ours is yet. */
export const estVierge = (sql: postgres.Sql): Promise<boolean> =>
  oneValue(sql`select to_regnamespace('private') is null and to_regclass('public.app_settings') is null`);

/** Which statement of which file PostgreSQL refuses: found by running them one by one, and undone. */
async function trouverFaute(
  sql: postgres.Sql,
  chapitres: { fichier: string; texte: string }[],
): Promise<Echec | undefined> {
  let faute: Echec | undefined;
  await sql.begin(async (tx) => {
    for (const { fichier, texte } of chapitres) {
      for (const instruction of await instructionsDe(fichier, texte)) {
        await tx.unsafe(instruction).simple().catch((erreur) => {
          faute = new Echec(
            `${join(CHAPITRES, fichier)} a échoué : ${erreur.message}. ` +
              `Instruction fautive : « ${enBref(instruction)} ». ` +
              "Rien n'a été appliqué. Corrigez le fichier, puis recommencez.",
          );
          throw faute;
        });
      }
    }
    throw undefined;
  }).catch(() => {});
  return faute;
}

/**
 * Brings a bare project to the declared schema, and does what comes with it, whole or not at all. Gives the fingerprint it
 * is at then; throws Echec naming the file and its statement.
 */
export async function appliquerDeclaration(
  sql: postgres.Sql,
  ensuite?: (tx: postgres.TransactionSql) => Promise<unknown>,
): Promise<string> {
  const chapitres = await lireChapitres();
  try {
    return await sql.begin(async (tx) => {
      await tx.unsafe(chapitres.map(({ texte }) => texte).join("\n;\n")).simple();
      const empreinte = await oneValue<string>(tx`select private.noter_etat(${CHAPITRES})`);
      await ensuite?.(tx);
      return empreinte;
    });
  } catch (erreur) {
    // A disk that is full, a server that hangs up, what came after: no file's fault.
    if (erreur instanceof Echec || machineFault(erreur)) throw erreur;
    throw await trouverFaute(sql, chapitres) ?? erreur;
  }
}

/** Where the Supabase CLI keeps its history, as it makes it. */
export const poserHistorique = (tx: postgres.ISql) =>
  tx.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
    create table if not exists supabase_migrations.seed_files (path text primary key, hash text not null)`)
    .simple();

export const noterMigration = (tx: postgres.ISql, { version, nom, instructions }: Migration) =>
  tx`insert into supabase_migrations.schema_migrations (version, name, statements)
     values (${version}, ${nom}, ${tx.array(instructions)}) on conflict do nothing`;

const empreinteDe = (texte: string) => createHash("sha256").update(texte).digest("hex");

/** The CLI would sow it again if it did not find it there. */
export const noterGraine = (tx: postgres.ISql, chemin: string, texte: string) =>
  tx`insert into supabase_migrations.seed_files (path, hash)
     values (${chemin}, ${empreinteDe(texte)})
     on conflict (path) do update set hash = excluded.hash`;

const migrations = () => nomsDesMigrations(join(ROOT, "supabase/migrations"));

/**
 * Tells the Supabase CLI's history what this database holds already: `db push` then has nothing to do. Their statements were
 * not run here, and are not said to have been; nor is it worth a second and 90 MiB to take them apart.
 */
export async function noterHistorique(tx: postgres.TransactionSql): Promise<void> {
  await poserHistorique(tx);
  await tx`
    insert into supabase_migrations.schema_migrations ${
    tx(migrations().map(({ version, nom: name }) => ({ version, name })))
  } on conflict do nothing`;
}

/**
 * Whether the CLI's history has every migration of the tree and no other, and its seed as it is where it has one:
 * nothing to push.
 */
export async function estPousse(sql: postgres.Sql, { seed }: { seed: boolean }): Promise<boolean> {
  const versions = migrations().map(({ version }) => version);
  const empreinte = empreinteDe(await Deno.readTextFile(join(ROOT, GRAINE)));
  return await oneValue<boolean>(sql`
    select coalesce((select array_agg(m.version order by m.version) from supabase_migrations.schema_migrations m), '{}')
             = ${versions}::text[]
           and (not ${seed} or exists (select from supabase_migrations.seed_files g
                                        where g.path = ${GRAINE} and g.hash = ${empreinte}))`).catch(() =>
    false
  );
}

/** The prod-like rows, remembered as the CLI remembers them. */
export async function semer(tx: postgres.TransactionSql): Promise<void> {
  const texte = await Deno.readTextFile(join(ROOT, GRAINE));
  await tx.unsafe(texte).simple().catch((erreur) => {
    if (machineFault(erreur)) throw erreur;
    throw new Echec(
      `La graine ${GRAINE} a échoué : ${erreur.message}. Rien n'en reste. Corrigez-la, puis recommencez.`,
    );
  });
  await noterGraine(tx, GRAINE, texte);
}

/**
 * A base that has the schema and was never lived in: no seed, no depot, in its log neither a person nor a depot that
 * was; nor does head office fill it.
 */
const jamaisServie = async (sql: postgres.Sql): Promise<boolean> =>
  !await isClosed(sql, "public.clients") && await oneValue<boolean>(sql`
    select not exists (select from supabase_migrations.seed_files where path = ${GRAINE})
           and not exists (select from public.depots)
           and not exists (select from public.log_actions where user_id is not null or action like 'DEPOT\\_%')`);

/** Of a base that was killed before its seed, when that was still laid after its schema: whether it was sown now. */
export async function semerSiJamais(sql: postgres.Sql): Promise<boolean> {
  if (!await jamaisServie(sql)) return false;
  await sql.begin(semer);
  return true;
}
