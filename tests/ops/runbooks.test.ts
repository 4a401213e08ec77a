import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { enregistrerCommandes } from "../../ops/programme.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";
import { pages, toutesLesPages } from "../support/pages.ts";

async function programme(): Promise<Command> {
  const racine = new Command();
  await enregistrerCommandes(racine);
  return racine;
}

/** What is wrong with a command line as a page gives it; undefined where the program would take it. */
function faute(racine: Command, ligne: string): string | undefined {
  const mots = ligne.split(/\s+/).filter(Boolean);
  let commande = racine;
  while (commande.commands.length) {
    const mot = mots.shift();
    // A page may speak of any step: « migration:astm <étape> ».
    if (mot === undefined || mot.startsWith("<")) return commande === racine ? "aucune commande" : undefined;
    if (mot === "--help") return undefined;
    const trouvee = commande.commands.find((une) => une.name() === mot);
    if (!trouvee) return `${mot} n'existe pas`;
    commande = trouvee;
  }
  const connues = [...commande.options.map(({ long }) => long), "--help"];
  const inconnue = mots.find((mot) => mot.startsWith("--") && !connues.includes(mot));
  if (inconnue) return `${commande.name()} ne connaît pas ${inconnue}`;
  // What a variable may also say is given once, above.
  const exigees = commande.options.filter((une) =>
    une.mandatory && une.defaultValue === undefined && !une.envVar
  );
  const manque = mots.length ? exigees.find(({ long }) => !mots.includes(long!)) : undefined;
  return manque && `${commande.name()} demande ${manque.flags}`;
}

/** Names that package.json gives to commands, and what each runs. */
const alias = async () =>
  JSON.parse(await Deno.readTextFile(join(ROOT, "package.json"))).scripts as Record<string, string>;

test("every command a page names exists, with the options it gives", async () => {
  const racine = await programme();
  const fautes: string[] = [];
  let lues = 0;
  for (const { nom, texte } of await toutesLesPages()) {
    for (const [, ligne] of texte.replaceAll(/\\\n/g, " ").matchAll(/npm run ops -- ([^`\n#]+)/g)) {
      lues++;
      const dite = faute(racine, ligne!);
      if (dite) fautes.push(`${nom} : ${dite} (${ligne!.trim()})`);
    }
  }
  assert.deepEqual(fautes, []);
  assert.ok(lues > 40, `${lues} commandes lues`);
});

test("every command is on a page: README, or a runbook", async () => {
  const toutes = (await toutesLesPages()).map(({ texte }) => texte).join("\n");
  const { commands } = await programme();
  assert.ok(commands.length > 40, `${commands.length} commands read`);
  // README names those of a kind by what follows: `siege:preparer`, `:rattacher`.
  const tue = commands.map((une) => une.name()).filter((nom) =>
    !new RegExp(`(ops -- |\`)${nom}(?![\\w:-])|\`:${nom.split(":").slice(1).join(":")}(?![\\w:-])`).test(
      toutes,
    )
  );
  assert.deepEqual(tue, []);
});

test("every npm script a page names exists, and what a script runs exists with its options", async () => {
  const scripts = await alias();
  const absents: string[] = [];
  for (const { nom, texte } of await toutesLesPages()) {
    for (const [, script] of texte.matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)) {
      if (!(script! in scripts)) absents.push(`${nom} : ${script}`);
    }
  }
  assert.deepEqual(absents, []);
  const racine = await programme();
  const fautes = Object.entries(scripts).flatMap(([nom, lignes]) =>
    [...lignes.matchAll(/npm run -s ops -- ([^&]+)/g)].flatMap(([, ligne]) => {
      // What a person must still add is asked of them by the command.
      const dite = faute(racine, ligne!.trim());
      return dite && !/ demande /.test(dite) ? [`${nom} : ${dite}`] : [];
    })
  );
  assert.deepEqual(fautes, []);
});

test("a page that pushes migrations says where: without --remote, the CLI speaks to this machine", async () => {
  const poussees = (await toutesLesPages()).flatMap(({ nom, texte }) =>
    [...texte.matchAll(/supabase db push(.*)/g)].map(([, reste]) => ({ nom, reste }))
  );
  assert.ok(poussees.length > 3);
  assert.deepEqual(poussees.filter(({ reste }) => !/^ --remote/.test(reste!)), []);
});

test("no step of a runbook is without a command, a check or a named human decision", async () => {
  const vides: string[] = [];
  for (const { nom, texte } of await pages(join(ROOT, "docs/runbooks"))) {
    for (const section of texte.split(/^(?=## \d)/m).slice(1)) {
      if (!/```|npm run|Décision humaine|Vérification humaine|À satisfaire/.test(section)) {
        vides.push(`${nom} : ${section.split("\n", 1)}`);
      }
    }
  }
  assert.deepEqual(vides, []);
});

test("every link between pages leads somewhere, down to the section", async () => {
  // As GitHub names a heading: lower case, punctuation gone, spaces as hyphens.
  const ancre = (titre: string) =>
    titre.toLowerCase().replaceAll(/[^\p{L}\p{N}\- ]/gu, "").replaceAll(" ", "-");
  const perdus: string[] = [];
  for (const { nom, chemin, texte } of await toutesLesPages()) {
    for (const [, cible = ""] of texte.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [fichier, section] = cible.split("#");
      const vers = fichier ? join(dirname(chemin), fichier) : chemin;
      // A folder is a place to look in.
      const dossier = await Deno.stat(vers).then(({ isDirectory }) => isDirectory, () => false);
      const lu = dossier ? "" : await Deno.readTextFile(vers).catch(() => undefined);
      const titres = [...lu?.matchAll(/^#+ (.+)$/gm) ?? []].map(([, titre]) => ancre(titre!));
      if (lu === undefined || (section && !titres.includes(section))) perdus.push(`${nom} : ${cible}`);
    }
  }
  assert.deepEqual(perdus, []);
});
