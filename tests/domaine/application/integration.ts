// What the app's own integration tests write (test/ at 2c9b5c6), as an admin signed in.
import { type Appel, dans, ecrire } from "./appels.ts";
import * as M from "./modeles.ts";
import { texte } from "./modeles.ts";

const RENDU = M.ligne({ id: texte });
const OU = "test/integration/_fixtures/seed_minimal.dart";
const FLUX = "test/features/receptions/integration/cdr_reception_flow_test.dart";
const rendre = { parametres: { select: "id" }, rend: true, une: true } as const;

const graine = {
  cours_de_route_id: null,
  partenaire_id: null,
  index_avant: 0,
  index_apres: 1000,
  volume_corrige_15c: 995,
  temperature_ambiante_c: 20,
  densite_a_15_kgm3: 830,
  proprietaire_type: "MONALUXE",
  note: "TEST",
  volume_ambiant: 1000,
  statut: "validee",
  created_by: null,
  validated_by: null,
  date_reception: new Date().toISOString(),
  volume_observe: 1000,
  volume_15c: null,
};

export const INTEGRATION: Appel[] = [
  ...dans(OU, ["admin"], [
    ecrire(
      (c) => ({ methode: "POST", chemin: "depots", corps: { id: c.neuf(), nom: c.neuf() }, remplace: true }),
      M.rien,
    ),
    ecrire(
      (c) => ({ methode: "POST", chemin: "depots", corps: { id: c.depot, nom: c.neuf() }, remplace: true }),
      M.rien,
    ),
    ecrire(
      (c) => ({
        methode: "POST",
        chemin: "produits",
        corps: { id: c.neuf(), nom: c.neuf() },
        remplace: true,
      }),
      M.rien,
    ),
    ecrire((c) => ({
      methode: "POST",
      chemin: "citernes",
      corps: {
        id: c.neuf(),
        depot_id: c.depot,
        produit_id: c.produit,
        nom: c.neuf(),
        capacite_totale: 50000,
        capacite_securite: 2000,
        localisation: "ZONE TEST",
        statut: "active",
      },
      remplace: true,
    }), M.rien),
  ]),
  ...dans("test/integration/_fixtures/seed_stock_ready.dart", ["admin"], [
    ecrire(
      (c) => ({ methode: "POST", chemin: "clients", corps: { nom: `Client Test ${c.neuf()}` }, ...rendre }),
      RENDU,
    ),
  ]),
  ...dans("test/integration/reception_stock_log_test.dart", ["admin"], [
    ecrire(
      (c) => ({
        methode: "POST",
        chemin: "receptions",
        corps: { ...graine, citerne_id: c.citerne, produit_id: c.produit },
        parametres: {
          select: "id,citerne_id,produit_id,volume_ambiant,volume_15c,volume_corrige_15c,statut",
        },
        rend: true,
        une: true,
      }),
      M.rien,
      { code: /^CDR_REQUIS$/, pourquoi: "le carburant de Monaluxe entre avec son cours de route" },
    ),
  ]),
  ...dans("test/integration/sortie_stock_log_test.dart", ["admin"], [
    ecrire((c) => ({
      methode: "POST",
      chemin: "sorties_produit",
      corps: {
        citerne_id: c.citerne,
        produit_id: c.produit,
        client_id: c.client,
        index_avant: 0,
        index_apres: 500,
        temperature_ambiante_c: 20,
        densite_a_15_kgm3: 830,
        proprietaire_type: "MONALUXE",
        note: "TEST SORTIE",
        statut: "brouillon",
        date_sortie: new Date().toISOString(),
        volume_corrige_15c: 497,
      },
      parametres: { select: "id,statut,created_by,validated_by" },
      rend: true,
      une: true,
    }), M.ligne({ id: texte, statut: texte, created_by: texte })),
  ]),
  ...dans("test/integration/sortie_stock_log_test.dart", ["admin", "directeur", "gerant"], [
    ecrire(
      async (c) => ({ methode: "POST", chemin: "rpc/validate_sortie", corps: { p_id: await c.brouillon() } }),
      M.rien,
    ),
  ]),
  ...dans("test/integration/rls_stocks_adjustment_admin_test.dart", ["admin"], [
    ecrire((c) => ({
      methode: "POST",
      chemin: "stocks_adjustments",
      corps: {
        mouvement_type: "RECEPTION",
        mouvement_id: c.reception,
        delta_ambiant: 0,
        delta_15c: 1,
        reason: "ADMIN_TEST_1",
        created_by: c.user_id,
      },
      ...rendre,
    }), RENDU),
  ]),
  ...dans("test/integration/rls_stocks_adjustment_test.dart", ["lecture"], [
    ecrire(
      (c) => ({
        methode: "POST",
        chemin: "stocks_adjustments",
        corps: {
          mouvement_type: "RECEPTION",
          mouvement_id: c.reception,
          created_by: c.user_id,
          delta_ambiant: 1,
          delta_15c: 1,
          reason: "[TEST] RLS must block lecture",
        },
      }),
      M.rien,
      { code: /ROLE_FORBIDDEN|42501/, pourquoi: "c'est ce que cet essai de l'app attend" },
    ),
  ]),
  ...dans(FLUX, ["admin"], [
    ecrire((c) => ({ methode: "POST", chemin: "fournisseurs", corps: { nom: c.neuf() }, ...rendre }), RENDU),
    ecrire((c) => ({
      methode: "POST",
      chemin: "produits",
      corps: { nom: c.neuf(), code: c.neuf(), actif: true },
      ...rendre,
    }), RENDU),
    ecrire((c) => ({
      methode: "POST",
      chemin: "depots",
      corps: { nom: c.neuf(), adresse: "Adresse Test" },
      ...rendre,
    }), RENDU),
    ecrire(
      (c) => ({
        methode: "POST",
        chemin: "cours_de_route",
        corps: {
          fournisseur_id: c.fournisseur,
          produit_id: c.produit,
          depot_destination_id: c.depot,
          plaque_camion: c.neuf(),
          chauffeur_nom: "Chauffeur Test",
          transporteur: "Transport Test",
          depart_pays: "RDC",
          volume: 20000,
          statut: "ARRIVE",
          date_chargement: c.jour,
        },
        ...rendre,
      }),
      M.rien,
      { code: /CDR_TRANSITION_INTERDITE/, pourquoi: "un camion commence à CHARGEMENT et avance pas à pas" },
    ),
  ]),
];
