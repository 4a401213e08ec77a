// A report's page in a real browser: on a screen, on a phone, on paper.
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { rendre } from "../../../supabase/functions/_shared/rapport/rendre.ts";
import { temporaryDataDir } from "../../../ops/pile/throwaway.ts";
import { test } from "../../support/monde.ts";
import { ouvrirNavigateur } from "../../support/navigateur.ts";
import { rapports } from "./generer.ts";
import { textesPdf } from "./relire.ts";

const EXAMEN = `
  const tables = [...document.querySelectorAll("table")];
  return {
    deborde: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    ailleurs: performance.getEntriesByType("resource").length,
    sansEntete: tables.filter((table) => !table.querySelector("thead th[scope=col]")).length,
    muettes: [...document.querySelectorAll("svg.courbe")].filter((svg) => svg.getAttribute("role") !== "img" ||
      !svg.getAttribute("aria-label")).length,
    seules: [...document.querySelectorAll("figure")].filter((figure) => !figure.parentElement.querySelector("table")).length,
    style: getComputedStyle(document.querySelector("td")).paddingLeft !== "0px",
  };`;

test("a report's page opens without a complaint, holds on a phone, tells its charts in words and prints", async () => {
  const [un] = fc.sample(
    rapports.filter(({ sections }) =>
      sections.some(({ courbe, colonnes }) => courbe && courbe.x !== "c0" && colonnes.length > 10)
    ),
    { numRuns: 1, seed: 20261127 },
  );
  const dossier = await temporaryDataDir("monaluxe-rapport-");
  const navigateur = await ouvrirNavigateur();
  try {
    const fichier = join(dossier, "rapport.html");
    await Deno.writeFile(fichier, (await rendre(un!, "html")).octets);
    for (const largeur of [1280, 360]) {
      await navigateur.visiter(
        `file://${fichier}`,
        EXAMEN,
        { largeur },
        async ({ resultat, plaintes, pdf }) => {
          assert.deepEqual(resultat, {
            deborde: false,
            ailleurs: 0,
            sansEntete: 0,
            muettes: 0,
            seules: 0,
            style: true,
          });
          assert.deepEqual(plaintes, []);
          const imprime = (await textesPdf(await pdf())).join(" ");
          assert.ok(imprime.includes(un!.entete.titre) && imprime.includes(un!.entete.sha256));
        },
      );
    }
  } finally {
    await navigateur.fermer();
    await Deno.remove(dossier, { recursive: true });
  }
});
