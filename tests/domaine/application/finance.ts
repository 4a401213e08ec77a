// What the app's finance screens read and write of suppliers' invoices and payments.
import { ceuxQui } from "../acces/acteurs.ts";
import { type Appel, dans, ecrire, lire, TOUS, variante } from "./appels.ts";
import * as M from "./modeles.ts";
import { dateOuRien as D, nombre, texte, texteOuRien as T } from "./modeles.ts";

const OU = "features/lots_finance/data/fournisseur_finance_lot_service.dart";
const LECTEURS = ceuxQui("lire_finance");
/** The menu shows them the screen: an empty list, and no error. */
const AUTRES = TOUS.filter((role) => !LECTEURS.includes(role));
const AUTEURS = ceuxQui("ecrire_factures_fournisseur");

const RAPPROCHEMENT = {
  facture_id: texte,
  invoice_no: texte,
  deal_reference: T,
  fournisseur_lot_id: texte,
  nb_receptions: nombre,
  total_volume_15c: nombre,
  total_volume_20c: nombre,
  quantite_facturee_20c: nombre,
  ecart_volume_20c: nombre,
  prix_unitaire_usd: nombre,
  montant_total_usd: nombre,
  statut_rapprochement: texte,
};
const FACTURE = {
  ...RAPPROCHEMENT,
  montant_regle_usd: nombre,
  solde_restant_usd: nombre,
  statut_paiement: texte,
  date_facture: D,
  date_echeance: D,
  created_at: D,
};
const PAIEMENT = {
  id: texte,
  fournisseur_facture_id: texte,
  date_paiement: D,
  montant_paye_usd: nombre,
  mode_paiement: T,
  reference_paiement: T,
  note: T,
  created_at: D,
};
const factures = { order: "created_at.desc.nullslast" };
const rapprochements = { order: "invoice_no.desc.nullslast" };

export const FINANCE: Appel[] = [
  ...dans(OU, LECTEURS, [
    lire("v_fournisseur_facture_lot", "*", () => factures, M.liste(FACTURE)),
  ]),
  ...dans(OU, AUTRES, [
    variante(lire("v_fournisseur_facture_lot", "*", () => factures, M.liste(FACTURE, 0))),
  ]),
  ...dans(OU, LECTEURS, [
    lire(
      "v_fournisseur_facture_lot",
      "*",
      (c) => ({ facture_id: `eq.${c.facture}` }),
      M.au_plus_une(FACTURE),
    ),
    lire("v_fournisseur_rapprochement_lot_min", "*", () => rapprochements, M.liste(RAPPROCHEMENT)),
  ]),
  ...dans(OU, AUTRES, [
    variante(
      lire("v_fournisseur_rapprochement_lot_min", "*", () => rapprochements, M.liste(RAPPROCHEMENT, 0)),
    ),
  ]),
  ...dans(OU, LECTEURS, [
    lire(
      "fournisseur_paiement_lot_min",
      "*",
      (c) => ({ fournisseur_facture_id: `eq.${c.facture}`, order: "date_paiement.desc.nullslast" }),
      M.liste(PAIEMENT),
    ),
  ]),
];

const PAIEMENT_ECRIT = (montant_paye_usd: number, facture: string) => ({
  fournisseur_facture_id: facture,
  // A local time without its offset.
  date_paiement: new Date(Date.now() + 7_200_000).toISOString().slice(0, -1) + "123",
  montant_paye_usd,
  mode_paiement: "Virement",
  reference_paiement: null,
  note: null,
});

export const FINANCE_ECRITE: Appel[] = [
  ...dans(OU, AUTEURS, [
    ecrire(async (c) => ({
      methode: "POST",
      chemin: "fournisseur_facture_lot_min",
      corps: {
        fournisseur_lot_id: await c.lotAFacturer(),
        invoice_no: c.neuf(),
        deal_reference: null,
        date_facture: c.jour,
        date_echeance: null,
        quantite_facturee_20c: 38000.5,
        prix_unitaire_usd: 0.71,
      },
      parametres: { select: "id" },
      rend: true,
      une: true,
    }), M.ligne({ id: texte })),
    ecrire((c) => ({
      methode: "POST",
      chemin: "fournisseur_paiement_lot_min",
      corps: PAIEMENT_ECRIT(12.34, c.facture),
    }), M.rien),
    variante(ecrire(
      (c) => ({
        methode: "POST",
        chemin: "fournisseur_paiement_lot_min",
        corps: PAIEMENT_ECRIT(9e9, c.facture),
      }),
      M.rien,
      { code: /^PAIEMENT_EXCEDENTAIRE$/, pourquoi: "une facture ne se paie pas au-delà de son solde" },
    )),
  ]),
];
