// A purchase through its doors, from a lot's truck to a settled invoice, and an alert: what each of them answers.
import { type Monde, sql } from "../../support/monde.ts";
import { contrats } from "./contrats.ts";

const REGLE = { canal: "EMAIL", destination: "essai@exemple.cd", actif: false };

/** One answer of each door of achats and alertes. */
export async function achatsEtAlertes(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const recevoirUnLot = async () => {
    const { id: lot } = (await sql<[{ id: string }]>`
      insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
      values (${m.fournisseur}, ${m.produit}, gen_random_uuid()) returning id`)[0];
    const camion = await m.camionArrive(1_000);
    await sql`update public.cours_de_route set fournisseur_lot_id = ${lot} where id = ${camion}`;
    await gerant.call("POST", "receptions", {
      cours_de_route_id: camion,
      citerne_id: m.citernes[0],
      volume_ambiant: 1_000,
      temperature_ambiante_c: 15,
    });
    return { lot, clos: await admin.call("POST", `achats/lots/${lot}/cloturer`, {}) };
  };
  const { lot, clos } = await recevoirUnLot();
  const saisir = (fournisseur_lot_id: string) =>
    gerant.call<{ facture_id: string }>("POST", "achats/factures-fournisseur", {
      fournisseur_lot_id,
      invoice_no: crypto.randomUUID(),
      date_facture: "2026-01-15",
      base: "L15",
      quantite_base: 1_000,
      prix_base_usd: 0.8,
    });
  const saisie = await saisir(lot);
  const facture = `achats/factures-fournisseur/${saisie.facture_id}`;
  const calculee = await gerant.call("POST", `${facture}/calculer`, {});
  const validee = await gerant.call("POST", `${facture}/valider`, {});
  const payer = (statut: string, montant_paye_usd: number) =>
    gerant.call<{ id: string }>("POST", `${facture}/paiements`, { montant_paye_usd, statut });
  const [paye, attend] = [await payer("CONFIRME", 100), await payer("EN_ATTENTE", 50)];
  const avoir = await gerant.call("POST", `${facture}/avoirs`, {
    invoice_no: crypto.randomUUID(),
    date_facture: "2026-01-16",
    montant_usd: 10,
    justification: "Manquant reconnu",
  });
  const { facture_id: autre } = await saisir((await recevoirUnLot()).lot);
  const [{ ecart, alerte }] = await sql<[{ ecart: string; alerte: string }]>`
    with e as (
      insert into public.ecarts (domaine, type, depot_id, reference_type, reference_id, created_at)
      values ('DEPOT', 'AUTRE', ${m.depot}, 'CDR', gen_random_uuid(), now() - interval '30 days') returning id)
    insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
    select 'ECART_ANCIEN', 'WARN', 'ECART', e.id, 'Écart ancien', ${m.depot} from e
    returning entity_id as ecart, id as alerte`;
  // A pass resolves what is settled meanwhile: each is moved as it has just been opened.
  const uneAlerte = async () =>
    (await sql<[{ id: string }]>`
      insert into public.system_alerts (check_code, severity, entity_type, entity_id, message, depot_id)
      values ('ECART_ANCIEN', 'WARN', 'ECART', gen_random_uuid(), 'Écart ancien', ${m.depot}) returning id`)[
      0
    ].id;
  return {
    ...await contrats(m),
    "achats POST /lots/:id/cloturer": () => Promise.resolve(clos),
    "achats POST /factures-fournisseur": () => Promise.resolve(saisie),
    "achats GET /factures-fournisseur/:id": () => gerant.call("GET", facture),
    "achats POST /factures-fournisseur/:id/calculer": () => Promise.resolve(calculee),
    "achats POST /factures-fournisseur/:id/valider": () => Promise.resolve(validee),
    "achats POST /factures-fournisseur/:id/annuler": () =>
      gerant.call("POST", `achats/factures-fournisseur/${autre}/annuler`, { motif: "Saisie deux fois" }),
    "achats POST /factures-fournisseur/:id/avoirs": () => Promise.resolve(avoir),
    "achats POST /factures-fournisseur/:id/paiements": () => Promise.resolve(paye),
    "achats POST /paiements-fournisseur/:id/confirmer": () =>
      gerant.call("POST", `achats/paiements-fournisseur/${attend.id}/confirmer`, {}),
    "achats POST /paiements-fournisseur/:id/annuler": () =>
      admin.call("POST", `achats/paiements-fournisseur/${paye.id}/annuler`, { motif: "Virement rejeté" }),
    "achats POST /factures-fournisseur/:id/litige": async () => {
      await gerant.call("POST", `${facture}/litige`, { en_litige: true, motif: "Qualité contestée" });
      return gerant.call("POST", `${facture}/litige`, { en_litige: false, motif: "Analyse conforme" });
    },
    "achats POST /ecarts/:id/revue": () => gerant.call("POST", `achats/ecarts/${ecart}/revue`, {}),
    "achats POST /ecarts/:id/traiter": () =>
      gerant.call("POST", `achats/ecarts/${ecart}/traiter`, {
        cause: "AUTRE",
        decision: "ACCEPTE_AVEC_NOTE",
        justification: "Relu avec le gérant",
      }),
    "achats GET /fournisseurs/:id/releve": () =>
      admin.call("GET", `achats/fournisseurs/${m.fournisseur}/releve`),
    "alertes GET /": () => admin.call("GET", `alertes?depot_id=${m.depot}`),
    "alertes GET /:id": () => admin.call("GET", `alertes/${alerte}`),
    "alertes GET /controles": () => admin.call("GET", "alertes/controles"),
    "alertes POST /controler": () => admin.call("POST", "alertes/controler", {}),
    "alertes PUT /controles/:code": () =>
      admin.call("PUT", "alertes/controles/ECART_ANCIEN", { actif: true, seuil: 7 }),
    "alertes GET /notifications/regles": () => admin.call("GET", "alertes/notifications/regles"),
    "alertes POST /notifications/regles": () => admin.call("POST", "alertes/notifications/regles", REGLE),
    "alertes PUT /notifications/regles/:id": async () => {
      const { id } = await admin.call("POST", "alertes/notifications/regles", REGLE);
      return admin.call("PUT", `alertes/notifications/regles/${id}`, { ...REGLE, severity_min: "WARN" });
    },
    "alertes GET /envois": () => admin.call("GET", "alertes/envois"),
    "alertes POST /envois/:id/relancer": async () => {
      const [{ id }] = await sql<[{ id: string }]>`
        insert into public.envois (canal, objet_type, cle, destination, contenu, statut)
        values ('EMAIL', 'ESSAI', gen_random_uuid(), 'essai@exemple.cd', '{}', 'MORT') returning id`;
      return admin.call("POST", `alertes/envois/${id}/relancer`, {});
    },
    "alertes POST /:id/acquitter": async () =>
      admin.call("POST", `alertes/${await uneAlerte()}/acquitter`, {}),
    "alertes POST /:id/resoudre": async () =>
      admin.call("POST", `alertes/${await uneAlerte()}/resoudre`, { note: "Réglé" }),
  };
}
