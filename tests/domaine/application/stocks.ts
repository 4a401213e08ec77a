// What the app reads of tanks and stock: file, roles, request, and what its models make of the answer.
import { type Appel, dans, lire, TOUS } from "./appels.ts";
import { actives, parNom } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombre, nombreOuRien as N, texte, texteOuRien as T } from "./modeles.ts";

export const STOCKS: Appel[] = [
  ...dans("features/citernes/data/citerne_repository.dart", TOUS, [
    lire("v_stock_actuel", "*", (c) => ({ depot_id: `eq.${c.depot}` }), M.liste(M.STOCK)),
    lire(
      "citernes",
      "id, nom, capacite_totale, capacite_securite",
      (c) => ({ id: `in.("${c.citerne}")` }),
      M.liste({ id: texte, nom: T, capacite_totale: N, capacite_securite: N }),
    ),
  ]),
  ...dans("features/citernes/data/citerne_service.dart", TOUS, [
    lire(
      "v_stock_actuel",
      "stock_ambiant, stock_15c",
      (c) => ({ citerne_id: `eq.${c.citerne}`, produit_id: `eq.${c.produit}` }),
      M.au_plus_une({ stock_ambiant: N, stock_15c: N }),
    ),
    lire(
      "citernes",
      "id, capacite_totale, capacite_securite, statut, produit_id",
      (c) => ({ id: `eq.${c.citerne}` }),
      M.au_plus_une({
        id: texte,
        capacite_totale: nombre,
        capacite_securite: nombre,
        statut: T,
        produit_id: texte,
      }),
    ),
  ]),
  ...dans("features/citernes/providers/citerne_providers.dart", TOUS, [
    lire(
      "citernes",
      "id, nom, capacite_totale, capacite_securite, produit_id, depot_id",
      (c) => ({ depot_id: `eq.${c.depot}`, ...actives, ...parNom }),
      M.liste({ id: texte, nom: T, capacite_totale: N, capacite_securite: N, produit_id: T }),
    ),
    lire("produits", "id, nom", (c) => ({ id: `in.("${c.produit}")` }), M.liste(M.NOM)),
    lire("depots", "id, nom", (c) => ({ id: `eq.${c.depot}` }), M.au_plus_une(M.NOM)),
    lire(
      "citernes",
      "id, nom, capacite_totale, capacite_securite, produit_id",
      () => ({ ...actives, ...parNom }),
      M.liste({ id: texte, nom: T, produit_id: T, capacite_totale: N, capacite_securite: N }),
    ),
    lire(
      "v_stock_actuel",
      "citerne_id, produit_id, stock_ambiant, stock_15c, updated_at",
      (c) => ({ citerne_id: `in.("${c.citerne}")`, produit_id: `in.("${c.produit}")` }),
      M.liste({
        citerne_id: texte,
        produit_id: texte,
        stock_ambiant: N,
        stock_15c: N,
        updated_at: M.dateOuRien,
      }),
    ),
  ]),
  ...dans("features/receptions/data/citerne_info_provider.dart", TOUS, [
    lire(
      "citernes",
      "id, nom, capacite_totale, capacite_securite, statut, produit_id",
      (c) => ({ id: `eq.${c.citerne}` }),
      M.ligne({
        id: texte,
        nom: texte,
        capacite_totale: nombre,
        capacite_securite: nombre,
        statut: texte,
        produit_id: texte,
      }),
      { une: true },
    ),
  ]),
  ...dans("features/sorties/providers/sortie_providers.dart", TOUS, [
    lire(
      "v_stock_actuel",
      "citerne_id, stock_ambiant, stock_15c, updated_at",
      (c) => ({ citerne_id: `in.("${c.citerne}")`, produit_id: `eq.${c.produit}` }),
      M.liste({ citerne_id: texte, stock_ambiant: N, stock_15c: N, updated_at: M.dateOuRien }),
    ),
  ]),
  ...dans("data/repositories/stocks_repository.dart", TOUS, [
    lire(
      "v_stock_actuel",
      "citerne_id, produit_id, stock_ambiant, stock_15c, updated_at",
      (c) => ({ depot_id: `eq.${c.depot}`, produit_id: `eq.${c.produit}` }),
      M.liste({ stock_ambiant: N, stock_15c: N, updated_at: M.dateOuRien }),
    ),
  ]),
  ...dans("data/repositories/stocks_kpi_repository.dart", TOUS, [
    lire(
      "v_stock_actuel",
      "*",
      (c) => ({ depot_id: `eq.${c.depot}`, produit_id: `eq.${c.produit}` }),
      M.liste(M.STOCK),
    ),
    lire("depots", "id, nom", (c) => ({ id: `eq.${c.depot}` }), M.au_plus_une(M.NOM)),
    lire(
      "citernes",
      "id, nom, capacite_totale, capacite_securite, produit_id",
      (c) => ({ id: `in.("${c.citerne}")` }),
      M.liste({ ...M.NOM, capacite_totale: N, capacite_securite: N }),
    ),
    lire("produits", "id, nom", (c) => ({ id: `in.("${c.produit}")` }), M.liste(M.NOM)),
    lire(
      "citernes",
      "capacite_totale",
      (c) => ({ depot_id: `eq.${c.depot}`, ...actives, produit_id: `eq.${c.produit}` }),
      M.liste({ capacite_totale: N }),
    ),
  ]),
  ...dans("features/dashboard/providers/admin_kpi_provider.dart", TOUS, [
    lire(
      "citernes",
      "id, capacite_securite",
      (c) => ({ depot_id: `eq.${c.depot}` }),
      M.liste({ id: T, capacite_securite: N }),
    ),
  ]),
  ...dans("features/dashboard/providers/citernes_sous_seuil_provider.dart", TOUS, [
    lire(
      "citernes",
      "id, nom, capacite_securite",
      (c) => ({ depot_id: `eq.${c.depot}` }),
      M.liste({ id: T, nom: T, capacite_securite: N }),
    ),
  ]),
  ...dans("features/dashboard/providers/directeur_kpi_provider.dart", TOUS, [
    lire(
      "citernes",
      "id, capacite_totale, capacite_securite",
      (c) => ({ depot_id: `eq.${c.depot}` }),
      M.liste({ id: T, capacite_totale: N, capacite_securite: N }),
    ),
  ]),
];
