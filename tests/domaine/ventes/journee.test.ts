// A clerk's day through the doors: twenty sales at the counter, five deliveries on credit, a credit note, a payment of
// credit, the till closed with a gap; and every paper of it.
import assert from "node:assert/strict";
import { fetchPorte, type Monde, monde, sql, test, token } from "../../support/monde.ts";
import type { Person, Row } from "../../../ops/pile/client.ts";

const COMPTANTS = 20, CREDITS = 5;
const cents = (montant: number) => Math.round(montant * 100);
const somme = (montants: number[]) => montants.reduce((total, un) => total + cents(un), 0) / 100;

async function preparer(): Promise<{ m: Monde; gerant: Person; credit: string; jour: string }> {
  const m = await monde();
  await sql`update public.depots set code = ${
    m.depot.replace(/[^a-z0-9]/g, "").slice(0, 6).replace(/\d/g, (chiffre) => "GHIJKLMNOP"[Number(chiffre)]!)
      .toUpperCase()
  } where id = ${m.depot}`;
  await m.recevoir(40_000);
  const [{ jour }] = await sql<
    [{ jour: string }]
  >`select private.jour_au_depot(${m.depot}, now())::text as jour`;
  const directeur = await m.personne("directeur");
  await directeur.call("POST", "ventes/taux-change", {
    devise: "USD",
    jour,
    taux_cdf: 2287.35,
    source: "BCC",
  });
  await directeur.call("POST", "ventes/tarifs", {
    produit_id: m.produit,
    devise: "USD",
    base: "L15",
    prix_ht: 1.072533,
    valide_du: jour,
    motif: "Prix du jour",
  });
  const [{ id: credit }] = await sql<[{ id: string }]>`
    insert into public.clients (nom, type_fiscal, nif) values (${crypto.randomUUID()}, 'PM', 'A1234567Z') returning id`;
  await directeur.call("PUT", `ventes/clients/${credit}/conditions`, { delai_jours: 30, plafond: 60_000 });
  return { m, gerant: await m.personne("gerant"), credit, jour };
}

interface Vente {
  facture: Row & { numero: string; total_ttc: number; statut_paiement: string };
  encaissement: Row & { numero_recu: string; montant: number };
  bon_livraison: Row & { numero: string };
}

async function papier(personne: Person, adresse: string): Promise<Uint8Array> {
  const reponse = await fetchPorte(adresse, {
    headers: { authorization: `Bearer ${await token(personne)}`, accept: "application/pdf" },
  });
  assert.equal(reponse.status, 200, adresse);
  assert.equal(reponse.headers.get("content-type"), "application/pdf");
  return new Uint8Array(await reponse.arrayBuffer());
}

