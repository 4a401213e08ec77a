// What the supplier chain refuses, each through its door, with the code that says why; what it was asked of is as before.
import assert from "node:assert/strict";
import { type Monde, monde, refus, sql, test } from "../../support/monde.ts";

type Ligne = { id: string };
type Poster = (adresse: string, corps?: object) => Promise<Ligne>;
/** What is asked, and the code it hears. */
type Refus = Record<string, [() => Promise<unknown>, string]>;

const unique = () => crypto.randomUUID();

async function acheteurs(m: Monde) {
  const [admin, gerant, operateur] = await Promise.all([
    m.personne("admin"),
    m.personne("gerant"),
    m.personne("operateur"),
  ]);
  const poster: Poster = (adresse, corps = {}) => admin.call<Ligne>("POST", `achats/${adresse}`, corps);
  return { admin, gerant, operateur, poster };
}

/** Every row the chain has of this supplier: a refusal leaves them as they are. */
const traces = async (m: Monde) =>
  (await sql`
    select coalesce(jsonb_agg(to_jsonb(l) order by l.quoi, l.ligne ->> 'id'), '[]') as lignes from (
      select 'sblc' as quoi, to_jsonb(x) as ligne from public.sblc x where x.fournisseur_id = ${m.fournisseur}
      union all select 'proforma', to_jsonb(x) from public.proformas x where x.fournisseur_id = ${m.fournisseur}
      union all select 'lot', to_jsonb(x) from public.fournisseur_lot x where x.fournisseur_id = ${m.fournisseur}
      union all select 'facture', to_jsonb(x) from public.fournisseur_facture_lot_min x
       where x.fournisseur_id = ${m.fournisseur}
      union all select 'camion', to_jsonb(x) from public.cours_de_route x where x.fournisseur_id = ${m.fournisseur}
      union all select 'bordereau', to_jsonb(x) from public.chargements x
        join public.cours_de_route c on c.id = x.cours_de_route_id where c.fournisseur_id = ${m.fournisseur}
      union all select 'ecart', to_jsonb(x) from public.ecarts x where x.depot_id = ${m.depot}) l`)[0]!
    .lignes;

async function refusent(t: Deno.TestContext, m: Monde, refuses: Refus): Promise<void> {
  for (const [quoi, [demander, attendu]] of Object.entries(refuses)) {
    await t.step(`${quoi}: ${attendu}`, async () => {
      const avant = await traces(m);
      assert.equal((await refus(demander())).code, attendu);
      assert.deepEqual(await traces(m), avant);
    });
  }
}

const proforma = (m: Monde, reste: object = {}) => ({
  fournisseur_id: m.fournisseur,
  produit_id: m.produit,
  reference: unique(),
  date_proforma: "2026-01-05",
  base: "L15",
  quantite: 1_000,
  prix_usd: 0.8,
  ...reste,
});
const lot = (m: Monde, reste: object = {}) => ({
  fournisseur_id: m.fournisseur,
  produit_id: m.produit,
  reference: unique(),
  ...reste,
});
const facture = (fournisseur_lot_id: string, reste: object = {}) => ({
  fournisseur_lot_id,
  invoice_no: unique(),
  date_facture: "2026-01-15",
  base: "L15",
  quantite_base: 1_000,
  prix_base_usd: 0.8,
  ...reste,
});

test("a guarantee that must not be is refused, and nothing of it is kept", async (t) => {
  const m = await monde();
  const { admin, poster } = await acheteurs(m);
  const saisie = {
    fournisseur_id: m.fournisseur,
    banque: "Banque",
    reference: "SBLC 1",
    montant: 1_000,
    date_debut: "2026-01-01",
    date_fin: "2030-01-01",
  };
  const { id } = await poster("sblc", saisie);
  const annulee = await poster("sblc", { ...saisie, reference: "SBLC 2" });
  await poster(`sblc/${annulee.id}/statut`, { statut: "ANNULEE", motif: "Banque qui renonce" });
  const neuve = (reste: object) => () => poster("sblc", { ...saisie, reference: unique(), ...reste });
  await refusent(t, m, {
    "the same reference at the same bank": [() => poster("sblc", saisie), "SBLC_EXISTANTE"],
    "of a supplier that there is not": [neuve({ fournisseur_id: unique() }), "VALIDATION"],
    "for nothing": [neuve({ montant: 0 }), "VALIDATION"],
    "beyond the type": [neuve({ montant: 1e13 }), "VALIDATION"],
    "for a text": [neuve({ montant: "mille" }), "VALIDATION"],
    "that ends before it begins": [neuve({ date_fin: "2025-12-31" }), "VALIDATION"],
    "on a day that is none": [neuve({ date_debut: "2026-02-30" }), "VALIDATION"],
    "moved to where it is": [
      () => poster(`sblc/${id}/statut`, { statut: "ACTIVE", motif: "Essai" }),
      "SBLC_ETAT",
    ],
    "moved without a reason": [
      () => poster(`sblc/${id}/statut`, { statut: "SUSPENDUE", motif: " - " }),
      "MOTIF_REQUIS",
    ],
    "changed once cancelled": [
      () => admin.call("PUT", `achats/sblc/${annulee.id}`, { montant: 2_000 }),
      "SBLC_ETAT",
    ],
    "that there is not": [() => admin.call("PUT", `achats/sblc/${unique()}`, { montant: 1 }), "INTROUVABLE"],
  });
});

