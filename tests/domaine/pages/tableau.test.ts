// The board: what its door answers, and what a screen shows of it by itself.
import assert from "node:assert/strict";
import { createUser } from "../../../ops/pile/demo_users.ts";
import {
  fetchPorte,
  type Monde,
  monde,
  refus,
  sql,
  status,
  stock,
  test,
  token,
} from "../../support/monde.ts";
import { ouvrirNavigateur, VISITEUR } from "../../support/navigateur.ts";

interface Tableau {
  version: string;
  citernes: { citerne_id: string; stock_ambiant: number; stock_15c: number }[];
  camions: { id: string; statut: string }[];
  jour: Record<string, { ouverture_ambiant: number; mouvements: { delta_ambiant: number }[] }>;
  mouvements: { mouvement_id: string; delta_ambiant: number }[];
}

/** Who looks: an operateur has no alerts, which the stack's own minute may open at any moment. */
type Regard = "operateur" | "directeur";
const tableauDe = async (m: Monde, qui: Regard = "operateur") =>
  await (await m.personne(qui)).call<Tableau>("GET", `kpi/tableau?depot_id=${m.depot}`);

/** Asks again, with what is known: whether there is anything new. */
async function aChange(m: Monde, version: string, qui: Regard = "operateur"): Promise<boolean> {
  const answer = await fetchPorte(`kpi/tableau?depot_id=${m.depot}`, {
    headers: {
      authorization: `Bearer ${await token(await m.personne(qui))}`,
      "if-none-match": `"${version}"`,
    },
  });
  const corps = await answer.text();
  assert.equal(corps === "", answer.status === 304);
  return answer.status === 200;
}

test("the board says what the stock says, and each tank's day adds up to it", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  await m.recevoir(30_000);
  const { id } = await m.rediger(4_000);
  await gerant.call("POST", `sorties/${id}/valider`);
  await gerant.call("POST", "stocks/transferts", {
    citerne_source_id: m.citernes[0],
    citerne_destination_id: m.citernes[1],
    volume_ambiant: 1_000,
    temperature_ambiante_c: 15,
  });
  const tableau = await tableauDe(m);
  assert.equal(tableau.citernes.length, 2);
  for (const { citerne_id, stock_ambiant, stock_15c } of tableau.citernes) {
    const { MONALUXE } = await stock(gerant, citerne_id);
    assert.deepEqual([stock_ambiant, stock_15c], [MONALUXE!.stock_ambiant, MONALUXE!.stock_15c]);
    const { ouverture_ambiant, mouvements } = tableau.jour[citerne_id]!;
    assert.equal(
      mouvements.reduce((total, { delta_ambiant }) => total + delta_ambiant, ouverture_ambiant),
      stock_ambiant,
    );
  }
  assert.equal(tableau.mouvements.length, 4);
});

test("whoever has the board is told so until something on it changes, whatever it is", async (t) => {
  const m = await monde();
  const [gerant, operateur] = [await m.personne("gerant"), await m.personne("operateur")];
  await m.recevoir(30_000);
  const brouillon = await m.rediger(500);
  const camion = await m.camionArrive();
  const changements: Record<string, () => Promise<unknown>> = {
    "a sortie": () => gerant.call("POST", `sorties/${brouillon.id}/valider`),
    "a transfer": () =>
      gerant.call("POST", "stocks/transferts", {
        citerne_source_id: m.citernes[0],
        citerne_destination_id: m.citernes[1],
        volume_ambiant: 100,
        temperature_ambiante_c: 15,
      }),
    "a truck that is announced": () =>
      operateur.call("POST", "cours-de-route", {
        fournisseur_id: m.fournisseur,
        depot_destination_id: m.depot,
        produit_id: m.produit,
        plaque_camion: crypto.randomUUID(),
        volume: 1,
      }),
    "a truck that will never come": () =>
      gerant.call("POST", `cours-de-route/${camion}/annuler`, { motif: "Camion accidenté" }),
    "a réception": () => m.recevoir(1_000),
    "a limit": () => sql`update public.citernes set capacite_securite = 10 where id = ${m.citernes[0]}`,
    "a tank under maintenance": () =>
      sql`update public.citernes set statut = 'maintenance' where id = ${m.citernes[1]}`,
    "a name": () => sql`update public.produits set nom = ${crypto.randomUUID()} where id = ${m.produit}`,
  };
  for (const [nom, changer] of Object.entries(changements)) {
    await t.step(nom, async () => {
      const { version } = await tableauDe(m);
      assert.equal(await aChange(m, version), false);
      await changer();
      assert.equal(await aChange(m, version), true);
    });
  }
});