test("a clerk's day: twenty counter sales, five on credit, a credit note, a till closed with a gap", async () => {
  const { m, gerant, credit, jour } = await preparer();
  const operateur = await m.personne("operateur");
  const ventes: Vente[] = [];
  for (let n = 1; n <= COMPTANTS; n++) {
    ventes.push(
      await gerant.call<Row & Vente>("POST", "ventes/comptant", {
        sortie: {
          citerne_id: m.citernes[0],
          client_id: m.client,
          volume_ambiant: 100 + 37 * n,
          temperature_ambiante_c: 23.5,
        },
        bon_livraison: { recu_par: "Mme Ngalula" },
        paiement: { devise: n % 2 ? "USD" : "CDF" },
      }),
    );
  }
  const suite = (numeros: string[]) => numeros.map((numero) => Number(numero.split("-").at(-1)));
  const attendue = Array.from({ length: COMPTANTS }, (_, n) => n + 1);
  assert.deepEqual(suite(ventes.map(({ facture }) => facture.numero)), attendue);
  assert.deepEqual(suite(ventes.map(({ encaissement }) => encaissement.numero_recu)), attendue);
  assert.deepEqual(suite(ventes.map(({ bon_livraison }) => bon_livraison.numero)), attendue);
  assert.ok(ventes.every(({ facture }) => facture.statut_paiement === "PAYEE"));

  let bon = "";
  for (let n = 1; n <= CREDITS; n++) {
    const sortie = await m.rediger(1000 + n, { client_id: credit });
    await gerant.call("POST", `sorties/${sortie.id}/valider`, {});
    bon = (await operateur.call("POST", "ventes/bons-livraison", { sortie_id: sortie.id })).id;
    await operateur.call("POST", `ventes/bons-livraison/${bon}/confirmer`, { recu_par: "M. Mutombo" });
  }
  const { lignes } = await gerant.call<
    { lignes: { facture_id: string; sorties: number; total_ttc: number }[] }
  >(
    "POST",
    "ventes/factures/lot",
    { depot_id: m.depot },
  );
  assert.deepEqual(lignes.map(({ sorties }) => sorties), [CREDITS]);
  const { facture_id: facture, total_ttc } = lignes[0]!;
  const avoir = await gerant.call<Row & { total_ttc: number }>("POST", `ventes/factures/${facture}/avoirs`, {
    nature: "RRR",
    motif: "Rabais accordé sur une livraison",
    lignes: [{ rang: 3, quantite: 100 }],
  });
  const recu = await gerant.call<Row & { montant_compte: number }>("POST", "ventes/encaissements", {
    depot_id: m.depot,
    client_id: credit,
    mode: "MOBILE_MONEY",
    operateur_mobile: "MPESA",
    devise: "CDF",
    montant: 2_000_000,
    reference: crypto.randomUUID(),
  });
  const { solde } = await gerant.call<{ solde: number }>("GET", `ventes/clients/${credit}/encours`);
  assert.equal(cents(solde), cents(total_ttc) - cents(avoir.total_ttc) - cents(recu.montant_compte));

  const enCaisse = somme(
    ventes.filter((_, n) => n % 2 === 0).map(({ encaissement }) => encaissement.montant),
  );
  const cloture = await gerant.call<{ theorique: number; ecart: number }>("POST", "ventes/caisse/clotures", {
    depot_id: m.depot,
    devise: "USD",
    jour,
    compte: enCaisse - 20,
    motif: "Compté deux fois : il manque un billet",
  });
  assert.deepEqual([cloture.theorique, cloture.ecart], [enCaisse, -20]);

  for (
    const adresse of [
      `ventes/factures/${facture}/pdf`,
      `ventes/factures/${avoir.id}/pdf`,
      `ventes/factures/${ventes[0]!.facture.id}/pdf`,
      `ventes/encaissements/${recu.id}/recu.pdf`,
      `ventes/encaissements/${ventes[1]!.encaissement.id}/recu.pdf`,
      `ventes/bons-livraison/${bon}/pdf`,
      `ventes/clients/${credit}/releve.pdf`,
    ]
  ) {
    const octets = await papier(gerant, adresse);
    assert.equal(new TextDecoder().decode(octets.slice(0, 5)), "%PDF-", adresse);
  }
});

test("a counter sale is paid by what is handed over, whatever the client has paid ahead: the receipt says its invoice", async () => {
  const { m, gerant } = await preparer();
  const avance = { depot_id: m.depot, client_id: m.client, mode: "CASH", montant: 300 };
  await gerant.call("POST", "ventes/encaissements", avance);
  const { facture, encaissement } = await gerant.call<
    Row & Vente & { encaissement: { lettre: { facture_id: string; paye: number; reste: number }[] } }
  >("POST", "ventes/comptant", {
    sortie: {
      citerne_id: m.citernes[0],
      client_id: m.client,
      volume_ambiant: 120,
      temperature_ambiante_c: 15,
    },
  });
  assert.deepEqual(
    encaissement.lettre.map(({ facture_id, paye, reste }) => ({ facture_id, paye, reste })),
    [{ facture_id: facture.id, paye: facture.total_ttc, reste: 0 }],
  );
  assert.equal(facture.statut_paiement, "PAYEE");
  const { data } = await gerant.call<{ data: { avances: number; solde: number }[] }>(
    "GET",
    `ventes/balance-agee?client_id=${m.client}`,
  );
  assert.deepEqual(
    data.map(({ avances, solde }) => [avances, solde]),
    [[300, -300]],
    "the advance is left whole",
  );
});

