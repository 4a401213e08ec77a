// What the app reads of trucks and suppliers' lots: file, roles, request, and what its models make of the answer.
import { type Appel, dans, lire, TOUS } from "./appels.ts";
import { COURS_ARRIVES, LOT_SELECT, recents } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombreOuRien as N, texte, texteOuRien as T } from "./modeles.ts";

export const COURS_ET_LOTS: Appel[] = [
  ...dans("data/repositories/cours_de_route_repository.dart", TOUS, [
    lire(
      "cours_de_route",
      "id, statut, volume, depot_destination_id, produit_id",
      (c) => ({ depot_destination_id: `eq.${c.depot}`, produit_id: `eq.${c.produit}` }),
      M.liste({ statut: T, volume: N }),
    ),
  ]),
  ...dans("features/cours_route/data/cours_de_route_service.dart", TOUS, [
    lire("cours_de_route", "*", () => recents, M.liste(M.COURS)),
    lire("cours_de_route", "*", () => ({ statut: "neq.DECHARGE", ...recents }), M.liste(M.COURS)),
    lire("cours_de_route", "*", (c) => ({ id: `eq.${c.cdr}` }), M.au_plus_une(M.COURS)),
    lire("cours_de_route", "*", () => ({ statut: "eq.ARRIVE", ...recents }), M.liste(M.COURS)),
    lire("cours_de_route", "id", () => ({ statut: "eq.CHARGEMENT" }), M.liste({ id: texte })),
    lire(
      "cours_de_route",
      "id",
      () => ({ statut: 'in.("CHARGEMENT","TRANSIT","FRONTIERE")' }),
      M.liste({ id: texte }),
    ),
    lire("cours_de_route", "id", () => ({ statut: "eq.ARRIVE" }), M.liste({ id: texte })),
    lire("cours_de_route", "id", () => ({ statut: "eq.DECHARGE" }), M.liste({ id: texte })),
  ]),
  ...dans("features/kpi/providers/kpi_provider.dart", TOUS, [
    lire("cours_de_route", "id, volume, statut, depot_destination_id", (c) => ({
      statut: 'in.("CHARGEMENT","TRANSIT","FRONTIERE","ARRIVE")',
      depot_destination_id: `eq.${c.depot}`,
    }), M.liste({ statut: T })),
  ]),
  ...dans("features/receptions/data/cours_arrives_provider.dart", TOUS, [
    lire(
      "cours_de_route",
      COURS_ARRIVES("depart_pays"),
      () => ({ statut: "eq.ARRIVE", order: "date_chargement.desc.nullslast,created_at.desc.nullslast" }),
      M.liste({
        id: texte,
        produit_id: T,
        date_chargement: M.dateOuRien,
        depart_pays: T,
        volume: N,
        chauffeur: T,
        statut: texte,
        produit: M.ligne({ id: texte, code: texte, nom: texte }),
        depots: M.ligne({ nom: T }),
        fournisseurs: M.ligne({ nom: T }),
      }),
    ),
  ]),
  ...dans("features/receptions/providers/receptions_table_provider.dart", TOUS, [
    lire(
      "cours_de_route",
      "id, plaque_camion, plaque_remorque, fournisseur_id",
      (c) => ({ id: `in.("${c.cdr}")` }),
      M.liste({ id: texte, plaque_camion: T, plaque_remorque: T, fournisseur_id: T }),
    ),
  ]),
  ...dans("features/receptions/screens/reception_form_screen.dart", TOUS, [
    lire("cours_de_route", "*", (c) => ({ id: `eq.${c.cdr}` }), M.au_plus_une(M.COURS)),
  ]),
  ...dans("features/lots/data/fournisseur_lot_service.dart", TOUS, [
    lire(
      "cours_de_route",
      "*",
      (c) => ({ fournisseur_lot_id: `eq.${c.lot}`, order: "date_chargement.desc.nullslast" }),
      M.liste(M.COURS),
    ),
    lire("cours_de_route", "*", (c) => ({
      fournisseur_id: `eq.${c.fournisseur}`,
      produit_id: `eq.${c.produit}`,
      fournisseur_lot_id: "is.null",
      order: "date_chargement.desc.nullslast",
    }), M.liste(M.COURS)),
    lire("fournisseur_lot", LOT_SELECT, () => recents, M.liste(M.LOT)),
    lire("fournisseur_lot", LOT_SELECT, (c) => ({ id: `eq.${c.lot}` }), M.au_plus_une(M.LOT)),
    lire(
      "fournisseur_lot",
      LOT_SELECT,
      (c) => ({ fournisseur_id: `eq.${c.fournisseur}`, ...recents }),
      M.liste(M.LOT),
    ),
    lire(
      "fournisseur_lot",
      LOT_SELECT,
      (c) => ({ fournisseur_id: `eq.${c.fournisseur}`, produit_id: `eq.${c.produit}`, ...recents }),
      M.liste(M.LOT),
    ),
    lire(
      "fournisseur_lot",
      LOT_SELECT,
      (c) => ({ fournisseur_id: `eq.${c.fournisseur}`, statut: "eq.ouvert", ...recents }),
      M.liste(M.LOT),
    ),
  ]),
];