test("a proforma that must not be is refused, and nothing of it is kept", async (t) => {
  const m = await monde();
  const { admin, operateur, poster } = await acheteurs(m);
  const brouillon = await poster("proformas", proforma(m));
  const active = await poster("proformas", proforma(m));
  await poster(`proformas/${active.id}/activer`);
  const neuve = (reste: object) => () => poster("proformas", proforma(m, reste));
  await refusent(t, m, {
    "by who may not": [() => operateur.call("POST", "achats/proformas", proforma(m)), "ROLE_FORBIDDEN"],
    "for no litre": [neuve({ quantite: 0 }), "VALIDATION"],
    "at no price": [neuve({ prix_usd: 0 }), "VALIDATION"],
    "with an allowance beyond 50 ‰": [neuve({ franchise_pour_mille: 51 }), "VALIDATION"],
    "in a unit nobody knows": [neuve({ base: "GALLON" }), "VALIDATION"],
    "of a product that there is not": [neuve({ produit_id: unique() }), "VALIDATION"],
    "under a guarantee that there is not": [neuve({ sblc_id: unique() }), "INTROUVABLE"],
    "made active twice": [() => poster(`proformas/${active.id}/activer`), "PROFORMA_ETAT"],
    "changed once active": [
      () => admin.call("PUT", `achats/proformas/${active.id}`, { quantite: 5 }),
      "PROFORMA_ETAT",
    ],
    "closed before it is active": [
      () =>
        poster(`proformas/${brouillon.id}/cloturer`, {
          justification: "Rien n'est venu",
        }),
      "PROFORMA_ETAT",
    ],
    "closed without a reason": [
      () => poster(`proformas/${active.id}/cloturer`, { justification: "......" }),
      "MOTIF_REQUIS",
    ],
  });
});

test("a lot and its trucks go together only as the contract says", async (t) => {
  const [m, autre] = [await monde(), await monde()];
  const { admin, operateur, poster } = await acheteurs(m);
  const brouillon = await poster("proformas", proforma(m));
  const autreOuvert = await poster("lots", lot(m, { reference: "LOT 1" }));
  const ouvert = await poster("lots", lot(m));
  const clos = await poster("lots", lot(m));
  await poster(`lots/${clos.id}/cloturer`);
  const [camion, vide] = [await m.camionArrive(1_000), await m.camionArrive(1_000)];
  const etranger = await autre.camionArrive(1_000);
  await poster(`lots/${ouvert.id}/cours-de-route`, { cours_de_route_id: camion });
  await operateur.call("POST", "receptions", {
    cours_de_route_id: camion,
    citerne_id: m.citernes[0],
    volume_ambiant: 1_000,
    temperature_ambiante_c: 15,
  });
  const rattacher = (a: Ligne, cours_de_route_id: string) => () =>
    poster(`lots/${a.id}/cours-de-route`, { cours_de_route_id });
  await refusent(t, m, {
    "the same reference twice": [() => poster("lots", lot(m, { reference: "LOT 1" })), "LOT_EXISTANT"],
    "a truck of another supplier": [rattacher(ouvert, etranger), "LOT_INCOMPATIBLE"],
    "a lot under a proforma that is a draft": [
      () => poster("lots", lot(m, { proforma_id: brouillon.id })),
      "PROFORMA_ETAT",
    ],
    "a truck to a closed lot": [rattacher(clos, vide), "LOT_NON_OUVERT"],
    "a truck that has unloaded": [rattacher(autreOuvert, camion), "LOT_CDR_DECHARGE"],
    "a truck that there is not": [rattacher(ouvert, unique()), "INTROUVABLE"],
    "a lot invoiced while open": [() => poster(`lots/${ouvert.id}/facturer`), "LOT_TRANSITION_INTERDITE"],
    "a truck that was forgotten, without a reason": [
      () =>
        poster(`lots/${autreOuvert.id}/cours-de-route/decharges`, {
          cours_de_route_id: camion,
          motif: "........",
        }),
      "MOTIF_REQUIS",
    ],
    "a bill of lading for nothing": [
      () =>
        admin.call("PUT", `achats/chargements/${vide}`, {
          bl_numero: "BL",
          date_bl: "2026-01-06",
          base: "L15",
          quantite: 0,
        }),
      "VALIDATION",
    ],
    "a bill of lading of a truck that there is not": [
      () =>
        admin.call("PUT", `achats/chargements/${unique()}`, {
          bl_numero: "BL",
          date_bl: "2026-01-06",
          base: "L15",
          quantite: 10,
        }),
      "INTROUVABLE",
    ],
  });
});

