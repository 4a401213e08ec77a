// The doors of reports: who finds what in them, what is kept, what is refused, and the line each export leaves.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../ops/commun/settings.ts";
import type { Row } from "../../../ops/pile/client.ts";
import type { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { monde, refus, sql, test } from "../../support/monde.ts";

const AILLEURS = "99999999-9999-4999-8999-999999999999";
const cles = (rapport: Rapport) => rapport.sections.map(({ cle }) => cle);

test("docs/rapports.md says each report, and no other", async () => {
  const page = await Deno.readTextFile(join(ROOT, "docs/rapports.md"));
  const [, tableau] = page.match(/## Ce que chaque rapport dit([^]*?)\n## /)!;
  const dits = [...tableau!.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, noms]) => noms!.match(/\w+/g)!);
  const tenus = await sql<{ nom: string }[]>`select nom from private.catalogue_rapports()`;
  assert.deepEqual(dits.toSorted(), tenus.map(({ nom }) => nom).toSorted());
});

test("a report that cannot be said is refused in words", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const dit = (adresse: string) => refus(gerant.call("GET", `rapports/${adresse}`));
  const livre = (suite: string) => dit(`livre?depot_id=${m.depot}&${suite}`);

  const trop = await livre("du=2024-01-01&au=2025-01-02");
  assert.deepEqual([trop.code, trop.status], ["RAPPORT_TROP_GRAND", 413]);
  assert.match(trop.detail, /368 jours : 366 au plus/);
  const kpi = await refus(gerant.call("GET", "kpi/finance?du=2024-01-01&au=2025-01-02"));
  assert.deepEqual([kpi.code, kpi.detail], [trop.code, trop.detail], "the same words for the same fault");
  assert.equal((await livre("du=2026-02-02&au=2026-02-01")).code, "RAPPORT_PERIODE");
  assert.equal((await dit(`releve_client`)).code, "RAPPORT_PARAMETRE");
  assert.equal((await dit(`releve_client?client_id=${AILLEURS}`)).code, "INTROUVABLE");
  assert.equal((await dit(`livre?depot_id=${AILLEURS}`)).code, "INTROUVABLE");
  assert.equal((await dit("inconnu")).code, "INTROUVABLE");
  for (const faux of ["du=hier", "du=2026-02-30", "du=NaN", "format=doc", "connu_a=2026-01-01", "sql=1"]) {
    assert.equal((await livre(faux)).code, "VALIDATION", faux);
  }
  assert.equal(
    (await refus((await m.personne("lecture")).call("GET", "rapports/tva"))).code,
    "ROLE_FORBIDDEN",
  );
  assert.equal((await dit("releve_fournisseur")).code, "ROLE_FORBIDDEN");
});

test("a parameter that a report does not take is refused, never left aside", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const client_id = AILLEURS;
  for (const adresse of [`ventes?client_id=${client_id}`, "journalier?forme=Z", "livre?transporteur=Fret"]) {
    const dit = await refus(gerant.call("GET", `rapports/${adresse}`));
    assert.equal(dit.code, "RAPPORT_PARAMETRE", adresse);
    assert.match(dit.detail, /ce rapport n'en prend pas/, adresse);
  }
  const garde = gerant.call("POST", "rapports/archives", { nom: "ventes", parametres: { client_id } });
  assert.equal((await refus(garde)).code, "RAPPORT_PARAMETRE");
});

test("a balance is that of its last day, whatever the first", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const dits = await Promise.all(
    ["au=2026-11-20", "du=2020-01-01&au=2026-11-20", "du=2026-11-20"].map((quand) =>
      gerant.call("GET", `rapports/balance_agee?depot_id=${m.depot}&${quand}`)
    ),
  ) as unknown as Rapport[];
  for (const { entete } of dits) {
    assert.deepEqual([entete.du, entete.au, entete.sha256], [
      "2026-11-20",
      "2026-11-20",
      dits[0]!.entete.sha256,
    ]);
  }
});

test("where a line says its unit, no title says another", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  let vues = 0;
  for (const nom of ["gains_pertes", "releve_transporteur?transporteur=Fret", "ecarts", "ventes?forme=A"]) {
    const { sections } = await gerant.call("GET", `rapports/${nom}`) as unknown as Rapport;
    for (const { titre, colonnes } of sections.filter((s) => s.colonnes.some((c) => c.libelle === "Unité"))) {
      vues++;
      for (const { libelle, type } of colonnes.filter((c) => ["litres", "kg"].includes(c.type))) {
        assert.match(libelle, /à 15 °C|ambiants/, `${titre} : ${libelle}, ${type}`);
      }
    }
  }
  assert.equal(vues, 4);
});

test("of a tank nobody dipped nothing is said but what left it; dipped, what it lost is said", async () => {
  const m = await monde();
  const [gerant, operateur] = [await m.personne("gerant"), await m.personne("operateur")];
  const pertes = async () => {
    const { sections } = await gerant.call("GET", "rapports/gains_pertes") as unknown as Rapport;
    const { debit, ecart_initial, passe, ecart_final, gain } = sections[0]!.lignes[0]!;
    return [debit, ecart_initial, passe, ecart_final, gain];
  };
  await m.recevoir(2_000);
  await gerant.call("POST", `sorties/${(await m.rediger(500)).id}/valider`);
  assert.deepEqual(await pertes(), [500, null, null, null, null]);
  await operateur.call("POST", "stocks/prises-de-hauteur", {
    citerne_id: m.citernes[0],
    volume_mesure: 1_490,
    temperature_c: 15,
  });
  assert.deepEqual(await pertes(), [500, 0, 0, -10, -10]);
});

