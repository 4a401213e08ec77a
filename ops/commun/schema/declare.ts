// The database as the tree declares it: supabase/schemas/ in order, then its reference rows, schemas/donnees/.
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import type postgres from "postgres";
import { Echec } from "../failure.ts";
import { ROOT } from "../settings.ts";
import { enBref, lireScript, type Migration, nomsDesMigrations } from "./scripts.ts";

const GRAINE = "supabase/seeds/seed_staging_prod_like.sql";

/** Every file that declares the schema, in the order it is applied. */
export async function fichiersDeclares(racine = ROOT): Promise<string[]> {
  const dossier = join(racine, "supabase/schemas");
  const chapitres: string[] = [];
  for (const ou of [dossier, join(dossier, "donnees")]) {
    const noms: string[] = [];
    for await (const { name, isFile } of Deno.readDir(ou)) {
      if (isFile && name.endsWith(".sql")) noms.push(name);
    }
    chapitres.push(...noms.sort().map((nom) => join(ou, nom)));
  }
  return chapitres;
}

/** A Supabase project in which nothing of ours is yet. */
export async function estVierge(sql: postgres.Sql): Promise<boolean> {
  const [{ vierge }] = await sql<[{ vierge: boolean }]>`
    select to_regnamespace('private') is null and to_regclass('public.app_settings') is null as vierge`;
  return vierge;
}

/** Which statement of which file PostgreSQL refuses: found by running them one by one, and undone. */
async function trouverFaute(
  sql: postgres.Sql,
  fichiers: string[],
  racine: string,
): Promise<Echec | undefined> {
  let faute: Echec | undefined;
  await sql.begin(async (tx) => {
    for (const fichier of fichiers) {
      for (const instruction of (await lireScript(fichier)).instructions) {
        await tx.unsafe(instruction).simple().catch((erreur) => {
          faute = new Echec(
            `${relative(racine, fichier)} a échoué : ${erreur.message}. ` +
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
  { racine = ROOT, ensuite }: {
    racine?: string;
    ensuite?: (tx: postgres.TransactionSql) => Promise<unknown>;
  } = {},
): Promise<string> {
  const fichiers = await fichiersDeclares(racine);
  const textes = await Promise.all(fichiers.map((fichier) => Deno.readTextFile(fichier)));
  try {
    return await sql.begin(async (tx) => {
      await tx.unsafe(textes.join("\n;\n")).simple();
      const [{ empreinte }] = await tx<[{ empreinte: string }]>`
        select private.noter_etat('supabase/schemas') as empreinte`;
      await ensuite?.(tx);
      return empreinte;
    });
  } catch (erreur) {
    throw await trouverFaute(sql, fichiers, racine) ?? erreur;
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

/**
 * Tells the Supabase CLI's history what this database holds already: `db push` then has nothing to do. Their statements were
 * not run here, and are not said to have been; nor is it worth a second and 90 MiB to take them apart.
 */
export async function noterHistorique(sql: postgres.Sql, racine = ROOT): Promise<void> {
  const migrations = nomsDesMigrations(join(racine, "supabase/migrations"));
  await sql.begin(async (tx) => {
    await poserHistorique(tx);
    await tx`
      insert into supabase_migrations.schema_migrations (version, name)
      select * from unnest(${migrations.map(({ version }) => version)}::text[], ${
      migrations.map(({ nom }) => nom)
    }::text[])
      on conflict do nothing`;
  });
}

/** Whether the CLI's history has every migration of the tree and no other, and its seed as it is where it has one: nothing to push. */
export async function estPousse(
  sql: postgres.Sql,
  { seed }: { seed: boolean },
  racine = ROOT,
): Promise<boolean> {
  const versions = nomsDesMigrations(join(racine, "supabase/migrations")).map(({ version }) => version);
  const empreinte = empreinteDe(await Deno.readTextFile(join(racine, GRAINE)));
  const [dit] = await sql<{ pousse: boolean }[]>`
    select coalesce((select array_agg(m.version order by m.version) from supabase_migrations.schema_migrations m), '{}')
             = ${versions}::text[]
           and (not ${seed} or exists (select from supabase_migrations.seed_files g
                                        where g.path = ${GRAINE} and g.hash = ${empreinte})) as pousse`.catch(
    () => [],
  );
  return dit?.pousse ?? false;
}

/** The prod-like rows, remembered as the CLI remembers them. */
export async function semer(sql: postgres.Sql, racine = ROOT): Promise<void> {
  const texte = await Deno.readTextFile(join(racine, GRAINE));
  await sql.begin(async (tx) => {
    await tx.unsafe(texte).simple();
    await noterGraine(tx, GRAINE, texte);
  }).catch((erreur) => {
    throw new Echec(
      `La graine ${GRAINE} a échoué : ${erreur.message}. Rien n'en reste. Corrigez-la, puis recommencez.`,
    );
  });
}
