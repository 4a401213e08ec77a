// Every list there is, found from the acts: its pages, its filters, its cursors, its files.
import assert from "node:assert/strict";
import { z } from "zod";
import { Instant, Jour } from "../../../supabase/functions/_shared/schemas.ts";
import type { UnActe } from "../../../supabase/functions/_shared/acte.ts";
import { portee } from "../../../supabase/functions/_shared/liste.ts";
import { listDomains } from "../../../ops/pile/functions.ts";
import { fetchPorte, refus, test, token } from "../../support/monde.ts";
import { type Scene, scene, toutesLesListes, type UneListe } from "./scene.ts";
import {
  identite,
  type Ligne,
  lirePage,
  refusee,
  satisfait,
  suivre,
  suivreFichier,
  valeurs,
} from "./lecture.ts";

/** One row a page, but of a list that the rows of others make long: every page of what clients owe reckons each of them. */
const petitePage = (lignes: number) => Math.ceil(lignes / 5);

/** Everything with every list, as `npm run test:long` does; else each at its turn. */
const COMPLET = Deno.env.get("ACCES_COMPLET") === "1";

const LISTES = await toutesLesListes();
let preparee: Promise<Scene> | undefined;
const laScene = () => preparee ??= scene();

/**
 * Of the rows that were there, these and no other, in their order, and no row twice. The stack's own minute may have
 * written new ones meanwhile: an alert, its line of the log.
 */
function tenir(liste: UneListe, avant: string[], lues: Ligne[], attendues: string[], quoi: string): void {
  const noms = lues.map(identite(liste));
  assert.equal(new Set(noms).size, noms.length, quoi);
  assert.deepEqual(noms.filter((nom) => avant.includes(nom)), attendues, quoi);
}

test("each list gives each row once, in its order, at any limit, as JSON and as a file", async (t) => {
  const s = await laScene();
  for (const liste of LISTES) {
    await t.step(liste.adresse, async () => {
      const { data, next_cursor } = await lirePage(liste, s, { limit: 500 });
      assert.equal(next_cursor, null);
      const toutes = data.map(identite(liste));
      assert.ok(toutes.length > 1, "une liste vide ne prouve rien : ajoutez de ses lignes à scene.ts");
      assert.equal(new Set(toutes).size, toutes.length);
      const petite = petitePage(toutes.length);
      const justes = petite === 1 ? [toutes.length - 1, toutes.length] : [];
      for (const limit of new Set([petite, petite + 1, ...justes])) {
        tenir(liste, toutes, await suivre(liste, s, { limit }), toutes, `limit ${limit}`);
        // The file follows the same cursor: a page of one row adds only requests.
        if (limit === petite && toutes.length > 2) continue;
        tenir(liste, toutes, await suivreFichier(liste, s, limit), toutes, `csv ${limit}`);
      }
    });
  }
});

test("rows written while a list is followed never make another come twice or be left out", async (t) => {
  const s = await scene();
  const suivies = [];
  for (const liste of LISTES) {
    const avant = (await suivre(liste, s, { limit: 500 })).map(identite(liste));
    suivies.push({ liste, avant, lues: [] as string[], cursor: "" as string | null });
  }
  // All are followed page by page together: what is written once is written while each of them is followed.
  for (let pages = 0; suivies.some(({ cursor }) => cursor !== null); pages++) {
    for (const suivie of suivies.filter(({ cursor }) => cursor !== null)) {
      const { liste, avant, cursor } = suivie;
      const limit = petitePage(avant.length) + 1;
      const page = await lirePage(liste, s, { limit, ...(cursor && { cursor }) });
      suivie.lues.push(...page.data.map(identite(liste)));
      suivie.cursor = page.next_cursor;
    }
    if (pages < 2) await s.ecrire();
  }
  for (const { liste, avant, lues } of suivies) {
    await t.step(liste.adresse, () => {
      assert.equal(new Set(lues).size, lues.length, "aucune ligne deux fois");
      assert.deepEqual(lues.filter((ligne) => avant.includes(ligne)), avant);
    });
  }
});

