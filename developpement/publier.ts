/**
 * npm run publier -- <version>  cuts a release of this tree, whose migrations and descriptions are up to date: its number in
 * package.json, its head in CHANGELOG.md with the last migration it has, its description kept, the page of changes closed.
 */
import { join, relative } from "node:path";
import semver from "semver";
import { newProgram, runProgram } from "../ops/commun/command_line.ts";
import { Echec } from "../ops/commun/failure.ts";
import { run } from "../ops/commun/process.ts";
import { nomsDesMigrations } from "../ops/commun/schema/scripts.ts";
import { ROOT } from "../ops/commun/settings.ts";
import { CHANGEMENTS_FILE, clorePage, contratDe, ecrireContrat, PUBLIE_DIR } from "./contrat.ts";
import { CODES_FILE, ecrireCodes } from "./codes.ts";
import { describeApi, OPENAPI_FILE } from "./openapi.ts";

const CHANGELOG_FILE = join(ROOT, "CHANGELOG.md");
const EN_ATTENTE = "## [Unreleased]\n";

/** Every file, before any is written: a release is whole or not begun. */
async function textes(version: string): Promise<Map<string, string>> {
  const { fichier } = nomsDesMigrations(join(ROOT, "supabase/migrations")).at(-1)!;
  const changelog = await Deno.readTextFile(CHANGELOG_FILE);
  const debut = changelog.indexOf(EN_ATTENTE);
  if (debut < 0) throw new Echec(`CHANGELOG.md n'a pas de « ${EN_ATTENTE.trim()} » : rien n'a été écrit.`);
  const tete = `${EN_ATTENTE}\n## ${version}\n\nUp to migration \`${fichier.replace(/\.sql$/, "")}\`.\n`;
  const description = await describeApi(version);
  return new Map([
    [CHANGELOG_FILE, changelog.replace(EN_ATTENTE, tete)],
    [OPENAPI_FILE, description],
    [CODES_FILE, await ecrireCodes()],
    [join(PUBLIE_DIR, `${version}.json`), ecrireContrat(contratDe(description))],
    [CHANGEMENTS_FILE, await clorePage(version)],
  ]);
}

async function publier(version: string): Promise<void> {
  const { version: actuelle } = JSON.parse(await Deno.readTextFile(join(ROOT, "package.json")));
  if (!semver.valid(version) || !semver.gt(version, actuelle)) {
    throw new Echec(`« ${version} » n'est pas une version d'après ${actuelle} : rien n'a été écrit.`);
  }
  const ecrits = await textes(version);
  const npm = ["version", version, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts"];
  const { code, stderr } = await run("npm", npm, { cwd: ROOT });
  if (code) throw new Echec(`npm version a échoué : ${stderr.trim()}`);
  for (const [fichier, texte] of ecrits) await Deno.writeTextFile(fichier, texte);
  console.log(
    `${version}, à relire : package.json, package-lock.json, ${
      [...ecrits.keys()].map((fichier) => relative(ROOT, fichier)).join(", ")
    }`,
  );
}

if (import.meta.main) {
  const programme = newProgram("npm run publier --").helpCommand(false)
    .argument("<version>", "comme 0.3.0")
    .action(publier);
  Deno.exit(await runProgram(programme, Deno.args));
}
