// Brings the stack's own database to what the tree declares, rows kept, and says in a line what it did.
import { labelDatabase } from "../commun/environment.ts";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { direSchema, type EtatSchema, lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";
import { isClosed, oneValue } from "../commun/database.ts";
import { Echec, exiger, machineFault } from "../commun/failure.ts";
import { writeWhole } from "../commun/files.ts";
import {
  appliquerDeclaration,
  estPousse,
  estVierge,
  lireChapitres,
  noterHistorique,
  semer,
  semerSiJamais,
} from "../commun/schema/declare.ts";
import { instructionsDesLignes } from "../commun/schema/lignes_a_changer.ts";
import { planifier } from "../commun/schema/plan.ts";
import { lireMigrations } from "../commun/schema/scripts.ts";
import { ROOT } from "../commun/settings.ts";
import { connect, inDatabase, type Sql, withDatabase } from "../commun/connection.ts";
import { copyDatabase, prepareProject } from "./database.ts";
import type { Keys } from "./keys.ts";
import { pushMigrations } from "./migrations.ts";
import type { Saved } from "./saved.ts";

export interface Head {
  project: Sql;
  projectUrl: string;
  /** Of the embedded server, which is ours; undefined on a database of somebody else's. */
  superuserUrl?: string;
  keys: Keys;
  dataDir: string;
  /** Whether tables and columns that the tree no longer has may go, with what is in them: never, unless said. */
  withLoss?(lost: string[]): boolean;
  /** Of what writes to the database, one at a time; where others do. */
  alone?<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the chapters have been saved again since. */
  superseded?(): boolean;
}

const SHADOW = "schema_declare";
/** As empty as a project before its first migration: what a shadow is copied from. */
const BARE = "projet_vierge";
const NAMED = 4;
/** There was nothing to do. */
export const UP_TO_DATE = "à jour";

/** The chapters as they were when the database was last found to be what they declare: nothing to compare then. */
const memoFile = (dataDir: string) => join(dataDir, "schema.json");

async function hashOfChapters(): Promise<string> {
  const hash = createHash("sha256");
  for (const { fichier, texte } of await lireChapitres()) hash.update(fichier).update(texte);
  return hash.digest("hex");
}

async function remembered(dataDir: string): Promise<{ chapters?: string; empreinte?: string }> {
  return JSON.parse(await Deno.readTextFile(memoFile(dataDir)).catch(() => "{}"));
}

export async function remember(dataDir: string, empreinte: string): Promise<void> {
  const memo = { chapters: await hashOfChapters(), empreinte };
  await writeWhole(memoFile(dataDir), JSON.stringify(memo));
}

/** A database beside it, made from the chapters, for as long as the work takes, which is told its fingerprint. */
async function onShadow<T>(
  { superuserUrl, projectUrl, keys }: Head,
  work: (url: string, empreinte: string) => Promise<T>,
): Promise<T> {
  await using server = connect(superuserUrl!);
  const drop = (name: string) => server`drop database if exists ${server(name)} with (force)`;
  await drop(SHADOW);
  if (!(await server`select from pg_database where datname = ${BARE} and datistemplate`).length) {
    await drop(BARE);
    await copyDatabase(server, BARE, "template1");
    await withDatabase(
      inDatabase(superuserUrl!, BARE),
      "monaluxe",
      (superuser) => prepareProject(superuser, keys, inDatabase(projectUrl, BARE)),
    );
    await server`alter database ${server(BARE)} with is_template true`;
  }
  await copyDatabase(server, SHADOW, BARE);
  const url = inDatabase(projectUrl, SHADOW);
  try {
    return await work(url, await withDatabase(url, "monaluxe", (owner) => appliquerDeclaration(owner)));
  } finally {
    await drop(SHADOW).catch(() => {});
  }
}

/** Migrations of the tree that it has not had, where they fit what it is; none where they don't, and nothing was done. */
async function applyPending(project: Sql): Promise<string[]> {
  const had = (await project<{ version: string }[]>`
    select version from supabase_migrations.schema_migrations`.catch(() => [])).map(({ version }) => version);
  if (!had.length) return [];
  const pending = await lireMigrations(join(ROOT, "supabase/migrations"), had);
  try {
    await project.begin(async (tx) => {
      for (const { texte } of pending) await tx.unsafe(texte).simple();
    });
  } catch (error) {
    if (machineFault(error)) throw error;
    // What they bring is there already, saved and tried before it was a migration.
    return [];
  }
  return pending.map(({ fichier }) => basename(fichier));
}

type Facts = Record<string, string>;

interface Noted {
  empreinte: string;
  faits: Facts;
}

const isGrant = (object: string) => object.startsWith("droits ");

/** Names of what is not the same; what is granted comes after the objects it is granted on. */
const changedBetween = (had: Facts, has: Facts): string[] =>
  Object.keys({ ...had, ...has }).filter((one) => had[one] !== has[one]).sort()
    .sort((one, other) => Number(isGrant(one)) - Number(isGrant(other)));

/** Whole or not at all; names what has changed since it was last noted, and what it is at. */
async function apply(
  project: Sql,
  statements: string[],
  rows: string[] = [],
): Promise<{ changed: string[]; from?: string; to: string }> {
  return await project.begin(async (tx) => {
    const noted = async () =>
      (await tx<Noted[]>`select empreinte, faits from private.etats_schema order by note_le desc limit 1`)[0];
    const before = await noted();
    await tx`select private.autoriser_drop('npm start : schéma de cet arbre')`;
    // A function may come before the one that its body calls; the bodies were judged when the schema was made alone.
    await tx`set local check_function_bodies = off`;
    for (const sql of statements) {
      await tx.unsafe(sql).simple().catch((error) => {
        if (machineFault(error)) throw error;
        throw new Echec(
          `Le schéma de cet arbre ne s'applique pas à vos données : ${error.message}. Instruction : « ${
            sql.replace(/\s+/g, " ").slice(0, 200)
          } ». Rien n'a été changé. Donnez un défaut à ce qui en demande un, ou écrivez la migration ` +
            "(npm run schema -- <nom>), complétez-la, et relancez npm start.",
        );
      });
    }
    await tx.unsafe(rows.join("\n")).simple();
    await tx`select private.noter_etat('supabase/schemas')`;
    const after = (await noted())!;
    return {
      changed: changedBetween(before?.faits ?? {}, after.faits),
      from: before?.empreinte,
      to: after.empreinte,
    };
  });
}

const some = (names: string[]) =>
  names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ` et ${names.length - NAMED} autres` : "");

