// What the app reads of sorties: file, roles, request, and what its models make of the answer.
import { type Appel, dans, lire, TOUS, variante } from "./appels.ts";
import { AVEC_CITERNE, recents, V, VOLUMES } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombreOuRien as N, objet, ou_rien, texte, texteOuRien as T } from "./modeles.ts";

export const SORTIES: Appel[] = [
  ...dans("data/repositories/sorties_repository.dart", TOUS, [
    lire(
      "sorties_produit",
      "id, statut, volume_ambiant, volume_15c, volume_corrige_15c, date_sortie",
      (c) => ({ statut: "eq.validee", date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`] }),
      M.liste(V),
    ),
    lire(
      "sorties_produit",
      "id, statut, volume_ambiant, volume_15c, volume_corrige_15c, date_sortie, citernes!inner(depot_id)",
      (c) => ({
        "citernes.depot_id": `eq.${c.depot}`,
        statut: "eq.validee",
        date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`],
      }),
      M.liste({ ...V, ...AVEC_CITERNE }),
    ),
  ]),
  ...dans("features/dashboard/providers/admin_kpi_provider.dart", TOUS, [
    lire(
      "sorties_produit",
      "id",
      (c) => ({ statut: "eq.validee", date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`] }),
      M.liste({ id: texte }),
    ),
  ]),
  ...dans("features/dashboard/providers/directeur_kpi_provider.dart", TOUS, [
    lire(
      "sorties_produit",
      `id, ${VOLUMES}`,
      (c) => ({ statut: "eq.validee", date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`] }),
      M.liste(V),
    ),
  ]),
  ...dans("features/kpi/providers/kpi_provider.dart", TOUS, [
    lire(
      "sorties_produit",
      `id, ${VOLUMES}, proprietaire_type, date_sortie, statut, citernes!inner(depot_id)`,
      (c) => ({
        statut: "eq.validee",
        date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`],
        "citernes.depot_id": `eq.${c.depot}`,
      }),
      M.liste({ ...V, ...AVEC_CITERNE }),
    ),
    lire(
      "sorties_produit",
      `id, ${VOLUMES}, proprietaire_type, date_sortie, statut`,
      (c) => ({ statut: "eq.validee", date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`] }),
      M.liste(V),
    ),
  ]),
  ...dans("features/sorties/kpi/sorties_kpi_repository.dart", TOUS, [
    lire("sorties_produit", `${VOLUMES}, citernes!inner(depot_id)`, (c) => ({
      statut: "eq.validee",
      date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`],
      "citernes.depot_id": `eq.${c.depot}`,
    }), M.liste({ ...V, ...AVEC_CITERNE })),
    lire(
      "sorties_produit",
      VOLUMES,
      (c) => ({ statut: "eq.validee", date_sortie: [`gte.${c.debut}`, `lt.${c.fin}`] }),
      M.liste(V),
    ),
  ]),
  ...dans("features/sorties/providers/sortie_providers.dart", TOUS, [
    lire(
      "sorties_produit",
      "id, created_at, date_sortie, proprietaire_type, volume_ambiant, volume_15c, volume_corrige_15c, produits:produit_id(code, nom), citernes:citerne_id(nom), client:client_id(nom), partenaire:partenaire_id(nom)",
      () => ({ ...recents, offset: "0", limit: "25" }),
      M.liste({ produits: objet, citernes: objet, client: objet, partenaire: objet }),
    ),
  ]),
  ...dans("features/sorties/providers/sorties_table_provider.dart", TOUS, [
    lire(
      "sorties_produit",
      "id, date_sortie, proprietaire_type, produit_id, citerne_id, volume_15c, volume_corrige_15c, volume_ambiant, statut, client_id, partenaire_id, created_at",
      () => ({ order: "date_sortie.desc.nullslast" }),
      M.liste({
        id: texte,
        date_sortie: T,
        proprietaire_type: T,
        produit_id: T,
        citerne_id: T,
        client_id: T,
        partenaire_id: T,
        statut: T,
        ...V,
      }),
    ),
  ]),
  ...dans("features/sorties/data/sortie_draft_service.dart", TOUS, [
    lire(
      "citernes",
      "id, produit_id",
      (c) => ({ id: `eq.${c.citerne}` }),
      M.au_plus_une({ id: texte, produit_id: texte }),
    ),
  ]),
  ...dans("features/stocks_adjustments/screens/stocks_adjustment_create_sheet.dart", TOUS, [
    variante(
      lire(
        "sorties_produit",
        "volume_ambiant, temperature_ambiante_c, densite_a_15, volume_15c, volume_corrige_15c",
        (c) => ({ id: `eq.${c.sortie}` }),
        M.au_plus_une({ ...V, temperature_ambiante_c: N, densite_a_15: N }),
      ),
    ),
    lire(
      "sortie_citerne",
      "citerne_id",
      (c) => ({ sortie_id: `eq.${c.sortie}` }),
      M.au_plus_une({ citerne_id: T }),
    ),
    lire("citernes", "depot_id", (c) => ({ id: `eq.${c.citerne}` }), M.au_plus_une({ depot_id: T })),
  ]),
  ...dans("features/stocks_adjustments/screens/stocks_adjustments_list_screen.dart", TOUS, [
    lire(
      "sorties_produit",
      "id, date_sortie, volume_15c, volume_corrige_15c, produits:produit_id(nom)",
      () => ({ order: "date_sortie.desc.nullslast", limit: "20" }),
      M.liste({ id: T, date_sortie: T, produits: ou_rien(M.ligne({ nom: T })) }),
    ),
  ]),
];
