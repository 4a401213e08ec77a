// What a person typed wrong is said once, in French, in the words they typed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";
import { ops } from "../support/ops.ts";

for (
  const [mots, phrase] of [
    [["siege:rattacher", "klz"], "<code> n'admet pas « klz ». Un code de 2 à 6 capitales est attendu : KLZ."],
    [
      ["gel", "--env", "local", "--motif", "x", "--attente", "l'heure"],
      "--attente <secondes> n'admet pas « l'heure ».",
    ],
    [["siege:ratacher", "KLZ"], "commande inconnue : siege:ratacher (vouliez-vous dire siege:rattacher ?)"],
    [["siege:rattacher"], "il manque : <code>"],
    [
      ["reprise:examiner"],
      "il manque l'option --source <adresse ou dump>, ou la variable REPRISE_SOURCE dans l'environnement",
    ],
  ] as const
) {
  test(`« ${mots.join(" ")} » is answered in its own words, and nothing is done`, async () => {
    const { code, stderr } = await ops([...mots]);
    assert.equal(code, 2, stderr);
    assert.ok(stderr.includes(`✗ ${phrase}`), stderr);
  });
}

test("a script made of several hands each what it was told: asked for help, the first does not begin", async () => {
  const { scripts } = JSON.parse(await Deno.readTextFile(join(ROOT, "package.json")));
  const sourds = Object.entries<string>(scripts).filter(([, ligne]) =>
    ligne.split("&&").length > 1 && ligne.split("&&").some((une) => !une.includes('"$@"'))
  );
  assert.deepEqual(sourds.map(([nom]) => nom), []);
});

/** Files that npm scripts run with Deno; what is a command of Deno's own has Deno's own help. */
async function scripts(): Promise<[name: string, file: string][]> {
  const { scripts } = JSON.parse(await Deno.readTextFile(join(ROOT, "package.json")));
  return Object.entries<string>(scripts).flatMap(([name, line]) => {
    const file = line.match(/deno run .*?([\w/]+\.ts)/)?.[1];
    return file ? [[name, file]] : [];
  });
}

test("no npm script begins before it has read what it was asked: help, or a word it does not know, ends it", async () => {
  const tous = await scripts();
  assert.ok(tous.length > 15, `${tous.length} scripts`);
  const lus = await Promise.all(
    tous.map(async ([nom, fichier]) => [nom, await Deno.readTextFile(join(ROOT, fichier))] as const),
  );
  assert.deepEqual(
    lus.filter(([, texte]) => !/\b(readScript|runProgram|lancer)\(/.test(texte)).map(([nom]) => nom),
    [],
  );
});

test("npm start asked for its help says it and starts nothing; an option it does not know, neither", async () => {
  const start = async (mot: string) => {
    const args = ["run", "-A", join(ROOT, "ops/pile/start.ts"), mot];
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
    return { code, dit: new TextDecoder().decode(stdout), tu: new TextDecoder().decode(stderr) };
  };
  const [aide, inconnue] = await Promise.all([start("--help"), start("--pas-la")]);
  assert.match(aide.dit, /^Usage : npm run start/);
  assert.equal(aide.code, 0);
  assert.equal(inconnue.code, 2);
  assert.match(inconnue.tu, /option inconnue : --pas-la/);
  assert.doesNotMatch(aide.dit + inconnue.dit, /Démarrage/);
});