const kept = (changed: string[]) => `${changed.length} objet(s) changé(s), lignes gardées : ${some(changed)}`;

/**
 * A rule that was saved, at once: what of it adds or replaces and takes nothing away is run as it stands, before the whole is
 * compared, which takes longer. Nothing said where there is more to it, or the database refuses it: the comparison says why.
 */
export async function applySaved(
  { project, dataDir }: Pick<Head, "project" | "dataDir">,
  { statements, complete }: Saved,
): Promise<{ said?: string; compare: boolean }> {
  const applied = statements.length ? await apply(project, statements).catch(() => undefined) : undefined;
  if (!applied) return { compare: true };
  const { changed, from, to } = applied;
  // It was what the chapters declared, and nobody else has changed anything since: it still is.
  const settled = complete && changed.length <= statements.length &&
    (await remembered(dataDir)).empreinte === from;
  if (settled) await remember(dataDir, to);
  return { said: changed.length ? kept(changed) : undefined, compare: !settled };
}

/** What a database says otherwise than the chapters do, by name. */
async function differing(project: Sql, shadow: string): Promise<string[]> {
  await using declared = connect(shadow);
  const facts = (sql: Sql) =>
    oneValue<Facts>(sql`select jsonb_object_agg(objet, md5) from private.empreintes()`);
  return changedBetween(await facts(project), await facts(declared));
}

