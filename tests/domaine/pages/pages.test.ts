// Pages for people, as a real browser shows them.
import assert from "node:assert/strict";
import { type Code, CODES_FILE } from "../../../developpement/codes.ts";
import { fetchPorte, status, test } from "../../support/monde.ts";
import { ouvrirNavigateur } from "../../support/navigateur.ts";

/** Every page: at the root of the stack, and as a hosted project serves it. */
const CHEMINS = ["", "tableau", "docs", "codes", "codes/INSUFFICIENT_STOCK"];
const A_LA_RACINE = CHEMINS.map((chemin) => `${status.API_URL}/${chemin}`);
const PAR_LA_FONCTION = CHEMINS.map((chemin) => `${status.API_URL}/functions/v1/pages/${chemin}`);

const [LARGE, ETROITE] = [{ largeur: 1280 }, { largeur: 360, sombre: true }];

/** What a page tells of itself, asked in it. */
const EXAMEN = `
  const brut = document.createElement("script");
  brut.textContent = "window.glisse = true";
  document.body.append(brut);
  // The viewer names its own controls.
  const visibles = [...document.querySelectorAll("input, select, button")].filter((e) => e.offsetParent && !e.closest("#lecteur"));
  return {
    titre: document.title,
    h1: [...document.querySelectorAll("h1")].filter((e) => e.offsetParent).length,
    langue: document.documentElement.lang,
    deborde: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    liens: [...document.querySelectorAll("[href]")].map((e) => e.href).filter((l) => l.startsWith("http")),
    ailleurs: performance.getEntriesByType("resource").map(({ name }) => name)
      .filter((name) => !name.startsWith(location.origin) && !name.startsWith("data:")),
    muets: visibles.filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).length,
    glisse: window.glisse === true,
  };`;

interface Examen {
  titre: string;
  h1: number;
  langue: string;
  deborde: boolean;
  liens: string[];
  ailleurs: string[];
  muets: number;
  glisse: boolean;
}

test("every page stands by itself: nothing from elsewhere, nothing slipped in runs, every link leads somewhere", async (t) => {
  const navigateur = await ouvrirNavigateur();
  try {
    const liens = new Set<string>();
    // Where a page is served changes what it is called by, not how wide it is: one of the two is seen at both addresses.
    for (const [adresses, vues] of [[A_LA_RACINE, [LARGE, ETROITE]], [PAR_LA_FONCTION, [ETROITE]]] as const) {
      for (
        const [adresse, vue] of adresses.flatMap((adresse) => vues.map((vue) => [adresse, vue] as const))
      ) {
        await t.step(`${new URL(adresse).pathname} on ${vue.largeur} pixels`, async () => {
          const examen = await navigateur.visiter<Examen, Examen>(
            adresse,
            EXAMEN,
            vue,
            ({ resultat }) => Promise.resolve(resultat),
          );
          examen.liens.forEach((lien) => liens.add(lien.replace(/#.*/, "")));
          assert.match(examen.titre, /\S · Monaluxe$/);
          assert.deepEqual(
            [examen.h1, examen.langue, examen.deborde, examen.ailleurs, examen.muets, examen.glisse],
            [1, "fr", false, [], 0, false],
          );
        });
      }
    }
    await t.step("links", async () => {
      assert.deepEqual([...liens].filter((lien) => !lien.startsWith(status.API_URL)), []);
      const perdus = await Promise.all([...liens].map(async (lien) => {
        const answer = await fetch(lien);
        await answer.body?.cancel();
        // What waits for a database's migrations answers 503, and is there.
        return [200, 503].includes(answer.status) ? [] : [`${lien} ${answer.status}`];
      }));
      assert.deepEqual(perdus.flat(), []);
    });
  } finally {
    await navigateur.fermer();
  }
});

test("every code that a refusal can carry has its page, and a browser that follows a refusal's type lands there", async () => {
  const codes: Code[] = JSON.parse(await Deno.readTextFile(CODES_FILE));
  assert.ok(codes.length > 50);
  for (const { code, conduite } of codes) {
    const page = await fetchPorte(`ops/codes/${code}`, { headers: { accept: "text/html" } });
    const texte = await page.text();
    assert.equal(page.url, `${status.API_URL}/functions/v1/pages/codes/${code}`);
    assert.match(page.headers.get("content-type")!, /^text\/html/);
    assert.ok(texte.includes(conduite.slice(0, 20).replaceAll("'", "&#39;")), `${code} : ${conduite}`);
  }
});

test("a page's policy names what may run by its hash, and lets nothing else load", async () => {
  for (const adresse of [...A_LA_RACINE, ...PAR_LA_FONCTION]) {
    const page = await fetch(adresse);
    await page.body?.cancel();
    const csp = page.headers.get("content-security-policy")!;
    assert.match(csp, /default-src 'none'/, adresse);
    assert.doesNotMatch(csp, /unsafe|\*|https?:/, adresse);
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    const relue = await fetch(adresse, { headers: { "if-none-match": page.headers.get("etag")! } });
    assert.equal(relue.status, 304, adresse);
  }
});

test("an address where there is nothing is said in French, in a page, and quotes nothing of what was asked", async () => {
  for (const adresse of ["pages/nulle-part", "pages/codes/%3Cscript%3E", "pages/a/b/c"]) {
    const page = await fetchPorte(adresse);
    const texte = await page.text();
    assert.equal(page.status, 404);
    assert.match(texte, /<h1>(Adresse|Code) inconnue?<\/h1>/);
    assert.doesNotMatch(texte, /<script|nulle-part/);
  }
});

test("the first page shows the demo accounts where npm start made them, and no secret", async () => {
  const texte = await (await fetch(`${status.API_URL}/`)).text();
  assert.match(texte, /operateur@demo\.monaluxe\.test/);
  for (const secret of [status.SERVICE_ROLE_KEY, status.JWT_SECRET, new URL(status.DB_URL).password]) {
    assert.ok(!texte.includes(secret));
  }
});
