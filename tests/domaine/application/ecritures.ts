// What the app writes, and the functions it calls: the payloads its services build.
import { ceuxQui } from "../acces/acteurs.ts";
import { type Appel, dans, ecrire, lire, TERRAIN, TOUS, variante } from "./appels.ts";
import { colonnes, type Requete } from "./client.ts";
import { COURS_ARRIVES, LOT_SELECT } from "./communs.ts";
import * as M from "./modeles.ts";
import { nombre, texte } from "./modeles.ts";
import type { Contexte } from "./scene.ts";

const RENDU = M.ligne({ id: texte });
const inserer = (chemin: string, corps: unknown, select?: string, plus: Partial<Requete> = {}): Requete => ({
  methode: "POST",
  chemin,
  corps,
  ...(select && { parametres: { select: colonnes(select) }, rend: true, une: true }),
  ...plus,
});
const modifier = (chemin: string, id: string, corps: unknown, select?: string): Requete => ({
  methode: "PATCH",
  chemin,
  corps,
  parametres: { ...(select && { select: colonnes(select) }), id: `eq.${id}` },
  ...(select && { rend: true, une: true }),
});
const supprimer = (chemin: string, id: string): Requete => ({
  methode: "DELETE",
  chemin,
  parametres: { id: `eq.${id}` },
});
const appeler = (fonction: string, corps: unknown): Requete => ({
  methode: "POST",
  chemin: `rpc/${fonction}`,
  corps,
});

const cours = (c: Contexte, lot: string | null, statut = "CHARGEMENT") => ({
  fournisseur_id: c.fournisseur,
  depot_destination_id: c.depot,
  produit_id: c.produit,
  fournisseur_lot_id: lot,
  plaque_camion: c.neuf(),
  plaque_remorque: null,
  chauffeur_nom: "Ilunga",
  transporteur: null,
  depart_pays: "RDC",
  date_chargement: c.jour,
  volume: 38000.5,
  statut,
  note: null,
});
const lot = (c: Contexte) => ({
  fournisseur_id: c.fournisseur,
  produit_id: c.produit,
  reference: c.neuf(),
  date_lot: c.jour,
  statut: "ouvert",
  note: null,
});
const reception = (c: Contexte, plus: Record<string, unknown>) => ({
  citerne_id: c.citerne,
  produit_id: c.produit,
  index_avant: 1000,
  index_apres: 1200,
  volume_ambiant: 200,
  temperature_ambiante_c: 24,
  densite_observee_kgm3: 837,
  date_reception: c.jour,
  note: "Camion plombé",
  ...plus,
});
/** As the form of PROD sends it: a density in kg/L, a 15 °C volume of its own. */
const sortie = (c: Contexte, plus: Record<string, unknown>) => ({
  citerne_id: c.citerne,
  produit_id: c.produit,
  client_id: c.client,
  partenaire_id: null,
  index_avant: 100,
  index_apres: 110,
  volume_ambiant: 10,
  volume_corrige_15c: 9.9415,
  temperature_ambiante_c: 24,
  densite_a_15_kgm3: 0.84,
  proprietaire_type: "MONALUXE",
  statut: "validee",
  date_sortie: new Date().toISOString(),
  chauffeur_nom: "Kasongo",
  plaque_camion: "KIP 7",
  transporteur: "Kivu Trans",
  ...plus,
});
const JOURNAL_ECRIT = {
  code: /42501/,
  pourquoi: "le journal est écrit par la base seule : personne n'y ajoute une ligne",
};
const PROFIL_ECRIT = {
  code: /42501|PGRST116|DEPOT_REQUIS/,
  pourquoi: "personne ne se donne un rôle : un administrateur ouvre les accès",
};

