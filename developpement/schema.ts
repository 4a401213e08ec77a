/**
 * npm run schema                          says what separates supabase/schemas from supabase/migrations
 * npm run schema -- <nom> [--avec-perte]  writes the migration that brings the one to the other, and what is made from them
 */
import { join, relative } from "node:path";
import { Echec } from "../ops/commun/failure.ts";
import { newProgram, runProgram } from "../ops/commun/command_line.ts";
import { endWith } from "../ops/commun/execution.ts";
import { appliquerDeclaration } from "../ops/commun/schema/declare.ts";
import { comparer, raconter } from "../ops/commun/schema/ecarts.ts";
import { instructionsDesLignes } from "../ops/commun/schema/lignes_a_changer.ts";
import { type Instruction, planifier } from "../ops/commun/schema/plan.ts";
import { lireMigrations } from "../ops/commun/schema/scripts.ts";
import { FUNCTIONS_DIR, ROOT } from "../ops/commun/settings.ts";
import { executer, outilsPostgres } from "../ops/exploitation/outils/outils.ts";
import { REFERENTIELS } from "../ops/exploitation/siege/tables.ts";
import { connect, type Sql } from "../ops/commun/connection.ts";
import { onBareProjects } from "../ops/pile/bare_projects.ts";

const MIGRATIONS = join(ROOT, "supabase/migrations");
export const EMPREINTE_FILE = join(FUNCTIONS_DIR, "ops/empreinte.ts");
export const SCHEMA_FILE = join(ROOT, "supabase/schema.sql");
const NOM = /^[a-z][a-z0-9_]{2,60}$/;

/** As the Supabase CLI does: each file in a transaction of its own. */
async function appliquerMigrations(sql: Sql): Promise<void> {
  for (const { fichier, texte } of await lireMigrations(MIGRATIONS)) {
    await sql.begin((tx) => tx.unsafe(texte).simple()).catch((erreur) => {
      throw new Echec(
        `${relative(ROOT, fichier)} ne s'applique pas : ${erreur.message}. Rien n'a été écrit.`,
      );
    });
  }
}

/** What the functions of this tree expect of the database they meet. */
export const ecrireEmpreinte = (empreinte: string) =>
  `// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "${empreinte}";
`;

/** The whole schema as PostgreSQL itself tells it, for whoever reads what a change has changed. */
export async function decrireSchema(url: string): Promise<string> {
  const outils = await outilsPostgres();
  const args = [
    "--schema-only",
    "--no-owner",
    "--schema=public",
    "--schema=private",
    "--schema=astm",
  ];
  const dit = await executer(outils, "pg_dump", args, { base: url });
  const lignes = dit.split("\n").filter((ligne) => !/^(\\(un)?restrict |-- Dumped |SET )/.test(ligne));
  return `-- Written by npm run schema: what supabase/schemas declares, as pg_dump tells it. Do not edit.\n${
    lignes.join("\n").replace(/\n{3,}/g, "\n\n")
  }`;
}

const enSql = ({ sql, perte }: Instruction) => `${perte ? "-- PERTE DE DONNÉES\n" : ""}${sql.trim()};\n`;

function rediger(nom: string, plan: Instruction[], lignes: string[]): string {
  const retire = plan.some(({ suppression }) => suppression);
  return [
    `-- ${nom}: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands`,
    "-- (a column that rows must fill), never edit it afterwards.",
    "",
    // As pg_dump: a function may come before the one that its body calls.
    "set check_function_bodies = off;",
    "",
    // PROD refuses a drop in public that nobody has announced.
    ...(retire ? [`select private.autoriser_drop('migration ${nom}');`, ""] : []),
    ...plan.map(enSql),
    ...lignes,
    "reset check_function_bodies;",
    `select private.noter_etat('${nom}');`,
    "",
  ].join("\n");
}

