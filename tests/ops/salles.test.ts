// A room imports downwards only, and no file comes back to itself: computed from the imports, nobody keeps a list.
import assert from "node:assert/strict";
import { dirname, join, normalize, relative } from "node:path";
import { newProgram } from "../../ops/commun/command_line.ts";
import { CODES_FILE } from "../../developpement/codes.ts";
import { COLLECTION_FILE } from "../../developpement/collection.ts";
import { PUBLIE_DIR } from "../../developpement/contrat.ts";
import { LECTEUR_FILE } from "../../developpement/lecteur.ts";
import { OPENAPI_FILE } from "../../developpement/openapi.ts";
import { POLICES_FILE } from "../../developpement/polices.ts";
import { EMPREINTE_FILE, SCHEMA_FILE } from "../../developpement/schema.ts";
import { TYPES_FILE } from "../../developpement/types.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";

async function sources(dossier: string, quoi = /\.ts$/): Promise<string[]> {
  const trouvees: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dossier)) {
    const chemin = join(dossier, name);
    if (isDirectory && name !== "node_modules") trouvees.push(...await sources(chemin, quoi));
    else if (quoi.test(name)) trouvees.push(chemin);
  }
  return trouvees;
}

/** Each file of the tree and what it imports of it, as paths from the root. */
async function imports(): Promise<Map<string, string[]>> {
  const liens = new Map<string, string[]>();
  const dessous = ["functions", "seeds", "exemples"].map((nom) => `supabase/${nom}`);
  for (const dossier of ["ops", "developpement", "interventions", ...dessous, "tests", "bench"]) {
    for (const fichier of await sources(join(ROOT, dossier))) {
      const texte = await Deno.readTextFile(fichier);
      const vers = [...texte.matchAll(/(?:from|import|import\()\s*"(\.[^"]+\.ts)"/g)].map(([, chemin]) =>
        relative(ROOT, normalize(join(dirname(fichier), chemin!)))
      );
      liens.set(relative(ROOT, fichier), vers);
    }
  }
  return liens;
}