test("more lines than a door gives are refused before they are written", async () => {
  const m = await monde();
  await m.recevoir(1_000);
  const directeur = await m.personne("directeur");
  const [{ sub }] = await sql<[{ sub: string }]>`
    select user_id as sub from public.profils where depot_id = ${m.depot} and role = 'directeur'`;
  assert.ok(await directeur.call("GET", `rapports/livre?depot_id=${m.depot}`));
  await assert.rejects(
    sql.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub })}, true)`;
      await tx`set local role authenticated`;
      await tx`select private.rapport('livre', ${m.depot}, p_maximum => 0)`;
    }),
    /RAPPORT_TROP_GRAND/,
  );
});

test("a report holds what its caller may read, and an archive is shown to who may read all of it", async (t) => {
  const m = await monde();
  await m.recevoir(2_000);
  const [gerant, operateur, admin] = [
    await m.personne("gerant"),
    await m.personne("operateur"),
    await m.personne("admin"),
  ];
  const adresse = `rapports/journalier?depot_id=${m.depot}`;
  const [complet, partiel] = [
    await gerant.call<Rapport>("GET", adresse),
    await operateur.call<Rapport>("GET", adresse),
  ];
  const garder = (nom: string) => gerant.call<Row>("POST", "rapports/archives", { nom, depot_id: m.depot });
  const [journalier, livre] = [await garder("journalier"), await garder("livre")];

  await t.step("the till, the sales and the alerts are the gérant's to read", () => {
    assert.deepEqual(
      cles(complet).filter((cle) => !cles(partiel).includes(cle)),
      ["encaissements", "a_facturer", "creances", "alertes"],
    );
  });
  await t.step("the same data has the same hash, known a moment later by somebody else", async () => {
    assert.equal((await admin.call<Rapport>("GET", adresse)).entete.sha256, complet.entete.sha256);
    assert.notEqual(partiel.entete.sha256, complet.entete.sha256);
  });
  await t.step("who lacks a part of it is not shown the archive", async () => {
    const { data } = await operateur.call<{ data: Row[] }>("GET", `rapports/archives?depot_id=${m.depot}`);
    assert.deepEqual(data.map(({ id }) => id), [livre.id]);
    assert.equal(
      (await refus(operateur.call("GET", `rapports/archives/${journalier.id}`))).code,
      "INTROUVABLE",
    );
    assert.ok(await operateur.call("GET", `rapports/archives/${livre.id}`));
  });
  await t.step("nor is anybody of another depot", async () => {
    const autre = await (await monde()).personne("gerant");
    assert.equal((await refus(autre.call("GET", `rapports/archives/${livre.id}`))).code, "INTROUVABLE");
  });
  await t.step("an archive is as it was run, whatever moves since", async () => {
    await m.recevoir(3_000);
    const garde = await gerant.call<Rapport>("GET", `rapports/archives/${journalier.id}`);
    const maintenant = await gerant.call<Rapport>("GET", adresse);
    assert.equal(garde.entete.sha256, journalier.sha256);
    assert.notEqual(maintenant.entete.sha256, garde.entete.sha256);
    const alors = await gerant.call<Rapport>("GET", `${adresse}&connu_a=${garde.entete.connu_a}`);
    assert.equal(alors.entete.sha256, garde.entete.sha256);
    assert.deepEqual(alors.sections, garde.sections);
  });
  await t.step("and no role changes it", async () => {
    await assert.rejects(
      sql`update public.rapports set du = du where id = ${livre.id}`,
      /ECRITURE_INTERDITE/,
    );
    await assert.rejects(sql`delete from public.rapports where id = ${livre.id}`, /ECRITURE_INTERDITE/);
  });
});

test("every export leaves its line, a WARNING where it is of money", async () => {
  const m = await monde();
  const gerant = await m.personne("gerant");
  const dits = [
    await gerant.call<Rapport>("GET", `rapports/journalier?depot_id=${m.depot}`),
    await gerant.call<Rapport>("GET", `rapports/tva?depot_id=${m.depot}`),
  ];
  const lignes = await sql`
    select l.niveau, l.details ->> 'nom' as nom, l.details ->> 'sha256' as sha256, l.details ->> 'format' as format
      from public.log_actions l where l.depot_id = ${m.depot} and l.action = 'EXPORT_GENERE' order by l.created_at`;
  assert.deepEqual([...lignes], [
    { niveau: "INFO", nom: "journalier", sha256: dits[0]!.entete.sha256, format: "json" },
    { niveau: "WARNING", nom: "tva", sha256: dits[1]!.entete.sha256, format: "json" },
  ]);
});

test("the figures of the first page are the day's, and a tank nearly empty is said to be", async () => {
  const m = await monde({ securite: 1_000 });
  await m.recevoir(900);
  const { id } = await m.rediger(100);
  const gerant = await m.personne("gerant");
  const kpi = await gerant.call<Record<string, Row> & { citernes_sous_seuil: Row[] }>(
    "GET",
    `kpi/jour?depot_id=${m.depot}`,
  );
  assert.equal(kpi.sorties_today!.count, 0, `a draft is none: ${id}`);
  assert.equal(kpi.receptions_today!.volume_ambient, 900);
  assert.equal(kpi.balance_today!.delta_ambient, 900);
  assert.equal(kpi.stocks!.capacity_total, 500_000);
  assert.deepEqual(
    kpi.citernes_sous_seuil.map(({ stock, critique }) => [stock, critique]),
    [[0, true], [900, false]],
  );
});