test("each filter a list documents gives the rows that satisfy it, and no other", async (t) => {
  const s = await laScene();
  for (const liste of LISTES) {
    const toutes = await suivre(liste, s, { limit: 500 });
    const avant = toutes.map(identite(liste));
    for (const filtre of liste.filtres.filter((nom) => !(nom === "au" && liste.acte.liste.passe))) {
      await t.step(`${liste.adresse} ${filtre}`, async () => {
        const essais = valeurs(liste, toutes, filtre);
        assert.ok(essais.length > 0, "aucune valeur à demander : ajoutez de ses lignes à scene.ts");
        for (const valeur of essais) {
          const attendues = toutes.filter((ligne) => satisfait(liste, ligne, filtre, valeur)).map(
            identite(liste),
          );
          // Several pages: a filter must hold across the cursor.
          const limit = Math.max(7, Math.ceil(attendues.length / 3));
          const donnees = await suivre(liste, s, { [filtre]: valeur, limit });
          tenir(liste, avant, donnees, attendues, `${filtre}=${valeur}`);
          const autres = donnees.filter((ligne) => !satisfait(liste, ligne, filtre, valeur));
          assert.deepEqual(autres, [], `${filtre}=${valeur}`);
        }
      });
    }
  }
});

test("a yes or no in an address is true or false, and nothing else is taken for one", async (t) => {
  const s = await laScene();
  const toutes = LISTES.flatMap((liste) =>
    liste.filtres.flatMap((filtre) => {
      const { ligne } = liste.acte.liste.de;
      let forme = ligne.shape[filtre] as z.ZodType | undefined;
      while (forme instanceof z.ZodNullable || forme instanceof z.ZodOptional) {
        forme = forme.unwrap() as z.ZodType;
      }
      return forme instanceof z.ZodBoolean ? [{ liste, filtre }] : [];
    })
  );
  assert.ok(toutes.length > 0);
  for (const { liste, filtre } of toutes) {
    for (const valeur of ["", "0", "1", "oui", "False", "null"]) {
      await t.step(`${liste.adresse} ${filtre}=${valeur}`, async () => {
        const { code, errors } = await refus(lirePage(liste, s, { [filtre]: valeur }));
        assert.deepEqual([code, errors?.[0]?.path], ["VALIDATION", filtre]);
      });
    }
  }
});

test("stock asked for a day is what that day ended with, tank by tank, and its total by product", async () => {
  const s = await laScene();
  const [actuel, kpi, jours] = ["stocks/actuel", "stocks/kpi", "stocks/journaliers"].map((adresse) =>
    LISTES.find((liste) => liste.adresse === adresse)!
  ) as [UneListe, UneListe, UneListe];
  const journal = await suivre(jours, s, { limit: 500 });
  for (const au of ["2026-10-01", "2026-10-05", "2026-10-06", "2026-10-07", "2026-11-01"]) {
    const attendu = new Map<string, Ligne>();
    for (const ligne of journal.toReversed()) {
      if (String(ligne.date_jour) <= au) attendu.set(`${ligne.citerne_id} ${ligne.proprietaire_type}`, ligne);
    }
    const dit = await suivre(actuel, s, { au, limit: 3 });
    assert.equal(dit.length, attendu.size, au);
    for (const ligne of dit) {
      const { stock_ambiant, stock_15c } = attendu.get(`${ligne.citerne_id} ${ligne.proprietaire_type}`)!;
      assert.deepEqual([ligne.stock_ambiant, ligne.stock_15c], [stock_ambiant, stock_15c]);
      assert.equal(
        Number(ligne.stock_ambiant),
        Number(ligne.stock_ambiant_base) + Number(ligne.delta_ambiant_total),
      );
    }
    const somme = (lignes: Ligne[], colonne: string) =>
      lignes.reduce((total, ligne) => total + Number(ligne[colonne]), 0);
    const totaux = await suivre(kpi, s, { au, limit: 3 });
    assert.equal(somme(totaux, "stock_ambiant_total"), somme(dit, "stock_ambiant"));
    assert.equal(somme(totaux, "stock_15c_total"), somme(dit, "stock_15c"));
  }
});