/**
 * Compares with the chapters as they are now, and applies what differs. Throws Echec where that can't be, nothing done;
 * undefined where they have been saved again meanwhile, nothing done either.
 */
export async function compare(head: Head): Promise<string | undefined> {
  const { project, projectUrl, dataDir, alone = (work) => work(), superseded = () => false } = head;
  const applied = await alone(() => applyPending(project));
  return await onShadow(head, async (shadow, empreinte) => {
    const settle = async () => {
      await project.begin(noterHistorique);
      await remember(dataDir, empreinte);
    };
    let found: EtatSchema | undefined;
    const same = await alone(async () => {
      if (superseded()) return false;
      found = await lireEtatSchema(project);
      if (found?.empreinte !== empreinte) return false;
      await settle();
      return true;
    });
    if (same) {
      return applied.length ? `${applied.length} migration(s) appliquée(s) : ${some(applied)}` : UP_TO_DATE;
    }
    if (superseded()) return undefined;
    const plan = await planifier(projectUrl, shadow);
    const lost = plan.filter(({ perte }) => perte).map(({ sql }) => sql);
    const rows = await instructionsDesLignes(projectUrl, shadow);
    return await alone(async () => {
      if (superseded()) return undefined;
      const all = !lost.length || (head.withLoss?.(lost) ?? false);
      const statements = plan.filter(({ perte }) => all || !perte).map(({ sql }) => sql);
      const { changed, to } = await apply(project, statements, rows);
      // By hand, and no longer: what is kept of it has changed since it was last noted.
      const undone = (found?.modifies ?? []).filter((one) => !changed.includes(one));
      const left = all && to !== empreinte ? await differing(project, shadow) : [];
      if (all && !left.length) await settle();
      return [
        ...(changed.length ? [kept(changed)] : undone.length ? [] : ["rien à changer"]),
        ...(undone.length ? [`remis comme cet arbre le dit, modifié à la main : ${some(undone)}`] : []),
        ...(left.length
          ? [
            `RESTE, que npm start ne sait pas faire : ${
              some(left)
            }. Écrivez-le dans la migration (npm run schema -- <nom>).`,
          ]
          : []),
        ...(all ? [] : [
          `GARDÉ, que cet arbre ne connaît pas : ${some(lost.map((sql) => sql.replaceAll('"', "")))}.`,
          "Pour l'ôter, données comprises : npm start -- --avec-perte",
        ]),
      ].join("\n");
    });
  });
}

/**
 * A bare project, which only ours can be, takes the declared schema at once; ours, what it lacks of it; somebody
 * else's, the migrations.
 */
export async function bringToHead(head: Head): Promise<string> {
  const { project, projectUrl, dataDir } = head;
  if (await estVierge(project)) {
    // Killed anywhere, it is still bare, or has all of it.
    const empreinte = await appliquerDeclaration(project, async (tx) => {
      await labelDatabase(tx, "local");
      await noterHistorique(tx);
      await semer(tx);
    });
    await remember(dataDir, empreinte);
    return "celui de supabase/schemas, posé sur une base vide";
  }
  if (!head.superuserUrl) {
    // In a network of depots its rows come from head office, and none is sown.
    const options = { seed: !await isClosed(project, "public.clients") };
    if (!await estPousse(project, options)) await pushMigrations(projectUrl, options);
    return direSchema(await lireEtatSchema(project), EMPREINTE_ATTENDUE);
  }
  const [memo, state] = [await remembered(dataDir), await lireEtatSchema(project)];
  exiger(
    state,
    `La base de ${dataDir} est d'avant la version 0.2.0, dont le schéma ne se reprend pas. Rien n'a été fait. ` +
      "Si ses données ne comptent pas, déplacez ce dossier et relancez npm start.",
  );
  const known = memo.empreinte === state.empreinte && memo.chapters === await hashOfChapters();
  const said = known ? UP_TO_DATE : (await compare(head))!;
  return await semerSiJamais(project) ? `${said}, graine posée` : said;
}
