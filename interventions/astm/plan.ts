// plan: the state of the target before anything, as runbook section 3 wants it known.
import type { Etape } from "../../ops/commun/deroulement.ts";
import { litres } from "../../ops/commun/francais.ts";
import { direSchema, jugerSchema, lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";
import type { ContexteAstm } from "./etape.ts";
import {
  desaccordsDeStock,
  direDrapeau,
  lireActifs,
  lireCamionsEnAttente,
  lireConnectes,
  lireDrapeau,
  lireFonctions,
  lireReceptions,
  tableauActifs,
  tableauConnectes,
} from "./etat.ts";

export const etapesPlan: Etape<ContexteAstm>[] = [
  {
    titre: "Base et schéma",
    faire: async (contexte) => {
      // Once writes are frozen the plan stands: reading again informs, and undoes nothing.
      contexte.sansEffet = !!contexte.dossier.acquis("freeze");
      const [base] = await contexte.sql<{ version: string }[]>`
        select current_setting('server_version') as version`;
      const etat = await lireEtatSchema(contexte.sql);
      const schema = direSchema(etat, EMPREINTE_ATTENDUE);
      Object.assign(contexte.faits, { base, schema });
      return `PostgreSQL ${base!.version}, schéma ${schema}` +
        (jugerSchema(etat, EMPREINTE_ATTENDUE) === "en_retard"
          ? " — ATTENTION, ce code en attend un autre"
          : "");
    },
  },
  {
    titre: "Camions en attente",
    faire: async (contexte) => {
      const camions = await lireCamionsEnAttente(contexte.sql);
      contexte.faits.camions_en_attente = camions;
      contexte.tableaux.push({
        titre: "Camions arrivés, à n'encoder qu'après le GO",
        colonnes: ["plaque", "produit", "volume annoncé (L)", "dépôt", "chargé le", "cours de route"],
        lignes: camions.map(({ plaque, produit, volume, depot, charge, id }) => [
          plaque,
          produit,
          volume,
          depot,
          charge,
          id,
        ]),
      });
      return `${camions.length} camion(s) ARRIVE non reçu(s)` +
        (camions.length ? ` : ${camions.map(({ plaque }) => plaque).join(", ")}` : "");
    },
  },
  {
    titre: "Réceptions déjà en base",
    faire: async (contexte) => {
      const receptions = await lireReceptions(contexte.sql);
      contexte.faits.receptions = receptions;
      contexte.tableaux.push({
        titre: "Réceptions validées, par méthode de calcul",
        colonnes: ["méthode", "nombre", "ambiant (L)", "15 °C (L)"],
        lignes: receptions.map(({ methode, nombre, ambiant, a_15c }) => [methode, nombre, ambiant, a_15c]),
      });
      const anciennes = receptions.find(({ methode }) => methode === "LEGACY");
      return anciennes
        ? `${anciennes.nombre} à l'ancien calcul : ${litres(anciennes.ambiant)} ambiants, ${
          litres(anciennes.a_15c)
        } à 15 °C`
        : "aucune à l'ancien calcul";
    },
  },
  {
    titre: "Cas de référence SEP",
    faire: async (contexte) => {
      const cas = await contexte.sql<{ source: string; nombre: number }[]>`
        select source, count(*)::int as nombre from public.golden_cases group by 1 order by 1`;
      contexte.faits.golden = cas;
      return cas.length
        ? cas.map(({ source, nombre }) => `${nombre} de ${source}`).join(", ")
        : "AUCUN — verify conclura NO-GO : importez-les avec npm run golden -- import <fichier.csv>";
    },
  },
  {
    titre: "Fonctions en place",
    faire: async (contexte) => {
      const fonctions = await lireFonctions(contexte.sql);
      contexte.faits.fonctions = fonctions;
      contexte.tableaux.push({
        titre: "Fonctions avant l'intervention",
        colonnes: ["fonction", "sha256", "security definer", "search_path"],
        lignes: fonctions.map(({ nom, sha256, security_definer, search_path }) => [
          nom,
          sha256,
          security_definer ? "oui" : "non",
          search_path,
        ]),
      });
      return fonctions.map(({ nom, sha256 }) => `${nom} ${sha256.slice(0, 12)}…`).join(", ");
    },
  },
  {
    titre: "Drapeau",
    faire: async (contexte) => {
      const drapeau = await lireDrapeau(contexte.sql);
      contexte.faits.drapeau = drapeau;
      return direDrapeau(drapeau);
    },
  },
  {
    titre: "Cohérence des stocks",
    faire: async (contexte) => {
      const desaccords = await desaccordsDeStock(contexte.sql);
      contexte.faits.desaccords = desaccords;
      return desaccords
        ? `ATTENTION : verifier_stocks() trouve ${desaccords} désaccord(s), à comprendre avant de continuer`
        : "verifier_stocks() ne trouve aucun désaccord";
    },
  },
  {
    titre: "Connectés",
    faire: async (contexte) => {
      const connectes = await lireConnectes(contexte.sql);
      contexte.faits.connectes = connectes.length;
      const actifs = await lireActifs(contexte.sql);
      contexte.tableaux.push(tableauConnectes(connectes), tableauActifs(actifs));
      return `${connectes.length} session(s) ; ont agi depuis une demi-heure : ` +
        (actifs.map(({ nom }) => nom).join(", ") || "personne");
    },
  },
];