test("a list refuses each parameter it does not document, one said twice, and knows the platform's own", async (t) => {
  const s = await laScene();
  const documentes = [...new Set(LISTES.flatMap(({ filtres }) => filtres))];
  for (const liste of LISTES) {
    await t.step(liste.adresse, async () => {
      const inconnus = [...documentes.filter((nom) => !liste.filtres.includes(nom)), "offset", "select"];
      await refusee(liste, s, { offset: "1" }, "offset");
      // Each is named in the refusal of many: an answer says no more than fifty faults.
      for (let de = 0; de < inconnus.length; de += 40) {
        const demandes = inconnus.slice(de, de + 40);
        const { code, errors } = await refus(
          lirePage(liste, s, Object.fromEntries(demandes.map((nom) => [nom, "1"]))),
        );
        assert.deepEqual([code, errors?.map(({ path }) => path).sort()], ["VALIDATION", demandes.sort()]);
      }
      const headers = { authorization: `Bearer ${await token(s.admin)}` };
      const twice = await fetchPorte(`${liste.adresse}?limit=1&limit=2`, { headers });
      assert.equal(twice.status, 422);
      await twice.body?.cancel();
      await lirePage(liste, s, { limit: 1, forceFunctionRegion: "eu-west-3" });
    });
  }
});

const NON_DATES = [
  ...["infinity", "-infinity", "10000-01-01", "0044-03-15 BC", "2062-03-15", "0026-11-26", "2026-02-30"],
  ...[
    "today",
    "now",
    "epoch",
    "2026-11-26T10:00:00Z",
    "+2026-01-01",
    "20261126",
    "2026-1-1",
    "0000-01-01",
    "hier",
  ],
];

/** One of them is asked through HTTP, another at each door; what the door's shape says of the others is asked of itself. */
const nonDate = (rang: number, dates = NON_DATES) => dates[rang % dates.length]!;

/** Whether a shape complains of this field, whatever else it may miss. */
const seplaint = (forme: z.ZodType, champ: string, valeur: string): boolean =>
  !!forme.safeParse({ [champ]: valeur }).error?.issues.some(({ path }) => path[0] === champ);

test("a date that is no day, or of no year of ours, is refused by every list", async (t) => {
  const s = await laScene();
  for (const [rang, liste] of LISTES.entries()) {
    await t.step(liste.adresse, async () => {
      for (const filtre of ["du", "au"].filter((nom) => liste.filtres.includes(nom))) {
        await refusee(liste, s, { [filtre]: nonDate(rang) }, filtre);
        for (const date of NON_DATES) {
          assert.ok(seplaint(liste.acte.query as z.ZodType, filtre, date), `${filtre} = ${date}`);
        }
      }
    });
  }
});