test("an order, a delivery note, an invoice, a receipt and a statement that was kept say the same, byte for byte, whatever becomes of the client", async () => {
  const { m, gerant } = await preparer();
  const { bon_livraison, facture, encaissement } = await gerant.call<Row & Vente>("POST", "ventes/comptant", {
    sortie: {
      citerne_id: m.citernes[0],
      client_id: m.client,
      volume_ambiant: 250,
      temperature_ambiante_c: 15,
    },
  });
  const commande = await gerant.call("POST", "ventes/commandes", {
    depot_id: m.depot,
    client_id: m.client,
    produit_id: m.produit,
    quantite: 12_500,
    reference_client: "BC 2026/114",
  });
  await gerant.call("POST", `ventes/commandes/${commande.id}/confirmer`, {});
  const releve = await gerant.call<Row & { solde: number }>("POST", `ventes/clients/${m.client}/releves`, {});
  assert.equal(releve.solde, 0);
  const adresses = [
    `ventes/commandes/${commande.id}/pdf`,
    `ventes/bons-livraison/${bon_livraison.id}/pdf`,
    `ventes/factures/${facture.id}/pdf`,
    `ventes/encaissements/${encaissement.id}/recu.pdf`,
    `ventes/releves/${releve.id}/pdf`,
  ];
  const imprimer = async () => {
    const octets = [];
    for (const adresse of adresses) octets.push(await papier(gerant, adresse));
    return octets;
  };
  // The first is the original; from the second on each says DUPLICATA.
  await imprimer();
  const avant = await imprimer();
  await gerant.call("POST", "ventes/encaissements", {
    depot_id: m.depot,
    client_id: m.client,
    mode: "CASH",
    montant: 12.34,
  });
  await sql`update public.clients set nom = ${crypto.randomUUID()}, adresse = 'Ailleurs', nif = 'Z9' where id = ${m.client}`;
  await sql`update public.depots set nom = ${crypto.randomUUID()}, adresse = 'Ailleurs' where id = ${m.depot}`;
  await sql`update public.produits set nom = ${crypto.randomUUID()} where id = ${m.produit}`;
  assert.deepEqual(await imprimer(), avant);
});

test("a sortie refused for credit leaves one line of the log, and nothing else; sent again with its key, no other", async () => {
  const { m, gerant, credit } = await preparer();
  const directeur = await m.personne("directeur");
  await directeur.call("PUT", `ventes/clients/${credit}/conditions`, { plafond: 100 });
  const admin = await m.personne("admin");
  await admin.call("PUT", "flags/credit_client_blocant", { enabled: true, depots: [m.depot] });
  const { id } = await m.rediger(1000, { client_id: credit });
  const cle = crypto.randomUUID();
  const valider = async (entetes: Record<string, string>) => {
    const reponse = await fetchPorte(`sorties/${id}/valider`, {
      method: "POST",
      headers: { authorization: `Bearer ${await token(gerant)}`, ...entetes },
    });
    const { code } = await reponse.json();
    return [reponse.status, code];
  };
  const lignes = async () => [
    ...await sql`
      select l.user_id, l.niveau, l.depot_id, l.details ->> 'code' as code, l.details ->> 'sortie_id' as sortie,
             (l.details ->> 'plafond')::float as plafond, l.request_id is not null as numerotee
        from public.log_actions l where l.action = 'CREDIT_REFUSE' and l.cible_id = ${credit} order by l.id`,
  ];
  const { data } = await gerant.supabase.auth.getSession();
  const ligne = {
    user_id: data.session!.user.id,
    niveau: "WARNING",
    depot_id: m.depot,
    code: "CREDIT_DEPASSE",
    sortie: id,
    plafond: 100,
    numerotee: true,
  };
  assert.deepEqual(await valider({ "idempotency-key": cle }), [409, "CREDIT_DEPASSE"]);
  assert.deepEqual(await valider({ "idempotency-key": cle }), [409, "CREDIT_DEPASSE"]);
  assert.deepEqual(await lignes(), [ligne]);
  assert.deepEqual(await valider({}), [409, "CREDIT_DEPASSE"]);
  assert.deepEqual(await lignes(), [ligne, ligne]);
  const { statut } = await gerant.call<{ statut: string }>("GET", `sorties/${id}`);
  assert.equal(statut, "brouillon");
  await directeur.call("PUT", `ventes/clients/${credit}/conditions`, { suspendu: true });
  assert.deepEqual(await valider({}), [409, "CLIENT_SUSPENDU"]);
  assert.equal((await lignes()).at(-1)!.code, "CLIENT_SUSPENDU");
  // Another refusal is nobody's credit.
  await gerant.call("POST", `sorties/${id}/rejeter`, { motif: "Le client est suspendu" });
  assert.deepEqual(await valider({}), [409, "INVALID_ID_OR_STATE"]);
  assert.equal((await lignes()).length, 3);
  await admin.call("PUT", "flags/credit_client_blocant", { enabled: false, depots: [] });
});