async function ecrireMigration(
  nom: string,
  { avecPerte }: { avecPerte?: boolean },
  urls: { migrations: string; schemas: string },
): Promise<string | undefined> {
  const plan = await planifier(urls.migrations, urls.schemas);
  const lignes = await instructionsDesLignes(urls.migrations, urls.schemas, REFERENTIELS);
  if (!plan.length && !lignes.length) return undefined;
  const pertes = plan.filter(({ perte }) => perte);
  if (pertes.length && !avecPerte) {
    throw new Echec(
      `${pertes.length} instruction(s) perdraient des données :\n${
        pertes.map(({ sql }) => `  ${sql}`).join("\n")
      }\n` +
        `Rien n'a été écrit. Si c'est voulu : npm run schema -- ${nom} --avec-perte. Ce qui n'a que changé de nom part et ` +
        "revient vide : mettez dans la migration écrite « alter … rename … » à la place des deux.",
    );
  }
  const version = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const fichier = join(MIGRATIONS, `${version}_${nom}.sql`);
  const texte = rediger(`${version}_${nom}`, plan, lignes);
  const sql = connect(urls.migrations);
  await sql.begin((tx) => tx.unsafe(texte).simple()).catch((erreur) => {
    throw new Echec(
      `La migration proposée ne s'applique pas (${erreur.message}). Elle n'a pas été écrite :\n${texte}`,
    );
  }).finally(() => sql.end());
  await Deno.writeTextFile(fichier, texte);
  return fichier;
}

/** Both states, then the work; on databases of their own. */
function surLesDeux<T>(
  travail: (urls: { migrations: string; schemas: string }) => Promise<T>,
): Promise<T> {
  return onBareProjects(["migrations", "schemas"], async (urls) => {
    const [migrations, schemas] = [connect(urls.migrations), connect(urls.schemas)];
    try {
      // One after the other: roles belong to the whole server.
      await appliquerMigrations(migrations);
      await appliquerDeclaration(schemas);
    } finally {
      await Promise.all([migrations.end(), schemas.end()]);
    }
    return await travail(urls);
  });
}

async function schema(nom: string | undefined, options: { avecPerte?: boolean }): Promise<number> {
  if (nom !== undefined && !NOM.test(nom)) {
    throw new Echec(`« ${nom} » n'est pas un nom de migration : des minuscules, des chiffres, des _.`);
  }
  return await surLesDeux(async (urls) => {
    if (nom !== undefined) {
      const fichier = await ecrireMigration(nom, options, urls);
      console.log(fichier ? `Écrit : ${relative(ROOT, fichier)}. Relisez-la.` : "Rien à écrire.");
      const sql = connect(urls.schemas);
      const [{ empreinte }] = await sql<[{ empreinte: string }]>`select private.empreinte() as empreinte`;
      await sql.end();
      await Deno.writeTextFile(EMPREINTE_FILE, ecrireEmpreinte(empreinte));
      await Deno.writeTextFile(SCHEMA_FILE, await decrireSchema(urls.schemas));
    }
    const ecarts = await comparer(urls.migrations, urls.schemas);
    for (const ecart of ecarts) console.log(raconter(ecart, "migrations", "schemas"));
    if (!ecarts.length) {
      console.log("Les migrations donnent ce que supabase/schemas déclare.");
      return 0;
    }
    console.log(
      nom === undefined
        ? `${ecarts.length} différence(s). Écrivez la migration : npm run schema -- <nom>`
        : `Il reste ${ecarts.length} différence(s) que la migration ne fait pas : complétez-la à la main.`,
    );
    return 1;
  });
}

if (import.meta.main) {
  const programme = newProgram("npm run schema --").helpCommand(false)
    .argument("[nom]", "nom de la migration à écrire")
    .option("--avec-perte", "accepte ce qui retire des tables, des colonnes ou leurs données")
    .action(async (nom, options) => endWith(await schema(nom, options)));
  Deno.exit(await runProgram(programme, Deno.args));
}