/** What a room may import besides itself. */
const SALLES: [salle: RegExp, permises: RegExp][] = [
  [/^supabase\/functions\/_shared\//, /^$/],
  [/^supabase\/functions\/([^/]+)\//, /^supabase\/functions\/_shared\//],
  [/^ops\/commun\//, /^supabase\/functions\//],
  [/^ops\/pile\//, /^(ops\/commun|supabase\/functions)\//],
  [/^supabase\/seeds\//, /^(ops\/(commun|pile)|supabase\/functions)\//],
  [/^supabase\/exemples\//, /^$/],
  [/^ops\/exploitation\//, /^(ops\/(commun|pile)|supabase\/(functions|seeds))\//],
  [/^ops\/commandes\//, /^(ops\/(commun|pile|exploitation)|supabase\/functions)\//],
  [/^developpement\//, /^(ops\/(commun|pile|exploitation)|supabase\/(functions|exemples))\//],
  [/^ops\/[^/]+\.ts$/, /^ops\/(commun|[^/]+\.ts)/],
  [/^interventions\/([^/]+)\//, /^(ops|supabase\/(functions|seeds)|tests\/support)\//],
  [/^bench\//, /^(ops|supabase\/(functions|seeds)|tests)\//],
  [/^tests\//, /./],
];

test("a room imports downwards only; nothing imports an intervention, no domain another", async () => {
  const montees: string[] = [];
  for (const [fichier, vers] of await imports()) {
    const [salle, permises] = SALLES.find(([salle]) => salle.test(fichier)) ?? [];
    assert.ok(salle && permises, `${fichier} is in no room`);
    const sienne = fichier.match(salle)![0];
    for (const cible of vers) {
      if (!cible.startsWith(sienne) && !permises.test(cible)) montees.push(`${fichier} → ${cible}`);
    }
  }
  assert.deepEqual(montees, []);
});

test("what a command writes from something else is marked as generated, so that a reviewer is not shown it", async () => {
  const marques = (await Deno.readTextFile(join(ROOT, ".gitattributes"))).split("\n")
    .filter((ligne) => ligne.endsWith(" linguist-generated")).map((ligne) => ligne.split(" ")[0]);
  const ecrits = [
    CODES_FILE,
    COLLECTION_FILE,
    EMPREINTE_FILE,
    LECTEUR_FILE,
    OPENAPI_FILE,
    POLICES_FILE,
    SCHEMA_FILE,
    TYPES_FILE,
  ]
    .map((fichier) => relative(ROOT, fichier));
  assert.deepEqual([...ecrits, `${relative(ROOT, PUBLIE_DIR)}/*`].filter((un) => !marques.includes(un)), []);
});

/** SQL of a file as it is run, without what it says to people. */
const instructions = (texte: string) => texte.replace(/^\s*--.*$/gm, "");

test("no SQL beside the database's own names a role either: who may is a capability, whoever runs it", async () => {
  const identite = await Deno.readTextFile(join(ROOT, "supabase/schemas/020_identite.sql"));
  const roles = identite.match(/check \(role in \((.+?)\)\)/)![1]!.match(/\w+/g)!;
  const nomme = new RegExp(`\\brole\\b\\s*(=|<>|!=|not in|in|is)[^;\\n]*'(${roles.join("|")})'`);
  const fautes: string[] = [];
  for (const dossier of ["ops", "interventions", "developpement", "supabase/seeds", "supabase/functions"]) {
    for (const fichier of await sources(join(ROOT, dossier), /\.(sql|ts)$/)) {
      if (fichier.includes("/tests/")) continue;
      const trouve = instructions(await Deno.readTextFile(fichier)).match(nomme);
      if (trouve) fautes.push(`${relative(ROOT, fichier)} : ${trouve[0]}`);
    }
  }
  assert.deepEqual(fautes, []);
});

/** What belongs to a process, and not to one run of a command among others. */
const DU_PROCESSUS =
  /console\.|Deno\.(env|args|exit|addSignalListener|stdout|stderr|stdin)\b|process\.(env|exit|std)/;

/** What `fetch` goes by is read by the process itself, whichever command asks. */
const DE_FETCH = /no_proxy/i;

test("a command reads, speaks and ends by its run alone, so that many may run in one process", async () => {
  const fautes: string[] = [];
  for (const dossier of ["ops/commun", "ops/commandes", "ops/exploitation", "interventions"]) {
    for (const fichier of await sources(join(ROOT, dossier))) {
      const nom = relative(ROOT, fichier);
      if (nom === "ops/commun/execution.ts" || nom.includes("/tests/")) continue;
      const lignes = (await Deno.readTextFile(fichier)).split("\n");
      for (const ligne of lignes) {
        if (DE_FETCH.test(ligne)) continue;
        if (DU_PROCESSUS.test(ligne) && !ligne.startsWith("if (import.meta.main)")) {
          fautes.push(`${nom} : ${ligne.trim()}`);
        }
      }
    }
  }
  assert.deepEqual(fautes, [], "ops/commun/execution.ts has what a command uses instead");
});

/** A moment as a machine writes it, or in the time zone of whichever machine the command runs on. */
const HORS_DU_DEPOT =
  /toLocale(Date|Time)String\(|([dD]ate\([^)]*\)|moment|_?[lL]e|fin|debut)\.toLocaleString|\b(le|du|au|depuis|pris|à) \$\{[\w.?]*(moment|_le|Le)\}/;

test("a moment that an operator reads is of the depot's clock, wherever the command runs", async () => {
  const fautes: string[] = [];
  for (const dossier of ["ops/commun", "ops/commandes", "ops/exploitation", "interventions"]) {
    for (const fichier of await sources(join(ROOT, dossier))) {
      const nom = relative(ROOT, fichier);
      if (nom === "ops/commun/horloge.ts" || nom.includes("/tests/")) continue;
      const lignes = (await Deno.readTextFile(fichier)).split("\n");
      fautes.push(...lignes.filter((une) => HORS_DU_DEPOT.test(une)).map((une) => `${nom} : ${une.trim()}`));
    }
  }
  assert.deepEqual(fautes, [], "ops/commun/horloge.ts says a moment to a person");
});

/** What imports itself, by however many others. */
function boucles(liens: Map<string, string[]>): string[] {
  const vus = new Set<string>();
  const trouvees: string[] = [];
  const suivre = (fichier: string, chemin: string[]): void => {
    const deja = chemin.indexOf(fichier);
    if (deja >= 0) {
      trouvees.push([...chemin.slice(deja), fichier].join(" → "));
      return;
    }
    if (vus.has(fichier)) return;
    for (const cible of liens.get(fichier) ?? []) suivre(cible, [...chemin, fichier]);
    vus.add(fichier);
  };
  for (const fichier of liens.keys()) suivre(fichier, []);
  return trouvees;
}

test("no file imports itself, by however many others", async () => {
  assert.deepEqual(boucles(await imports()), []);
});

test("no room does either: folders of operations, interventions and functions, where they hold rooms of their own", async () => {
  const salles = new Map<string, Set<string>>();
  for (const [fichier, vers] of await imports()) {
    if (!/^(ops|interventions|supabase\/functions)\//.test(fichier)) continue;
    const sienne = dirname(fichier);
    salles.set(sienne, (salles.get(sienne) ?? new Set()).union(new Set(vers.map((un) => dirname(un)))));
  }
  const liens = [...salles].map(([salle, vers]) =>
    [salle, [...vers].filter((une) => une !== salle)] as const
  );
  assert.deepEqual(boucles(new Map(liens)), []);
});

test("a command's file is named as the command", async () => {
  for await (const { name } of Deno.readDir(join(ROOT, "ops/commandes"))) {
    const programme = newProgram("essai");
    (await import(join(ROOT, "ops/commandes", name))).enregistrer(programme);
    const noms = programme.commands.map((une) => une.name());
    assert.ok(
      noms.some((nom) => `${nom.replaceAll(/[:-]/g, "_")}.ts` === name),
      `${name} : ${noms.join(", ")}`,
    );
  }
});
