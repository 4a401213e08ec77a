// A function that reads a secret is given it: one that is not would compare what it is shown with nothing.
import assert from "node:assert/strict";
import { dirname, join, resolve } from "node:path";
import { FUNCTIONS_DIR, ROOT } from "../../ops/commun/settings.ts";
import { environmentOf, LEANED_ON } from "../../ops/pile/function_environment.ts";
import { listFunctions } from "../../ops/pile/functions.ts";

/** What is read by its name somewhere; a name that begins so stands for all of them. */
const NOMS = [
  "SUPABASE_SERVICE_ROLE_KEY",
  "AUTH_ADMIN_KEY",
  "SMTP_",
  "COURRIEL",
  "COURRIER_DIR",
  "STRIPE_",
  "CLE_SECRETS",
  "METRICS_TOKEN",
  "DOCUMENTS_S3_",
  "PILE_LOCALE",
];

/** A file and whatever of this tree it imports, by however many others. */
async function textes(fichier: string, vus = new Map<string, string>()): Promise<Map<string, string>> {
  if (vus.has(fichier)) return vus;
  const texte = await Deno.readTextFile(fichier);
  vus.set(fichier, texte);
  for (const [, chemin] of texte.matchAll(/(?:from|import\()\s*"(\.{1,2}\/[^"]+\.ts)"/g)) {
    await textes(resolve(dirname(fichier), chemin!), vus);
  }
  return vus;
}

Deno.test("a function is given each secret that its code names, and no other function is", async () => {
  const tout = Object.fromEntries(NOMS.map((nom) => [nom, "un secret"]));
  for (const fonction of await listFunctions()) {
    const lus = [...(await textes(join(FUNCTIONS_DIR, fonction, "index.ts"))).values()].join("\n");
    const nommes = NOMS.filter((nom) => new RegExp(`["\`]${nom}`).test(lus));
    assert.deepEqual(Object.keys(environmentOf(fonction, tout)).sort(), nommes.sort(), fonction);
  }
});

Deno.test("the stack hands its functions every service that the example of an environment names for them", async () => {
  const exemple = await Deno.readTextFile(join(ROOT, ".env.example"));
  const [services] = exemple.split("# Online payments (functions)")[1]!.split("# Operators' commands");
  const noms = [...services!.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, nom]) => nom!);
  assert.ok(noms.includes("CLAMD_HOST") && noms.includes("SMTP_HOST"));
  assert.deepEqual(noms.filter((nom) => !LEANED_ON.some((debut) => nom.startsWith(debut))), []);
});
