// What the app reads of reference data: what the forms let one choose: file, roles, request, and what its models make
// of the answer.
import { type Appel, dans, lire, TOUS } from "./appels.ts";
import { actives, GOUVERNANCE, parNom, recents } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombre, nombreOuRien as N, texte, texteOuRien as T } from "./modeles.ts";

export const REFERENTIELS: Appel[] = [
  ...dans("shared/providers/ref_data_provider.dart", TOUS, [
    lire("fournisseurs", "id, nom", () => parNom, M.liste(M.NOM)),
    lire("produits", "id, nom, code", () => parNom, M.liste({ ...M.NOM, code: T })),
    lire("depots", "id, nom", () => parNom, M.liste(M.NOM)),
  ]),
  ...dans("shared/referentiels/referentiels.dart", TOUS, [
    lire(
      "produits",
      "id, code, nom, actif",
      () => ({ actif: "eq.true" }),
      M.liste({ id: texte, code: T, nom: T }),
    ),
    lire(
      "citernes",
      "id, nom, produit_id, capacite_totale, capacite_securite, statut, depot_id, depots(nom)",
      () => actives,
      M.liste({
        ...M.NOM,
        produit_id: texte,
        capacite_totale: nombre,
        capacite_securite: nombre,
        statut: texte,
        depot_id: texte,
        depots: M.ligne({ nom: texte }),
      }),
    ),
  ]),
  ...dans("shared/referentiels/role_provider.dart", TOUS, [
    lire(
      "profils",
      "role",
      (c) => ({ user_id: `eq.${c.user_id}`, ...recents, limit: "1" }),
      M.liste({ role: texte }),
    ),
  ]),
  ...dans("data/repositories/depots_repository.dart", TOUS, [
    lire("depots", "nom", (c) => ({ id: `eq.${c.depot}`, limit: "1" }), M.liste({ nom: T })),
  ]),
  ...dans("features/receptions/data/partenaires_provider.dart", TOUS, [
    lire("partenaires", "id, nom", () => parNom, M.liste(M.NOM)),
  ]),
  ...dans("features/receptions/providers/reception_providers.dart", TOUS, [
    lire("produits", "id, nom", () => parNom, M.liste(M.NOM)),
    lire("produits", "id, nom, code", (c) => ({ id: `eq.${c.produit}` }), M.au_plus_une({ id: texte })),
    lire(
      "citernes",
      "id, nom",
      (c) => ({ ...actives, produit_id: `eq.${c.produit}`, ...parNom }),
      M.liste(M.NOM),
    ),
    lire("partenaires", "id, nom", () => parNom, M.liste(M.NOM)),
  ]),
  ...dans("features/receptions/providers/receptions_table_provider.dart", TOUS, [
    lire("fournisseurs", "id, nom", () => ({}), M.liste(M.NOM)),
    lire("partenaires", "id, nom", () => ({}), M.liste(M.NOM)),
  ]),
  ...dans("features/sorties/providers/sorties_table_provider.dart", TOUS, [
    lire("clients", "id, nom", () => ({}), M.liste(M.NOM)),
    lire("partenaires", "id, nom", () => ({}), M.liste(M.NOM)),
  ]),
  ...dans("features/sorties/providers/sortie_providers.dart", TOUS, [
    lire("produits", "id, nom", () => parNom, M.liste(M.NOM)),
    lire("clients", "id, nom", () => parNom, M.liste(M.NOM)),
    lire("partenaires", "id, nom", () => parNom, M.liste(M.NOM)),
    lire("produits", "id, nom, code", (c) => ({ id: `eq.${c.produit}` }), M.au_plus_une({ id: texte })),
    lire(
      "citernes",
      "id, nom",
      (c) => ({ ...actives, produit_id: `eq.${c.produit}`, ...parNom }),
      M.liste(M.NOM),
    ),
    lire(
      "citernes",
      "id, nom, capacite_totale",
      (c) => ({ produit_id: `eq.${c.produit}`, ...parNom }),
      M.liste({ id: texte, nom: T, capacite_totale: N }),
    ),
  ]),
  ...dans("features/dashboard/providers/admin_kpi_provider.dart", TOUS, [
    lire("produits", "id", () => ({ actif: "eq.true" }), M.liste({ id: texte })),
  ]),
  ...dans("features/logs/providers/logs_providers.dart", GOUVERNANCE, [
    lire("citernes", "id, nom", () => ({ limit: "5000" }), M.liste(M.NOM)),
    lire("produits", "id, nom", () => ({ limit: "5000" }), M.liste(M.NOM)),
  ]),
  ...dans("shared/db/db_port.dart", TOUS, [
    lire("produits", "id, code, nom, actif", () => ({ actif: "eq.true" }), M.liste(M.NOM)),
    lire(
      "citernes",
      "id, produit_id, capacite_totale, capacite_securite, statut",
      () => actives,
      M.liste({ id: texte, produit_id: texte }),
    ),
  ]),
];
