// What a page or a comment names is there: read mechanically, nobody keeps a list.
import assert from "node:assert/strict";
import { basename, dirname, join, relative } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";
import { sql, test } from "../support/monde.ts";
import { toutesLesPages } from "../support/pages.ts";

/** What a page has its reader write. */
const A_ECRIRE = ["exemple.mjs"];
/** Generated, or of a version that was: they may name what is no more. */
const ANCIENS = /^(supabase\/(migrations|schema\.sql)|docs\/(contrats\/(publie|changements)|interventions))/;

async function fichiers(dossier = ROOT): Promise<string[]> {
  const trouves: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dossier)) {
    if ([".git", ".local", "node_modules", "artefacts"].includes(name)) continue;
    const chemin = join(dossier, name);
    if (isDirectory) trouves.push(relative(ROOT, chemin), ...await fichiers(chemin));
    else trouves.push(relative(ROOT, chemin));
  }
  return trouves;
}

/** The code's own files, by their paths, with what they say. */
async function code(arbre: string[]): Promise<Map<string, string>> {
  const lus = arbre.filter((un) =>
    (/\.(sql|ts|toml|yml|js|css)$/.test(un) || /^(package|deno)\.json$/.test(un) || un.startsWith(".env")) &&
    !ANCIENS.test(un)
  );
  return new Map(
    await Promise.all(lus.map(async (un) => [un, await Deno.readTextFile(join(ROOT, un))] as const)),
  );
}

/** Every function, relation and type of ours: `schema.name`. */
async function objets(): Promise<Set<string>> {
  const lus = await sql<{ nom: string }[]>`
    select n.nspname || '.' || o.nom as nom
      from (select p.pronamespace as schema, p.proname as nom from pg_proc p
             union select c.relnamespace, c.relname from pg_class c
             union select t.typnamespace, t.typname from pg_type t) o
      join pg_namespace n on n.oid = o.schema
     where n.nspname in ('public', 'private', 'astm', 'extensions')`;
  return new Set(lus.map(({ nom }) => nom));
}

/** What a page gives as code on a line of its text. */
const motsDe = (texte: string) =>
  [...texte.replaceAll(/```.*?```/gs, "").matchAll(/`([^`\n]+)`/g)].map(([, mot]) => mot!.trim());

const SALLE =
  /^(supabase|tests|ops|docs|developpement|bench|env|interventions|_shared|schemas|donnees|\.ci|\.github)\//;
/** `_` within a name: no word of a language has one. */
const NOM = /^([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(\(.*\))?$/;

test("every file, table, function and column that a page names exists", async (t) => {
  const arbre = await fichiers();
  const la = new Set(arbre);
  const noms = new Set(arbre.map((un) => basename(un)));
  const dit = [...(await code(arbre)).values()].join("\n");
  const mots = new Set(dit.match(/\w+/g));
  const connus = await objets();
  const ouvert = (un: string) => /[<*…]|NNN/.test(un);

  /** Whether this word of a page is the name of something that is not there. */
  const manque = (mot: string, page: string): boolean => {
    const [, qualifie] = mot.match(/^((?:private|public|astm|extensions)\.\w+)(\(.*\))?$/) ?? [];
    if (qualifie) return !connus.has(qualifie);
    if (ouvert(mot)) return false;
    if (SALLE.test(mot) && /^[\w./-]+$/.test(mot)) {
      const chemin = mot.replace(/\/$/, "");
      const lieux = ["", "supabase", "supabase/functions", "supabase/schemas", dirname(page)];
      // A door, and what a command writes, are named by the code.
      return !lieux.some((lieu) => la.has(join(lieu, chemin))) && !dit.includes(mot) &&
        !mots.has(basename(mot));
    }
    if (/^[\w.-]+\.(ts|sql|md|toml|yml|json|mjs|js)$/.test(mot)) {
      return !noms.has(mot) && !dit.includes(mot) && !A_ECRIRE.includes(mot);
    }
    const [, nom] = mot.match(NOM) ?? [];
    return nom !== undefined && !mots.has(nom);
  };

  let lus = 0;
  for (const { nom, texte } of await toutesLesPages()) {
    if (ANCIENS.test(nom)) continue;
    await t.step(nom, () => {
      const dits = motsDe(texte);
      lus += dits.length;
      assert.deepEqual([...new Set(dits)].filter((mot) => manque(mot, nom)), []);
    });
  }
  assert.ok(lus > 1000, `${lus} words read`);
});

test("every chapter, file and object that a comment of the code names exists", async () => {
  const arbre = await fichiers();
  const noms = new Set(arbre.flatMap((un) => [basename(un), basename(un).split(".")[0]!]));
  const connus = await objets();
  const perdus: string[] = [];
  let lues = 0;
  for (const [fichier, texte] of await code(arbre)) {
    for (const ligne of texte.split("\n")) {
      if (!/^\s*(--|\/\/|\/?\*)/.test(ligne)) continue;
      lues++;
      const nommes = [
        ...ligne.match(/(?<![\w/-])\d{3,6}_[a-z][a-z0-9_]*/g) ?? [],
        ...ligne.match(/(?<![\w*.])[\w-]+(\.\w+)*\.(ts|sql|md)\b/g) ?? [],
      ].filter((nom) => !noms.has(nom));
      const objetsDits = (ligne.match(/\b(private|public|astm)\.[a-z0-9_]*[a-z0-9]\b(?!\.)/g) ?? [])
        .filter((nom) => !connus.has(nom) && !/\.(ts|sql)$/.test(nom));
      perdus.push(...[...nommes, ...objetsDits].map((nom) => `${fichier} : ${nom}`));
    }
  }
  assert.deepEqual(perdus, []);
  assert.ok(lues > 5000, `${lues} lines read`);
});