test("an invoice of a lot goes forward only when everything behind it is settled", async (t) => {
  const m = await monde();
  const { admin, gerant, operateur, poster } = await acheteurs(m);
  const recevoir = (cours_de_route_id: string) =>
    operateur.call<Ligne>("POST", "receptions", {
      cours_de_route_id,
      citerne_id: m.citernes[0],
      volume_ambiant: 1_000,
      temperature_ambiante_c: 15,
    });
  const rattacher = (a: Ligne, cours_de_route_id: string) =>
    poster(`lots/${a.id}/cours-de-route`, { cours_de_route_id });
  const saisir = (corps: object) =>
    admin.call<{ facture_id: string }>("POST", "achats/factures-fournisseur", corps)
      .then(({ facture_id }) => `factures-fournisseur/${facture_id}`);
  const [camion, enRoute] = [await m.camionArrive(1_000), await m.camionArrive(1_000)];
  const recu = await poster("lots", lot(m));
  await rattacher(recu, camion);
  await rattacher(recu, enRoute);
  await recevoir(camion);
  const vide = await poster("lots", lot(m));
  const sansDensite = await poster("lots", lot(m));
  const pese = await m.camionArrive(1_000);
  await rattacher(sansDensite, pese);
  await recevoir(pese);
  const sansRien = await saisir(facture(vide.id, { base: "L20" }));
  const adresse = await saisir(facture(recu.id));
  const etapes = {
    calculer: () => poster(`${adresse}/calculer`),
    valider: () => poster(`${adresse}/valider`, { justification: "Livré en partie" }),
    payer: () => poster(`${adresse}/paiements`, { montant_paye_usd: 10 }),
  };
  await refusent(t, m, {
    "of a lot without a réception": [() => poster(`${sansRien}/calculer`), "FACTURE_SANS_RECEPTION"],
    "by the tonne, of fuel whose density nobody knows": [
      () => saisir(facture(sansDensite.id, { base: "TM_AIR" })),
      "TONNAGE_SANS_DENSITE",
    ],
    "the lot's second": [() => saisir(facture(recu.id)), "FACTURE_EXISTANTE"],
    "due before its day": [
      () => saisir(facture(sansDensite.id, { date_echeance: "2026-01-14" })),
      "VALIDATION",
    ],
    "validated before it is calculated": [etapes.valider, "FACTURE_ETAT"],
    "paid before it is validated": [etapes.payer, "PAIEMENT_FACTURE_NON_VALIDEE"],
  });
  await etapes.calculer();
  await refusent(t, m, { "of a lot still open": [etapes.valider, "LOT_NON_CLOTURE"] });
  await poster(`lots/${recu.id}/cloturer`);
  await refusent(t, m, { "with a truck on its way": [etapes.valider, "FACTURE_CAMIONS_EN_ROUTE"] });
  const ecart = await poster("ecarts", {
    domaine: "FOURNISSEUR",
    type: "LOGISTIQUE",
    reference_type: "CDR",
    reference_id: enRoute,
    justification: "Camion resté à la frontière",
  });
  const traiter = () =>
    poster(`ecarts/${ecart.id}/traiter`, {
      cause: "LIVRAISON_PARTIELLE",
      decision: "ACCEPTE_AVEC_NOTE",
      justification: "Le camion viendra sur un autre lot",
    });
  await refusent(t, m, { "with a gap that nobody treated": [etapes.valider, "FACTURE_ECARTS_OUVERTS"] });
  await traiter();
  const [reception] = await sql`select id from public.receptions where cours_de_route_id = ${camion}`;
  await admin.call("POST", "stocks/ajustements", {
    mouvement_type: "RECEPTION",
    mouvement_id: reception!.id,
    delta_ambiant: -10,
    delta_15c: -10,
    reason: "Un index mal relevé",
  });
  await refusent(t, m, {
    "a gap treated twice": [traiter, "ECART_ETAT"],
    "calculated before a réception was corrected": [etapes.valider, "FACTURE_PERIMEE"],
  });
  await etapes.calculer();
  await etapes.valider();
  await refusent(t, m, {
    "calculated once validated": [etapes.calculer, "FACTURE_ETAT"],
    "cancelled once validated": [
      () => poster(`${adresse}/annuler`, { motif: "Saisie deux fois" }),
      "FACTURE_ETAT",
    ],
    "a bill of lading behind it": [
      () =>
        admin.call("PUT", `achats/chargements/${camion}`, {
          bl_numero: "BL 1",
          date_bl: "2026-01-06",
          base: "L15",
          quantite: 1_010,
        }),
      "CHARGEMENT_FIGE",
    ],
  });
  await gerant.call("POST", `achats/${adresse}/litige`, { en_litige: true, motif: "Qualité contestée" });
  await refusent(t, m, { "paid while it is disputed": [etapes.payer, "FACTURE_ETAT"] });
});
