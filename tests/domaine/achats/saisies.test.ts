// What must not be typed into the supplier chain and the alerts, each through its door, with the code that says why: and
// nothing of it is kept.
import assert from "node:assert/strict";
import { type Monde, monde, refus, sql, test } from "../../support/monde.ts";

/** A closed lot with one truck in. */
async function lotRecu(m: Monde): Promise<string> {
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const [{ id: lot }] = await sql<[{ id: string }]>`
    insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
    values (${m.fournisseur}, ${m.produit}, gen_random_uuid()) returning id`;
  const camion = await m.camionArrive(1_000);
  await sql`update public.cours_de_route set fournisseur_lot_id = ${lot} where id = ${camion}`;
  await gerant.call("POST", "receptions", {
    cours_de_route_id: camion,
    citerne_id: m.citernes[0],
    volume_ambiant: 1_000,
    temperature_ambiante_c: 15,
  });
  await admin.call("POST", `achats/lots/${lot}/cloturer`, {});
  return lot;
}

async function factureValidee(m: Monde) {
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const lot = await lotRecu(m);
  const saisie = {
    fournisseur_lot_id: lot,
    invoice_no: crypto.randomUUID(),
    date_facture: "2026-01-15",
    base: "L15",
    quantite_base: 1_000,
    prix_base_usd: 0.8,
  };
  const { facture_id } = await gerant.call<{ facture_id: string }>(
    "POST",
    "achats/factures-fournisseur",
    saisie,
  );
  const facture = `achats/factures-fournisseur/${facture_id}`;
  await gerant.call("POST", `${facture}/calculer`, {});
  await gerant.call("POST", `${facture}/valider`, {});
  return { admin, gerant, lot, facture, facture_id, saisie };
}

const paiements = async (facture: string) =>
  (await sql<[{ n: number }]>`
    select count(*)::int as n from public.fournisseur_paiement_lot_min where fournisseur_facture_id = ${facture}`)[
    0
  ].n;

test("a payment that must not be is refused with its code, and nothing of it is kept", async (t) => {
  const m = await monde();
  const { admin, gerant, facture, facture_id, saisie } = await factureValidee(m);
  const payer = (corps: object) => gerant.call<{ id: string }>("POST", `${facture}/paiements`, corps);
  const [{ demain }] = await sql<[{ demain: string }]>`
    select to_char(now() + interval '3 days', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as demain`;

  const refuses: Record<string, [object, string]> = {
    "nothing": [{ montant_paye_usd: 0 }, "*"],
    "less than nothing": [{ montant_paye_usd: -5 }, "*"],
    "beyond the type": [{ montant_paye_usd: 1e13 }, "VALIDATION"],
    "beyond any number": [{ montant_paye_usd: 1e308 }, "VALIDATION"],
    "a text": [{ montant_paye_usd: "100" }, "VALIDATION"],
    "no amount": [{}, "VALIDATION"],
    "more than is left": [{ montant_paye_usd: 800.01 }, "PAIEMENT_EXCEDENTAIRE"],
    "a local time without its offset": [
      { montant_paye_usd: 10, date_paiement: "2026-02-01T10:00:00" },
      "VALIDATION",
    ],
    "a day to come": [{ montant_paye_usd: 10, date_paiement: demain }, "DATE_FUTURE"],
    "no such day": [{ montant_paye_usd: 10, date_paiement: "2026-02-30T10:00:00Z" }, "VALIDATION"],
  };
  for (const [quoi, [corps, attendu]] of Object.entries(refuses)) {
    await t.step(quoi, async () => {
      const { code, status } = await refus(payer(corps));
      if (attendu === "*") assert.equal(status, 422, code);
      else assert.equal(code, attendu);
      assert.equal(await paiements(facture_id), 0);
    });
  }

  await t.step("the same within two minutes, one after the other", async () => {
    const corps = { montant_paye_usd: 100, reference_paiement: "VIR-1" };
    await payer(corps);
    assert.equal((await refus(payer(corps))).code, "PAIEMENT_DOUBLE");
    assert.equal(await paiements(facture_id), 1);
  });
  await t.step("the same eight times at once: one is kept", async () => {
    const corps = { montant_paye_usd: 50, reference_paiement: "VIR-2" };
    const issues = await Promise.allSettled(Array.from({ length: 8 }, () => payer(corps)));
    assert.equal(issues.filter(({ status }) => status === "fulfilled").length, 1);
    for (const issue of issues) {
      if (issue.status === "rejected") assert.equal(issue.reason.problem?.code, "PAIEMENT_DOUBLE");
    }
    assert.equal(await paiements(facture_id), 2);
  });
  await t.step("an invoice whose amount no column holds", async () => {
    const fournisseur_lot_id = await lotRecu(m);
    for (
      const trop of [{ quantite_base: 1e13 }, { prix_base_usd: 1e13 }, {
        quantite_base: 9e11,
        prix_base_usd: 9e11,
      }]
    ) {
      const { code, status } = await refus(
        admin.call("POST", "achats/factures-fournisseur", {
          ...saisie,
          fournisseur_lot_id,
          ...trop,
          invoice_no: crypto.randomUUID(),
        }),
      );
      assert.equal(status, 422, code);
    }
  });
  await t.step("a credit note above its invoice", async () => {
    const { status } = await refus(admin.call("POST", `${facture}/avoirs`, {
      invoice_no: crypto.randomUUID(),
      date_facture: "2026-01-16",
      montant_usd: 800.01,
      justification: "Manquant reconnu",
    }));
    assert.equal(status, 409);
  });
});

