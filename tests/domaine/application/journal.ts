// What the app reads of adjustments, the names of those who act, and the log: file, roles, request, and what its models
// make of the answer.
import { type Appel, dans, lire, TOUS, variante } from "./appels.ts";
import { GOUVERNANCE, recents } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombre, objet, texte, texteOuRien as T } from "./modeles.ts";

export const JOURNAL_ET_AJUSTEMENTS: Appel[] = [
  ...dans("features/stocks_adjustments/data/stocks_adjustments_service.dart", TOUS, [
    lire("stocks_adjustments", "*", (c) => ({
      mouvement_type: "eq.RECEPTION",
      created_at: `gte.${c.debut.slice(0, -1)}`,
      reason: "ilike.%compteur%",
      order: "created_at.desc.nullslast,id.desc.nullslast",
      limit: "50",
    }), M.liste(M.AJUSTEMENT)),
    variante(
      lire(
        "stocks_adjustments",
        "*",
        () => ({ order: "created_at.desc.nullslast,id.desc.nullslast", offset: "0", limit: "50" }),
        M.liste(M.AJUSTEMENT),
      ),
    ),
  ]),
  ...dans("features/stocks_adjustments/providers/has_adjustments_provider.dart", TOUS, [
    lire(
      "stocks_adjustments",
      "id",
      (c) => ({ depot_id: `eq.${c.depot}`, created_at: `gte.${c.debut.slice(0, -1)}`, limit: "1" }),
      M.au_plus_une({ id: texte }),
    ),
    lire(
      "stocks_adjustments",
      "id",
      (c) => ({ citerne_id: `eq.${c.citerne}`, created_at: `gte.${c.debut.slice(0, -1)}`, limit: "1" }),
      M.au_plus_une({ id: texte }),
    ),
  ]),
  ...dans("features/stocks_adjustments/providers/stocks_adjustments_providers.dart", [
    "admin",
    "directeur",
    "gerant",
    "pca",
  ], [
    lire("profils", "*", (c) => ({ user_id: `in.("${c.collegue}")` }), M.au_plus_une(M.PROFIL)),
  ]),
  ...dans(
    "features/stocks_adjustments/providers/stocks_adjustments_providers.dart",
    ["operateur", "lecture"],
    [
      variante(lire("profils", "*", (c) => ({ user_id: `in.("${c.collegue}")` }), M.liste(M.PROFIL, 0))),
    ],
  ),
  ...dans("features/profil/data/profil_service.dart", TOUS, [
    lire("profils", "*", (c) => ({ user_id: `eq.${c.user_id}` }), M.au_plus_une(M.PROFIL)),
    lire("profils", "*", (c) => ({ user_id: `eq.${c.user_id}` }), M.au_plus_une(M.PROFIL)),
  ]),
  ...dans("features/logs/providers/logs_providers.dart", GOUVERNANCE, [
    lire(
      "profils",
      "user_id, nom_complet",
      () => ({ order: "nom_complet.desc.nullslast", limit: "2000" }),
      M.liste({ user_id: T, nom_complet: T }, 6),
    ),
    lire(
      "profils",
      "user_id, nom_complet, email",
      () => ({ limit: "5000" }),
      M.liste({ user_id: T, nom_complet: T, email: T }, 6),
    ),
  ]),
  ...dans("features/dashboard/providers/activites_recentes_provider.dart", GOUVERNANCE, [
    lire(
      "logs",
      "id,created_at,module,action,niveau,user_id,details",
      (c) => ({ created_at: `gte.${c.debut}`, ...recents, limit: "50" }),
      M.liste(M.JOURNAL),
    ),
  ]),
  ...dans("features/dashboard/providers/admin_kpi_provider.dart", GOUVERNANCE, [
    lire("logs", "id", (c) => ({ created_at: `gte.${c.debut}` }), M.liste({ id: texte })),
  ]),
  ...dans("features/logs/services/logs_service.dart", GOUVERNANCE, [
    lire(
      "logs",
      "created_at,module,action,niveau,user_id,details",
      (c) => ({ created_at: [`gte.${c.debut}`, `lt.${c.fin}`], ...recents, limit: "200" }),
      M.liste({ created_at: M.date, details: objet }),
    ),
  ]),
  ...dans("features/logs/providers/logs_providers.dart", GOUVERNANCE, [
    lire(
      "log_actions",
      "id, created_at, module, action, niveau, user_id, details",
      (c) => ({
        created_at: [`gte.${c.debut}`, `lt.${c.fin}`],
        module: "eq.receptions",
        niveau: "eq.INFO",
        user_id: `eq.${c.collegue}`,
        ...recents,
        offset: "0",
        limit: "50",
      }),
      M.liste({
        ...M.JOURNAL,
        details: M.ligne({
          citerne_id: texte,
          produit_id: texte,
          volume_ambiant: nombre,
          volume_15c: nombre,
          date_reception: M.date,
        }),
      }),
    ),
    lire(
      "log_actions",
      "module",
      () => ({ order: "module.desc.nullslast", limit: "2000" }),
      M.liste({ module: texte }),
    ),
  ]),
];