/** An alert of something that is so, or the next pass would resolve it. */
const alerter = (m: Monde, message: string, severity = "WARN") =>
  sql`
    with e as (
      insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, created_at)
      values ('DEPOT', 'AUTRE', ${m.depot}, 'CDR', gen_random_uuid(), now() - interval '30 days') returning id)
    insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
    select 'ECART_ANCIEN', ${severity}, 'ECART', e.id, ${message}, ${m.depot} from e`;

interface Alertes {
  nombre: number;
  critiques: number;
  premieres: { severity: string; message: string }[];
}

test("the board has the alerts of its depot, gravest first, for who may read them and nobody else", async () => {
  const [m, autre] = [await monde(), await monde()];
  await alerter(m, "une citerne attend");
  await alerter(m, "un stock manque", "CRITICAL");
  await alerter(autre, "ailleurs");
  const lire = async (role: "directeur" | "lecture") =>
    (await (await m.personne(role)).call<{ alertes: Alertes | null }>(
      "GET",
      `kpi/tableau?depot_id=${m.depot}`,
    )).alertes;
  const { nombre, critiques, premieres } = (await lire("directeur"))!;
  // The stack's own minute may see more of this depot: these are there, and in this order.
  const dites = premieres.map(({ message }) => message);
  assert.ok(nombre >= 2 && critiques >= 1 && !dites.includes("ailleurs"), JSON.stringify(premieres));
  assert.ok(dites.indexOf("un stock manque") >= 0);
  assert.ok(dites.indexOf("un stock manque") < dites.indexOf("une citerne attend"), dites.join(" ; "));
  assert.equal(await lire("lecture"), null);
  const { version } = await tableauDe(m, "directeur");
  await sql`update public.system_alerts set status = 'ACK' where depot_id = ${m.depot} and message = 'un stock manque'`;
  assert.equal(await aChange(m, version, "directeur"), true);
});

test("a board is one's own depot's, and never one of a depot that is not seen", async () => {
  const [m, autre] = [await monde(), await monde()];
  const lecture = await m.personne("lecture");
  const sien = await lecture.call<{ depot_id: string }>("GET", "kpi/tableau");
  assert.equal(sien.depot_id, m.depot);
  const { code } = await refus(lecture.call("GET", `kpi/tableau?depot_id=${autre.depot}`));
  assert.equal(code, "INTROUVABLE");
});

test("a screen signs in, follows what happens by itself, says so, and forgets it all when it signs out", async () => {
  const m = await monde();
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  const password = "un mot de passe de test";
  await createUser(sql, { email, password, role: "lecture", depotId: m.depot, nom: "Écran" });
  await m.recevoir(30_000);
  const brouillon = await m.rediger(1_234);
  const gerant = await token(await m.personne("gerant"));
  const navigateur = await ouvrirNavigateur();
  const corps = `${VISITEUR}
    const texte = (id) => document.getElementById(id).textContent.replace(/\\s/g, " ");
    const courriel = ${JSON.stringify(email)};
    entrer(courriel, "faux");
    await attendre(() => texte("refus") !== "");
    const refus = texte("refus");
    entrer(courriel, ${JSON.stringify(password)});
    await attendre(() => texte("citernes").includes("30 000 L"));
    await fetch("/functions/v1/sorties/${brouillon.id}/valider", {
      method: "POST", body: "{}", headers: { authorization: "Bearer ${gerant}", "content-type": "application/json" } });
    await attendre(() => texte("citernes").includes("28 766 L"));
    const vu = {
      refus,
      annonce: texte("annonce"),
      images: [...document.querySelectorAll("svg")].filter((e) => !e.getAttribute("aria-label")).length,
      deborde: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    };
    document.getElementById("sortir").click();
    await attendre(() => !document.getElementById("accueil").hidden);
    return { ...vu, garde: localStorage.length, focus: document.activeElement.id };`;
  try {
    await navigateur.visiter<Record<string, unknown>, void>(
      `${status.API_URL}/tableau`,
      corps,
      { largeur: 390 },
      ({ resultat }) => {
        assert.deepEqual(resultat, {
          refus: "Adresse ou mot de passe refusés.",
          annonce: "Sortie : A, -1 234 L.",
          images: 0,
          deborde: false,
          garde: 0,
          focus: "courriel",
        });
        return Promise.resolve();
      },
    );
  } finally {
    await navigateur.fermer();
  }
});