export const ECRITURES: Appel[] = [
  ...dans("features/cours_route/data/cours_de_route_service.dart", TERRAIN, [
    // Trucks.
    ecrire((c) => inserer("cours_de_route", cours(c, null)), M.rien),
    variante(ecrire(async (c) => inserer("cours_de_route", cours(c, await c.lotVide())), M.rien)),
    ecrire(
      async (c) => modifier("cours_de_route", await c.camion("ARRIVE"), cours(c, null, "ARRIVE")),
      M.rien,
    ),
    ecrire(
      async (c) => modifier("cours_de_route", await c.camion("CHARGEMENT"), { statut: "TRANSIT" }, "id"),
      RENDU,
    ),
  ]),
  ...dans("features/cours_route/data/cours_de_route_service.dart", ceuxQui("supprimer_cours_de_route"), [
    ecrire(async (c) => supprimer("cours_de_route", await c.camion("CHARGEMENT")), M.rien),
  ]),
  ...dans("features/cours_route/screens/cours_route_detail_screen.dart", [
    "directeur",
    "operateur",
    "lecture",
  ], [
    // The bin is shown to whoever is not pca nor gerant: they are told no, not "supprimé".
    variante(
      ecrire(async (c) => supprimer("cours_de_route", await c.camion("CHARGEMENT")), M.rien, {
        code: /ROLE_FORBIDDEN/,
        pourquoi: "seul un administrateur supprime un camion",
      }),
    ),
  ]),
  ...dans("features/lots/data/fournisseur_lot_service.dart", TERRAIN, [
    // Lots.
    ecrire((c) => inserer("fournisseur_lot", lot(c), LOT_SELECT), M.ligne(M.LOT)),
  ]),
  ...dans("features/lots/data/fournisseur_lot_service.dart", ceuxQui("tenir_lots"), [
    ecrire(async (c) => modifier("fournisseur_lot", await c.lotVide(), lot(c), LOT_SELECT), M.ligne(M.LOT)),
    ecrire(
      async (c) => modifier("fournisseur_lot", await c.lotVide(), { statut: "cloture" }, LOT_SELECT),
      M.ligne(M.LOT),
    ),
    ecrire(
      async (c) => modifier("fournisseur_lot", await c.lotClos(), { statut: "facture" }, LOT_SELECT),
      M.ligne(M.LOT),
    ),
    ecrire(async (c) => supprimer("fournisseur_lot", await c.lotVide()), M.rien),
  ]),
  ...dans("features/lots/data/fournisseur_lot_service.dart", TERRAIN, [
    ecrire(
      async (c) =>
        modifier("cours_de_route", await c.camion("CHARGEMENT"), { fournisseur_lot_id: await c.lotVide() }),
      M.rien,
    ),
    ecrire(async (c) =>
      modifier("cours_de_route", await c.camion("CHARGEMENT", await c.lotVide()), {
        fournisseur_lot_id: null,
      }), M.rien),
  ]),
  ...dans("features/receptions/data/reception_service.dart", TERRAIN, [
    // Réceptions.
    ecrire(async (c) =>
      inserer(
        "receptions",
        reception(c, { cours_de_route_id: await c.camion("ARRIVE"), proprietaire_type: "MONALUXE" }),
        "id",
      ), RENDU),
  ]),
  ...dans("shared/db/db_port.dart", TERRAIN, [
    ecrire(async (c) =>
      inserer(
        "receptions",
        reception(c, { cours_de_route_id: await c.camion("ARRIVE"), proprietaire_type: "MONALUXE" }),
        "id",
      ), RENDU),
  ]),
  ...dans("features/receptions/data/reception_service.dart", TERRAIN, [
    // A partner's fuel comes without a truck of ours; Monaluxe's never does.
    variante(ecrire((c) =>
      inserer(
        "receptions",
        reception(c, {
          citerne_id: c.citerne_partenaire,
          proprietaire_type: "PARTENAIRE",
          partenaire_id: c.partenaire,
        }),
        "id",
      ), RENDU)),
    variante(
      ecrire((c) => inserer("receptions", reception(c, { proprietaire_type: "MONALUXE" }), "id"), M.rien, {
        code: /^CDR_REQUIS$/,
        pourquoi: "le carburant de Monaluxe entre avec son cours de route",
      }),
    ),
  ]),
  ...dans("shared/db/db_port.dart", TERRAIN, [
    ecrire((c) => appeler("validate_reception", { p_reception_id: c.reception }), M.rien),
  ]),
  ...dans("features/receptions/data/citerne_info_provider.dart", TOUS, [
    ecrire((c) => appeler("get_last_stock_ambiant", { p_citerne: c.citerne, p_produit: c.produit }), nombre),
  ]),
  ...dans("features/sorties/data/sortie_service.dart", TERRAIN, [
    // Sorties: an operateur's stays a draft for a validator. PROD's form sends kg/L, STAGING's kg/m³ and no volume.
    ecrire((c) => inserer("sorties_produit", sortie(c, {}), "id"), RENDU),
    variante(ecrire((c) =>
      inserer(
        "sorties_produit",
        sortie(c, {
          citerne_id: c.citerne_partenaire,
          client_id: null,
          partenaire_id: c.partenaire,
          proprietaire_type: "PARTENAIRE",
          volume_corrige_15c: undefined,
          densite_a_15_kgm3: 840,
        }),
        "id",
      ), RENDU)),
  ]),
  ...dans("features/sorties/data/sortie_draft_service.dart", TERRAIN, [
    ecrire((c) =>
      inserer(
        "sorties_produit",
        sortie(c, { statut: "brouillon", volume_corrige_15c: undefined, note: null, plaque_remorque: null }),
        "id",
      ), RENDU),
    ecrire(
      (c) =>
        inserer("log_actions", {
          action: "SORTIE_CREEE",
          module: "sorties",
          niveau: "INFO",
          details: {},
          cible_id: c.sortie,
        }),
      M.rien,
      JOURNAL_ECRIT,
    ),
  ]),
  ...dans("features/stocks_adjustments/data/stocks_adjustments_service.dart", ceuxQui("ajuster_stock"), [
    // Adjustments and profiles.
    ecrire((c) =>
      inserer("stocks_adjustments", {
        mouvement_type: "RECEPTION",
        mouvement_id: c.reception,
        delta_ambiant: -1.5,
        delta_15c: -1.49,
        reason: "[VOLUME] Relecture du compteur",
        created_by: c.user_id,
      }), M.rien),
  ]),
  ...dans("features/profil/data/profil_service.dart", ceuxQui("ecrire_profils"), [
    ecrire(
      (c) =>
        modifier("profils", c.profil, { nom_complet: "admin", email: `${c.neuf()}@test.monaluxe.test` }, "*"),
      M.ligne(M.PROFIL),
    ),
  ]),
  ...dans("features/profil/data/profil_service.dart", ["gerant", "operateur", "lecture"], [
    ecrire((c) => inserer("profils", { user_id: c.user_id, role: "lecture" }, "*"), M.rien, PROFIL_ECRIT),
    ecrire(
      (c) =>
        inserer("profils", {
          user_id: c.user_id,
          nom_complet: "Moi",
          role: "admin",
          depot_id: c.depot,
          email: null,
        }, "*"),
      M.rien,
      PROFIL_ECRIT,
    ),
  ]),
  // Asked for, answered with an error by any PostgREST, and caught by the app itself.
  ...["receptions/providers/reception_providers.dart", "sorties/providers/sortie_providers.dart"].flatMap((
    ou,
  ) =>
    dans(`features/${ou}`, TOUS, [{
      ...lire(
        "citernes",
        "id, nom",
        (c) => ({
          statut: "eq.active",
          or: `(type_produit.eq.${c.produit_nom},type_produit.eq.${c.produit_code})`,
          order: "nom.asc.nullslast",
        }),
        M.rien,
      ),
      refus: {
        code: /42703|PGRST/,
        pourquoi: "cherche une colonne d'un schéma plus ancien ; l'app se passe de la réponse",
      },
    }])
  ),
  ...dans("features/receptions/data/cours_arrives_provider.dart", TOUS, [{
    variante: true,
    ...lire(
      "cours_de_route",
      COURS_ARRIVES("pays"),
      () => ({ statut: "eq.ARRIVE" }),
      M.rien,
    ),
    refus: {
      code: /42703|PGRST/,
      pourquoi: "second essai de l'app, pour un schéma plus ancien ; le premier réussit",
    },
  }]),
  ...dans("features/logs/providers/logs_providers.dart", ["admin", "directeur", "pca"], [{
    variante: true,
    ...lire(
      "log_actions",
      "id, created_at, module, action, niveau, user_id, details",
      () => ({
        or: "(action.ilike.%SORTIE%,details::text.ilike.%SORTIE%)",
        order: "created_at.desc.nullslast",
        offset: "0",
        limit: "50",
      }),
      M.rien,
    ),
    refus: {
      code: /PGRST100/,
      pourquoi:
        "PostgREST ne convertit pas une colonne dans un filtre : la recherche libre du journal échoue partout",
    },
  }]),
];
