// What the app reads of réceptions: file, roles, request, and what its models make of the answer.
import { type Appel, dans, lire, TOUS } from "./appels.ts";
import { AVEC_CITERNE, recents, V, VOLUMES } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombreOuRien as N, ou_rien, texte, texteOuRien as T } from "./modeles.ts";

export const RECEPTIONS: Appel[] = [
  ...dans("data/repositories/receptions_repository.dart", TOUS, [
    lire(
      "receptions",
      `id, statut, ${VOLUMES}, citernes!inner(depot_id)`,
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}`, "citernes.depot_id": `eq.${c.depot}` }),
      M.liste({ ...V, ...AVEC_CITERNE }),
    ),
    lire(
      "receptions",
      `id, statut, ${VOLUMES}`,
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}` }),
      M.liste(V),
    ),
  ]),
  ...dans("features/dashboard/providers/admin_kpi_provider.dart", TOUS, [
    lire(
      "receptions",
      "id",
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}` }),
      M.liste({ id: texte }),
    ),
  ]),
  ...dans("features/dashboard/providers/directeur_kpi_provider.dart", TOUS, [
    lire(
      "receptions",
      `id, ${VOLUMES}`,
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}` }),
      M.liste(V),
    ),
  ]),
  ...dans("features/kpi/providers/kpi_provider.dart", TOUS, [
    lire(
      "receptions",
      `id, ${VOLUMES}, proprietaire_type, date_reception, statut, citernes!inner(depot_id)`,
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}`, "citernes.depot_id": `eq.${c.depot}` }),
      M.liste({ ...V, proprietaire_type: T, ...AVEC_CITERNE }),
    ),
    lire(
      "receptions",
      `id, ${VOLUMES}, proprietaire_type, date_reception, statut`,
      (c) => ({ statut: "eq.validee", date_reception: `eq.${c.jour}` }),
      M.liste({ ...V, proprietaire_type: T }),
    ),
  ]),
  ...dans("features/receptions/kpi/receptions_kpi_repository.dart", TOUS, [
    lire(
      "receptions",
      "volume_corrige_15c, volume_ambiant, citernes!inner(depot_id)",
      (c) => ({ date_reception: `eq.${c.jour}`, statut: "eq.validee", "citernes.depot_id": `eq.${c.depot}` }),
      M.liste({ volume_ambiant: N, ...AVEC_CITERNE }),
    ),
    lire(
      "receptions",
      VOLUMES,
      (c) => ({ date_reception: `eq.${c.jour}`, statut: "eq.validee" }),
      M.liste(V),
    ),
  ]),
  ...dans("features/receptions/providers/receptions_list_provider.dart", TOUS, [
    lire("receptions", "*", () => ({ ...recents, offset: "0", limit: "25" }), M.liste(M.RECEPTION)),
  ]),
  ...dans("features/receptions/providers/receptions_table_provider.dart", TOUS, [
    lire(
      "receptions",
      "id, date_reception, proprietaire_type, produit_id, citerne_id, volume_corrige_15c, volume_15c, volume_ambiant, cours_de_route_id, partenaire_id, created_at",
      () => ({ order: "date_reception.desc.nullslast" }),
      M.liste({
        id: texte,
        date_reception: M.date,
        proprietaire_type: T,
        produit_id: T,
        citerne_id: T,
        cours_de_route_id: T,
        ...V,
      }),
    ),
  ]),
  ...dans("features/stocks_adjustments/screens/stocks_adjustment_create_sheet.dart", TOUS, [
    lire(
      "receptions",
      "volume_ambiant, temperature_ambiante_c, densite_a_15, volume_15c, volume_corrige_15c",
      (c) => ({ id: `eq.${c.reception}` }),
      M.au_plus_une({ ...V, temperature_ambiante_c: N, densite_a_15: N }),
    ),
    lire("receptions", "citerne_id", (c) => ({ id: `eq.${c.reception}` }), M.au_plus_une({ citerne_id: T })),
  ]),
  ...dans("features/stocks_adjustments/screens/stocks_adjustments_list_screen.dart", TOUS, [
    lire(
      "receptions",
      "id, date_reception, volume_15c, volume_corrige_15c, produits:produit_id(nom)",
      () => ({ order: "date_reception.desc.nullslast", limit: "20" }),
      M.liste({ id: T, date_reception: T, produits: ou_rien(M.ligne({ nom: T })) }),
    ),
  ]),
];
