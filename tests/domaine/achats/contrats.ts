// A contract through its doors, from the bank guarantee to the proforma's closing: what each of them answers.
import { type Monde, sql } from "../../support/monde.ts";

type Ligne = { id: string };

/** One answer of each door of achats that comes before the invoice, and of its lists. */
export async function contrats(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, gerant, operateur] = await Promise.all([
    m.personne("admin"),
    m.personne("gerant"),
    m.personne("operateur"),
  ]);
  const poster = (adresse: string, corps: object = {}) =>
    admin.call<Ligne>("POST", `achats/${adresse}`, corps);
  const proformaNeuve = (reste = {}) =>
    poster("proformas", {
      fournisseur_id: m.fournisseur,
      produit_id: m.produit,
      reference: crypto.randomUUID(),
      date_proforma: "2026-01-05",
      base: "L15",
      quantite: 1_000,
      prix_usd: 0.8,
      ...reste,
    });
  const sblc = await poster("sblc", {
    fournisseur_id: m.fournisseur,
    banque: "Banque",
    reference: crypto.randomUUID(),
    montant: 1_000_000,
    date_debut: "2026-01-01",
    date_fin: "2030-01-01",
  });
  const proforma = await proformaNeuve({ sblc_id: sblc.id, surestaries_usd_jour: 100 });
  const lue = `achats/proformas/${proforma.id}`;
  const modifiee = await admin.call("PUT", lue, { quantite: 1_010 });
  const activee = await admin.call("POST", `${lue}/activer`, {});
  const lot = await admin.call<Ligne>("POST", "achats/lots", {
    fournisseur_id: m.fournisseur,
    produit_id: m.produit,
    reference: crypto.randomUUID(),
    proforma_id: proforma.id,
  });
  const [camion, tardif] = await Promise.all([m.camionArrive(1_000), m.camionArrive(500)]);
  const rattache = await operateur.call("POST", `achats/lots/${lot.id}/cours-de-route`, {
    cours_de_route_id: camion,
  });
  const recevoir = (cours_de_route_id: string, volume_ambiant: number) =>
    operateur.call<Ligne>("POST", "receptions", {
      cours_de_route_id,
      citerne_id: m.citernes[0],
      volume_ambiant,
      temperature_ambiante_c: 15,
    });
  const bordereau = await operateur.call("PUT", `achats/chargements/${camion}`, {
    bl_numero: "BL 1",
    date_bl: "2026-01-06",
    base: "L15",
    quantite: 1_010,
    densite_15: 840,
    temperature_c: 20,
  });
  const recue = await recevoir(camion, 1_000);
  await recevoir(tardif, 500);
  const specifiees = await admin.call("PUT", `achats/specifications/${m.produit}`, {
    parametre: "Soufre",
    maximum: 50,
    unite: "ppm",
  });
  const analyse = await operateur.call("POST", "achats/analyses", {
    objet_type: "RECEPTION",
    objet_id: recue.id,
    parametre: "soufre",
    valeur: 62,
  });
  const ecart = await operateur.call<Ligne>("POST", "achats/ecarts", {
    domaine: "FOURNISSEUR",
    type: "AUTRE",
    reference_type: "CDR",
    reference_id: camion,
    justification: "Scellé trouvé ouvert",
  });
  const oublie = await admin.call("POST", `achats/lots/${lot.id}/cours-de-route/decharges`, {
    cours_de_route_id: tardif,
    motif: "Oublié à l'arrivée",
  });
  const frais = await poster(`lots/${lot.id}/frais`, {
    type: "FRET",
    montant: 280_000,
    devise: "CDF",
    taux_cdf: 2_800,
  });
  const [{ id: clos }] = await sql<[Ligne]>`
    insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
    values (${m.fournisseur}, ${m.produit}, gen_random_uuid()) returning id`;
  await admin.call("POST", `achats/lots/${clos}/cloturer`, {});
  const annulable = await proformaNeuve();
  const [{ nom }] = await sql<
    [{ nom: string }]
  >`select nom from public.fournisseurs where id = ${m.fournisseur}`;

  const lire = (porte: string, adresse: string) => ({
    [`achats GET /${porte}`]: () => admin.call("GET", `achats/${adresse}`),
  });
  const liste = (porte: string) => lire(porte, `${porte}?fournisseur_id=${m.fournisseur}`);
  const fait = (porte: string, reponse: unknown) => ({ [`achats ${porte}`]: () => Promise.resolve(reponse) });
  return {
    ...lire("fournisseurs", `fournisseurs?recherche=${nom}`),
    ...lire("fournisseurs/:id", `fournisseurs/${m.fournisseur}`),
    ...liste("comptes"),
    ...lire("couverture", `couverture?recherche=${nom}`),
    ...["sblc", "proformas", "lots", "factures-fournisseur", "avoirs-fournisseur", "paiements-fournisseur"]
      .reduce((toutes, une) => ({ ...toutes, ...liste(une) }), {}),
    ...["ecarts", "ecarts-transit", "analyses"]
      .reduce((toutes, une) => ({ ...toutes, ...lire(une, `${une}?depot_id=${m.depot}`) }), {}),
    ...fait("POST /sblc", sblc),
    ...lire("sblc/:id", `sblc/${sblc.id}`),
    "achats PUT /sblc/:id": () => admin.call("PUT", `achats/sblc/${sblc.id}`, { date_fin: "2031-01-01" }),
    "achats POST /sblc/:id/statut": () =>
      admin.call("POST", `achats/sblc/${sblc.id}/statut`, {
        statut: "SUSPENDUE",
        motif: "Banque en attente",
      }),
    ...fait("POST /proformas", proforma),
    ...lire("proformas/:id", `proformas/${proforma.id}`),
    ...fait("PUT /proformas/:id", modifiee),
    ...lire("proformas/:id/avancement", `proformas/${proforma.id}/avancement`),
    ...fait("POST /proformas/:id/activer", activee),
    "achats POST /proformas/:id/cloturer": () =>
      gerant.call("POST", `${lue}/cloturer`, { justification: "Contrat exécuté en partie" }),
    "achats POST /proformas/:id/annuler": () =>
      admin.call("POST", `achats/proformas/${annulable.id}/annuler`, { motif: "Saisie deux fois" }),
    ...fait("POST /lots", lot),
    ...lire("lots/:id", `lots/${lot.id}`),
    "achats POST /lots/:id/facturer": () => admin.call("POST", `achats/lots/${clos}/facturer`, {}),
    ...lire("lots/:id/cours-de-route", `lots/${lot.id}/cours-de-route`),
    ...fait("POST /lots/:id/cours-de-route", rattache),
    ...fait("POST /lots/:id/cours-de-route/decharges", oublie),
    ...fait("PUT /chargements/:id", bordereau),
    ...lire("chargements/:id", `chargements/${camion}`),
    ...lire("lots/:id/couts", `lots/${lot.id}/couts`),
    ...fait("POST /lots/:id/frais", frais),
    "achats POST /frais/:id/annuler": () =>
      admin.call("POST", `achats/frais/${frais.id}/annuler`, { motif: "Saisi deux fois" }),
    ...fait("POST /ecarts", ecart),
    ...lire("ecarts/:id", `ecarts/${ecart.id}`),
    "achats POST /ecarts/:id/litige": () =>
      gerant.call("POST", `achats/ecarts/${ecart.id}/litige`, { motif: "Le transporteur conteste" }),
    "achats POST /ecarts/:id/notes": () =>
      operateur.call("POST", `achats/ecarts/${ecart.id}/notes`, { texte: "Photo prise au dépôt" }),
    ...lire("ecarts/:id/notes", `ecarts/${ecart.id}/notes`),
    ...fait("POST /analyses", analyse),
    ...fait("PUT /specifications/:id", specifiees),
    ...lire("specifications/:id", `specifications/${m.produit}`),
  };
}
