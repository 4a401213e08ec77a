// Every example of the description is sent, in its order, to a depot that exists, and answered as it says. Told another way
// (EXEMPLES_ECRIRE=1, npm run exemples), what is answered is written down.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import {
  type Ecrits,
  fichierEcrit,
  lireEcrits,
  lireHistoire,
  SANS_EXEMPLE,
} from "../../../supabase/exemples/histoire.ts";
import { listDomains } from "../../../ops/pile/functions.ts";
import type { UnActe } from "../../../supabase/functions/_shared/acte.ts";
import { test } from "../../support/monde.ts";
import { ditsParHistoire, ecrire, ouvrirTheatre, raconter, type Recit, relire } from "./histoire.ts";
import { Lecture, sans } from "./lecture.ts";

const ECRIRE = Deno.env.get("EXEMPLES_ECRIRE") === "1";

/** Every act by its door. */
async function portes(): Promise<Map<string, UnActe>> {
  const toutes = new Map<string, UnActe>();
  for (const domaine of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../../supabase/functions/${domaine}/actes.ts`);
    for (const acte of actes) {
      const chemin = `/${domaine}${acte.chemin}`.replace(/\/$/, "").replace(/:(\w+)/g, "{$1}");
      toutes.set(`${acte.methode} ${chemin}`, acte);
    }
  }
  return toutes;
}

test("every door has one example, and what it answered is written", async () => {
  const [existent, histoire, ecrits] = await Promise.all([portes(), lireHistoire(), lireEcrits()]);
  const publies = histoire.flatMap(({ exemples }) =>
    exemples.filter(({ preparation }) => !preparation).map(({ porte }) => porte)
  );
  const inconnues = histoire.flatMap(({ exemples }) =>
    exemples.map(({ porte }) => porte).filter((porte) => !existent.has(porte))
  );
  assert.deepEqual(inconnues, [], "examples of doors that are no more");
  assert.deepEqual(
    [...existent.keys()].filter((porte) => !publies.includes(porte) && !SANS_EXEMPLE[porte]),
    [],
    "add their example to supabase/exemples/chapitres/<domaine>.ts, then npm run exemples",
  );
  assert.deepEqual(
    publies.filter((porte, rang) => publies.indexOf(porte) !== rang),
    [],
    "one example a door",
  );
  assert.deepEqual(Object.keys(SANS_EXEMPLE).filter((porte) => publies.includes(porte)), []);
  if (!ECRIRE) assert.deepEqual(Object.keys(ecrits).sort(), publies.sort(), "npm run exemples");
});

/** What the door promises of it: its status, its media type, its shape. */
function tenir(recit: Recit, acte: UnActe): void {
  const dit = `${recit.exemple.porte} : ${recit.statut} ${
    new TextDecoder().decode(recit.octets.slice(0, 2000))
  }`;
  if ("public" in acte) assert.ok([200, 503].includes(recit.statut), dit);
  else assert.equal(recit.statut, acte.statut, dit);
  if (!("public" in acte) && acte.fichier) {
    const { type } = acte.fichier;
    if (typeof type === "string") assert.equal(recit.type, type, dit);
    assert.ok(recit.octets.length > 0, dit);
    return;
  }
  assert.equal(recit.type, "application/json", dit);
  const { success, error } = (acte.reponse as z.ZodType).safeParse(recit.reponse);
  assert.ok(success, `${dit} ${JSON.stringify(error?.issues)}`);
}

test("every example, sent to a depot, is answered as it is written", async (t) => {
  const [existent, histoire, ecrits, theatre] = await Promise.all([
    portes(),
    lireHistoire(),
    lireEcrits(),
    ouvrirTheatre("exemples"),
  ]);
  const lecture = new Lecture(theatre.status.API_URL, ditsParHistoire(histoire));
  const noms = new Map<string, unknown>();
  try {
    for (const { domaine, exemples } of histoire) {
      lecture.ouvrir(domaine);
      const nouveaux: Ecrits = {};
      await t.step(domaine, async () => {
        for (const exemple of exemples) {
          const { porte, preparation } = exemple;
          const varie = [...exemple.varie ?? [], ...Object.keys(exemple.tait ?? {})];
          const recit = await raconter(theatre, exemple, noms);
          tenir(recit, existent.get(porte)!);
          if (preparation) lecture.lire([recit.envoye, recit.reponse ?? null]);
          else if (ECRIRE) {
            const [nouveau, ancien] = [ecrire(recit, lecture), ecrits[porte]];
            // What may be answered otherwise is left as it was: nothing has changed.
            const memes = isDeepStrictEqual(
              sans(JSON.parse(JSON.stringify(nouveau)), varie),
              sans(ancien, varie),
            );
            nouveaux[porte] = ancien && memes ? ancien : nouveau;
          } else {
            const stable = (valeur: unknown) => sans(valeur, varie);
            const attendu = ecrits[porte]!;
            const relu = relire(
              recit,
              lecture,
              attendu,
              (une, autre) => isDeepStrictEqual(stable(une), stable(autre)),
            );
            assert.deepEqual(
              stable(JSON.parse(JSON.stringify(relu))),
              stable(attendu),
              `${porte} : npm run exemples writes what is answered today`,
            );
          }
        }
      });
      if (Object.keys(nouveaux).length) {
        await Deno.writeTextFile(fichierEcrit(domaine), `${JSON.stringify(nouveaux, null, 2)}\n`);
      }
    }
  } finally {
    await theatre.fermer();
  }
});
