// The log: every line under its own name and number, marked as taken over; and what has no home here, kept in it.
import type { Ligne } from "../ancienne/lecture.ts";
import { dater } from "./textes.ts";
import type { Traduction } from "./traduction.ts";

const NIVEAUX = ["INFO", "WARNING", "CRITICAL"];
/** What this database's own rules call their acts. */
const NOTRES =
  /^(CDR_(CREE|STATUT|MODIFIE|SUPPRIME)|RECEPTION_(CREEE|COMPENSEE)|SORTIE_(CREEE|MODIFIEE|VALIDEE|REJETEE|COMPENSEE)|STOCK_(AJUSTE|INITIAL_DECLARE))$/;

const estObjet = (valeur: unknown): valeur is Ligne =>
  typeof valeur === "object" && valeur !== null && !Array.isArray(valeur);

/** Depot of whatever a line may be about, by its id. */
function depots(t: Traduction): (ligne: Ligne) => string | null {
  const parId = new Map<unknown, string>();
  for (const citerne of t.citernes.values()) parId.set(citerne.id, citerne.depot_id);
  for (const [id, { depot_id }] of t.citernes) parId.set(id, depot_id);
  for (const table of ["receptions", "sorties_produit"]) {
    for (const { id, depot_id } of t.tables.get(table) ?? []) parId.set(id, depot_id as string);
  }
  for (const { id, depot_destination_id } of t.tables.get("cours_de_route") ?? []) {
    parId.set(id, depot_destination_id as string);
  }
  return ({ cible_id, details }) => {
    const dits = estObjet(details)
      ? [details.reception_id, details.sortie_id, details.cdr_id, details.citerne_id]
      : [];
    return [cible_id, ...dits].map((id) => parId.get(id)).find((depot) => depot) ?? null;
  };
}

export function traduireJournal(t: Traduction): void {
  const depotDe = depots(t);
  const autres = new Map<string, number>();
  for (const ligne of t.source.log_actions) {
    const niveau = NIVEAUX.includes(ligne.niveau as string) ? ligne.niveau : "INFO";
    if (niveau !== ligne.niveau || ligne.details === null) {
      const dit = [
        niveau !== ligne.niveau && `niveau ${ligne.niveau}`,
        ligne.details === null && "sans détail",
      ];
      t.examen.choisir(
        "JOURNAL_INCOMPLET",
        "log_actions",
        ligne.id as string,
        `${ligne.action} : ${dit.filter(Boolean).join(", ")}`,
        ["niveau", "details"],
      );
    }
    const details = estObjet(ligne.details)
      ? ligne.details
      : ligne.details === null
      ? {}
      : { valeur: ligne.details };
    if (!NOTRES.test(ligne.action as string)) {
      autres.set(ligne.action as string, (autres.get(ligne.action as string) ?? 0) + 1);
    }
    dater(
      t,
      "log_actions",
      t.ecrire("log_actions", {
        ...ligne,
        niveau,
        details: { ...details, reprise: "origine" },
        depot_id: depotDe(ligne),
        created_at: ligne.created_at ?? `${t.source.aujourdhui}T00:00:00Z`,
      }),
    );
  }
  for (const [action, lignes] of autres) {
    t.examen.choisir("JOURNAL_AUTRE_NOM", "log_actions", action, `${lignes} lignes`);
  }
}

export function conserverTables(t: Traduction): void {
  for (const { table, colonne, lignes } of t.source.inconnues) {
    const choix = t.examen.choisir(
      "COLONNE_SANS_EQUIVALENT",
      table,
      colonne,
      `${table}.${colonne} : ${lignes.length} valeurs`,
    );
    if (choix !== "conserver") continue;
    for (const { id, valeur } of lignes) {
      t.conserver(table, { id, [colonne]: valeur }, "COLONNE_SANS_EQUIVALENT");
    }
  }
  for (const { table, lignes, conserver } of t.source.autres) {
    const choix = t.examen.choisir(
      "TABLE_SANS_EQUIVALENT",
      table,
      table,
      `${lignes.length} lignes`,
      ["*"],
      conserver ? "conserver" : "laisser",
    );
    if (choix === "conserver") lignes.forEach((ligne) => t.conserver(table, ligne, "TABLE_SANS_EQUIVALENT"));
  }
}