test("a date that is no day, or of no year of ours, is refused in every body, naming the field", async (t) => {
  const s = await laScene();
  const headers = { authorization: `Bearer ${await token(s.admin)}` };
  const nue = (forme: unknown): unknown =>
    (forme as { unwrap?: () => unknown }).unwrap && forme !== Jour && forme !== Instant
      ? nue((forme as { unwrap: () => unknown }).unwrap())
      : forme;
  let champs = 0;
  for (const nom of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../../supabase/functions/${nom}/actes.ts`);
    for (const acte of actes) {
      if ("public" in acte || !acte.corps) continue;
      const formes = "options" in acte.corps ? (acte.corps as { options: unknown[] }).options : [acte.corps];
      const { shape = {} } = formes[0] as { shape?: Record<string, unknown> };
      for (const [champ, forme] of Object.entries(shape)) {
        if (![Jour, Instant].includes(nue(forme) as typeof Jour)) continue;
        champs++;
        await t.step(`${nom}${acte.chemin} ${champ}`, async () => {
          const dates = NON_DATES.filter((date) => nue(forme) === Jour || !/T/.test(date));
          const envoyee = nonDate(champs, dates);
          const answer = await fetchPorte(
            `${nom}${acte.chemin.replace(/:\w+/g, crypto.randomUUID())}`.replace(/\/$/, ""),
            {
              method: acte.methode,
              headers,
              body: JSON.stringify({ [champ]: envoyee }),
            },
          );
          const { errors } = await answer.json();
          assert.equal(answer.status, 422);
          assert.ok(errors.some(({ path }: { path: string }) => path === champ), `${champ} = ${envoyee}`);
          for (const date of dates) {
            assert.ok(seplaint(formes[0] as z.ZodType, champ, date), `${champ} = ${date}`);
          }
        });
      }
    }
  }
  assert.ok(champs > 3, "des champs de date ont été trouvés");
});

test("a cursor that was not given for this list and these filters is refused", async (t) => {
  const s = await laScene();
  const donnes = new Map<UneListe, string>();
  for (const liste of LISTES) donnes.set(liste, (await lirePage(liste, s, { limit: 1 })).next_cursor!);
  // Not even those of one table: so what is refused to some below is refused to all.
  const portees = LISTES.map(({ acte }) => portee(acte.liste, {}));
  assert.equal(new Set(portees).size, portees.length);
  const forge = (valeurs: unknown) => btoa(JSON.stringify(valeurs)).replace(/=+$/, "");
  for (const [rang, liste] of LISTES.entries()) {
    await t.step(liste.adresse, async () => {
      const mien = donnes.get(liste)!;
      assert.ok(mien);
      await lirePage(liste, s, { limit: 1, cursor: mien });
      const clef = liste.acte.liste.cles;
      const alteres = [0, 10, mien.length - 3].map((i) =>
        mien.slice(0, i) + (mien[i] === "A" ? "B" : "A") + mien.slice(i + 1)
      );
      const malformes = [
        ...[mien.slice(0, -4), `${mien}AAAA`, `${mien}=`, `${mien} `, "pas-un-curseur", "0", "null"],
        ...["infinity", "10000-01-01", "0044-01-01 BC", "x"].map((valeur) => forge(clef.map(() => valeur))),
      ];
      // All lists read a cursor in the same place: each is given some, and some list each. `npm run test:long`: all.
      const autres = LISTES.filter((autre) => autre !== liste).map((autre) => donnes.get(autre)!);
      const faux = COMPLET ? [...autres, ...alteres, ...malformes] : [
        donnes.get(LISTES[(rang + 1) % LISTES.length]!)!,
        alteres[rang % alteres.length]!,
        ...[0, 5].map((plus) => malformes[(rang + plus) % malformes.length]!),
      ];
      for (const cursor of faux) await refusee(liste, s, { limit: 1, cursor }, "cursor");
      if (liste.filtres.includes("depot_id")) {
        await refusee(liste, s, { depot_id: crypto.randomUUID(), limit: 1, cursor: mien }, "cursor");
      }
    });
  }
});

test("a file says moments as the clock of its depot, and litres with a decimal comma", async () => {
  const s = await laScene();
  const ecarts = LISTES.find(({ adresse }) => adresse === "stocks/ecarts")!;
  const [json] = await suivre(ecarts, s, { limit: 500 });
  const [csv] = await suivreFichier(ecarts, s, 500);
  const heure = new Intl.DateTimeFormat("sv", {
    timeZone: "Africa/Lubumbashi",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(new Date(String(json!.created_at)));
  assert.equal(csv!.created_at, heure);
  assert.equal(csv!.ecart_pour_mille, String(json!.ecart_pour_mille).replace(".", ","));
  assert.equal(csv!.hors_tolerance, json!.hors_tolerance ? "oui" : "non");
});