test("a gérant of another depot neither reads nor moves a lot's invoice", async (t) => {
  const [m, ailleurs] = [await monde(), await monde()];
  const { facture, facture_id, lot } = await factureValidee(m);
  const autre = await ailleurs.personne("gerant");
  const gestes: Record<string, () => Promise<unknown>> = {
    "read it": () => autre.call("GET", facture),
    "pay it": () => autre.call("POST", `${facture}/paiements`, { montant_paye_usd: 10 }),
    "dispute it": () =>
      autre.call("POST", `${facture}/litige`, { en_litige: true, motif: "Qualité contestée" }),
    "credit it": () =>
      autre.call("POST", `${facture}/avoirs`, {
        invoice_no: crypto.randomUUID(),
        date_facture: "2026-01-16",
        montant_usd: 10,
        justification: "Manquant reconnu",
      }),
    "invoice its lot": () =>
      autre.call("POST", "achats/factures-fournisseur", {
        fournisseur_lot_id: lot,
        invoice_no: crypto.randomUUID(),
        date_facture: "2026-01-15",
        base: "L15",
        quantite_base: 1_000,
        prix_base_usd: 0.8,
      }),
  };
  const etat = () =>
    sql`select to_jsonb(f) - 'updated_at' as f from public.fournisseur_facture_lot_min f
                          where f.fournisseur_lot_id = ${lot} order by f.id`;
  const avant = [...await etat()];
  for (const [quoi, geste] of Object.entries(gestes)) {
    await t.step(quoi, async () => {
      const { code, status } = await refus(geste());
      assert.ok([403, 404].includes(status), `${status} ${code}`);
      assert.deepEqual([...await etat()], avant);
      assert.equal(await paiements(facture_id), 0);
    });
  }
});

test("an alert is moved by who may, forwards only, and a rule that could not work is not kept", async (t) => {
  const m = await monde();
  const [admin, gerant] = [await m.personne("admin"), await m.personne("gerant")];
  const [{ id }] = await sql<[{ id: string }]>`
    insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
    values ('ECART_ANCIEN', 'WARN', 'ECART', gen_random_uuid(), 'Écart ancien', ${m.depot}) returning id`;
  await t.step("by a gérant: ROLE_FORBIDDEN", async () => {
    assert.equal((await refus(gerant.call("POST", `alertes/${id}/acquitter`, {}))).code, "ROLE_FORBIDDEN");
  });
  await t.step("one that there is not: INTROUVABLE", async () => {
    const { code } = await refus(admin.call("POST", `alertes/${crypto.randomUUID()}/resoudre`, {}));
    assert.equal(code, "INTROUVABLE");
  });
  await t.step("backwards: ALERTE_ETAT", async () => {
    await admin.call("POST", `alertes/${id}/resoudre`, {});
    assert.equal((await refus(admin.call("POST", `alertes/${id}/acquitter`, {}))).code, "ALERTE_ETAT");
  });
  const regles: Record<string, [object, string]> = {
    "no destination": [{ canal: "EMAIL" }, "REGLE_INCOMPLETE"],
    "no e-mail address": [{ canal: "EMAIL", destination: "exploitation" }, "ADRESSE_INTERDITE"],
    "two in one": [{ canal: "EMAIL", destination: "a@exemple.cd,b@exemple.cd" }, "ADRESSE_INTERDITE"],
    "a header in it": [
      { canal: "EMAIL", destination: "a@exemple.cd\r\nBcc: b@exemple.cd" },
      "ADRESSE_INTERDITE",
    ],
    "a webhook without its secret": [
      { canal: "WEBHOOK", destination: "https://exemple.cd/" },
      "REGLE_INCOMPLETE",
    ],
    "a webhook into the network": [
      { canal: "WEBHOOK", destination: "https://10.0.0.1/", secret_nom: "WEBHOOK_SECRET" },
      "ADRESSE_INTERDITE",
    ],
    "a check there is not": [
      { canal: "EMAIL", destination: "a@exemple.cd", codes: ["INCONNU"] },
      "CONTROLE_INCONNU",
    ],
  };
  for (const [quoi, [corps, attendu]] of Object.entries(regles)) {
    await t.step(`a rule with ${quoi}: ${attendu}`, async () => {
      const { code } = await refus(
        admin.call("POST", "alertes/notifications/regles", { actif: false, ...corps }),
      );
      assert.ok([attendu, "VALIDATION"].includes(code), code);
    });
  }
  await t.step("a threshold that is none: SEUIL_INVALIDE", async () => {
    for (const seuil of [0, -1, 1e9]) {
      const { code } = await refus(
        admin.call("PUT", "alertes/controles/ECART_ANCIEN", { actif: true, seuil }),
      );
      assert.ok(["SEUIL_INVALIDE", "VALIDATION"].includes(code), code);
    }
  });
});
