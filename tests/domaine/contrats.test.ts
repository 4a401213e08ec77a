// docs/contrats/: each function has its page, and what the pages name exists.
import assert from "node:assert/strict";
import { join } from "node:path";
import { lireCodes } from "../../developpement/codes.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { test } from "../support/monde.ts";
import { fonctionDe, fonctions, pageDe, PARTOUT, portesDecrites } from "./acces/contrats.ts";
import { PORTES } from "./acces/matrice.ts";

const DOSSIER = join(ROOT, "docs/contrats");

async function pages(): Promise<Map<string, string>> {
  const toutes = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(DOSSIER)) {
    if (isFile && name.endsWith(".md")) toutes.set(name, await Deno.readTextFile(join(DOSSIER, name)));
  }
  return toutes;
}

test("each function has its page, and each of its doors is in it", async () => {
  const [toutes, decrites] = await Promise.all([pages(), portesDecrites()]);
  for (const fonction of await fonctions()) {
    const page = toutes.get(pageDe(fonction).split("/").at(-1)!);
    assert.ok(page, `${pageDe(fonction)} : la page de ${fonction}, avec ses repères, puis npm run securite`);
    for (const porte of [...decrites.keys()].filter((une) => fonctionDe(une) === fonction && PORTES[une])) {
      assert.ok(page.includes(`- \`${porte}\` : `), `${porte} : npm run securite`);
    }
  }
});

/** A door as a page names it: with or without /functions/v1, its parameters as `:id` or `{id}`, its query left out. */
const chemin = (dit: string) =>
  `/${dit.replace(/^\/?(functions\/v1\/)?/, "")}`.replace(/\?.*$/, "").replace(/:(\w+)/g, "{$1}").replace(
    /[.,;]$/,
    "",
  );

/** What a function answers besides its doors, to others than people: `app.post("/webhook/…", …)` of its index. */
async function autresAdresses(fonction: string): Promise<string[]> {
  const source = await Deno.readTextFile(join(ROOT, "supabase/functions", fonction, "index.ts"));
  return [...source.matchAll(/\bapp\.(get|post|put)\(\s*"(\/[^"]*)"/g)].map(([, methode, adresse]) =>
    `${methode!.toUpperCase()} ${chemin(`${fonction}${adresse}`)}`
  );
}

test("every door that a page names exists", async (t) => {
  const autres = await Promise.all((await fonctions()).map(autresAdresses));
  const existent = new Set(
    [...(await portesDecrites()).keys(), ...autres.flat()].map((porte) => porte.replace(/\{\w+\}/g, "{}")),
  );
  const noms = new Set(await fonctions());
  for (const [nom, page] of await pages()) {
    await t.step(nom, () => {
      const nommees = [...page.matchAll(/`(GET|POST|PUT) (\/?[\w./:{}?=&-]+)/g)]
        .map(([, methode, dit]) => ({
          porte: `${methode} ${chemin(dit!)}`,
          fonction: chemin(dit!).split("/")[1]!,
        }))
        .filter(({ fonction }) => noms.has(fonction));
      assert.deepEqual(
        nommees.map(({ porte }) => porte.replace(/\{\w+\}/g, "{}")).filter((porte) => !existent.has(porte)),
        [],
      );
    });
  }
});

/** All that the tree says: a word in capitals that a page explains is one of it. */
async function texteDe(dossier: string): Promise<string> {
  let texte = "";
  for await (const { name, isDirectory } of Deno.readDir(dossier)) {
    if (isDirectory) texte += await texteDe(join(dossier, name));
    else if (/\.(sql|ts|json|toml)$/.test(name)) texte += await Deno.readTextFile(join(dossier, name));
  }
  return texte;
}

test("every code, state or setting in capitals that a page names exists", async (t) => {
  const codes = (await lireCodes()).map(({ code }) => code);
  const arbre = new Set(
    `${await texteDe(join(ROOT, "supabase/schemas"))} ${await texteDe(
      join(ROOT, "supabase/functions"),
    )} ${await texteDe(
      join(ROOT, "ops"),
    )}`.match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g),
  );
  for (const [nom, page] of await pages()) {
    if (nom === "changements.md") continue; // What it names may be no more.
    await t.step(nom, () => {
      const nommes = new Set([...page.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map(([, code]) => code!));
      assert.deepEqual([...nommes].filter((code) => !codes.includes(code) && !arbre.has(code)), []);
    });
  }
  assert.deepEqual(PARTOUT.filter((code) => !codes.includes(code)), []);
});
