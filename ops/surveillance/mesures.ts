// One reading of everything monitor looks at. A measure that cannot be taken is an alert: silence is not health.
import type { Cible } from "../cible/cible.ts";
import { portesDe } from "../cible/portes.ts";
import { dit } from "../cli/deroulement.ts";
import { lireEtat } from "../deploiement/attente.ts";
import type { Sql } from "../stack/database.ts";
import { blocages, connexions, requetesLentes, transactionsLongues } from "./activite.ts";
import { alertesOuvertes, journal, sauvegarde, stocks, tailles } from "./donnees.ts";
import type { Seuils } from "./seuils.ts";

export interface Mesure {
  nom: string;
  constat: string;
  /** What crosses a threshold, each as a sentence; none: all is well. */
  alertes: string[];
  valeurs: unknown;
}

export interface Releve {
  moment: string;
  env: string;
  reference: string;
  alertes: string[];
  mesures: Mesure[];
}

async function service(cible: Cible): Promise<Mesure> {
  if (!cible.apiUrl) return { nom: "Service", constat: "aucune API donnée", alertes: [], valeurs: null };
  const etat = await lireEtat(portesDe(cible));
  return {
    nom: "Service",
    constat: `${etat.statut}, commit ${etat.commit ?? "inconnu"}`,
    alertes: etat.statut === "pret" ? [] : [`ops/ready répond ${etat.statut}`],
    valeurs: etat,
  };
}

export async function relever(cible: Cible, sql: Sql, seuils: Seuils): Promise<Releve> {
  const aPrendre: [string, () => Promise<Mesure>][] = [
    ["Service", () => service(cible)],
    ["Connexions", () => connexions(sql, seuils)],
    ["Verrous", () => blocages(sql, seuils)],
    ["Transactions", () => transactionsLongues(sql, seuils)],
    ["Requêtes lentes", () => requetesLentes(sql, seuils)],
    ["Écritures au journal", () => journal(sql, seuils)],
    ["verifier_stocks()", () => stocks(sql)],
    ["Tailles", () => tailles(sql, seuils)],
    ["Sauvegarde vérifiée", () => sauvegarde(cible, seuils)],
    ["Alertes ouvertes", () => alertesOuvertes(sql, seuils)],
  ];
  const mesures: Mesure[] = [];
  for (const [nom, prendre] of aPrendre) {
    mesures.push(
      await prendre().catch((erreur) => {
        const constat = `impossible à mesurer : ${dit(erreur).phrase || dit(erreur).code}`;
        return { nom, constat, alertes: [`${nom} : ${constat}`], valeurs: null };
      }),
    );
  }
  return {
    moment: new Date().toISOString(),
    env: cible.env,
    reference: cible.reference,
    alertes: mesures.flatMap(({ alertes }) => alertes),
    mesures,
  };
}
